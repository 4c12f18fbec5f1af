/* SPDX-License-Identifier: GPL-2.0-only */
/* Hyper-V calls: how they are established here, and issuing one. */
#ifndef HVP_DRIVER_HV_H
#define HVP_DRIVER_HV_H

#include "../asm/x86/hvp_hyperv.h"
#include "compat.h"
#include "driver.h"

/** Is hyperv_setup=1? */
extern bool hvp_hv_setup;

/**
 * hvp_hv_establish() - choose what carries Hyper-V calls
 * @driver: report decoded, other interfaces proven
 * @way: filled; not proven by this
 */
void hvp_hv_establish(const struct hvp_driver *driver, struct hvp_way *way);

/**
 * Is this an SNP or TDX guest without a paravisor, whose host reads only memory
 * that was shared with it? Then calls are fast or not made.
 */
bool hvp_hv_memory_is_private(const struct hvp_report *report);

/**
 * hvp_hv_window() - run something while Hyper-V calls are active
 * @run: called on one CPU with interrupts off while all others spin. Must not
 *       print, sleep, take locks, or need the kernel's own hypercalls
 * @data: handed to @run
 *
 * GUEST_OS_ID is set before and restored afterwards, unless somebody else has
 * set it, who keeps it then.
 *
 * Return: 0 when @run ran; -EIO when GUEST_OS_ID cannot be set, -EBUSY when it
 * could not be restored, now or earlier, or the hypercall page is somebody's.
 */
int hvp_hv_window(void (*run)(void *data), void *data);

/** Did one not restore what it set? On KVM its calls may be Hyper-V's since. */
bool hvp_hv_window_broken(void);

/* &hvp_hv_answer.raised: the kernel has no page any more. */
#define HVP_HV_GONE	0x200

/** The instruction stands in our text, with an exception-table entry. */
static inline bool hvp_hv_insn_is_ours(u8 insn)
{
	return insn == HVP_INSN_VMCALL || insn == HVP_INSN_VMMCALL;
}

/** #UD and #GP of a call by @insn are caught. */
static inline bool hvp_hv_insn_catches(u8 insn)
{
	return hvp_hv_insn_is_ours(insn) || insn == HVP_INSN_PAGE;
}

/** As the kernel calls where no paravisor is: fast calls without XMM. */
struct hvp_hv_answer hvp_hv_function(struct hvp_hvcall_regs *regs);

/**
 * hvp_hv_issue() - execute one Hyper-V call without XMM registers
 * @insn: enum hvp_insn of a way; inside a window if the way has that
 * @regs: loaded; as the call left them afterwards
 *
 * Direct calls by intent: a branch-target fault (#CP) has no fixup.
 */
static __always_inline struct hvp_hv_answer
hvp_hv_issue(u8 insn, struct hvp_hvcall_regs *regs)
{
	const void *page;

	if (likely(insn == HVP_INSN_VMMCALL))
		return hvp_hv_vmmcall(regs);
	if (insn == HVP_INSN_PAGE) {
		page = hvp_kernel_hv_page();
		if (unlikely(!page))
			return (struct hvp_hv_answer){ .raised = HVP_HV_GONE };
		return hvp_hv_page(regs, page);
	}
	if (insn == HVP_INSN_VMCALL)
		return hvp_hv_vmcall(regs);
#ifdef HVP_HV_STATIC_CALL
	return hvp_hv_kernel(regs);
#else
	return hvp_hv_function(regs);
#endif
}

/** hvp_hv_issue_xmm() - the same with XMM registers; irq_fpu_usable() holds */
static __always_inline struct hvp_hv_answer
hvp_hv_issue_xmm(u8 insn, struct hvp_hvcall_regs *regs)
{
	const void *page;

	if (insn == HVP_INSN_VMMCALL)
		return hvp_hv_vmmcall_xmm(regs);
	if (insn == HVP_INSN_VMCALL)
		return hvp_hv_vmcall_xmm(regs);
#ifdef HVP_HV_STATIC_CALL
	if (insn == HVP_INSN_KERNEL)
		return hvp_hv_kernel_xmm(regs);
#endif
	page = hvp_kernel_hv_page();
	if (unlikely(!page))
		return (struct hvp_hv_answer){ .raised = HVP_HV_GONE };
	return hvp_hv_page_xmm(regs, page);
}

/**
 * Record whether the host answers, too, where a paravisor is what answers us: a
 * CALL fact by the kernel's helper for that, in SNP and TDX guests only.
 */
void hvp_hv_learn_host(struct hvp_driver *driver);

/** Make one call without XMM registers, in a window if @way needs it. */
struct hvp_hv_answer hvp_hv_call(const struct hvp_way *way,
				 struct hvp_hvcall_regs *regs);

#endif
