/* SPDX-License-Identifier: GPL-2.0-only */
/* HVC and SMC trampolines: an undefined call is a result, not an oops. */
#ifndef HVP_SMCCC_CALL_H
#define HVP_SMCCC_CALL_H

#define HVP_RAISED	0x100

#ifndef __ASSEMBLER__
#include <linux/build_bug.h>
#include <linux/types.h>

struct hvp_smccc_regs {
	u64 x[18];
};

static_assert(sizeof(struct hvp_smccc_regs) == 144);

/**
 * hvp_smccc_hvc() - issue HVC #0 with the registers of @regs
 * @regs: X0 to X17 before; as the call left them when 0 is returned, unchanged
 *        otherwise
 *
 * Only where the firmware tables name HVC and the kernel runs at EL1: elsewhere
 * it panics the machine or reaches a hypervisor's private functions. Between
 * hvp_guard_enter() and hvp_guard_leave(), preemption off.
 *
 * Return: 0, or HVP_RAISED when the instruction was undefined.
 */
unsigned int hvp_smccc_hvc(struct hvp_smccc_regs *regs);

/** hvp_smccc_smc() - SMC #0; only where the tables name SMC: else it can hang */
unsigned int hvp_smccc_smc(struct hvp_smccc_regs *regs);

/** hvp_smccc_hvc1() - HVC #1, which Xen makes undefined (tests of the guard) */
unsigned int hvp_smccc_hvc1(struct hvp_smccc_regs *regs);

/** hvp_smccc_xen() - HVC #0xEA1: Xen, once identified; number in X16 */
unsigned int hvp_smccc_xen(struct hvp_smccc_regs *regs);

/* The instructions, and where an undefined one continues. */
extern char hvp_smccc_hvc_insn[], hvp_smccc_hvc_undef[];
extern char hvp_smccc_smc_insn[], hvp_smccc_smc_undef[];
extern char hvp_smccc_hvc1_insn[], hvp_smccc_hvc1_undef[];
extern char hvp_smccc_xen_insn[], hvp_smccc_xen_undef[];
#endif

#endif
