// SPDX-License-Identifier: GPL-2.0-only
/* Answers of SMCCC calls to states, fields and interfaces. */
#include "decode.h"
#include "hypercalls.h"

#define HYPERV_VALUE	6	/* GetVpRegisters: X6 and X7 hold the register */
#define NO_ENTROPY	(-3)

/* --------------------------------------------------------------- gather */

static u32 arch_by_text(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact = hvp_facts_text(facts, HVP_TEXT_ARCH, NULL);
	const char *text = fact ? hvp_fact_data(fact) : "";
	u32 bytes = fact ? fact->data_bytes : 0;

	if ((bytes == 7 && !memcmp(text, "aarch64", 7)) ||
	    (bytes == 5 && !memcmp(text, "arm64", 5)))
		return HVP_ARCH_ARM64;
	if ((bytes == 6 && !memcmp(text, "x86_64", 6)) ||
	    (bytes == 4 && text[0] == 'i' && !memcmp(text + 2, "86", 2)))
		return HVP_ARCH_X86;
	return HVP_ARCH_UNKNOWN;
}

static u8 conduit_by_text(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact =
		hvp_facts_text(facts, HVP_TEXT_DT_PSCI_METHOD, NULL);

	if (!fact || fact->data_bytes != 3)
		return HVP_INSN_NONE;
	return !memcmp(hvp_fact_data(fact), "hvc", 3) ? HVP_INSN_HVC :
	       !memcmp(hvp_fact_data(fact), "smc", 3) ? HVP_INSN_SMC :
							HVP_INSN_NONE;
}

/* @called: by us; else told by a log, which says neither CPU nor conduit. */
static void gather_answer(struct hvp_report *report,
			  const struct hvp_fact *fact, bool called)
{
	struct hvp_smccc *smccc = &report->smccc;
	u32 query = hvp_smccc_query_of(fact);

	if (query == HVP_SMCCC_QUERY_NONE ||
	    called != (fact->smccc.conduit != HVP_INSN_NONE))
		return;
	/* Where the first call was not made, none was. */
	if (query == HVP_SMCCC_QUERY_PSCI_VERSION &&
	    fact->outcome == HVP_OUTCOME_SKIPPED) {
		smccc->skipped = fact;
		return;
	}
	if (smccc->cpu == HVP_CPU_ANY)
		smccc->cpu = fact->cpu;
	if ((called && smccc->cpu != fact->cpu) || smccc->answers[query])
		return;
	smccc->answers[query] = fact;
	if (smccc->conduit == HVP_INSN_NONE)
		smccc->conduit = (u8)fact->smccc.conduit;
}

void hvp_smccc_gather(struct hvp_report *report)
{
	struct hvp_smccc *smccc = &report->smccc;
	const struct hvp_fact *fact = NULL, *last = NULL;
	bool any = false;
	u32 cpus = 0;

	smccc->cpu = HVP_CPU_ANY;
	while ((fact = hvp_facts_next(report->facts, fact))) {
		if (fact->kind != HVP_FACT_SMCCC)
			continue;
		any = true;
		gather_answer(report, fact, true);
		/* A CPU's own answers stand together. */
		if (hvp_smccc_is_per_cpu(fact) && (!last || last->cpu != fact->cpu)) {
			cpus++;
			last = fact;
		}
	}
	while ((fact = hvp_facts_next(report->facts, fact)))
		if (fact->kind == HVP_FACT_SMCCC)
			gather_answer(report, fact, false);
	if (report->leaf0 || report->leaf1 || report->interface_count)
		report->arch = HVP_ARCH_X86;
	else
		report->arch = any ? HVP_ARCH_ARM64 :
				     arch_by_text(report->facts);
	if (report->arch != HVP_ARCH_ARM64)
		return;
	report->cpu = smccc->cpu;
	report->cpu_count = cpus ? cpus : any;
	smccc->fadt_hyperv = hvp_smccc_acpi_hyperv(report->facts);
	if (smccc->conduit == HVP_INSN_NONE && !smccc->skipped)
		smccc->conduit = conduit_by_text(report->facts);
}

/* ----------------------------------------------------------------- states */

static u32 why_untold(const struct hvp_report *report)
{
	return report->smccc.skipped ? report->smccc.skipped->reason :
				       report->driver_missing;
}

/* What is behind @gate has no answer: ruled out by another one, or not told. */
static u8 untold(const struct hvp_report *report, u32 gate, u8 *reason)
{
	const struct hvp_fact *first =
		report->smccc.answers[HVP_SMCCC_QUERY_PSCI_VERSION];

	*reason = HVP_REASON_NONE;
	if (report->arch == HVP_ARCH_X86)
		return HVP_STATE_ABSENT;
	if (first && first->outcome == HVP_OUTCOME_FAULT) {
		*reason = HVP_REASON_CALL_UNDEFINED;
		return HVP_STATE_UNKNOWN;
	}
	if (hvp_smccc_gate(&report->smccc, gate) == HVP_SMCCC_CLOSED)
		return HVP_STATE_ABSENT;
	*reason = (u8)why_untold(report);
	return HVP_STATE_UNKNOWN;
}

static u8 unanswered(const struct hvp_report *report, u32 query, u8 *reason)
{
	const struct hvp_fact *fact = report->smccc.answers[query];

	if (fact && fact->outcome == HVP_OUTCOME_SKIPPED) {
		*reason = fact->reason;
		return HVP_STATE_UNKNOWN;
	}
	return untold(report, hvp_smccc_queries[query].gate, reason);
}

/* PSCI 0.2 has these ten, and no way of asking. */
static bool is_unaskable(const struct hvp_report *report, u32 query)
{
	const struct hvp_smccc_query *row = &hvp_smccc_queries[query];

	return row->gate == HVP_SMCCC_GATE_PSCI_1_0 &&
	       (row->args[0] & ~0x40000000ULL) - 0x84000000 < 10 &&
	       hvp_smccc_gate(&report->smccc, HVP_SMCCC_GATE_PSCI_0_2) ==
		       HVP_SMCCC_OPEN;
}

static bool was_tried(const struct hvp_fact *fact, u32 check)
{
	s32 status;

	if (!fact || check == HVP_SMCCC_CHECK_NONE)
		return false;
	/* An empty pool is no broken promise. */
	return check != HVP_SMCCC_CHECK_ENTROPY ||
	       !hvp_smccc_status(fact, &status) || status != NO_ENTROPY;
}

void hvp_smccc_decode_cap(const struct hvp_report *report,
			  const struct hvp_cap *cap, struct hvp_cap_state *out)
{
	const struct hvp_fact *says = report->smccc.answers[cap->leaf];
	const struct hvp_fact *does = cap->does == HVP_SMCCC_QUERY_NONE ?
					      NULL :
					      report->smccc.answers[cap->does];
	bool yes, tried, works;

	if (!says || says->outcome != HVP_OUTCOME_VALUE) {
		out->state = unanswered(report, cap->leaf, &out->reason);
		if (out->state == HVP_STATE_ABSENT &&
		    is_unaskable(report, cap->leaf)) {
			out->state = HVP_STATE_UNKNOWN;
			out->reason = HVP_REASON_NOT_TRIED;
		}
		return;
	}
	yes = hvp_smccc_says(says, cap->bit);
	tried = was_tried(does, cap->check);
	works = tried && hvp_smccc_passes(does, cap->check);
	out->fact = tried && (yes || works) ? does : says;
	if (yes)
		out->state = !tried ? HVP_STATE_ADVERTISED :
			     works  ? HVP_STATE_VERIFIED : HVP_STATE_BROKEN;
	else
		out->state = works ? HVP_STATE_UNADVERTISED : HVP_STATE_ABSENT;
}

static bool is_refusal(const struct hvp_fact *fact, u32 query)
{
	return !hvp_smccc_says(fact, hvp_smccc_queries[query].flags &
					     HVP_SMCCC_WIDE ?
				     HVP_SAYS_ANY64 : HVP_SAYS_ANY);
}

void hvp_smccc_decode_field(const struct hvp_report *report,
			    const struct hvp_field *field,
			    struct hvp_field_value *out)
{
	const struct hvp_fact *fact = report->smccc.answers[field->leaf];
	u32 width = field->hi - field->lo + 1;
	u64 value;

	if (!hvp_smccc_register(fact, field->reg, &value)) {
		out->state = unanswered(report, field->leaf, &out->reason);
		return;
	}
	/* A refusal is no number, except where it is the answer itself. */
	if (field->kind != HVP_FIELD_SINT && is_refusal(fact, field->leaf))
		return;
	out->value = value >> field->lo;
	if (width < 64)
		out->value &= (1ULL << width) - 1;
	out->state = HVP_STATE_ADVERTISED;
	out->source = fact->source;
}

static u32 gate_of(u32 abi)
{
	switch (abi) {
	case HVP_ABI_KVM:
		return HVP_SMCCC_GATE_KVM;
	case HVP_ABI_XEN:
		return HVP_SMCCC_GATE_XEN;
	case HVP_ABI_HYPERV:
		return HVP_SMCCC_GATE_HYPERV;
	case HVP_ABI_GUNYAH:
		return HVP_SMCCC_GATE_GUNYAH;
	default:
		return HVP_SMCCC_GATE_COUNT;
	}
}

void hvp_smccc_decode_abi(const struct hvp_report *report, u32 abi, bool calls,
			  struct hvp_cap_state *out)
{
	static const u8 proofs[HVP_ABI_COUNT][2] = {
		[HVP_ABI_KVM] = { HVP_SMCCC_QUERY_KVM_FEATURES,
				  HVP_SMCCC_CHECK_BIT_0 },
		[HVP_ABI_XEN] = { HVP_SMCCC_QUERY_XEN_VERSION,
				  HVP_SMCCC_CHECK_POSITIVE },
		[HVP_ABI_HYPERV] = { HVP_SMCCC_QUERY_HYPERV_VERSION,
				     HVP_SMCCC_CHECK_ZERO },
	};
	const struct hvp_interface *itf = hvp_report_abi(report, abi);
	u32 gate = gate_of(abi);
	const struct hvp_fact *made;

	if (gate == HVP_SMCCC_GATE_COUNT)
		return;
	if (!itf) {
		out->state = untold(report, gate, &out->reason);
		return;
	}
	out->state = HVP_STATE_ADVERTISED;
	out->fact = itf->fact;
	made = report->smccc.answers[proofs[abi][0]];
	if (!calls || !made)
		return;
	out->fact = made;
	out->state = hvp_smccc_passes(made, proofs[abi][1]) ?
			     HVP_STATE_VERIFIED : HVP_STATE_BROKEN;
}

/* Registers that need GUEST_OS_ID are not asked, some leaves have none. */
static u32 why_not_asked(u32 leaf)
{
	u32 i;

	for (i = 0; i < hvp_hvreg_count; i++)
		if (hvp_hvregs[i].leaf == leaf)
			return HVP_REASON_NOT_TRIED;
	return HVP_REASON_NOTHING_TELLS;
}

struct hvp_lookup hvp_smccc_leaf(const struct hvp_report *report, u32 abi,
				 u32 leaf)
{
	struct hvp_lookup l = { .state = HVP_STATE_ABSENT };
	u32 query;

	if (abi != HVP_ABI_HYPERV)
		return l;
	for (query = 0; query < HVP_SMCCC_QUERY_COUNT; query++) {
		const struct hvp_smccc_query *row = &hvp_smccc_queries[query];
		const struct hvp_fact *fact = report->smccc.answers[query];
		const struct hvp_hvreg *reg;
		u64 low, high;
		s32 status;

		if (row->gate != HVP_SMCCC_GATE_HYPERV)
			continue;
		reg = hvp_hvreg_find((u32)row->args[3]);
		if (!reg || reg->leaf != leaf)
			continue;
		if (!hvp_smccc_register(fact, HYPERV_VALUE, &low) ||
		    !hvp_smccc_register(fact, HYPERV_VALUE + 1, &high)) {
			l.state = unanswered(report, query, &l.reason);
			return l;
		}
		/* HV_STATUS in 15:0. */
		if (!hvp_smccc_status(fact, &status) || status & 0xffff) {
			l.state = HVP_STATE_UNKNOWN;
			l.reason = HVP_REASON_CALL_REFUSED;
			return l;
		}
		l.fact = fact;
		l.known = 0xf;
		l.regs[HVP_EAX] = (u32)low;
		l.regs[HVP_EBX] = (u32)(low >> 32);
		l.regs[HVP_ECX] = (u32)high;
		l.regs[HVP_EDX] = (u32)(high >> 32);
		return l;
	}
	l.state = untold(report, HVP_SMCCC_GATE_HYPERV, &l.reason);
	if (hvp_report_abi(report, HVP_ABI_HYPERV))
		l.reason = (u8)why_not_asked(leaf);
	return l;
}
