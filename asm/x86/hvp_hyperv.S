/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hyper-V call trampolines. TLFS 3.7: RCX control word, RDX and R8 parameters
 * or addresses, XMM0 to XMM5 further parameters, RAX result.
 *
 *   register      entry          at the instruction   return
 *   RAX           -              preset               result
 *   RDX           -              regs->rdx            0 or HVP_RAISED | vector
 *   RDI           regs           regs, 0 (page)       undefined
 *   RCX R8        -              regs->*              0
 *   RSI           page (page)    page (page)          undefined
 *   R9 R10 R11    -              -                    undefined
 *   RBX R12..R15  caller's       caller's             caller's
 *   RBP           caller's       caller's             caller's
 *   XMM0..XMM5    -              regs->xmm (_xmm)     0 (_xmm), else untouched
 *   flags         -              -                    undefined
 *
 * The TLFS leaves every other register alone, and Linux relies on that; what
 * the C ABI preserves is saved nevertheless where the instruction is ours,
 * because a hypervisor under test may not be conforming. No longer than that:
 * this path is counted.
 */
#include <asm/frame.h>
#include <asm/nospec-branch.h>
#include "../hvp_linkage.h"
#include "../../guest-driver/compat.h"
#include "hvp_hyperv.h"

.macro HVP_HV_ENTER
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	pushq	%rdi
.endm

.macro HVP_HV_LEAVE
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
.endm

.macro HVP_HV_LOAD
	movq	HVP_HVREGS_RCX(%rdi), %rcx
	movq	HVP_HVREGS_RDX(%rdi), %rdx
	movq	HVP_HVREGS_R8(%rdi), %r8
	movl	$HVP_HVREGS_RAX_PRESET, %eax
.endm

/* Where regs is, is on the stack. */
.macro HVP_HV_STORE
	popq	%rsi
	movq	%rcx, HVP_HVREGS_RCX(%rsi)
	movq	%rdx, HVP_HVREGS_RDX(%rsi)
	movq	%r8, HVP_HVREGS_R8(%rsi)
.endm

.macro HVP_HV_CLEAR
	xorl	%ecx, %ecx
	xorl	%r8d, %r8d
.endm

.macro HVP_HV_LOAD_XMM
	movups	HVP_HVREGS_XMM0(%rdi), %xmm0
	movups	HVP_HVREGS_XMM1(%rdi), %xmm1
	movups	HVP_HVREGS_XMM2(%rdi), %xmm2
	movups	HVP_HVREGS_XMM3(%rdi), %xmm3
	movups	HVP_HVREGS_XMM4(%rdi), %xmm4
	movups	HVP_HVREGS_XMM5(%rdi), %xmm5
.endm

.macro HVP_HV_STORE_XMM
	movups	%xmm0, HVP_HVREGS_XMM0(%rsi)
	movups	%xmm1, HVP_HVREGS_XMM1(%rsi)
	movups	%xmm2, HVP_HVREGS_XMM2(%rsi)
	movups	%xmm3, HVP_HVREGS_XMM3(%rsi)
	movups	%xmm4, HVP_HVREGS_XMM4(%rsi)
	movups	%xmm5, HVP_HVREGS_XMM5(%rsi)
.endm

.macro HVP_HV_CLEAR_XMM
	xorps	%xmm0, %xmm0
	xorps	%xmm1, %xmm1
	xorps	%xmm2, %xmm2
	xorps	%xmm3, %xmm3
	xorps	%xmm4, %xmm4
	xorps	%xmm5, %xmm5
.endm

/* Our own instruction, with a fixup. */
.macro HVP_HV_INSN name:req insn:req xmm:req
SYM_FUNC_START(\name)
	HVP_HV_ENTER
	.if \xmm
	HVP_HV_LOAD_XMM
	.endif
	HVP_HV_LOAD

SYM_INNER_LABEL(\name\()_insn, SYM_L_GLOBAL)
	HVP_NOT_A_TARGET
	\insn
	HVP_HV_STORE
	xorl	%edx, %edx
	.if \xmm
	HVP_HV_STORE_XMM
	.endif

.Ldone_\name:
	.if \xmm
	HVP_HV_CLEAR_XMM
	.endif
	HVP_HV_CLEAR
	HVP_HV_LEAVE
	RET

	/* A result may equal a vector: only this path sets the flag. */
.Lraised_\name:
	popq	%rsi
	movzbl	%al, %edx
	orl	$HVP_RAISED, %edx
	xorl	%eax, %eax
	jmp	.Ldone_\name
SYM_FUNC_END(\name)
	HVP_FIXUP(\name\()_insn, .Lraised_\name)
.endm

/*
 * The kernel's page. Where branch targets are enforced it begins with one, or
 * Linux has turned enforcement off. TLFS 3.8: the page preserves what the
 * instruction does. An exception inside it returns here with RDI set: see
 * guest-driver/hv_trap.c, which knows us by the return address. That is anywhere
 * between the two labels: without a retpoline the call is short, and NOPs follow.
 */
.macro HVP_HV_PAGE name:req xmm:req
SYM_FUNC_START(\name)
	FRAME_BEGIN
	pushq	%rdi
	.if \xmm
	HVP_HV_LOAD_XMM
	.endif
	HVP_HV_LOAD
	xorl	%edi, %edi
SYM_INNER_LABEL(\name\()_call, SYM_L_GLOBAL)
	HVP_NOT_A_TARGET
	CALL_NOSPEC rsi
SYM_INNER_LABEL(\name\()_back, SYM_L_GLOBAL)
	HVP_NOT_A_TARGET
	HVP_HV_STORE
	.if \xmm
	HVP_HV_STORE_XMM
	HVP_HV_CLEAR_XMM
	.endif
	HVP_HV_CLEAR
	movl	%edi, %edx
	FRAME_END
	RET
SYM_FUNC_END(\name)
.endm

#ifdef HVP_HV_STATIC_CALL
/* u64 hv_hypercall(u64 control, u64 rdx, u64 r8), patched by the kernel. */
.macro HVP_HV_KERNEL name:req xmm:req
SYM_FUNC_START(\name)
	FRAME_BEGIN
	pushq	%rdi
	.if \xmm
	HVP_HV_LOAD_XMM
	.endif
	movq	HVP_HVREGS_RDX(%rdi), %rsi
	movq	HVP_HVREGS_R8(%rdi), %rdx
	movq	HVP_HVREGS_RCX(%rdi), %rdi
	call	HVP_HV_STATIC_CALL
	popq	%rsi
	.if \xmm
	HVP_HV_STORE_XMM
	HVP_HV_CLEAR_XMM
	.endif
	xorl	%edx, %edx
	HVP_HV_CLEAR
	FRAME_END
	RET
SYM_FUNC_END(\name)
.endm
#endif

	.text

HVP_HV_INSN hvp_hv_vmcall vmcall 0
HVP_HV_INSN hvp_hv_vmcall_xmm vmcall 1
HVP_HV_INSN hvp_hv_vmmcall vmmcall 0
HVP_HV_INSN hvp_hv_vmmcall_xmm vmmcall 1
HVP_HV_PAGE hvp_hv_page 0
HVP_HV_PAGE hvp_hv_page_xmm 1
#ifdef HVP_HV_STATIC_CALL
HVP_HV_KERNEL hvp_hv_kernel 0
HVP_HV_KERNEL hvp_hv_kernel_xmm 1
#endif
