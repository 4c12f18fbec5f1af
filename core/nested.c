// SPDX-License-Identifier: GPL-2.0-only
/* Answers about nesting. Rows: core/nested.def. */
#include "nested.h"

/* Intel SDM vol. 3 24.7; AMD APM vol. 2 15.30.1; TLFS vp-assist page */
#define MSR_FEATURE_CONTROL	0x0000003aU
#define FEATURE_CONTROL_LOCKED	0
#define FEATURE_CONTROL_VMXON	2
#define MSR_VM_CR		0xc0010114U
#define VM_CR_LOCK		3
#define VM_CR_SVMDIS		4
#define MSR_VP_ASSIST_PAGE	0x40000073U

const struct hvp_nested_name hvp_nested_names[HVP_NESTED_COUNT] = {
#define HVP_NESTED_CAP(id, k, cap, text) \
	[HVP_NESTED_##id] = { .key = k, .rule = text },
#define HVP_NESTED_FIELD(id, k, field, text) \
	[HVP_NESTED_##id] = { .key = k, .rule = text, .number = true },
#define HVP_NESTED_BOOL		false
#define HVP_NESTED_NUMBER	true
#define HVP_NESTED_RULE(id, k, kind, text) \
	[HVP_NESTED_##id] = { .key = k, .rule = text, \
			      .number = HVP_NESTED_##kind },
#include "nested.def"
#undef HVP_NESTED_CAP
#undef HVP_NESTED_FIELD
#undef HVP_NESTED_RULE
};

static void read_rows(const struct hvp_report *report,
		      struct hvp_answer *answers)
{
#define HVP_NESTED_CAP(id, key, cap, text) \
	answers[HVP_NESTED_##id] = hvp_answer_cap(report, HVP_CAP_##cap);
#define HVP_NESTED_FIELD(id, key, field, text) \
	answers[HVP_NESTED_##id] = \
		hvp_answer_field(report, HVP_FIELD_ID_##field);
#define HVP_NESTED_RULE(...)
#include "nested.def"
#undef HVP_NESTED_CAP
#undef HVP_NESTED_FIELD
#undef HVP_NESTED_RULE
}

static void tell_nested(const struct hvp_report *report,
			struct hvp_answer *answers)
{
	struct hvp_answer hint = answers[HVP_NESTED_HINT];
	struct hvp_answer level = answers[HVP_NESTED_LEVEL];
	struct hvp_answer *nested = &answers[HVP_NESTED_NESTED];
	struct hvp_answer *layers = &answers[HVP_NESTED_LAYERS];
	u64 above = is_yes(level) ? level.value : 0;

	if (report->verdict.kind == HVP_VERDICT_UNKNOWN) {
		*nested = hvp_answer_unknown(report->fact_missing);
		*layers = *nested;
		return;
	}
	if (is_yes(hint) && !above)
		above = 1;
	layers->kind = HVP_ANSWER_YES;
	/* Firmware that answers PSCI shows no hypervisor. */
	layers->value = report->verdict.kind == HVP_VERDICT_BARE_METAL ||
			report->verdict.kind == HVP_VERDICT_NO_INTERFACE ?
				0 : 1 + above;
	if (report->verdict.kind == HVP_VERDICT_BARE_METAL)
		*nested = hvp_answer_is(false, report->leaf1);
	else if (above)
		*nested = hvp_answer_is(true, is_yes(hint) ? hint.fact :
							     level.fact);
	else if (is_unknown(hint))
		*nested = hint;
	else if (is_unknown(level))
		*nested = level;
	else if (report->caps[HVP_CAP_HYPERV_INTERFACE].state ==
			 HVP_STATE_ADVERTISED &&
		 report->verdict.primary == HVP_PRODUCT_HYPERV)
		*nested = hvp_answer_is(false, hint.fact);
	else
		*nested = hvp_answer_unknown(HVP_REASON_NOTHING_TELLS);
}

/* @visible, and not (@closed and @locked); closed may be the opposite of open. */
static struct hvp_answer usable(struct hvp_answer visible,
				struct hvp_answer closed,
				struct hvp_answer locked)
{
	if (!is_yes(visible))
		return visible;
	if (is_no(closed) || is_no(locked))
		return hvp_answer_is(true, is_no(closed) ? closed.fact :
							   locked.fact);
	if (is_yes(closed) && is_yes(locked))
		return hvp_answer_is(false, closed.fact);
	/* The register that would lock it is not there. */
	if (closed.kind == HVP_ANSWER_NONE)
		return hvp_answer_unknown(HVP_REASON_FAULTED);
	return closed;
}

static struct hvp_answer opposite(struct hvp_answer answer)
{
	if (is_yes(answer) || is_no(answer))
		answer.kind = is_yes(answer) ? HVP_ANSWER_NO : HVP_ANSWER_YES;
	return answer;
}

static struct hvp_answer bit_if(const struct hvp_report *report,
				struct hvp_answer visible, u32 msr, u32 bit)
{
	struct hvp_answer none = { .kind = HVP_ANSWER_NONE };

	return is_no(visible) ? none : hvp_answer_msr_bit(report, msr, bit);
}

/* A kernel that was started at EL1 may have an EL2 above it, or none. */
static struct hvp_answer owns_el2(const struct hvp_report *report)
{
	const struct hvp_fact *fact = hvp_facts_text(
		report->facts, HVP_TEXT_EXCEPTION_LEVEL, NULL);

	if (fact && fact->data_bytes == 3 &&
	    !memcmp(hvp_fact_data(fact), "EL2", 3))
		return hvp_answer_is(true, fact);
	return hvp_answer_unknown(HVP_REASON_NOTHING_TELLS);
}

static void tell_usable(const struct hvp_report *report,
			struct hvp_answer *answers)
{
	struct hvp_answer vmx = answers[HVP_NESTED_VMX];
	struct hvp_answer svm = answers[HVP_NESTED_SVM];
	struct hvp_answer *can = &answers[HVP_NESTED_CAN_NEST];

	answers[HVP_NESTED_VMX_LOCKED] =
		bit_if(report, vmx, MSR_FEATURE_CONTROL, FEATURE_CONTROL_LOCKED);
	answers[HVP_NESTED_VMX_ENABLED] =
		bit_if(report, vmx, MSR_FEATURE_CONTROL, FEATURE_CONTROL_VMXON);
	answers[HVP_NESTED_VMX_USABLE] =
		usable(vmx, opposite(answers[HVP_NESTED_VMX_ENABLED]),
		       answers[HVP_NESTED_VMX_LOCKED]);
	answers[HVP_NESTED_SVM_DISABLED] =
		bit_if(report, svm, MSR_VM_CR, VM_CR_SVMDIS);
	answers[HVP_NESTED_SVM_LOCKED] =
		bit_if(report, svm, MSR_VM_CR, VM_CR_LOCK);
	answers[HVP_NESTED_SVM_USABLE] =
		usable(svm, answers[HVP_NESTED_SVM_DISABLED],
		       answers[HVP_NESTED_SVM_LOCKED]);
	vmx = answers[HVP_NESTED_VMX_USABLE];
	svm = answers[HVP_NESTED_SVM_USABLE];
	*can = is_yes(vmx) || is_unknown(vmx) ? vmx : svm;
	if (is_unknown(*can) && is_yes(svm))
		*can = svm;
	if (report->arch == HVP_ARCH_ARM64)
		*can = owns_el2(report);
}

static void tell_evmcs(const struct hvp_report *report,
		       struct hvp_nested *nested)
{
	struct hvp_answer *answers = nested->answers;
	struct hvp_answer hint = answers[HVP_NESTED_EVMCS_HINT];
	struct hvp_answer low = answers[HVP_NESTED_EVMCS_LOW];
	struct hvp_answer high = answers[HVP_NESTED_EVMCS_HIGH];
	struct hvp_answer *evmcs = &answers[HVP_NESTED_EVMCS];

	*evmcs = hint;
	if (is_yes(hint) && is_unknown(low))
		*evmcs = low;
	else if (is_yes(hint))
		*evmcs = hvp_answer_is(is_yes(low) && low.value == 1 &&
				       high.value >= 1, hint.fact);
	answers[HVP_NESTED_VP_ASSIST_ON] =
		bit_if(report, answers[HVP_NESTED_VP_ASSIST],
		       MSR_VP_ASSIST_PAGE, 0);
	hvp_vmx_decode(report, *evmcs, answers[HVP_NESTED_EVMCS_PERF],
		       &nested->vmx);
}

/*
 * KVM filters what a guest reads, so that what is missing is not seen to be:
 * what is seen is whether anything is left that eVMCS v1 could not express.
 */
static void tell_filter(struct hvp_nested *nested)
{
	struct hvp_answer *filtered = &nested->answers[HVP_NESTED_EVMCS_FILTERED];
	struct hvp_answer evmcs = nested->answers[HVP_NESTED_EVMCS];
	u32 i;

	if (!is_yes(evmcs) || is_no(nested->answers[HVP_NESTED_VMX])) {
		if (is_unknown(evmcs))
			*filtered = evmcs;
		return;
	}
	*filtered = hvp_answer_is(true, NULL);
	for (i = 0; i < HVP_VMX_COUNT; i++) {
		const struct hvp_vmx_control *control = &nested->vmx.controls[i];

		if (is_no(control->evmcs) && is_yes(control->offered)) {
			*filtered = hvp_answer_is(false, control->offered.fact);
			return;
		}
		if (is_unknown(control->offered))
			*filtered = control->offered;
	}
}

void hvp_nested_decode(const struct hvp_report *report,
		       struct hvp_nested *nested)
{
	memset(nested, 0, sizeof(*nested));
	read_rows(report, nested->answers);
	tell_nested(report, nested->answers);
	tell_usable(report, nested->answers);
	tell_evmcs(report, nested);
	tell_filter(nested);
}
