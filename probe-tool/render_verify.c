// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe verify as a table, and as TAP. */
#include <stdio.h>
#include "render_verify.h"

#define INDENT			4
#define ADVERTISED_WIDTH	10
#define ACTUAL_WIDTH		7

static const u8 summary_order[] = {
	HVP_STATE_VERIFIED, HVP_STATE_BROKEN, HVP_STATE_UNADVERTISED,
	HVP_STATE_UNKNOWN, HVP_STATE_ABSENT,
};

static const char *cap_name(const struct hvp_check_result *result)
{
	return hvp_caps[result->check->cap].name;
}

static void put_evidence(const struct hvp_view *view,
			 const struct hvp_check_result *result)
{
	char line[HVP_EVIDENCE_TEXT + 100];

	snprintf(line, sizeof(line), "%s: %s%s%s", result->check->name,
		 result->state == HVP_STATE_UNKNOWN ?
			 hvp_reason_key(result->reason) : "",
		 result->state == HVP_STATE_UNKNOWN && *result->evidence ?
			 "; " : "",
		 result->evidence);
	printf("%*s", INDENT, "");
	hvp_put_wrapped(view, INDENT, INDENT + 2, line);
	if (!view->options->verbose)
		return;
	snprintf(line, sizeof(line), "%s (%s; %s)", result->check->what,
		 result->check->uses, result->check->spec);
	printf("%*s", INDENT + 2, "");
	hvp_put_wrapped(view, INDENT + 2, INDENT + 2, line);
}

static void put_summary(const struct hvp_results *results)
{
	const char *before = "";
	u32 i;

	putchar('\n');
	for (i = 0; i < HVP_ARRAY_SIZE(summary_order); i++) {
		u32 state = summary_order[i];

		if (!results->states[state])
			continue;
		printf("%s%u %s", before, results->states[state],
		       hvp_state_name(state));
		before = ", ";
	}
	putchar('\n');
}

static void put_hints(const struct hvp_results *results)
{
	bool told[HVP_REASON_COUNT] = { false };
	u32 i;

	for (i = 0; i < results->count; i++) {
		const struct hvp_check_result *result = results->items[i];

		if (result->state != HVP_STATE_UNKNOWN || told[result->reason])
			continue;
		told[result->reason] = true;
		printf("%s: %s\n", hvp_reason_key(result->reason),
		       hvp_reason_hint(result->reason));
	}
}

void hvp_render_verify_text(const struct hvp_results *results)
{
	const struct hvp_view *view = results->view;
	int widest = 10;
	u32 i;

	if (!results->count) {
		puts("Nothing to verify: no interface here has checks");
		return;
	}
	for (i = 0; i < results->count; i++)
		if ((int)strlen(cap_name(results->items[i])) > widest)
			widest = (int)strlen(cap_name(results->items[i]));
	printf("%-*s  %-*s  %-*s  state\n", widest, "capability",
	       ADVERTISED_WIDTH, "advertised", ACTUAL_WIDTH, "actual");
	for (i = 0; i < results->count; i++) {
		const struct hvp_check_result *result = results->items[i];

		printf("%-*s  %-*s  %-*s  ", widest, cap_name(result),
		       ADVERTISED_WIDTH,
		       hvp_advertised_name(result->advertised), ACTUAL_WIDTH,
		       hvp_actual_name(result->actual));
		hvp_put_state(view, result->state, 0);
		putchar('\n');
		put_evidence(view, result);
	}
	put_summary(results);
	put_hints(results);
}

/* YAML in double quotes; evidence is escaped already. */
static void put_yaml(const char *key, const char *value)
{
	printf("  %s: \"", key);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			putchar('\\');
		putchar(*value);
	}
	puts("\"");
}

void hvp_render_verify_tap(const struct hvp_results *results)
{
	u32 i;

	puts("TAP version 13");
	printf("1..%u%s\n", results->count,
	       results->count ? "" : " # SKIP no interface here has checks");
	for (i = 0; i < results->count; i++) {
		const struct hvp_check_result *result = results->items[i];
		bool unknown = result->state == HVP_STATE_UNKNOWN;

		printf("%sok %u - %s %s%s%s\n",
		       result->state == HVP_STATE_BROKEN ? "not " : "", i + 1,
		       cap_name(result), result->check->name,
		       unknown ? " # SKIP " : "",
		       unknown ? hvp_reason_key(result->reason) : "");
		puts("  ---");
		put_yaml("state", hvp_state_name(result->state));
		put_yaml("advertised", hvp_advertised_name(result->advertised));
		put_yaml("actual", hvp_actual_name(result->actual));
		put_yaml("evidence", result->evidence);
		puts("  ...");
	}
}
