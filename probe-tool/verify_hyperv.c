// SPDX-License-Identifier: GPL-2.0-only
/* Checks of Hyper-V's call interface, shapes apart. */
#include <stdio.h>
#include "verify_hyperv.h"

#define RESERVED_BIT		(1ULL << 27)
#define SPIN_COUNT		1U
#define IPI_VECTOR		0x20U
#define APIC_ID_SHIFT		24
#define APIC_ID_ELSEWHERE	0xffU	/* a larger one is in leaf 0xb */

bool hvp_status_is_refusal(u32 status)
{
	return status == HVP_STATUS_INVALID_HYPERCALL_CODE ||
	       status == HVP_STATUS_ACCESS_DENIED ||
	       status == HVP_STATUS_OPERATION_DENIED ||
	       status == HVP_STATUS_FEATURE_UNAVAILABLE;
}

u32 hvp_registers_input(u8 input[HVP_REGISTERS_INPUT], const u32 *names,
			u32 count)
{
	u64 partition = HVP_HV_PARTITION_SELF;
	u32 vp = HVP_HV_VP_SELF;

	memset(input, 0, HVP_REGISTERS_INPUT);
	memcpy(input, &partition, sizeof(partition));
	memcpy(input + 8, &vp, sizeof(vp));
	memcpy(input + 16, names, count * sizeof(*names));
	return 16 + count * (u32)sizeof(*names);
}

/* Settles when the call did not get a Hyper-V answer. */
static bool answered(const struct hvp_verify *verify,
		     struct hvp_check_result *result, struct hvp_call *call)
{
	char answer[HVP_ANSWER_TEXT];

	if (!hvp_result_call(verify, result, call)) {
		hvp_result_not_made(verify, result, call);
		return false;
	}
	if (hvp_call_is_hyperv_answer(call))
		return true;
	hvp_result_settle(result, HVP_ACTUAL_FAILS, "call 0x%x: %s",
			  (u16)call->number, hvp_call_answer(call, answer));
	return false;
}

/* Settles when the status is not success. */
static bool is_success(struct hvp_check_result *result,
		       const struct hvp_call *call)
{
	char answer[HVP_ANSWER_TEXT];

	if (call->status == HVP_STATUS_SUCCESS)
		return true;
	hvp_result_settle(result, hvp_status_is_refusal(call->status) ?
					  HVP_ACTUAL_REFUSED : HVP_ACTUAL_FAILS,
			  "call 0x%x: %s", (u16)call->number,
			  hvp_call_answer(call, answer));
	return false;
}

static bool succeeded(const struct hvp_verify *verify,
		      struct hvp_check_result *result, struct hvp_call *call)
{
	return answered(verify, result, call) && is_success(result, call);
}

static void settle_status(struct hvp_check_result *result,
			  const struct hvp_call *call, u32 wanted)
{
	char answer[HVP_ANSWER_TEXT];

	hvp_call_answer(call, answer);
	if (call->status == wanted)
		hvp_result_settle(result, HVP_ACTUAL_WORKS, "%s", answer);
	else
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "%s, but %s (0x%04x) is specified", answer,
				  hvp_status_name(wanted), wanted);
}

void hvp_verify_hyperv_invalid_code(const struct hvp_verify *verify,
				    struct hvp_check_result *result)
{
	struct hvp_call call;

	hvp_call_set_hyperv(&call, HVP_HYPERCALL_INVALID_CODE, HVP_SHAPE_SLOW,
			    NULL, 0, NULL, 0);
	if (answered(verify, result, &call))
		settle_status(result, &call,
			      HVP_STATUS_INVALID_HYPERCALL_CODE);
}

void hvp_verify_hyperv_reserved_bit(const struct hvp_verify *verify,
				    struct hvp_check_result *result)
{
	struct hvp_call call;

	hvp_call_set_hyperv(&call, HVP_HYPERCALL_INVALID_CODE, HVP_SHAPE_SLOW,
			    NULL, 0, NULL, 0);
	call.number |= RESERVED_BIT;
	call.flags = HVP_CALL_CONTROL;
	if (!answered(verify, result, &call))
		return;
	/* Two errors, of which the TLFS does not say which is found first. */
	if (call.status == HVP_STATUS_INVALID_HYPERCALL_CODE)
		hvp_result_note(result, "refused by its code, whatever the bit");
	else
		settle_status(result, &call,
			      HVP_STATUS_INVALID_HYPERCALL_INPUT);
}

void hvp_verify_hyperv_spin_wait(const struct hvp_verify *verify,
				 struct hvp_check_result *result)
{
	const struct hvp_field_value *retries =
		&verify->report->fields[HVP_FIELD_ID_HYPERV_SPIN_RETRIES];
	bool offered = retries->state == HVP_STATE_ADVERTISED &&
		       retries->value && (u32)retries->value != ~0U;
	u64 input = SPIN_COUNT;
	struct hvp_call call;

	hvp_call_set_hyperv(&call, HVP_HYPERCALL_NOTIFY_LONG_SPIN_WAIT,
			    HVP_SHAPE_FAST, &input, sizeof(input), NULL, 0);
	if (!answered(verify, result, &call))
		return;
	if (call.status == HVP_STATUS_ACCESS_DENIED && !offered)
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "denied, as leaf +4 asks for no such notice");
	else if (is_success(result, &call))
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "by registers: SUCCESS");
}

void hvp_verify_hyperv_partition_id(const struct hvp_verify *verify,
				    struct hvp_check_result *result)
{
	struct hvp_call call;
	u64 id = 0;

	hvp_call_set_hyperv(&call, HVP_HYPERCALL_GET_PARTITION_ID,
			    HVP_SHAPE_SLOW, NULL, 0, &id, sizeof(id));
	if (!succeeded(verify, result, &call))
		return;
	if (call.output_bytes < sizeof(id))
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "success, but %u bytes of output",
				  call.output_bytes);
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS, "partition 0x%llx",
				  (unsigned long long)id);
}

void hvp_verify_hyperv_vp_index(const struct hvp_verify *verify,
				struct hvp_check_result *result)
{
	const struct hvp_fact *leaf1 = verify->report->leaf1;
	u8 input[20] = { 0 };
	u64 partition = HVP_HV_PARTITION_SELF;
	u32 apic_id, index = 0;
	struct hvp_call call;

	apic_id = leaf1 && leaf1->cpuid.known & 1U << HVP_EBX ?
			  leaf1->cpuid.regs[HVP_EBX] >> APIC_ID_SHIFT :
			  APIC_ID_ELSEWHERE;
	if (apic_id == APIC_ID_ELSEWHERE) {
		hvp_result_note(result, "leaf 1 does not tell the APIC id");
		return;
	}
	memcpy(input, &partition, sizeof(partition));
	memcpy(input + 16, &apic_id, sizeof(apic_id));
	hvp_call_set_hyperv(&call, HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID,
			    HVP_SHAPE_SLOW, input, sizeof(input), &index,
			    sizeof(index));
	call.reps = 1;
	if (!succeeded(verify, result, &call))
		return;
	if (call.reps_done != 1 || call.output_bytes < sizeof(index))
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "success, but %u of 1 element done",
				  call.reps_done);
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "APIC id %u is VP %u", apic_id, index);
}

/* ----------------------------------------------- calls that name nobody */

/* What an empty set is answered with is known of KVM only. */
static void empty_set(const struct hvp_verify *verify,
		      struct hvp_check_result *result, u32 code, u32 shape,
		      const void *input, u32 bytes)
{
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;

	hvp_call_set_hyperv(&call, code, shape, input, bytes, NULL, 0);
	if (!answered(verify, result, &call))
		return;
	hvp_call_answer(&call, answer);
	if (call.status == HVP_STATUS_SUCCESS)
		hvp_result_settle(result, HVP_ACTUAL_WORKS, "call 0x%x: %s",
				  code, answer);
	else if (hvp_status_is_refusal(call.status))
		hvp_result_settle(result, HVP_ACTUAL_REFUSED, "call 0x%x: %s",
				  code, answer);
	else
		hvp_result_note(result,
				"call 0x%x: %s, which may mean the empty set",
				code, answer);
}

void hvp_verify_hyperv_flush(const struct hvp_verify *verify,
			     struct hvp_check_result *result)
{
	static const u8 input[24];

	empty_set(verify, result, HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_SPACE,
		  HVP_SHAPE_SLOW, input, sizeof(input));
}

void hvp_verify_hyperv_flush_ex(const struct hvp_verify *verify,
				struct hvp_check_result *result)
{
	static const u8 input[32];

	empty_set(verify, result, HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_SPACE_EX,
		  HVP_SHAPE_SLOW, input, sizeof(input));
}

void hvp_verify_hyperv_ipi(const struct hvp_verify *verify,
			   struct hvp_check_result *result)
{
	static const u64 input[2] = { IPI_VECTOR, 0 };

	empty_set(verify, result, HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI,
		  HVP_SHAPE_FAST, input, sizeof(input));
}

/* --------------------------------------------------------- extended calls */

static void note_mask(struct hvp_check_result *result, u64 mask)
{
	u64 unlisted = hvp_extcap_unlisted(mask);
	u32 bit;

	hvp_result_note(result, "mask 0x%llx", (unsigned long long)mask);
	for (bit = 0; bit < 64; bit++)
		if (mask >> bit & 1 && hvp_extcap_find(bit))
			hvp_result_note(result, "%s",
					hvp_extcap_find(bit)->name);
	if (unlisted)
		hvp_result_note(result, "bits without a meaning 0x%llx",
				(unsigned long long)unlisted);
}

/* The call that bit 0 announces is harmless, so that bit can be told to lie. */
static void try_announced(const struct hvp_verify *verify,
			  struct hvp_check_result *result)
{
	const struct hvp_hypercall *row =
		hvp_hypercall_find(HVP_HYPERCALL_GET_BOOT_ZEROED_MEMORY);
	u8 output[HVP_HVCALL_PAGE_BYTES];
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;

	hvp_call_set_hyperv(&call, row->code, HVP_SHAPE_SLOW, NULL, 0, output,
			    row->out_header);
	if (!hvp_result_call(verify, result, &call))
		return;
	hvp_call_answer(&call, answer);
	if (call.status == HVP_STATUS_INVALID_HYPERCALL_CODE)
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "bit 0 is set, but call 0x%x: %s", row->code,
				  answer);
	else
		hvp_result_note(result, "call 0x%x: %s", row->code, answer);
}

void hvp_verify_hyperv_extended(const struct hvp_verify *verify,
				struct hvp_check_result *result)
{
	char answer[HVP_ANSWER_TEXT];
	u64 mask = 0, by_register = 0;
	struct hvp_call call;

	hvp_call_set_hyperv(&call, HVP_HYPERCALL_QUERY_CAPABILITIES,
			    HVP_SHAPE_SLOW, NULL, 0, &mask, sizeof(mask));
	if (!succeeded(verify, result, &call))
		return;
	if (call.output_bytes < sizeof(mask)) {
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "success, but %u bytes of output",
				  call.output_bytes);
		return;
	}
	note_mask(result, mask);
	result->actual = HVP_ACTUAL_WORKS;
	/* KVM answers 5 to this form; it decides nothing. */
	hvp_call_set_hyperv(&call, HVP_HYPERCALL_QUERY_CAPABILITIES,
			    HVP_SHAPE_XMM, NULL, 0, &by_register,
			    sizeof(by_register));
	hvp_result_call(verify, result, &call);
	hvp_result_note(result, "by registers: %s%s",
			hvp_call_answer(&call, answer),
			call.error || call.outcome || call.status ? "" :
			by_register == mask ? ", the same" :
					      ", another mask");
	if (mask & 1)
		try_announced(verify, result);
}
