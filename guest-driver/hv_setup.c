// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hyper-V calls where the kernel set them up, and where it did not.
 *
 * On KVM a GUEST_OS_ID other than zero turns every VMCALL of the whole VM into
 * a Hyper-V call, the kernel's own kicks and IPIs as well. So it is set only
 * while nothing else runs, and only when that was asked for.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/stop_machine.h>
#include "../core/hypercalls.h"
#include "attempt.h"
#include "compat.h"

#define MSR_GUEST_OS_ID		0x40000000U
#define MSR_HYPERCALL		0x40000001U
#define HYPERCALL_ENABLE	0x1U

/* TLFS feature-discovery, leaf 0x4000000c: SNP and TDX come after it. */
#define ISOLATION_VBS		1U

bool hvp_hv_setup;
module_param_named(hyperv_setup, hvp_hv_setup, bool, 0444);
MODULE_PARM_DESC(hyperv_setup, "make Hyper-V calls where the kernel is no Hyper-V guest: stops all CPUs and sets GUEST_OS_ID for each batch");

/* Windows do not nest, and after a failed restore there are no more. */
static DEFINE_MUTEX(window_lock);
static bool window_broken;

struct window {
	void (*run)(void *data);
	void *data;
	u64 id_before;
	u64 id_after;
	u64 page_before;
	u64 page_after;
	bool set;
	int error;
};

static int read_msr(u32 index, u64 *value)
{
	u32 low, high;
	int ret = rdmsr_safe(index, &low, &high);

	if (!ret)
		*value = (u64)high << 32 | low;
	return ret;
}

static int write_msr(u32 index, u64 value)
{
	return wrmsr_safe(index, lower_32_bits(value), upper_32_bits(value));
}

static int open_window(struct window *window)
{
	u64 id;

	if (read_msr(MSR_GUEST_OS_ID, &window->id_before) ||
	    read_msr(MSR_HYPERCALL, &window->page_before))
		return -EIO;
	if (window->id_before)
		return 0;
	/* Writing the identity back would take that page away. */
	if (window->page_before & HYPERCALL_ENABLE)
		return -EBUSY;
	window->set = true;
	if (write_msr(MSR_GUEST_OS_ID, HVP_KERNEL_HV_IDENTITY) ||
	    read_msr(MSR_GUEST_OS_ID, &id) || id != HVP_KERNEL_HV_IDENTITY)
		return -EIO;
	return 0;
}

/* Whatever became of opening it. */
static void close_window(struct window *window)
{
	write_msr(MSR_GUEST_OS_ID, window->id_before);
	if (read_msr(MSR_GUEST_OS_ID, &window->id_after) ||
	    read_msr(MSR_HYPERCALL, &window->page_after))
		window->id_after = ~window->id_before;
}

static bool restored(const struct window *window)
{
	return !window->set || (window->id_after == window->id_before &&
				window->page_after == window->page_before);
}

static int run_window(void *data)
{
	struct window *window = data;

	window->error = open_window(window);
	if (!window->error)
		window->run(window->data);
	if (window->set)
		close_window(window);
	return 0;
}

int hvp_hv_window(void (*run)(void *data), void *data)
{
	struct window window = { .run = run, .data = data };
	int ret;

	mutex_lock(&window_lock);
	ret = window_broken ? -EBUSY : stop_machine(run_window, &window, NULL);
	if (!ret && !restored(&window)) {
		WRITE_ONCE(window_broken, true);
		pr_err("GUEST_OS_ID was %#llx and is %#llx, HYPERCALL was %#llx and is %#llx: not restored, no further Hyper-V calls\n",
		       window.id_before, window.id_after, window.page_before,
		       window.page_after);
		ret = -EBUSY;
	}
	mutex_unlock(&window_lock);
	return ret ? ret : window.error;
}

bool hvp_hv_window_broken(void)
{
	return READ_ONCE(window_broken);
}

/* --------------------------------------------------------------- choosing */

static void refuse(struct hvp_way *way, u32 reason)
{
	way->insn = HVP_INSN_NONE;
	way->reason = reason;
	way->window = false;
}

/* KVM's and Hyper-V's calls take the same instruction, so a proven one first. */
static u8 direct_insn(const struct hvp_driver *driver)
{
	const struct hvp_vendor *vendor = driver->report->vendor_entry;
	static const u8 abis[] = { HVP_ABI_KVM, HVP_ABI_XEN };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(abis); i++)
		if (hvp_hv_insn_is_ours(driver->ways[abis[i]].insn))
			return hvp_attempt_ran(driver->ways[abis[i]].insn);
	if (vendor && vendor->insn != HVP_INSN_NONE)
		return vendor->insn;
	return HVP_INSN_VMCALL;
}

bool hvp_hv_memory_is_private(const struct hvp_report *report)
{
	const struct hvp_field_value *type =
		&report->fields[HVP_FIELD_ID_HYPERV_ISOLATION_TYPE];

	return type->state == HVP_STATE_ADVERTISED &&
	       type->value > ISOLATION_VBS &&
	       report->caps[HVP_CAP_HYPERV_PARAVISOR].state !=
		       HVP_STATE_ADVERTISED;
}

void hvp_hv_establish(const struct hvp_driver *driver, struct hvp_way *way)
{
	way->window = false;
	way->reason = HVP_REASON_NONE;
	if (hypervisor_is_type(X86_HYPER_MS_HYPERV)) {
		bool private = hvp_hv_memory_is_private(driver->report);

		if (hvp_kernel_hv_page() && !private) {
			way->insn = HVP_INSN_PAGE;
			return;
		}
		if (hvp_kernel_hv_function(private)) {
			way->insn = HVP_INSN_KERNEL;
			return;
		}
	}
	if (hvp_attempt_is_confidential(driver)) {
		refuse(way, HVP_REASON_CONFIDENTIAL);
		return;
	}
	/* Its kernel does not run in ring 0. */
	if (xen_pv_domain()) {
		refuse(way, HVP_REASON_NOT_SELECTED);
		return;
	}
	way->insn = direct_insn(driver);
	/* Bit 31 of RAX tells Xen which call it is; no identity is needed. */
	if (xen_domain() && hvp_report_abi(driver->report, HVP_ABI_XEN))
		return;
	way->window = true;
	if (!hvp_hv_setup)
		refuse(way, HVP_REASON_NEEDS_HYPERV_SETUP);
}

/* ---------------------------------------------------------------- issuing */

struct hvp_hv_answer hvp_hv_function(struct hvp_hvcall_regs *regs)
{
	struct hvp_hv_answer answer = { 0 };

	if (hvp_kernel_hv_tdx(regs->rcx, regs->rdx, regs->r8, &answer.result))
		return answer;
	return hvp_hv_vmmcall(regs);
}

struct single {
	struct hvp_hvcall_regs *regs;
	struct hvp_hv_answer answer;
	u8 insn;
};

static void run_single(void *data)
{
	struct single *single = data;

	single->answer = hvp_hv_issue(single->insn, single->regs);
}

struct hvp_hv_answer hvp_hv_call(const struct hvp_way *way,
				 struct hvp_hvcall_regs *regs)
{
	struct single single = { .regs = regs, .insn = way->insn };

	if (!way->window)
		run_single(&single);
	else if (hvp_hv_window(run_single, &single))
		single.answer.raised = HVP_HV_GONE;
	return single.answer;
}

/* --------------------------------------------------------------- learning */

void hvp_hv_learn_host(struct hvp_driver *driver)
{
	struct hvp_fact call = hvp_attempt_new(HVP_ABI_HYPERV, HVP_INSN_KERNEL,
					       HVP_CALL_LEARN);

	call.call.number = HVP_HYPERCALL_INVALID_CODE;
	call.data_bytes = sizeof(call.call.result);
	if (driver->ways[HVP_ABI_HYPERV].proof == HVP_PROOF_PASSED &&
	    hvp_kernel_hv_isolated() &&
	    driver->report->caps[HVP_CAP_HYPERV_PARAVISOR].state ==
		    HVP_STATE_ADVERTISED &&
	    hvp_kernel_hv_host(HVP_HYPERCALL_INVALID_CODE, &call.call.result))
		hvp_attempt_record(driver, &call, &call.call.result);
}
