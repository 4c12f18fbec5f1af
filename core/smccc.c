// SPDX-License-Identifier: GPL-2.0-only
/* SMCCC tables, and what has to hold before a call of theirs is made. */
#include "facts.h"
#include "registry.h"

#define SVE_HINT	0x10000U

const struct hvp_smccc_function hvp_smccc_functions[] = {
#define HVP_SMCCC(nr, nm, safe, gt, source) \
	{ .name = nm, .spec = source, .id = nr, \
	  .safety = HVP_SMCCC_##safe, .gate = HVP_SMCCC_GATE_##gt },
#include "smccc.def"
#undef HVP_SMCCC
};
const u32 hvp_smccc_function_count = HVP_ARRAY_SIZE(hvp_smccc_functions);

const struct hvp_smccc_query hvp_smccc_queries[HVP_SMCCC_QUERY_COUNT] = {
#define HVP_SMCCC_QUERY(id, fn, x1, x2, x3, x4, gt, fl) \
	[HVP_SMCCC_QUERY_##id] = { .args = { x1, x2, x3, x4 }, \
		.function = fn, .gate = HVP_SMCCC_GATE_##gt, .flags = fl },
#include "smccc_queries.def"
#undef HVP_SMCCC_QUERY
};

const struct hvp_smccc_uid hvp_smccc_uids[] = {
#define HVP_SMCCC_UID(qu, uuid, r0, r1, r2, r3, prod, source) \
	{ .text = uuid, .spec = source, .words = { r0, r1, r2, r3 }, \
	  .query = HVP_SMCCC_QUERY_##qu, .product = HVP_PRODUCT_##prod },
#include "smccc_uids.def"
#undef HVP_SMCCC_UID
};
const u32 hvp_smccc_uid_count = HVP_ARRAY_SIZE(hvp_smccc_uids);

static const struct {
	u32 value;
	u8 parent;
	u8 query;
	u8 test;
} gates[HVP_SMCCC_GATE_COUNT] = {
#define HVP_SMCCC_GATE(id, up, qu, what, wanted) \
	[HVP_SMCCC_GATE_##id] = { .value = wanted, \
		.parent = HVP_SMCCC_GATE_##up, \
		.query = HVP_SMCCC_QUERY_##qu, \
		.test = HVP_SMCCC_TEST_##what },
#include "smccc_gates.def"
#undef HVP_SMCCC_GATE
};

/* So that asking a gate ends. */
#define HVP_SMCCC_GATE(id, up, ...) \
	static_assert(HVP_SMCCC_GATE_##up < HVP_SMCCC_GATE_##id || \
		      HVP_SMCCC_GATE_##id == 0, #id ": stands before its parent");
#include "smccc_gates.def"
#undef HVP_SMCCC_GATE

static_assert((int)HVP_SMCCC_QUERY_COUNT < (int)HVP_SMCCC_QUERY_NONE,
	      "queries are 8 bits wide");

static bool test_holds(const struct hvp_smccc *smccc, u32 gate)
{
	const struct hvp_fact *answer = smccc->answers[gates[gate].query];
	const struct hvp_smccc_uid *uid;
	u32 words[4];
	s32 status;

	switch (gates[gate].test) {
	case HVP_SMCCC_TEST_BIT:
		return hvp_smccc_says(answer, gates[gate].value);
	case HVP_SMCCC_TEST_UID_IS:
		uid = hvp_smccc_uid(answer, words) ?
			      hvp_smccc_uid_find(gates[gate].query, words) :
			      NULL;
		return uid && uid->product == gates[gate].value;
	case HVP_SMCCC_TEST_BY_SMC:
		return smccc->conduit == HVP_INSN_SMC;
	case HVP_SMCCC_TEST_NOT_NEGATIVE:
		return hvp_smccc_status(answer, &status) && status >= 0;
	default:
		return hvp_smccc_status(answer, &status) && status >= 0 &&
		       (u32)status >= gates[gate].value;
	}
}

enum hvp_smccc_gate_state hvp_smccc_gate(const struct hvp_smccc *smccc,
					 u32 gate)
{
	const struct hvp_fact *answer = smccc->answers[gates[gate].query];
	enum hvp_smccc_gate_state parent;

	if (gate == HVP_SMCCC_GATE_CONDUIT)
		return smccc->conduit != HVP_INSN_NONE ? HVP_SMCCC_OPEN :
							 HVP_SMCCC_UNTOLD;
	if (gate == HVP_SMCCC_GATE_HYPERV && smccc->fadt_hyperv)
		return hvp_smccc_gate(smccc, HVP_SMCCC_GATE_CONDUIT);
	/* An answer counts even where a log left out what led to it. */
	if (answer && answer->outcome == HVP_OUTCOME_VALUE)
		return test_holds(smccc, gate) ? HVP_SMCCC_OPEN :
						 HVP_SMCCC_CLOSED;
	parent = hvp_smccc_gate(smccc, gates[gate].parent);
	return parent == HVP_SMCCC_CLOSED ? HVP_SMCCC_CLOSED : HVP_SMCCC_UNTOLD;
}

bool hvp_smccc_acpi_hyperv(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact =
		hvp_facts_text(facts, HVP_TEXT_FADT_HYPERVISOR, NULL);

	return fact && fact->data_bytes == 8 &&
	       !memcmp(hvp_fact_data(fact), "MsHyperV", 8);
}

u32 hvp_smccc_query_of(const struct hvp_fact *fact)
{
	bool xen = fact->smccc.immediate == HVP_SMCCC_XEN_IMMEDIATE;
	u32 i, x;

	if (fact->kind != HVP_FACT_SMCCC ||
	    (fact->smccc.immediate && !xen) ||
	    fact->smccc.purpose == HVP_CALL_FORCED)
		return HVP_SMCCC_QUERY_NONE;
	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
		const struct hvp_smccc_query *query = &hvp_smccc_queries[i];

		if (query->function != fact->smccc.function ||
		    xen != !!(query->flags & HVP_SMCCC_XEN))
			continue;
		x = query->flags & HVP_SMCCC_X1_SELF ? 1 : 0;
		while (x < HVP_ARRAY_SIZE(query->args) &&
		       query->args[x] == fact->smccc.args[x])
			x++;
		if (x == HVP_ARRAY_SIZE(query->args))
			return i;
	}
	return HVP_SMCCC_QUERY_NONE;
}

bool hvp_smccc_is_per_cpu(const struct hvp_fact *fact)
{
	u32 query = hvp_smccc_query_of(fact);

	return query != HVP_SMCCC_QUERY_NONE &&
	       hvp_smccc_queries[query].flags & HVP_SMCCC_PER_CPU;
}

const struct hvp_smccc_uid *hvp_smccc_uid_find(u32 query, const u32 words[4])
{
	u32 i;

	for (i = 0; i < hvp_smccc_uid_count; i++)
		if (hvp_smccc_uids[i].query == query &&
		    !memcmp(hvp_smccc_uids[i].words, words,
			    sizeof(hvp_smccc_uids[i].words)))
			return &hvp_smccc_uids[i];
	return NULL;
}

const struct hvp_smccc_function *hvp_smccc_function_find(u32 id)
{
	u32 i;

	for (i = 0; i < hvp_smccc_function_count; i++)
		if (hvp_smccc_functions[i].id == id)
			return &hvp_smccc_functions[i];
	return NULL;
}

bool hvp_smccc_is_never(u32 id)
{
	const struct hvp_smccc_function *row =
		hvp_smccc_function_find(id & ~SVE_HINT);

	return row && row->safety == HVP_SMCCC_NEVER;
}

const struct hvp_smccc_function *hvp_smccc_function_find_name(const char *name)
{
	u32 i;

	for (i = 0; i < hvp_smccc_function_count; i++)
		if (!strcmp(hvp_smccc_functions[i].name, name))
			return &hvp_smccc_functions[i];
	return NULL;
}
