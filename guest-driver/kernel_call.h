/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that are not Hyper-V's, by what carries them here. */
#ifndef HVP_DRIVER_KERNEL_CALL_H
#define HVP_DRIVER_KERNEL_CALL_H

#include "../asm/x86/hvp_hypercall.h"
#include "driver.h"

/**
 * Does the running kernel make calls of @abi by a path that we can take? Of
 * Hyper-V: in an isolated guest that it knows to be one (hv_setup.c).
 */
bool hvp_kernel_owns(u32 abi);

/**
 * Make one of KVM or Xen; only where hvp_kernel_owns(). @args are four of
 * KVM's, or Xen's subop; @buffer is what XENVER_* fills in. The answer is RAX's.
 */
u64 hvp_kernel_call(u32 abi, u64 number, const u64 *args, void *buffer);

/**
 * hvp_abi_issue() - execute one call of an ABI other than Hyper-V
 * @insn: enum hvp_insn, not that of the kernel's own path
 * @regs: PORT sets RDX, which names the port, PAGE sets RAX; as the call left
 *        them afterwards
 *
 * Direct calls by intent: a branch-target fault (#CP) has no fixup.
 *
 * Return: as hvp_vmcall().
 */
unsigned int hvp_abi_issue(u8 insn, struct hvp_regs *regs);

#endif
