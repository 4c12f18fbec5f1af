// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe verify as JSON, docs/schema/verify.schema.json. */
#include "render_json_call.h"
#include "render_verify.h"

static struct json_object *check(const struct hvp_check_result *result)
{
	const struct hvp_check *row = result->check;
	struct json_object *to = json_object_new_object();
	struct json_object *calls = json_object_new_array();
	u32 i;

	hvp_json_add_string(to, "capability", hvp_caps[row->cap].name);
	hvp_json_add_number(to, "number", row->cap);
	hvp_json_add_string(to, "interface",
			    hvp_abi_key(hvp_caps[row->cap].abi));
	hvp_json_add_string(to, "check", row->name);
	hvp_json_add_string(to, "what", row->what);
	hvp_json_add_string(to, "uses", row->uses);
	hvp_json_add_string(to, "specification", row->spec);
	json_object_object_add(to, "advertised",
			       result->advertised == HVP_ADVERTISED_UNKNOWN ?
				       NULL :
				       json_object_new_boolean(
					       result->advertised ==
					       HVP_ADVERTISED_YES));
	hvp_json_add_string(to, "actual", hvp_actual_name(result->actual));
	hvp_json_add_string(to, "state", hvp_state_name(result->state));
	if (result->state == HVP_STATE_UNKNOWN) {
		hvp_json_add_string(to, "reason",
				    hvp_reason_key(result->reason));
		hvp_json_add_string(to, "hint",
				    hvp_reason_hint(result->reason));
	}
	hvp_json_add_string(to, "evidence", result->evidence);
	for (i = 0; i < result->call_count; i++)
		json_object_array_add(calls, hvp_json_call(&result->calls[i]));
	json_object_object_add(to, "calls", calls);
	return to;
}

int hvp_render_verify_json(const struct hvp_results *results)
{
	struct json_object *root =
		hvp_json_head(results->view, "hvprobe-verify");
	struct json_object *list = json_object_new_array();
	struct json_object *summary = json_object_new_object();
	u32 i;

	for (i = 0; i < HVP_STATE_COUNT; i++)
		if (i != HVP_STATE_ADVERTISED)
			hvp_json_add_number(summary, hvp_state_name(i),
					    results->states[i]);
	json_object_object_add(root, "summary", summary);
	for (i = 0; i < results->count; i++)
		json_object_array_add(list, check(results->items[i]));
	json_object_object_add(root, "checks", list);
	json_object_object_add(root, "driver", hvp_json_driver(results->view));
	return hvp_json_print(root);
}
