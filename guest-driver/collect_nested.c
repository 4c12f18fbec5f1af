// SPDX-License-Identifier: GPL-2.0-only
/* MSRs that tell whether and how this guest can nest. */
#include <linux/kernel.h>
#include "collect.h"

#define MSR_FEATURE_CONTROL	0x0000003aU
#define MSR_VMX_FIRST		0x00000480U	/* IA32_VMX_BASIC */
#define MSR_VMX_LAST		0x00000493U	/* IA32_VMX_EXIT_CTLS2 */
#define MSR_AMD_VM_CR		0xc0010114U
#define MSR_VP_ASSIST_PAGE	0x40000073U

#define EXTENDED_MAX_LEAF	0x80000000U
#define SVM_LEAF		0x8000000aU

static bool shown(const struct collect_job *job, u32 cap)
{
	return job->driver->report->caps[cap].state == HVP_STATE_ADVERTISED;
}

static u32 extended_max(const struct collect_job *job)
{
	const struct hvp_fact *fact =
		hvp_facts_cpuid(&job->driver->facts, job->cpu, EXTENDED_MAX_LEAF, 0);

	return fact ? fact->cpuid.regs[HVP_EAX] : 0;
}

/*
 * Only where CPUID shows the extension: elsewhere the numbers may mean another
 * thing, and a refused read is a line in the host's log. Of what CPUID shows
 * each is asked for, which of them are there is what the others tell.
 */
void hvp_collect_nested(struct collect_job *job)
{
	u32 index;

	if (shown(job, HVP_CAP_CPU_VMX)) {
		hvp_collect_msr(job, MSR_FEATURE_CONTROL);
		for (index = MSR_VMX_FIRST; index <= MSR_VMX_LAST; index++)
			hvp_collect_msr(job, index);
	}
	if (shown(job, HVP_CAP_CPU_SVM)) {
		if (extended_max(job) >= SVM_LEAF)
			hvp_collect_leaf(job, SVM_LEAF, 0);
		hvp_collect_msr(job, MSR_AMD_VM_CR);
	}
	if (shown(job, HVP_CAP_HYPERV_ACCESS_INTR_CTRL_REGS))
		hvp_collect_msr(job, MSR_VP_ASSIST_PAGE);
}
