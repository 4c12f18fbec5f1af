// SPDX-License-Identifier: GPL-2.0-only
/* Compressed dumps. */
#include "import_envelope.h"

#define ZLIB_CONST
#include <stdlib.h>
#include <zlib.h>

#define INFLATE_RATIO	200U	/* a real dump stays below 60 */
#define INFLATE_STEP	((size_t)64 << 10)

int hvp_gzip_open(struct hvp_envelope *inner, struct hvp_dump *dump)
{
	size_t limit = inner->bytes * INFLATE_RATIO + INFLATE_STEP;
	size_t room = INFLATE_STEP, used = 0;
	char *out = malloc(room);
	z_stream z = { 0 };
	int status = Z_OK;

	if (limit > HVP_DUMP_MAX)
		limit = HVP_DUMP_MAX;
	if (!out || inner->bytes > HVP_DUMP_MAX ||
	    inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) {
		free(out);
		return -ENOMEM;
	}
	z.next_in = (const Bytef *)inner->text;
	z.avail_in = (uInt)inner->bytes;
	while (status == Z_OK) {
		if (used == room) {
			char *more = room < limit ? realloc(out, 2 * room) :
						    NULL;

			if (!more)
				break;
			out = more;
			room *= 2;
		}
		z.next_out = (Bytef *)out + used;
		z.avail_out = (uInt)(room - used);
		status = inflate(&z, Z_NO_FLUSH);
		used = room - z.avail_out;
	}
	inflateEnd(&z);
	if (status == Z_STREAM_END)
		return hvp_envelope_take(inner, out, used);
	free(out);
	hvp_dump_problem(dump, 0, status == Z_OK ?
			 "compressed data grows beyond what a dump is" :
			 "the compressed data is damaged or cut off");
	return -EBADMSG;
}
