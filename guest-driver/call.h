/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The call engine. A call is prepared (everything that can be refused, copied
 * and computed), issued (nothing but that, so that it may run with the machine
 * held) and finished (result decoded, output copied out).
 */
#ifndef HVP_DRIVER_CALL_H
#define HVP_DRIVER_CALL_H

#include "../asm/x86/hvp_hypercall.h"
#include "../core/hvcall_regs.h"
#include "../core/hypercalls.h"
#include "driver.h"

/**
 * struct hvp_exec - one call on its way
 * @call: the caller's, results filled in
 * @raised: HVP_RAISED | vector, or 0, of the last instruction
 * @action: enum hvp_hvcall_action, Hyper-V
 * @insn: enum hvp_insn to use
 * @repeated: was repeated with another instruction, or will not be
 * @deadline_ns: on the clock of ktime_get_mono_fast_ns()
 * @result: RAX
 * @cycles: of all instructions
 * @layout: Hyper-V
 * @state: Hyper-V
 * @hv: Hyper-V registers
 * @regs: registers of other interfaces
 * @row: harmless call that this is, other interfaces
 * @request: Hyper-V
 * @in: page with the input, kept for all calls of a batch
 * @out: page for output
 */
struct hvp_exec {
	struct hvp_call call;
	unsigned int raised;
	u8 action;
	u8 insn;
	bool repeated;
	u64 deadline_ns;
	u64 result;
	u64 cycles;
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_state state;
	struct hvp_hvcall_regs hv;
	struct hvp_regs regs;
	const struct hvp_abi_call *row;
	struct hvp_hvcall_request request;
	void *in;
	void *out;
};

/**
 * The proven instruction, or the caller's, where any may be executed at all.
 * Return: 0, -EOPNOTSUPP with a reason, -EINVAL.
 */
int hvp_call_choose_insn(struct hvp_driver *driver, struct hvp_exec *exec);

/**
 * Issue @count prepared calls in their order: one is over before the next
 * begins. Those that need the machine held and follow each other share a
 * window (call_run.c).
 */
void hvp_call_run(struct hvp_driver *driver, struct hvp_exec *execs, u32 count);

/* Pages are allocated when the first call needs them; 0 or -ENOMEM. */
int hvp_exec_need_in(struct hvp_exec *exec);
int hvp_exec_need_out(struct hvp_exec *exec);

/* --------------------------------------------- Hyper-V (call_hv.c) */

/** 0, or -errno as documented for &hvp_call.error. */
int hvp_call_hv_prepare(struct hvp_driver *driver, struct hvp_exec *exec);

/**
 * Issue the instruction once and decide what is next in exec->action, or stop
 * with exec->raised set. Any context that permits the call; with XMM
 * irq_fpu_usable().
 */
void hvp_call_hv_issue(struct hvp_exec *exec);

/** Copy results out. As prepare. */
int hvp_call_hv_finish(struct hvp_exec *exec);

/* ------------------------------- KVM, Xen, VMware (call_abi.c) */

int hvp_call_abi_prepare(struct hvp_driver *driver, struct hvp_exec *exec);
void hvp_call_abi_issue(struct hvp_exec *exec);
int hvp_call_abi_finish(struct hvp_exec *exec);

/* ----------------------------------------------- policy.c */

/**
 * May a Hyper-V call be made? The input is at exec->in.
 * @exec: request complete, insn chosen
 *
 * Return: 0, -EPERM, -EACCES or -EKEYREJECTED, with the reason logged.
 */
int hvp_policy_hv(const struct hvp_exec *exec);

/** The same for other interfaces; sets exec->row if it is a harmless one. */
int hvp_policy_abi(struct hvp_exec *exec);

#endif
