// SPDX-License-Identifier: GPL-2.0-only
/* Calls that are not made by an instruction of ours. */
#include <linux/kernel.h>
#include "compat.h"
#include "kernel_call.h"

/* open-vm-tools backdoor_def.h */
#define VMWARE_PORT	0x5658U

bool hvp_kernel_owns(u32 abi)
{
	return (abi == HVP_ABI_XEN && xen_domain()) ||
	       (abi == HVP_ABI_KVM && hvp_kernel_tdx_kvm());
}

u64 hvp_kernel_call(u32 abi, u64 number, const u64 *args, void *buffer)
{
	if (abi == HVP_ABI_KVM)
		return hvp_kernel_kvm_call(number, args);
	return hvp_kernel_xen_version((int)args[0], buffer);
}

/* Answers are 32 bits wide; RBP is for high bandwidth only. */
unsigned int hvp_vmware_port(struct hvp_regs *regs)
{
	u32 eax = regs->rax, ebx = regs->rbx, ecx = regs->rcx;
	u32 edx = VMWARE_PORT, esi = regs->rsi, edi = regs->rdi;

	asm volatile("inl %%dx, %%eax"
		     : "+a"(eax), "+b"(ebx), "+c"(ecx), "+d"(edx), "+S"(esi),
		       "+D"(edi)
		     : : "memory");
	regs->rax = eax;
	regs->rbx = ebx;
	regs->rcx = ecx;
	regs->rdx = edx;
	regs->rsi = esi;
	regs->rdi = edi;
	return 0;
}
