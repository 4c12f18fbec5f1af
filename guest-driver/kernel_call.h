/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls by a path of the running kernel, and VMware's port. */
#ifndef HVP_DRIVER_KERNEL_CALL_H
#define HVP_DRIVER_KERNEL_CALL_H

#include "../asm/x86/hvp_hypercall.h"
#include "driver.h"

/** Does the running kernel make calls of @abi by a path that we can take? */
bool hvp_kernel_owns(u32 abi);

/**
 * Make one; only where hvp_kernel_owns(). @args are four of KVM's, or Xen's
 * subop; @buffer is what XENVER_* fills in. The answer is RAX's.
 */
u64 hvp_kernel_call(u32 abi, u64 number, const u64 *args, void *buffer);

/**
 * VMware's backdoor by IN, low bandwidth, with the registers of @regs but for
 * RDX, which names the port. Return: as hvp_vmcall().
 */
unsigned int hvp_vmware_port(struct hvp_regs *regs);

#endif
