// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exceptions inside the kernel's hypercall page. The page is nobody's text, so
 * the exception tables do not know it; but #UD and #GP ask the die notifiers
 * before they are fatal.
 */
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <asm/trapnr.h>
#include "hv.h"

static bool in_page(const struct pt_regs *regs, const void *page)
{
	return page && regs->ip - (unsigned long)page < PAGE_SIZE;
}

/* Our call, and not one of the kernel's: it returns to us. */
static bool is_ours(const struct pt_regs *regs)
{
	const u8 *back = *(const u8 *const *)regs->sp;

	return (back > hvp_hv_page_call && back <= hvp_hv_page_back) ||
	       (back > hvp_hv_page_xmm_call && back <= hvp_hv_page_xmm_back);
}

static int catch_trap(struct notifier_block *self, unsigned long event,
		      void *data)
{
	const struct die_args *args = data;
	struct pt_regs *regs = args->regs;

	if ((args->trapnr != X86_TRAP_UD && args->trapnr != X86_TRAP_GP) ||
	    (event != DIE_TRAP && event != DIE_GPF) || user_mode(regs) ||
	    !in_page(regs, hvp_kernel_hv_page()) || !is_ours(regs))
		return NOTIFY_DONE;
	regs->ip = *(const unsigned long *)regs->sp;
	regs->sp += sizeof(regs->sp);
	regs->di = HVP_RAISED | args->trapnr;
	return NOTIFY_STOP;
}

static struct notifier_block trap_notifier = {
	.notifier_call = catch_trap,
	/* Before those that only want to tell about a crash. */
	.priority = INT_MAX - 1,
};

int hvp_calls_arm(void)
{
	return register_die_notifier(&trap_notifier);
}

void hvp_calls_disarm(void)
{
	unregister_die_notifier(&trap_notifier);
}
