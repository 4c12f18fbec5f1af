// SPDX-License-Identifier: GPL-2.0-only
/* What recorded hypercalls prove. */
#include "hypercalls.h"
#include "proof.h"

#define INSN_COUNT	(HVP_INSN_PORT + 1)
#define RBX_INDEX	1

const struct hvp_proof_call hvp_proof_calls[] = {
#define HVP_PROOF(abi_id, call_name, nr, arg0, arg1, arg2, what, wanted, source) \
	{								\
		.name = call_name, .spec = source, .number = nr,	\
		.args = { arg0, arg1, arg2 }, .value = wanted,		\
		.abi = HVP_ABI_##abi_id, .expect = HVP_EXPECT_##what,	\
	},
#include "proofs.def"
#undef HVP_PROOF
};

const u32 hvp_proof_call_count = HVP_ARRAY_SIZE(hvp_proof_calls);

static_assert(HVP_ARRAY_SIZE(hvp_proof_calls) <= 32, "proofs fit a u32 mask");

static u32 proof_mask(u32 abi)
{
	u32 i, mask = 0;

	for (i = 0; i < hvp_proof_call_count; i++)
		if (hvp_proof_calls[i].abi == abi)
			mask |= 1U << i;
	return mask;
}

u32 hvp_proof_count(u32 abi)
{
	u32 mask, count = 0;

	for (mask = proof_mask(abi); mask; mask &= mask - 1)
		count++;
	return count;
}

/* Row that @call is an instance of; -1 when it is none. */
static s32 find_row(const struct hvp_fact *call)
{
	u32 i;

	if (call->kind != HVP_FACT_CALL ||
	    call->call.purpose != HVP_CALL_PROOF)
		return -1;
	for (i = 0; i < hvp_proof_call_count; i++) {
		const struct hvp_proof_call *row = &hvp_proof_calls[i];

		if (row->abi == call->call.abi &&
		    row->number == call->call.number &&
		    !memcmp(row->args, call->call.args, sizeof(row->args)))
			return (s32)i;
	}
	return -1;
}

static bool register_after(const struct hvp_fact *call, u32 index, u64 *value)
{
	if (call->data_bytes < (index + 1) * sizeof(*value))
		return false;
	memcpy(value, (const u8 *)hvp_fact_data(call) + index * sizeof(*value),
	       sizeof(*value));
	return true;
}

/* A simple call's result: a status and nothing else that means something. */
static bool hyperv_status(const struct hvp_proof_call *row, u64 result)
{
	u64 status = result & HVP_HVCALL_STATUS_MASK;

	if (result == HVP_HVCALL_RAX_PRESET ||
	    result & (HVP_HVCALL_DONE_MASK | HVP_HVCALL_RESULT_RESERVED_MASK))
		return false;
	return status == row->value || (row->expect == HVP_EXPECT_HV_OR_DENIED &&
					status == HVP_STATUS_ACCESS_DENIED);
}

static bool as_expected(const struct hvp_report *report,
			const struct hvp_proof_call *row,
			const struct hvp_fact *call)
{
	const struct hvp_interface *itf;
	u64 rbx;

	switch (row->expect) {
	case HVP_EXPECT_EQUAL:
		return call->call.result == row->value;
	case HVP_EXPECT_VERSION_LEAF:
		itf = hvp_report_abi(report, row->abi);
		return call->call.result && !(call->call.result >> 31) &&
		       (!itf || !itf->id || itf->id == call->call.result);
	case HVP_EXPECT_HV_STATUS:
	case HVP_EXPECT_HV_OR_DENIED:
		return hyperv_status(row, call->call.result);
	default:
		/* The backdoor's registers are 32 bits wide. */
		return register_after(call, RBX_INDEX, &rbx) &&
		       (u32)call->call.result == (u32)row->value &&
		       (u32)rbx == (u32)row->number;
	}
}

enum hvp_proof hvp_proof_check(const struct hvp_report *report,
			       const struct hvp_fact *call)
{
	s32 row = find_row(call);

	if (row < 0 || call->outcome == HVP_OUTCOME_SKIPPED)
		return HVP_PROOF_NONE;
	if (call->outcome == HVP_OUTCOME_VALUE &&
	    as_expected(report, &hvp_proof_calls[row], call))
		return HVP_PROOF_PASSED;
	return HVP_PROOF_FAILED;
}

enum hvp_state hvp_proof_state(const struct hvp_facts *facts,
			       const struct hvp_report *report, u32 abi,
			       const struct hvp_fact **evidence, u8 *reason)
{
	u32 wanted = proof_mask(abi), passed[INSN_COUNT] = { 0 };
	u32 failed[INSN_COUNT] = { 0 };
	const struct hvp_fact *good[INSN_COUNT] = { NULL };
	const struct hvp_fact *fact = NULL, *bad = NULL, *skipped = NULL;
	u32 i;

	while ((fact = hvp_facts_next(facts, fact))) {
		enum hvp_proof outcome;

		if (fact->kind != HVP_FACT_CALL || fact->call.abi != abi ||
		    fact->call.insn >= INSN_COUNT)
			continue;
		if (fact->outcome == HVP_OUTCOME_SKIPPED) {
			skipped = fact;
			continue;
		}
		outcome = hvp_proof_check(report, fact);
		if (outcome == HVP_PROOF_PASSED) {
			passed[fact->call.insn] |= 1U << find_row(fact);
			good[fact->call.insn] = fact;
		} else if (outcome == HVP_PROOF_FAILED) {
			failed[fact->call.insn] |= 1U << find_row(fact);
			bad = fact;
		}
	}

	*reason = HVP_REASON_NONE;
	for (i = 0; i < INSN_COUNT; i++)
		if (wanted && passed[i] == wanted && !failed[i]) {
			*evidence = good[i];
			return HVP_STATE_VERIFIED;
		}
	if (bad) {
		*evidence = bad;
		return HVP_STATE_BROKEN;
	}
	if (skipped) {
		*evidence = skipped;
		*reason = skipped->reason;
	} else {
		*reason = (u8)report->driver_missing;
	}
	return HVP_STATE_UNKNOWN;
}
