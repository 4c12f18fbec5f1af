/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the module holds. Filled once while it loads and constant from then on,
 * so readers need no lock; misc_register() publishes it. The exception is a
 * call instruction that stops working: what is proven anew is behind @lock.
 */
#ifndef HVP_DRIVER_H
#define HVP_DRIVER_H

#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/rwsem.h>
#include "../core/facts.h"
#include "../core/proof.h"
#include "../core/report.h"

#define HVP_PROOF_TEXT	200

/**
 * struct hvp_way - how calls of one interface are made
 * @insn: enum hvp_insn; NONE: not at all, because of @reason
 * @reason: enum hvp_reason
 * @window: Hyper-V: only while hvp_hv_window() holds the machine
 * @proof: enum hvp_proof
 */
struct hvp_way {
	u8 insn;
	u8 reason;
	bool window;
	u8 proof;
};

struct hvp_driver {
	struct miscdevice misc;
	struct rw_semaphore lock;	/* facts and ways, after loading */
	struct hvp_facts facts;
	struct hvp_report *report;
	struct hvp_way ways[HVP_ABI_COUNT];
	u32 cpu;			/* whose leaves were read in full */
	u32 cpu_count;			/* CPUs whose leaves were read */
	u32 call_count;			/* CALL facts: attempts, skipped ones too */
	u32 reproofs;			/* times an instruction was proven anew */
	struct list_head late;		/* folders of attempts after loading */
	u32 folders;			/* attempts that have a folder */
	u8 abi;				/* enum hvp_abi that takes calls, or CPU */
	u8 insn;			/* enum hvp_insn chosen */
	u8 proof;			/* enum hvp_proof */
	u8 hv_available;		/* HVP_HVCALL_CAN_* */
	char proof_text[HVP_PROOF_TEXT];
};

/**
 * Read the hypervisor leaves of every online CPU into driver->facts, which it
 * allocates with room for @call_records more; needs driver->report allocated
 * and leaves it decoded. @all_bases: all 256 and not the usual ones only.
 *
 * Return: 0, -ENOMEM, or -ENOSPC when a machine shows more than is possible.
 */
int hvp_collect(struct hvp_driver *driver, bool all_bases, u32 call_records);

/** Release what hvp_collect() allocated; harmless before it. */
void hvp_collect_free(struct hvp_driver *driver);

/** Storage of facts; free is harmless before alloc. 0 or -ENOMEM. */
int hvp_facts_alloc(struct hvp_facts *facts, u32 capacity);
void hvp_facts_free(struct hvp_facts *facts);

/** Catch what calls raise, where that takes more than an exception table. */
int hvp_calls_arm(void);
void hvp_calls_disarm(void);

/** Times that a call instruction may be proven anew. */
#define HVP_REPROOF_MAX		8

/** Records that proving, learning and all of hvp_insn_reprove() add at most. */
#define HVP_CALL_RECORDS	(64 + HVP_REPROOF_MAX * 16)

/**
 * Choose the call instruction and prove it with the harmless calls of the
 * interfaces in driver->report; each attempt becomes a CALL fact. @force: try
 * both instructions where no interface selects one (for tests).
 *
 * The report is not decoded again.
 */
void hvp_insn_prove(struct hvp_driver *driver, bool force);

/**
 * A call of @abi raised an exception at @insn, which was proven: the guest may
 * have moved to a host of another vendor. Proves @insn anew, and if that fails
 * the other instruction, which is then used.
 *
 * Return: true when another instruction is used now: repeat the call.
 */
bool hvp_insn_reprove(struct hvp_driver *driver, u32 abi, u8 insn);

/**
 * Calls of HVP_IOC_CALL. Return: 0, also when calls failed or a signal came:
 * then fewer are done; -EINVAL, -E2BIG, -EFAULT, -ENOMEM.
 */
int hvp_call_batch_run(struct hvp_driver *driver, void __user *user);

/** Log that @call is not made because of @why. Return: @error. */
int hvp_policy_refuse(const struct hvp_call *call, int error, const char *why);

/** The gate of calls that are on no allow-list: 0, or refused. */
int hvp_policy_unsafe(const struct hvp_call *call);

/** Fill driver->proof_text. */
void hvp_insn_tell(struct hvp_driver *driver, bool forced);

extern const struct file_operations hvp_chardev_fops;

/**
 * Copy the request of a caller that may know a larger structure. @size is that
 * of version 1, which is all there is. 0, -EINVAL, -E2BIG or -EFAULT.
 */
int hvp_chardev_copy(void *request, size_t size, const void __user *user);

/**
 * Allocate the attribute groups that show @driver.
 * Return: the groups for miscdevice.groups, NULL when out of memory.
 */
const struct attribute_group **hvp_sysfs_groups(struct hvp_driver *driver);

/**
 * Show the attempts that were recorded since. The device exists, driver->lock
 * is held. Without memory they are not shown; the records have them.
 */
void hvp_sysfs_add_attempts(struct hvp_driver *driver);

/** Release all; only after the device is gone. */
void hvp_sysfs_free(struct hvp_driver *driver);

#endif
