/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest without an operating system: entered in long mode, ring 0, low memory
 * mapped 1:1, RSI = script. payload_issue() loads every register from regs_in,
 * executes one instruction and stores every register to regs_out, or the vector
 * that it raised to fault_vector.
 *
 * Layout of both blocks: RAX RBX RCX RDX RSI RDI RBP R8..R15, a pad, XMM0..5.
 */
	.section .text.start, "ax"
	.globl _start
_start:
	leaq	stack_top(%rip), %rsp
	leaq	idt(%rip), %rdi
	leaq	stubs(%rip), %rax
	movl	$32, %ecx
1:	movw	%ax, (%rdi)
	movw	$0x10, 2(%rdi)			/* the CS that we came with */
	movw	$0x8e00, 4(%rdi)
	movq	%rax, %rdx
	shrq	$16, %rdx
	movw	%dx, 6(%rdi)
	shrq	$16, %rdx
	movl	%edx, 8(%rdi)
	addq	$16, %rdi
	addq	$16, %rax
	decl	%ecx
	jnz	1b
	lgdt	gdt_pointer(%rip)
	lidt	idt_pointer(%rip)
	movq	%rsi, %rdi
	call	payload_main
1:	hlt
	jmp	1b

	.text
	.macro	each_gpr op
	\op	rbx, 1
	\op	rcx, 2
	\op	rdx, 3
	\op	rsi, 4
	\op	rdi, 5
	\op	rbp, 6
	\op	r8, 7
	\op	r9, 8
	\op	r10, 9
	\op	r11, 10
	\op	r12, 11
	\op	r13, 12
	\op	r14, 13
	\op	r15, 14
	.endm
	.macro	load_gpr reg, n
	movq	regs_in + 8 * \n(%rip), %\reg
	.endm
	.macro	store_gpr reg, n
	movq	%\reg, regs_out + 8 * \n(%rip)
	.endm

	.globl	payload_issue
payload_issue:				/* (void *instruction) */
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, saved_rsp(%rip)
	movq	%rdi, target(%rip)
	movq	$-1, fault_vector(%rip)
	.irp	n, 0, 1, 2, 3, 4, 5
	movups	regs_in + 128 + 16 * \n(%rip), %xmm\n
	.endr
	each_gpr load_gpr
	movq	regs_in(%rip), %rax
	jmp	*target(%rip)

	.globl	insn_vmcall, insn_vmmcall, insn_page, insn_cpuid, insn_rdmsr, insn_wrmsr
insn_vmcall:
	vmcall
	jmp	payload_done
insn_vmmcall:
	vmmcall
	jmp	payload_done
insn_page:
	call	*call_page(%rip)
	jmp	payload_done
insn_cpuid:
	cpuid
	jmp	payload_done
insn_rdmsr:
	rdmsr
	jmp	payload_done
insn_wrmsr:
	wrmsr

payload_done:
	movq	%rax, regs_out(%rip)
	each_gpr store_gpr
	.irp	n, 0, 1, 2, 3, 4, 5
	movups	%xmm\n, regs_out + 128 + 16 * \n(%rip)
	.endr
	movq	saved_rsp(%rip), %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret

	/* Touches no register: what the fault left is stored as well. Vectors
	 * with an error code have RIP one word higher. */
	.balign	16
stubs:
	.set	vector, 0
	.rept	32
	.balign	16
	pushq	$vector
	jmp	took_fault
	.set	vector, vector + 1
	.endr
took_fault:
	popq	fault_vector(%rip)
	popq	fault_frame(%rip)
	popq	fault_frame + 8(%rip)
	jmp	payload_done

	.data
	.balign	16
gdt:	.quad	0, 0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdt_pointer:
	.word	31
	.quad	gdt
idt_pointer:
	.word	511
	.quad	idt

	.bss
	.balign	16
	.globl	regs_in, regs_out, fault_vector, fault_frame, call_page
regs_in:	.skip 224
regs_out:	.skip 224
fault_vector:	.skip 8
fault_frame:	.skip 16
call_page:	.skip 8
saved_rsp:	.skip 8
target:		.skip 8
idt:		.skip 512
		.skip 16384
stack_top:
	.section .note.GNU-stack, "", @progbits
