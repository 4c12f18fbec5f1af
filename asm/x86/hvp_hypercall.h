/* SPDX-License-Identifier: GPL-2.0-only */
/* Registers of a hypercall, and the trampolines that issue it. */
#ifndef HVP_X86_HYPERCALL_H
#define HVP_X86_HYPERCALL_H

#define HVP_REGS_RAX	0
#define HVP_REGS_RBX	8
#define HVP_REGS_RCX	16
#define HVP_REGS_RDX	24
#define HVP_REGS_RSI	32
#define HVP_REGS_RDI	40
#define HVP_REGS_R8	48
#define HVP_REGS_R9	56
#define HVP_REGS_R10	64

/* Where entry 17 of a Xen hypercall page begins: xen_version. */
#define HVP_XEN_PAGE_VERSION	(17 * 32)

/* In the return value: an exception was raised, its vector is in bits 7:0. */
#define HVP_RAISED		0x100
#define HVP_RAISED_VECTOR	0x0ff

#ifndef __ASSEMBLER__
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct hvp_regs {
	u64 rax;
	u64 rbx;
	u64 rcx;
	u64 rdx;
	u64 rsi;
	u64 rdi;
	u64 r8;
	u64 r9;
	u64 r10;
};

static_assert(offsetof(struct hvp_regs, rax) == HVP_REGS_RAX);
static_assert(offsetof(struct hvp_regs, rbx) == HVP_REGS_RBX);
static_assert(offsetof(struct hvp_regs, rcx) == HVP_REGS_RCX);
static_assert(offsetof(struct hvp_regs, rdx) == HVP_REGS_RDX);
static_assert(offsetof(struct hvp_regs, rsi) == HVP_REGS_RSI);
static_assert(offsetof(struct hvp_regs, rdi) == HVP_REGS_RDI);
static_assert(offsetof(struct hvp_regs, r8) == HVP_REGS_R8);
static_assert(offsetof(struct hvp_regs, r9) == HVP_REGS_R9);
static_assert(offsetof(struct hvp_regs, r10) == HVP_REGS_R10);

/**
 * hvp_vmcall() - issue VMCALL with the registers of @regs
 * @regs: registers before; as the hypervisor left them when 0 is returned,
 *        unchanged otherwise
 *
 * Any context in which the hypercall itself is allowed. The caller has made
 * sure that a fault here can be fixed up: no SEV-ES, SEV-SNP or TDX guest.
 *
 * Return: 0, or HVP_RAISED | vector of the exception that the instruction
 * raised.
 */
unsigned int hvp_vmcall(struct hvp_regs *regs);

/** hvp_vmmcall() - the same by VMMCALL */
unsigned int hvp_vmmcall(struct hvp_regs *regs);

/** hvp_port() - the same by IN from the port in DX, to EAX */
unsigned int hvp_port(struct hvp_regs *regs);

/**
 * hvp_xen_page_call() - xen_version by our own hypercall page, which sets RAX
 *
 * Only once hvp_xen_page_place() has found the page filled in.
 */
unsigned int hvp_xen_page_call(struct hvp_regs *regs);

/* All of that page; written by the hypervisor behind our back. */
extern u8 hvp_xen_page[];

/* The instructions themselves: not const, KVM may replace them. */
#define HVP_INSN_BYTES	3
extern u8 hvp_vmcall_insn[HVP_INSN_BYTES];
extern u8 hvp_vmmcall_insn[HVP_INSN_BYTES];
#endif

#endif
