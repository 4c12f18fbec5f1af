// SPDX-License-Identifier: GPL-2.0-only
/* The gate of all calls that are on no allow-list. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include "compat.h"
#include "driver.h"

static bool unsafe_calls;
module_param(unsafe_calls, bool, 0444);
MODULE_PARM_DESC(unsafe_calls, "let CAP_SYS_RAWIO make calls that are not known to be harmless; they can end this guest");

int hvp_policy_refuse(const struct hvp_call *call, int error, const char *why)
{
	pr_notice_ratelimited("%s call %#llx of %s[%d] refused: %s\n",
			      hvp_abi_name(call->abi), call->number,
			      current->comm, task_pid_nr(current), why);
	return error;
}

int hvp_policy_unsafe(const struct hvp_call *call)
{
	if (!unsafe_calls)
		return hvp_policy_refuse(call, -EPERM,
			      "not on the allow-list, and unsafe_calls=0");
	if (!capable(CAP_SYS_RAWIO))
		return hvp_policy_refuse(call, -EACCES, "no CAP_SYS_RAWIO");
	if (hvp_kernel_locked_down())
		return hvp_policy_refuse(call, -EKEYREJECTED,
					 "the kernel is locked down");
	return 0;
}
