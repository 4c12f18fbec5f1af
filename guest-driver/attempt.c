// SPDX-License-Identifier: GPL-2.0-only
/* Hypercalls that are made to learn something, each of them recorded. */
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include "../asm/x86/hvp_hypercall.h"
#include "attempt.h"
#include "compat.h"
#include "kernel_call.h"

/* ------------------------------------------------------------- recording */

struct hvp_fact hvp_attempt_new(u32 abi, u32 insn, u32 purpose)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_CALL,
		.source = HVP_SOURCE_DRIVER,
		.cpu = HVP_CPU_ANY,
	};

	fact.call.abi = abi;
	fact.call.insn = insn;
	fact.call.purpose = purpose;
	return fact;
}

const struct hvp_fact *hvp_attempt_record(struct hvp_driver *driver,
					  const struct hvp_fact *fact,
					  const void *data)
{
	const struct hvp_fact *added = driver->facts.items + driver->facts.count;

	if (WARN_ON_ONCE(hvp_facts_add(&driver->facts, fact, data)))
		return NULL;
	driver->call_count++;
	return added;
}

void hvp_attempt_skip(struct hvp_driver *driver, u32 abi, u32 purpose, u32 reason)
{
	struct hvp_fact fact = hvp_attempt_new(abi, HVP_INSN_NONE, purpose);

	fact.outcome = HVP_OUTCOME_SKIPPED;
	fact.reason = reason;
	hvp_attempt_record(driver, &fact, NULL);
}

/* ------------------------------------------------------------- execution */

static void set_args(struct hvp_regs *regs, const struct hvp_fact *fact)
{
	const __u64 *args = fact->call.args;

	if (fact->call.abi == HVP_ABI_XEN) {
		regs->rdi = args[0];
		regs->rsi = args[1];
		regs->rdx = args[2];
	} else {
		regs->rbx = args[0];
		regs->rcx = args[1];
		regs->rdx = args[2];
	}
}

u8 hvp_attempt_ran(u8 insn)
{
	static const u8 vmcall[HVP_INSN_BYTES] = { 0x0f, 0x01, 0xc1 };
	static const u8 vmmcall[HVP_INSN_BYTES] = { 0x0f, 0x01, 0xd9 };

	if (insn == HVP_INSN_VMCALL &&
	    !memcmp(hvp_vmcall_insn, vmmcall, HVP_INSN_BYTES))
		return HVP_INSN_VMMCALL;
	if (insn == HVP_INSN_VMMCALL &&
	    !memcmp(hvp_vmmcall_insn, vmcall, HVP_INSN_BYTES))
		return HVP_INSN_VMCALL;
	return insn;
}

static const struct hvp_fact *execute_insn(struct hvp_driver *driver,
					   struct hvp_fact *fact)
{
	struct hvp_regs regs = { .rax = fact->call.number };
	unsigned int raised;

	set_args(&regs, fact);
	/* For the CPU that gets recorded; interrupts stay on. */
	preempt_disable();
	fact->cpu = smp_processor_id();
	raised = hvp_abi_issue(fact->call.insn, &regs);
	preempt_enable();

	fact->call.insn = hvp_attempt_ran(fact->call.insn);
	if (raised) {
		fact->outcome = HVP_OUTCOME_FAULT;
		fact->vector = raised & HVP_RAISED_VECTOR;
		return hvp_attempt_record(driver, fact, NULL);
	}
	fact->call.result = regs.rax;
	fact->data_bytes = offsetof(struct hvp_regs, r10);
	return hvp_attempt_record(driver, fact, &regs);
}

/* The kernel's own path shows no register but the result. */
static const struct hvp_fact *execute_kernel(struct hvp_driver *driver,
					     struct hvp_fact *fact)
{
	const u64 args[] = { fact->call.args[0], fact->call.args[1],
			     fact->call.args[2], 0 };

	fact->call.result = hvp_kernel_call(fact->call.abi, fact->call.number,
					    args, NULL);
	fact->data_bytes = sizeof(fact->call.result);
	return hvp_attempt_record(driver, fact, &fact->call.result);
}

/* RAX is all that tells; RDX and R8 are parameters as they were. */
static const struct hvp_fact *execute_hyperv(struct hvp_driver *driver,
					     struct hvp_fact *fact,
					     const struct hvp_way *way)
{
	struct hvp_hvcall_regs regs = {
		.rcx = fact->call.number,
		.rdx = fact->call.args[0],
		.r8 = fact->call.args[1],
	};
	struct hvp_hv_answer answer = hvp_hv_call(way, &regs);

	if (answer.raised == HVP_HV_GONE) {
		fact->outcome = HVP_OUTCOME_SKIPPED;
		fact->reason = HVP_REASON_NOT_TRIED;
		return hvp_attempt_record(driver, fact, NULL);
	}
	if (answer.raised) {
		fact->outcome = HVP_OUTCOME_FAULT;
		fact->vector = answer.raised & HVP_RAISED_VECTOR;
		return hvp_attempt_record(driver, fact, NULL);
	}
	fact->call.result = answer.result;
	fact->data_bytes = sizeof(fact->call.result);
	return hvp_attempt_record(driver, fact, &fact->call.result);
}

const struct hvp_fact *hvp_attempt_make(struct hvp_driver *driver,
					struct hvp_fact *call,
					const struct hvp_way *way)
{
	if (call->call.abi == HVP_ABI_HYPERV)
		return execute_hyperv(driver, call, way);
	if (way->insn == HVP_INSN_KERNEL)
		return execute_kernel(driver, call);
	return execute_insn(driver, call);
}
