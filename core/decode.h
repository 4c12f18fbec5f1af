/* SPDX-License-Identifier: GPL-2.0-only */
/* Steps of hvp_decode(), in the order they run. */
#ifndef HVP_CORE_DECODE_H
#define HVP_CORE_DECODE_H

#include "report.h"

/**
 * struct hvp_lookup - result of looking for the registers of a leaf
 * @fact: where they come from, NULL: not found
 * @regs: EAX EBX ECX EDX
 * @known: bit n: regs[n] was recorded
 * @state: why not found: ABSENT or UNKNOWN with @reason
 */
struct hvp_lookup {
	const struct hvp_fact *fact;
	u32 regs[4];
	u8 known;
	u8 state;
	u8 reason;
};

/** Fill report->interfaces and base_class from the facts of report->cpu. */
void hvp_interfaces_find(struct hvp_report *report);

/**
 * Product named by text facts (DMI texts when @dmi, else all others) and the
 * fact that does; HVP_PRODUCT_NONE when none does.
 */
u8 hvp_text_product(const struct hvp_report *report, bool dmi,
		    const struct hvp_fact **evidence);

/** The text that says gVisor's kernel is running, NULL when none does. */
const struct hvp_fact *hvp_text_of_gvisor(const struct hvp_facts *facts);

/** List set bits without a row and leaves that differ between CPUs. */
void hvp_leftovers_find(struct hvp_report *report);

/** Fill report->verdict; the rest of the report has to be complete. */
void hvp_verdict_reach(struct hvp_report *report);

/** The same for arm64. */
void hvp_verdict_arm64(struct hvp_report *report);

/** For it: settle the opinion. */
void hvp_verdict_conclude(struct hvp_report *report, u8 kind, u8 primary);

/** Add a step to the verdict; @fact is the evidence, or NULL. */
void hvp_verdict_step(struct hvp_report *report, u8 rule, u8 product, u32 base,
		      const struct hvp_fact *fact);

/** Xen only: which kind of domain, once it is known who is underneath. */
void hvp_verdict_xen(struct hvp_report *report);

/** " guest", " PV dom0" and the like. */
const char *hvp_verdict_xen_words(const struct hvp_verdict *verdict);

/** The 12 bytes of a base leaf. */
void hvp_signature_bytes(const struct hvp_fact *fact, u8 out[12]);

/* --------------------------- arm64 (decode_smccc.c, smccc_find.c) */

/** Fill report->smccc, ->arch, and for arm64 ->cpu, ->cpu_count. */
void hvp_smccc_gather(struct hvp_report *report);

/** Fill report->interfaces from the UIDs; unlisted bits; CPUs that differ. */
void hvp_smccc_find(struct hvp_report *report);

/** Rows of HVP_WHERE_SMCCC. */
void hvp_smccc_decode_cap(const struct hvp_report *report,
			  const struct hvp_cap *cap, struct hvp_cap_state *out);
void hvp_smccc_decode_field(const struct hvp_report *report,
			    const struct hvp_field *field,
			    struct hvp_field_value *out);

/** On arm64: is @abi here, and (@calls) do its calls work? */
void hvp_smccc_decode_abi(const struct hvp_report *report, u32 abi, bool calls,
			  struct hvp_cap_state *out);

/**
 * On arm64: Hyper-V's registers stand for its leaves, unknown where none was
 * asked; leaves of others are absent.
 */
struct hvp_lookup hvp_smccc_leaf(const struct hvp_report *report, u32 abi,
				 u32 leaf);

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
