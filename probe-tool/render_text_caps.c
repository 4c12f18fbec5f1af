// SPDX-License-Identifier: GPL-2.0-only
/* Capabilities and fields as text: per ABI in the report, a table in caps. */
#include <stdio.h>
#include "render.h"

#define INDENT		16
#define STATE_WIDTH	12	/* of the longest, "unadvertised" */
#define FEW_NAMES	8

static const u8 shown_states[] = {
	HVP_STATE_VERIFIED, HVP_STATE_ADVERTISED, HVP_STATE_UNADVERTISED,
	HVP_STATE_BROKEN,
};

static void put_meaning(const struct hvp_view *view, const char *name,
			const char *meaning, const char *spec, u32 source)
{
	char line[512];

	snprintf(line, sizeof(line), "%s: %s (%s; source %s)", name, meaning,
		 spec, hvp_source_name(source));
	fputs("    ", stdout);
	hvp_put_wrapped(view, 4, 8, line);
}

static u32 put_caps_in_state(const struct hvp_view *view, u32 abi, u32 state)
{
	const char *names[HVP_CAP_COUNT + 1];
	u16 numbers[HVP_CAP_COUNT + 1];
	u32 i, count = 0;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].name && hvp_caps[i].abi == abi &&
		    view->report.caps[i].state == state) {
			numbers[count] = (u16)i;
			names[count++] = hvp_caps[i].name;
		}
	if (!count)
		return 0;
	fputs("  ", stdout);
	if (!view->options->verbose) {
		hvp_put_state(view, state, INDENT - 2);
		hvp_put_columns(view, INDENT, names, count);
		return count;
	}
	hvp_put_state(view, state, 0);
	putchar('\n');
	for (i = 0; i < count; i++) {
		const struct hvp_cap *cap = &hvp_caps[numbers[i]];

		put_meaning(view, cap->name, cap->meaning, cap->spec,
			    view->report.caps[numbers[i]].source);
	}
	return count;
}

static void field_text(const struct hvp_field *field, u64 value, char *out,
		       size_t size)
{
	if (hvp_field_is_special(field, value))
		snprintf(out, size, "%s", field->special);
	else if (field->kind == HVP_FIELD_HEX)
		snprintf(out, size, "0x%llx%s%s", (unsigned long long)value,
			 *field->unit ? " " : "", field->unit);
	else if (field->kind == HVP_FIELD_SINT)
		snprintf(out, size, "%lld%s%s",
			 (long long)hvp_field_signed(field, value),
			 *field->unit ? " " : "", field->unit);
	else
		snprintf(out, size, "%llu%s%s", (unsigned long long)value,
			 *field->unit ? " " : "", field->unit);
}

/* On bare metal, too, CPUs have such leaves: zero there is not worth a line. */
static bool field_shown(const struct hvp_view *view, u32 number)
{
	const struct hvp_field_value *value = &view->report.fields[number];

	return value->state == HVP_STATE_ADVERTISED &&
	       (value->value || view->options->verbose ||
		hvp_fields[number].abi != HVP_ABI_CPU);
}

static void put_fields(const struct hvp_view *view, u32 abi)
{
	static char lines[HVP_FIELD_COUNT + 1][96];
	const char *names[HVP_FIELD_COUNT + 1];
	u16 numbers[HVP_FIELD_COUNT + 1];
	char value[64];
	u32 i, count = 0;
	int widest = 0;

	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (hvp_fields[i].abi == abi && field_shown(view, i)) {
			int length = (int)strlen(hvp_fields[i].name);

			widest = length > widest ? length : widest;
			numbers[count++] = (u16)i;
		}
	if (!count)
		return;
	for (i = 0; i < count; i++) {
		field_text(&hvp_fields[numbers[i]],
			   view->report.fields[numbers[i]].value, value,
			   sizeof(value));
		snprintf(lines[i], sizeof(lines[i]), "%-*s  %s", widest,
			 hvp_fields[numbers[i]].name, value);
		names[i] = lines[i];
	}
	fputs("  values", stdout);
	if (!view->options->verbose) {
		printf("%*s", INDENT - 8, "");
		hvp_put_columns(view, INDENT, names, count);
		return;
	}
	putchar('\n');
	for (i = 0; i < count; i++) {
		const struct hvp_field *field = &hvp_fields[numbers[i]];

		put_meaning(view, lines[i], field->meaning, field->spec,
			    view->report.fields[numbers[i]].source);
	}
}

static bool abi_has_rows(const struct hvp_view *view, u32 abi)
{
	const struct hvp_report *report = &view->report;
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].name && hvp_caps[i].abi == abi &&
		    report->caps[i].state != HVP_STATE_ABSENT &&
		    report->caps[i].state != HVP_STATE_UNKNOWN)
			return true;
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (hvp_fields[i].abi == abi && field_shown(view, i))
			return true;
	return false;
}

void hvp_put_capabilities(const struct hvp_view *view)
{
	u32 abi, i;

	for (abi = 0; abi < HVP_ABI_COUNT; abi++) {
		const struct hvp_interface *itf;

		if (!abi_has_rows(view, abi))
			continue;
		itf = hvp_report_abi(&view->report, abi);
		putchar('\n');
		hvp_bold(view, hvp_abi_name(abi));
		if (itf)
			printf(" at 0x%08x", itf->base);
		putchar('\n');
		for (i = 0; i < HVP_ARRAY_SIZE(shown_states); i++)
			put_caps_in_state(view, abi, shown_states[i]);
		put_fields(view, abi);
	}
}

void hvp_put_unknowns(const struct hvp_view *view)
{
	static const char *names[HVP_CAP_COUNT + HVP_FIELD_COUNT + 1];
	const struct hvp_report *report = &view->report;
	bool any = false, hidden = false;
	u32 reason, i;

	for (reason = 0; reason < HVP_REASON_COUNT; reason++) {
		u32 count = 0;

		for (i = 0; i < HVP_CAP_COUNT; i++)
			if (hvp_caps[i].name &&
			    report->caps[i].state == HVP_STATE_UNKNOWN &&
			    report->caps[i].reason == reason)
				names[count++] = hvp_caps[i].name;
		for (i = 0; i < HVP_FIELD_COUNT; i++)
			if (report->fields[i].state == HVP_STATE_UNKNOWN &&
			    report->fields[i].reason == reason)
				names[count++] = hvp_fields[i].name;
		if (!count)
			continue;
		if (!any) {
			putchar('\n');
			hvp_bold(view, "Unknown");
			putchar('\n');
		}
		any = true;
		printf("  %u %s: %s\n", count, hvp_reason_key(reason),
		       hvp_reason_hint(reason));
		if (count > FEW_NAMES && !view->options->verbose) {
			hidden = true;
			continue;
		}
		fputs("    ", stdout);
		hvp_put_columns(view, 4, names, count);
	}
	if (hidden)
		puts("  hvprobe -v names them");
}

void hvp_render_caps_text(const struct hvp_view *view,
			  const hvp_selection wanted)
{
	const struct hvp_report *report = &view->report;
	int widest = 4, column;
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (wanted[i] && (int)strlen(hvp_caps[i].name) > widest)
			widest = (int)strlen(hvp_caps[i].name);
	column = 6 + widest + 2 + STATE_WIDTH + 2;
	printf("  nr  %-*s  %-*s  source\n", widest, "name", STATE_WIDTH,
	       "state");
	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap_state *state = &report->caps[i];
		bool unknown = state->state == HVP_STATE_UNKNOWN;

		if (!wanted[i])
			continue;
		printf("%4u  %-*s  ", i, widest, hvp_caps[i].name);
		if (!state->fact && !unknown) {
			hvp_put_state(view, state->state, 0);
			putchar('\n');
			continue;
		}
		hvp_put_state(view, state->state, STATE_WIDTH + 2);
		hvp_put_wrapped(view, column, column,
				unknown ? hvp_reason_key(state->reason) :
					  hvp_source_name(state->source));
		if (view->options->verbose)
			put_meaning(view, hvp_abi_name(hvp_caps[i].abi),
				    hvp_caps[i].meaning, hvp_caps[i].spec,
				    state->source);
	}
}
