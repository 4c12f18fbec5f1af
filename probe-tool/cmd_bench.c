// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe bench: what exits cost. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "bench.h"
#include "clock.h"

#define BUDGET_NS	1500000000ULL

/* Milliseconds stolen from @cpu so far, -1 unknown. */
static s32 read_steal(int cpu)
{
	char line[512], name[16];
	FILE *file = fopen("/proc/stat", "re");
	unsigned long long steal;
	s32 ms = -1;

	snprintf(name, sizeof(name), "cpu%d ", cpu);
	while (file && ms < 0 && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)) &&
		    sscanf(line + strlen(name),
			   "%*u %*u %*u %*u %*u %*u %*u %llu", &steal) == 1)
			ms = (s32)(steal * 1000 /
				   (unsigned long long)sysconf(_SC_CLK_TCK) &
				   0x7fffffff);
	if (file)
		fclose(file);
	return ms;
}

static int pin(void)
{
	int cpu = sched_getcpu();
	cpu_set_t one;

	if (cpu < 0 || cpu >= CPU_SETSIZE)
		return -1;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	return sched_setaffinity(0, sizeof(one), &one) ? -1 : cpu;
}

static bool named(const struct hvp_request *request, const char *kind)
{
	int i;

	for (i = 0; i < request->name_count; i++)
		if (!strcmp(request->names[i], kind))
			return true;
	return !request->name_count;
}

static int check_names(const struct hvp_request *request)
{
	char list[512] = "kinds are", safe[128];
	size_t at;
	int n;
	u32 i;

	for (i = 0; i < hvp_bench_kind_count; i++) {
		at = strlen(list);
		snprintf(list + at, sizeof(list) - at, " %s",
			 hvp_bench_kinds[i].name);
	}
	for (n = 0; n < request->name_count; n++) {
		for (i = 0; i < hvp_bench_kind_count; i++)
			if (!strcmp(request->names[n], hvp_bench_kinds[i].name))
				break;
		if (i < hvp_bench_kind_count)
			continue;
		hvp_error(list, "there is no kind '%s'",
			  hvp_escape(safe, sizeof(safe), request->names[n],
				     strlen(request->names[n])));
		return HVP_EXIT_USAGE;
	}
	return 0;
}

/* For somebody who waits at a terminal. */
static void progress(const struct hvp_request *request, const char *kind)
{
	if (!request->options.quiet && isatty(STDERR_FILENO))
		fprintf(stderr, "\r%s%s\033[K", *kind ? "measuring " : "",
			kind);
}

static u32 count_wanted(const struct hvp_request *request,
			const struct hvp_report *report)
{
	u32 i, count = 0;

	for (i = 0; i < hvp_bench_kind_count; i++)
		count += named(request, hvp_bench_kinds[i].name) &&
			 hvp_bench_applies(&hvp_bench_kinds[i], report);
	return count ? count : 1;
}

static void measure_all(const struct hvp_request *request,
			const struct hvp_report *report,
			struct hvp_caller *caller,
			struct hvp_bench_result *results,
			struct hvp_bench_run *run)
{
	u64 end = hvp_clock_ns() + BUDGET_NS, now;
	u32 left = count_wanted(request, report);
	s32 before = read_steal(run->cpu);
	s32 after;
	u32 i;

	for (i = 0; i < hvp_bench_kind_count; i++) {
		const struct hvp_bench_kind *kind = &hvp_bench_kinds[i];

		if (!named(request, kind->name))
			continue;
		/* Interfaces that are not here are no news unless asked for. */
		if (!request->name_count && !hvp_bench_applies(kind, report))
			continue;
		progress(request, kind->name);
		now = hvp_clock_ns();
		hvp_bench_measure(kind, report, caller,
				  now < end ? (end - now) / left : 0,
				  &results[run->count++]);
		if (left > 1)
			left--;
	}
	progress(request, "");
	after = read_steal(run->cpu);
	run->steal_ms = before < 0 || after < before ? -1 : after - before;
}

static int exit_status(const struct hvp_request *request,
		       const struct hvp_bench_run *run)
{
	bool missing = false, any = false;
	u32 i;

	for (i = 0; i < run->count; i++) {
		missing |= *run->results[i].missing != '\0';
		any |= run->results[i].count > 0;
	}
	return !any || (missing && request->name_count) ? HVP_EXIT_UNKNOWN :
							  HVP_EXIT_YES;
}

int hvp_cmd_bench(const struct hvp_request *request)
{
	struct hvp_bench_run run = { .cpu = -1, .steal_ms = -1 };
	struct hvp_bench_result *results;
	struct hvp_caller caller;
	struct hvp_view *view;
	int status = check_names(request);

	if (status)
		return status;
	view = hvp_view_live(&request->options);
	results = calloc(hvp_bench_kind_count, sizeof(*results));
	if (!view || !results)
		return view ? hvp_error_memory() : HVP_EXIT_ERROR;
	if (!request->options.no_driver)
		hvp_caller_open(&caller);
	run.view = view;
	run.results = results;
	run.cpu = pin();
	run.khz = hvp_clock_khz();
	measure_all(request, &view->report,
		    request->options.no_driver ? NULL : &caller, results, &run);
	if (!request->options.no_driver)
		hvp_caller_close(&caller);
	status = exit_status(request, &run);
	if (request->options.quiet)
		return status;
	if (!request->options.json)
		hvp_render_bench_text(&run);
	else if (hvp_render_bench_json(&run))
		return hvp_error_memory();
	return status;
}
