// SPDX-License-Identifier: GPL-2.0-only
/* The report as text: verdict first, then what it rests on. */
#include <stdio.h>
#include <stdlib.h>
#include "render.h"

#define LABEL	10

static void put_label(const char *label)
{
	printf("%-*s", LABEL, label);
}

static void put_cpu(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	char vendor[64], line[200];

	hvp_escape(vendor, sizeof(vendor), report->vendor,
		   strlen((const char *)report->vendor));
	put_label("CPU");
	if (report->arch == HVP_ARCH_ARM64) {
		hvp_put_wrapped(view, LABEL, LABEL,
				hvp_arm64_text(report, line, sizeof(line)));
		return;
	}
	if (!report->cpu_count && !report->leaf0 && !report->leaf1) {
		puts("no CPUID leaf recorded");
		return;
	}
	snprintf(line, sizeof(line), "%s, hypervisor bit %s",
		 *vendor ? vendor : "vendor not recorded",
		 report->hypervisor_bit > 0 ? "set" :
		 !report->hypervisor_bit    ? "clear" : "not recorded");
	fputs(line, stdout);
	if (report->cpu_count > 1)
		printf(", CPU %u of %u shown", report->cpu, report->cpu_count);
	putchar('\n');
}

static void put_source(const struct hvp_view *view)
{
	char name[256], label[300], line[800];
	const struct hvp_machine *machine;

	if (!view->dump)
		return;
	machine = &view->dump->machines[view->machine - 1];
	hvp_escape(name, sizeof(name), view->file, strlen(view->file));
	hvp_escape(label, sizeof(label), machine->label,
		   strlen(machine->label));
	snprintf(line, sizeof(line), "%s, %s format%s%s%s", name,
		 view->dump->format, *label ? ", \"" : "", label,
		 *label ? "\"" : "");
	put_label("File");
	hvp_put_wrapped(view, LABEL, LABEL, line);
	if (view->dump->machine_count < 2)
		return;
	put_label("");
	printf("machine %u of %zu; --machine=N shows another\n", view->machine,
	       view->dump->machine_count);
}

static void put_driver(const struct hvp_view *view)
{
	const struct hvp_driver *driver = view->driver;
	char line[500];

	if (!driver)
		return;
	put_label("Driver");
	if (driver->state == HVP_DRIVER_ABSENT) {
		puts("not loaded");
		return;
	}
	snprintf(line, sizeof(line), "%s%s%s%s%s%s",
		 *driver->version ? driver->version : "loaded",
		 driver->state == HVP_DRIVER_UNREADABLE ?
			 ", /dev/hvprobe not readable by this user" :
		 driver->state == HVP_DRIVER_OTHER_ABI ?
			 ", speaks another ABI version" :
		 driver->state == HVP_DRIVER_FAILED ? ", cannot be read" : "",
		 *driver->instruction ? "; instruction " : "",
		 driver->instruction, *driver->proof ? "; proof " : "",
		 driver->proof);
	hvp_put_wrapped(view, LABEL, LABEL, line);
}

/* Bit n is capability n; without the leading zeros that --mask prints. */
static void put_mask(const struct hvp_view *view)
{
	char mask[HVP_MASK_TEXT], line[HVP_MASK_TEXT];
	const char *digits = hvp_mask_text(&view->report, mask) + 2;

	while (*digits == '0' && digits[1])
		digits++;
	snprintf(line, sizeof(line), "0x%s", digits);
	put_label("Mask");
	hvp_put_wrapped(view, LABEL, LABEL, line);
}

static void put_unlisted(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	u32 i, bit, count = report->unlisted_count;

	if (!count)
		return;
	putchar('\n');
	hvp_bold(view, "Set bits without a published meaning");
	putchar('\n');
	for (i = 0; i < count; i++) {
		const struct hvp_unlisted *u = &report->unlisted[i];
		char line[200];
		int at = snprintf(line, sizeof(line),
				  "0x%08x 0x%02x %s=0x%08x: bit", u->leaf,
				  u->subleaf, hvp_reg_name(u->reg), u->bits);

		for (bit = 0; bit < 32; bit++)
			if (u->bits >> bit & 1)
				at += snprintf(line + at,
					       sizeof(line) - (size_t)at,
					       " %u", bit);
		fputs("  ", stdout);
		hvp_put_wrapped(view, 2, 4, line);
	}
	if (count == HVP_UNLISTED_MAX)
		puts("  and perhaps more: the list is full");
}

static void put_differences(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	u32 i, count = report->difference_count;

	if (!count)
		return;
	putchar('\n');
	hvp_bold(view, "Differences between CPUs");
	putchar('\n');
	for (i = 0; i < count; i++) {
		const struct hvp_difference *d = &report->differences[i];
		char line[160];

		if (d->here->kind == HVP_FACT_SMCCC)
			hvp_smccc_difference_text(d, line, sizeof(line));
		else
			snprintf(line, sizeof(line),
				 "0x%08x 0x%02x %s: CPU %u 0x%08x, CPU %u 0x%08x",
				 d->here->cpuid.leaf, d->here->cpuid.subleaf,
				 hvp_reg_name(d->reg), d->here->cpu,
				 d->here->cpuid.regs[d->reg], d->there->cpu,
				 d->there->cpuid.regs[d->reg]);
		fputs("  ", stdout);
		hvp_put_wrapped(view, 2, 4, line);
	}
	if (count == HVP_DIFFERENCE_MAX)
		puts("  and perhaps more: the list is full");
}

static void put_disagreements(const struct hvp_view *view)
{
	const struct hvp_driver *driver = view->driver;
	u32 i;

	if (!driver || !driver->disagreement_count)
		return;
	putchar('\n');
	hvp_bold(view, "The driver read something else than the tool");
	putchar('\n');
	for (i = 0; i < driver->disagreement_count &&
		    i < HVP_DISAGREEMENT_MAX; i++) {
		const struct hvp_fact *fact = &driver->disagreements[i];
		const struct hvp_fact *first = NULL;

		if (fact->kind == HVP_FACT_CPUID)
			first = hvp_facts_cpuid(view->report.facts, fact->cpu,
						fact->cpuid.leaf,
						fact->cpuid.subleaf);
		if (first) {
			puts("  tool:");
			hvp_put_fact(view, 4, first);
		}
		puts("  driver:");
		hvp_put_fact(view, 4, fact);
	}
	if (driver->disagreement_count > HVP_DISAGREEMENT_MAX)
		printf("  and %u more\n",
		       driver->disagreement_count - HVP_DISAGREEMENT_MAX);
}

/* Of an encrypted guest, what a hypervisor shows is no more than its word. */
static void put_trust(const struct hvp_view *view)
{
	if (!hvp_view_encrypted(view))
		return;
	hvp_put_wrapped(view, 0, 2,
			"Encrypted guest: interfaces, capabilities and calls are reported by an untrusted host (hvprobe confidential).");
	putchar('\n');
}

void hvp_render_report_text(const struct hvp_view *view)
{
	char summary[160];

	hvp_verdict_summary(&view->report, summary, sizeof(summary));
	hvp_bold(view, summary);
	puts("\n");
	put_trust(view);
	put_source(view);
	put_cpu(view);
	put_driver(view);
	put_mask(view);
	hvp_put_interfaces(view);
	hvp_put_capabilities(view);
	put_unlisted(view);
	hvp_put_calls(view);
	put_differences(view);
	put_disagreements(view);
	hvp_put_unknowns(view);
	if (view->options->stats && !view->dump)
		printf("\nCost: %u CPUID executions on %u CPU%s\n",
		       view->stats.cpuid_executions, view->stats.cpus,
		       view->stats.cpus == 1 ? "" : "s");
}
