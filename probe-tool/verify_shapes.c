// SPDX-License-Identifier: GPL-2.0-only
/* Checks of Hyper-V that compare one shape of a call with another. */
#include <stdio.h>
#include "verify_hyperv.h"

#define VALUE_BYTES	16

/* A harmless call with output; @name is the register that call 0x50 reads. */
struct output_call {
	u16 code;
	u32 name;
};

/* Zero proves nothing, so that several registers have their turn. */
static const struct output_call registers_first[] = {
	{ HVP_HYPERCALL_GET_VP_REGISTERS, HVP_HVREG_HYPERVISOR_VERSION },
	{ HVP_HYPERCALL_GET_VP_REGISTERS,
	  HVP_HVREG_PRIVILEGES_AND_FEATURES_INFO },
	{ HVP_HYPERCALL_GET_PARTITION_ID, 0 },
	{ HVP_HYPERCALL_QUERY_CAPABILITIES, 0 },
};

static const struct output_call registers_last[] = {
	{ HVP_HYPERCALL_GET_PARTITION_ID, 0 },
	{ HVP_HYPERCALL_QUERY_CAPABILITIES, 0 },
	{ HVP_HYPERCALL_GET_VP_REGISTERS, HVP_HVREG_HYPERVISOR_VERSION },
};

/* True when executed without an exception and answered by Hyper-V. */
static bool make(const struct hvp_verify *verify,
		 struct hvp_check_result *result, const struct output_call *of,
		 u32 shape, u8 value[VALUE_BYTES], struct hvp_call *call)
{
	const struct hvp_hypercall *row = hvp_hypercall_find(of->code);
	u8 input[HVP_REGISTERS_INPUT];
	u32 bytes = 0;

	memset(value, 0, VALUE_BYTES);
	if (of->name)
		bytes = hvp_registers_input(input, &of->name, 1);
	hvp_call_set_hyperv(call, of->code, shape, input, bytes, value,
			    row->out_header + row->out_element);
	call->reps = of->name ? 1 : 0;
	return hvp_result_call(verify, result, call) &&
	       hvp_call_is_hyperv_answer(call);
}

/* The hypervisor says that it did all. */
static bool claims_success(const struct hvp_call *call)
{
	return call->status == HVP_STATUS_SUCCESS &&
	       call->reps_done == call->reps;
}

static bool complete(const struct hvp_call *call)
{
	return claims_success(call) &&
	       call->output_bytes == call->output_capacity;
}

static bool is_zero(const u8 value[VALUE_BYTES])
{
	static const u8 zero[VALUE_BYTES];

	return !memcmp(value, zero, VALUE_BYTES);
}

/* Settles: @of works by memory, does it by registers? @slow: NULL: not in full. */
static void compare(const struct hvp_verify *verify,
		    struct hvp_check_result *result,
		    const struct output_call *of, const u8 *slow)
{
	char answer[HVP_ANSWER_TEXT];
	u8 fast[VALUE_BYTES];
	struct hvp_call call;

	if (!make(verify, result, of, HVP_SHAPE_XMM, fast, &call) &&
	    (call.error || call.outcome != HVP_OUTCOME_VALUE)) {
		hvp_result_note(result, "call 0x%x by registers", of->code);
		hvp_result_not_made(verify, result, &call);
		return;
	}
	hvp_call_answer(&call, answer);
	if (!hvp_call_is_hyperv_answer(&call))
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "call 0x%x by registers: %s", of->code,
				  answer);
	else if (call.status != HVP_STATUS_SUCCESS)
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "call 0x%x by registers: %s, slow: SUCCESS",
				  of->code, answer);
	else if (!complete(&call))
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "call 0x%x by registers: success, but %u of %u bytes",
				  of->code, call.output_bytes,
				  call.output_capacity);
	else if (!slow)
		hvp_result_note(result, "call 0x%x by memory: output is short",
				of->code);
	else if (memcmp(fast, slow, VALUE_BYTES))
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "call 0x%x by registers: success, but %s",
				  of->code,
				  is_zero(fast) ? "no output" :
				  "not the output of the slow form");
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "call 0x%x by registers: as by the slow form",
				  of->code);
}

static void output_by_registers(const struct hvp_verify *verify,
				struct hvp_check_result *result,
				const struct output_call *list, u32 count)
{
	char answer[HVP_ANSWER_TEXT];
	u8 slow[VALUE_BYTES];
	struct hvp_call call;
	bool any = false;
	u32 i, refused = 0;

	for (i = 0; i < count; i++) {
		if (list[i].code == refused)
			continue;
		if (make(verify, result, &list[i], HVP_SHAPE_SLOW, slow,
			 &call) && claims_success(&call)) {
			any = true;
			if (complete(&call) && is_zero(slow))
				continue;
			compare(verify, result, &list[i],
				complete(&call) ? slow : NULL);
			return;
		}
		/* What stops one call for a reason of its own stops all. */
		if (call.error && call.error != -EPERM) {
			hvp_result_not_made(verify, result, &call);
			return;
		}
		refused = list[i].code;
		hvp_result_note(result, "call 0x%x: %s", list[i].code,
				hvp_call_answer(&call, answer));
	}
	hvp_result_note(result, any ? "output is zero, which proves nothing" :
				"no call with output works here");
}

void hvp_verify_hyperv_xmm_output(const struct hvp_verify *verify,
				  struct hvp_check_result *result)
{
	output_by_registers(verify, result, registers_first,
			    HVP_ARRAY_SIZE(registers_first));
}

void hvp_verify_hyperv_fast_output(const struct hvp_verify *verify,
				   struct hvp_check_result *result)
{
	output_by_registers(verify, result, registers_last,
			    HVP_ARRAY_SIZE(registers_last));
}

/* More than 16 bytes, for nobody: format, banks and VTL are zero. */
static const u8 flush_input[32];
static const u8 ipi_input[24] = { 0x20 };

static const struct {
	u16 code;
	u16 bytes;
	const u8 *input;
} input_calls[] = {
	{ HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_SPACE_EX, sizeof(flush_input),
	  flush_input },
	{ HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI_EX, sizeof(ipi_input),
	  ipi_input },
};

static bool input_call(const struct hvp_verify *verify,
		       struct hvp_check_result *result, u32 i, u32 shape,
		       struct hvp_call *call)
{
	hvp_call_set_hyperv(call, input_calls[i].code, shape,
			    input_calls[i].input, input_calls[i].bytes, NULL,
			    0);
	return hvp_result_call(verify, result, call) &&
	       hvp_call_is_hyperv_answer(call);
}

void hvp_verify_hyperv_xmm_input(const struct hvp_verify *verify,
				 struct hvp_check_result *result)
{
	char answer[HVP_ANSWER_TEXT];
	struct hvp_call call;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(input_calls); i++) {
		if (input_call(verify, result, i, HVP_SHAPE_SLOW, &call) &&
		    call.status == HVP_STATUS_SUCCESS)
			break;
		if (call.error && call.error != -EPERM) {
			hvp_result_not_made(verify, result, &call);
			return;
		}
		hvp_result_note(result, "call 0x%x: %s", input_calls[i].code,
				hvp_call_answer(&call, answer));
	}
	if (i == HVP_ARRAY_SIZE(input_calls)) {
		hvp_result_note(result,
				"no call with that much input works here");
		return;
	}
	if (input_call(verify, result, i, HVP_SHAPE_XMM, &call) ||
	    (!call.error && call.outcome == HVP_OUTCOME_VALUE))
		hvp_result_settle(result,
				  !hvp_call_is_hyperv_answer(&call) ?
					  HVP_ACTUAL_FAILS :
				  call.status == HVP_STATUS_SUCCESS ?
					  HVP_ACTUAL_WORKS : HVP_ACTUAL_REFUSED,
				  "call 0x%x by XMM: %s, slow: SUCCESS",
				  input_calls[i].code,
				  hvp_call_answer(&call, answer));
	else
		hvp_result_not_made(verify, result, &call);
}

/* ------------------------------------------------- registers and leaves */

static const u32 leaf_registers[] = {
	HVP_HVREG_HYPERVISOR_VERSION, HVP_HVREG_PRIVILEGES_AND_FEATURES_INFO,
	HVP_HVREG_FEATURES_INFO, HVP_HVREG_IMPLEMENTATION_LIMITS,
	HVP_HVREG_HARDWARE_FEATURES,
};

static const struct hvp_fact *leaf_of(const struct hvp_report *report,
				      u32 name)
{
	const struct hvp_interface *itf =
		hvp_report_abi(report, HVP_ABI_HYPERV);
	const struct hvp_hvreg *reg = hvp_hvreg_find(name);
	const struct hvp_fact *fact;

	if (!itf || !reg || itf->base + reg->leaf > itf->max_leaf)
		return NULL;
	fact = hvp_facts_cpuid(report->facts, report->cpu,
			       itf->base + reg->leaf, 0);
	return fact && fact->outcome == HVP_OUTCOME_VALUE &&
	       fact->cpuid.known == 0xf ? fact : NULL;
}

/* Leaf +2 may be zero until the guest has told what it is. */
static bool differs(const struct hvp_fact *leaf, u32 name,
		    const u32 value[4])
{
	static const u32 zero[4];

	if (name == HVP_HVREG_HYPERVISOR_VERSION &&
	    !memcmp(leaf->cpuid.regs, zero, sizeof(zero)))
		return false;
	return memcmp(leaf->cpuid.regs, value, sizeof(zero));
}

void hvp_verify_hyperv_vp_registers(const struct hvp_verify *verify,
				    struct hvp_check_result *result)
{
	char answer[HVP_ANSWER_TEXT];
	u32 i, agreed = 0, read = 0;
	struct hvp_call call;
	u32 value[4];

	for (i = 0; i < HVP_ARRAY_SIZE(leaf_registers); i++) {
		struct output_call of = { HVP_HYPERCALL_GET_VP_REGISTERS,
					  leaf_registers[i] };
		const struct hvp_fact *leaf;
		u8 bytes[VALUE_BYTES];

		if (!make(verify, result, &of, HVP_SHAPE_SLOW, bytes, &call) &&
		    (call.error || call.outcome != HVP_OUTCOME_VALUE)) {
			hvp_result_not_made(verify, result, &call);
			return;
		}
		hvp_call_answer(&call, answer);
		if (!hvp_call_is_hyperv_answer(&call)) {
			hvp_result_settle(result, HVP_ACTUAL_FAILS, "%s",
					  answer);
			return;
		}
		/* Later hypervisors have more of these than older ones. */
		if (call.status != HVP_STATUS_SUCCESS && i)
			break;
		if (call.status != HVP_STATUS_SUCCESS || !complete(&call)) {
			hvp_result_settle(result,
				hvp_status_is_refusal(call.status) ?
					HVP_ACTUAL_REFUSED : HVP_ACTUAL_FAILS,
				"call 0x50: %s, %u of 1 register, %u of %u bytes",
				answer, call.reps_done, call.output_bytes,
				call.output_capacity);
			return;
		}
		read++;
		memcpy(value, bytes, sizeof(value));
		leaf = leaf_of(verify->report, leaf_registers[i]);
		if (leaf && differs(leaf, leaf_registers[i], value)) {
			hvp_result_settle(result, HVP_ACTUAL_FAILS,
				"register 0x%x differs from leaf 0x%08x",
				leaf_registers[i], leaf->cpuid.leaf);
			return;
		}
		agreed += leaf != NULL;
	}
	hvp_result_settle(result, HVP_ACTUAL_WORKS,
			  "%u registers read, %u as their leaves", read,
			  agreed);
}
