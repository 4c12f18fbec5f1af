// SPDX-License-Identifier: GPL-2.0-only
/* Checks: what is advertised, what happened, and the state that follows. */
#include <stdio.h>
#include "render.h"
#include "verify.h"
#include "../core/hvcall_text.h"

const struct hvp_check hvp_checks[] = {
#define HVP_CHECK(cap_id, check_name, function, calls, text, source)	\
	{ .name = check_name, .uses = calls, .what = text,		\
	  .spec = source, .run = hvp_verify_##function,			\
	  .cap = HVP_CAP_##cap_id },
#define HVP_CHECK_MSR(cap_id, check_name, msr, calls, text, source)	\
	{ .name = check_name, .uses = calls, .what = text,		\
	  .spec = source, .run = hvp_verify_msr, .arg = msr,		\
	  .cap = HVP_CAP_##cap_id },
#include "verify_checks.def"
#undef HVP_CHECK
#undef HVP_CHECK_MSR
};

const u32 hvp_check_count = HVP_ARRAY_SIZE(hvp_checks);

const char *hvp_advertised_name(u32 advertised)
{
	static const char *const names[HVP_ADVERTISED_COUNT] = {
		[HVP_ADVERTISED_NO] = "no",
		[HVP_ADVERTISED_YES] = "yes",
		[HVP_ADVERTISED_UNKNOWN] = "unknown",
	};

	return advertised < HVP_ADVERTISED_COUNT ? names[advertised] : "?";
}

const char *hvp_actual_name(u32 actual)
{
	static const char *const names[HVP_ACTUAL_COUNT] = {
		[HVP_ACTUAL_UNTRIED] = "untried",
		[HVP_ACTUAL_WORKS] = "works",
		[HVP_ACTUAL_REFUSED] = "refused",
		[HVP_ACTUAL_FAILS] = "fails",
	};

	return actual < HVP_ACTUAL_COUNT ? names[actual] : "?";
}

static u32 advertised_by(const struct hvp_report *report, u32 number)
{
	switch (report->caps[number].state) {
	case HVP_STATE_ABSENT:
		return HVP_ADVERTISED_NO;
	case HVP_STATE_UNKNOWN:
		return HVP_ADVERTISED_UNKNOWN;
	default:
		return HVP_ADVERTISED_YES;
	}
}

/* Calls have no bit: what says so is the interface, and what they need. */
static u32 advertised(const struct hvp_report *report, u32 number)
{
	const struct hvp_cap *cap = &hvp_caps[number];

	if (cap->where != HVP_WHERE_CALL)
		return advertised_by(report, number);
	if (!hvp_report_abi(report, cap->abi))
		return report->caps[number].state == HVP_STATE_ABSENT ?
			       HVP_ADVERTISED_NO : HVP_ADVERTISED_UNKNOWN;
	return cap->needs == HVP_CAP_NONE ? HVP_ADVERTISED_YES :
					    advertised_by(report, cap->needs);
}

static void conclude(struct hvp_check_result *result)
{
	bool yes = result->advertised == HVP_ADVERTISED_YES;

	switch (result->actual) {
	case HVP_ACTUAL_WORKS:
		result->state = result->advertised == HVP_ADVERTISED_NO ?
					HVP_STATE_UNADVERTISED :
					HVP_STATE_VERIFIED;
		break;
	case HVP_ACTUAL_REFUSED:
	case HVP_ACTUAL_FAILS:
		result->state = yes ? HVP_STATE_BROKEN : HVP_STATE_ABSENT;
		break;
	default:
		result->state = HVP_STATE_UNKNOWN;
		break;
	}
	if (result->state != HVP_STATE_UNKNOWN)
		result->reason = HVP_REASON_NONE;
}

/* arm64's KVM and Hyper-V have other calls than x86's; Xen's are the same. */
static bool check_fits(const struct hvp_report *report,
			   const struct hvp_check *check)
{
	bool smccc = hvp_caps[check->cap].where == HVP_WHERE_SMCCC;

	return report->arch == HVP_ARCH_ARM64 ?
		       smccc || hvp_caps[check->cap].abi == HVP_ABI_XEN :
		       !smccc;
}

void hvp_verify_check(const struct hvp_verify *verify,
		      const struct hvp_check *check,
		      struct hvp_check_result *result)
{
	u32 abi = hvp_caps[check->cap].abi;

	memset(result, 0, sizeof(*result));
	result->check = check;
	result->advertised = (u8)advertised(verify->report, check->cap);
	result->reason = HVP_REASON_NOT_TRIED;
	result->applies = true;
	if (hvp_report_has(verify->report, abi) &&
	    check_fits(verify->report, check)) {
		check->run(verify, result);
		conclude(result);
		return;
	}
	result->applies = false;
	if (result->advertised == HVP_ADVERTISED_UNKNOWN) {
		result->state = HVP_STATE_UNKNOWN;
		result->reason = verify->report->caps[check->cap].reason;
	} else {
		result->state = HVP_STATE_ABSENT;
		result->reason = HVP_REASON_NONE;
		hvp_result_note(result, "%s is not here", hvp_abi_name(abi));
	}
}

/* ---------------------------------------------------------------- evidence */

__attribute__((format(printf, 2, 0))) static void
add(struct hvp_check_result *result, const char *format, va_list args)
{
	size_t at = strlen(result->evidence);
	size_t room = sizeof(result->evidence) - at;

	if (at && room > 2) {
		strcpy(result->evidence + at, "; ");
		at += 2;
		room -= 2;
	}
	vsnprintf(result->evidence + at, room, format, args);
}

void hvp_result_note(struct hvp_check_result *result, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(result, format, args);
	va_end(args);
}

void hvp_result_settle(struct hvp_check_result *result, u32 actual,
		       const char *format, ...)
{
	va_list args;

	result->actual = (u8)actual;
	va_start(args, format);
	add(result, format, args);
	va_end(args);
}

/* ------------------------------------------------------------------- calls */

bool hvp_result_call(const struct hvp_verify *verify,
		     struct hvp_check_result *result, struct hvp_call *call)
{
	call->error = -ENOENT;
	if (verify->caller && !verify->caller->error) {
		hvp_caller_one(verify->caller, call);
		if (result->call_count < HVP_CHECK_CALLS)
			result->calls[result->call_count++] = *call;
	}
	return !call->error && call->outcome == HVP_OUTCOME_VALUE;
}

static u32 why_not_made(const struct hvp_call *call)
{
	if (call->reason && call->reason < HVP_REASON_COUNT)
		return call->reason;
	return call->error == -EACCES || call->error == -EKEYREJECTED ?
		       HVP_REASON_NEEDS_ROOT :
	       call->error == -ENXIO ? HVP_REASON_NOT_SELECTED :
	       call->error == -EPROTO ? HVP_REASON_NEEDS_DRIVER :
				       HVP_REASON_NOT_TRIED;
}

/* Calls that the driver tried while it loaded, and will not try again. */
static bool failed_before(const struct hvp_verify *verify,
			  struct hvp_check_result *result,
			  const struct hvp_call *call)
{
	u32 cap = result->check->cap;
	const struct hvp_cap_state *state = &verify->report->caps[cap];
	const struct hvp_fact *fact = state->fact;

	if (call->error != -EOPNOTSUPP || call->refusal ||
	    (call->reason && call->reason != HVP_REASON_NOT_PROVEN) ||
	    hvp_caps[cap].where != HVP_WHERE_CALL ||
	    state->state != HVP_STATE_BROKEN || !fact)
		return false;
	if (fact->outcome == HVP_OUTCOME_FAULT)
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "%s raised %s (vector %u) when the driver loaded",
				  hvp_insn_name(fact->call.insn),
				  hvp_exception_name(fact->vector),
				  fact->vector);
	else
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "%s of call 0x%llx returned 0x%llx when the driver loaded",
				  hvp_insn_name(fact->call.insn),
				  (unsigned long long)fact->call.number,
				  (unsigned long long)fact->call.result);
	return true;
}

void hvp_result_not_made(const struct hvp_verify *verify,
			 struct hvp_check_result *result,
			 const struct hvp_call *call)
{
	char answer[HVP_ANSWER_TEXT];

	if (!verify->caller || verify->caller->error) {
		result->actual = HVP_ACTUAL_UNTRIED;
		result->reason = (u8)hvp_caller_reason(verify->caller,
						       verify->report);
		return;
	}
	if (!call->error && call->outcome == HVP_OUTCOME_FAULT) {
		hvp_result_settle(result, HVP_ACTUAL_REFUSED, "%s %s",
				  hvp_insn_name(call->insn_used),
				  hvp_call_answer(call, answer));
		return;
	}
	if (failed_before(verify, result, call))
		return;
	result->reason = (u8)why_not_made(call);
	result->actual = HVP_ACTUAL_UNTRIED;
	/* A reason of its own says it all. */
	if (call->reason && !call->refusal)
		return;
	hvp_result_settle(result, HVP_ACTUAL_UNTRIED, "%s",
			  hvp_call_answer(call, answer));
}

bool hvp_call_is_hyperv_answer(const struct hvp_call *call)
{
	return !(call->odd & HVP_HVCALL_ODD_GARBAGE);
}

char *hvp_call_answer(const struct hvp_call *call, char out[HVP_ANSWER_TEXT])
{
	int64_t result = (int64_t)call->result;

	if (call->error)
		snprintf(out, HVP_ANSWER_TEXT, "not made (%s)",
			 call->refusal ? hvp_hvcall_refusal_text(call->refusal) :
					 hvp_call_error_text(call->error));
	else if (call->outcome == HVP_OUTCOME_SKIPPED)
		snprintf(out, HVP_ANSWER_TEXT, "not made (%s)",
			 hvp_reason_key(call->reason));
	else if (call->outcome == HVP_OUTCOME_FAULT)
		snprintf(out, HVP_ANSWER_TEXT, "raised %s (vector %u)",
			 hvp_exception_name(call->vector), call->vector);
	else if (call->abi != HVP_ABI_HYPERV && result < 0 && result > -65536)
		snprintf(out, HVP_ANSWER_TEXT, "%lld", (long long)result);
	else if (call->abi != HVP_ABI_HYPERV)
		snprintf(out, HVP_ANSWER_TEXT, "%#llx",
			 (unsigned long long)call->result);
	else if (!hvp_call_is_hyperv_answer(call))
		snprintf(out, HVP_ANSWER_TEXT,
			 "no Hyper-V answer (RAX 0x%llx)",
			 (unsigned long long)call->result);
	else
		snprintf(out, HVP_ANSWER_TEXT, "%s (0x%04x)",
			 hvp_status_find(call->status) ?
				 hvp_status_name(call->status) :
				 "a status that is not published",
			 call->status);
	return out;
}
