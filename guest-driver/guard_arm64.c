// SPDX-License-Identifier: GPL-2.0-only
/*
 * An HVC or SMC that is undefined here continues at its landing. The second
 * line of defence: the first is not to issue the wrong one, and there is none
 * against what a wrong one does when it is defined.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kprobes.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include "compat.h"
#include "smccc.h"

static DEFINE_MUTEX(lock);
static u32 entered;
static bool armed;
static bool kept;

#ifdef CONFIG_KPROBES
static const struct {
	const char *insn;
	const char *landing;
} calls[] = {
	{ hvp_smccc_hvc_insn, hvp_smccc_hvc_undef },
	{ hvp_smccc_smc_insn, hvp_smccc_smc_undef },
	{ hvp_smccc_hvc1_insn, hvp_smccc_hvc1_undef },
	{ hvp_smccc_xen_insn, hvp_smccc_xen_undef },
};

/* A hypervisor that injects the exception may have stepped over the call. */
static bool land(struct pt_regs *regs)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		unsigned long insn = (unsigned long)calls[i].insn;

		if (regs->pc != insn && regs->pc != insn + AARCH64_INSN_SIZE)
			continue;
		regs->pc = (unsigned long)calls[i].landing;
		return true;
	}
	return false;
}

#ifdef HVP_KERNEL_UNDEF_HOOK
/* Every undefined instruction of the machine passes: mask 0. */
static int on_undef(struct pt_regs *regs, u32 insn)
{
	return !user_mode(regs) && land(regs) ? 0 : 1;
}

static struct undef_hook hook = { .fn = on_undef };
static void (*add_hook)(struct undef_hook *hook);
static void (*remove_hook)(struct undef_hook *hook);

/* Neither is exported; a kprobe that is never hit tells where they are. */
static void *address_of(const char *name)
{
	struct kprobe probe = { .symbol_name = name };
	void *address;

	if (register_kprobe(&probe))
		return NULL;
	address = probe.addr;
	unregister_kprobe(&probe);
	return address;
}

static bool arm_guard(void)
{
	if (!add_hook) {
		remove_hook = address_of("unregister_undef_hook");
		add_hook = remove_hook ? address_of("register_undef_hook") :
					 NULL;
	}
	if (add_hook)
		add_hook(&hook);
	return add_hook;
}

static void disarm_guard(void)
{
	remove_hook(&hook);
}
#else
/* Its first argument is the registers of the undefined instruction. */
static int before_undef(struct kprobe *probe, struct pt_regs *regs)
{
	if (!land((struct pt_regs *)regs->regs[0]))
		return 0;
	/* Return to its caller as if it had run. */
	regs->pc = regs->regs[30];
	return 1;
}

static struct kprobe probe;

static bool arm_guard(void)
{
	/* register_kprobe() leaves its own marks in it. */
	probe = (struct kprobe){
		.symbol_name = "do_el1_undef",
		.pre_handler = before_undef,
	};
	return !register_kprobe(&probe);
}

static void disarm_guard(void)
{
	unregister_kprobe(&probe);
}
#endif
#else
static bool arm_guard(void)
{
	return false;
}

static void disarm_guard(void)
{
}
#endif

bool hvp_guard_enter(void)
{
	bool ok;

	mutex_lock(&lock);
	if (!entered++)
		armed = arm_guard();
	ok = armed;
	mutex_unlock(&lock);
	if (!ok)
		pr_notice_once("this kernel has nothing to catch undefined calls with\n");
	return ok;
}

void hvp_guard_leave(void)
{
	mutex_lock(&lock);
	if (!--entered && armed)
		disarm_guard();
	mutex_unlock(&lock);
}

/* Going in and out takes milliseconds: who calls again finds it armed. */
void hvp_guard_keep(void)
{
	if (READ_ONCE(kept))
		return;
	mutex_lock(&lock);
	if (!kept) {
		armed = entered++ ? armed : arm_guard();
		WRITE_ONCE(kept, true);
	}
	mutex_unlock(&lock);
}

/* Undefined calls are caught around calls, so that there is nothing to arm. */
int hvp_calls_arm(void)
{
	return 0;
}

void hvp_calls_disarm(void)
{
	if (kept)
		hvp_guard_leave();
}

unsigned int hvp_smccc_make(u8 insn, u16 immediate,
			    struct hvp_smccc_regs *regs)
{
	if (immediate == HVP_SMCCC_XEN_IMMEDIATE)
		return hvp_smccc_xen(regs);
	if (immediate)
		return hvp_smccc_hvc1(regs);
	return insn == HVP_INSN_HVC ? hvp_smccc_hvc(regs) :
				      hvp_smccc_smc(regs);
}
