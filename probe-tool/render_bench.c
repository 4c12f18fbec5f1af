// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe bench as a table, and a histogram for each kind. */
#include <stdio.h>
#include "bench.h"

#define BAR_WIDTH	40
#define ROWS_MAX	12

static unsigned long long ns(const struct hvp_bench_run *run, u64 ticks)
{
	return hvp_bench_ns(run, ticks);
}

static void put_row(const struct hvp_bench_run *run,
		    const struct hvp_bench_result *result)
{
	const struct hvp_bench_times *times = &result->times;

	printf("%-14s %6u %7llu %7llu %7llu %8llu", result->kind->name,
	       result->count, ns(run, times->min), ns(run, times->p50),
	       ns(run, times->p99), ns(run, times->max));
	if (result->batch_calls)
		printf(" %8llu %8llu %4u.%02u", ns(run, result->engine),
		       ns(run, result->ioctl), result->batch_percent / 100,
		       result->batch_percent % 100);
	putchar('\n');
}

static void put_bar(u32 count, u32 most)
{
	int length = (int)((u64)count * BAR_WIDTH / most);
	int i;

	if (count && !length)
		length = 1;
	for (i = 0; i < BAR_WIDTH; i++)
		putchar(i < length ? '#' : ' ');
	printf(" %u\n", count);
}

static void put_histogram(const struct hvp_bench_run *run,
			  const struct hvp_bench_result *result)
{
	u32 buckets[HVP_BENCH_BUCKETS] = { 0 };
	u32 first = HVP_BENCH_BUCKETS, last = 0, most = 1, rows = 0, rest = 0;
	char title[400];
	int at;
	u32 i;

	for (i = 0; i < result->count; i++) {
		u32 bucket = hvp_bench_bucket(hvp_bench_ns(run,
						       result->samples[i]));

		buckets[bucket]++;
		first = bucket < first ? bucket : first;
		last = bucket > last ? bucket : last;
	}
	for (i = first; i <= last; i++)
		most = buckets[i] > most ? buckets[i] : most;
	at = snprintf(title, sizeof(title), "%s: %s%s%s", result->kind->name,
		      result->kind->what, *result->answer ? ", answered " : "",
		      result->answer);
	if (result->outliers)
		snprintf(title + at, sizeof(title) - (size_t)at,
			 "; %u above %u times the median", result->outliers,
			 HVP_BENCH_OUTLIER);
	putchar('\n');
	hvp_put_wrapped(run->view, 0, 2, title);
	for (i = first; i <= last; i++) {
		if (rows++ < ROWS_MAX) {
			printf("  %9llu - %-9llu ",
			       (unsigned long long)hvp_bench_bucket_low(i),
			       (unsigned long long)
				       hvp_bench_bucket_low(i + 1) - 1);
			put_bar(buckets[i], most);
		} else {
			rest += buckets[i];
		}
	}
	if (rest) {
		printf("  %-21s ", "    above");
		put_bar(rest, most);
	}
}

void hvp_render_bench_text(const struct hvp_bench_run *run)
{
	bool any_call = false;
	u32 i;

	if (run->cpu >= 0)
		printf("Pinned to CPU %d", run->cpu);
	else
		printf("Not pinned");
	if (run->khz)
		printf(", counter at %llu kHz", (unsigned long long)run->khz);
	if (run->steal_ms >= 0)
		printf(", %d ms stolen", (int)run->steal_ms);
	printf("; times in %s\n\n%-14s %6s %7s %7s %7s %8s %8s %8s %7s\n",
	       run->khz ? "ns" : "ticks", "kind", "count", "min", "p50",
	       "p99", "max", "engine", "ioctl", "batch");
	for (i = 0; i < run->count; i++) {
		if (*run->results[i].missing)
			continue;
		put_row(run, &run->results[i]);
		any_call |= run->results[i].batch_calls != 0;
	}
	if (any_call)
		puts("\nmin to max: the instruction alone. On top of it, for one call: engine in a\n"
		     "batch of calls, ioctl when it has an ioctl of its own. batch: an ioctl of many\n"
		     "in all, as a multiple of its instructions alone.");
	for (i = 0; i < run->count; i++)
		if (run->results[i].count)
			put_histogram(run, &run->results[i]);
	for (i = 0, any_call = false; i < run->count; i++) {
		if (!*run->results[i].missing)
			continue;
		printf("%s%-14s not measured: %s\n", any_call ? "" : "\n",
		       run->results[i].kind->name, run->results[i].missing);
		any_call = true;
	}
}
