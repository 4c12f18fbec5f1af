// SPDX-License-Identifier: GPL-2.0-only
/* The running kernel's log, as far as it is still there and may be read. */
#include <stdlib.h>
#include <sys/klog.h>
#include "import_log.h"
#include "import_scan.h"
#include "tool.h"

#define KLOG_READ_ALL		3
#define KLOG_BYTES		(1U << 20)

/* The log as the importer reads it; what it says is this system's word. */
static void add_log(struct hvp_store *store, u16 key, const char *text,
		    size_t bytes)
{
	static struct hvp_log_sink sink;
	const char *next = text;
	const struct hvp_fact *fact = NULL;
	struct hvp_store lines;
	struct hvp_line line;

	hvp_store_init(&lines);
	hvp_log_init(&sink);
	sink.store = &lines;
	while (hvp_next_line(&next, text + bytes, &line))
		hvp_log_line(&sink, &line);
	while ((fact = hvp_facts_next(&lines.facts, fact))) {
		struct hvp_fact copy = *fact;

		if (key && (fact->kind != HVP_FACT_TEXT ||
			    fact->text.key != key))
			continue;
		copy.source = HVP_SOURCE_SYSTEM;
		hvp_store_add(store, &copy, hvp_fact_data(fact));
	}
	hvp_store_free(&lines);
}

void hvp_source_log(struct hvp_store *store, u16 key)
{
	char *text = malloc(KLOG_BYTES);
	int bytes = text ? klogctl(KLOG_READ_ALL, text, KLOG_BYTES) : -1;

	if (bytes > 0)
		add_log(store, key, text, (size_t)bytes);
	free(text);
}
