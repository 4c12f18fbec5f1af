// SPDX-License-Identifier: GPL-2.0-only
/* Is the conduit what the tables say, and are undefined calls survived? */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/printk.h>
#include "smccc.h"

#define PSCI_VERSION	0x84000000U

static const char *spoken(u8 insn)
{
	return insn == HVP_INSN_SMC ? "SMC" : "HVC";
}

static u32 passed_proofs(const struct hvp_smccc *smccc, u32 *made)
{
	const struct hvp_fact *version =
		smccc->answers[HVP_SMCCC_QUERY_PSCI_VERSION];
	const struct hvp_fact *reserved =
		smccc->answers[HVP_SMCCC_QUERY_PSCI_RESERVED];

	*made = !!version + !!reserved;
	return hvp_smccc_says(version, HVP_SAYS_ANY) +
	       hvp_smccc_passes(reserved, HVP_SMCCC_CHECK_REFUSED);
}

static int prove(struct hvp_driver *driver, char *out, size_t size)
{
	const struct hvp_smccc *smccc = &driver->report->smccc;
	struct hvp_way *way = &driver->ways[HVP_ABI_SMCCC];
	u32 made, passed = passed_proofs(smccc, &made);

	if (!made) {
		way->reason = smccc->skipped ? smccc->skipped->reason :
					       HVP_REASON_NO_CONDUIT;
		way->proof = HVP_PROOF_REFUSED;
		return scnprintf(out, size, "refused: %s",
				 hvp_reason_key(way->reason));
	}
	if (smccc->answers[HVP_SMCCC_QUERY_PSCI_VERSION]->outcome ==
	    HVP_OUTCOME_FAULT) {
		way->reason = HVP_REASON_CALL_UNDEFINED;
		way->proof = HVP_PROOF_FAILED;
		return scnprintf(out, size, "%s is undefined here",
				 spoken(smccc->conduit));
	}
	way->proof = passed == made ? HVP_PROOF_PASSED : HVP_PROOF_FAILED;
	way->reason = passed == made ? HVP_REASON_NONE : HVP_REASON_NOT_PROVEN;
	way->insn = passed == made ? smccc->conduit : HVP_INSN_NONE;
	return scnprintf(out, size, "%s %s (%u of %u)", spoken(smccc->conduit),
			 passed == made ? "proven" : "not as specified",
			 passed, made);
}

/* Calls that no one can misunderstand, where at worst they are undefined. */
static int force(struct hvp_driver *driver, u8 insn, u16 immediate, char *out,
		 size_t size)
{
	struct hvp_fact fact =
		hvp_smccc_fact(insn, PSCI_VERSION, HVP_CALL_FORCED);
	const struct hvp_fact *made;

	fact.smccc.immediate = immediate;
	made = hvp_smccc_attempt(driver, &fact, false);
	return scnprintf(out, size, ", %s #%u %s", spoken(insn), immediate,
			 made && made->outcome == HVP_OUTCOME_FAULT ?
				 "is undefined" : "answered");
}

static int force_all(struct hvp_driver *driver, char *out, size_t size)
{
	bool xen = hvp_report_abi(driver->report, HVP_ABI_XEN);
	int at;

	if (driver->insn != HVP_INSN_HVC || !hvp_conduit_smc_is_undefined()) {
		pr_warn("force_trial refused: SMC may not come back here\n");
		return scnprintf(out, size, "; forced trial: refused");
	}
	if (!hvp_guard_enter()) {
		hvp_guard_leave();
		return scnprintf(out, size, "; forced trial: no guard");
	}
	at = scnprintf(out, size, "; forced trial");
	at += force(driver, HVP_INSN_SMC, 0, out + at, size - at);
	/* To others HVC #1 is a call, or the end of the guest. */
	if (xen)
		at += force(driver, HVP_INSN_HVC, 1, out + at, size - at);
	hvp_guard_leave();
	return at;
}

void hvp_insn_prove(struct hvp_driver *driver, bool forced)
{
	struct hvp_way *xen = &driver->ways[HVP_ABI_XEN];
	char *out = driver->proof_text;
	size_t size = sizeof(driver->proof_text);
	u32 i;
	int at;

	for (i = 0; i < HVP_ABI_COUNT; i++)
		driver->ways[i].reason = HVP_REASON_OTHER_ARCH;
	driver->abi = HVP_ABI_SMCCC;
	at = prove(driver, out, size);
	driver->proof = driver->ways[HVP_ABI_SMCCC].proof;
	driver->insn = driver->ways[HVP_ABI_SMCCC].insn;
	if (hvp_smccc_passes(driver->report->smccc.answers
				     [HVP_SMCCC_QUERY_XEN_VERSION],
			     HVP_SMCCC_CHECK_POSITIVE)) {
		*xen = (struct hvp_way){ .insn = HVP_INSN_HVC,
					 .proof = HVP_PROOF_PASSED };
		at += scnprintf(out + at, size - at, "; Xen by HVC #0xea1");
	}
	if (forced)
		force_all(driver, out + at, size - at);
}
