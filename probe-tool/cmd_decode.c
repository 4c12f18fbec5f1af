// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe decode: the report of a recorded machine. */
#include <stdio.h>
#include "facts_json.h"
#include "render.h"

static int put_facts(const struct hvp_view *view)
{
	const struct hvp_machine *machine =
		&view->dump->machines[view->machine - 1];
	int ret;

	if (view->options->quiet)
		return HVP_EXIT_YES;
	ret = hvp_facts_write_json(&machine->store.facts, stdout);
	if (ret == -ENOMEM)
		return hvp_error_memory();
	return ret ? HVP_EXIT_ERROR : HVP_EXIT_YES;
}

int hvp_cmd_decode(const struct hvp_request *request)
{
	struct hvp_view *view;
	int status = hvp_view_recorded(request, &view);

	if (status)
		return status;
	return request->args[HVP_ARG_FACTS] ? put_facts(view) :
					      hvp_report_put(view);
}
