// SPDX-License-Identifier: GPL-2.0-only
/* Which calls may be made, and by whom. */
#include <linux/kernel.h>
#include "call.h"
#include "hv.h"

#define KVM_CLOCK_PAIRING	9
#define KVM_MAP_GPA_RANGE	12
#define XEN_VERSION		17
#define VMWARE_STEALCLOCK	91

/* They return elsewhere, or raise what nothing catches inside the kernel. */
static bool raises_by_design(u32 code)
{
	return code == HVP_HYPERCALL_VTL_CALL ||
	       code == HVP_HYPERCALL_VTL_RETURN;
}

int hvp_policy_hv(const struct hvp_exec *exec)
{
	const struct hvp_call *call = &exec->call;

	if (raises_by_design(exec->request.code) &&
	    !hvp_hv_insn_is_ours(exec->insn))
		return hvp_policy_refuse(&exec->call, -EPERM,
			      "not by the kernel's own call path");
	if (!call->insn &&
	    hvp_hypercall_is_harmless(&exec->request, exec->in,
				      call->input_bytes))
		return 0;
	return hvp_policy_unsafe(&exec->call);
}

static bool same_args(const struct hvp_abi_call *row,
		      const struct hvp_call *call)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(row->args); i++)
		if (row->args[i] != call->args[i])
			return false;
	return !call->args[ARRAY_SIZE(row->args)];
}

static const struct hvp_abi_call *find_row(const struct hvp_call *call)
{
	u32 i;

	for (i = 0; i < HVP_ABI_CALL_COUNT; i++)
		if (hvp_abi_calls[i].abi == call->abi &&
		    hvp_abi_calls[i].number == call->number &&
		    same_args(&hvp_abi_calls[i], call))
			return &hvp_abi_calls[i];
	return NULL;
}

/* An address of the caller's never reaches a hypervisor, unsafe or not. */
static bool takes_address(const struct hvp_call *call)
{
	switch (call->abi) {
	case HVP_ABI_KVM:
		return call->number == KVM_CLOCK_PAIRING ||
		       call->number == KVM_MAP_GPA_RANGE;
	case HVP_ABI_XEN:
		return call->number != XEN_VERSION || call->args[1];
	default:
		/* A direction bit or a port in RDX: buffers at RSI, RDI. */
		return call->args[2] || call->args[1] == VMWARE_STEALCLOCK;
	}
}

int hvp_policy_abi(struct hvp_exec *exec)
{
	const struct hvp_call *call = &exec->call;

	exec->row = find_row(call);
	if (exec->row && !call->insn)
		return 0;
	if (!exec->row && takes_address(call))
		return hvp_policy_refuse(&exec->call, -EPERM, "it takes an address");
	return hvp_policy_unsafe(&exec->call);
}
