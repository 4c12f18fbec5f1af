// SPDX-License-Identifier: GPL-2.0-only
/*
 * Any bytes as a dump: nothing may crash, leak or hang, and what was read has
 * to survive being written and read again, record for record.
 */
#include <stdio.h>
#include <stdlib.h>
#include "../../core/confidential.h"
#include "../../core/nested.h"
#include "../../probe-tool/facts_json.h"

#define DECODED_MAX	4U	/* a report costs more than reading a line */

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

static void round_trip(const struct hvp_facts *facts)
{
	struct hvp_dump again;
	const struct hvp_facts *back;
	char *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	require(out && !hvp_facts_write_json(facts, out), "facts are written");
	require(!fclose(out), "and flushed");
	require(!hvp_dump_read(text, bytes, &again), "and read again");
	require(again.machine_count == 1 && !again.problem_count,
		"as one machine without problems");
	back = &again.machines[0].store.facts;
	require(back->count == facts->count, "with as many records");
	require(!memcmp(back->items, facts->items,
			facts->count * sizeof(*facts->items)),
		"which are the same");
	hvp_dump_free(&again);
	free(text);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static struct hvp_confidential cc;
	static struct hvp_report report;
	static struct hvp_nested nested;
	char line[80];
	struct hvp_dump dump;
	size_t i;
	int ret;

	ret = hvp_dump_read((const char *)data, size, &dump);
	require(ret == 0 || ret == -EBADMSG, "a known result");
	require(ret || dump.machine_count, "success means a machine");
	require(!ret || dump.problem_count, "failure means a reason");
	require(!ret || dump.format || dump.problem_count, "and a format");
	for (i = 0; i < dump.machine_count; i++) {
		const struct hvp_facts *facts = &dump.machines[i].store.facts;

		if (i == DECODED_MAX)
			break;
		require(!!facts->count && !!dump.machines[i].label,
			"machines have facts and a label");
		hvp_decode(facts, HVP_REASON_NOT_IN_DUMP, &report);
		hvp_verdict_summary(&report, line, sizeof(line));
		hvp_nested_decode(&report, &nested);
		hvp_confidential_decode(&report, &cc);
		round_trip(facts);
	}
	hvp_dump_free(&dump);
	return 0;
}
