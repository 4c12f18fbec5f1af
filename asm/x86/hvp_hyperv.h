/* SPDX-License-Identifier: GPL-2.0-only */
/* Hyper-V calls: registers of core/hvcall_regs.h, and the trampolines. */
#ifndef HVP_X86_HYPERV_H
#define HVP_X86_HYPERV_H

#include "hvp_hypercall.h"

#define HVP_HVREGS_RCX	0
#define HVP_HVREGS_RDX	8
#define HVP_HVREGS_R8	16
#define HVP_HVREGS_XMM0	24
#define HVP_HVREGS_XMM1	40
#define HVP_HVREGS_XMM2	56
#define HVP_HVREGS_XMM3	72
#define HVP_HVREGS_XMM4	88
#define HVP_HVREGS_XMM5	104

/* What stands in RAX before a call; HVP_HVCALL_RAX_PRESET for assembly. */
#define HVP_HVREGS_RAX_PRESET	0x8000dead

#ifndef __ASSEMBLER__
#include "../../core/hvcall_regs.h"

static_assert(offsetof(struct hvp_hvcall_regs, rcx) == HVP_HVREGS_RCX);
static_assert(offsetof(struct hvp_hvcall_regs, rdx) == HVP_HVREGS_RDX);
static_assert(offsetof(struct hvp_hvcall_regs, r8) == HVP_HVREGS_R8);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[0]) == HVP_HVREGS_XMM0);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[1]) == HVP_HVREGS_XMM1);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[2]) == HVP_HVREGS_XMM2);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[3]) == HVP_HVREGS_XMM3);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[4]) == HVP_HVREGS_XMM4);
static_assert(offsetof(struct hvp_hvcall_regs, xmm[5]) == HVP_HVREGS_XMM5);
static_assert(HVP_HVREGS_RAX_PRESET == HVP_HVCALL_RAX_PRESET);

/**
 * struct hvp_hv_answer - returned in RAX and RDX
 * @result: RAX as the call left it
 * @raised: 0, or HVP_RAISED | vector of the exception that the instruction
 *          raised; @result is 0 then
 */
struct hvp_hv_answer {
	u64 result;
	u64 raised;
};

/**
 * hvp_hv_vmcall() - Hyper-V call by VMCALL
 * @regs: RCX, RDX and R8 before; as the hypervisor left them afterwards,
 *        unchanged when an exception was raised
 *
 * Hyper-V calls are active (GUEST_OS_ID is set, or Xen has viridian), and a
 * fault can be fixed up: no SEV-ES, SEV-SNP or TDX guest. Any context.
 */
struct hvp_hv_answer hvp_hv_vmcall(struct hvp_hvcall_regs *regs);

/** hvp_hv_vmmcall() - the same by VMMCALL */
struct hvp_hv_answer hvp_hv_vmmcall(struct hvp_hvcall_regs *regs);

/**
 * hvp_hv_page() - the same through the kernel's hypercall page
 * @page: hv_hypercall_pg, not NULL
 *
 * The instruction is the page's, so no exception-table entry covers it; #UD and
 * #GP are caught while hvp_calls_arm() is in effect, and no other exception.
 */
struct hvp_hv_answer hvp_hv_page(struct hvp_hvcall_regs *regs,
				 const void *page);

/*
 * hvp_hv_*_xmm() - the same with XMM0 to XMM5 loaded and stored
 *
 * Between kernel_fpu_begin() and kernel_fpu_end(). The six registers are zero
 * afterwards; their upper halves are not looked after.
 */
struct hvp_hv_answer hvp_hv_vmcall_xmm(struct hvp_hvcall_regs *regs);
struct hvp_hv_answer hvp_hv_vmmcall_xmm(struct hvp_hvcall_regs *regs);
struct hvp_hv_answer hvp_hv_page_xmm(struct hvp_hvcall_regs *regs,
				     const void *page);

/* Where those two call the page, up to where they continue at the latest. */
extern u8 hvp_hv_page_call[], hvp_hv_page_back[];
extern u8 hvp_hv_page_xmm_call[], hvp_hv_page_xmm_back[];

/*
 * hvp_hv_kernel() - the same by the call path of kernels without a page symbol
 *
 * A C function of the kernel: registers other than RAX and XMM do not come
 * back, so RDX and R8 carry no output. Nothing is caught: only calls that the
 * hypervisor answers with a status, just as the kernel makes no other.
 */
struct hvp_hv_answer hvp_hv_kernel(struct hvp_hvcall_regs *regs);
struct hvp_hv_answer hvp_hv_kernel_xmm(struct hvp_hvcall_regs *regs);
#endif

#endif
