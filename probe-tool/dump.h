/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Recorded facts: our own JSON and other programs' dump formats, read into one
 * or more machines (a VBox.log holds two: what the guest sees, and the host).
 */
#ifndef HVP_TOOL_DUMP_H
#define HVP_TOOL_DUMP_H

#include "store.h"

struct hvp_machine {
	char *label;		/* "guest", "host", a title line, or "" */
	struct hvp_store store;
};

/** struct hvp_dump_problem - a line that could not be read. */
struct hvp_dump_problem {
	size_t line;		/* from 1; 0 when it concerns the whole file */
	char text[120];
};

/* Of a file, and of what it inflates to; the longest known has 72 KB. */
#define HVP_DUMP_MAX		((size_t)256 << 20)
#define HVP_DUMP_PROBLEMS	32
#define HVP_DUMP_MACHINES	65536U	/* a file that goes on is read no further */

struct hvp_dump {
	const char *format;	/* key of the importer that read it */
	struct hvp_machine *machines;
	size_t machine_count;
	size_t problem_count;	/* may exceed the array */
	struct hvp_dump_problem problems[HVP_DUMP_PROBLEMS];
};

/**
 * Read @bytes bytes at @text (need not end in a zero; any content is allowed).
 * The format is recognised from the content. Returns 0, -EBADMSG when no
 * importer recognises it or it holds no facts (problems say why), -ENOMEM.
 * Unreadable lines are problems, not errors. Free with hvp_dump_free().
 */
int hvp_dump_read(const char *text, size_t bytes, struct hvp_dump *dump);

/** Read a directory holding proc/, sys/ or dmidecode.txt as recorded. */
int hvp_dump_read_tree(const char *path, struct hvp_dump *dump);

void hvp_dump_free(struct hvp_dump *dump);

/** For importers: start a further machine; NULL when out of memory. */
struct hvp_machine *hvp_dump_machine(struct hvp_dump *dump, const char *label,
				     size_t bytes);
/** For importers: note a problem (printf-like), kept while there is room. */
void hvp_dump_problem(struct hvp_dump *dump, size_t line, const char *format,
		      ...) __attribute__((format(printf, 3, 4)));

/**
 * struct hvp_importer - one format
 * @key: its name, as printed
 * @score: how sure the content is of this format, 0 = not at all .. 100;
 *         sees the whole text but reads only a bounded head of it
 * @read: fill @dump; 0 or negative errno as hvp_dump_read()
 */
struct hvp_importer {
	const char *key;
	int (*score)(const char *text, size_t bytes);
	int (*read)(const char *text, size_t bytes, struct hvp_dump *dump);
};

#endif
