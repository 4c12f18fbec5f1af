/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VMCALL and VMMCALL trampolines, IN from the port in DX, and a call of our own
 * Xen hypercall page, which is here, too.
 *
 *   register      entry          at the instruction   return
 *   RAX           -              regs->rax            0 or HVP_RAISED | vector
 *   RDI           regs           regs->rdi            0
 *   RCX RDX RSI   -              regs->*              0
 *   R8 R9 R10     -              regs->*              0
 *   R11           -              0                    0
 *   RBX           caller's       regs->rbx            caller's
 *   R12 .. R15    caller's       0                    caller's
 *   RBP           caller's       frame pointer        caller's
 *   flags         -              -                    undefined
 *
 * Every hypervisor reads registers of its own choosing, so none holds a
 * leftover; and some write registers that their ABI does not name, so all that
 * the C ABI preserves is saved, and all else is cleared before returning.
 */
#include <asm/page.h>
#include "../hvp_linkage.h"
#include "hvp_hypercall.h"

.macro HVP_TRAMPOLINE name:req insn:req
SYM_FUNC_START(\name)
	pushq	%rbp
	movq	%rsp, %rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	pushq	%rdi

	movq	HVP_REGS_RAX(%rdi), %rax
	movq	HVP_REGS_RBX(%rdi), %rbx
	movq	HVP_REGS_RCX(%rdi), %rcx
	movq	HVP_REGS_RDX(%rdi), %rdx
	movq	HVP_REGS_RSI(%rdi), %rsi
	movq	HVP_REGS_R8(%rdi), %r8
	movq	HVP_REGS_R9(%rdi), %r9
	movq	HVP_REGS_R10(%rdi), %r10
	movq	HVP_REGS_RDI(%rdi), %rdi
	xorl	%r11d, %r11d
	xorl	%r12d, %r12d
	xorl	%r13d, %r13d
	xorl	%r14d, %r14d
	xorl	%r15d, %r15d

SYM_INNER_LABEL(\name\()_insn, SYM_L_GLOBAL)
	HVP_NOT_A_TARGET
	\insn
	popq	%r11
	movq	%rax, HVP_REGS_RAX(%r11)
	movq	%rbx, HVP_REGS_RBX(%r11)
	movq	%rcx, HVP_REGS_RCX(%r11)
	movq	%rdx, HVP_REGS_RDX(%r11)
	movq	%rsi, HVP_REGS_RSI(%r11)
	movq	%rdi, HVP_REGS_RDI(%r11)
	movq	%r8, HVP_REGS_R8(%r11)
	movq	%r9, HVP_REGS_R9(%r11)
	movq	%r10, HVP_REGS_R10(%r11)
	xorl	%eax, %eax

.Ldone_\name:
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%esi, %esi
	xorl	%edi, %edi
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	RET

	/* A result may equal a vector: only this path sets the flag. */
.Lraised_\name:
	popq	%r11
	movzbl	%al, %eax
	orl	$HVP_RAISED, %eax
	jmp	.Ldone_\name
SYM_FUNC_END(\name)
	HVP_FIXUP(\name\()_insn, .Lraised_\name)
.endm

	.text

HVP_TRAMPOLINE hvp_vmcall vmcall
HVP_TRAMPOLINE hvp_vmmcall vmmcall
HVP_TRAMPOLINE hvp_port "inl %dx, %eax"

/* R11 tells: flags would not come through every kind of call and return. */
HVP_TRAMPOLINE hvp_xen_page_call \
	"call hvp_xen_page_entry; testl %r11d, %r11d; jnz .Lraised_hvp_xen_page_call"
.Lraised_in_page:
	movl	$HVP_RAISED, %r11d
	RET

/*
 * Xen and KVM fill all of the page through their own mapping: 128 entries of 32
 * bytes, entry n being "mov $n, %eax; vmcall or vmmcall; ret". No other entry is
 * called, and this one by a direct call: it begins with no branch target.
 */
	.balign	PAGE_SIZE, 0xcc
SYM_INNER_LABEL(hvp_xen_page, SYM_L_GLOBAL)
	HVP_NOT_A_TARGET
	.skip	HVP_XEN_PAGE_VERSION, 0xcc
SYM_START(hvp_xen_page_entry, SYM_L_LOCAL, SYM_A_NONE)
	HVP_NOT_A_TARGET
	movl	$0, %eax
SYM_INNER_LABEL(hvp_xen_page_insn, SYM_L_LOCAL)
	HVP_NOT_A_TARGET
	nopl	(%rax)
	RET
SYM_FUNC_END(hvp_xen_page_entry)
	.balign	PAGE_SIZE, 0xcc
	HVP_FIXUP(hvp_xen_page_insn, .Lraised_in_page)
