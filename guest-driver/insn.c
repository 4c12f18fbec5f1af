// SPDX-License-Identifier: GPL-2.0-only
/* Which instruction carries a hypercall here, and proof that it does. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/printk.h>
#include "attempt.h"
#include "compat.h"
#include "kernel_call.h"
#include "xen.h"

#define VMWARE_CALL_LEAF	0x10U
#define VMWARE_VMMCALL_MASK	0x1U
#define VMWARE_VMCALL_MASK	0x2U

/*
 * A number that no hypervisor gives a meaning to, with every other register
 * zero: bit 31 clear (Xen with viridian), no call code in RCX (Hyper-V), no
 * number in R8 (ACRN), not the backdoor's magic.
 */
#define FORCED_NUMBER		0x0fff0000U

/* Interfaces whose calls have a harmless proof, in order of preference. */
static const u8 provable_abis[] = {
	HVP_ABI_KVM, HVP_ABI_XEN, HVP_ABI_VMWARE, HVP_ABI_HYPERV,
};

/* A path of the kernel's or a page of ours, and two instructions. */
#define CHOICES_MAX	3

struct choices {
	u32 count;
	u8 insn[CHOICES_MAX];
};

enum trial {
	TRIAL_PASSED,		/* every proof of the interface */
	TRIAL_RAISED,		/* an exception: another one may work */
	TRIAL_WRONG,		/* answered, but not as specified */
};
/* ---------------------------------------------------------------- choice */

static void add_choice(struct choices *choices, u8 insn)
{
	choices->insn[choices->count++] = insn;
}

/* The running kernel's instruction, or that of the CPU's vendor. */
static u8 first_insn(const struct hvp_driver *driver, u32 abi)
{
	const struct hvp_vendor *vendor = driver->report->vendor_entry;

	if (abi == HVP_ABI_KVM && hypervisor_is_type(X86_HYPER_KVM))
		return boot_cpu_has(X86_FEATURE_VMMCALL) ? HVP_INSN_VMMCALL :
							   HVP_INSN_VMCALL;
	if (vendor && vendor->insn != HVP_INSN_NONE)
		return vendor->insn;
	return HVP_INSN_VMCALL;
}

static bool vmware_has(const struct hvp_driver *driver, u8 insn)
{
	const struct hvp_interface *itf =
		hvp_report_abi(driver->report, HVP_ABI_VMWARE);
	const struct hvp_fact *fact;

	if (!itf || itf->max_leaf < itf->base + VMWARE_CALL_LEAF)
		return false;
	fact = hvp_facts_cpuid(&driver->facts, driver->cpu,
			       itf->base + VMWARE_CALL_LEAF, 0);
	return fact && fact->cpuid.regs[HVP_ECX] &
		       (insn == HVP_INSN_VMMCALL ? VMWARE_VMMCALL_MASK :
						   VMWARE_VMCALL_MASK);
}

static u8 other_insn(u8 insn)
{
	return insn == HVP_INSN_VMCALL ? HVP_INSN_VMMCALL : HVP_INSN_VMCALL;
}

static void choose(const struct hvp_driver *driver, u32 abi,
		   struct choices *choices)
{
	u8 first = first_insn(driver, abi);
	u8 other = other_insn(first);

	choices->count = 0;
	if (hvp_kernel_owns(abi))
		add_choice(choices, HVP_INSN_KERNEL);
	/* Neither runs in ring 0 of what would answer an instruction. */
	if (xen_pv_domain() || hvp_attempt_is_confidential(driver))
		return;
	if (abi == HVP_ABI_XEN && hvp_xen_page_place(driver))
		add_choice(choices, HVP_INSN_PAGE);
	if (abi != HVP_ABI_VMWARE || vmware_has(driver, first))
		add_choice(choices, first);
	if (abi != HVP_ABI_VMWARE || vmware_has(driver, other))
		add_choice(choices, other);
	/* Behind VMware's signature only: other machines answer there, too. */
	if (abi == HVP_ABI_VMWARE)
		add_choice(choices, HVP_INSN_PORT);
}

/* Returns a reason not to, HVP_REASON_NONE when there is something to try. */
static u32 choose_hyperv(const struct hvp_driver *driver, struct hvp_way *way,
			 struct choices *choices)
{
	hvp_hv_establish(driver, way);
	choices->count = 0;
	if (way->insn == HVP_INSN_NONE)
		return way->reason;
	add_choice(choices, way->insn);
	if (hvp_hv_insn_is_ours(way->insn))
		add_choice(choices, other_insn(way->insn));
	return HVP_REASON_NONE;
}

/* ----------------------------------------------------------------- proof */

static enum trial prove_insn(struct hvp_driver *driver, u32 abi,
			     const struct hvp_way *way)
{
	u32 i;

	for (i = 0; i < hvp_proof_call_count; i++) {
		const struct hvp_proof_call *row = &hvp_proof_calls[i];
		struct hvp_fact call =
			hvp_attempt_new(abi, way->insn, HVP_CALL_PROOF);
		const struct hvp_fact *made;

		if (row->abi != abi)
			continue;
		call.call.number = row->number;
		memcpy(call.call.args, row->args, sizeof(call.call.args));
		made = hvp_attempt_make(driver, &call, way);
		if (!made)
			return TRIAL_WRONG;
		if (made->outcome == HVP_OUTCOME_FAULT)
			return TRIAL_RAISED;
		if (hvp_proof_check(driver->report, made) != HVP_PROOF_PASSED)
			return TRIAL_WRONG;
	}
	return TRIAL_PASSED;
}

/* Tries what there is, in order; only an exception leads to the next. */
static enum hvp_proof prove_choices(struct hvp_driver *driver, u32 abi,
				    const struct choices *choices,
				    struct hvp_way *way)
{
	u32 i;

	for (i = 0; i < choices->count; i++) {
		way->insn = choices->insn[i];
		switch (prove_insn(driver, abi, way)) {
		case TRIAL_PASSED:
			return HVP_PROOF_PASSED;
		case TRIAL_WRONG:
			return HVP_PROOF_FAILED;
		case TRIAL_RAISED:
			break;
		}
	}
	return HVP_PROOF_FAILED;
}

static enum hvp_proof prove_abi(struct hvp_driver *driver, u32 abi,
				struct hvp_way *way)
{
	u32 reason = hvp_attempt_refusal(driver, abi);
	struct choices choices;

	if (!reason && abi == HVP_ABI_HYPERV) {
		reason = choose_hyperv(driver, way, &choices);
	} else if (!reason) {
		choose(driver, abi, &choices);
		if (!choices.count)
			reason = HVP_REASON_NOT_SELECTED;
	}
	if (!reason)
		return prove_choices(driver, abi, &choices, way);
	way->reason = reason;
	hvp_attempt_skip(driver, abi, HVP_CALL_PROOF, reason);
	return reason == HVP_REASON_NOT_SELECTED ||
	       reason == HVP_REASON_NEEDS_HYPERV_SETUP ? HVP_PROOF_NONE :
							 HVP_PROOF_REFUSED;
}

static u8 told_insn(u32 abi, u8 insn)
{
	return abi == HVP_ABI_HYPERV ? insn : hvp_attempt_ran(insn);
}

bool hvp_insn_reprove(struct hvp_driver *driver, u32 abi, u8 insn)
{
	struct choices choices = {
		.count = 2,
		.insn = { insn, other_insn(insn) },
	};
	struct hvp_way way;
	bool changed;

	/* Only of these two is an exception caught. */
	if (!hvp_hv_insn_is_ours(insn))
		return false;
	down_write(&driver->lock);
	way = driver->ways[abi];
	changed = way.insn != insn;
	if (!changed && driver->reproofs < HVP_REPROOF_MAX) {
		driver->reproofs++;
		changed = prove_choices(driver, abi, &choices, &way) ==
				  HVP_PROOF_PASSED &&
			  way.insn != insn;
		hvp_sysfs_add_attempts(driver);
		if (changed) {
			driver->ways[abi].insn = way.insn;
			if (driver->abi == abi)
				driver->insn = told_insn(abi, way.insn);
			pr_notice("%s raised an exception and %s answers: has this guest been moved?\n",
				  hvp_insn_name(insn), hvp_insn_name(way.insn));
		}
	}
	up_write(&driver->lock);
	return changed;
}

/* ---------------------------------------------------------- forced trial */

/* Only where nobody can be there to take the call. */
static bool may_force(const struct hvp_driver *driver)
{
	const struct hvp_report *report = driver->report;
	u32 i;

	if (hvp_attempt_is_confidential(driver) || xen_domain() ||
	    (!report->interface_count && report->hypervisor_bit))
		return false;
	for (i = 0; i < report->interface_count; i++)
		if (report->interfaces[i].product != HVP_PRODUCT_TCG)
			return false;
	return true;
}

static void force(struct hvp_driver *driver)
{
	static const u8 insns[] = { HVP_INSN_VMCALL, HVP_INSN_VMMCALL };
	u32 i;

	if (!may_force(driver)) {
		pr_warn("force_trial refused: only for TCG and bare metal\n");
		hvp_attempt_skip(driver, HVP_ABI_CPU, HVP_CALL_FORCED,
				 hvp_attempt_is_confidential(driver) ?
					 HVP_REASON_CONFIDENTIAL :
					 HVP_REASON_NOT_TRIED);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(insns); i++) {
		const struct hvp_way way = { .insn = insns[i] };
		struct hvp_fact call =
			hvp_attempt_new(HVP_ABI_CPU, insns[i], HVP_CALL_FORCED);

		call.call.number = FORCED_NUMBER;
		hvp_attempt_make(driver, &call, &way);
	}
}

/* Shape XMM only where it is advertised: elsewhere it may raise #UD. */
static u8 hv_available(const struct hvp_report *report)
{
	u8 available = HVP_HVCALL_CAN_SLOW | HVP_HVCALL_CAN_FAST;

	if (hvp_hv_memory_is_private(report))
		return HVP_HVCALL_CAN_FAST;
	if (report->caps[HVP_CAP_HYPERV_XMM_INPUT].state ==
	    HVP_STATE_ADVERTISED)
		available |= HVP_HVCALL_CAN_XMM_IN;
	if (report->caps[HVP_CAP_HYPERV_XMM_OUTPUT].state ==
	    HVP_STATE_ADVERTISED)
		available |= HVP_HVCALL_CAN_XMM_OUT;
	return available;
}

static void prove(struct hvp_driver *driver, u32 abi)
{
	struct hvp_way *way = &driver->ways[abi];

	way->proof = prove_abi(driver, abi, way);
	if (way->proof != HVP_PROOF_PASSED)
		way->insn = HVP_INSN_NONE;
	if (driver->proof == HVP_PROOF_PASSED ||
	    (driver->abi != HVP_ABI_CPU && way->proof != HVP_PROOF_PASSED))
		return;
	/* That Hyper-V needs asking for must not hide that nothing else is. */
	if (abi == HVP_ABI_HYPERV && way->proof == HVP_PROOF_NONE)
		return;
	driver->abi = abi;
	driver->proof = way->proof;
	driver->insn = told_insn(abi, way->insn);
}

void hvp_insn_prove(struct hvp_driver *driver, bool forced)
{
	u32 i;

	driver->abi = HVP_ABI_CPU;
	driver->insn = HVP_INSN_NONE;
	driver->proof = HVP_PROOF_NONE;
	driver->hv_available = hv_available(driver->report);
	for (i = 0; i < HVP_ABI_COUNT; i++)
		driver->ways[i].reason = HVP_REASON_NOT_SELECTED;
	for (i = 0; i < ARRAY_SIZE(provable_abis); i++)
		if (hvp_report_abi(driver->report, provable_abis[i]))
			prove(driver, provable_abis[i]);
	if (forced)
		force(driver);
	hvp_xen_learn(driver);
	hvp_hv_learn_host(driver);
	hvp_insn_tell(driver, forced);
}
