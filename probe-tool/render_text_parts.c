// SPDX-License-Identifier: GPL-2.0-only
/* Lines, columns and colours of the text renderers. */
#include <stdio.h>
#include "render.h"
#include "call_xen.h"

#define BOLD	"\033[1m"
#define RESET	"\033[0m"

void hvp_bold(const struct hvp_view *view, const char *text)
{
	bool color = view->options->color;

	printf("%s%s%s", color ? BOLD : "", text, color ? RESET : "");
}

void hvp_put_state(const struct hvp_view *view, u32 state, int width)
{
	static const char *const colors[HVP_STATE_COUNT] = {
		[HVP_STATE_ABSENT] = "\033[2m",
		[HVP_STATE_ADVERTISED] = "\033[32m",
		[HVP_STATE_VERIFIED] = "\033[1;32m",
		[HVP_STATE_BROKEN] = "\033[1;31m",
		[HVP_STATE_UNADVERTISED] = "\033[33m",
		[HVP_STATE_UNKNOWN] = "\033[36m",
	};
	bool color = view->options->color && state < HVP_STATE_COUNT;

	printf("%s%s%s%*s", color ? colors[state] : "", hvp_state_name(state),
	       color ? RESET : "",
	       width - (int)strlen(hvp_state_name(state)) > 0 ?
		       width - (int)strlen(hvp_state_name(state)) : 0, "");
}

void hvp_put_wrapped(const struct hvp_view *view, int column, int indent,
		     const char *text)
{
	bool first = true;

	while (*text) {
		int length = (int)strcspn(text, " ");

		if (!first && column + 1 + length > view->options->width) {
			printf("\n%*s", indent, "");
			column = indent;
			first = true;
		}
		if (!first) {
			putchar(' ');
			column++;
		}
		/* A word longer than the line is cut into lines. */
		while (column + length > view->options->width &&
		       view->options->width > indent) {
			int room = view->options->width - column;

			while (room > 0 && ((u8)text[room] & 0xc0) == 0x80)
				room--;
			if (room < 0)
				room = 0;
			printf("%.*s\n%*s", room, text, indent, "");
			text += room;
			length -= room;
			column = indent;
		}
		printf("%.*s", length, text);
		column += length;
		first = false;
		text += length;
		text += strspn(text, " ");
	}
	putchar('\n');
}

/* Length of the longest of @count names. */
static int longest(const char *const *names, u32 count)
{
	int length = 0;

	while (count--)
		if ((int)strlen(names[count]) > length)
			length = (int)strlen(names[count]);
	return length;
}

static u32 column_length(u32 rows, u32 first, u32 count)
{
	return count - first < rows ? count - first : rows;
}

/* Do columns of @rows names, each as wide as it needs to be, fit? */
static bool rows_fit(const char *const *names, u32 count, u32 rows, int width)
{
	u32 first;

	for (first = 0; first < count; first += rows) {
		width -= longest(names + first,
				 column_length(rows, first, count));
		if (width < 0)
			return false;
		width -= 2;
	}
	return true;
}

void hvp_put_columns(const struct hvp_view *view, int indent,
		     const char *const *names, u32 count)
{
	u32 rows = count / 8 + 1, row, at;

	while (rows < count &&
	       !rows_fit(names, count, rows, view->options->width - indent))
		rows++;
	for (row = 0; row < rows && row < count; row++) {
		if (row)
			printf("%*s", indent, "");
		for (at = row; at + rows < count; at += rows)
			printf("%-*s  ",
			       longest(names + at - row,
				       column_length(rows, at - row, count)),
			       names[at]);
		puts(names[at]);
	}
}

/* What is not said is the plain instruction. */
static const char *how_text(const struct hvp_fact *fact)
{
	return fact->cpuid.how == HVP_CPUID_FORCED ? "forced " : "";
}

static void put_registers(const struct hvp_view *view, int indent,
			  const struct hvp_fact *fact)
{
	char line[160];
	int at, r;

	at = snprintf(line, sizeof(line), "%s0x%08x 0x%02x:",
		      how_text(fact), fact->cpuid.leaf,
		      fact->cpuid.subleaf == HVP_SUBLEAF_ANY ?
			      0 : fact->cpuid.subleaf);
	for (r = 0; r < 4; r++) {
		char value[16] = "not-recorded";

		if (fact->cpuid.known & 1U << r)
			snprintf(value, sizeof(value), "0x%08x",
				 fact->cpuid.regs[r]);
		at += snprintf(line + at, sizeof(line) - (size_t)at, " %s=%s",
			       hvp_reg_name((u32)r), value);
	}
	hvp_put_wrapped(view, indent, indent + 2, line);
}

static void put_call(const struct hvp_view *view, int indent,
		     const struct hvp_fact *fact)
{
	char line[200], names[HVP_XEN_FEATURES_TEXT];
	int64_t result = (int64_t)fact->call.result;
	const char *name = hvp_call_name(fact);
	u32 bits;
	int at;

	if (fact->outcome == HVP_OUTCOME_SKIPPED) {
		snprintf(line, sizeof(line), "%s: not attempted (%s)",
			 hvp_abi_name(fact->call.abi),
			 hvp_reason_key(fact->reason));
		hvp_put_wrapped(view, indent, indent + 2, line);
		return;
	}
	at = snprintf(line, sizeof(line), "%s: %s call 0x%llx%s%s%s: ",
		      hvp_insn_name(fact->call.insn),
		      hvp_abi_name(fact->call.abi),
		      (unsigned long long)fact->call.number,
		      name ? " (" : "", name ? name : "", name ? ")" : "");
	if (fact->outcome == HVP_OUTCOME_FAULT)
		snprintf(line + at, sizeof(line) - (size_t)at,
			 "raised %s (vector %u)",
			 hvp_exception_name(fact->vector), fact->vector);
	else if (result < 0 && result > -65536)
		snprintf(line + at, sizeof(line) - (size_t)at, "returned %lld",
			 (long long)result);
	else
		snprintf(line + at, sizeof(line) - (size_t)at,
			 "returned 0x%llx", (unsigned long long)result);
	hvp_put_wrapped(view, indent, indent + 2, line);
	if (fact->call.abi == HVP_ABI_XEN && hvp_xen_features_of(fact, &bits)) {
		printf("%*s", indent + 2, "");
		hvp_put_wrapped(view, indent + 2, indent + 2,
				hvp_xen_features_text(bits, names));
	}
}

void hvp_put_fact(const struct hvp_view *view, int indent,
		  const struct hvp_fact *fact)
{
	char line[512], text[400];

	printf("%*s", indent, "");
	switch (fact->kind) {
	case HVP_FACT_CPUID:
		if (hvp_fact_has_registers(fact)) {
			put_registers(view, indent, fact);
			return;
		}
		snprintf(line, sizeof(line), "%s0x%08x 0x%02x: raised %s",
			 how_text(fact), fact->cpuid.leaf, fact->cpuid.subleaf,
			 hvp_exception_name(fact->vector));
		break;
	case HVP_FACT_MSR:
		if (fact->outcome == HVP_OUTCOME_VALUE)
			snprintf(line, sizeof(line), "MSR 0x%08x: 0x%016llx",
				 fact->msr.index,
				 (unsigned long long)fact->msr.value);
		else
			snprintf(line, sizeof(line), "MSR 0x%08x: raised %s",
				 fact->msr.index,
				 hvp_exception_name(fact->vector));
		break;
	case HVP_FACT_CALL:
		put_call(view, indent, fact);
		return;
	case HVP_FACT_SMCCC:
		hvp_smccc_fact_text(fact, line, sizeof(line));
		break;
	case HVP_FACT_TEXT:
		snprintf(line, sizeof(line), "%s: \"%s\"",
			 hvp_text_key_name(fact->text.key),
			 hvp_escape(text, sizeof(text), hvp_fact_data(fact),
				    fact->data_bytes));
		break;
	default:
		snprintf(line, sizeof(line), "fact of kind %u", fact->kind);
		break;
	}
	hvp_put_wrapped(view, indent, indent + 2, line);
}
