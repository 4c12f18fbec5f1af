// SPDX-License-Identifier: GPL-2.0-only
/* Prepared calls, issued in their order. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timekeeping.h>
#include "call.h"
#include "hv.h"

/* For how long one window holds the machine. */
#define WINDOW_NS	(20 * NSEC_PER_MSEC)

struct window_run {
	struct hvp_exec *execs;
	u32 count;
};

static bool is_pending(const struct hvp_exec *exec)
{
	return !exec->call.error && exec->action == HVP_HVCALL_AGAIN;
}

static bool may_repeat(const struct hvp_exec *exec)
{
	return exec->raised && !exec->repeated && !exec->call.insn;
}

static bool is_held(const struct hvp_driver *driver,
		    const struct hvp_exec *exec)
{
	return exec->call.abi == HVP_ABI_HYPERV &&
	       driver->ways[HVP_ABI_HYPERV].window;
}

static void start_clock(struct hvp_exec *exec)
{
	u64 us = exec->call.deadline_us ? exec->call.deadline_us :
					  HVP_CALL_DEADLINE_US;

	exec->deadline_ns = ktime_get_mono_fast_ns() + us * NSEC_PER_USEC;
}

/* One instruction and what follows from it. */
static void step(struct hvp_exec *exec)
{
	if (!exec->call.issued)
		start_clock(exec);
	if (exec->call.abi != HVP_ABI_HYPERV) {
		hvp_call_abi_issue(exec);
		exec->action = HVP_HVCALL_DONE;
		return;
	}
	if (exec->state.calls)
		hvp_hvcall_repack(&exec->layout, &exec->state, exec->in,
				  &exec->hv);
	hvp_call_hv_issue(exec);
	if (exec->raised == HVP_HV_GONE) {
		exec->raised = 0;
		exec->call.reason = HVP_REASON_NOT_TRIED;
		exec->call.error = -EOPNOTSUPP;
		return;
	}
	exec->call.issued++;
	if (exec->raised)
		exec->action = HVP_HVCALL_FAILED;
	else
		exec->action = hvp_hvcall_next(&exec->layout, exec->result,
					       &exec->state);
}

/* With the machine held: nothing that sleeps, prints or locks. */
static void run_held(void *data)
{
	struct window_run *run = data;
	u64 end = ktime_get_mono_fast_ns() + WINDOW_NS;
	u32 i;

	for (i = 0; i < run->count; i++) {
		while (is_pending(&run->execs[i])) {
			step(&run->execs[i]);
			if (ktime_get_mono_fast_ns() > end)
				return;
		}
		/* Another instruction is looked for first, and outside. */
		if (may_repeat(&run->execs[i]))
			return;
	}
}

/* Hyper-V calls from the first on, as far as nothing else comes between. */
static void run_window(const struct hvp_driver *driver, struct hvp_exec *execs,
		       u32 count)
{
	struct window_run run = { .execs = execs };
	u32 i;

	while (run.count < count && (!is_pending(&execs[run.count]) ||
				     is_held(driver, &execs[run.count])))
		run.count++;
	if (!hvp_hv_window(run_held, &run))
		return;
	for (i = 0; i < run.count; i++)
		if (is_pending(&execs[i])) {
			execs[i].call.error = -EOPNOTSUPP;
			execs[i].call.reason = HVP_REASON_HYPERV_ACTIVE;
		}
}

/* Between instructions: has the call had its time? */
static void check_limits(struct hvp_exec *exec)
{
	if (!is_pending(exec))
		return;
	if (fatal_signal_pending(current))
		exec->call.error = -EINTR;
	else if (exec->call.issued &&
		 ktime_get_mono_fast_ns() > exec->deadline_ns)
		exec->call.error = -ETIME;
}

/* The first raised an exception; the others have not been begun. */
static void repeat(struct hvp_driver *driver, struct hvp_exec *execs, u32 count)
{
	u32 abi = execs->call.abi, i;

	execs->repeated = true;
	if (!hvp_insn_reprove(driver, abi, execs->insn))
		return;
	execs->raised = 0;
	execs->action = HVP_HVCALL_AGAIN;
	for (i = 0; i < count; i++)
		if (execs[i].call.abi == abi && is_pending(&execs[i]))
			hvp_call_choose_insn(driver, &execs[i]);
}

void hvp_call_run(struct hvp_driver *driver, struct hvp_exec *execs, u32 count)
{
	while (count) {
		check_limits(execs);
		if (is_pending(execs)) {
			if (is_held(driver, execs))
				run_window(driver, execs, count);
			else
				step(execs);
		} else if (may_repeat(execs)) {
			repeat(driver, execs, count);
		} else {
			execs++;
			count--;
			continue;
		}
		cond_resched();
	}
}
