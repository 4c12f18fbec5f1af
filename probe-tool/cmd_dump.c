// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe dump: this machine's facts, for decode elsewhere. */
#include <stdio.h>
#include "facts_json.h"
#include "render.h"

int hvp_cmd_dump(const struct hvp_request *request)
{
	static struct hvp_view view;
	const char *format = request->args[HVP_ARG_FORMAT];
	bool cpuid = format && !strcmp(format, "cpuid");
	int ret;

	if (format && !cpuid && strcmp(format, "json")) {
		hvp_error("use --format=json or --format=cpuid",
			  "unknown format '%s'", format);
		return HVP_EXIT_USAGE;
	}
	if (cpuid && request->options.json) {
		hvp_error("leave one of them out",
			  "--json and --format=cpuid exclude each other");
		return HVP_EXIT_USAGE;
	}
	if (hvp_view_collect(&view, &request->options))
		return hvp_error_memory();
	hvp_source_log(&view.store, HVP_TEXT_KERNEL_CC_LINE);
	if (!view.store.facts.count)
		return HVP_EXIT_UNKNOWN;
	if (request->options.quiet)
		return HVP_EXIT_YES;
	if (cpuid) {
		hvp_render_cpuid(&view.store.facts);
		return HVP_EXIT_YES;
	}
	ret = hvp_facts_write_json(&view.store.facts, stdout);
	if (ret == -ENOMEM)
		return hvp_error_memory();
	/* A failed write is told when standard output is closed. */
	return ret ? HVP_EXIT_ERROR : HVP_EXIT_YES;
}
