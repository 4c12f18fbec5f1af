/* SPDX-License-Identifier: GPL-2.0-only */
/* Hyper-V calls in words, and as a dry run shows them. */
#ifndef HVP_CORE_HVCALL_TEXT_H
#define HVP_CORE_HVCALL_TEXT_H

#include "hvcall.h"

#define HVP_HVCALL_FIELD_COUNT	9

/** struct hvp_hvcall_field - one field of the control word, lowest bit first */
struct hvp_hvcall_field {
	const char *name;	/* reserved fields are called "reserved" */
	u8 lo;
	u8 hi;
};

extern const struct hvp_hvcall_field
	hvp_hvcall_fields[HVP_HVCALL_FIELD_COUNT];

/** enum hvp_hvcall_role - what a register holds when the call is made. */
enum hvp_hvcall_role {
	HVP_HVCALL_ROLE_UNUSED,
	HVP_HVCALL_ROLE_CONTROL,
	HVP_HVCALL_ROLE_IN_GPA,
	HVP_HVCALL_ROLE_OUT_GPA,
	HVP_HVCALL_ROLE_BYTES,	/* input, output or zero, see the spans */
};

/**
 * struct hvp_hvcall_description - a dry run, for people
 * @field: values of &hvp_hvcall_fields, in their order
 * @reg: RCX, then &enum hvp_hvcall_reg. @value: control word or address
 */
struct hvp_hvcall_description {
	u64 field[HVP_HVCALL_FIELD_COUNT];
	struct {
		const char *name;
		u64 value;
		struct hvp_hvcall_span in;
		struct hvp_hvcall_span out;
		u8 role;
	} reg[1 + HVP_HVCALL_REG_COUNT];
};

/** hvp_hvcall_describe() - what hvp_hvcall_pack() would load, and from where */
void hvp_hvcall_describe(const struct hvp_hvcall_layout *layout,
			 struct hvp_hvcall_description *description);

/** Names and sentences; never NULL, "?" for a number that has none. */
const char *hvp_hvcall_shape_name(u32 shape);
const char *hvp_hvcall_reason_text(u32 reason);
const char *hvp_hvcall_refusal_text(u32 refusal);

#endif
