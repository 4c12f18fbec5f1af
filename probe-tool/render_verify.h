/* SPDX-License-Identifier: GPL-2.0-only */
/* Results of hvprobe verify to bytes on standard output. */
#ifndef HVP_TOOL_RENDER_VERIFY_H
#define HVP_TOOL_RENDER_VERIFY_H

#include "render.h"
#include "verify.h"

/** struct hvp_results - the checks to show, in order */
struct hvp_results {
	const struct hvp_view *view;
	const struct hvp_check_result **items;
	u32 count;
	u32 states[HVP_STATE_COUNT];	/* how many of each */
};

void hvp_render_verify_text(const struct hvp_results *results);
void hvp_render_verify_tap(const struct hvp_results *results);

/** 0 or -ENOMEM. */
int hvp_render_verify_json(const struct hvp_results *results);

#endif
