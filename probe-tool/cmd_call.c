// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe call: one hypercall, decoded. */
#include <stdio.h>
#include "call.h"

static int tell_not_made(const struct hvp_plan *plan, int error)
{
	const struct hvp_call *call = &plan->call;
	const char *text = hvp_call_error_text(error);
	const char *hint = hvp_call_error_hint(error);

	if (call->refusal && call->refusal < HVP_HVCALL_REFUSAL_COUNT)
		text = hvp_hvcall_refusal_text(call->refusal);
	if (call->reason && call->reason < HVP_REASON_COUNT &&
	    *hvp_reason_hint(call->reason)) {
		text = hvp_reason_key(call->reason);
		hint = hvp_reason_hint(call->reason);
	}
	hvp_error(hint, "the call was not made: %s (%s)", text,
		  hvp_call_error_name(error));
	switch (-error) {
	case ENOENT:
	case EPERM:
	case EACCES:
	case EKEYREJECTED:
	case ENXIO:
	case EOPNOTSUPP:
	case EPROTO:
		return HVP_EXIT_UNKNOWN;
	case EINVAL:
	case E2BIG:
	case ENODATA:
		return HVP_EXIT_USAGE;
	default:
		return HVP_EXIT_ERROR;
	}
}

/* What the hypervisor said: yes, or no. */
static int answer_status(const struct hvp_plan *plan)
{
	const struct hvp_call *call = &plan->call;

	if (call->outcome != HVP_OUTCOME_VALUE)
		return HVP_EXIT_NO;
	if (call->abi == HVP_ABI_HYPERV)
		return hvp_call_is_hyperv_answer(call) && !call->status ?
			       HVP_EXIT_YES : HVP_EXIT_NO;
	return *hvp_abi_errno_text(call) ? HVP_EXIT_NO : HVP_EXIT_YES;
}

static int put(const struct hvp_view *view, const struct hvp_plan *plan,
	       bool dry, int status)
{
	if (view->options->quiet)
		return status;
	if (view->options->json)
		return hvp_render_call_json(view, plan, dry) ?
			       hvp_error_memory() : status;
	if (dry)
		hvp_render_dry_run_text(view, plan);
	else
		hvp_render_call_text(view, plan);
	return status;
}

static int dry_status(const struct hvp_plan *plan)
{
	struct hvp_dry_run dry;

	if (plan->call.abi != HVP_ABI_HYPERV)
		return HVP_EXIT_YES;
	return hvp_dry_run(plan, &dry) ||
	       dry.layout.in_bytes != plan->call.input_bytes ?
		       HVP_EXIT_USAGE : HVP_EXIT_YES;
}

/* No module can be loaded there, so a call would wait for it in vain. */
static bool in_gvisor(const struct hvp_request *request)
{
	const struct hvp_view *live = hvp_view_live(&request->options);

	return live && live->report.gvisor;
}

int hvp_cmd_call(const struct hvp_request *request)
{
	static struct hvp_view view;
	static struct hvp_plan plan;
	struct hvp_caller caller;
	int status = hvp_plan_read(request, &plan);
	int error;

	if (status)
		return status;
	view.options = &request->options;
	if (request->args[HVP_ARG_DRY_RUN])
		return put(&view, &plan, true, dry_status(&plan));
	if (request->options.no_driver) {
		hvp_error("--dry-run shows a call without making it",
			  "calls are made by the driver, and --no-driver is given");
		return HVP_EXIT_UNKNOWN;
	}
	if (hvp_caller_open(&caller) == -ENOENT && in_gvisor(request))
		plan.call.reason = HVP_REASON_IN_GVISOR;
	error = hvp_caller_one(&caller, &plan.call);
	hvp_caller_close(&caller);
	if (error && !plan.call.issued) {
		status = tell_not_made(&plan, error);
		if (view.options->json)
			put(&view, &plan, false, status);
		return status;
	}
	/* It was begun: what there is of a result is worth seeing. */
	status = error ? tell_not_made(&plan, error) : answer_status(&plan);
	return put(&view, &plan, false, error ? HVP_EXIT_ERROR : status);
}
