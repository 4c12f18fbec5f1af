// SPDX-License-Identifier: GPL-2.0-only
/* HVP_IOC_CALL: batches of hypercalls. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "attempt.h"
#include "call.h"

static_assert(sizeof(struct hvp_call) == 168);
static_assert(sizeof(struct hvp_call_batch) == 40);

/* All that follows is written by this module, or has to be zero. */
#define RESULTS_AT	offsetof(struct hvp_call, control)

/* Calls that are prepared together, so that one window can hold them all. */
#define WINDOW_CALLS	64

/* ----------------------------------------------------------------- pages */

static int need_page(void **page)
{
	if (!*page)
		*page = (void *)get_zeroed_page(GFP_KERNEL_ACCOUNT);
	return *page ? 0 : -ENOMEM;
}

int hvp_exec_need_in(struct hvp_exec *exec)
{
	return need_page(&exec->in);
}

int hvp_exec_need_out(struct hvp_exec *exec)
{
	return need_page(&exec->out);
}

static void free_execs(struct hvp_exec *execs, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		free_page((unsigned long)execs[i].in);
		free_page((unsigned long)execs[i].out);
	}
	kvfree(execs);
}

/* --------------------------------------------------------------- prepare */

static void clear_results(struct hvp_call *call)
{
	memset((u8 *)call + RESULTS_AT, 0, sizeof(*call) - RESULTS_AT);
	call->outcome = HVP_OUTCOME_SKIPPED;
}

static bool well_formed(const struct hvp_call *call)
{
	return !(call->flags & ~HVP_CALL_FLAGS_ALL) && !call->reserved &&
	       !call->reserved2[0] && !call->reserved2[1] &&
	       call->deadline_us <= HVP_CALL_DEADLINE_MAX &&
	       call->insn <= HVP_INSN_PORT;
}

int hvp_call_choose_insn(struct hvp_driver *driver, struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	struct hvp_way way;

	down_read(&driver->lock);
	way = driver->ways[call->abi];
	up_read(&driver->lock);
	if (call->abi == HVP_ABI_KVM && hvp_hv_window_broken()) {
		call->reason = HVP_REASON_HYPERV_ACTIVE;
		return -EOPNOTSUPP;
	}
	if (way.insn == HVP_INSN_NONE || way.proof != HVP_PROOF_PASSED) {
		call->reason = way.reason ? way.reason : HVP_REASON_NOT_PROVEN;
		return -EOPNOTSUPP;
	}
	exec->insn = way.insn;
	if (!call->insn || call->insn == way.insn)
		return 0;
	if (!hvp_hv_insn_is_ours(call->insn))
		return -EINVAL;
	/* A wrong one could end this guest, unsafe_calls or not. */
	if (hvp_attempt_is_confidential(driver)) {
		call->reason = HVP_REASON_CONFIDENTIAL;
		return -EOPNOTSUPP;
	}
	exec->insn = call->insn;
	return 0;
}

static int prepare(struct hvp_driver *driver, struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	int ret;

	if (call->abi >= HVP_ABI_COUNT ||
	    !hvp_report_abi(driver->report, call->abi))
		return -ENXIO;
	ret = hvp_call_choose_insn(driver, exec);
	if (ret)
		return ret;
	return call->abi == HVP_ABI_HYPERV ? hvp_call_hv_prepare(driver, exec) :
					     hvp_call_abi_prepare(driver, exec);
}

/* ---------------------------------------------------------------- finish */

static int finish(struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;

	if (!call->issued)
		return call->error;
	call->insn_used = exec->insn;
	call->cycles = exec->cycles;
	call->outcome = exec->raised ? HVP_OUTCOME_FAULT : HVP_OUTCOME_VALUE;
	call->vector = exec->raised & HVP_RAISED_VECTOR;
	if (!exec->raised)
		call->result = exec->result;
	return call->abi == HVP_ABI_HYPERV ? hvp_call_hv_finish(exec) :
					     hvp_call_abi_finish(exec);
}

static void begin(struct hvp_exec *exec)
{
	clear_results(&exec->call);
	exec->raised = 0;
	exec->action = HVP_HVCALL_AGAIN;
	exec->repeated = false;
	exec->result = 0;
	exec->cycles = 0;
	exec->row = NULL;
}

/*
 * Makes up to @count calls and adds those that were given back to @done. -EFAULT
 * when one cannot be read, those before it are made, or cannot be written.
 */
static int run_some(struct hvp_driver *driver, struct hvp_exec *execs,
		    struct hvp_call __user *calls, u32 count, u32 *done)
{
	int ret = 0, error;
	u32 i, ready;

	for (ready = 0; ready < count; ready++) {
		struct hvp_exec *exec = &execs[ready];

		if (copy_from_user(&exec->call, &calls[ready],
				   sizeof(exec->call))) {
			ret = -EFAULT;
			break;
		}
		error = well_formed(&exec->call) ? 0 : -EINVAL;
		begin(exec);
		exec->call.error = error ? error : prepare(driver, exec);
	}
	hvp_call_run(driver, execs, ready);
	for (i = 0; i < ready; i++) {
		error = finish(&execs[i]);
		if (!execs[i].call.error)
			execs[i].call.error = error;
		if (copy_to_user(&calls[i], &execs[i].call,
				 sizeof(execs[i].call)))
			return -EFAULT;
		++*done;
	}
	return ret;
}

int hvp_call_batch_run(struct hvp_driver *driver, void __user *user)
{
	struct hvp_call __user *calls;
	struct hvp_call_batch batch;
	struct hvp_exec *execs;
	u32 room, done = 0;
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

	room = driver->ways[HVP_ABI_HYPERV].window ?
	       min_t(u32, batch.count, WINDOW_CALLS) : 1;
	execs = kvcalloc(room, sizeof(*execs), GFP_KERNEL_ACCOUNT);
	if (!execs)
		return -ENOMEM;
	while (done < batch.count && !ret) {
		u32 count = min(room, batch.count - done);

		ret = run_some(driver, execs, calls + done, count, &done);
		if (signal_pending(current))
			break;
		cond_resched();
	}
	free_execs(execs, room);

	batch.done = done;
	if (copy_to_user(user, &batch, sizeof(batch)))
		return -EFAULT;
	return ret;
}
