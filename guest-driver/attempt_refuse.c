// SPDX-License-Identifier: GPL-2.0-only
/* Where a trial would not be safe. */
#include <linux/kernel.h>
#include "attempt.h"
#include "compat.h"
#include "kernel_call.h"

#define MSR_HYPERV_GUEST_OS_ID	0x40000000U
#define MSR_SEV_STATUS		0xc0010131U
#define SEV_ACTIVE_MASK		0x7U	/* SEV, SEV-ES, SEV-SNP */

/* They tell a Hyper-V call from their own. */
#define HYPERV_PRESENTERS	(1U << HVP_ABI_KVM | 1U << HVP_ABI_XEN)

static u64 msr_value(const struct hvp_driver *driver, u32 index,
		     u64 if_unread)
{
	const struct hvp_fact *fact =
		hvp_facts_msr(&driver->facts, driver->cpu, index);

	return fact && fact->outcome == HVP_OUTCOME_VALUE ? fact->msr.value :
							    if_unread;
}

bool hvp_attempt_is_confidential(const struct hvp_driver *driver)
{
	const struct hvp_report *report = driver->report;
	const struct hvp_field_value *isolation =
		&report->fields[HVP_FIELD_ID_HYPERV_ISOLATION_TYPE];

	return report->verdict.tdx || hvp_kernel_confidential() ||
	       msr_value(driver, MSR_SEV_STATUS, 0) & SEV_ACTIVE_MASK ||
	       report->caps[HVP_CAP_HYPERV_ISOLATION].state ==
		       HVP_STATE_ADVERTISED ||
	       (isolation->state == HVP_STATE_ADVERTISED && isolation->value);
}

static bool refuses_calls(const struct hvp_report *report)
{
	u32 i;

	for (i = 0; i < report->interface_count; i++)
		if (report->interfaces[i].sig &&
		    report->interfaces[i].sig->flags & HVP_SIG_NO_CALLS)
			return true;
	return false;
}

/*
 * Could another interface's owner take a call of @abi? KVM's number 1 creates a
 * cell on Jailhouse, which lets leaves of the hypervisor below it show through.
 * Only Hyper-V is known to share: who presents it then decides by GUEST_OS_ID
 * (KVM) or by bit 31 of the number (Xen).
 */
static bool is_contested(const struct hvp_report *report, u32 abi)
{
	u32 i;

	for (i = 0; i < report->interface_count; i++) {
		const struct hvp_interface *itf = &report->interfaces[i];

		if (itf->abis & 1U << abi)
			continue;
		if (abi == HVP_ABI_HYPERV && itf->abis & HYPERV_PRESENTERS)
			continue;
		if (!(itf->abis & 1U << HVP_ABI_HYPERV) ||
		    (itf->product != HVP_PRODUCT_HYPERV &&
		     itf->product != HVP_PRODUCT_KVM &&
		     itf->product != HVP_PRODUCT_UNKNOWN))
			return true;
	}
	return false;
}

/* KVM: once it is set, every call of the whole VM is a Hyper-V call. */
static u32 hyperv_refusal(const struct hvp_driver *driver)
{
	const struct hvp_fact *id = hvp_facts_msr(&driver->facts, driver->cpu,
						  MSR_HYPERV_GUEST_OS_ID);

	if (id && id->outcome == HVP_OUTCOME_FAULT)
		return HVP_REASON_FAULTED;
	return msr_value(driver, MSR_HYPERV_GUEST_OS_ID, 1) ?
		       HVP_REASON_HYPERV_ACTIVE : HVP_REASON_NONE;
}

u32 hvp_attempt_refusal(const struct hvp_driver *driver, u32 abi)
{
	const struct hvp_report *report = driver->report;

	/* What the kernel does for itself all the time is no trial. */
	if (hvp_attempt_is_confidential(driver) && !hvp_kernel_owns(abi))
		return HVP_REASON_CONFIDENTIAL;
	if (refuses_calls(report))
		return HVP_REASON_NOT_SELECTED;
	if (is_contested(report, abi))
		return HVP_REASON_NOT_TRIED;
	if (abi == HVP_ABI_KVM && hvp_report_abi(report, HVP_ABI_HYPERV))
		return hyperv_refusal(driver);
	return HVP_REASON_NONE;
}
