// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe nested, hvprobe confidential: one question, all that answers it. */
#include "render.h"

static int exit_status(const struct hvp_answer *answer)
{
	switch (answer->kind) {
	case HVP_ANSWER_YES:
		return HVP_EXIT_YES;
	case HVP_ANSWER_UNKNOWN:
		return HVP_EXIT_UNKNOWN;
	default:
		return HVP_EXIT_NO;
	}
}

int hvp_cmd_nested(const struct hvp_request *request)
{
	static struct hvp_nested nested;
	struct hvp_view *view;
	int status = hvp_view_any(request, &view);

	if (status)
		return status;
	hvp_nested_decode(&view->report, &nested);
	if (view->options->json) {
		if (!view->options->quiet &&
		    hvp_render_nested_json(view, &nested))
			return hvp_error_memory();
	} else if (!view->options->quiet) {
		hvp_render_nested_text(view, &nested);
	}
	return exit_status(&nested.answers[HVP_NESTED_CAN_NEST]);
}

int hvp_cmd_confidential(const struct hvp_request *request)
{
	static struct hvp_confidential cc;
	struct hvp_view *view;
	int status = hvp_view_any(request, &view);

	if (status)
		return status;
	/* Too much to read for every report. */
	if (!view->file) {
		hvp_source_log(&view->store, HVP_TEXT_KERNEL_CC_LINE);
		hvp_decode(&view->store.facts, HVP_REASON_NOT_READ,
			   &view->report);
	}
	hvp_confidential_decode(&view->report, &cc);
	if (view->options->json) {
		if (!view->options->quiet &&
		    hvp_render_confidential_json(view, &cc))
			return hvp_error_memory();
	} else if (!view->options->quiet) {
		hvp_render_confidential_text(view, &cc);
	}
	return exit_status(&cc.encrypted);
}
