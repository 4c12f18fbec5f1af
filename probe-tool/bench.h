/* SPDX-License-Identifier: GPL-2.0-only */
/* What an exit to the hypervisor costs. */
#ifndef HVP_TOOL_BENCH_H
#define HVP_TOOL_BENCH_H

#include "render.h"
#include "verify_hyperv.h"

#define HVP_BENCH_SAMPLES	4096
#define HVP_BENCH_SINGLES	32
#define HVP_BENCH_BATCH		64
#define HVP_BENCH_OUTLIER	10	/* times the median */

/**
 * struct hvp_bench_kind - something to measure
 * @abi: interface that it needs, CPU for none
 * @prepare: fill in the call; NULL: an instruction of user mode
 * @instruction: the instruction, NULL for calls
 */
struct hvp_bench_kind {
	const char *name;
	const char *what;
	void (*prepare)(struct hvp_call *call);
	void (*instruction)(void);
	u8 abi;
};

/** struct hvp_bench_times - of sorted samples, in ticks of the counter */
struct hvp_bench_times {
	u64 min;
	u64 p50;
	u64 p99;
	u64 max;
};

/**
 * struct hvp_bench_result - one kind, measured
 * @missing: why not, "" when it was
 * @answer: what the hypervisor answered, "" for instructions
 * @times: around the instruction alone
 * @engine: ticks that a call of a batch takes on top of the instruction, median
 * @ioctl: ticks that an ioctl for one call takes on top of it, median
 * @batch_calls: calls of one ioctl, 0 for instructions
 * @batch_percent: what such an ioctl takes in all, in percent of its
 *                 instructions alone, median
 * @outliers: samples above HVP_BENCH_OUTLIER times the median
 * @samples: sorted
 */
struct hvp_bench_result {
	const struct hvp_bench_kind *kind;
	char missing[160];
	char answer[HVP_ANSWER_TEXT];
	u32 count;
	u32 outliers;
	struct hvp_bench_times times;
	u64 engine;
	u64 ioctl;
	u32 batch_calls;
	u32 batch_percent;
	u64 samples[HVP_BENCH_SAMPLES];
};

extern const struct hvp_bench_kind hvp_bench_kinds[];
extern const u32 hvp_bench_kind_count;

/** Is there what @kind measures? */
bool hvp_bench_applies(const struct hvp_bench_kind *kind,
		       const struct hvp_report *report);

/**
 * Measure @kind for @budget_ns at most, or HVP_BENCH_SAMPLES samples.
 * @caller: NULL when no driver is to be asked
 */
void hvp_bench_measure(const struct hvp_bench_kind *kind,
		       const struct hvp_report *report,
		       struct hvp_caller *caller, u64 budget_ns,
		       struct hvp_bench_result *result);

/** Sort @count samples and tell of them. */
void hvp_bench_summarise(struct hvp_bench_result *result);

/** What both take together, in percent of @instructions; 100 to 1000100. */
u32 hvp_bench_percent(u64 instructions, u64 on_top);

/** struct hvp_bench_run - what all kinds share */
struct hvp_bench_run {
	const struct hvp_view *view;
	const struct hvp_bench_result *results;
	u32 count;
	int cpu;		/* all of it ran there, -1 not pinned */
	u64 khz;		/* of the counter, 0 unknown */
	s32 steal_ms;		/* taken by others meanwhile, -1 unknown */
};

/** Ticks to nanoseconds; ticks when the frequency is not known. */
u64 hvp_bench_ns(const struct hvp_bench_run *run, u64 ticks);

#define HVP_BENCH_BUCKETS	256

/** Quarter octaves: the bucket of @value, and the least value of a bucket. */
u32 hvp_bench_bucket(u64 value);
u64 hvp_bench_bucket_low(u32 bucket);

void hvp_render_bench_text(const struct hvp_bench_run *run);
/** 0 or -ENOMEM. */
int hvp_render_bench_json(const struct hvp_bench_run *run);

#endif
