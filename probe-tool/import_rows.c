// SPDX-License-Identifier: GPL-2.0-only
/* Rows of CPUID registers, in any of the shapes that programs print. */
#include "import_rows.h"
#include "../include/uapi/linux/hvprobe.h"

#define START_MAX	256U	/* how far a row may be indented or prefixed */

static const struct hvp_row_shape shapes[] = {
	{ "aida64", "CPUID %L:~%a-!%b-%c-%d", 0, HVP_ROWS_SL, 0 },
	{ "aida64", "CPUID %L %a-!%b-%c-%d", 0, HVP_ROWS_SL, 0 },
	{ "tycho", "CPUID %L:%S~=!~%a %b %c %d", 0, 0, 0 },
	{ "rjcp-xml", "<register eax=\"%L\" ecx=\"%S\">!%a,%b,%c,%d<", 0, 0, 0 },
	{ "virtualbox", "Gst: %L/%S !%a %b %c %d", 0, 0, HVP_SIDE_GUEST },
	{ "virtualbox", "Hst: %L/%S !%a %b %c %d", 0, 0, HVP_SIDE_HOST },
	{ "virtualbox", "Hst: %a !%b %c %d", 0, HVP_ROWS_LEAF_ABOVE,
	  HVP_SIDE_HOST },
	{ "vmware", "hostCPUID level %L,~%S:!~%a %b %c %d", 0, 0,
	  HVP_SIDE_HOST },
	{ "vmware", "guestCPUID level %L,~%S:!~%a %b %c %d", 0, 0,
	  HVP_SIDE_GUEST },
	{ "vmware", "guest level %L,~%S:!~%a %b %c %d", 0, 0, HVP_SIDE_GUEST },
	{ "vmware", "host level %L,~%S:!~%a %b %c %d", 0, 0,
	  HVP_SIDE_HOST_DIFF },
	{ "libcpuid", "basic_cpuid[%N]~=!~%a %b %c %d", 0, HVP_ROWS_INDEX, 0 },
	{ "libcpuid", "ext_cpuid[%N]~=!~%a %b %c %d", 0x80000000,
	  HVP_ROWS_INDEX, 0 },
	{ "libcpuid", "intel_fn4[%N]~=!~%a %b %c %d", 4, HVP_ROWS_SUBINDEX, 0 },
	{ "libcpuid", "intel_fn11[%N]~=!~%a %b %c %d", 0xb,
	  HVP_ROWS_SUBINDEX, 0 },
	{ "libcpuid", "intel_fn12h[%N]~=!~%a %b %c %d", 0x12,
	  HVP_ROWS_SUBINDEX, 0 },
	{ "libcpuid", "intel_fn14h[%N]~=!~%a %b %c %d", 0x14,
	  HVP_ROWS_SUBINDEX, 0 },
	{ "libcpuid", "amd_fn8000001dh[%N]~=!~%a %b %c %d", 0x8000001d,
	  HVP_ROWS_SUBINDEX, 0 },
	{ "libcpuid", "amd_fn80000026h[%N]~=!~%a %b %c %d", 0x80000026,
	  HVP_ROWS_SUBINDEX, 0 },
	{ "plain", "CPUID %L:~%a !%b %c %d", 0, HVP_ROWS_COUNTED, 0 },
	{ "bochs", "CPUID[%L]:~!%a %b %c %d", 0,
	  HVP_ROWS_COUNTED | HVP_ROWS_CPU_PREFIX, 0 },
	{ "bochs", "CPUID[%L,~%S]:~!%a %b %c %d", 0, HVP_ROWS_CPU_PREFIX, 0 },
	{ "xen-cpuid", "%L:%S~->!~%a:%b:%c:%d", 0, 0, 0 },
	{ "plain", "%L %S:~%a !%b %c %d", 0, 0, 0 },
	{ "register-table", "%L %a %b %c %d", 0, HVP_ROWS_COUNTED | HVP_ROWS_TABLE, 0 },
	{ "table", "%L@%S@%a@%b@%c@%d", 0, HVP_ROWS_LOOSE, 0 },
	{ "table", "%L@%a@%b@%c@%d", 0, HVP_ROWS_COUNTED | HVP_ROWS_LOOSE, 0 },
};

static_assert(HVP_ARRAY_SIZE(shapes) <= 32, "one bit each in .starts");

const struct hvp_row_shape hvp_row_cpuid_r = { .key = "cpuid -r" };

/* Leaves that some CPU or hypervisor has: tells a table from other numbers. */
static bool is_plausible_leaf(u32 leaf)
{
	return (leaf & 0xffff) < 0x1000 &&
	       (leaf >> 16 == 0 || leaf >> 16 == 0x2000 ||
		leaf >> 16 == 0x4000 || leaf >> 16 == 0x8000 ||
		leaf >> 16 == 0x8086 || leaf >> 16 == 0xc000);
}

static const char *match_number(const char *p, const char *end, char kind,
				bool loose, struct hvp_row *row)
{
	struct hvp_number number;
	u64 decimal;

	if (kind == 'N') {
		p = hvp_scan_decimal(p, end, &decimal);
		if (!p || decimal > 0xffff)
			return NULL;
		row->leaf = (u32)decimal;
		return p;
	}
	p = hvp_scan_hex(p, end, &number);
	while (p && loose && p < end && (hvp_lower(*p) == 'u' ||
					 hvp_lower(*p) == 'l'))
		p++;
	if (!p || number.digits > 8 || (p < end && hvp_is_word(*p)))
		return NULL;
	if (kind != 'S' && !number.prefixed && (loose || number.digits != 8))
		return NULL;
	switch (kind) {
	case 'L':
		row->leaf = (u32)number.value;
		row->has_leaf = true;
		break;
	case 'S':
		/* Xen prints all ones for a leaf that has no subleaves. */
		row->subleaf = number.value == 0xffffffff ?
			       0 : (u32)number.value;
		row->has_subleaf = true;
		break;
	default:
		row->regs[kind - 'a'] = (u32)number.value;
		row->known |= (u8)(1U << (kind - 'a'));
		break;
	}
	return p;
}

static const char *expectation(const char *pattern)
{
	if (*pattern != '%')
		return *pattern == ' ' || *pattern == '~' ? "a blank" :
		       "the separator before the next register";
	switch (pattern[1]) {
	case 'a':
		return "eax, 8 hex digits";
	case 'b':
		return "ebx, 8 hex digits";
	case 'c':
		return "ecx, 8 hex digits";
	case 'd':
		return "edx, 8 hex digits";
	}
	return "a leaf number";
}

/* One element of a pattern at @p: the byte behind it, or NULL. */
static const char *match_element(const char *pattern, const char *p,
				 const char *end, bool loose,
				 struct hvp_row *row)
{
	const char *start = p;

	switch (*pattern) {
	case '%':
		return match_number(p, end, pattern[1], loose, row);
	case '~':
		return hvp_skip_blanks(p, end);
	case ' ':
		p = hvp_skip_blanks(p, end);
		return p > start ? p : NULL;
	case '@':
		while (p < end && memchr(" \t(){}[],=>:|", *p, 13))
			p++;
		return p > start ? p : NULL;
	}
	return p < end && hvp_lower(*p) == hvp_lower(*pattern) ? p + 1 : NULL;
}

static enum hvp_row_result match(const struct hvp_row_shape *shape, const char *p,
				 const char *end, struct hvp_row *row,
				 const char **rest, const char **expected)
{
	bool loose = shape->flags & HVP_ROWS_LOOSE;
	const char *pattern = shape->pattern;
	bool committed = false;

	memset(row, 0, sizeof(*row));
	row->cpu = HVP_CPU_ANY;
	row->shape = shape;
	row->side = shape->side;
	while (*pattern) {
		if (*pattern == '!') {
			committed = true;
			pattern++;
			continue;
		}
		p = match_element(pattern, p, end, loose, row);
		if (!p) {
			*expected = expectation(pattern);
			return committed ? HVP_ROW_BROKEN : HVP_ROW_NONE;
		}
		pattern += *pattern == '%' ? 2 : 1;
	}
	*rest = p;
	return HVP_ROW_READ;
}

/* A row of a table in a programming language ends in punctuation or remarks. */
static bool ends_like_table(const char *p, const char *end)
{
	while (p < end && memchr(" \t(){}[],;", *p, 10))
		p++;
	return p == end || *p == '#' || *p == '/' || *p == '-' || *p == '"' ||
	       *p == '\\' || *p == '\'';
}

static void read_sl_suffix(const char *p, const char *end, struct hvp_row *row)
{
	struct hvp_number number;

	p = hvp_find(p, end, "[SL ");
	if (p && (p = hvp_scan_hex(p + 4, end, &number)) && p < end &&
	    *p == ']' && number.digits <= 8) {
		row->subleaf = (u32)number.value;
		row->has_subleaf = true;
	}
}

static void read_cpu_prefix(const char *start, const char *p,
			    struct hvp_row *row)
{
	const char *mark = hvp_find(start, p, "[CPU");
	u64 cpu;

	if (mark && hvp_scan_decimal(mark + 4, p, &cpu) && cpu < HVP_CPU_ANY)
		row->cpu = (u32)cpu;
}

static bool finish(const struct hvp_line *line, const char *p,
		   const char *rest, struct hvp_row *row)
{
	const struct hvp_row_shape *shape = row->shape;
	const char *end = line->text + line->bytes;

	if (shape->flags & HVP_ROWS_LOOSE &&
	    (!is_plausible_leaf(row->leaf) || !ends_like_table(rest, end) ||
	     hvp_find(line->text, p, "0x")))
		return false;
	if (shape->flags & HVP_ROWS_SL)
		read_sl_suffix(rest, end, row);
	if (shape->flags & HVP_ROWS_CPU_PREFIX)
		read_cpu_prefix(line->text, p, row);
	if (shape->flags & HVP_ROWS_INDEX) {
		row->leaf += shape->first;
		row->has_leaf = row->has_subleaf = true;
	}
	if (shape->flags & HVP_ROWS_SUBINDEX) {
		row->subleaf = row->leaf;
		row->leaf = shape->first;
		row->has_leaf = row->has_subleaf = true;
	}
	return true;
}

void hvp_row_scan_init(struct hvp_row_scan *scan)
{
	size_t i;
	u32 c;

	memset(scan, 0, sizeof(*scan));
	for (i = 0; i < HVP_ARRAY_SIZE(shapes); i++)
		for (c = 0; c < 256; c++)
			if (*shapes[i].pattern == '%' ?
			    hvp_hex_digit[c] < 16 :
			    hvp_lower((char)c) == hvp_lower(*shapes[i].pattern))
				scan->starts[c] |= 1U << i;
}

static bool fits(const struct hvp_row_scan *scan,
		 const struct hvp_row_shape *shape)
{
	if (shape->flags & HVP_ROWS_TABLE && !scan->in_table)
		return false;
	return !(shape->flags & HVP_ROWS_LOOSE) || !scan->last ||
	       scan->last->flags & HVP_ROWS_LOOSE;
}

/* Leaves are written with 0x or with eight digits. */
static bool may_be_leaf(const char *p, const char *end)
{
	u32 value;

	return (end - p > 2 && p[0] == '0' && (p[1] | 0x20) == 'x') ||
	       (end - p > 8 && hvp_hex8(p, &value));
}

static enum hvp_row_result try_at(struct hvp_row_scan *scan,
				  const struct hvp_line *line, const char *p,
				  const struct hvp_row_shape *shape,
				  struct hvp_row *row)
{
	const char *end = line->text + line->bytes;
	const char *rest = NULL;
	enum hvp_row_result result;

	result = match(shape, p, end, row, &rest, &scan->expected);
	if (result == HVP_ROW_READ && !finish(line, p, rest, row))
		return HVP_ROW_NONE;
	if (result == HVP_ROW_READ) {
		scan->last = shape;
		scan->last_at = (size_t)(p - line->text);
	}
	return result;
}

/* The shapes in turn at @p; the expectation of the first one that broke. */
static bool try_shapes(struct hvp_row_scan *scan, const struct hvp_line *line,
		       const char *p, struct hvp_row *row,
		       const char **expected)
{
	u32 wanted = scan->starts[(u8)*p];
	enum hvp_row_result result;
	size_t i;

	if (hvp_hex_digit[(u8)*p] < 16 &&
	    !may_be_leaf(p, line->text + line->bytes))
		wanted &= ~scan->starts[(u8)'0'];
	for (i = 0; wanted; i++, wanted >>= 1) {
		if (!(wanted & 1) || !fits(scan, &shapes[i]))
			continue;
		result = try_at(scan, line, p, &shapes[i], row);
		if (result == HVP_ROW_READ)
			return true;
		if (result == HVP_ROW_BROKEN && !*expected)
			*expected = scan->expected;
	}
	return false;
}

enum hvp_row_result hvp_row_read(struct hvp_row_scan *scan,
				 const struct hvp_line *line,
				 struct hvp_row *row)
{
	size_t at, stop = line->bytes < START_MAX ? line->bytes : START_MAX;
	const char *expected = NULL;
	enum hvp_row_result result;

	if (scan->last && scan->last->pattern && scan->last_at < line->bytes &&
	    try_at(scan, line, line->text + scan->last_at, scan->last,
		   row) == HVP_ROW_READ)
		return HVP_ROW_READ;
	for (at = 0; at < stop; at++) {
		const char *p = line->text + at;

		if (!scan->starts[(u8)*p] ||
		    (at && hvp_is_word(p[-1]) && hvp_is_word(*p)))
			continue;
		if (try_shapes(scan, line, p, row, &expected))
			return HVP_ROW_READ;
	}
	result = hvp_registers_read(line, row, &scan->expected);
	if (result == HVP_ROW_READ || result == HVP_ROW_PARTLY)
		scan->last = row->shape;
	if (result == HVP_ROW_READ || result == HVP_ROW_PARTLY || !expected)
		return result;
	scan->expected = expected;
	return HVP_ROW_BROKEN;
}

bool hvp_row_quick(const char *p, const char *end, struct hvp_row *row,
		   const char **next)
{
	static const char form[] =
		"0x???????? 0x??: eax=0x???????? ebx=0x???????? ecx=0x???????? edx=0x????????";
	const size_t bytes = sizeof(form) - 1;
	u8 high, low;

	/* Indented, or quoted in a mail. */
	while (p < end && (*p == ' ' || *p == '>'))
		p++;
	if ((size_t)(end - p) <= bytes || p[bytes] != '\n' ||
	    memcmp(p, form, 2) || memcmp(p + 10, form + 10, 3) ||
	    memcmp(p + 15, form + 15, 8) || memcmp(p + 31, form + 31, 7) ||
	    memcmp(p + 46, form + 46, 7) || memcmp(p + 61, form + 61, 7))
		return false;
	high = hvp_hex_digit[(u8)p[13]];
	low = hvp_hex_digit[(u8)p[14]];
	if ((high | low) > 15 || !hvp_hex8(p + 2, &row->leaf) ||
	    !hvp_hex8(p + 23, &row->regs[0]) ||
	    !hvp_hex8(p + 38, &row->regs[1]) ||
	    !hvp_hex8(p + 53, &row->regs[2]) ||
	    !hvp_hex8(p + 68, &row->regs[3]))
		return false;
	row->shape = &hvp_row_cpuid_r;
	row->side = HVP_SIDE_NONE;
	row->subleaf = (u32)high << 4 | low;
	row->cpu = HVP_CPU_ANY;
	row->known = 0xf;
	row->has_leaf = row->has_subleaf = true;
	*next = p + bytes + 1;
	return true;
}
