// SPDX-License-Identifier: GPL-2.0-only
#include "../core/registry.h"
#include "import_dts.h"

#define COMPATIBLE_MAX	256U

static bool opens_node(const char *p, const char *end)
{
	p = hvp_skip_word(hvp_skip_blanks(p, end), end, "hypervisor");
	if (!p)
		return false;
	while (p < end && (hvp_is_word(*p) || *p == '@'))
		p++;
	p = hvp_skip_blanks(p, end);
	return p < end && *p == '{';
}

/* "a", "b" and "a\0b" both mean two strings with a zero byte between them. */
static size_t read_strings(const char *p, const char *end, char *out,
			   size_t room)
{
	bool quoted = false;
	size_t used = 0;

	for (; p < end && used < room && (quoted || *p != ';'); p++) {
		if (*p == '"') {
			quoted = !quoted;
			if (quoted && used)
				out[used++] = '\0';
		} else if (quoted && *p == '\\' && end - p > 1 &&
			   p[1] == '0') {
			out[used++] = '\0';
			p++;
		} else if (quoted) {
			out[used++] = *p;
		}
	}
	return used;
}

int hvp_dts_line(struct hvp_dts *dts, const struct hvp_line *line,
		 struct hvp_store *store)
{
	const char *p = line->text, *end = p + line->bytes;
	char compatible[COMPATIBLE_MAX];
	size_t used;

	if (!dts->inside) {
		dts->inside = opens_node(p, end);
		return dts->inside;
	}
	p = hvp_skip_blanks(p, end);
	if (p < end && *p == '}')
		dts->inside = false;
	p = hvp_skip_word(p, end, "compatible");
	p = p ? hvp_skip_blanks(p, end) : NULL;
	if (!p || p == end || *p != '=')
		return 1;
	used = read_strings(p, end, compatible, sizeof(compatible));
	if (used && hvp_store_text(store, HVP_SOURCE_DUMP, HVP_TEXT_DT_HYPERVISOR,
				   compatible, used) == -ENOMEM)
		return -ENOMEM;
	return 1;
}
