/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which machine and which CPU a row belongs to, when one file holds several of
 * each with or without a heading.
 */
#ifndef HVP_TOOL_IMPORT_PLACE_H
#define HVP_TOOL_IMPORT_PLACE_H

#include "dump.h"
#include "import_rows.h"

#define HVP_PLACE_CPUS	65536U	/* higher numbers in a heading are not CPUs */

/** struct hvp_place_side - one of the machines being filled */
struct hvp_place_side {
	size_t machine;		/* index into the dump */
	u32 *lines;		/* line of each fact, for conflicts */
	u32 line_capacity;
};

struct hvp_place {
	struct hvp_dump *dump;
	struct hvp_place_side sides[2];	/* plain or guest; host */
	const char *names[2];	/* of the sides */
	bool two_sided;
	bool diff;		/* the sides are those of diff */
	bool host_rows;		/* the host's own list was seen */
	bool host_diffs;	/* rows where the host differs from the guest */

	u32 cpu;
	bool header;		/* a heading for .cpu, no row after it yet */
	bool rows;		/* the machine has rows of some CPU */
	bool nameless;		/* of one without a number */
	u8 cpus_seen[HVP_PLACE_CPUS / 8];
	u32 cpu_top;		/* bits of .cpus_seen beyond are clear */

	struct hvp_row previous;
	bool has_previous;
	struct hvp_row above;	/* leaf stated without registers */
	size_t above_line;

	struct hvp_line title;	/* .bytes 0: none since the last new row */
	bool repeats;		/* since the title nothing new came */
};

/** enum hvp_place_result */
enum hvp_place_result {
	HVP_PLACED,
	HVP_PLACE_IGNORED,	/* registers of which no leaf is known */
	HVP_PLACE_REWIND,	/* read again behind .title: another machine */
	HVP_PLACE_NO_MEMORY,
};

/** false when out of memory. */
bool hvp_place_init(struct hvp_place *place, struct hvp_dump *dump);
void hvp_place_free(struct hvp_place *place);

/** A heading: rows of @cpu follow (HVP_CPU_ANY: a CPU without a number). */
void hvp_place_header(struct hvp_place *place, u32 cpu);

/** A line of words; it may be the title of another machine's rows. */
void hvp_place_title(struct hvp_place *place, const struct hvp_line *line);

/** A row of registers. */
enum hvp_place_result hvp_place_row(struct hvp_place *place,
				    const struct hvp_line *line,
				    struct hvp_row *row);

/** Begin another machine whatever was read; false when there is no room. */
bool hvp_place_machine(struct hvp_place *place);

/** Call the machine after the title above, if it is still empty. */
void hvp_place_name(struct hvp_place *place);

/** Fact @index of a side was read on @line; false when out of memory. */
bool hvp_place_note(struct hvp_place *place, u32 side, u32 index, size_t line);

/** The machine that is being filled. */
struct hvp_machine *hvp_place_current(struct hvp_place *place);

/** All lines are read: settle what depends on the whole file. */
void hvp_place_finish(struct hvp_place *place);

#endif
