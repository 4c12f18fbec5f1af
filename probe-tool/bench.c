// SPDX-License-Identifier: GPL-2.0-only
/* Samples of one kind of exit. */
#include <stdio.h>
#include <stdlib.h>
#include "bench.h"
#include "clock.h"

#define WARM_UP		8
#define SINGLES_SHARE	4	/* of the time for one kind */
#define PERCENT_MAX	1000000

static int by_value(const void *left, const void *right)
{
	u64 a = *(const u64 *)left, b = *(const u64 *)right;

	return a < b ? -1 : a > b;
}

static u64 median(u64 *values, u32 count)
{
	qsort(values, count, sizeof(*values), by_value);
	return count ? values[count / 2] : 0;
}

void hvp_bench_summarise(struct hvp_bench_result *result)
{
	u32 count = result->count, i;

	if (!count)
		return;
	qsort(result->samples, count, sizeof(*result->samples), by_value);
	result->times.min = result->samples[0];
	result->times.p50 = result->samples[count / 2];
	result->times.p99 = result->samples[(u64)count * 99 / 100];
	result->times.max = result->samples[count - 1];
	for (i = 0; i < count; i++)
		result->outliers += result->samples[i] / HVP_BENCH_OUTLIER >
				    result->times.p50;
}

u32 hvp_bench_bucket(u64 value)
{
	u32 octave = 0;

	if (value < 4)
		return (u32)value;
	while (value >> octave > 7)
		octave++;
	/* value >> octave is now 4 to 7: two bits below the leading one. */
	return 4 * (octave + 1) + (u32)(value >> octave & 3);
}

u64 hvp_bench_bucket_low(u32 bucket)
{
	return bucket < 4 ? bucket :
			    (u64)(4 + bucket % 4) << (bucket / 4 - 1);
}

u64 hvp_bench_ns(const struct hvp_bench_run *run, u64 ticks)
{
	/* 2^64 ns are reached by no sample, but the product may be. */
	return !run->khz ? ticks :
	       ticks < ~0ULL / 1000000 ? ticks * 1000000 / run->khz :
					 ticks / run->khz * 1000000;
}

u32 hvp_bench_percent(u64 instructions, u64 on_top)
{
	/* A counter may stand still. */
	u64 more = instructions < 100 ? PERCENT_MAX :
					on_top / (instructions / 100);

	return 100 + (u32)(more < PERCENT_MAX ? more : PERCENT_MAX);
}

static void measure_instruction(const struct hvp_bench_kind *kind,
				u64 budget_ns, struct hvp_bench_result *result)
{
	u64 end = hvp_clock_ns() + budget_ns;
	u32 i;

	for (i = 0; i < WARM_UP; i++)
		kind->instruction();
	while (result->count < HVP_BENCH_SAMPLES) {
		u64 start = hvp_clock_read();

		kind->instruction();
		result->samples[result->count++] = hvp_clock_read() - start;
		if (!(result->count % 16) && hvp_clock_ns() > end)
			break;
	}
}

/* struct ioctl_ticks - @on_top of those of the @instructions of one ioctl */
struct ioctl_ticks {
	u64 instructions;
	u64 on_top;
};

/*
 * Apart, so that time which the host takes inside of instructions does not
 * count as the engine's. False when a call failed.
 */
static bool make(struct hvp_caller *caller, const struct hvp_call *like,
		 struct hvp_call *calls, u32 count, struct ioctl_ticks *ticks)
{
	u64 start, all;
	u32 i;

	for (i = 0; i < count; i++)
		calls[i] = *like;
	start = hvp_clock_read();
	if (caller->make(caller, calls, count))
		return false;
	all = hvp_clock_read() - start;
	ticks->instructions = 0;
	for (i = 0; i < count; i++) {
		if (calls[i].error || calls[i].outcome != HVP_OUTCOME_VALUE)
			return false;
		ticks->instructions += calls[i].cycles;
	}
	ticks->on_top = all > ticks->instructions ?
			all - ticks->instructions : 0;
	return true;
}

static void measure_calls(struct hvp_caller *caller,
			  const struct hvp_call *like, u64 budget_ns,
			  struct hvp_bench_result *result)
{
	static struct hvp_call calls[HVP_BENCH_BATCH];
	static u64 batches[HVP_BENCH_SAMPLES / HVP_BENCH_BATCH];
	static u64 percents[HVP_BENCH_SAMPLES / HVP_BENCH_BATCH];
	u64 singles[HVP_BENCH_SINGLES];
	u64 start = hvp_clock_ns();
	u32 count = 0, i;
	struct ioctl_ticks ticks;

	do {
		if (!make(caller, like, calls, 1, &ticks))
			break;
		singles[count++] = ticks.on_top;
	} while (count < HVP_BENCH_SINGLES &&
		 hvp_clock_ns() - start < budget_ns / SINGLES_SHARE);
	result->ioctl = median(singles, count);
	count = 0;
	do {
		if (!make(caller, like, calls, HVP_BENCH_BATCH, &ticks))
			break;
		batches[count] = ticks.on_top / HVP_BENCH_BATCH;
		percents[count++] = hvp_bench_percent(ticks.instructions,
						      ticks.on_top);
		for (i = 0; i < HVP_BENCH_BATCH; i++)
			result->samples[result->count++] = calls[i].cycles;
	} while (result->count + HVP_BENCH_BATCH <= HVP_BENCH_SAMPLES &&
		 hvp_clock_ns() - start < budget_ns);
	result->engine = median(batches, count);
	result->batch_percent = (u32)median(percents, count);
	result->batch_calls = HVP_BENCH_BATCH;
	if (!result->count)
		snprintf(result->missing, sizeof(result->missing),
			 "the call did not succeed again");
}

bool hvp_bench_applies(const struct hvp_bench_kind *kind,
		       const struct hvp_report *report)
{
	if (kind->instruction)
		return true;
	/* The calls of other interfaces are x86's. */
	if (report->arch == HVP_ARCH_ARM64 && kind->abi != HVP_ABI_SMCCC &&
	    kind->abi != HVP_ABI_XEN)
		return false;
	return hvp_report_has(report, kind->abi);
}

void hvp_bench_measure(const struct hvp_bench_kind *kind,
		       const struct hvp_report *report,
		       struct hvp_caller *caller, u64 budget_ns,
		       struct hvp_bench_result *result)
{
	struct hvp_call call, first;

	memset(result, 0, sizeof(*result));
	result->kind = kind;
	if (kind->instruction) {
		if (report->leaf0 || report->arch == HVP_ARCH_ARM64)
			measure_instruction(kind, budget_ns, result);
		else
			snprintf(result->missing, sizeof(result->missing),
				 "no CPUID here");
		hvp_bench_summarise(result);
		return;
	}
	if (!hvp_bench_applies(kind, report)) {
		snprintf(result->missing, sizeof(result->missing),
			 "no interface of %s here", hvp_abi_name(kind->abi));
		return;
	}
	kind->prepare(&call);
	first = call;
	if (!caller || hvp_caller_one(caller, &first) ||
	    first.outcome != HVP_OUTCOME_VALUE) {
		u32 reason = !caller || caller->error ?
			hvp_caller_reason(caller, report) : first.reason;

		if (reason && reason < HVP_REASON_COUNT)
			snprintf(result->missing, sizeof(result->missing),
				 "%s", hvp_reason_key(reason));
		else
			hvp_call_answer(&first, result->missing);
		return;
	}
	hvp_call_answer(&first, result->answer);
	measure_calls(caller, &call, budget_ns, result);
	hvp_bench_summarise(result);
}
