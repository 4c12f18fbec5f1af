// SPDX-License-Identifier: GPL-2.0-only
/* Facts to report: states of capabilities, values of fields. */
#include "decode.h"
#include "hypercalls.h"
#include "proof.h"

#define SVM_VISIBLE_LEAF	0x80000001U
#define SVM_VISIBLE_BIT		2	/* of ECX */
#define SVM_LEAF		0x8000000aU

/* CPU whose record is fullest: the one with the longest run of facts. */
static u32 fullest_cpu(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact = NULL;
	u32 best = HVP_CPU_ANY, best_run = 0, run = 0, cpu = HVP_CPU_ANY;

	while ((fact = hvp_facts_next(facts, fact))) {
		if (!hvp_facts_decode(facts, fact))
			continue;
		run = fact->cpu == cpu ? run + 1 : 1;
		cpu = fact->cpu;
		if (run > best_run) {
			best_run = run;
			best = cpu;
		}
	}
	return best;
}

/* Every CPU records leaf 0, leaf 1 or the base leaf; the most common counts. */
static u32 count_cpus(const struct hvp_facts *facts)
{
	static const u32 leaves[] = { 0, 1, HVP_BASE_FIRST };
	u32 counts[HVP_ARRAY_SIZE(leaves)] = { 0 };
	const struct hvp_fact *fact = NULL;
	u32 i, most = 0;

	while ((fact = hvp_facts_next(facts, fact)))
		for (i = 0; i < HVP_ARRAY_SIZE(leaves); i++)
			if (hvp_facts_decode(facts, fact) &&
			    fact->cpuid.leaf == leaves[i] &&
			    !fact->cpuid.subleaf)
				counts[i]++;
	for (i = 0; i < HVP_ARRAY_SIZE(leaves); i++)
		if (counts[i] > most)
			most = counts[i];
	return most;
}

static void read_identity(struct hvp_report *report)
{
	static const u8 order[] = { HVP_EBX, HVP_EDX, HVP_ECX };
	u32 i;

	report->leaf0 = hvp_facts_cpuid(report->facts, report->cpu, 0, 0);
	report->leaf1 = hvp_facts_cpuid(report->facts, report->cpu, 1, 0);
	report->hypervisor_bit = -1;
	if (report->leaf1 && report->leaf1->outcome == HVP_OUTCOME_VALUE &&
	    report->leaf1->cpuid.known & 1U << HVP_ECX)
		report->hypervisor_bit =
			report->leaf1->cpuid.regs[HVP_ECX] >> 31;
	if (!report->leaf0 || report->leaf0->cpuid.known != 0xf)
		return;
	for (i = 0; i < 12; i++)
		report->vendor[i] =
			(u8)(report->leaf0->cpuid.regs[order[i / 4]] >>
			     8 * (i % 4));
	report->vendor_entry = hvp_vendor_find(report->vendor);
}

/*
 * Could @abi sit at a base that was not read? Only KVM and Xen are ever found
 * at the second base, and only behind Hyper-V or OpenBSD vmm.
 */
static bool abi_may_be_unread(const struct hvp_report *report, u32 abi)
{
	const struct hvp_interface *first = report->interfaces;

	if (report->base_class[0] == HVP_BASE_UNREAD)
		return !(report->interface_count &&
			 first->notes & HVP_NOTE_INFERRED);
	if ((abi != HVP_ABI_KVM && abi != HVP_ABI_XEN) ||
	    report->base_class[1] != HVP_BASE_UNREAD)
		return false;
	return report->base_class[0] != HVP_BASE_FOUND ||
	       first->abis & 1U << HVP_ABI_HYPERV ||
	       first->product == HVP_PRODUCT_OPENBSD;
}

static struct hvp_lookup found(const struct hvp_fact *fact)
{
	struct hvp_lookup l = { .fact = fact,
				.known = (u8)fact->cpuid.known };

	memcpy(l.regs, fact->cpuid.regs, sizeof(l.regs));
	return l;
}

static struct hvp_lookup not_found(u8 state, u32 reason)
{
	struct hvp_lookup l = { .state = state, .reason = (u8)reason };

	return l;
}

static u32 max_leaf_of_class(const struct hvp_report *report, u32 leaf,
			     bool *recorded)
{
	u32 first = leaf & 0xf0000000U;
	const struct hvp_fact *fact =
		hvp_facts_cpuid(report->facts, report->cpu, first, 0);

	*recorded = fact && fact->cpuid.known & 1;
	return hvp_reg_or(fact, HVP_EAX, 0);
}

/* AMD APM vol. 3 E.4.9: reserved where SVM is not visible. */
static bool without_svm(const struct hvp_report *report)
{
	const struct hvp_fact *fact =
		hvp_facts_cpuid(report->facts, report->cpu, SVM_VISIBLE_LEAF, 0);

	return fact && fact->cpuid.known & 1U << HVP_ECX &&
	       !(fact->cpuid.regs[HVP_ECX] >> SVM_VISIBLE_BIT & 1);
}

static struct hvp_lookup look(const struct hvp_report *report, u32 abi,
			      u32 leaf, u32 subleaf, u32 reg)
{
	const struct hvp_interface *itf = NULL;
	const struct hvp_fact *fact;
	bool recorded;

	if (report->arch == HVP_ARCH_ARM64)
		return hvp_smccc_leaf(report, abi, leaf);
	if (abi != HVP_ABI_CPU) {
		itf = hvp_report_abi(report, abi);
		if (!itf)
			return abi_may_be_unread(report, abi) ?
				       not_found(HVP_STATE_UNKNOWN,
						 report->fact_missing) :
				       not_found(HVP_STATE_ABSENT, 0);
		leaf += itf->base;
		if (!hvp_leaf_valid(report, itf, leaf))
			return not_found(HVP_STATE_ABSENT, 0);
	}

	fact = hvp_facts_cpuid(report->facts, report->cpu, leaf, subleaf);
	if (abi == HVP_ABI_CPU && leaf != 1) {
		u32 max = max_leaf_of_class(report, leaf, &recorded);

		if ((recorded && leaf > max) ||
		    (leaf == SVM_LEAF && without_svm(report)))
			return not_found(HVP_STATE_ABSENT, 0);
	}
	if (!fact)
		return not_found(HVP_STATE_UNKNOWN, report->fact_missing);
	if (fact->outcome == HVP_OUTCOME_FAULT)
		return not_found(HVP_STATE_UNKNOWN, HVP_REASON_FAULTED);
	if (!(fact->cpuid.known & 1U << reg))
		return not_found(HVP_STATE_UNKNOWN, report->fact_missing);
	/* bhyve answers the base leaf at every leaf of its range. */
	if (itf && leaf != itf->base && fact->cpuid.known == 0xf &&
	    !memcmp(fact->cpuid.regs, itf->fact->cpuid.regs,
		    sizeof(fact->cpuid.regs)) && itf->fact->cpuid.leaf != leaf)
		return not_found(HVP_STATE_ABSENT, 0);
	/* Xen 3.2 holds one register; more of them is another subleaf. */
	if (abi == HVP_ABI_XEN && leaf == itf->base + 3 && subleaf == 2 &&
	    (fact->cpuid.regs[HVP_EBX] | fact->cpuid.regs[HVP_ECX] |
	     fact->cpuid.regs[HVP_EDX]))
		return not_found(HVP_STATE_UNKNOWN, HVP_REASON_INCONSISTENT);
	return found(fact);
}

static void decode_bit(const struct hvp_report *report,
		       const struct hvp_cap *cap, struct hvp_cap_state *out)
{
	struct hvp_hvreg_place at;
	struct hvp_lookup l;

	if (!hvp_hvreg_place_cap(cap, report->arch == HVP_ARCH_ARM64, &at))
		return;
	l = look(report, cap->abi, cap->leaf, cap->subleaf, at.word);
	out->state = l.state;
	out->reason = l.reason;
	if (!l.fact)
		return;
	out->fact = l.fact;
	out->state = l.regs[at.word] >> at.bit & 1 ? HVP_STATE_ADVERTISED :
						     HVP_STATE_ABSENT;
}

static void decode_msr(const struct hvp_report *report,
		       const struct hvp_cap *cap, struct hvp_cap_state *out)
{
	const struct hvp_fact *fact =
		hvp_facts_msr(report->facts, report->cpu, cap->leaf);

	if (report->arch == HVP_ARCH_ARM64)
		return;
	out->fact = fact;
	if (fact && fact->outcome == HVP_OUTCOME_VALUE) {
		out->state = fact->msr.value >> cap->bit & 1 ?
				     HVP_STATE_ADVERTISED : HVP_STATE_ABSENT;
	} else if (fact && fact->outcome == HVP_OUTCOME_FAULT) {
		out->state = HVP_STATE_ABSENT;
	} else if (cap->needs != HVP_CAP_NONE &&
		   report->caps[cap->needs].state == HVP_STATE_ABSENT) {
		out->state = HVP_STATE_ABSENT;
	} else {
		out->state = HVP_STATE_UNKNOWN;
		out->reason = (u8)report->driver_missing;
	}
}

static void decode_abi(const struct hvp_report *report, u32 abi,
		       struct hvp_cap_state *out)
{
	const struct hvp_interface *itf = hvp_report_abi(report, abi);

	if (report->arch == HVP_ARCH_ARM64) {
		hvp_smccc_decode_abi(report, abi, false, out);
	} else if (itf) {
		out->state = HVP_STATE_ADVERTISED;
		out->fact = itf->fact;
	} else if (abi_may_be_unread(report, abi)) {
		out->state = HVP_STATE_UNKNOWN;
		out->reason = (u8)report->fact_missing;
	}
}

static void decode_call(const struct hvp_report *report, u32 abi,
			struct hvp_cap_state *out)
{
	if (report->arch == HVP_ARCH_ARM64) {
		hvp_smccc_decode_abi(report, abi, true, out);
		return;
	}
	decode_abi(report, abi, out);
	if (out->state != HVP_STATE_ADVERTISED)
		return;
	out->fact = NULL;
	out->state = hvp_proof_state(report->facts, report, abi, &out->fact,
				     &out->reason);
}

static void decode_cap(const struct hvp_report *report,
		       const struct hvp_cap *cap, struct hvp_cap_state *out)
{
	switch (cap->where) {
	case HVP_WHERE_CPUID:
		decode_bit(report, cap, out);
		break;
	case HVP_WHERE_MSR:
		decode_msr(report, cap, out);
		break;
	case HVP_WHERE_ABI:
		decode_abi(report, cap->abi, out);
		break;
	case HVP_WHERE_SMCCC:
		hvp_smccc_decode_cap(report, cap, out);
		break;
	default:
		decode_call(report, cap->abi, out);
		break;
	}
	if (out->fact)
		out->source = out->fact->source;
}

static void decode_field(const struct hvp_report *report,
			 const struct hvp_field *field,
			 struct hvp_field_value *out)
{
	u32 width = field->hi - field->lo + 1;
	struct hvp_lookup l;

	if (field->where == HVP_WHERE_SMCCC) {
		hvp_smccc_decode_field(report, field, out);
		return;
	}
	if (!hvp_hvreg_has_field(field, report->arch == HVP_ARCH_ARM64))
		return;
	l = look(report, field->abi, field->leaf, field->subleaf, field->reg);
	out->state = l.state;
	out->reason = l.reason;
	if (!l.fact)
		return;
	out->value = l.regs[field->reg];
	if (field->hi > 31) {
		if (!(l.known & 2U << field->reg)) {
			out->state = HVP_STATE_UNKNOWN;
			out->reason = (u8)report->fact_missing;
			return;
		}
		out->value |= (u64)l.regs[field->reg + 1] << 32;
	}
	out->value >>= field->lo;
	if (width < 64)
		out->value &= (1ULL << width) - 1;
	out->state = HVP_STATE_ADVERTISED;
	out->source = l.fact->source;
}

/* The tool leaves a text when the driver is loaded but not open to this user. */
static u32 why_no_driver(const struct hvp_report *report, u32 missing)
{
	if (missing == HVP_REASON_NOT_IN_DUMP)
		return missing;
	if (report->gvisor)
		return HVP_REASON_IN_GVISOR;
	return hvp_facts_text(report->facts, HVP_TEXT_DRIVER_STATE, NULL) ?
		       HVP_REASON_NEEDS_ROOT : HVP_REASON_NEEDS_DRIVER;
}

void hvp_decode(const struct hvp_facts *facts, u32 missing,
		struct hvp_report *report)
{
	u32 i;

	memset(report, 0, sizeof(*report));
	report->facts = facts;
	report->fact_missing = missing;
	report->gvisor = hvp_text_of_gvisor(facts);
	report->driver_missing = why_no_driver(report, missing);
	report->cpu = fullest_cpu(facts);
	report->cpu_count = count_cpus(facts);
	read_identity(report);
	hvp_interfaces_find(report);
	hvp_smccc_gather(report);
	if (report->arch == HVP_ARCH_ARM64)
		hvp_smccc_find(report);
	for (i = 0; i < HVP_CAP_COUNT; i++)
		decode_cap(report, &hvp_caps[i], &report->caps[i]);
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		decode_field(report, &hvp_fields[i], &report->fields[i]);
	hvp_leftovers_find(report);
	hvp_verdict_reach(report);
}

bool hvp_report_has(const struct hvp_report *report, u32 abi)
{
	return hvp_report_abi(report, abi) ||
	       (abi == HVP_ABI_SMCCC &&
		hvp_smccc_gate(&report->smccc, HVP_SMCCC_GATE_CONDUIT) ==
			HVP_SMCCC_OPEN);
}

void hvp_report_mask(const struct hvp_report *report, u64 mask[HVP_MASK_WORDS])
{
	u32 i;

	static_assert(HVP_CAP_COUNT <= HVP_MASK_WORDS * 64, "mask too short");
	memset(mask, 0, HVP_MASK_WORDS * sizeof(*mask));
	for (i = 0; i < HVP_CAP_COUNT; i++) {
		u8 state = report->caps[i].state;

		if (state == HVP_STATE_ADVERTISED ||
		    state == HVP_STATE_VERIFIED ||
		    state == HVP_STATE_UNADVERTISED)
			mask[i / 64] |= 1ULL << i % 64;
	}
}
