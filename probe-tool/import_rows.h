/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of CPUID registers, in any of the shapes that programs print. */
#ifndef HVP_TOOL_IMPORT_ROWS_H
#define HVP_TOOL_IMPORT_ROWS_H

#include "import_scan.h"

/** enum hvp_row_side - whose registers, where a file holds two machines. */
enum hvp_row_side {
	HVP_SIDE_NONE,
	HVP_SIDE_GUEST,
	HVP_SIDE_HOST,
	HVP_SIDE_HOST_DIFF,	/* host, printed only where it differs */
};

#define HVP_ROWS_SL		0x01	/* subleaf in "[SL nn]", or counted */
#define HVP_ROWS_COUNTED	0x02	/* no subleaf: equal leaves count up */
#define HVP_ROWS_LEAF_ABOVE	0x04	/* the leaf is that of the row above */
#define HVP_ROWS_INDEX		0x08	/* %N counts leaves from .first */
#define HVP_ROWS_SUBINDEX	0x10	/* %N counts subleaves of .first */
#define HVP_ROWS_CPU_PREFIX	0x20	/* "[CPU0 " in front of it */
#define HVP_ROWS_LOOSE		0x40	/* needs a file that has nothing else */
#define HVP_ROWS_TABLE		0x80	/* needs the table's heading */

/**
 * struct hvp_row_shape - how one program prints a row
 * @key: name of the format
 * @pattern: %L leaf, %S subleaf, %N decimal index, %a..%d registers, ' ' at
 *           least one blank, '~' any number, '@' at least one of punctuation
 *           and blanks, '!' from here on a mismatch is a broken row and not
 *           another kind of line; anything else is itself, letters of either
 *           case. Without 0x, leaf and registers have exactly eight digits.
 */
struct hvp_row_shape {
	const char *key;
	const char *pattern;
	u32 first;
	u8 flags;
	u8 side;
};

/** struct hvp_row - what a line says */
struct hvp_row {
	const struct hvp_row_shape *shape;
	u32 leaf;
	u32 subleaf;
	u32 regs[4];
	u32 cpu;		/* stated on the row itself, or HVP_CPU_ANY */
	u8 known;
	u8 side;		/* enum hvp_row_side */
	bool has_leaf;
	bool has_subleaf;
};

/** enum hvp_row_result */
enum hvp_row_result {
	HVP_ROW_NONE,		/* not a row */
	HVP_ROW_READ,
	HVP_ROW_BROKEN,		/* a row, but not to be read to its end */
	HVP_ROW_PARTLY,		/* some registers are to be had */
	HVP_ROW_LEAF,		/* says the leaf of the rows that follow */
};

/**
 * struct hvp_row_scan - what earlier lines tell about the next ones
 * @starts: per byte, the shapes that may begin with it
 * @last: shape of the last row, NULL before the first
 * @last_at: where in its line it began
 * @in_table: the heading of a table with one leaf a line was seen
 * @expected: after BROKEN and PARTLY: what should have been there
 */
struct hvp_row_scan {
	u32 starts[256];
	const struct hvp_row_shape *last;
	size_t last_at;
	bool in_table;
	const char *expected;
};

void hvp_row_scan_init(struct hvp_row_scan *scan);

/** Read the row on @line, if it is one. */
enum hvp_row_result hvp_row_read(struct hvp_row_scan *scan,
				 const struct hvp_line *line,
				 struct hvp_row *row);

/** The shape of `cpuid -r` alone, at its usual indents; quick. */
bool hvp_row_quick(const char *p, const char *end, struct hvp_row *row,
		   const char **next);

/** Rows that name their registers ("eax=..."); part of hvp_row_read(). */
enum hvp_row_result hvp_registers_read(const struct hvp_line *line,
				       struct hvp_row *row,
				       const char **expected);

extern const struct hvp_row_shape hvp_row_cpuid_r;

#endif
