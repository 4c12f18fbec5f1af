// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows that name their registers: `cpuid -r` as people paste and cut it,
 * kcpuid, debuggers, remarks in source. The leaf is in front, or further up.
 */
#include "import_rows.h"
#include "../include/uapi/linux/hvprobe.h"

#define SEARCH_MAX	512U

static const struct hvp_row_shape kcpuid_shape = { .key = "kcpuid" };
static const struct hvp_row_shape named_shape = { .key = "registers" };

static const char *const needed[] = {
	"eax= and 8 hex digits", "ebx= and 8 hex digits",
	"ecx= and 8 hex digits", "edx= and 8 hex digits",
};

/* struct left - numbers in front of the first register */
struct left {
	struct hvp_number leaf;
	struct hvp_number subleaf;
	bool has_leaf;
	bool has_subleaf;
	bool only_number;
};

/* Behind "eax=" and the like at @p, with the register's number; else NULL. */
static const char *register_name(const char *p, const char *end, u32 *reg)
{
	char kind, letter;

	if (end - p < 5)
		return NULL;
	kind = hvp_lower(p[0]);
	letter = hvp_lower(p[1]);
	if ((kind != 'e' && kind != 'r') || letter < 'a' || letter > 'd' ||
	    hvp_lower(p[2]) != 'x')
		return NULL;
	p = hvp_skip_blanks(p + 3, end);
	if (p == end || (*p != '=' && *p != ':'))
		return NULL;
	*reg = (u32)(letter - 'a');
	p = hvp_skip_blanks(p + 1, end);
	return p < end && (*p == '\'' || *p == '"') ? p + 1 : p;
}

static const char *first_register(const char *text, const char *end)
{
	const char *p, *stop = end - text > SEARCH_MAX ?
			       text + SEARCH_MAX : end;
	u32 reg;

	for (p = text; p < stop; p++)
		if ((*p | 0x20) == 'e' || (*p | 0x20) == 'r')
			if ((p == text || !hvp_is_word(p[-1])) &&
			    register_name(p, end, &reg))
				return p;
	return NULL;
}

static bool is_number(const char *p, const char *end, struct hvp_number *number)
{
	return hvp_scan_hex(p, end, number) == end && number->digits <= 8 &&
	       (number->prefixed || hvp_is_digit(*p) || number->digits == 8);
}

static bool names_leaf(const char *p, const char *end)
{
	static const char *const words[] = { "cpuid", "leaf", "function",
					     "level" };
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(words); i++)
		if (hvp_skip_word(p, end, words[i]) == end)
			return true;
	return false;
}

static void read_left(const char *p, const char *end, struct left *left)
{
	struct hvp_number number;
	bool after_name = false;
	u32 tokens = 0;

	memset(left, 0, sizeof(*left));
	for (; p < end; p++) {
		const char *token = p;

		while (p < end && hvp_is_word(*p))
			p++;
		if (p == token)
			continue;
		tokens++;
		if (!is_number(token, p, &number)) {
			after_name = names_leaf(token, p);
			if (after_name)
				left->has_leaf = left->has_subleaf = false;
			continue;
		}
		if (left->has_leaf && !left->has_subleaf) {
			left->subleaf = number;
			left->has_subleaf = true;
		} else if (number.prefixed || number.digits == 8 ||
			   after_name) {
			left->leaf = number;
			left->has_leaf = true;
			left->has_subleaf = false;
		}
		left->only_number = tokens == 1;
		after_name = false;
	}
	if (tokens == 1 && left->only_number && !left->has_leaf) {
		left->subleaf = number;
		left->has_subleaf = true;
	}
}

/* Fixed columns: a shorter number is one that was cut, not a small one. */
static bool is_fixed_width(const struct left *left)
{
	return left->has_leaf && left->leaf.prefixed &&
	       left->leaf.digits == 8 && left->has_subleaf &&
	       left->subleaf.prefixed && left->subleaf.digits == 2;
}

/* Reads registers from @p on; false when something else was in their place. */
static bool read_values(const char *p, const char *end, bool fixed,
			struct hvp_row *row)
{
	struct hvp_number number;
	const char *value;
	u32 reg;

	while (p < end && (value = register_name(p, end, &reg))) {
		p = hvp_scan_hex(value, end, &number);
		if (!p || number.value > 0xffffffff ||
		    (fixed && number.digits != 8) ||
		    (p < end && hvp_is_word(*p)) || row->known & 1U << reg)
			return false;
		row->regs[reg] = (u32)number.value;
		row->known |= (u8)(1U << reg);
		while (p < end && memchr(" \t,;'\"", *p, 6))
			p++;
	}
	return row->known == 0xf;
}

static enum hvp_row_result stated_leaf(const struct hvp_line *line,
				       struct hvp_row *row)
{
	const char *p = line->text, *end = p + line->bytes;
	struct left left;

	if (line->bytes > SEARCH_MAX || !hvp_find(p, end, "0x"))
		return HVP_ROW_NONE;
	if (!hvp_find(p, end, "subleafs") && !hvp_find(p, end, "leaf") &&
	    !hvp_find(p, end, "cpuid") && !hvp_find(p, end, "CPUID"))
		return HVP_ROW_NONE;
	read_left(p, end, &left);
	if (!left.has_leaf)
		return HVP_ROW_NONE;
	row->leaf = (u32)left.leaf.value;
	row->subleaf = left.has_subleaf ? (u32)left.subleaf.value : 0;
	row->has_leaf = true;
	row->has_subleaf = left.has_subleaf;
	return HVP_ROW_LEAF;
}

enum hvp_row_result hvp_registers_read(const struct hvp_line *line,
				       struct hvp_row *row,
				       const char **expected)
{
	const char *end = line->text + line->bytes;
	const char *start = first_register(line->text, end);
	struct left left;
	bool whole;
	u32 r;

	memset(row, 0, sizeof(*row));
	row->cpu = HVP_CPU_ANY;
	if (!start)
		return stated_leaf(line, row);
	read_left(line->text, start, &left);
	whole = read_values(start, end, is_fixed_width(&left), row);
	if (!whole && !left.has_leaf)
		return HVP_ROW_NONE;
	row->has_leaf = left.has_leaf;
	row->leaf = (u32)left.leaf.value;
	row->has_subleaf = left.has_subleaf;
	row->subleaf = left.has_subleaf ? (u32)left.subleaf.value : 0;
	row->shape = &named_shape;
	if (*start == 'E')
		row->shape = &kcpuid_shape;
	else if (*start == 'e' && left.has_leaf && left.has_subleaf)
		row->shape = &hvp_row_cpuid_r;
	if (whole)
		return HVP_ROW_READ;
	for (r = 0; r < 3 && row->known & 1U << r; r++)
		;
	*expected = needed[r];
	return row->known ? HVP_ROW_PARTLY : HVP_ROW_BROKEN;
}
