// SPDX-License-Identifier: GPL-2.0-only
/* How the verdict was reached, as text. */
#include <stdio.h>
#include "render.h"

static void put_step(const struct hvp_view *view, u32 number,
		     const struct hvp_step *step)
{
	char line[400];
	int at;

	at = snprintf(line, sizeof(line), "%s", hvp_rule_text(step->rule));
	if (step->product != HVP_PRODUCT_NONE)
		at += snprintf(line + at, sizeof(line) - (size_t)at,
			       " -> %s", hvp_product_name(step->product));
	if (step->repeats)
		at += snprintf(line + at, sizeof(line) - (size_t)at,
			       ", and so do %u more bases", step->repeats);
	snprintf(line + at, sizeof(line) - (size_t)at, " [%s]",
		 hvp_rule_key(step->rule));
	printf("%2u. ", number);
	hvp_put_wrapped(view, 4, 4, line);
	if (step->fact)
		hvp_put_fact(view, 4, step->fact);
	else if (step->base)
		printf("    0x%08x\n", step->base);
	if (step->fact && view->options->verbose)
		printf("    source %s\n", hvp_source_name(step->fact->source));
}

void hvp_render_explain_text(const struct hvp_view *view)
{
	const struct hvp_verdict *verdict = &view->report.verdict;
	char summary[160];
	u32 i;

	for (i = 0; i < verdict->step_count; i++)
		put_step(view, i + 1, &verdict->steps[i]);
	hvp_verdict_summary(&view->report, summary, sizeof(summary));
	printf("\nVerdict: ");
	hvp_bold(view, summary);
	putchar('\n');
}
