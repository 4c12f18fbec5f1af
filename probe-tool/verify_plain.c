// SPDX-License-Identifier: GPL-2.0-only
/* Checks that need no call: MSRs that the driver read, and frequencies. */
#include <stdio.h>
#include "render.h"
#include "verify.h"

#define HYPERV_TSC_FREQUENCY_MSR	0x40000022U
#define TOLERANCE_PERCENT		1U

void hvp_verify_msr(const struct hvp_verify *verify,
		    struct hvp_check_result *result)
{
	u32 index = result->check->arg;
	const struct hvp_fact *fact = hvp_facts_msr(verify->report->facts,
						    verify->report->cpu, index);

	if (!fact || fact->outcome == HVP_OUTCOME_SKIPPED) {
		result->applies = false;
		result->reason = fact && fact->reason ? fact->reason :
							HVP_REASON_NOT_TRIED;
	} else if (fact->outcome == HVP_OUTCOME_FAULT) {
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "reading MSR 0x%08x raised %s", index,
				  hvp_exception_name(fact->vector));
	} else {
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "MSR 0x%08x is 0x%llx", index,
				  (unsigned long long)fact->msr.value);
	}
}

static void compare_khz(const struct hvp_verify *verify,
			struct hvp_check_result *result, u64 told)
{
	u64 khz = verify->tsc_khz;
	u64 off = told > khz ? told - khz : khz - told;

	if (!khz) {
		hvp_result_note(result, "the TSC was not measured");
		return;
	}
	hvp_result_settle(result, off > khz / 100 * TOLERANCE_PERCENT ?
					  HVP_ACTUAL_FAILS : HVP_ACTUAL_WORKS,
			  "%llu kHz told, %llu kHz measured",
			  (unsigned long long)told, (unsigned long long)khz);
}

void hvp_verify_hyperv_frequency(const struct hvp_verify *verify,
				 struct hvp_check_result *result)
{
	const struct hvp_fact *fact =
		hvp_facts_msr(verify->report->facts, verify->report->cpu,
			      HYPERV_TSC_FREQUENCY_MSR);

	if (!fact || fact->outcome == HVP_OUTCOME_SKIPPED)
		result->applies = false;
	else if (fact->outcome == HVP_OUTCOME_FAULT)
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "reading MSR 0x%08x raised %s",
				  HYPERV_TSC_FREQUENCY_MSR,
				  hvp_exception_name(fact->vector));
	else
		compare_khz(verify, result, fact->msr.value / 1000);
}

void hvp_verify_timing_leaf(const struct hvp_verify *verify,
			    struct hvp_check_result *result)
{
	const struct hvp_field_value *told =
		&verify->report->fields[HVP_FIELD_ID_TIMING_TSC_KHZ];

	if (told->state == HVP_STATE_ADVERTISED)
		compare_khz(verify, result, told->value);
	else
		result->applies = false;
}
