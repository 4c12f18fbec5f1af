// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe confidential as text. */
#include <stdio.h>
#include "render.h"

#define KEY_WIDTH	26
#define COLUMN_WIDTH	9

static void put_table(const struct hvp_view *view,
		      const struct hvp_confidential *cc)
{
	u32 kind, by;

	printf("  %-*s", KEY_WIDTH, "who says");
	for (by = 0; by < HVP_CC_WITNESS_COUNT; by++)
		printf("%-*s", by + 1 < HVP_CC_WITNESS_COUNT ? COLUMN_WIDTH : 0,
		       hvp_cc_witnesses[by].key);
	putchar('\n');
	for (kind = 0; kind < HVP_CC_KIND_COUNT; kind++) {
		printf("  %-*s", KEY_WIDTH, hvp_cc_kinds[kind]);
		for (by = 0; by < HVP_CC_WITNESS_COUNT; by++)
			hvp_put_answer_name(view, &cc->says[kind][by],
					    by + 1 < HVP_CC_WITNESS_COUNT ?
						    COLUMN_WIDTH : 0);
		putchar('\n');
	}
}

/* Whom to believe; what an untrusted host says always carries that. */
static void put_witnesses(const struct hvp_view *view)
{
	char line[200];
	u32 by;

	for (by = 0; by < HVP_CC_WITNESS_COUNT; by++) {
		const struct hvp_cc_witness_row *row = &hvp_cc_witnesses[by];

		snprintf(line, sizeof(line), "%s: %s; %s", row->key, row->what,
			 hvp_cc_trust_text(row->trust));
		fputs("  ", stdout);
		hvp_put_wrapped(view, 2, 4, line);
	}
}

static void put_details(const struct hvp_view *view,
			const struct hvp_confidential *cc)
{
	u32 i;

	for (i = 0; i < HVP_CC_DETAIL_COUNT; i++) {
		const struct hvp_answer *answer = &cc->details[i];

		if (answer->kind != HVP_ANSWER_YES && !view->options->verbose)
			continue;
		printf("  %-*s", KEY_WIDTH, hvp_cc_details[i].key);
		hvp_put_answer(view, answer, hvp_cc_details[i].set);
		putchar('\n');
		if (!view->options->verbose)
			continue;
		fputs("      ", stdout);
		hvp_put_wrapped(view, 6, 6, hvp_cc_details[i].text);
	}
}

/* Evidence that is the same for several answers is shown once. */
static void put_evidence(const struct hvp_view *view,
			 const struct hvp_confidential *cc)
{
	const struct hvp_answer *says = cc->says[0];
	u32 count = HVP_CC_KIND_COUNT * HVP_CC_WITNESS_COUNT, i, j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < i && says[j].fact != says[i].fact;)
			j++;
		if (says[i].fact && j == i)
			hvp_put_fact(view, 2, says[i].fact);
	}
}

static void put_findings(const struct hvp_view *view,
			 const struct hvp_confidential *cc)
{
	char line[256];
	u32 i;

	for (i = 0; i < HVP_CC_FINDING_COUNT; i++) {
		const struct hvp_cc_text *row = &hvp_cc_findings[i];

		if (!cc->findings[i])
			continue;
		snprintf(line, sizeof(line), "%s: %s [%s]",
			 row->set ? "disagreement" : "note", row->text,
			 row->key);
		hvp_put_wrapped(view, 0, 4, line);
	}
}

void hvp_render_confidential_text(const struct hvp_view *view,
				  const struct hvp_confidential *cc)
{
	fputs("Encrypted memory: ", stdout);
	hvp_put_answer(view, &cc->encrypted, false);
	putchar('\n');
	put_table(view, cc);
	put_details(view, cc);
	putchar('\n');
	put_findings(view, cc);
	put_witnesses(view);
	if (view->options->verbose)
		put_evidence(view, cc);
}
