// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts the instructions of one function of the kernel by single-stepping it:
 * from its first to its return, hypercall instructions and what an interrupt runs
 * excepted. Each run gives the same number unless the path differs.
 *
 * address=ADDR of the function; "shortest", "longest", "runs" and "calls" (hypercall
 * instructions of the last run) are read in /sys/module/count_insns/parameters;
 * writing 0 to "runs" begins anew.
 */
#include <linux/hw_breakpoint.h>
#include <linux/kdebug.h>
#include <linux/module.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <asm/debugreg.h>
#include <asm/processor-flags.h>

static ulong address;
module_param(address, ulong, 0444);
static uint shortest, longest, runs, calls;
module_param(shortest, uint, 0444);
module_param(longest, uint, 0444);
module_param(runs, uint, 0644);
module_param(calls, uint, 0444);

static struct perf_event * __percpu *breakpoint;
static struct task_struct *stepped;
static unsigned long entry_sp, after_call;
static uint count, count_calls;

static bool is_hypercall(unsigned long ip)
{
	u8 code[3];

	return !copy_from_kernel_nofault(code, (void *)ip, sizeof(code)) &&
	       code[0] == 0x0f && code[1] == 0x01 &&
	       (code[2] == 0xc1 || code[2] == 0xd9);
}

static void look_ahead(struct pt_regs *regs)
{
	after_call = 0;
	if (is_hypercall(regs->ip)) {
		after_call = regs->ip + 3;
		count_calls++;
	}
}

static void entered(struct perf_event *event, struct perf_sample_data *data,
		    struct pt_regs *regs)
{
	if (stepped)
		return;
	count = 0;
	count_calls = 0;
	entry_sp = regs->sp;
	look_ahead(regs);
	stepped = current;
	regs->flags |= X86_EFLAGS_TF;
}

static void finished(struct pt_regs *regs)
{
	regs->flags &= ~X86_EFLAGS_TF;
	shortest = runs ? min(shortest, count) : count;
	longest = runs ? max(longest, count) : count;
	calls = count_calls;
	runs++;
	stepped = NULL;
}

static int step(struct notifier_block *block, unsigned long event, void *data)
{
	struct die_args *args = data;
	unsigned long *dr6;

	if (event != DIE_DEBUG || stepped != current)
		return NOTIFY_DONE;
	dr6 = (unsigned long *)args->err;
	if (!(*dr6 & DR_STEP))
		return NOTIFY_DONE;
	*dr6 &= ~DR_STEP;
	/* The step over the hypercall is not ours; some hypervisors skip it. */
	if (args->regs->ip != after_call)
		count++;
	look_ahead(args->regs);
	/* The return address is gone: we are in the caller. */
	if (args->regs->sp > entry_sp)
		finished(args->regs);
	return NOTIFY_STOP;
}

static struct notifier_block stepper = { .notifier_call = step };

static int __init count_insns_init(void)
{
	struct perf_event_attr attr;
	int ret;

	hw_breakpoint_init(&attr);
	attr.bp_addr = address;
	attr.bp_len = sizeof(long);
	attr.bp_type = HW_BREAKPOINT_X;
	ret = register_die_notifier(&stepper);
	if (ret)
		return ret;
	breakpoint = register_wide_hw_breakpoint(&attr, entered, NULL);
	if (IS_ERR((void __force *)breakpoint)) {
		unregister_die_notifier(&stepper);
		return PTR_ERR((void __force *)breakpoint);
	}
	return 0;
}

static void __exit count_insns_exit(void)
{
	unregister_wide_hw_breakpoint(breakpoint);
	unregister_die_notifier(&stepper);
}

module_init(count_insns_init);
module_exit(count_insns_exit);
MODULE_DESCRIPTION("Counts the instructions of a function");
MODULE_LICENSE("GPL");
