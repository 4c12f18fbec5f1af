/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Advertised against actual: checks that exercise what a capability promises.
 * Pure but for the caller, which a test replaces.
 */
#ifndef HVP_TOOL_VERIFY_H
#define HVP_TOOL_VERIFY_H

#include <stdarg.h>
#include "driver_call.h"
#include "../core/hvcall_regs.h"
#include "../core/report.h"

/** enum hvp_advertised - what the platform says of the capability. */
enum hvp_advertised {
	HVP_ADVERTISED_NO,
	HVP_ADVERTISED_YES,
	HVP_ADVERTISED_UNKNOWN,
	HVP_ADVERTISED_COUNT
};

/** enum hvp_actual - what became of exercising it. */
enum hvp_actual {
	HVP_ACTUAL_UNTRIED,
	HVP_ACTUAL_WORKS,
	HVP_ACTUAL_REFUSED,	/* by a status, an errno or an exception */
	HVP_ACTUAL_FAILS,	/* answered otherwise than specified */
	HVP_ACTUAL_COUNT
};

/**
 * struct hvp_verify - what checks look at
 * @caller: makes hypercalls; NULL: not to be asked
 * @tsc_khz: measured frequency of the TSC, 0 when it was not
 * @clocksources: what the kernel can use, "" when not known
 */
struct hvp_verify {
	const struct hvp_report *report;
	struct hvp_caller *caller;
	u64 tsc_khz;
	const char *clocksources;
};

struct hvp_check_result;

/**
 * struct hvp_check - a row of verify_checks.def
 * @name: unique within its capability
 * @uses: calls, MSR reads or instructions
 * @run: exercises it and settles the result; changes nothing in the guest
 * @arg: of @run: an MSR, or 0
 * @cap: &enum hvp_cap_id
 */
struct hvp_check {
	const char *name;
	const char *uses;
	const char *what;
	const char *spec;
	void (*run)(const struct hvp_verify *verify,
		    struct hvp_check_result *result);
	u32 arg;
	u16 cap;
};

#define HVP_CHECK_CALLS		8
#define HVP_EVIDENCE_TEXT	320

/**
 * struct hvp_check_result - the outcome of one check
 * @advertised: &enum hvp_advertised
 * @actual: &enum hvp_actual
 * @state: &enum hvp_state
 * @reason: &enum hvp_reason when unknown
 * @applies: the interface is here, and there is something to look at
 * @call_count: calls made, buffers are gone
 */
struct hvp_check_result {
	const struct hvp_check *check;
	u8 advertised;
	u8 actual;
	u8 state;
	u8 reason;
	bool applies;
	u8 call_count;
	struct hvp_call calls[HVP_CHECK_CALLS];
	char evidence[HVP_EVIDENCE_TEXT];
};

extern const struct hvp_check hvp_checks[];
extern const u32 hvp_check_count;

/** Do one check; @result is filled. */
void hvp_verify_check(const struct hvp_verify *verify,
		      const struct hvp_check *check,
		      struct hvp_check_result *result);

const char *hvp_advertised_name(u32 advertised);
const char *hvp_actual_name(u32 actual);

/* ---- for checks ---- */

/** Settle @result; the words after it are added to the evidence. */
void hvp_result_settle(struct hvp_check_result *result, u32 actual,
		       const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** Add to the evidence. */
void hvp_result_note(struct hvp_check_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * Make @call and keep it. True when it was executed and raised no exception;
 * else the caller goes on or leaves it to hvp_result_not_made().
 */
bool hvp_result_call(const struct hvp_verify *verify,
		     struct hvp_check_result *result, struct hvp_call *call);

/** Settle by a call that was not executed, or raised an exception. */
void hvp_result_not_made(const struct hvp_verify *verify,
			 struct hvp_check_result *result,
			 const struct hvp_call *call);

#define HVP_ANSWER_TEXT	160

/** What became of a call, in words such as "INVALID_PARAMETER (0x0005)". */
char *hvp_call_answer(const struct hvp_call *call, char out[HVP_ANSWER_TEXT]);

/** Was it a Hyper-V interface that answered? */
bool hvp_call_is_hyperv_answer(const struct hvp_call *call);

/* ---- run functions of the rows ---- */

#define HVP_CHECK(cap, name, run, ...)					\
	void hvp_verify_##run(const struct hvp_verify *verify,		\
			      struct hvp_check_result *result);
#define HVP_CHECK_MSR(...)
#include "verify_checks.def"
#undef HVP_CHECK
#undef HVP_CHECK_MSR

/** Run function of rows that look at an MSR that the driver read. */
void hvp_verify_msr(const struct hvp_verify *verify,
		    struct hvp_check_result *result);

#endif
