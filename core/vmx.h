/* SPDX-License-Identifier: GPL-2.0-only */
/* VMX controls: what the CPU offers, what eVMCS v1 can express. */
#ifndef HVP_CORE_VMX_H
#define HVP_CORE_VMX_H

#include "answer.h"

enum hvp_vmx_group {
#define HVP_VMX_GROUP(id, ...) HVP_VMX_##id,
#define HVP_VMX(...)
#include "vmx.def"
#undef HVP_VMX_GROUP
#undef HVP_VMX
	HVP_VMX_GROUP_COUNT
};

enum hvp_vmx_row {
#define HVP_VMX_GROUP(...)
#define HVP_VMX(group, bit, name) HVP_VMX_ROW_##group##_##bit,
#include "vmx.def"
#undef HVP_VMX_GROUP
#undef HVP_VMX
	HVP_VMX_COUNT
};

enum hvp_vmx_kind {
	HVP_VMX_PAIR,
	HVP_VMX_WORD,
	HVP_VMX_FACTS,
};

struct hvp_vmx_group_row {
	const char *key;
	u32 msr;
	u32 true_msr;			/* 0: none */
	u32 evmcs;			/* bits that eVMCS v1 can express */
	u8 kind;
};

struct hvp_vmx_name {
	const char *name;
	u8 group;
	u8 bit;
};

/** struct hvp_vmx_control - one control, the three columns */
struct hvp_vmx_control {
	u8 must;			/* allowed-0 is clear: it is always 1 */
	struct hvp_answer offered;	/* allowed-1; NONE: the MSR raised #GP */
	struct hvp_answer evmcs;	/* NONE: no control */
	struct hvp_answer usable;	/* NONE: eVMCS is not offered */
};

struct hvp_vmx {
	struct hvp_vmx_control controls[HVP_VMX_COUNT];
	/* Bits that may be 0 and 1 and have no name. */
	u64 unnamed[HVP_VMX_GROUP_COUNT];
	const struct hvp_fact *facts[HVP_VMX_GROUP_COUNT];
};

extern const struct hvp_vmx_group_row hvp_vmx_groups[HVP_VMX_GROUP_COUNT];
extern const struct hvp_vmx_name hvp_vmx_names[HVP_VMX_COUNT];

/**
 * Decode the capability MSRs. @evmcs: is eVMCS offered? @perf: does its version
 * have PERF_GLOBAL_CTRL? Where the facts do not hold an MSR the control is
 * unknown, and so is what follows from it.
 */
void hvp_vmx_decode(const struct hvp_report *report, struct hvp_answer evmcs,
		    struct hvp_answer perf, struct hvp_vmx *vmx);

#endif
