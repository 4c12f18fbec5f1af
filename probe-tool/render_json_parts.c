// SPDX-License-Identifier: GPL-2.0-only
/* Parts of the report as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include "render_json.h"

static struct json_object *step(const struct hvp_step *from)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "rule", hvp_rule_key(from->rule));
	hvp_json_add_string(to, "text", hvp_rule_text(from->rule));
	if (from->product != HVP_PRODUCT_NONE)
		hvp_json_add_string(to, "product",
				    hvp_product_key(from->product));
	if (from->base)
		hvp_json_add_hex(to, "base", from->base);
	if (from->repeats)
		hvp_json_add_number(to, "repeats", from->repeats);
	if (from->fact)
		json_object_object_add(to, "evidence",
				       hvp_json_fact(from->fact));
	return to;
}

static struct json_object *xen(const struct hvp_verdict *verdict)
{
	static const char *const domains[] = {
		[HVP_XEN_UNKNOWN] = "unknown",
		[HVP_XEN_DOMU] = "domU",
		[HVP_XEN_DOM0] = "dom0",
	};
	struct json_object *to = json_object_new_object();

	hvp_json_add_string(to, "domain", domains[verdict->xen_domain]);
	/* Without the features, what is not seen to be PV is not known. */
	json_object_object_add(to, "pv",
			       verdict->xen_pv || verdict->xen_domain ?
				       json_object_new_boolean(verdict->xen_pv) :
				       NULL);
	return to;
}

struct json_object *hvp_json_verdict(const struct hvp_view *view)
{
	const struct hvp_verdict *verdict = &view->report.verdict;
	struct json_object *to = json_object_new_object();
	struct json_object *steps = json_object_new_array();
	char summary[160];
	u32 i;

	hvp_verdict_summary(&view->report, summary, sizeof(summary));
	hvp_json_add_string(to, "kind", hvp_verdict_kind_key(verdict->kind));
	hvp_json_add_string(to, "summary", summary);
	hvp_json_add_string(to, "primary", hvp_product_key(verdict->primary));
	hvp_json_add_string(to, "presented",
			    hvp_product_key(verdict->presented));
	json_object_object_add(to, "nested",
			       json_object_new_boolean(verdict->nested));
	json_object_object_add(to, "tdx",
			       json_object_new_boolean(verdict->tdx));
	json_object_object_add(to, "gvisor",
			       json_object_new_boolean(view->report.gvisor != NULL));
	json_object_object_add(to, "by_text",
			       json_object_new_boolean(verdict->by_text));
	if (verdict->primary == HVP_PRODUCT_XEN)
		json_object_object_add(to, "xen", xen(verdict));
	for (i = 0; i < verdict->step_count; i++)
		json_object_array_add(steps, step(&verdict->steps[i]));
	json_object_object_add(to, "steps", steps);
	return to;
}

static void add_signature(struct json_object *to, const char *key,
			  const u8 bytes[12])
{
	struct json_object *signature = json_object_new_object();
	char text[HVP_SIGNATURE_TEXT], hex[25];

	hvp_json_add_string(signature, "text",
			    hvp_signature_text(bytes, text, true));
	hvp_json_add_string(signature, "hex", hvp_signature_hex(bytes, hex));
	json_object_object_add(to, key, signature);
}

static void add_id(struct json_object *to, u32 value)
{
	struct json_object *id = json_object_new_object();
	u8 bytes[4];
	int i;

	for (i = 0; i < 4; i++)
		bytes[i] = (u8)(value >> 8 * i);
	hvp_json_add_bytes(id, "text", bytes, 4);
	hvp_json_add_hex(id, "hex", value);
	json_object_object_add(to, "id", id);
}

static struct json_object *note_keys(u32 notes)
{
	static const char *const keys[] = {
		"max-leaf-zero", "max-leaf-odd", "custom-vendor", "partial",
		"inferred",
	};
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(keys); i++)
		if (notes & 1U << i)
			json_object_array_add(list,
					      json_object_new_string(keys[i]));
	return list;
}

static struct json_object *interface(const struct hvp_report *report,
				     const struct hvp_interface *itf)
{
	struct json_object *to = json_object_new_object();
	struct json_object *abis = json_object_new_array();
	struct json_object *list = json_object_new_array();
	const struct hvp_fact **leaves;
	char uid[HVP_SMCCC_UID_TEXT];
	u32 i, count;

	hvp_json_add_hex(to, "base", itf->base);
	add_signature(to, "signature", itf->signature);
	if (itf->fact && itf->fact->kind == HVP_FACT_SMCCC &&
	    hvp_interface_uid(itf, uid))
		hvp_json_add_string(to, "uid", uid);
	hvp_json_add_string(to, "product", hvp_product_key(itf->product));
	hvp_json_add_string(to, "name", hvp_product_name(itf->product));
	hvp_json_add_hex(to, "max_leaf", itf->max_leaf);
	hvp_json_add_hex(to, "raw_max_leaf", itf->raw_max);
	if (itf->id)
		add_id(to, itf->id);
	else
		json_object_object_add(to, "id", NULL);
	for (i = 0; i < HVP_ABI_COUNT; i++)
		if (itf->abis & 1U << i)
			json_object_array_add(abis,
				json_object_new_string(hvp_abi_key(i)));
	json_object_object_add(to, "abis", abis);
	json_object_object_add(to, "notes", note_keys(itf->notes));
	hvp_json_add_name(to, "source", hvp_source_name(
			  itf->fact ? itf->fact->source : HVP_SOURCE_NONE));
	leaves = hvp_interface_leaves(report, itf->base, &count);
	for (i = 0; leaves && i < count; i++)
		json_object_array_add(list, hvp_json_leaf(leaves[i]));
	free(leaves);
	json_object_object_add(to, "leaves", list);
	return to;
}

struct json_object *hvp_json_interfaces(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < report->interface_count; i++)
		json_object_array_add(list,
				      interface(report,
						&report->interfaces[i]));
	return list;
}

struct json_object *hvp_json_rejected(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	u32 class, i;

	for (class = 0; class <= HVP_BASE_JUNK; class++) {
		struct json_object *item;
		u32 count = 0, first = 0;

		for (i = 0; i < HVP_BASE_COUNT; i++)
			if (report->base_class[i] == class && !count++)
				first = i;
		if (!hvp_class_key(class) || !count)
			continue;
		item = json_object_new_object();
		hvp_json_add_hex(item, "base",
				 HVP_BASE_FIRST + first * HVP_BASE_STEP);
		hvp_json_add_number(item, "count", count);
		hvp_json_add_string(item, "class", hvp_class_key(class));
		hvp_json_add_string(item, "why", hvp_class_why(class));
		json_object_array_add(list, item);
	}
	return list;
}

static void add_state(struct json_object *to, u32 state, u32 reason,
		      u32 source)
{
	hvp_json_add_string(to, "state", hvp_state_name(state));
	if (state == HVP_STATE_UNKNOWN) {
		hvp_json_add_name(to, "reason", hvp_reason_key(reason));
		hvp_json_add_string(to, "hint", hvp_reason_hint(reason));
	} else if (source) {
		hvp_json_add_name(to, "source", hvp_source_name(source));
	}
}

struct json_object *hvp_json_caps(const struct hvp_report *report,
				  const hvp_selection wanted)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap_state *state = &report->caps[i];
		struct json_object *item;

		if (!hvp_caps[i].name || !wanted[i])
			continue;
		item = json_object_new_object();
		hvp_json_add_number(item, "number", i);
		hvp_json_add_string(item, "name", hvp_caps[i].name);
		hvp_json_add_string(item, "interface",
				    hvp_abi_key(hvp_caps[i].abi));
		add_state(item, state->state, state->reason, state->source);
		json_object_array_add(list, item);
	}
	return list;
}

struct json_object *hvp_json_fields(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < HVP_FIELD_COUNT; i++) {
		const struct hvp_field *field = &hvp_fields[i];
		const struct hvp_field_value *value = &report->fields[i];
		struct json_object *item = json_object_new_object();
		struct json_object *number = NULL;
		bool there = value->state == HVP_STATE_ADVERTISED;

		if (there)
			number = field->kind == HVP_FIELD_SINT ?
				json_object_new_int64(hvp_field_signed(
					field, value->value)) :
				json_object_new_uint64(value->value);
		hvp_json_add_string(item, "name", field->name);
		hvp_json_add_string(item, "interface", hvp_abi_key(field->abi));
		json_object_object_add(item, "value", number);
		hvp_json_add_string(item, "unit", field->unit);
		if (there && hvp_field_is_special(field, value->value))
			hvp_json_add_string(item, "special", field->special);
		add_state(item, value->state, value->reason, value->source);
		json_object_array_add(list, item);
	}
	return list;
}

struct json_object *hvp_json_unlisted(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < report->unlisted_count && i < HVP_UNLISTED_MAX; i++) {
		const struct hvp_unlisted *u = &report->unlisted[i];
		struct json_object *item = json_object_new_object();

		hvp_json_add_string(item, "interface", hvp_abi_key(u->abi));
		hvp_json_add_hex(item, "leaf", u->leaf);
		hvp_json_add_number(item, "subleaf", u->subleaf);
		hvp_json_add_string(item, "register", hvp_reg_name(u->reg));
		hvp_json_add_hex(item, "bits", u->bits);
		hvp_json_add_name(item, "source", hvp_source_name(u->source));
		json_object_array_add(list, item);
	}
	return list;
}

static struct json_object *side(const struct hvp_fact *fact, u32 reg)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_cpu(to, "cpu", fact->cpu);
	hvp_json_add_hex(to, "value", fact->cpuid.regs[reg]);
	return to;
}

struct json_object *hvp_json_differences(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	u32 i;

	for (i = 0; i < report->difference_count && i < HVP_DIFFERENCE_MAX;
	     i++) {
		const struct hvp_difference *d = &report->differences[i];
		struct json_object *item;

		if (d->here->kind == HVP_FACT_SMCCC) {
			json_object_array_add(list,
					      hvp_json_smccc_difference(d));
			continue;
		}
		item = json_object_new_object();
		hvp_json_add_hex(item, "leaf", d->here->cpuid.leaf);
		hvp_json_add_number(item, "subleaf", d->here->cpuid.subleaf);
		hvp_json_add_string(item, "register", hvp_reg_name(d->reg));
		json_object_object_add(item, "here", side(d->here, d->reg));
		json_object_object_add(item, "there", side(d->there, d->reg));
		json_object_array_add(list, item);
	}
	return list;
}
