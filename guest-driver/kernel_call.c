// SPDX-License-Identifier: GPL-2.0-only
/* Calls that are not Hyper-V's, by what carries them here. */
#include <linux/kernel.h>
#include "compat.h"
#include "kernel_call.h"

/* open-vm-tools backdoor_def.h */
#define VMWARE_PORT	0x5658U

bool hvp_kernel_owns(u32 abi)
{
	return (abi == HVP_ABI_XEN && xen_domain()) ||
	       (abi == HVP_ABI_KVM && hvp_kernel_tdx_kvm()) ||
	       (abi == HVP_ABI_HYPERV && hvp_kernel_hv_isolated());
}

u64 hvp_kernel_call(u32 abi, u64 number, const u64 *args, void *buffer)
{
	if (abi == HVP_ABI_KVM)
		return hvp_kernel_kvm_call(number, args);
	return hvp_kernel_xen_version((int)args[0], buffer);
}

unsigned int hvp_abi_issue(u8 insn, struct hvp_regs *regs)
{
	switch (insn) {
	case HVP_INSN_VMMCALL:
		return hvp_vmmcall(regs);
	case HVP_INSN_PAGE:
		return hvp_xen_page_call(regs);
	case HVP_INSN_PORT:
		regs->rdx = VMWARE_PORT;
		return hvp_port(regs);
	default:
		return hvp_vmcall(regs);
	}
}
