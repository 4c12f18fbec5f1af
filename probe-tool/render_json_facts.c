// SPDX-License-Identifier: GPL-2.0-only
/* Values and facts as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include "render_json.h"

void hvp_json_add_string(struct json_object *to, const char *key,
			 const char *value)
{
	json_object_object_add(to, key, json_object_new_string(value));
}

void hvp_json_add_name(struct json_object *to, const char *key,
		       const char *name)
{
	bool named = *name && strcmp(name, "?");

	json_object_object_add(to, key, named ? json_object_new_string(name) :
						NULL);
}

void hvp_json_add_number(struct json_object *to, const char *key, u64 value)
{
	json_object_object_add(to, key, json_object_new_uint64(value));
}

void hvp_json_add_hex(struct json_object *to, const char *key, u64 value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%08llx", (unsigned long long)value);
	hvp_json_add_string(to, key, text);
}

void hvp_json_add_cpu(struct json_object *to, const char *key, u32 cpu)
{
	json_object_object_add(to, key, cpu == HVP_CPU_ANY ? NULL :
			       json_object_new_int64(cpu));
}

void hvp_json_add_bytes(struct json_object *to, const char *key,
			const void *bytes, size_t count)
{
	size_t size = 4 * count + 1;
	char *text = malloc(size);

	hvp_json_add_string(to, key, text ? hvp_escape(text, size, bytes,
						       count) : "");
	free(text);
}

static void add_leaf(struct json_object *to, const struct hvp_fact *fact)
{
	u32 r;

	hvp_json_add_hex(to, "leaf", fact->cpuid.leaf);
	if (fact->cpuid.subleaf == HVP_SUBLEAF_ANY)
		json_object_object_add(to, "subleaf", NULL);
	else
		hvp_json_add_number(to, "subleaf", fact->cpuid.subleaf);
	if (fact->cpuid.how == HVP_CPUID_FORCED)
		hvp_json_add_string(to, "how", "forced");
	for (r = 0; r < 4; r++) {
		if (fact->outcome == HVP_OUTCOME_VALUE &&
		    fact->cpuid.known & 1U << r)
			hvp_json_add_hex(to, hvp_reg_name(r),
					 fact->cpuid.regs[r]);
		else
			json_object_object_add(to, hvp_reg_name(r), NULL);
	}
}

static void add_outcome(struct json_object *to, const struct hvp_fact *fact)
{
	if (fact->outcome == HVP_OUTCOME_FAULT) {
		hvp_json_add_number(to, "vector", fact->vector);
		hvp_json_add_string(to, "exception",
				    hvp_exception_name(fact->vector));
	} else if (fact->outcome == HVP_OUTCOME_SKIPPED) {
		hvp_json_add_name(to, "skipped", hvp_reason_key(fact->reason));
	}
}

static void add_source(struct json_object *to, const struct hvp_fact *fact)
{
	hvp_json_add_name(to, "source", hvp_source_name(fact->source));
}

struct json_object *hvp_json_leaf(const struct hvp_fact *fact)
{
	struct json_object *to = json_object_new_object();

	add_leaf(to, fact);
	add_outcome(to, fact);
	add_source(to, fact);
	return to;
}

static void add_call(struct json_object *to, const struct hvp_fact *fact)
{
	struct json_object *args = json_object_new_array();
	char text[24];
	u32 i;

	hvp_json_add_name(to, "interface", hvp_abi_key(fact->call.abi));
	hvp_json_add_name(to, "instruction", hvp_insn_name(fact->call.insn));
	hvp_json_add_string(to, "purpose",
			    fact->call.purpose == HVP_CALL_PROOF  ? "proof" :
			    fact->call.purpose == HVP_CALL_FORCED ? "forced" :
			    fact->call.purpose == HVP_CALL_LEARN  ? "learn" :
								    "unknown");
	hvp_json_add_hex(to, "number", fact->call.number);
	if (hvp_call_name(fact))
		hvp_json_add_string(to, "name", hvp_call_name(fact));
	for (i = 0; i < 3; i++) {
		snprintf(text, sizeof(text), "0x%08llx",
			 (unsigned long long)fact->call.args[i]);
		json_object_array_add(args, json_object_new_string(text));
	}
	json_object_object_add(to, "args", args);
	if (fact->outcome == HVP_OUTCOME_VALUE)
		hvp_json_add_hex(to, "result", fact->call.result);
	add_outcome(to, fact);
}

struct json_object *hvp_json_fact(const struct hvp_fact *fact)
{
	struct json_object *to = json_object_new_object();

	switch (fact->kind) {
	case HVP_FACT_CPUID:
		hvp_json_add_string(to, "kind", "cpuid");
		add_leaf(to, fact);
		add_outcome(to, fact);
		break;
	case HVP_FACT_MSR:
		hvp_json_add_string(to, "kind", "msr");
		hvp_json_add_hex(to, "index", fact->msr.index);
		if (fact->outcome == HVP_OUTCOME_VALUE)
			hvp_json_add_hex(to, "value", fact->msr.value);
		add_outcome(to, fact);
		break;
	case HVP_FACT_CALL:
		hvp_json_add_string(to, "kind", "call");
		add_call(to, fact);
		break;
	case HVP_FACT_TEXT:
		hvp_json_add_string(to, "kind", "text");
		hvp_json_add_string(to, "key",
				    hvp_text_key_name(fact->text.key));
		hvp_json_add_bytes(to, "text", hvp_fact_data(fact),
				   fact->data_bytes);
		break;
	default:
		hvp_json_add_string(to, "kind", "smccc");
		hvp_json_add_smccc(to, fact);
		break;
	}
	add_source(to, fact);
	return to;
}

struct json_object *hvp_json_calls(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(report->facts, fact))) {
		struct json_object *item;

		if (fact->kind != HVP_FACT_CALL)
			continue;
		item = json_object_new_object();
		add_call(item, fact);
		json_object_array_add(list, item);
	}
	return list;
}

static struct json_object *registers(const struct hvp_fact *fact)
{
	struct json_object *to = json_object_new_object();
	u32 r;

	hvp_json_add_name(to, "source", hvp_source_name(fact->source));
	for (r = 0; r < 4; r++)
		hvp_json_add_hex(to, hvp_reg_name(r), fact->cpuid.regs[r]);
	return to;
}

struct json_object *hvp_json_disagreements(const struct hvp_view *view)
{
	struct json_object *list = json_object_new_array();
	const struct hvp_driver *driver = view->driver;
	u32 i;

	for (i = 0; driver && i < driver->disagreement_count &&
		    i < HVP_DISAGREEMENT_MAX; i++) {
		const struct hvp_fact *fact = &driver->disagreements[i];
		struct json_object *item;
		const struct hvp_fact *first;

		first = fact->kind != HVP_FACT_CPUID ? NULL :
			hvp_facts_cpuid(view->report.facts, fact->cpu,
					fact->cpuid.leaf, fact->cpuid.subleaf);
		if (!first)
			continue;
		item = json_object_new_object();
		hvp_json_add_cpu(item, "cpu", fact->cpu);
		hvp_json_add_hex(item, "leaf", fact->cpuid.leaf);
		hvp_json_add_number(item, "subleaf", fact->cpuid.subleaf);
		json_object_object_add(item, "first", registers(first));
		json_object_object_add(item, "second", registers(fact));
		json_object_array_add(list, item);
	}
	return list;
}
