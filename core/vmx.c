// SPDX-License-Identifier: GPL-2.0-only
/* VMX capability MSRs to controls. Intel SDM vol. 3 appendix A. */
#include "vmx.h"

#define TRUE_CONTROLS_BIT	55

const struct hvp_vmx_group_row hvp_vmx_groups[HVP_VMX_GROUP_COUNT] = {
#define HVP_VMX_GROUP(id, k, index, true_index, kd, mask) \
	[HVP_VMX_##id] = { .key = k, .msr = index, .true_msr = true_index, \
			   .kind = HVP_VMX_##kd, .evmcs = mask },
#define HVP_VMX(...)
#include "vmx.def"
#undef HVP_VMX_GROUP
#undef HVP_VMX
};

const struct hvp_vmx_name hvp_vmx_names[HVP_VMX_COUNT] = {
#define HVP_VMX_GROUP(...)
#define HVP_VMX(gr, b, text) \
	[HVP_VMX_ROW_##gr##_##b] = { .name = text, .group = HVP_VMX_##gr, \
				     .bit = b },
#include "vmx.def"
#undef HVP_VMX_GROUP
#undef HVP_VMX
};

#define HVP_VMX_GROUP(...)
#define HVP_VMX(group, bit, name) \
	static_assert((bit) < 64, #group " " name ": bit");
#include "vmx.def"
#undef HVP_VMX_GROUP
#undef HVP_VMX

/* Without VMX there is no MSR to ask for. */
static const struct hvp_fact *group_fact(const struct hvp_report *report,
					 u32 group, struct hvp_answer *answer)
{
	const struct hvp_vmx_group_row *row = &hvp_vmx_groups[group];
	const struct hvp_fact *basic;
	u32 index = row->msr;

	if (report->caps[HVP_CAP_CPU_VMX].state == HVP_STATE_ABSENT) {
		*answer = hvp_answer_is(false,
					report->caps[HVP_CAP_CPU_VMX].fact);
		return NULL;
	}
	if (row->true_msr) {
		basic = hvp_answer_msr(report, hvp_vmx_groups[HVP_VMX_BASIC].msr,
				       answer);
		if (!basic)
			return NULL;
		if (basic->msr.value >> TRUE_CONTROLS_BIT & 1)
			index = row->true_msr;
	}
	return hvp_answer_msr(report, index, answer);
}

static u64 may_be_1(const struct hvp_vmx_group_row *row, u64 value)
{
	return row->kind == HVP_VMX_PAIR ? value >> 32 : value;
}

static u64 must_be_1(const struct hvp_vmx_group_row *row, u64 value)
{
	return row->kind == HVP_VMX_PAIR ? value & 0xffffffffU : 0;
}

static void decode_offered(const struct hvp_vmx_group_row *row, u32 bit,
			   const struct hvp_fact *fact,
			   struct hvp_vmx_control *out)
{
	bool may = may_be_1(row, fact->msr.value) >> bit & 1;
	bool must = must_be_1(row, fact->msr.value) >> bit & 1;

	out->offered = hvp_answer_is(may, fact);
	out->must = must && may;
	if (must && !may) {
		out->offered = hvp_answer_unknown(HVP_REASON_INCONSISTENT);
		out->offered.fact = fact;
	}
}

static bool needs_perf(u32 row)
{
	return row == HVP_VMX_ROW_EXIT_12 || row == HVP_VMX_ROW_ENTRY_13;
}

static struct hvp_answer both(struct hvp_answer a, struct hvp_answer b)
{
	if (a.kind == HVP_ANSWER_NO || a.kind == HVP_ANSWER_NONE)
		return hvp_answer_is(false, a.fact);
	if (b.kind == HVP_ANSWER_NO || b.kind == HVP_ANSWER_NONE)
		return hvp_answer_is(false, b.fact);
	return a.kind == HVP_ANSWER_UNKNOWN ? a : b;
}

static void decode_control(const struct hvp_report *report, u32 row,
			   struct hvp_answer evmcs, struct hvp_answer perf,
			   const struct hvp_fact *fact,
			   struct hvp_vmx_control *out)
{
	const struct hvp_vmx_name *name = &hvp_vmx_names[row];
	const struct hvp_vmx_group_row *group = &hvp_vmx_groups[name->group];

	if (fact)
		decode_offered(group, name->bit, fact, out);
	if (group->kind == HVP_VMX_FACTS)
		return;
	/* Version 1 is a fact of its specification, whatever is offered here. */
	if (needs_perf(row))
		out->evmcs = perf;
	else
		out->evmcs = hvp_answer_is(group->evmcs >> name->bit & 1, NULL);
	if (report->caps[HVP_CAP_CPU_VMX].state == HVP_STATE_ABSENT ||
	    evmcs.kind == HVP_ANSWER_NO)
		return;
	out->usable = both(both(evmcs, out->evmcs), out->offered);
}

void hvp_vmx_decode(const struct hvp_report *report, struct hvp_answer evmcs,
		    struct hvp_answer perf, struct hvp_vmx *vmx)
{
	struct hvp_answer missing[HVP_VMX_GROUP_COUNT];
	u32 i, row;

	memset(vmx, 0, sizeof(*vmx));
	for (i = 0; i < HVP_VMX_GROUP_COUNT; i++) {
		const struct hvp_fact *fact =
			group_fact(report, i, &missing[i]);
		const struct hvp_vmx_group_row *group = &hvp_vmx_groups[i];

		vmx->facts[i] = fact;
		if (fact && group->kind != HVP_VMX_FACTS)
			vmx->unnamed[i] = may_be_1(group, fact->msr.value) &
					  ~must_be_1(group, fact->msr.value);
	}
	for (row = 0; row < HVP_VMX_COUNT; row++) {
		struct hvp_vmx_control *out = &vmx->controls[row];

		i = hvp_vmx_names[row].group;
		out->offered = missing[i];
		decode_control(report, row, evmcs, perf, vmx->facts[i], out);
		vmx->unnamed[i] &= ~(1ULL << hvp_vmx_names[row].bit);
	}
}
