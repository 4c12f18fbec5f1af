// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe report: what this machine offers. */
#include "render.h"

int hvp_cmd_report(const struct hvp_request *request)
{
	struct hvp_view *view = hvp_view_live(&request->options);

	return view ? hvp_report_put(view) : HVP_EXIT_ERROR;
}

int hvp_report_put(const struct hvp_view *view)
{
	if (view->options->quiet)
		return hvp_view_status(view);
	if (!view->options->json)
		hvp_render_report_text(view);
	else if (hvp_render_report_json(view))
		return hvp_error_memory();
	return hvp_view_status(view);
}
