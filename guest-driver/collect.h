/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts of the CPU on which the caller runs. */
#ifndef HVP_DRIVER_COLLECT_H
#define HVP_DRIVER_COLLECT_H

#include "driver.h"

struct collect_job {
	struct hvp_driver *driver;
	u32 cpu;
	bool all_bases;
	u32 interface_leaves;		/* out: read on this CPU */
};

/** Read a leaf; NULL when there is no room for the fact. */
const struct hvp_fact *hvp_collect_leaf(struct collect_job *job, u32 leaf,
					u32 subleaf);

/** Read an MSR, an exception is a fact, too. */
void hvp_collect_msr(struct collect_job *job, u32 index);

/** Records that hvp_collect_nested() and _confidential() add at most. */
#define HVP_NESTED_RECORDS	24
#define HVP_CONFIDENTIAL_RECORDS	4

/** With driver->report decoded from the leaves. */
void hvp_collect_nested(struct collect_job *job);

/** What the running kernel goes by, as one text. */
void hvp_collect_confidential(struct collect_job *job);

#endif
