// SPDX-License-Identifier: GPL-2.0-only
/* Interfaces, rejected bases and attempted calls as text. */
#include <stdio.h>
#include <stdlib.h>
#include "render.h"

/* The signature for a column of 15; the bytes beside it tell the rest. */
static void column_signature(const u8 bytes[12], char out[HVP_SIGNATURE_TEXT])
{
	int i;

	hvp_signature_text(bytes, out, false);
	if (strlen(out) <= 15)
		return;
	for (i = 0; i < 12; i++)
		out[i] = bytes[i] >= 0x20 && bytes[i] < 0x7f ?
				 (char)bytes[i] : '.';
	out[12] = '\0';
}

static void put_description(const struct hvp_view *view,
			    const struct hvp_interface *itf)
{
	static const struct {
		u32 note;
		const char *text;
	} notes[] = {
		{ HVP_NOTE_MAX_ZERO, "maximum leaf 0 read as base + 1" },
		{ HVP_NOTE_MAX_LOOSE, "maximum leaf lies outside the base" },
		{ HVP_NOTE_CUSTOM_VENDOR, "Hv#1 behind a foreign signature" },
		{ HVP_NOTE_PARTIAL, "maximum leaf not recorded" },
		{ HVP_NOTE_INFERRED, "base leaf not recorded, text names it" },
	};
	const char *of = itf->fact->kind == HVP_FACT_SMCCC ? "; calls of" :
							     "; leaves of";
	char line[400];
	u32 i, abis = 0;
	int at = snprintf(line, sizeof(line), "%s",
			  hvp_product_name(itf->product));

	for (i = 0; i < HVP_ABI_COUNT; i++)
		if (itf->abis & 1U << i)
			at += snprintf(line + at, sizeof(line) - (size_t)at,
				       "%s %s", abis++ ? "," : of,
				       hvp_abi_name(i));
	for (i = 0; i < HVP_ARRAY_SIZE(notes); i++)
		if (itf->notes & notes[i].note)
			at += snprintf(line + at, sizeof(line) - (size_t)at,
				       "; %s", notes[i].text);
	if (view->options->verbose && itf->sig)
		at += snprintf(line + at, sizeof(line) - (size_t)at, "; %s",
			       itf->sig->spec);
	if (view->options->verbose && itf->fact)
		snprintf(line + at, sizeof(line) - (size_t)at, "; source %s",
			 hvp_source_name(itf->fact->source));
	fputs("              ", stdout);
	hvp_put_wrapped(view, 14, 14, line);
}

static void put_leaves(const struct hvp_view *view, u32 base)
{
	const struct hvp_fact **leaves;
	u32 i, count;

	leaves = hvp_interface_leaves(&view->report, base, &count);
	for (i = 0; leaves && i < count; i++)
		hvp_put_fact(view, 4, leaves[i]);
	free(leaves);
}

static void put_interface(const struct hvp_view *view,
			  const struct hvp_interface *itf)
{
	char text[HVP_SIGNATURE_TEXT], hex[25], max[16];

	if (itf->fact->kind == HVP_FACT_SMCCC) {
		char uid[HVP_SMCCC_UID_TEXT];

		printf("  0x%08x  %s\n", itf->base,
		       hvp_interface_uid(itf, uid) ? uid : "no UID");
		put_description(view, itf);
		return;
	}
	column_signature(itf->signature, text);
	snprintf(max, sizeof(max), "0x%08x", itf->raw_max);
	printf("  0x%08x  %-15s  %-24s  %-10s", itf->base, text,
	       hvp_signature_hex(itf->signature, hex),
	       itf->notes & (HVP_NOTE_PARTIAL | HVP_NOTE_INFERRED) ?
		       "?" : max);
	if (itf->id) {
		u8 id[4];
		int i;

		for (i = 0; i < 4; i++)
			id[i] = (u8)(itf->id >> 8 * i);
		/* Elsewhere the register holds feature bits, not a name. */
		for (i = 0; i < 4 && id[i] >= 0x20 && id[i] < 0x7f; i++)
			;
		if (i == 4)
			printf("  %.4s", (const char *)id);
	}
	putchar('\n');
	put_description(view, itf);
	if (view->options->verbose)
		put_leaves(view, itf->base);
}

static void put_rejected(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	u32 class, i;

	for (class = 0; class <= HVP_BASE_JUNK; class++) {
		u32 count = 0, first = 0;
		char line[200];

		for (i = 0; i < HVP_BASE_COUNT; i++)
			if (report->base_class[i] == class && !count++)
				first = i;
		if (!hvp_class_key(class) || !count)
			continue;
		snprintf(line, sizeof(line), "%u base%s from 0x%08x: %s",
			 count, count == 1 ? "" : "s",
			 HVP_BASE_FIRST + first * HVP_BASE_STEP,
			 hvp_class_why(class));
		fputs("  ", stdout);
		hvp_put_wrapped(view, 2, 4, line);
	}
}

/* By us, not by a kernel that logged what it was told. */
static bool was_asked(const struct hvp_report *report)
{
	const struct hvp_fact *first =
		report->smccc.answers[HVP_SMCCC_QUERY_PSCI_VERSION];

	return first && first->smccc.conduit != HVP_INSN_NONE;
}

void hvp_put_interfaces(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	u32 i;

	putchar('\n');
	hvp_bold(view, "Interfaces");
	putchar('\n');
	if (report->interface_count && report->arch == HVP_ARCH_ARM64)
		puts("  asked by    UID");
	else if (report->interface_count)
		printf("  %-10s  %-15s  %-24s  %-10s  id\n", "base",
		       "signature", "bytes", "max leaf");
	else
		puts(report->bases_read || was_asked(report) ?
			     "  none found" : "  none recorded");
	for (i = 0; i < report->interface_count; i++)
		put_interface(view, &report->interfaces[i]);
	put_rejected(view);
}

/* On arm64 most calls are questions, whose answers stand above. */
static bool is_shown(const struct hvp_view *view, const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CALL ||
	       (fact->kind == HVP_FACT_SMCCC &&
		(fact->smccc.purpose || view->options->verbose ||
		 fact->outcome == HVP_OUTCOME_FAULT));
}

void hvp_put_calls(const struct hvp_view *view)
{
	const struct hvp_fact *fact = NULL;
	bool any = false;

	while ((fact = hvp_facts_next(view->report.facts, fact))) {
		if (!is_shown(view, fact))
			continue;
		if (!any) {
			putchar('\n');
			hvp_bold(view, view->report.arch == HVP_ARCH_ARM64 ?
					 "Calls made by the driver" :
					 "Hypercalls tried by the driver");
			putchar('\n');
		}
		any = true;
		hvp_put_fact(view, 2, fact);
	}
}
