// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe explain: how the verdict was reached. */
#include "render.h"

int hvp_cmd_explain(const struct hvp_request *request)
{
	struct hvp_view *view = hvp_view_live(&request->options);

	if (!view)
		return HVP_EXIT_ERROR;
	if (view->options->quiet)
		return hvp_view_status(view);
	if (!view->options->json)
		hvp_render_explain_text(view);
	else if (hvp_render_explain_json(view))
		return hvp_error_memory();
	return hvp_view_status(view);
}
