// SPDX-License-Identifier: GPL-2.0-only
/* What the report and the facts answer, in one form. */
#include "answer.h"

const char *hvp_answer_name(u32 kind)
{
	static const char *const names[HVP_ANSWER_COUNT] = {
		[HVP_ANSWER_NONE] = "-",
		[HVP_ANSWER_NO] = "no",
		[HVP_ANSWER_YES] = "yes",
		[HVP_ANSWER_UNKNOWN] = "unknown",
	};

	return kind < HVP_ANSWER_COUNT ? names[kind] : "?";
}

struct hvp_answer hvp_answer_is(bool yes, const struct hvp_fact *fact)
{
	struct hvp_answer answer = {
		.kind = yes ? HVP_ANSWER_YES : HVP_ANSWER_NO,
		.fact = fact,
	};

	return answer;
}

struct hvp_answer hvp_answer_unknown(u32 reason)
{
	struct hvp_answer answer = {
		.kind = HVP_ANSWER_UNKNOWN,
		.reason = (u8)reason,
	};

	return answer;
}

struct hvp_answer hvp_answer_cap(const struct hvp_report *report, u32 cap)
{
	const struct hvp_cap_state *state = &report->caps[cap];

	if (state->state == HVP_STATE_UNKNOWN)
		return hvp_answer_unknown(state->reason);
	return hvp_answer_is(state->state != HVP_STATE_ABSENT &&
			     state->state != HVP_STATE_BROKEN, state->fact);
}

struct hvp_answer hvp_answer_field(const struct hvp_report *report, u32 field)
{
	const struct hvp_field_value *value = &report->fields[field];
	struct hvp_answer answer = { .kind = HVP_ANSWER_NONE };

	if (value->state == HVP_STATE_UNKNOWN)
		return hvp_answer_unknown(value->reason);
	if (value->state == HVP_STATE_ADVERTISED) {
		answer.kind = HVP_ANSWER_YES;
		answer.value = value->value;
	}
	return answer;
}

const struct hvp_fact *hvp_answer_msr(const struct hvp_report *report,
				      u32 index, struct hvp_answer *answer)
{
	const struct hvp_fact *fact =
		hvp_facts_msr(report->facts, report->cpu, index);

	if (fact && fact->outcome == HVP_OUTCOME_VALUE)
		return fact;
	*answer = hvp_answer_unknown(report->driver_missing);
	if (fact && fact->outcome == HVP_OUTCOME_FAULT) {
		answer->kind = HVP_ANSWER_NONE;
		answer->reason = 0;
		answer->fact = fact;
	}
	return NULL;
}

struct hvp_answer hvp_answer_msr_bit(const struct hvp_report *report, u32 index,
				     u32 bit)
{
	struct hvp_answer answer;
	const struct hvp_fact *fact = hvp_answer_msr(report, index, &answer);

	return fact ? hvp_answer_is(fact->msr.value >> bit & 1, fact) : answer;
}
