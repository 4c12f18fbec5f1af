// SPDX-License-Identifier: GPL-2.0-only
/* How the call instruction was proven, in a sentence for people. */
#include <linux/kernel.h>
#include <asm/trapnr.h>
#include "driver.h"

static const char *spoken_insn(const struct hvp_fact *fact)
{
	u32 insn = fact->call.insn;

	switch (insn) {
	case HVP_INSN_VMCALL:
		return "VMCALL";
	case HVP_INSN_VMMCALL:
		return "VMMCALL";
	case HVP_INSN_KERNEL:
		return "the kernel's call path";
	case HVP_INSN_PAGE:
		return fact->call.abi == HVP_ABI_XEN ?
			       "a hypercall page of its own" :
			       "the kernel's hypercall page";
	case HVP_INSN_PORT:
		return "the backdoor port";
	default:
		return hvp_insn_name(insn);
	}
}

static const char *spoken_vector(u32 vector)
{
	switch (vector) {
	case X86_TRAP_UD:
		return "#UD";
	case X86_TRAP_GP:
		return "#GP";
	case X86_TRAP_PF:
		return "#PF";
	case X86_TRAP_VE:
		return "#VE";
	default:
		return "an exception";
	}
}

static int tell_calls(const struct hvp_driver *driver, u32 abi, u32 purpose,
		      char *out, size_t size)
{
	u32 wanted = hvp_proof_count(abi), passed = 0;
	const struct hvp_fact *fact = NULL;
	const char *comma = "";
	const struct hvp_fact *answered = NULL;
	int at = 0;

	while ((fact = hvp_facts_next(&driver->facts, fact))) {
		if (fact->kind != HVP_FACT_CALL ||
		    fact->call.purpose != purpose ||
		    (purpose == HVP_CALL_PROOF &&
		     fact->call.abi != abi))
			continue;
		if (fact->outcome == HVP_OUTCOME_FAULT) {
			at += scnprintf(out + at, size - at, "%s%s raised %s",
					comma, spoken_insn(fact),
					spoken_vector(fact->vector));
			comma = ", ";
			passed = 0;
			answered = NULL;
		} else if (fact->outcome == HVP_OUTCOME_VALUE) {
			answered = fact;
			if (hvp_proof_check(driver->report, fact) ==
			    HVP_PROOF_PASSED)
				passed++;
		} else if (purpose == HVP_CALL_FORCED) {
			at += scnprintf(out + at, size - at, "refused");
		} else {
			at += scnprintf(out + at, size - at, "refused: %s",
					hvp_reason_key(fact->reason));
		}
	}
	if (!answered)
		return at;
	if (purpose == HVP_CALL_FORCED)
		at += scnprintf(out + at, size - at, "%s%s answered", comma,
				spoken_insn(answered));
	else if (passed == wanted)
		at += scnprintf(out + at, size - at, "%s%s proven (%u of %u)",
				comma, spoken_insn(answered), passed, wanted);
	else
		at += scnprintf(out + at, size - at,
				"%s%s not as specified (%u of %u)", comma,
				spoken_insn(answered), passed, wanted);
	return at;
}

void hvp_insn_tell(struct hvp_driver *driver, bool forced)
{
	char *out = driver->proof_text;
	size_t size = sizeof(driver->proof_text);
	int at = 0;

	if (driver->proof != HVP_PROOF_NONE)
		at = tell_calls(driver, driver->abi, HVP_CALL_PROOF, out, size);
	else if (!hvp_report_abi(driver->report, HVP_ABI_HYPERV))
		at = scnprintf(out, size, "no interface selects a call");
	if (driver->abi != HVP_ABI_HYPERV &&
	    hvp_report_abi(driver->report, HVP_ABI_HYPERV)) {
		at += scnprintf(out + at, size - at, "%sHyper-V ",
				at ? "; " : "");
		at += tell_calls(driver, HVP_ABI_HYPERV, HVP_CALL_PROOF,
				 out + at, size - at);
	}
	if (!forced)
		return;
	at += scnprintf(out + at, size - at, "; forced trial: ");
	tell_calls(driver, HVP_ABI_CPU, HVP_CALL_FORCED, out + at, size - at);
}
