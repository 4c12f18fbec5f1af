// SPDX-License-Identifier: GPL-2.0-only
/* Hypercalls that were made, as JSON. */
#include <stdio.h>
#include "render_json_call.h"
#include "../core/hvcall_text.h"

static void add_outcome(struct json_object *to, const struct hvp_call *call)
{
	if (call->error) {
		hvp_json_add_string(to, "error",
				    hvp_call_error_name(call->error));
		if (call->reason)
			hvp_json_add_string(to, "reason",
					    hvp_reason_key(call->reason));
		return;
	}
	hvp_json_add_string(to, "instruction", hvp_insn_name(call->insn_used));
	if (call->outcome == HVP_OUTCOME_SKIPPED) {
		hvp_json_add_string(to, "reason", hvp_reason_key(call->reason));
		return;
	}
	hvp_json_add_number(to, "issued", call->issued);
	hvp_json_add_number(to, "cycles", call->cycles);
	if (call->outcome == HVP_OUTCOME_FAULT) {
		hvp_json_add_number(to, "vector", call->vector);
		hvp_json_add_string(to, "exception",
				    hvp_exception_name(call->vector));
		return;
	}
	hvp_json_add_hex(to, "result", call->result);
	hvp_json_add_number(to, "output_bytes", call->output_bytes);
}

static void add_hyperv(struct json_object *to, const struct hvp_call *call)
{
	const struct hvp_status *status = hvp_status_find(call->status);

	hvp_json_add_string(to, "shape",
			    hvp_hvcall_shape_name(call->shape_used));
	hvp_json_add_string(to, "shape_reason",
			    hvp_hvcall_reason_text(call->shape_reason));
	hvp_json_add_hex(to, "control", call->control);
	if (call->outcome != HVP_OUTCOME_VALUE)
		return;
	hvp_json_add_number(to, "odd", call->odd);
	if (!hvp_call_is_hyperv_answer(call))
		return;
	hvp_json_add_number(to, "status", call->status);
	json_object_object_add(to, "status_name",
			       status ? json_object_new_string(status->name) :
					NULL);
	hvp_json_add_number(to, "reps_done", call->reps_done);
}

struct json_object *hvp_json_call(const struct hvp_call *call)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "interface", hvp_abi_key(call->abi));
	hvp_json_add_hex(to, "number", call->number);
	add_outcome(to, call);
	if (call->abi == HVP_ABI_HYPERV && !call->error)
		add_hyperv(to, call);
	else if (call->abi == HVP_ABI_HYPERV && call->refusal)
		hvp_json_add_string(to, "refusal",
				    hvp_hvcall_refusal_text(call->refusal));
	return to;
}
