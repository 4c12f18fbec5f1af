// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe verify: is what the hypervisor advertises true? */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "clock.h"
#include "render_verify.h"

#define CLOCKSOURCES \
	"/sys/devices/system/clocksource/clocksource0/available_clocksource"
#define CLOCKSOURCE_NOW \
	"/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define HYPERV_TSC_FREQUENCY_MSR	0x40000022U

/* A name is that of an interface, a capability, or capability/check. */
static bool names_check(const char *name, const struct hvp_check *check)
{
	const struct hvp_cap *cap = &hvp_caps[check->cap];
	size_t length = strlen(cap->name);

	return !strcmp(name, hvp_abi_key(cap->abi)) ||
	       !strcmp(name, cap->name) ||
	       (!strncmp(name, cap->name, length) && name[length] == '/' &&
		!strcmp(name + length + 1, check->name));
}

static int check_names(const struct hvp_request *request)
{
	u32 i;
	int n;

	for (n = 0; n < request->name_count; n++) {
		const char *name = request->names[n];
		char safe[128];

		for (i = 0; i < hvp_check_count; i++)
			if (names_check(name, &hvp_checks[i]))
				break;
		if (i < hvp_check_count)
			continue;
		hvp_escape(safe, sizeof(safe), name, strlen(name));
		if (hvp_cap_find(name) >= 0)
			hvp_error("hvprobe verify --all lists what can be tried",
				  "no check exercises '%s'", safe);
		else
			hvp_error("hvprobe verify --all lists the names",
				  "unknown capability '%s'", safe);
		return HVP_EXIT_USAGE;
	}
	return 0;
}

static bool wanted(const struct hvp_request *request,
		   const struct hvp_check *check)
{
	int n;

	for (n = 0; n < request->name_count; n++)
		if (names_check(request->names[n], check))
			return true;
	return !request->name_count;
}

static void read_line(const char *path, char *text, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t bytes = fd < 0 ? 0 : read(fd, text, room - 1);

	if (fd >= 0)
		close(fd);
	text[bytes > 0 ? bytes : 0] = '\0';
}

static const char *read_clocksources(void)
{
	static char text[256];

	read_line(CLOCKSOURCES, text, sizeof(text));
	return text;
}

/* A clock made of timer ticks is nothing to measure against. */
static bool clock_counts(void)
{
	char name[64];

	read_line(CLOCKSOURCE_NOW, name, sizeof(name));
	return *name && !strstr(name, "jiffies");
}

/* Only where something tells a frequency to compare with. */
static u64 measure_tsc(const struct hvp_report *report)
{
	if (report->fields[HVP_FIELD_ID_TIMING_TSC_KHZ].state !=
		    HVP_STATE_ADVERTISED &&
	    !hvp_facts_msr(report->facts, report->cpu,
			   HYPERV_TSC_FREQUENCY_MSR))
		return 0;
	if (!clock_counts())
		return 0;
	return hvp_clock_khz();
}

/* What is not here is news only to somebody who asked for it by its name. */
static bool is_shown(const struct hvp_request *request,
		     const struct hvp_check_result *result)
{
	const struct hvp_cap *cap = &hvp_caps[result->check->cap];
	int n;

	if (result->applies || request->args[HVP_ARG_ALL])
		return true;
	for (n = 0; n < request->name_count; n++)
		if (strcmp(request->names[n], hvp_abi_key(cap->abi)) &&
		    names_check(request->names[n], result->check))
			return true;
	return false;
}

static void run_checks(const struct hvp_request *request,
		       const struct hvp_verify *verify,
		       struct hvp_check_result *all,
		       struct hvp_results *results)
{
	u32 i;

	for (i = 0; i < hvp_check_count; i++) {
		if (!wanted(request, &hvp_checks[i]))
			continue;
		hvp_verify_check(verify, &hvp_checks[i], &all[i]);
		if (!is_shown(request, &all[i]))
			continue;
		results->items[results->count++] = &all[i];
		results->states[all[i].state]++;
	}
}

static int exit_status(const struct hvp_request *request,
		       const struct hvp_results *results)
{
	const u32 *states = results->states;
	u32 tried = 0, no_driver = 0, i;

	if (states[HVP_STATE_BROKEN])
		return HVP_EXIT_NO;
	for (i = 0; i < results->count; i++) {
		const struct hvp_check_result *result = results->items[i];

		tried += result->actual != HVP_ACTUAL_UNTRIED;
		no_driver += result->reason == HVP_REASON_NEEDS_DRIVER ||
			     result->reason == HVP_REASON_NEEDS_ROOT ||
			     result->reason == HVP_REASON_IN_GVISOR;
	}
	/* What the kernel keeps time by does not stand for every call. */
	if (!tried || no_driver ||
	    (request->name_count && states[HVP_STATE_UNKNOWN]))
		return HVP_EXIT_UNKNOWN;
	return HVP_EXIT_YES;
}

static int put(const struct hvp_request *request,
	       const struct hvp_results *results)
{
	if (request->options.quiet)
		return 0;
	if (request->options.json)
		return hvp_render_verify_json(results);
	if (request->args[HVP_ARG_TAP])
		hvp_render_verify_tap(results);
	else
		hvp_render_verify_text(results);
	return 0;
}

int hvp_cmd_verify(const struct hvp_request *request)
{
	struct hvp_verify verify = { NULL, NULL, 0, "" };
	struct hvp_results results = { .count = 0 };
	struct hvp_check_result *all;
	struct hvp_caller caller;
	int status = check_names(request);

	if (status)
		return status;
	if (request->args[HVP_ARG_TAP] && request->options.json) {
		hvp_error("leave one of them out",
			  "--json and --tap exclude each other");
		return HVP_EXIT_USAGE;
	}
	results.view = hvp_view_live(&request->options);
	all = calloc(hvp_check_count, sizeof(*all));
	results.items = calloc(hvp_check_count, sizeof(*results.items));
	if (!results.view || !all || !results.items)
		return results.view ? hvp_error_memory() : HVP_EXIT_ERROR;
	verify.report = &results.view->report;
	verify.clocksources = read_clocksources();
	verify.tsc_khz = measure_tsc(verify.report);
	if (!request->options.no_driver) {
		hvp_caller_open(&caller);
		verify.caller = &caller;
	}
	run_checks(request, &verify, all, &results);
	if (verify.caller)
		hvp_caller_close(verify.caller);
	if (put(request, &results))
		return hvp_error_memory();
	return exit_status(request, &results);
}
