// SPDX-License-Identifier: GPL-2.0-only
#include "import_signature.h"

#define SIGNATURE_BYTES	12U

static bool is_known(u32 leaf, const u8 *bytes)
{
	return leaf ? hvp_sig_find(bytes) != NULL :
		      hvp_vendor_find(bytes) != NULL;
}

/* Length of the escape of a zero byte at @p, 0 when there is none. */
static size_t zero_escape(const char *p, const char *end)
{
	if (end - p >= 4 && !memcmp(p, "\\x00", 4))
		return 4;
	return end - p >= 2 && !memcmp(p, "\\0", 2) ? 2 : 0;
}

static void unescape(const char *p, const char *end, u8 out[SIGNATURE_BYTES],
		     size_t *used)
{
	size_t escape;

	memset(out, 0, SIGNATURE_BYTES);
	for (*used = 0; *used < SIGNATURE_BYTES && p < end; ++*used) {
		escape = zero_escape(p, end);
		if (!escape)
			out[*used] = (u8)*p;
		p += escape ? escape : 1;
	}
}

int hvp_signature_add(struct hvp_store *store, u32 leaf, const char *text,
		      size_t bytes)
{
	u8 plain[SIGNATURE_BYTES], other[SIGNATURE_BYTES];
	const u8 *best = plain;
	struct hvp_fact fact;
	u32 words[3];
	size_t used, i;

	unescape(text, text + bytes, plain, &used);
	if (!is_known(leaf, plain)) {
		memcpy(other, plain, sizeof(other));
		for (i = used; i < SIGNATURE_BYTES; i++)
			other[i] = ' ';
		if (used == SIGNATURE_BYTES)
			for (i = used; i && other[i - 1] == ' '; i--)
				other[i - 1] = 0;
		if (is_known(leaf, other))
			best = other;
	}
	memcpy(words, best, sizeof(words));
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, HVP_CPU_ANY, leaf, 0, 0,
			   words[0], leaf ? words[1] : words[2],
			   leaf ? words[2] : words[1]);
	fact.cpuid.known = 0xe;
	return hvp_store_add(store, &fact, NULL);
}
