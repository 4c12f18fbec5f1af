// SPDX-License-Identifier: GPL-2.0-only
/* Checks of KVM, Xen and VMware. */
#include <stdio.h>
#include "call_xen.h"
#include "verify.h"

#define KVM_ENOSYS		(-1000)
#define KVM_EOPNOTSUPP		(-95)
#define KVM_EINVAL		(-22)
#define KVM_SYSTEM_TIME_MSR	0x4b564d01U
#define KVM_SYSTEM_TIME_ON	1U
#define VMWARE_VERSION		6U
#define RBX_INDEX		1

static bool make(const struct hvp_verify *verify,
		 struct hvp_check_result *result, u32 id, void *output,
		 u32 capacity, struct hvp_call *call)
{
	hvp_call_set_abi(call, &hvp_abi_calls[id], output, capacity);
	if (hvp_result_call(verify, result, call))
		return true;
	hvp_result_not_made(verify, result, call);
	return false;
}

/* Was the answer @wanted? Settles the result when not. */
static bool answered(const struct hvp_verify *verify,
		     struct hvp_check_result *result, u32 id, int64_t wanted,
		     bool can_be_missing)
{
	u64 regs[HVP_ABI_BYTES / sizeof(u64)];
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;

	if (!make(verify, result, id, regs, sizeof(regs), &call))
		return false;
	hvp_result_note(result, "%s: %s", hvp_abi_calls[id].name,
			hvp_call_answer(&call, answer));
	if ((int64_t)call.result == wanted)
		return true;
	if (can_be_missing && (int64_t)call.result == KVM_ENOSYS)
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "KVM has no such call");
	else
		hvp_result_settle(result, HVP_ACTUAL_FAILS, "%lld specified",
				  (long long)wanted);
	return false;
}

void hvp_verify_kvm_numbers(const struct hvp_verify *verify,
			    struct hvp_check_result *result)
{
	/* One value for everything would pass either half. */
	if (answered(verify, result, HVP_ABI_CALL_KVM_VAPIC_POLL_IRQ, 0,
		     false) &&
	    answered(verify, result, HVP_ABI_CALL_KVM_UNKNOWN_NUMBER,
		     KVM_ENOSYS, false))
		result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_kvm_clock_pairing(const struct hvp_verify *verify,
				  struct hvp_check_result *result)
{
	u32 id = HVP_ABI_CALL_KVM_CLOCK_PAIRING_BAD_TYPE;

	/* No bit offers it, so that a host without it breaks no promise. */
	if (answered(verify, result, id, KVM_EOPNOTSUPP, true) ||
	    result->actual == HVP_ACTUAL_REFUSED)
		result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_kvm_send_ipi(const struct hvp_verify *verify,
			     struct hvp_check_result *result)
{
	if (answered(verify, result, HVP_ABI_CALL_KVM_SEND_IPI_EMPTY, 0, true))
		result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_kvm_sched_yield(const struct hvp_verify *verify,
				struct hvp_check_result *result)
{
	if (answered(verify, result, HVP_ABI_CALL_KVM_SCHED_YIELD_SELF, 0,
		     true))
		result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_kvm_map_gpa_range(const struct hvp_verify *verify,
				  struct hvp_check_result *result)
{
	u32 id = HVP_ABI_CALL_KVM_MAP_GPA_RANGE_UNALIGNED;

	if (answered(verify, result, id, KVM_EINVAL, true))
		result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_kvm_clock(const struct hvp_verify *verify,
			  struct hvp_check_result *result)
{
	const struct hvp_fact *fact =
		hvp_facts_msr(verify->report->facts, verify->report->cpu,
			      KVM_SYSTEM_TIME_MSR);

	if (fact && fact->outcome == HVP_OUTCOME_FAULT)
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "reading MSR 0x%08x raised %s",
				  KVM_SYSTEM_TIME_MSR,
				  hvp_exception_name(fact->vector));
	else if (fact && fact->outcome == HVP_OUTCOME_VALUE)
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "MSR 0x%08x is 0x%llx: %s",
				  KVM_SYSTEM_TIME_MSR,
				  (unsigned long long)fact->msr.value,
				  fact->msr.value & KVM_SYSTEM_TIME_ON ?
					  "the kernel keeps time by it" :
					  "not in use");
	else if (strstr(verify->clocksources, "kvm-clock"))
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "the kernel has the clocksource kvm-clock");
	else
		result->reason = verify->caller && !verify->caller->error ?
			HVP_REASON_NOT_TRIED :
			(u8)hvp_caller_reason(verify->caller, verify->report);
}

void hvp_verify_xen_version(const struct hvp_verify *verify,
			    struct hvp_check_result *result)
{
	const struct hvp_interface *xen =
		hvp_report_abi(verify->report, HVP_ABI_XEN);
	u64 regs[HVP_ABI_BYTES / sizeof(u64)];
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;

	if (!make(verify, result, HVP_ABI_CALL_XEN_VERSION, regs, sizeof(regs),
		  &call))
		return;
	if (!call.result || call.result >> 31)
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "%s, which is no version",
				  hvp_call_answer(&call, answer));
	else if (xen->id && xen->id != call.result)
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "Xen %u.%u, but the leaf says %u.%u",
				  (u32)call.result >> 16,
				  (u32)call.result & 0xffff, xen->id >> 16,
				  xen->id & 0xffff);
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS, "Xen %u.%u%s",
				  (u32)call.result >> 16,
				  (u32)call.result & 0xffff,
				  xen->id ? ", as the leaf says" : "");
}

/* The rows with a buffer: 0 is success, anything else is told. */
static bool filled(const struct hvp_verify *verify,
		   struct hvp_check_result *result, u32 id, u8 *buffer,
		   u32 bytes)
{
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;

	memset(buffer, 0, bytes);
	if (!make(verify, result, id, buffer, bytes, &call))
		return false;
	if (!call.result)
		return true;
	hvp_result_settle(result, (int64_t)call.result < 0 ?
					  HVP_ACTUAL_REFUSED : HVP_ACTUAL_FAILS,
			  "%s: %s", hvp_abi_calls[id].name,
			  hvp_call_answer(&call, answer));
	return false;
}

void hvp_verify_xen_extraversion(const struct hvp_verify *verify,
				 struct hvp_check_result *result)
{
	u8 buffer[HVP_ABI_BYTES];
	char text[4 * sizeof(buffer) + 1];
	size_t length;

	if (!filled(verify, result, HVP_ABI_CALL_XEN_EXTRAVERSION, buffer,
		    sizeof(buffer)))
		return;
	length = strnlen((const char *)buffer, sizeof(buffer));
	hvp_escape(text, sizeof(text), buffer, length);
	if (length >= hvp_abi_calls[HVP_ABI_CALL_XEN_EXTRAVERSION].bytes)
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "a text without end: %.32s", text);
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS, "\"%s\"", text);
}

void hvp_verify_xen_features(const struct hvp_verify *verify,
			     struct hvp_check_result *result)
{
	u8 buffer[HVP_ABI_BYTES];
	struct hvp_xen_features features;
	char names[HVP_XEN_FEATURES_TEXT];

	if (!filled(verify, result, HVP_ABI_CALL_XEN_GET_FEATURES, buffer,
		    sizeof(buffer)))
		return;
	memcpy(&features, buffer, sizeof(features));
	hvp_result_settle(result, HVP_ACTUAL_WORKS, "0x%x: %s", features.bits,
			  hvp_xen_features_text(features.bits, names));
}

void hvp_verify_vmware_getversion(const struct hvp_verify *verify,
				  struct hvp_check_result *result)
{
	u64 regs[HVP_ABI_BYTES / sizeof(u64)] = { 0 };
	u32 magic =
		(u32)hvp_abi_calls[HVP_ABI_CALL_VMWARE_GETVERSION].number;
	struct hvp_call call;

	if (!make(verify, result, HVP_ABI_CALL_VMWARE_GETVERSION, regs,
		  sizeof(regs), &call))
		return;
	if ((u32)call.result == VMWARE_VERSION && (u32)regs[RBX_INDEX] == magic)
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "version 6 and the magic number");
	else
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "EAX 0x%x, EBX 0x%x", (u32)call.result,
				  (u32)regs[RBX_INDEX]);
}
