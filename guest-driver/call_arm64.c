// SPDX-License-Identifier: GPL-2.0-only
/* HVP_IOC_CALL on arm64: SMCCC calls, and Xen's by their own immediate. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/arch_timer.h>
#include "../core/hypercalls.h"
#include "smccc.h"

static_assert(sizeof(struct hvp_call) == 168);
static_assert(sizeof(struct hvp_call_batch) == 40);

#define RESULTS_AT	offsetof(struct hvp_call, control)
#define XEN_NUMBER	16	/* X16 */
#define XEN_VERSION	17
#define FAST_FUNCTION	BIT(31)
#define HYPERV_FUNCTION	0x46000001U
#define HYPERV_FAST	BIT(16)

/* One call on its way. */
struct exec {
	struct hvp_call call;
	struct hvp_smccc_regs regs;
	void *page;		/* Xen's answers that are too big for registers */
	u32 page_bytes;
	u16 immediate;
	u8 insn;
	bool raised;
};

/* ----------------------------------------------------------------- policy */

static bool is_a_query(const struct hvp_call *call)
{
	u32 i;

	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++)
		if (hvp_smccc_queries[i].function == call->number &&
		    !memcmp(hvp_smccc_queries[i].args, call->args,
			    sizeof(hvp_smccc_queries[i].args)) &&
		    !call->args[4])
			return true;
	return false;
}

static int permit_smccc(const struct hvp_driver *driver,
			const struct hvp_call *call)
{
	const struct hvp_smccc_function *row =
		call->number > U32_MAX ? NULL :
					 hvp_smccc_function_find(call->number);

	/* Small numbers are commands of a stub that Linux leaves at EL2. */
	if (call->number > U32_MAX || (!(call->number & FAST_FUNCTION) && !row))
		return hvp_policy_refuse(call, -EPERM,
					 "it is no fast call of SMCCC");
	if (hvp_smccc_is_never(call->number))
		return hvp_policy_refuse(call, -EPERM,
				"it has an effect, or takes an address");
	if (row && hvp_smccc_gate(&driver->report->smccc, row->gate) !=
		   HVP_SMCCC_OPEN)
		return -ENXIO;
	/* An address of the caller's never reaches a hypervisor. */
	if (call->number == HYPERV_FUNCTION && !(call->args[0] & HYPERV_FAST))
		return hvp_policy_refuse(call, -EPERM, "it takes an address");
	if (row && (row->safety == HVP_SMCCC_HARMLESS ||
		    (call->number == HYPERV_FUNCTION && is_a_query(call))))
		return 0;
	return hvp_policy_unsafe(call);
}

static const struct hvp_abi_call *find_xen(const struct hvp_call *call)
{
	u32 i;

	for (i = 0; i < HVP_ABI_CALL_COUNT; i++)
		if (hvp_abi_calls[i].abi == HVP_ABI_XEN &&
		    hvp_abi_calls[i].number == call->number &&
		    !memcmp(hvp_abi_calls[i].args, call->args,
			    sizeof(hvp_abi_calls[i].args)) &&
		    !call->args[4])
			return &hvp_abi_calls[i];
	return NULL;
}

/* ---------------------------------------------------------------- prepare */

static int prepare_xen(struct exec *exec)
{
	const struct hvp_abi_call *row = find_xen(&exec->call);

	if (!row)
		return hvp_policy_refuse(&exec->call, -EPERM,
					 "not on the allow-list of Xen's calls");
	exec->immediate = HVP_SMCCC_XEN_IMMEDIATE;
	exec->regs.x[XEN_NUMBER] = XEN_VERSION;
	exec->regs.x[0] = row->args[0];
	if (!row->bytes)
		return 0;
	exec->page = (void *)get_zeroed_page(GFP_KERNEL_ACCOUNT);
	if (!exec->page)
		return -ENOMEM;
	exec->page_bytes = row->bytes;
	exec->regs.x[1] = (unsigned long)exec->page;
	return 0;
}

static bool well_formed(const struct hvp_call *call)
{
	return !call->flags && !call->reserved && !call->reserved2[0] &&
	       !call->reserved2[1] && !call->shape && !call->in_header &&
	       !call->in_element && !call->out_header && !call->out_element &&
	       !call->var_qwords && !call->reps && !call->input_bytes &&
	       !call->input && !call->insn &&
	       call->deadline_us <= HVP_CALL_DEADLINE_MAX;
}

static int prepare(struct hvp_driver *driver, struct exec *exec)
{
	struct hvp_call *call = &exec->call;
	const struct hvp_way *way;
	int ret;

	if (!well_formed(call))
		return -EINVAL;
	if (call->abi >= HVP_ABI_COUNT ||
	    !hvp_report_has(driver->report, call->abi))
		return -ENXIO;
	way = &driver->ways[call->abi];
	if (way->proof != HVP_PROOF_PASSED) {
		call->reason = way->reason;
		return -EOPNOTSUPP;
	}
	exec->insn = way->insn;
	if (call->abi == HVP_ABI_XEN) {
		ret = prepare_xen(exec);
	} else {
		ret = permit_smccc(driver, call);
		exec->regs.x[0] = call->number;
		memcpy(&exec->regs.x[1], call->args, sizeof(call->args));
	}
	if (!ret && call->output_capacity &&
	    call->output_capacity < exec->page_bytes)
		ret = -EINVAL;
	return ret;
}

/* ---------------------------------------------------------- issue, finish */

static void issue(struct exec *exec)
{
	u64 start;

	preempt_disable();
	start = __arch_counter_get_cntvct();
	exec->raised = hvp_smccc_make(exec->insn, exec->immediate, &exec->regs);
	exec->call.cycles = __arch_counter_get_cntvct() - start;
	preempt_enable();
	exec->call.issued = 1;
}

static int finish(struct exec *exec)
{
	struct hvp_call *call = &exec->call;
	const void *from = exec->page ?: &exec->regs;

	call->insn_used = exec->insn;
	call->outcome = exec->raised ? HVP_OUTCOME_FAULT : HVP_OUTCOME_VALUE;
	if (exec->raised)
		return 0;
	call->result = exec->regs.x[0];
	if (!call->output_capacity)
		return 0;
	/* Of the registers, as many as there is room for. */
	call->output_bytes = exec->page_bytes ?:
			     min_t(u32, sizeof(exec->regs),
				   rounddown(call->output_capacity,
					     sizeof(exec->regs.x[0])));
	if (copy_to_user(u64_to_user_ptr(call->output), from,
			 call->output_bytes)) {
		call->output_bytes = 0;
		return -EFAULT;
	}
	return 0;
}

static int run_one(struct hvp_driver *driver, struct exec *exec,
		   struct hvp_call __user *user)
{
	struct hvp_call *call = &exec->call;

	memset(exec, 0, sizeof(*exec));
	if (copy_from_user(call, user, sizeof(*call)))
		return -EFAULT;
	memset((u8 *)call + RESULTS_AT, 0,
	       offsetof(struct hvp_call, reserved2) - RESULTS_AT);
	call->outcome = HVP_OUTCOME_SKIPPED;
	call->error = prepare(driver, exec);
	if (!call->error) {
		issue(exec);
		call->error = finish(exec);
	}
	free_page((unsigned long)exec->page);
	return copy_to_user(user, call, sizeof(*call)) ? -EFAULT : 0;
}

int hvp_call_batch_run(struct hvp_driver *driver, void __user *user)
{
	struct hvp_call __user *calls;
	struct hvp_call_batch batch;
	struct exec *exec;
	int ret;

	ret = hvp_chardev_copy(&batch, sizeof(batch), user);
	if (ret)
		return ret;
	if (batch.flags || batch.reserved[0] || batch.reserved[1] ||
	    !batch.count)
		return -EINVAL;
	if (batch.count > HVP_CALL_BATCH_MAX)
		return -E2BIG;
	calls = u64_to_user_ptr(batch.calls);
	exec = kzalloc(sizeof(*exec), GFP_KERNEL_ACCOUNT);
	if (!exec)
		return -ENOMEM;

	hvp_guard_keep();
	for (batch.done = 0; batch.done < batch.count; batch.done++) {
		ret = run_one(driver, exec, calls + batch.done);
		if (ret || signal_pending(current))
			break;
		cond_resched();
	}
	kfree(exec);
	return copy_to_user(user, &batch, sizeof(batch)) ? -EFAULT : ret;
}
