/* SPDX-License-Identifier: GPL-2.0-only */
/* Asks a machine as the driver does, and decodes what it answered. */
#ifndef HVP_TESTS_SMCCC_ASK_H
#define HVP_TESTS_SMCCC_ASK_H

#include "smccc_machines.h"
#include "../../core/report.h"

#define CAPACITY	1024
#define COUNTER_BEFORE	1000
#define COUNTER_AFTER	2000

struct clocked {
	u64 x[HVP_SMCCC_USUAL];
	u64 before;
	u64 after;
	u64 clock;
};

static struct hvp_fact items[CAPACITY];
static u32 slots[4 * CAPACITY];
static struct hvp_facts facts;
static struct hvp_report report;
static u64 hyperv_value[2] = { 0x2e7f };	/* of registers but the version */
static u64 hyperv_status;			/* of reading those */

static void start(void)
{
	hvp_facts_init(&facts, items, CAPACITY, slots, 4 * CAPACITY);
}

static inline void record_text(u16 key, const char *text)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_DRIVER, key, (u32)strlen(text));
	hvp_facts_add(&facts, &fact, text);
}

static void decode(void)
{
	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
}

static struct hvp_fact fact_of(u32 query, u32 cpu, u8 conduit)
{
	const struct hvp_smccc_query *row = &hvp_smccc_queries[query];
	struct hvp_fact fact = {
		.kind = HVP_FACT_SMCCC,
		.source = HVP_SOURCE_DRIVER,
		.cpu = cpu,
	};

	fact.smccc.function = row->function;
	fact.smccc.conduit = conduit;
	fact.smccc.registers = HVP_SMCCC_USUAL;
	if (row->flags & HVP_SMCCC_XEN)
		fact.smccc.immediate = HVP_SMCCC_XEN_IMMEDIATE;
	memcpy(fact.smccc.args, row->args, sizeof(row->args));
	return fact;
}

static const struct hvp_fact *record(u32 query, u32 cpu, u8 conduit,
				     const u64 x[HVP_SMCCC_USUAL])
{
	struct hvp_fact fact = fact_of(query, cpu, conduit);
	struct clocked data = { .before = COUNTER_BEFORE,
				.after = COUNTER_AFTER };
	const struct hvp_fact *added = items + facts.count;

	memcpy(data.x, x, sizeof(data.x));
	fact.data_bytes = hvp_smccc_queries[query].flags & HVP_SMCCC_CLOCK ?
				  sizeof(data) : sizeof(data.x);
	hvp_facts_add(&facts, &fact, &data);
	return added;
}

static inline void answer_of(const struct answer *machine, u32 count, u32 query,
		      u64 x[HVP_SMCCC_USUAL])
{
	const struct hvp_smccc_query *row = &hvp_smccc_queries[query];
	u32 i;

	memset(x, 0, HVP_SMCCC_USUAL * sizeof(*x));
	x[0] = ~0ULL;
	memcpy(x + 1, row->args, sizeof(row->args));
	for (i = 0; i < count; i++) {
		if (machine[i].function != row->function ||
		    (machine[i].x1 != ANY_X1 && machine[i].x1 != row->args[0]))
			continue;
		memcpy(x, machine[i].x, sizeof(machine[i].x));
		/* GetVpRegisters: version 10.0.26100. */
		x[6] = row->args[3] == 0x100 ? 0xa0000000065f4 : hyperv_value[0];
		x[7] = row->args[3] == 0x100 ? 0 : hyperv_value[1];
		if (row->args[3] > 0x100)
			x[0] |= hyperv_status;
		return;
	}
}

/* What the driver does. */
static inline void ask(const struct answer *machine, u32 count, u8 conduit)
{
	struct hvp_smccc smccc = { .conduit = conduit };
	u64 x[HVP_SMCCC_USUAL];
	u32 i;

	start();
	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
		if (hvp_smccc_gate(&smccc, hvp_smccc_queries[i].gate) !=
		    HVP_SMCCC_OPEN)
			continue;
		answer_of(machine, count, i, x);
		smccc.answers[i] = record(i, 0, conduit, x);
	}
	decode();
}

#define ASK(machine) ask(machine, HVP_ARRAY_SIZE(machine), HVP_INSN_HVC)

#endif
