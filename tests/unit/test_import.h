/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of importers share. Every vector here was made up. */
#ifndef HVP_TESTS_TEST_IMPORT_H
#define HVP_TESTS_TEST_IMPORT_H

#include <stdlib.h>
#include "../../core/registry.h"
#include "../../probe-tool/dump.h"
#include "tap.h"

/* A copy of exactly this size, so that reading past its end is caught. */
static inline int read_bytes(const void *text, size_t bytes,
			     struct hvp_dump *dump)
{
	char *copy = malloc(bytes ? bytes : 1);
	int ret;

	memcpy(copy, text, bytes);
	ret = hvp_dump_read(copy, bytes, dump);
	free(copy);
	return ret;
}

static inline int read_string(const char *text, struct hvp_dump *dump)
{
	return read_bytes(text, strlen(text), dump);
}

static inline bool has_leaf(const struct hvp_dump *dump, size_t machine,
			    u32 cpu, u32 leaf, u32 subleaf, u32 known, u32 eax,
			    u32 ebx, u32 ecx, u32 edx)
{
	const u32 regs[4] = { eax, ebx, ecx, edx };
	const struct hvp_fact *fact;

	if (machine >= dump->machine_count)
		return false;
	fact = hvp_facts_cpuid(&dump->machines[machine].store.facts, cpu, leaf,
			       subleaf);
	return fact && fact->cpuid.known == known &&
	       !memcmp(fact->cpuid.regs, regs, sizeof(regs));
}

static inline bool has_text(const struct hvp_dump *dump, u16 key,
			    const char *text, size_t bytes)
{
	const struct hvp_fact *fact = NULL;

	while (dump->machine_count &&
	       (fact = hvp_facts_text(&dump->machines[0].store.facts, key,
				      fact)))
		if (fact->data_bytes == bytes &&
		    !memcmp(hvp_fact_data(fact), text, bytes))
			return true;
	return false;
}

static inline u32 fact_count(const struct hvp_dump *dump, size_t machine)
{
	const struct hvp_fact *fact = NULL;
	u32 count = 0;

	if (machine >= dump->machine_count)
		return 0;
	while ((fact = hvp_facts_next(&dump->machines[machine].store.facts,
				      fact)))
		count++;
	return count;
}

#endif
