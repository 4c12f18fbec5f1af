// SPDX-License-Identifier: GPL-2.0-only
/* SMCCC calls as JSON. */
#include <stdio.h>
#include "render_json.h"

static struct json_object *hex(u64 value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%08llx", (unsigned long long)value);
	return json_object_new_string(text);
}

static void add_answer(struct json_object *to, const struct hvp_fact *fact)
{
	struct json_object *list;
	u64 value;
	u32 i;

	if (fact->outcome == HVP_OUTCOME_SKIPPED) {
		hvp_json_add_name(to, "skipped", hvp_reason_key(fact->reason));
		return;
	}
	if (fact->outcome == HVP_OUTCOME_FAULT) {
		json_object_object_add(to, "undefined",
				       json_object_new_boolean(1));
		return;
	}
	list = json_object_new_array();
	for (i = 0; i < HVP_SMCCC_REGISTERS &&
		    hvp_smccc_register(fact, i, &value); i++)
		json_object_array_add(list, hex(value));
	json_object_object_add(to, "registers", list);
}

void hvp_json_add_smccc(struct json_object *to, const struct hvp_fact *fact)
{
	struct json_object *args = json_object_new_array();
	const char *name = hvp_smccc_fact_name(fact);
	u32 i;

	hvp_json_add_hex(to, "function", fact->smccc.function);
	if (name)
		hvp_json_add_string(to, "name", name);
	if (fact->smccc.conduit == HVP_INSN_HVC ||
	    fact->smccc.conduit == HVP_INSN_SMC)
		hvp_json_add_string(to, "instruction",
				    hvp_insn_name(fact->smccc.conduit));
	if (fact->smccc.immediate)
		hvp_json_add_hex(to, "immediate", fact->smccc.immediate);
	hvp_json_add_string(to, "purpose",
			    fact->smccc.purpose == HVP_CALL_PROOF  ? "proof" :
			    fact->smccc.purpose == HVP_CALL_FORCED ? "forced" :
								     "query");
	hvp_json_add_cpu(to, "cpu", fact->cpu);
	for (i = 0; i < HVP_ARRAY_SIZE(fact->smccc.args); i++)
		json_object_array_add(args, hex(fact->smccc.args[i]));
	json_object_object_add(to, "args", args);
	add_answer(to, fact);
}

struct json_object *hvp_json_smccc(const struct hvp_report *report)
{
	struct json_object *list = json_object_new_array();
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(report->facts, fact)))
		if (fact->kind == HVP_FACT_SMCCC)
			json_object_array_add(list, hvp_json_fact(fact));
	return list;
}

void hvp_json_add_arm64(struct json_object *to,
			const struct hvp_report *report)
{
	const struct hvp_fact *level = hvp_facts_text(
		report->facts, HVP_TEXT_EXCEPTION_LEVEL, NULL);
	u8 conduit = report->smccc.conduit;

	hvp_json_add_string(to, "arch", "arm64");
	if (level)
		hvp_json_add_bytes(to, "exception_level", hvp_fact_data(level),
				   level->data_bytes);
	else
		json_object_object_add(to, "exception_level", NULL);
	hvp_json_add_string(to, "conduit",
			    conduit == HVP_INSN_HVC ||
					    conduit == HVP_INSN_SMC ?
				    hvp_insn_name(conduit) : "none");
}

static struct json_object *side(const struct hvp_fact *fact)
{
	struct json_object *to = json_object_new_object();
	s32 status = 0;

	hvp_smccc_status(fact, &status);
	hvp_json_add_cpu(to, "cpu", fact->cpu);
	hvp_json_add_hex(to, "value", (u32)status);
	return to;
}

struct json_object *hvp_json_smccc_difference(const struct hvp_difference *d)
{
	struct json_object *to = json_object_new_object();

	hvp_json_add_hex(to, "leaf", d->here->smccc.function);
	hvp_json_add_number(to, "subleaf", d->here->smccc.args[0]);
	hvp_json_add_string(to, "register", hvp_reg_name(d->reg));
	json_object_object_add(to, "here", side(d->here));
	json_object_object_add(to, "there", side(d->there));
	return to;
}
