/* SPDX-License-Identifier: GPL-2.0-only */
/* hvprobe call: from words to a call, and what became of it. */
#ifndef HVP_TOOL_CALL_H
#define HVP_TOOL_CALL_H

#include "render.h"
#include "verify_hyperv.h"
#include "../core/hvcall_regs.h"
#include "../core/hvcall_text.h"

/**
 * struct hvp_plan - a call that was asked for
 * @call: as the driver takes it; its buffers are @input and @output
 * @hypercall: Hyper-V: its row, NULL when the code has none
 * @abi_call: other interfaces: the row with these arguments, NULL: none
 * @smccc: SMCCC: its row, NULL: none
 * @request: Hyper-V: as core/ lays it out, for --dry-run
 * @names: registers of call 0x50
 */
struct hvp_plan {
	struct hvp_call call;
	const struct hvp_hypercall *hypercall;
	const struct hvp_abi_call *abi_call;
	const struct hvp_smccc_function *smccc;
	struct hvp_hvcall_request request;
	u32 names[HVP_REG_ARGS];
	u32 name_count;
	u8 input[HVP_HVCALL_PAGE_BYTES];
	u8 output[HVP_HVCALL_PAGE_BYTES];
};

/** Read the command line; 0, or HVP_EXIT_USAGE after saying what is wrong. */
int hvp_plan_read(const struct hvp_request *request, struct hvp_plan *plan);

/** The Hyper-V part of it, after the interface's name. */
int hvp_plan_read_hyperv(const struct hvp_request *request,
			 struct hvp_plan *plan);

/** The SMCCC part of it, likewise. */
int hvp_plan_read_smccc(const struct hvp_request *request,
			struct hvp_plan *plan);

/** What a status in X0 says, or "". */
const char *hvp_smccc_status_text(u64 result);

/** A number in C notation, whole and not above @max. */
bool hvp_number_read(const char *text, u64 max, u64 *value);

/** Is it on the driver's allow-list? */
bool hvp_plan_is_harmless(const struct hvp_plan *plan);

#define HVP_PLAN_TITLE	160

/** "Hyper-V call 0x8001 query-capabilities (HvExtCallQueryCapabilities)" */
char *hvp_plan_title(const struct hvp_plan *plan, char out[HVP_PLAN_TITLE]);

/** Where number and layout come from, NULL for a call without a row. */
const char *hvp_plan_spec(const struct hvp_plan *plan);

/** Name of the register with which argument @index of @abi travels; number. */
const char *hvp_abi_number_register(u32 abi);
const char *hvp_abi_register(u32 abi, u32 index);

/** struct hvp_dry_run - how a Hyper-V call would be made */
struct hvp_dry_run {
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_description description;
	struct hvp_hvcall_regs regs;
};

/** 0, or the error of the layout; @dry is filled in either case. */
int hvp_dry_run(const struct hvp_plan *plan, struct hvp_dry_run *dry);

void hvp_render_dry_run_text(const struct hvp_view *view,
			     const struct hvp_plan *plan);
void hvp_render_call_text(const struct hvp_view *view,
			  const struct hvp_plan *plan);

/** A register value as the leaf that it stands for, or as arm64 has it. */
void hvp_render_hvreg_text(const struct hvp_view *view, u32 name, bool arm64,
			   const u8 value[16]);

/** 0 or -ENOMEM. @dry: no call was made. */
int hvp_render_call_json(const struct hvp_view *view,
			 const struct hvp_plan *plan, bool dry);

/** Value of @field in the four registers of its leaf. */
u64 hvp_field_of_registers(const struct hvp_field *field, const u32 regs[4]);

/** Was @call, which was made, made on arm64? */
bool hvp_call_is_arm64(const struct hvp_call *call);

/** Does register @reg hold @field; does it, with this value, say @cap? */
bool hvp_field_is_of(const struct hvp_field *field,
		     const struct hvp_hvreg *reg, bool arm64);
bool hvp_cap_in_registers(const struct hvp_cap *cap,
			  const struct hvp_hvreg *reg, bool arm64,
			  const u32 regs[4]);

/** Bytes of a result word of KVM, Xen or VMware in words, or "". */
const char *hvp_abi_errno_text(const struct hvp_call *call);

#endif
