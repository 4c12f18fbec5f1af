// SPDX-License-Identifier: GPL-2.0-only
/*
 * Xen's calls by a hypercall page, where the kernel does not run on Xen. The
 * hypervisor itself writes the right instruction into it. Nobody keeps track of
 * such pages, so one of our own takes nobody's away, and goes with the module.
 */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include "../asm/x86/hvp_hypercall.h"
#include "compat.h"
#include "xen.h"

#define PAGE_LEAF		2U	/* Xen public/arch-x86/cpuid.h */
#define PAGE_MSR		0x40000000U
#define PAGE_MSR_VIRIDIAN	0x40000200U

/* The leaf is the host's word; 0x40000000 is Hyper-V's GUEST_OS_ID elsewhere. */
static u32 page_msr(const struct hvp_driver *driver)
{
	const struct hvp_interface *itf =
		hvp_report_abi(driver->report, HVP_ABI_XEN);
	const struct hvp_fact *fact;
	u32 msr;

	if (itf->max_leaf < itf->base + PAGE_LEAF)
		return 0;
	fact = hvp_facts_cpuid(&driver->facts, driver->cpu,
			       itf->base + PAGE_LEAF, 0);
	if (!fact || !fact->cpuid.regs[HVP_EAX])
		return 0;
	msr = fact->cpuid.regs[HVP_EBX];
	if (msr == PAGE_MSR && !hvp_report_abi(driver->report, HVP_ABI_HYPERV))
		return msr;
	return msr == PAGE_MSR_VIRIDIAN ? msr : 0;
}

static bool is_filled_in(const u8 *entry)
{
	static const u8 vmcall[] = { 0xb8, 17, 0, 0, 0, 0x0f, 0x01, 0xc1, 0xc3 };
	static const u8 vmmcall[] = { 0xb8, 17, 0, 0, 0, 0x0f, 0x01, 0xd9, 0xc3 };

	return !memcmp(entry, vmcall, sizeof(vmcall)) ||
	       !memcmp(entry, vmmcall, sizeof(vmmcall));
}

bool hvp_xen_page_place(const struct hvp_driver *driver)
{
	struct page *page = vmalloc_to_page(hvp_xen_page);
	u64 gpa = page_to_phys(page);
	u32 msr = page_msr(driver);

	return !xen_domain() && msr &&
	       !wrmsr_safe(msr, lower_32_bits(gpa), upper_32_bits(gpa)) &&
	       is_filled_in(page_address(page) + HVP_XEN_PAGE_VERSION);
}
