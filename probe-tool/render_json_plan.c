// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe call as JSON, docs/schema/call.schema.json. */
#include <stdio.h>
#include "call_xen.h"
#include "render_json_call.h"

static void add_raw(struct json_object *to, const char *key, const u8 *bytes,
		    u32 count)
{
	char text[2 * HVP_HVCALL_PAGE_BYTES + 1];
	u32 i;

	text[0] = '\0';
	for (i = 0; i < count && i < HVP_HVCALL_PAGE_BYTES; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	hvp_json_add_string(to, key, text);
}

static struct json_object *hvreg(u32 name, bool arm64, const u8 value[16])
{
	const struct hvp_hvreg *reg = hvp_hvreg_find(name);
	struct json_object *to = json_object_new_object();
	struct json_object *fields = json_object_new_object();
	struct json_object *caps = json_object_new_array();
	u32 regs[4], i;

	memcpy(regs, value, sizeof(regs));
	hvp_json_add_hex(to, "register", name);
	json_object_object_add(to, "name",
			       reg ? json_object_new_string(reg->name) : NULL);
	add_raw(to, "bytes", value, 16);
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (hvp_field_is_of(&hvp_fields[i], reg, arm64))
			hvp_json_add_number(fields, hvp_fields[i].name,
					    hvp_field_of_registers(
						    &hvp_fields[i], regs));
	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_cap_in_registers(&hvp_caps[i], reg, arm64, regs))
			json_object_array_add(caps, json_object_new_string(
						      hvp_caps[i].name));
	json_object_object_add(to, "fields", fields);
	json_object_object_add(to, "capabilities", caps);
	return to;
}

static struct json_object *mask(u64 word)
{
	struct json_object *list = json_object_new_array();
	u32 bit;

	for (bit = 0; bit < 64; bit++) {
		const struct hvp_extcap *row = hvp_extcap_find(bit);
		struct json_object *item;

		if (!row && !(word >> bit & 1))
			continue;
		item = json_object_new_object();
		hvp_json_add_number(item, "bit", bit);
		json_object_object_add(item, "set",
				       json_object_new_boolean(word >> bit &
							       1));
		json_object_object_add(item, "name",
				       row ? json_object_new_string(row->name) :
					     NULL);
		json_object_array_add(list, item);
	}
	return list;
}

static void add_decoded(struct json_object *to, const struct hvp_plan *plan)
{
	const struct hvp_call *call = &plan->call;
	struct json_object *list;
	u64 word;
	u32 i;

	memcpy(&word, plan->output, sizeof(word));
	switch ((u16)call->number) {
	case HVP_HYPERCALL_QUERY_CAPABILITIES:
		if (call->output_bytes >= sizeof(word))
			json_object_object_add(to, "extended", mask(word));
		break;
	case HVP_HYPERCALL_GET_PARTITION_ID:
		if (call->output_bytes >= sizeof(word))
			hvp_json_add_hex(to, "partition", word);
		break;
	case HVP_HYPERCALL_GET_VP_REGISTERS:
		list = json_object_new_array();
		for (i = 0; i < call->output_bytes / 16; i++)
			if (i < plan->name_count)
				json_object_array_add(list,
					hvreg(plan->names[i],
					      hvp_call_is_arm64(call),
					      plan->output + 16 * i));
		json_object_object_add(to, "registers", list);
		break;
	default:
		break;
	}
}

static struct json_object *span(const struct hvp_hvcall_span *from)
{
	struct json_object *to;

	if (!from->bytes)
		return NULL;
	to = json_object_new_object();
	hvp_json_add_number(to, "offset", from->offset);
	hvp_json_add_number(to, "bytes", from->bytes);
	return to;
}

static struct json_object *dry_registers(const struct hvp_dry_run *dry)
{
	static const char *const roles[] = {
		[HVP_HVCALL_ROLE_UNUSED] = "unused",
		[HVP_HVCALL_ROLE_CONTROL] = "control",
		[HVP_HVCALL_ROLE_IN_GPA] = "input-address",
		[HVP_HVCALL_ROLE_OUT_GPA] = "output-address",
		[HVP_HVCALL_ROLE_BYTES] = "bytes",
	};
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < 1 + HVP_HVCALL_REG_COUNT; i++) {
		struct json_object *item = json_object_new_object();

		hvp_json_add_string(item, "name",
				    dry->description.reg[i].name);
		hvp_json_add_string(item, "role",
				    roles[dry->description.reg[i].role]);
		json_object_object_add(item, "input",
				       span(&dry->description.reg[i].in));
		json_object_object_add(item, "output",
				       span(&dry->description.reg[i].out));
		json_object_array_add(list, item);
	}
	return list;
}

/* Keys are without blanks. */
static void add_field(struct json_object *to,
		      const struct hvp_hvcall_field *field, u64 value)
{
	char key[40];
	u32 i;

	snprintf(key, sizeof(key), "%s", field->name);
	for (i = 0; key[i]; i++)
		if (key[i] == ' ')
			key[i] = '_';
	hvp_json_add_number(to, key, value);
}

static void add_dry_run(struct json_object *to, const struct hvp_plan *plan)
{
	struct json_object *fields;
	struct hvp_dry_run dry;
	u32 i;

	if (plan->call.abi != HVP_ABI_HYPERV)
		return;
	if (hvp_dry_run(plan, &dry)) {
		hvp_json_add_string(to, "refusal",
			hvp_hvcall_refusal_text(dry.layout.refusal));
		return;
	}
	hvp_json_add_string(to, "shape",
			    hvp_hvcall_shape_name(dry.layout.shape));
	hvp_json_add_string(to, "shape_reason",
			    hvp_hvcall_reason_text(dry.layout.reason));
	hvp_json_add_hex(to, "control", dry.layout.control);
	hvp_json_add_number(to, "layout_bytes", dry.layout.in_bytes);
	fields = json_object_new_object();
	for (i = 0; i < HVP_HVCALL_FIELD_COUNT; i++)
		if (strcmp(hvp_hvcall_fields[i].name, "reserved"))
			add_field(fields, &hvp_hvcall_fields[i],
				  dry.description.field[i]);
	json_object_object_add(to, "fields", fields);
	json_object_object_add(to, "registers", dry_registers(&dry));
}

static struct json_object *feature_names(u32 bits)
{
	struct json_object *list = json_object_new_array();
	u32 bit;

	for (bit = 0; bit < 32; bit++)
		if (bits >> bit & 1 && hvp_xen_feature_name(bit))
			json_object_array_add(list, json_object_new_string(
						hvp_xen_feature_name(bit)));
	return list;
}

static void add_xen(struct json_object *to, const struct hvp_plan *plan)
{
	struct hvp_xen_answer answer;
	char version[16];

	hvp_xen_answer_read(plan, &answer);
	switch (answer.kind) {
	case HVP_XEN_ANSWER_VERSION:
		snprintf(version, sizeof(version), "%u.%u", answer.value >> 16,
			 answer.value & 0xffff);
		hvp_json_add_string(to, "version", version);
		break;
	case HVP_XEN_ANSWER_FEATURES:
		hvp_json_add_hex(to, "feature_bits", answer.value);
		json_object_object_add(to, "features",
				       feature_names(answer.value));
		break;
	case HVP_XEN_ANSWER_BUILD_ID:
		add_raw(to, "build_id", answer.bytes, answer.length);
		break;
	case HVP_XEN_ANSWER_TEXT:
		hvp_json_add_bytes(to, "text", answer.bytes, answer.length);
		break;
	}
}

int hvp_render_call_json(const struct hvp_view *view,
			 const struct hvp_plan *plan, bool dry)
{
	struct json_object *root = hvp_json_head(view, "hvprobe-call");
	const struct hvp_call *call = &plan->call;
	struct json_object *args = json_object_new_array();
	struct json_object *to;
	char text[24];
	u32 i;

	hvp_json_add_string(root, "interface", hvp_abi_key(call->abi));
	hvp_json_add_hex(root, "number", call->number);
	json_object_object_add(root, "name",
		plan->hypercall ? json_object_new_string(plan->hypercall->name) :
		plan->abi_call ? json_object_new_string(plan->abi_call->name) :
		plan->smccc    ? json_object_new_string(plan->smccc->name) :
				 NULL);
	if (hvp_plan_spec(plan))
		hvp_json_add_string(root, "specification", hvp_plan_spec(plan));
	if (plan->hypercall) {
		json_object_object_add(root, "confirmed",
			json_object_new_boolean(!(plan->hypercall->flags &
						  HVP_HC_UNCONFIRMED)));
		if (plan->hypercall->needs != HVP_CAP_NONE)
			hvp_json_add_string(root, "capability",
				hvp_caps[plan->hypercall->needs].name);
	}
	for (i = 0; i < HVP_CALL_ARGS && call->abi != HVP_ABI_HYPERV; i++) {
		snprintf(text, sizeof(text), "0x%08llx",
			 (unsigned long long)call->args[i]);
		json_object_array_add(args, json_object_new_string(text));
	}
	json_object_object_add(root, "args", args);
	json_object_object_add(root, "harmless",
			       json_object_new_boolean(
				       hvp_plan_is_harmless(plan)));
	add_raw(root, "input", plan->input, call->input_bytes);
	if (dry) {
		to = json_object_new_object();
		add_dry_run(to, plan);
		json_object_object_add(root, "dry_run", to);
		return hvp_json_print(root);
	}
	to = hvp_json_call(call);
	if (call->outcome == HVP_OUTCOME_VALUE && !call->error) {
		add_raw(to, "output", plan->output, call->output_bytes);
		if (call->abi == HVP_ABI_HYPERV &&
		    !(call->flags & HVP_CALL_LAYOUT))
			add_decoded(to, plan);
		else if (call->abi == HVP_ABI_XEN)
			add_xen(to, plan);
	}
	json_object_object_add(root, "call", to);
	return hvp_json_print(root);
}
