// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe nested and confidential as JSON, docs/schema/report.schema.json. */
#include "render_json.h"

static const char *key(const struct hvp_answer *from)
{
	return from->kind == HVP_ANSWER_NONE ? "none" :
					       hvp_answer_name(from->kind);
}

static struct json_object *answer(const struct hvp_answer *from, bool number)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "answer", key(from));
	if (from->kind == HVP_ANSWER_UNKNOWN) {
		hvp_json_add_name(to, "reason", hvp_reason_key(from->reason));
		hvp_json_add_string(to, "hint", hvp_reason_hint(from->reason));
	}
	if (number && from->kind == HVP_ANSWER_YES)
		hvp_json_add_number(to, "value", from->value);
	if (from->fact)
		json_object_object_add(to, "evidence",
				       hvp_json_fact(from->fact));
	return to;
}

static struct json_object *named(const char *name, const char *rule,
				 const struct hvp_answer *from, bool number)
{
	struct json_object *to = answer(from, number);

	hvp_json_add_string(to, "name", name);
	hvp_json_add_string(to, "rule", rule);
	return to;
}

static void add_control(struct json_object *list, u32 row,
			const struct hvp_vmx_control *control)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "name", hvp_vmx_names[row].name);
	hvp_json_add_number(to, "bit", hvp_vmx_names[row].bit);
	if (control->offered.kind == HVP_ANSWER_YES ||
	    control->offered.kind == HVP_ANSWER_NO) {
		json_object_object_add(to, "allowed_0",
				       json_object_new_boolean(!control->must));
		json_object_object_add(
			to, "allowed_1",
			json_object_new_boolean(control->offered.kind ==
						HVP_ANSWER_YES));
	}
	hvp_json_add_string(to, "offered", key(&control->offered));
	hvp_json_add_string(to, "evmcs", key(&control->evmcs));
	hvp_json_add_string(to, "usable", key(&control->usable));
	json_object_array_add(list, to);
}

static struct json_object *groups(const struct hvp_vmx *vmx)
{
	struct json_object *list = json_object_new_array();
	u32 i, row;

	for (i = 0; i < HVP_VMX_GROUP_COUNT; i++) {
		struct json_object *to = json_object_new_object();
		struct json_object *controls = json_object_new_array();
		const struct hvp_fact *fact = vmx->facts[i];

		hvp_json_add_string(to, "name", hvp_vmx_groups[i].key);
		hvp_json_add_hex(to, "msr", fact ? fact->msr.index :
						   hvp_vmx_groups[i].msr);
		if (fact)
			hvp_json_add_hex(to, "value", fact->msr.value);
		else
			json_object_object_add(to, "value", NULL);
		hvp_json_add_hex(to, "unnamed", vmx->unnamed[i]);
		for (row = 0; row < HVP_VMX_COUNT; row++)
			if (hvp_vmx_names[row].group == i)
				add_control(controls, row, &vmx->controls[row]);
		json_object_object_add(to, "controls", controls);
		json_object_array_add(list, to);
	}
	return list;
}

int hvp_render_nested_json(const struct hvp_view *view,
			   const struct hvp_nested *nested)
{
	struct json_object *root = hvp_json_head(view, "hvprobe-nested");
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < HVP_NESTED_COUNT; i++)
		json_object_array_add(
			list, named(hvp_nested_names[i].key,
				    hvp_nested_names[i].rule,
				    &nested->answers[i],
				    hvp_nested_names[i].number));
	json_object_object_add(root, "answers", list);
	json_object_object_add(root, "vmx", groups(&nested->vmx));
	return hvp_json_print(root);
}

static struct json_object *witnesses(const struct hvp_answer *says)
{
	struct json_object *list = json_object_new_array();
	u32 by;

	for (by = 0; by < HVP_CC_WITNESS_COUNT; by++) {
		const struct hvp_cc_witness_row *row = &hvp_cc_witnesses[by];
		struct json_object *to = answer(&says[by], false);

		hvp_json_add_string(to, "witness", row->key);
		hvp_json_add_string(to, "trust", hvp_cc_trust_key(row->trust));
		hvp_json_add_string(to, "trust_text",
				    hvp_cc_trust_text(row->trust));
		json_object_array_add(list, to);
	}
	return list;
}

static struct json_object *findings(const struct hvp_confidential *cc)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < HVP_CC_FINDING_COUNT; i++) {
		struct json_object *to;

		if (!cc->findings[i])
			continue;
		to = json_object_new_object();
		hvp_json_add_string(to, "name", hvp_cc_findings[i].key);
		hvp_json_add_string(to, "kind", hvp_cc_findings[i].set ?
							"disagreement" : "note");
		hvp_json_add_string(to, "text", hvp_cc_findings[i].text);
		json_object_array_add(list, to);
	}
	return list;
}

int hvp_render_confidential_json(const struct hvp_view *view,
				 const struct hvp_confidential *cc)
{
	struct json_object *root = hvp_json_head(view, "hvprobe-confidential");
	struct json_object *kinds = json_object_new_array();
	struct json_object *details = json_object_new_array();
	u32 i;

	json_object_object_add(root, "encrypted", answer(&cc->encrypted, false));
	for (i = 0; i < HVP_CC_KIND_COUNT; i++) {
		struct json_object *to = json_object_new_object();

		hvp_json_add_string(to, "name", hvp_cc_kinds[i]);
		json_object_object_add(to, "says", witnesses(cc->says[i]));
		json_object_array_add(kinds, to);
	}
	json_object_object_add(root, "technologies", kinds);
	for (i = 0; i < HVP_CC_DETAIL_COUNT; i++)
		json_object_array_add(
			details, named(hvp_cc_details[i].key,
				       hvp_cc_details[i].text, &cc->details[i],
				       hvp_cc_details[i].set));
	json_object_object_add(root, "details", details);
	json_object_object_add(root, "findings", findings(cc));
	return hvp_json_print(root);
}
