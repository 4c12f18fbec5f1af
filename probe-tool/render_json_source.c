// SPDX-License-Identifier: GPL-2.0-only
/* Where a report comes from, as JSON. */
#include "render_json.h"

static struct json_object *problems(const struct hvp_dump *dump)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < dump->problem_count && i < HVP_DUMP_PROBLEMS; i++) {
		struct json_object *item = json_object_new_object();
		const char *text = dump->problems[i].text;

		hvp_json_add_number(item, "line", dump->problems[i].line);
		hvp_json_add_bytes(item, "text", text, strlen(text));
		json_object_array_add(list, item);
	}
	return list;
}

struct json_object *hvp_json_source(const struct hvp_view *view)
{
	struct json_object *to = json_object_new_object();
	const struct hvp_dump *dump = view->dump;
	const char *label;

	hvp_json_add_string(to, "kind", dump ? "dump" : "live");
	if (!dump)
		return to;
	label = dump->machines[view->machine - 1].label;
	hvp_json_add_bytes(to, "file", view->file, strlen(view->file));
	hvp_json_add_string(to, "format", dump->format);
	hvp_json_add_number(to, "machine", view->machine);
	hvp_json_add_bytes(to, "label", label, strlen(label));
	json_object_object_add(to, "problems", problems(dump));
	return to;
}

struct json_object *hvp_json_driver(const struct hvp_view *view)
{
	static const char *const states[] = {
		[HVP_DRIVER_ABSENT] = "absent",
		[HVP_DRIVER_USED] = "used",
		[HVP_DRIVER_UNREADABLE] = "unreadable",
		[HVP_DRIVER_OTHER_ABI] = "other-abi",
		[HVP_DRIVER_FAILED] = "failed",
	};
	const struct hvp_driver *driver = view->driver;
	struct json_object *to;

	if (!driver)
		return NULL;
	to = json_object_new_object();
	hvp_json_add_string(to, "state", states[driver->state]);
	if (*driver->version)
		hvp_json_add_bytes(to, "version", driver->version,
				   strlen(driver->version));
	if (*driver->instruction)
		hvp_json_add_bytes(to, "instruction", driver->instruction,
				   strlen(driver->instruction));
	if (*driver->proof)
		hvp_json_add_bytes(to, "proof", driver->proof,
				   strlen(driver->proof));
	return to;
}
