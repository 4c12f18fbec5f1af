/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * HVC and SMC trampolines.
 *
 *   register      entry          at the instruction   return
 *   X0            regs           regs->x[0]           0 or HVP_RAISED
 *   X1 .. X17     -              regs->x[1 .. 17]     0
 *   X18           caller's       caller's             caller's
 *   X19 .. X28    caller's       caller's             caller's
 *   X29           caller's       frame pointer        caller's
 *   X30           return         regs                 return
 *   flags         -              -                    undefined
 *
 * A callee of SMCCC 1.0 may change X4 to X17 whatever it returns, one of 1.2
 * returns in all of X0 to X17: they all go in and out. X18 (shadow call stack)
 * and up are the callee's to preserve, and are saved in case it does not.
 * The exception table knows no UNDEF: guest-driver/guard_arm64.c moves the
 * program counter from the instruction, or from behind it, to the landing.
 */
#include "../hvp_linkage.h"
#include "hvp_smccc.h"

#define FRAME		112

.macro HVP_SMCCC name:req insn:req immediate:req
SYM_FUNC_START(\name)
	stp	x29, x30, [sp, #-FRAME]!
	mov	x29, sp
	stp	x18, x0, [sp, #16]
	stp	x19, x20, [sp, #32]
	stp	x21, x22, [sp, #48]
	stp	x23, x24, [sp, #64]
	stp	x25, x26, [sp, #80]
	stp	x27, x28, [sp, #96]

	mov	x30, x0
	ldp	x0, x1, [x30]
	ldp	x2, x3, [x30, #16]
	ldp	x4, x5, [x30, #32]
	ldp	x6, x7, [x30, #48]
	ldp	x8, x9, [x30, #64]
	ldp	x10, x11, [x30, #80]
	ldp	x12, x13, [x30, #96]
	ldp	x14, x15, [x30, #112]
	ldp	x16, x17, [x30, #128]

SYM_INNER_LABEL(\name\()_insn, SYM_L_GLOBAL)
	\insn	#\immediate
	ldr	x30, [sp, #24]
	stp	x0, x1, [x30]
	stp	x2, x3, [x30, #16]
	stp	x4, x5, [x30, #32]
	stp	x6, x7, [x30, #48]
	stp	x8, x9, [x30, #64]
	stp	x10, x11, [x30, #80]
	stp	x12, x13, [x30, #96]
	stp	x14, x15, [x30, #112]
	stp	x16, x17, [x30, #128]
	mov	w0, wzr

.Ldone_\name:
	mov	x1, xzr
	mov	x2, xzr
	mov	x3, xzr
	mov	x4, xzr
	mov	x5, xzr
	mov	x6, xzr
	mov	x7, xzr
	mov	x8, xzr
	mov	x9, xzr
	mov	x10, xzr
	mov	x11, xzr
	mov	x12, xzr
	mov	x13, xzr
	mov	x14, xzr
	mov	x15, xzr
	mov	x16, xzr
	mov	x17, xzr
	ldr	x18, [sp, #16]
	ldp	x19, x20, [sp, #32]
	ldp	x21, x22, [sp, #48]
	ldp	x23, x24, [sp, #64]
	ldp	x25, x26, [sp, #80]
	ldp	x27, x28, [sp, #96]
	ldp	x29, x30, [sp], #FRAME
	ret

SYM_INNER_LABEL(\name\()_undef, SYM_L_GLOBAL)
	mov	w0, #HVP_RAISED
	b	.Ldone_\name
SYM_FUNC_END(\name)
.endm

	.text

HVP_SMCCC hvp_smccc_hvc hvc 0
HVP_SMCCC hvp_smccc_smc smc 0
HVP_SMCCC hvp_smccc_hvc1 hvc 1
HVP_SMCCC hvp_smccc_xen hvc 0xea1
