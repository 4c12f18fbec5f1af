/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that tell of a hypervisor in words: boot logs, lscpu, decoded dumps. */
#ifndef HVP_TOOL_IMPORT_LOG_H
#define HVP_TOOL_IMPORT_LOG_H

#include "import_scan.h"
#include "store.h"

/** struct hvp_log_sink - what a line adds, and what is wrong with it */
struct hvp_log_sink {
	u32 starts[256];	/* per byte, the words that begin with it */
	struct hvp_store *store;
	const char *expected;	/* set when the line cannot be read */
	int error;		/* -ENOMEM, or -EEXIST: says another value */
};

void hvp_log_init(struct hvp_log_sink *sink);

/**
 * Add what @line tells to the store. Returns the key of the format when the
 * line is one of those known, else NULL.
 */
const char *hvp_log_line(struct hvp_log_sink *sink,
			 const struct hvp_line *line);

/** The first line of a boot, which begins another machine or another run. */
bool hvp_log_is_boot(const struct hvp_line *line);

#endif
