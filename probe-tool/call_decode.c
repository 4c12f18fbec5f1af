// SPDX-License-Identifier: GPL-2.0-only
/* What a call would look like, and what its output means. */
#include <stdio.h>
#include "call.h"

/* Any two places on pages of their own: they are not shown. */
#define INPUT_PLACE	0x1000
#define OUTPUT_PLACE	0x2000

#define ERRNO_MAX	4095

int hvp_dry_run(const struct hvp_plan *plan, struct hvp_dry_run *dry)
{
	struct hvp_hvcall_request request = plan->request;
	int ret;

	memset(dry, 0, sizeof(*dry));
	request.in_gpa = INPUT_PLACE;
	request.out_gpa = OUTPUT_PLACE;
	request.available = HVP_HVCALL_CAN_ALL;
	ret = hvp_hvcall_layout(&request, &dry->layout);
	if (ret)
		return ret;
	hvp_hvcall_describe(&dry->layout, &dry->description);
	if (dry->layout.in_bytes == plan->call.input_bytes)
		hvp_hvcall_pack(&dry->layout, plan->input, &dry->regs);
	return 0;
}

u64 hvp_field_of_registers(const struct hvp_field *field, const u32 regs[4])
{
	u32 width = field->hi - field->lo + 1U;
	u64 value = regs[field->reg];

	if (field->reg < HVP_EDX)
		value |= (u64)regs[field->reg + 1] << 32;
	value >>= field->lo;
	return width < 64 ? value & ((1ULL << width) - 1) : value;
}

bool hvp_call_is_arm64(const struct hvp_call *call)
{
	return call->insn_used == HVP_INSN_HVC ||
	       call->insn_used == HVP_INSN_SMC;
}

bool hvp_field_is_of(const struct hvp_field *field,
		     const struct hvp_hvreg *reg, bool arm64)
{
	return reg && reg->leaf && field->abi == HVP_ABI_HYPERV &&
	       field->leaf == reg->leaf && !field->subleaf &&
	       hvp_hvreg_has_field(field, arm64);
}

bool hvp_cap_in_registers(const struct hvp_cap *cap,
			  const struct hvp_hvreg *reg, bool arm64,
			  const u32 regs[4])
{
	struct hvp_hvreg_place at;

	return reg && reg->leaf && cap->name && cap->abi == HVP_ABI_HYPERV &&
	       cap->where == HVP_WHERE_CPUID && cap->leaf == reg->leaf &&
	       !cap->subleaf && hvp_hvreg_place_cap(cap, arm64, &at) &&
	       regs[at.word] >> at.bit & 1;
}

const char *hvp_abi_errno_text(const struct hvp_call *call)
{
	static const struct {
		u8 abi;
		int value;
		const char *text;
	} rows[] = {
		{ HVP_ABI_KVM, -1000, "KVM has no such call" },
		{ HVP_ABI_KVM, -95, "KVM does not support it here" },
		{ HVP_ABI_KVM, -22, "KVM refuses an argument" },
		{ HVP_ABI_KVM, -14, "KVM cannot reach the address" },
		{ HVP_ABI_KVM, -1, "KVM does not permit it" },
		{ HVP_ABI_XEN, -38, "Xen has no such call" },
		{ HVP_ABI_XEN, -22, "Xen refuses an argument" },
		{ HVP_ABI_XEN, -14, "Xen cannot reach the address" },
		{ HVP_ABI_XEN, -13, "denied by Xen's policy" },
		{ HVP_ABI_XEN, -1, "Xen does not permit it" },
	};
	u32 i;

	if (call->abi == HVP_ABI_SMCCC)
		return hvp_smccc_status_text(call->result);
	for (i = 0; i < HVP_ARRAY_SIZE(rows); i++)
		if (rows[i].abi == call->abi &&
		    (int64_t)call->result == rows[i].value)
			return rows[i].text;
	return (int64_t)call->result < 0 &&
	       (int64_t)call->result >= -ERRNO_MAX ? "a negative errno" : "";
}
