// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe caps: capabilities, listed, as a mask, or checked by name. */
#include <stdio.h>
#include "render.h"

static int select_names(const struct hvp_request *request,
			hvp_selection wanted)
{
	int i, number;

	for (i = 0; i < request->name_count; i++) {
		number = hvp_cap_find(request->names[i]);
		if (number < 0) {
			hvp_error("hvprobe caps --all lists the names",
				  "unknown capability '%s'",
				  request->names[i]);
			return HVP_EXIT_USAGE;
		}
		wanted[number] = 1;
	}
	return 0;
}

static void select_states(const struct hvp_request *request,
			  const struct hvp_report *report,
			  hvp_selection wanted)
{
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (request->args[HVP_ARG_ALL])
			wanted[i] = 1;
		else if (request->args[HVP_ARG_SET])
			wanted[i] = hvp_cap_available(report, i);
		else
			wanted[i] = report->caps[i].state != HVP_STATE_ABSENT;
}

/* One missing decides; only without one does an unknown keep it open. */
static int check_names(const struct hvp_report *report,
		       const hvp_selection wanted)
{
	int status = HVP_EXIT_YES;
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		if (!wanted[i] || hvp_cap_available(report, i))
			continue;
		if (report->caps[i].state != HVP_STATE_UNKNOWN)
			return HVP_EXIT_NO;
		status = HVP_EXIT_UNKNOWN;
	}
	return status;
}

static int check_use(const struct hvp_request *request)
{
	bool mask = request->args[HVP_ARG_MASK];
	bool all = request->args[HVP_ARG_ALL];
	bool set = request->args[HVP_ARG_SET];

	if (mask + all + set + (request->name_count > 0) <= 1)
		return 0;
	hvp_error("hvprobe help caps explains them",
		  "--mask, --all, --set and names exclude each other");
	return HVP_EXIT_USAGE;
}

int hvp_cmd_caps(const struct hvp_request *request)
{
	static hvp_selection wanted;
	char mask[HVP_MASK_TEXT];
	struct hvp_view *view;
	int status = check_use(request);

	if (!status)
		status = select_names(request, wanted);
	if (status)
		return status;
	view = hvp_view_live(&request->options);
	if (!view)
		return HVP_EXIT_ERROR;
	if (request->name_count) {
		status = check_names(&view->report, wanted);
	} else {
		select_states(request, &view->report, wanted);
		status = hvp_view_status(view);
	}
	if (view->options->quiet)
		return status;
	if (view->options->json) {
		if (hvp_render_caps_json(view, wanted))
			return hvp_error_memory();
	} else if (request->args[HVP_ARG_MASK]) {
		puts(hvp_mask_text(&view->report, mask));
	} else {
		hvp_render_caps_text(view, wanted);
	}
	return status;
}
