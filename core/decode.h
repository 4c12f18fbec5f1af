/* SPDX-License-Identifier: GPL-2.0-only */
/* Steps of hvp_decode(), in the order they run. */
#ifndef HVP_CORE_DECODE_H
#define HVP_CORE_DECODE_H

#include "report.h"

/** Fill report->interfaces and base_class from the facts of report->cpu. */
void hvp_interfaces_find(struct hvp_report *report);

/**
 * Product named by text facts (DMI texts when @dmi, else all others) and the
 * fact that does; HVP_PRODUCT_NONE when none does.
 */
u8 hvp_text_product(const struct hvp_report *report, bool dmi,
		    const struct hvp_fact **evidence);

/** List set bits without a row and leaves that differ between CPUs. */
void hvp_leftovers_find(struct hvp_report *report);

/** Fill report->verdict; the rest of the report has to be complete. */
void hvp_verdict_reach(struct hvp_report *report);

/** Add a step to the verdict; @fact is the evidence, or NULL. */
void hvp_verdict_step(struct hvp_report *report, u8 rule, u8 product, u32 base,
		      const struct hvp_fact *fact);

/** Xen only: which kind of domain, once it is known who is underneath. */
void hvp_verdict_xen(struct hvp_report *report);

/** " guest", " PV dom0" and the like. */
const char *hvp_verdict_xen_words(const struct hvp_verdict *verdict);

/** The 12 bytes of a base leaf. */
void hvp_signature_bytes(const struct hvp_fact *fact, u8 out[12]);

/** Bits of register @reg of @leaf (offset or absolute) that rows name. */
u32 hvp_listed_bits(u16 abis, u32 leaf, u32 subleaf, u32 reg);

/**
 * Is @leaf (absolute) one that @itf vouches for? Beyond the maximum leaf only
 * the virtualization stack's leaves can be, when they carry their own id.
 */
bool hvp_leaf_valid(const struct hvp_report *report,
		    const struct hvp_interface *itf, u32 leaf);

/** Value of one register when it was recorded, else @otherwise. */
static inline u32 hvp_reg_or(const struct hvp_fact *fact, u32 reg,
			     u32 otherwise)
{
	return fact && fact->outcome == HVP_OUTCOME_VALUE &&
	       fact->cpuid.known & 1U << reg ? fact->cpuid.regs[reg] :
					       otherwise;
}

#endif
