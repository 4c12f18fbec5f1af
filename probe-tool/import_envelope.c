// SPDX-License-Identifier: GPL-2.0-only
/* What a dump may be wrapped in: gzip, UTF-16, a quoted-printable mail. */
#include <stdlib.h>
#include "import_envelope.h"
#include "import_scan.h"

#define QP_HEAD		((size_t)256 << 10)

int hvp_envelope_take(struct hvp_envelope *inner, char *owned, size_t bytes)
{
	inner->owned = owned;
	inner->text = owned;
	inner->bytes = bytes;
	return 1;
}

/* Windows shells redirect into UTF-16; what is not ASCII is of no use here. */
static int from_utf16(struct hvp_envelope *inner, int low)
{
	size_t i, count = inner->bytes / 2 - 1;
	const char *text = inner->text + 2;
	char *out = malloc(count + 1);

	if (!out)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		out[i] = text[2 * i + !low] || (u8)text[2 * i + low] > 0x7e ?
			 '?' : text[2 * i + low];
	return hvp_envelope_take(inner, out, count);
}

static bool upper_hex(char c)
{
	return hvp_is_digit(c) || (c >= 'A' && c <= 'F');
}

/*
 * In quoted-printable an equals sign stands before "3D", a blank's or a
 * non-ASCII byte's code, or a line end: in no format of dumps is that so.
 */
static bool is_quoted_printable(const char *text, size_t bytes)
{
	const char *end = text + (bytes < QP_HEAD ? bytes : QP_HEAD);
	size_t good = 0, bad = 0;
	const char *p = text;

	/* JSON may well quote such a line, and is no mail itself. */
	if (hvp_is_object(text, end))
		return false;
	while ((p = memchr(p, '=', (size_t)(end - p)))) {
		if (end - ++p < 2)
			break;
		if (*p == '\n' || (*p == '\r' && p[1] == '\n') ||
		    (*p == '3' && p[1] == 'D') || (*p == '2' && p[1] == '0') ||
		    (*p >= '8' && upper_hex(*p) && upper_hex(p[1])))
			good++;
		else
			bad++;
	}
	return good && bad <= good / 8;
}

/* Line ends taken out are put back at the end of their line: numbers hold. */
static int from_quoted_printable(struct hvp_envelope *inner)
{
	const char *p = inner->text, *end = p + inner->bytes;
	char *out = malloc(inner->bytes + 1), *to = out;
	size_t joined = 0;

	if (!out)
		return -ENOMEM;
	while (p < end) {
		if (*p == '=' && end - p > 1 && p[1] == '\n') {
			joined++;
			p += 2;
		} else if (*p == '=' && end - p > 2 && p[1] == '\r' &&
			   p[2] == '\n') {
			joined++;
			p += 3;
		} else if (*p == '=' && end - p > 2 && upper_hex(p[1]) &&
			   upper_hex(p[2])) {
			*to++ = (char)(hvp_hex_digit[(u8)p[1]] << 4 |
				       hvp_hex_digit[(u8)p[2]]);
			p += 3;
		} else {
			*to++ = *p;
			if (*p++ != '\n')
				continue;
			for (; joined; joined--)
				*to++ = '\n';
		}
	}
	return hvp_envelope_take(inner, out, (size_t)(to - out));
}

int hvp_envelope_open(struct hvp_envelope *inner, struct hvp_dump *dump)
{
	const u8 *head = (const u8 *)inner->text;

	if (inner->bytes < 4)
		return 0;
	if (head[0] == 0x1f && head[1] == 0x8b)
		return hvp_gzip_open(inner, dump);
	if (head[0] == 0xff && head[1] == 0xfe)
		return from_utf16(inner, 0);
	if (head[0] == 0xfe && head[1] == 0xff)
		return from_utf16(inner, 1);
	if (is_quoted_printable(inner->text, inner->bytes))
		return from_quoted_printable(inner);
	return 0;
}
