/* SPDX-License-Identifier: GPL-2.0-only */
/* The /hypervisor node in device tree source. */
#ifndef HVP_TOOL_IMPORT_DTS_H
#define HVP_TOOL_IMPORT_DTS_H

#include "import_scan.h"
#include "store.h"

/** struct hvp_dts - @inside: the lines are those of the node */
struct hvp_dts {
	bool inside;
};

/** 1 when @line is of the node, 0 when not, -ENOMEM. */
int hvp_dts_line(struct hvp_dts *dts, const struct hvp_line *line,
		 struct hvp_store *store);

#endif
