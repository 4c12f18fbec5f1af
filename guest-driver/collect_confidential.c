// SPDX-License-Identifier: GPL-2.0-only
/* What the running kernel takes this guest for. */
#include <linux/kernel.h>
#include "collect.h"
#include "compat.h"

#define ATTRIBUTE_COUNT	6

void hvp_collect_confidential(struct collect_job *job)
{
	const char *word;
	struct hvp_fact fact;
	char text[128];
	u32 at = 0, i;

	for (i = 0; i < ATTRIBUTE_COUNT; i++)
		if (hvp_kernel_cc_has(i, &word))
			at += scnprintf(text + at, sizeof(text) - at, "%s%s",
					at ? " " : "", word);
	if (!at)
		at = scnprintf(text, sizeof(text), "none");
	hvp_fact_set_text(&fact, HVP_SOURCE_DRIVER, HVP_TEXT_KERNEL_CC, at);
	hvp_facts_add(&job->driver->facts, &fact, text);
}
