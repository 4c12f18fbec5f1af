/* SPDX-License-Identifier: GPL-2.0-only */
/* A machine of CPUID rows, MSRs and texts, decoded; for tests of what follows. */
#ifndef HVP_TESTS_MACHINE_FACTS_H
#define HVP_TESTS_MACHINE_FACTS_H

#include "machines.h"

#define MACHINE_CAPACITY	256

struct msr_row {
	u32 index;
	u64 value;
	bool faults;
};

static struct hvp_fact machine_items[MACHINE_CAPACITY];
static u32 machine_slots[4 * MACHINE_CAPACITY];
static struct hvp_facts machine_facts;
static struct hvp_report machine_report;

static void machine_start(const struct row *rows, u32 count)
{
	struct hvp_fact fact;
	u32 i;

	hvp_facts_init(&machine_facts, machine_items, MACHINE_CAPACITY,
		       machine_slots, 4 * MACHINE_CAPACITY);
	for (i = 0; i < count; i++) {
		hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, 0, rows[i].leaf,
				   rows[i].subleaf, rows[i].eax, rows[i].ebx,
				   rows[i].ecx, rows[i].edx);
		hvp_facts_add(&machine_facts, &fact, NULL);
	}
}

static inline void machine_msrs(const struct msr_row *rows, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		struct hvp_fact fact = {
			.kind = HVP_FACT_MSR,
			.source = HVP_SOURCE_DUMP,
			.outcome = rows[i].faults ? HVP_OUTCOME_FAULT :
						    HVP_OUTCOME_VALUE,
			.vector = rows[i].faults ? 13 : 0,
		};

		fact.msr.index = rows[i].index;
		fact.msr.value = rows[i].value;
		hvp_facts_add(&machine_facts, &fact, NULL);
	}
}

static inline void machine_text(u16 key, const char *text)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_DUMP, key, (u32)strlen(text));
	hvp_facts_add(&machine_facts, &fact, text);
}

static const struct hvp_report *machine_decode(void)
{
	hvp_decode(&machine_facts, HVP_REASON_NOT_IN_DUMP, &machine_report);
	return &machine_report;
}

#define START(rows)	machine_start(rows, HVP_ARRAY_SIZE(rows))
#define MSRS(rows)	machine_msrs(rows, HVP_ARRAY_SIZE(rows))

#endif
