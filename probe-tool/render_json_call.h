/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the JSON of verify, call and bench. */
#ifndef HVP_TOOL_RENDER_JSON_CALL_H
#define HVP_TOOL_RENDER_JSON_CALL_H

#include "render_json.h"
#include "verify.h"

/** A call that was made, without the bytes of its buffers. */
struct json_object *hvp_json_call(const struct hvp_call *call);

#endif
