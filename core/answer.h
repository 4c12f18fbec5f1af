/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers to a question about a machine; `unknown` is never no. */
#ifndef HVP_CORE_ANSWER_H
#define HVP_CORE_ANSWER_H

#include "report.h"

enum hvp_answer_kind {
	HVP_ANSWER_NONE,		/* does not apply here */
	HVP_ANSWER_NO,
	HVP_ANSWER_YES,
	HVP_ANSWER_UNKNOWN,		/* for .reason */
	HVP_ANSWER_COUNT
};

struct hvp_answer {
	u8 kind;			/* enum hvp_answer_kind */
	u8 reason;			/* enum hvp_reason when unknown */
	u64 value;			/* of a number; then .kind is YES */
	const struct hvp_fact *fact;	/* evidence, may be NULL */
};

static inline bool is_yes(struct hvp_answer answer)
{
	return answer.kind == HVP_ANSWER_YES;
}

static inline bool is_no(struct hvp_answer answer)
{
	return answer.kind == HVP_ANSWER_NO;
}

static inline bool is_unknown(struct hvp_answer answer)
{
	return answer.kind == HVP_ANSWER_UNKNOWN;
}

/** "-", "no", "yes", "unknown"; never NULL. */
const char *hvp_answer_name(u32 kind);

struct hvp_answer hvp_answer_is(bool yes, const struct hvp_fact *fact);
struct hvp_answer hvp_answer_unknown(u32 reason);
struct hvp_answer hvp_answer_cap(const struct hvp_report *report, u32 cap);
/** A number, NONE where the platform has no such field. */
struct hvp_answer hvp_answer_field(const struct hvp_report *report, u32 field);
/** Bit @bit of an MSR; NONE where reading it raised an exception. */
struct hvp_answer hvp_answer_msr_bit(const struct hvp_report *report, u32 index,
				     u32 bit);

/** The MSR's fact when it holds a value; else NULL and why in *@answer. */
const struct hvp_fact *hvp_answer_msr(const struct hvp_report *report,
				      u32 index, struct hvp_answer *answer);

#endif
