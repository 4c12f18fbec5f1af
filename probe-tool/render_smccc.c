// SPDX-License-Identifier: GPL-2.0-only
/* SMCCC calls and what stands for a CPU's name on arm64, in words. */
#include <stdio.h>
#include "render.h"

#define SHOWN_REGISTERS	4

const char *hvp_smccc_fact_name(const struct hvp_fact *fact)
{
	const struct hvp_smccc_function *row;

	if (fact->smccc.immediate == HVP_SMCCC_XEN_IMMEDIATE)
		return "xen-hypercall";
	row = hvp_smccc_function_find(fact->smccc.function);
	return row ? row->name : NULL;
}

static int put_head(const struct hvp_fact *fact, char *out, size_t size)
{
	u32 last = HVP_ARRAY_SIZE(fact->smccc.args), i;
	const char *name = hvp_smccc_fact_name(fact);
	int at = 0;

	if (fact->smccc.conduit)
		at = snprintf(out, size, "%s #0x%x: ",
			      hvp_insn_name(fact->smccc.conduit),
			      fact->smccc.immediate);
	at += snprintf(out + at, size - (size_t)at, "0x%08x%s%s(",
		       fact->smccc.function, name ? " " : "", name ? name : "");
	while (last && !fact->smccc.args[last - 1])
		last--;
	for (i = 0; i < last; i++)
		at += snprintf(out + at, size - (size_t)at, "%s0x%llx",
			       i ? ", " : "",
			       (unsigned long long)fact->smccc.args[i]);
	return at + snprintf(out + at, size - (size_t)at, "): ");
}

char *hvp_smccc_fact_text(const struct hvp_fact *fact, char *out, size_t size)
{
	int at = put_head(fact, out, size);
	u64 value;
	u32 i;

	if (fact->outcome == HVP_OUTCOME_SKIPPED) {
		snprintf(out + at, size - (size_t)at, "not attempted (%s)",
			 hvp_reason_key(fact->reason));
		return out;
	}
	if (fact->outcome == HVP_OUTCOME_FAULT) {
		snprintf(out + at, size - (size_t)at, "is undefined here");
		return out;
	}
	/* What is behind a refusal are leftovers. */
	if (hvp_smccc_passes(fact, HVP_SMCCC_CHECK_REFUSED)) {
		snprintf(out + at, size - (size_t)at, "not supported");
		return out;
	}
	for (i = 0; i < SHOWN_REGISTERS &&
		    hvp_smccc_register(fact, i, &value); i++)
		at += snprintf(out + at, size - (size_t)at, "%s0x%llx",
			       i ? " " : "", (unsigned long long)value);
	return out;
}

char *hvp_smccc_difference_text(const struct hvp_difference *difference,
				char *out, size_t size)
{
	s32 here = 0, there = 0;
	int at = put_head(difference->here, out, size);

	hvp_smccc_status(difference->here, &here);
	hvp_smccc_status(difference->there, &there);
	snprintf(out + at, size - (size_t)at, "CPU %u %d, CPU %u %d",
		 difference->here->cpu, here, difference->there->cpu, there);
	return out;
}

char *hvp_arm64_text(const struct hvp_report *report, char *out, size_t size)
{
	const struct hvp_fact *level = hvp_facts_text(
		report->facts, HVP_TEXT_EXCEPTION_LEVEL, NULL);
	const char *by =
		hvp_facts_text(report->facts, HVP_TEXT_DT_PSCI_METHOD, NULL) ?
			" by device tree" :
		hvp_facts_text(report->facts, HVP_TEXT_FADT_BOOT_FLAGS, NULL) ?
			" by ACPI" : "";
	u8 conduit = report->smccc.conduit;
	char text[32] = "unknown exception level";

	if (level)
		hvp_escape(text, sizeof(text), hvp_fact_data(level),
			   level->data_bytes);
	if (conduit == HVP_INSN_NONE)
		snprintf(out, size, "arm64, %s, conduit %s", text,
			 report->smccc.skipped ?
				 hvp_reason_key(report->smccc.skipped->reason) :
				 "not recorded");
	else
		snprintf(out, size, "arm64, %s, conduit %s%s", text,
			 conduit == HVP_INSN_SMC ? "SMC" : "HVC", by);
	return out;
}

bool hvp_interface_uid(const struct hvp_interface *itf,
		       char out[HVP_SMCCC_UID_TEXT])
{
	u32 query = hvp_smccc_query_of(itf->fact);
	u32 words[4];

	if ((query != HVP_SMCCC_QUERY_UID_VENDOR &&
	     query != HVP_SMCCC_QUERY_UID_HYP) ||
	    !hvp_smccc_uid(itf->fact, words))
		return false;
	hvp_smccc_uid_text(query, words, out);
	return true;
}
