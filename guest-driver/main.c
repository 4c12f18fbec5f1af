// SPDX-License-Identifier: GPL-2.0-only
/* Loading and unloading. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "driver.h"

static bool scan_all;
module_param(scan_all, bool, 0444);
MODULE_PARM_DESC(scan_all, "read all 256 interface bases, not the usual 17");

static bool force_trial;
module_param(force_trial, bool, 0444);
MODULE_PARM_DESC(force_trial, "for tests: try instructions that may be undefined, where that is safe");

static struct hvp_driver driver = {
	.misc = {
		.minor = MISC_DYNAMIC_MINOR,
		.name = "hvprobe",
		.fops = &hvp_chardev_fops,
		.mode = 0600,
	},
};

/* What sits at a base is named by its ABI: a vendor may present another's. */
static const char *interface_name(const struct hvp_interface *itf)
{
	u16 abis = itf->abis & ~(1U << HVP_ABI_TIMING);

	return abis ? hvp_abi_name(__ffs(abis)) : hvp_product_name(itf->product);
}

/* The one line in the kernel log. */
static void __init announce(void)
{
	const struct hvp_report *report = driver.report;
	char verdict[80], interfaces[160];
	u32 i;
	int at = 0;

	hvp_verdict_summary(report, verdict, sizeof(verdict));
	interfaces[0] = '\0';
	for (i = 0; i < report->interface_count; i++)
		at += scnprintf(interfaces + at, sizeof(interfaces) - at,
				"%s%s at 0x%08x", i ? ", " : "; ",
				interface_name(&report->interfaces[i]),
				report->interfaces[i].base);
	pr_info("%s%s; %s\n", verdict, interfaces, driver.proof_text);
}

static int __init hvprobe_init(void)
{
	int ret;

	init_rwsem(&driver.lock);
	driver.report = kvzalloc(sizeof(*driver.report), GFP_KERNEL);
	if (!driver.report)
		return -ENOMEM;
	ret = hvp_collect(&driver, scan_all, HVP_CALL_RECORDS);
	if (ret)
		goto free_report;
	ret = hvp_calls_arm();
	if (ret)
		goto free_facts;
	hvp_insn_prove(&driver, force_trial);
	hvp_decode(&driver.facts, HVP_REASON_NOT_READ, driver.report);

	driver.misc.groups = hvp_sysfs_groups(&driver);
	if (!driver.misc.groups) {
		ret = -ENOMEM;
		goto disarm;
	}
	ret = misc_register(&driver.misc);
	if (ret)
		goto free_groups;
	announce();
	return 0;

free_groups:
	hvp_sysfs_free(&driver);
disarm:
	hvp_calls_disarm();
free_facts:
	hvp_collect_free(&driver);
free_report:
	kvfree(driver.report);
	return ret;
}

static void __exit hvprobe_exit(void)
{
	misc_deregister(&driver.misc);
	hvp_sysfs_free(&driver);
	hvp_calls_disarm();
	hvp_collect_free(&driver);
	kvfree(driver.report);
}

module_init(hvprobe_init);
module_exit(hvprobe_exit);

MODULE_DESCRIPTION("Enumerate and prove the hypervisor interfaces of this guest");
MODULE_VERSION(HVP_VERSION);
MODULE_LICENSE("GPL");
