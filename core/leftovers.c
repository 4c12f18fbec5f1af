// SPDX-License-Identifier: GPL-2.0-only
/* What the registry does not explain: unlisted bits, CPUs that differ. */
#include "decode.h"

/* No interface has more; a hostile dump could list four billion. */
#define SUBLEAF_LIMIT	16

static u32 bits_between(u32 lo, u32 hi)
{
	return (hi == 31 ? 0xffffffffU : (1U << (hi + 1)) - 1) &
	       ~((1U << lo) - 1);
}

/* Bits of @reg that @field covers; a field may run into the next register. */
static u32 field_bits(const struct hvp_field *field, u32 reg)
{
	if (reg == field->reg && field->lo < 32)
		return bits_between(field->lo, field->hi > 31 ? 31 : field->hi);
	if (reg == field->reg + 1U && field->hi > 31)
		return bits_between(field->lo > 32 ? field->lo - 32 : 0,
				    field->hi - 32);
	return 0;
}

u32 hvp_listed_bits(u16 abis, u32 leaf, u32 subleaf, u32 reg)
{
	u32 bits = 0, i;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap *cap = &hvp_caps[i];

		if (cap->where == HVP_WHERE_CPUID && abis & 1U << cap->abi &&
		    cap->leaf == leaf && cap->subleaf == subleaf &&
		    cap->reg == reg)
			bits |= 1U << cap->bit;
	}
	for (i = 0; i < HVP_FIELD_COUNT; i++) {
		const struct hvp_field *field = &hvp_fields[i];

		if (field->where == HVP_WHERE_CPUID &&
		    abis & 1U << field->abi && field->leaf == leaf &&
		    field->subleaf == subleaf)
			bits |= field_bits(field, reg);
	}
	return bits;
}

static u32 per_cpu_bits(u16 abis, u32 leaf, u32 subleaf, u32 reg)
{
	u32 bits = 0, i;

	for (i = 0; i < HVP_FIELD_COUNT; i++) {
		const struct hvp_field *field = &hvp_fields[i];

		if (field->where == HVP_WHERE_CPUID &&
		    field->flags & HVP_FIELD_PER_CPU &&
		    abis & 1U << field->abi && field->leaf == leaf &&
		    field->subleaf == subleaf)
			bits |= field_bits(field, reg);
	}
	return bits;
}

static const struct hvp_interface *owner(const struct hvp_report *report,
					 u32 leaf)
{
	u32 i;

	for (i = 0; i < report->interface_count; i++)
		if (leaf >= report->interfaces[i].base &&
		    leaf - report->interfaces[i].base < HVP_BASE_STEP)
			return &report->interfaces[i];
	return NULL;
}

static void note_unlisted(struct hvp_report *report,
			  const struct hvp_interface *itf,
			  const struct hvp_fact *fact)
{
	u32 leaf = fact->cpuid.leaf - itf->base, reg, bits;
	struct hvp_unlisted *out;

	if (report->unlisted_count == HVP_UNLISTED_MAX)
		return;
	/* A repeat of the base leaf (bhyve) or its own id say nothing new. */
	if (!memcmp(fact->cpuid.regs, itf->fact->cpuid.regs,
		    sizeof(fact->cpuid.regs)))
		return;
	for (reg = 0; reg < 4; reg++) {
		bits = fact->cpuid.regs[reg] &
		       ~hvp_listed_bits(itf->abis, leaf, fact->cpuid.subleaf,
					reg);
		if (leaf == 1 && reg == HVP_EAX && bits == HVP_HYPERV_ID)
			continue;
		if (!bits || !(fact->cpuid.known & 1U << reg) ||
		    report->unlisted_count == HVP_UNLISTED_MAX)
			continue;
		out = &report->unlisted[report->unlisted_count++];
		out->leaf = fact->cpuid.leaf;
		out->subleaf = fact->cpuid.subleaf;
		out->reg = (u8)reg;
		out->bits = bits;
		out->source = fact->source;
	}
}

static void note_differences(struct hvp_report *report,
			     const struct hvp_interface *itf,
			     const struct hvp_fact *there)
{
	const struct hvp_fact *here =
		hvp_facts_cpuid(report->facts, report->cpu, there->cpuid.leaf,
				there->cpuid.subleaf);
	u32 leaf = there->cpuid.leaf - itf->base, reg, both;

	if (!here || here->outcome != HVP_OUTCOME_VALUE ||
	    !memcmp(here->cpuid.regs, there->cpuid.regs,
		    sizeof(here->cpuid.regs)) ||
	    report->difference_count == HVP_DIFFERENCE_MAX)
		return;
	both = here->cpuid.known & there->cpuid.known;
	for (reg = 0; reg < 4; reg++) {
		u32 ignore = per_cpu_bits(itf->abis, leaf,
					  there->cpuid.subleaf, reg);

		if (both & 1U << reg &&
		    (here->cpuid.regs[reg] ^ there->cpuid.regs[reg]) & ~ignore &&
		    report->difference_count < HVP_DIFFERENCE_MAX)
			report->differences[report->difference_count++] =
				(struct hvp_difference){ here, there, (u8)reg };
	}
}

void hvp_leftovers_find(struct hvp_report *report)
{
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(report->facts, fact))) {
		const struct hvp_interface *itf;

		if (!hvp_facts_decode(report->facts, fact) ||
		    fact->outcome != HVP_OUTCOME_VALUE ||
		    fact->cpuid.subleaf >= SUBLEAF_LIMIT)
			continue;
		itf = owner(report, fact->cpuid.leaf);
		if (!itf || !hvp_leaf_valid(report, itf, fact->cpuid.leaf))
			continue;
		if (fact->cpu != report->cpu && fact->cpu != HVP_CPU_ANY)
			note_differences(report, itf, fact);
		else if (fact->cpuid.leaf != itf->base)
			note_unlisted(report, itf, fact);
	}
}
