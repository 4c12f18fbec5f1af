// SPDX-License-Identifier: GPL-2.0-only
/* What SMCCC answers show besides rows: who is there, odd bits, odd CPUs. */
#include "decode.h"

static u16 abis_of(u8 product)
{
	switch (product) {
	case HVP_PRODUCT_KVM:
		return 1U << HVP_ABI_KVM;
	case HVP_PRODUCT_XEN:
		return 1U << HVP_ABI_XEN;
	case HVP_PRODUCT_HYPERV:
		return 1U << HVP_ABI_HYPERV;
	case HVP_PRODUCT_GUNYAH:
		return 1U << HVP_ABI_GUNYAH;
	default:
		return 0;
	}
}

static void add_interface(struct hvp_report *report,
			  const struct hvp_fact *fact, u8 product,
			  const u32 words[4])
{
	struct hvp_interface *itf;
	u32 i;

	for (i = 0; i < report->interface_count; i++)
		if (report->interfaces[i].product == product &&
		    product != HVP_PRODUCT_UNKNOWN)
			return;
	itf = &report->interfaces[report->interface_count++];
	memset(itf, 0, sizeof(*itf));
	itf->fact = fact;
	itf->base = fact->smccc.function;
	itf->max_leaf = itf->base;
	itf->raw_max = itf->base;
	itf->product = product;
	itf->abis = abis_of(product);
	for (i = 0; words && i < sizeof(itf->signature); i++)
		itf->signature[i] = (u8)(words[i / 4] >> i % 4 * 8);
}

static void find_interfaces(struct hvp_report *report)
{
	static const u8 asked[] = { HVP_SMCCC_QUERY_UID_VENDOR,
				    HVP_SMCCC_QUERY_UID_HYP };
	const struct hvp_smccc *smccc = &report->smccc;
	const struct hvp_fact *fact;
	u32 words[4], i;

	for (i = 0; i < HVP_ARRAY_SIZE(asked); i++) {
		const struct hvp_smccc_uid *row;

		fact = smccc->answers[asked[i]];
		if (!hvp_smccc_uid(fact, words))
			continue;
		row = hvp_smccc_uid_find(asked[i], words);
		add_interface(report, fact,
			      row ? row->product : HVP_PRODUCT_UNKNOWN, words);
	}
	/* By ACPI's word, when the call that this permits succeeded. */
	fact = smccc->answers[HVP_SMCCC_QUERY_HYPERV_VERSION];
	if (smccc->fadt_hyperv &&
	    hvp_smccc_passes(fact, HVP_SMCCC_CHECK_ZERO))
		add_interface(report, fact, HVP_PRODUCT_HYPERV, NULL);
}

static void note_unlisted(struct hvp_report *report, u32 query, u32 reg)
{
	const struct hvp_fact *fact = report->smccc.answers[query];
	u32 bits, i;
	u64 value;

	if (!hvp_smccc_register(fact, reg, &value) ||
	    !hvp_smccc_says(fact, HVP_SAYS_PRESENT))
		return;
	bits = (u32)value;
	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].where == HVP_WHERE_SMCCC &&
		    hvp_caps[i].leaf == query && hvp_caps[i].bit / 32 == reg)
			bits &= ~(1U << hvp_caps[i].bit % 32);
	if (!bits || report->unlisted_count == HVP_UNLISTED_MAX)
		return;
	report->unlisted[report->unlisted_count++] = (struct hvp_unlisted){
		.leaf = fact->smccc.function, .bits = bits,
		.reg = (u8)(HVP_REG_X0 + reg), .abi = HVP_ABI_KVM,
		.source = fact->source,
	};
}

static void find_differences(struct hvp_report *report)
{
	const struct hvp_fact *fact = NULL;
	s32 here, there;

	while ((fact = hvp_facts_next(report->facts, fact))) {
		u32 query = hvp_smccc_query_of(fact);

		if (query == HVP_SMCCC_QUERY_NONE ||
		    fact->cpu == report->cpu || !hvp_smccc_is_per_cpu(fact) ||
		    !hvp_smccc_status(report->smccc.answers[query], &here) ||
		    !hvp_smccc_status(fact, &there) || here == there ||
		    report->difference_count == HVP_DIFFERENCE_MAX)
			continue;
		report->differences[report->difference_count++] =
			(struct hvp_difference){ report->smccc.answers[query],
						 fact, HVP_REG_X0 };
	}
}

void hvp_smccc_find(struct hvp_report *report)
{
	u32 reg;

	find_interfaces(report);
	for (reg = 0; reg < 4; reg++)
		note_unlisted(report, HVP_SMCCC_QUERY_KVM_FEATURES, reg);
	find_differences(report);
}
