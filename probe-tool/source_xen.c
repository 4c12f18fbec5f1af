// SPDX-License-Identifier: GPL-2.0-only
/* Xen guests whose CPUID instruction does not reach Xen. */
#include <unistd.h>
#include "tool.h"

static bool kernel_says_xen(const struct hvp_store *store)
{
	const struct hvp_fact *type =
		hvp_facts_text(&store->facts, HVP_TEXT_SYS_HYPERVISOR_TYPE,
			       NULL);

	if (type)
		return type->data_bytes == 3 &&
		       !memcmp(hvp_fact_data(type), "xen", 3);
	/* The kernel makes this directory on Xen only; xenfs need not be there. */
	return !access("/proc/xen", F_OK);
}

bool hvp_source_xen_is_hidden(const struct hvp_store *store)
{
	const struct hvp_fact *fact = NULL;

	if (!kernel_says_xen(store))
		return false;
	while ((fact = hvp_facts_next(&store->facts, fact))) {
		const struct hvp_sig *sig;

		if (fact->kind != HVP_FACT_CPUID ||
		    fact->cpuid.leaf % HVP_BASE_STEP ||
		    fact->cpuid.leaf < HVP_BASE_FIRST)
			continue;
		sig = hvp_sig_find((const u8 *)&fact->cpuid.regs[HVP_EBX]);
		if (sig && sig->product == HVP_PRODUCT_XEN)
			return false;
	}
	return true;
}
