// SPDX-License-Identifier: GPL-2.0-only
/* The opinion on arm64: by UIDs, then by texts, then by what does not answer. */
#include "decode.h"

static bool text_is(const struct hvp_fact *fact, const char *text)
{
	return fact && fact->data_bytes == strlen(text) &&
	       !memcmp(hvp_fact_data(fact), text, fact->data_bytes);
}

static const struct hvp_fact *text(const struct hvp_report *report, u16 key)
{
	return hvp_facts_text(report->facts, key, NULL);
}

static void tell_conduit(struct hvp_report *report)
{
	const struct hvp_fact *fact = text(report, HVP_TEXT_DT_PSCI_METHOD);

	if (!fact)
		fact = text(report, HVP_TEXT_FADT_BOOT_FLAGS);
	if (fact)
		hvp_verdict_step(report, HVP_RULE_CONDUIT, HVP_PRODUCT_NONE, 0,
				 fact);
	if (report->smccc.skipped)
		hvp_verdict_step(report, HVP_RULE_NO_CALLS, HVP_PRODUCT_NONE,
				 0, report->smccc.skipped);
}

static void tell_uids(struct hvp_report *report)
{
	static const u8 firmware[] = { HVP_SMCCC_QUERY_UID_STANDARD,
				       HVP_SMCCC_QUERY_UID_EL3,
				       HVP_SMCCC_QUERY_UID_TOS };
	u32 words[4], i;

	for (i = 0; i < report->interface_count; i++) {
		const struct hvp_interface *itf = &report->interfaces[i];

		hvp_verdict_step(report,
				 itf->product == HVP_PRODUCT_UNKNOWN ?
					 HVP_RULE_UID_UNKNOWN : HVP_RULE_UID,
				 itf->product, itf->base, itf->fact);
	}
	for (i = 0; i < HVP_ARRAY_SIZE(firmware); i++) {
		const struct hvp_fact *fact =
			report->smccc.answers[firmware[i]];
		const struct hvp_smccc_uid *row;

		if (!hvp_smccc_uid(fact, words))
			continue;
		row = hvp_smccc_uid_find(firmware[i], words);
		hvp_verdict_step(report, HVP_RULE_FIRMWARE_UID,
				 row ? row->product : HVP_PRODUCT_UNKNOWN,
				 fact->smccc.function, fact);
	}
}

/* A guest at EL2 has a hypervisor that virtualizes EL2, and that tells. */
static bool tell_level(struct hvp_report *report)
{
	const struct hvp_fact *level = text(report, HVP_TEXT_EXCEPTION_LEVEL);

	if (!text_is(level, "EL2"))
		return false;
	hvp_verdict_step(report, HVP_RULE_KERNEL_AT_EL2, HVP_PRODUCT_NONE, 0,
			 level);
	return true;
}

static bool conclude_by_text(struct hvp_report *report, bool at_el2)
{
	const struct hvp_fact *fact = NULL;
	u8 product = hvp_text_product(report, false, &fact);

	if (product == HVP_PRODUCT_NONE)
		product = hvp_text_product(report, true, &fact);
	/* Amazon's bare metal has the name of its guests. */
	if (product == HVP_PRODUCT_NONE ||
	    (product == HVP_PRODUCT_AWS_NITRO && at_el2))
		return false;
	hvp_verdict_step(report, HVP_RULE_TEXT_HINT, product, 0, fact);
	report->verdict.by_text = 1;
	hvp_verdict_conclude(report, HVP_VERDICT_GUEST, product);
	return true;
}

/* Devices of no hardware: QEMU's, crosvm's, kvmtool's, Firecracker's. */
static bool is_dummy_machine(const struct hvp_report *report,
			     const struct hvp_fact **model)
{
	*model = text(report, HVP_TEXT_DT_MODEL);
	return text_is(*model, "linux,dummy-virt");
}

/* Nobody but who was asked can be said not to answer. */
static bool was_asked(const struct hvp_report *report)
{
	const struct hvp_smccc *smccc = &report->smccc;

	return hvp_smccc_passes(smccc->answers[HVP_SMCCC_QUERY_PSCI_HAS_SMCCC],
				HVP_SMCCC_CHECK_REFUSED) ||
	       hvp_smccc_passes(smccc->answers[HVP_SMCCC_QUERY_UID_VENDOR],
				HVP_SMCCC_CHECK_REFUSED);
}

static void conclude_without_uid(struct hvp_report *report, bool at_el2)
{
	const struct hvp_fact *version =
		report->smccc.answers[HVP_SMCCC_QUERY_PSCI_VERSION];
	const struct hvp_fact *model;
	bool dummy = is_dummy_machine(report, &model);

	if (conclude_by_text(report, at_el2))
		return;
	if (version && was_asked(report)) {
		hvp_verdict_step(report, HVP_RULE_NO_UID, HVP_PRODUCT_NONE,
				 version->smccc.function, version);
		hvp_verdict_conclude(report,
				     at_el2 && !dummy ?
					     HVP_VERDICT_BARE_METAL :
					     HVP_VERDICT_NO_INTERFACE,
				     HVP_PRODUCT_NONE);
	} else if (dummy) {
		hvp_verdict_step(report, HVP_RULE_TEXT_HINT,
				 HVP_PRODUCT_UNKNOWN, 0, model);
		report->verdict.by_text = 1;
		hvp_verdict_conclude(report, HVP_VERDICT_UNIDENTIFIED,
				     HVP_PRODUCT_UNKNOWN);
	} else {
		hvp_verdict_step(report, HVP_RULE_NOT_ENOUGH, HVP_PRODUCT_NONE,
				 0, NULL);
	}
}

void hvp_verdict_arm64(struct hvp_report *report)
{
	const struct hvp_interface *first = report->interfaces;
	bool at_el2;

	tell_conduit(report);
	at_el2 = tell_level(report);
	tell_uids(report);
	if (!report->interface_count)
		conclude_without_uid(report, at_el2);
	else
		hvp_verdict_conclude(report,
				     first->product == HVP_PRODUCT_UNKNOWN ?
					     HVP_VERDICT_UNIDENTIFIED :
					     HVP_VERDICT_GUEST,
				     first->product);
}
