// SPDX-License-Identifier: GPL-2.0-only
/* The report as JSON, docs/schema/report.schema.json. Additive changes only. */
#include <stdio.h>
#include "render_json.h"

struct json_object *hvp_json_head(const struct hvp_view *view,
				  const char *schema)
{
	struct json_object *root = json_object_new_object();
	struct json_object *tool = json_object_new_object();

	hvp_json_add_string(root, "schema", schema);
	hvp_json_add_number(root, "version", HVP_REPORT_VERSION);
	hvp_json_add_string(tool, "name", "hvprobe");
	hvp_json_add_string(tool, "version", HVP_VERSION);
	json_object_object_add(root, "tool", tool);
	json_object_object_add(root, "source", hvp_json_source(view));
	return root;
}

static void add_mask(struct json_object *root, const struct hvp_report *report)
{
	char mask[HVP_MASK_TEXT];

	hvp_json_add_string(root, "capability_mask",
			    hvp_mask_text(report, mask));
}

int hvp_json_print(struct json_object *root)
{
	const char *text = json_object_to_json_string_ext(
		root, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);

	if (text)
		puts(text);
	/* The process ends here: taking the tree apart would only cost time. */
	return text ? 0 : -ENOMEM;
}

static struct json_object *cpu(const struct hvp_report *report)
{
	struct json_object *to = json_object_new_object();

	if (report->leaf0)
		hvp_json_add_bytes(to, "vendor", report->vendor,
				   strlen((const char *)report->vendor));
	else
		json_object_object_add(to, "vendor", NULL);
	json_object_object_add(to, "hypervisor_bit",
			       report->hypervisor_bit < 0 ? NULL :
			       json_object_new_boolean(report->hypervisor_bit));
	hvp_json_add_cpu(to, "decoded", report->cpu);
	hvp_json_add_number(to, "count", report->cpu_count);
	if (report->arch == HVP_ARCH_ARM64)
		hvp_json_add_arm64(to, report);
	return to;
}

static struct json_object *stats(const struct hvp_view *view)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_number(to, "cpuid_executions",
			    view->stats.cpuid_executions);
	hvp_json_add_number(to, "cpus", view->stats.cpus);
	return to;
}

static struct json_object *others(const struct hvp_view *view)
{
	struct json_object *list = json_object_new_array();
	const struct hvp_dump *dump = view->dump;
	size_t i;

	for (i = 0; i < dump->machine_count; i++) {
		struct json_object *item;

		if (i + 1 == view->machine)
			continue;
		item = json_object_new_object();
		hvp_json_add_number(item, "machine", i + 1);
		hvp_json_add_bytes(item, "label", dump->machines[i].label,
				   strlen(dump->machines[i].label));
		json_object_array_add(list, item);
	}
	return list;
}

int hvp_render_report_json(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	struct json_object *root = hvp_json_head(view, "hvprobe-report");
	hvp_selection all;

	memset(all, 1, sizeof(all));
	json_object_object_add(root, "cpu", cpu(report));
	json_object_object_add(root, "verdict", hvp_json_verdict(view));
	json_object_object_add(root, "untrusted_host",
			       json_object_new_boolean(
				       hvp_view_encrypted(view)));
	json_object_object_add(root, "interfaces",
			       hvp_json_interfaces(report));
	json_object_object_add(root, "rejected", hvp_json_rejected(report));
	add_mask(root, report);
	json_object_object_add(root, "capabilities",
			       hvp_json_caps(report, all));
	json_object_object_add(root, "fields", hvp_json_fields(report));
	json_object_object_add(root, "unlisted", hvp_json_unlisted(report));
	json_object_object_add(root, "differences",
			       hvp_json_differences(report));
	json_object_object_add(root, "disagreements",
			       hvp_json_disagreements(view));
	json_object_object_add(root, "calls", hvp_json_calls(report));
	if (report->arch == HVP_ARCH_ARM64)
		json_object_object_add(root, "smccc", hvp_json_smccc(report));
	json_object_object_add(root, "driver", hvp_json_driver(view));
	if (view->options->stats && !view->dump)
		json_object_object_add(root, "stats", stats(view));
	if (view->dump && view->dump->machine_count > 1)
		json_object_object_add(root, "also_in_file", others(view));
	return hvp_json_print(root);
}

int hvp_render_caps_json(const struct hvp_view *view,
			 const hvp_selection wanted)
{
	struct json_object *root = hvp_json_head(view, "hvprobe-caps");

	add_mask(root, &view->report);
	json_object_object_add(root, "capabilities",
			       hvp_json_caps(&view->report, wanted));
	return hvp_json_print(root);
}

int hvp_render_explain_json(const struct hvp_view *view)
{
	struct json_object *root = hvp_json_head(view, "hvprobe-explain");

	json_object_object_add(root, "verdict", hvp_json_verdict(view));
	return hvp_json_print(root);
}
