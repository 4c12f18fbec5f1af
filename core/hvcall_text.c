// SPDX-License-Identifier: GPL-2.0-only
/* Hyper-V calls in words. */
#include "hvcall_text.h"

const struct hvp_hvcall_field hvp_hvcall_fields[HVP_HVCALL_FIELD_COUNT] = {
	{ "call code", 0, 15 },
	{ "fast", 16, 16 },
	{ "variable header qwords", 17, 26 },
	{ "reserved", 27, 30 },
	{ "nested", 31, 31 },
	{ "rep count", 32, 43 },
	{ "reserved", 44, 47 },
	{ "rep start", 48, 59 },
	{ "reserved", 60, 63 },
};

void hvp_hvcall_describe(const struct hvp_hvcall_layout *layout,
			 struct hvp_hvcall_description *description)
{
	static const char *const names[HVP_HVCALL_REG_COUNT] = {
		"RDX", "R8", "XMM0", "XMM1", "XMM2", "XMM3", "XMM4", "XMM5",
	};
	bool slow = layout->shape == HVP_HVCALL_SHAPE_SLOW;
	u32 i;

	memset(description, 0, sizeof(*description));
	for (i = 0; i < HVP_HVCALL_FIELD_COUNT; i++) {
		const struct hvp_hvcall_field *field = &hvp_hvcall_fields[i];

		description->field[i] =
			layout->control >> field->lo &
			((1ULL << (field->hi - field->lo + 1)) - 1);
	}
	description->reg[0].name = "RCX";
	description->reg[0].value = layout->control;
	description->reg[0].role = HVP_HVCALL_ROLE_CONTROL;
	for (i = 0; i < HVP_HVCALL_REG_COUNT; i++) {
		description->reg[1 + i].name = names[i];
		description->reg[1 + i].in = layout->in[i];
		description->reg[1 + i].out = layout->out[i];
		/* RDX and R8 are always loaded, if only with zero. */
		if (i < (u32)HVP_HVCALL_XMM0 + layout->xmm_count)
			description->reg[1 + i].role = HVP_HVCALL_ROLE_BYTES;
	}
	if (!slow)
		return;
	if (layout->in_bytes) {
		description->reg[1].role = HVP_HVCALL_ROLE_IN_GPA;
		description->reg[1].value = layout->in_gpa;
	}
	if (layout->out_bytes) {
		description->reg[2].role = HVP_HVCALL_ROLE_OUT_GPA;
		description->reg[2].value = layout->out_gpa;
	}
}

static const char *const shape_names[HVP_HVCALL_SHAPE_COUNT] = {
	[HVP_HVCALL_SHAPE_AUTO] = "auto",
	[HVP_HVCALL_SHAPE_SLOW] = "slow",
	[HVP_HVCALL_SHAPE_FAST] = "fast",
	[HVP_HVCALL_SHAPE_XMM] = "xmm",
};

static const char *const reason_texts[] = {
#define HVP_HVCALL_REASON(id, text) text,
	HVP_HVCALL_REASONS
#undef HVP_HVCALL_REASON
};

static const char *const refusal_texts[] = {
#define HVP_HVCALL_REFUSAL(id, error, text) text,
	HVP_HVCALL_REFUSALS
#undef HVP_HVCALL_REFUSAL
};

#define PICK(names, number) \
	((number) < HVP_ARRAY_SIZE(names) ? (names)[number] : "?")

const char *hvp_hvcall_shape_name(u32 shape)
{
	return PICK(shape_names, shape);
}

const char *hvp_hvcall_reason_text(u32 reason)
{
	return PICK(reason_texts, reason);
}

const char *hvp_hvcall_refusal_text(u32 refusal)
{
	return PICK(refusal_texts, refusal);
}
