// SPDX-License-Identifier: GPL-2.0-only
/* Hypervisor leaves and MSRs of this machine, as facts. */
#include <linux/cpu.h>
#include <linux/workqueue.h>
#include <asm/trapnr.h>
#include "collect.h"
#include "compat.h"

#define BASIC_MAX_LEAF		0x00000000U
#define EXTENDED_MAX_LEAF	0x80000000U
#define SEV_LEAF		0x8000001fU
#define TIMING_LEAF		0x10U
#define LEAVES_PER_INTERFACE	0x20U
#define BASES_USUAL		16
#define BASE_FAR		16	/* 0x40001000, off the usual range */

#define XEN_PAGE_LEAF			2U

#define MSR_XEN_HYPERCALL		0x40000000U
#define MSR_XEN_VIRIDIAN_HYPERCALL	0x40000200U
#define MSR_HYPERV_GUEST_OS_ID	0x40000000U
#define MSR_HYPERV_HYPERCALL	0x40000001U
#define MSR_SEV_STATUS		0xc0010131U

/* Leaves behind a hypervisor's own range, or with subleaves. */
static const struct {
	u16 leaf;
	u8 subleaf;
	u8 abi;
} listed_leaves[] = {
	{ 0x80, 0, HVP_ABI_HYPERV },
	{ 0x81, 0, HVP_ABI_HYPERV },
	{ 0x82, 0, HVP_ABI_HYPERV },
	{ 0x03, 1, HVP_ABI_XEN },
	{ 0x03, 2, HVP_ABI_XEN },
};

static const u32 platform_leaves[] = {
	BASIC_MAX_LEAF, 1, 0x21, EXTENDED_MAX_LEAF, 0x80000001, SEV_LEAF,
};

#define INTERFACE_RECORDS	(LEAVES_PER_INTERFACE + ARRAY_SIZE(listed_leaves))
#define MSR_RECORDS		4
/* Per base: itself, the leaf behind it, its timing leaf. */
#define FIRST_CPU_RECORDS	(ARRAY_SIZE(platform_leaves) + 1 + MSR_RECORDS + \
				 HVP_BASE_COUNT * 3 +			\
				 HVP_INTERFACE_MAX * INTERFACE_RECORDS + \
				 HVP_NESTED_RECORDS + HVP_CONFIDENTIAL_RECORDS)

/* Through the kernel's cpuid(), which a Xen PV guest has to use. */
const struct hvp_fact *hvp_collect_leaf(struct collect_job *job, u32 leaf,
					u32 subleaf)
{
	struct hvp_facts *facts = &job->driver->facts;
	struct hvp_fact fact;
	u32 eax, ebx, ecx, edx;

	cpuid_count(leaf, subleaf, &eax, &ebx, &ecx, &edx);
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DRIVER, job->cpu, leaf, subleaf,
			   eax, ebx, ecx, edx);
	if (xen_pv_domain())
		fact.cpuid.how = HVP_CPUID_FORCED;
	if (hvp_facts_add(facts, &fact, NULL) == -ENOSPC)
		return NULL;
	return hvp_facts_cpuid(facts, job->cpu, leaf, subleaf);
}

void hvp_collect_msr(struct collect_job *job, u32 index)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_MSR,
		.source = HVP_SOURCE_DRIVER,
		.cpu = job->cpu,
	};
	u32 low, high;

	fact.msr.index = index;
	if (rdmsr_safe(index, &low, &high)) {
		fact.outcome = HVP_OUTCOME_FAULT;
		fact.vector = X86_TRAP_GP;
	} else {
		fact.msr.value = (u64)high << 32 | low;
	}
	hvp_facts_add(&job->driver->facts, &fact, NULL);
}

static int read_platform(struct collect_job *job)
{
	const struct hvp_fact *fact;
	u32 max = 0, i;

	for (i = 0; i < ARRAY_SIZE(platform_leaves); i++) {
		u32 leaf = platform_leaves[i];

		/* Beyond the maximum, Intel answers with another leaf. */
		if (leaf != EXTENDED_MAX_LEAF && leaf > max)
			continue;
		fact = hvp_collect_leaf(job, leaf, 0);
		if (!fact)
			return -ENOSPC;
		if (leaf == BASIC_MAX_LEAF)
			max = fact->cpuid.regs[HVP_EAX];
		if (leaf == EXTENDED_MAX_LEAF)
			max = fact->cpuid.regs[HVP_EAX];
	}
	return 0;
}

static int read_base(struct collect_job *job, u32 base,
		     const struct hvp_fact *highest_basic)
{
	const struct hvp_fact *fact = hvp_collect_leaf(job, base, 0);
	const u32 *regs;

	if (!fact)
		return -ENOSPC;
	regs = fact->cpuid.regs;
	if (!(regs[HVP_EAX] | regs[HVP_EBX] | regs[HVP_ECX] | regs[HVP_EDX]))
		return 0;
	if (highest_basic && !memcmp(regs, highest_basic->cpuid.regs,
				     sizeof(fact->cpuid.regs)))
		return 0;
	/* An interface without a name shows by one of these. */
	if (!hvp_collect_leaf(job, base + 1, 0))
		return -ENOSPC;
	if (regs[HVP_EAX] == base + TIMING_LEAF &&
	    !hvp_collect_leaf(job, base + TIMING_LEAF, 0))
		return -ENOSPC;
	return 0;
}

static int read_bases(struct collect_job *job)
{
	u32 count = job->all_bases ? HVP_BASE_COUNT : BASES_USUAL;
	const struct hvp_fact *highest = NULL;
	const struct hvp_fact *leaf0;
	int ret = 0;
	u32 i;

	leaf0 = hvp_facts_cpuid(&job->driver->facts, job->cpu, 0, 0);
	if (leaf0 && leaf0->cpuid.regs[HVP_EAX] < HVP_BASE_FIRST)
		highest = hvp_collect_leaf(job, leaf0->cpuid.regs[HVP_EAX], 0);
	for (i = 0; !ret && i < count; i++)
		ret = read_base(job, HVP_BASE_FIRST + i * HVP_BASE_STEP,
				highest);
	if (!ret && count <= BASE_FAR)
		ret = read_base(job, HVP_BASE_FIRST + BASE_FAR * HVP_BASE_STEP,
				highest);
	return ret;
}

static int read_interface(struct collect_job *job,
			  const struct hvp_interface *itf)
{
	u32 count = min(itf->max_leaf - itf->base + 1, LEAVES_PER_INTERFACE);
	u32 i;

	for (i = 0; i < count; i++) {
		if (!hvp_collect_leaf(job, itf->base + i, 0))
			return -ENOSPC;
		job->interface_leaves++;
	}
	for (i = 0; i < ARRAY_SIZE(listed_leaves); i++) {
		if (!(itf->abis & 1U << listed_leaves[i].abi))
			continue;
		if (!hvp_collect_leaf(job, itf->base + listed_leaves[i].leaf,
			       listed_leaves[i].subleaf))
			return -ENOSPC;
		job->interface_leaves++;
	}
	return 0;
}

static int read_interfaces(struct collect_job *job)
{
	const struct hvp_report *report = job->driver->report;
	int ret = 0;
	u32 i;

	for (i = 0; !ret && i < report->interface_count; i++)
		ret = read_interface(job, &report->interfaces[i]);
	return ret;
}

/* It places the hypercall page; reading it is nothing. */
static void read_xen_msr(struct collect_job *job,
			 const struct hvp_interface *xen)
{
	const struct hvp_fact *fact;

	if (!xen || xen->max_leaf < xen->base + XEN_PAGE_LEAF)
		return;
	fact = hvp_facts_cpuid(&job->driver->facts, job->cpu,
			       xen->base + XEN_PAGE_LEAF, 0);
	/* No other number is Xen's. */
	if (fact && (fact->cpuid.regs[HVP_EBX] == MSR_XEN_HYPERCALL ||
		     fact->cpuid.regs[HVP_EBX] == MSR_XEN_VIRIDIAN_HYPERCALL))
		hvp_collect_msr(job, fact->cpuid.regs[HVP_EBX]);
}

static void read_msrs(struct collect_job *job)
{
	const struct hvp_report *report = job->driver->report;

	if (hvp_report_abi(report, HVP_ABI_HYPERV)) {
		hvp_collect_msr(job, MSR_HYPERV_GUEST_OS_ID);
		hvp_collect_msr(job, MSR_HYPERV_HYPERCALL);
	}
	read_xen_msr(job, hvp_report_abi(report, HVP_ABI_XEN));
	/* Another vendor's CPU may hold something else under this number. */
	if ((boot_cpu_data.x86_vendor == X86_VENDOR_AMD ||
	     boot_cpu_data.x86_vendor == X86_VENDOR_HYGON) &&
	    hvp_facts_cpuid(&job->driver->facts, job->cpu, SEV_LEAF, 0))
		hvp_collect_msr(job, MSR_SEV_STATUS);
}

/* Preemptible and with interrupts on: each CPUID may be a slow exit. */
static long collect_first_cpu(void *data)
{
	struct collect_job *job = data;
	struct hvp_driver *driver = job->driver;
	int ret;

	ret = read_platform(job);
	if (!ret)
		ret = read_bases(job);
	if (ret)
		return ret;
	hvp_decode(&driver->facts, HVP_REASON_NOT_READ, driver->report);
	ret = read_interfaces(job);
	if (ret)
		return ret;
	/* Leaves of an interface decide which MSRs there are. */
	hvp_decode(&driver->facts, HVP_REASON_NOT_READ, driver->report);
	read_msrs(job);
	hvp_collect_nested(job);
	hvp_collect_confidential(job);
	return 0;
}

/* The first base even if it is none: that is how CPUs are counted. */
static long collect_other_cpu(void *data)
{
	struct collect_job *job = data;

	if (!hvp_collect_leaf(job, HVP_BASE_FIRST, 0))
		return -ENOSPC;
	return read_interfaces(job);
}

/* Storage for the first CPU is generous; now it is known what the rest needs. */
static int resize_facts(struct hvp_facts *facts, u32 more)
{
	struct hvp_facts old = *facts;
	struct hvp_facts new;
	int ret;

	ret = hvp_facts_alloc(&new, old.count + more);
	if (ret)
		return ret;
	memcpy(new.items, old.items, old.count * sizeof(*old.items));
	new.count = old.count;
	hvp_facts_reindex(&new);
	*facts = new;
	hvp_facts_free(&old);
	return 0;
}

static int collect_online_cpus(struct hvp_driver *driver, bool all_bases,
			       u32 call_records)
{
	struct collect_job job = {
		.driver = driver,
		.all_bases = all_bases,
		.cpu = cpumask_first(cpu_online_mask),
	};
	int ret;
	u32 cpu;

	driver->cpu = job.cpu;
	driver->cpu_count = 1;
	ret = work_on_cpu(job.cpu, collect_first_cpu, &job);
	if (ret)
		return ret;
	ret = resize_facts(&driver->facts, call_records +
			   (num_online_cpus() - 1) * (job.interface_leaves + 1));
	if (ret)
		return ret;

	for_each_online_cpu(cpu) {
		if (cpu == driver->cpu)
			continue;
		job.cpu = cpu;
		ret = work_on_cpu(cpu, collect_other_cpu, &job);
		if (ret)
			return ret;
		driver->cpu_count++;
	}
	return 0;
}

int hvp_collect(struct hvp_driver *driver, bool all_bases, u32 call_records)
{
	int ret;

	ret = hvp_facts_alloc(&driver->facts, FIRST_CPU_RECORDS);
	if (ret)
		return ret;
	cpus_read_lock();
	ret = collect_online_cpus(driver, all_bases, call_records);
	cpus_read_unlock();
	if (ret) {
		hvp_collect_free(driver);
		return ret;
	}
	hvp_decode(&driver->facts, HVP_REASON_NOT_READ, driver->report);
	return 0;
}

void hvp_collect_free(struct hvp_driver *driver)
{
	hvp_facts_free(&driver->facts);
}
