// SPDX-License-Identifier: GPL-2.0-only
/* Checks of what SMCCC calls tell on arm64. */
#include <stdio.h>
#include <time.h>
#include "clock.h"
#include "verify.h"

#define WORD	32

static bool make(const struct hvp_verify *verify,
		 struct hvp_check_result *result, u32 query,
		 u64 x[HVP_SMCCC_REGISTERS])
{
	struct hvp_call call;

	hvp_call_set_smccc(&call, query, x, HVP_SMCCC_BYTES);
	if (hvp_result_call(verify, result, &call))
		return true;
	hvp_result_not_made(verify, result, &call);
	return false;
}

void hvp_verify_smccc_psci(const struct hvp_verify *verify,
			   struct hvp_check_result *result)
{
	u64 x[HVP_SMCCC_REGISTERS], version;

	if (!make(verify, result, HVP_SMCCC_QUERY_PSCI_VERSION, x))
		return;
	version = x[0];
	if ((s32)version < 0) {
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "0x%x is no version", (u32)version);
		return;
	}
	hvp_result_note(result, "PSCI %u.%u", (u32)version >> 16,
			(u32)version & 0xffff);
	if (version >= 0x10000) {
		if (!make(verify, result, HVP_SMCCC_QUERY_PSCI_RESERVED, x))
			return;
		if ((s32)x[0] != HVP_SMCCC_NOT_SUPPORTED) {
			hvp_result_settle(result, HVP_ACTUAL_FAILS,
					  "a reserved function: 0x%x",
					  (u32)x[0]);
			return;
		}
	}
	result->actual = HVP_ACTUAL_WORKS;
}

void hvp_verify_smccc_uid(const struct hvp_verify *verify,
			  struct hvp_check_result *result)
{
	u32 query = HVP_SMCCC_QUERY_UID_VENDOR, before[4], i;
	u64 x[HVP_SMCCC_REGISTERS];
	char uid[HVP_SMCCC_UID_TEXT];
	bool same = true;

	if (!hvp_smccc_uid(verify->report->smccc.answers[query], before)) {
		result->applies = false;
		return;
	}
	if (!make(verify, result, query, x))
		return;
	for (i = 0; i < HVP_ARRAY_SIZE(before); i++)
		same &= (u32)x[i] == before[i];
	hvp_result_settle(result, same ? HVP_ACTUAL_WORKS : HVP_ACTUAL_FAILS,
			  "%s%s", same ? "" : "no longer ",
			  hvp_smccc_uid_text(query, before, uid));
}

/* X3 and X2 hold the 100 bits. False: settled. */
static bool entropy(const struct hvp_verify *verify,
		    struct hvp_check_result *result,
		    u64 x[HVP_SMCCC_REGISTERS])
{
	if (!make(verify, result, HVP_SMCCC_QUERY_TRNG_RND, x))
		return false;
	if ((s32)x[0] == -3) {
		result->reason = HVP_REASON_NOT_TRIED;
		hvp_result_settle(result, HVP_ACTUAL_UNTRIED,
				  "there is no entropy at the moment");
		return false;
	}
	if ((s32)x[0]) {
		hvp_result_settle(result, HVP_ACTUAL_REFUSED, "status %d",
				  (s32)x[0]);
		return false;
	}
	if (!x[1] && !(x[2] >> 36))
		return true;
	hvp_result_settle(result, HVP_ACTUAL_FAILS,
			  "more bits than were asked for");
	return false;
}

void hvp_verify_smccc_trng(const struct hvp_verify *verify,
			   struct hvp_check_result *result)
{
	u64 first[HVP_SMCCC_REGISTERS], second[HVP_SMCCC_REGISTERS];

	if (result->advertised == HVP_ADVERTISED_NO) {
		result->applies = false;
		return;
	}
	if (!entropy(verify, result, first) ||
	    !entropy(verify, result, second))
		return;
	if (first[3] == second[3])
		hvp_result_settle(result, HVP_ACTUAL_FAILS,
				  "the same 64 bits twice");
	else
		hvp_result_settle(result, HVP_ACTUAL_WORKS,
				  "100 bits, other ones the second time");
}

static int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void hvp_verify_kvm_ptp(const struct hvp_verify *verify,
			struct hvp_check_result *result)
{
	u64 x[HVP_SMCCC_REGISTERS], before = hvp_clock_read(), after, counter;
	int64_t host, off;

	if (result->advertised == HVP_ADVERTISED_NO) {
		result->applies = false;
		return;
	}
	if (!make(verify, result, HVP_SMCCC_QUERY_KVM_PTP, x))
		return;
	after = hvp_clock_read();
	if ((s32)x[0] == HVP_SMCCC_NOT_SUPPORTED) {
		hvp_result_settle(result, HVP_ACTUAL_REFUSED,
				  "KVM gives no reading");
		return;
	}
	counter = x[2] << WORD | (u32)x[3];
	host = (int64_t)(x[0] << WORD | (u32)x[1]);
	off = host - clock_now();
	hvp_result_settle(result,
			  counter >= before && counter <= after ?
				  HVP_ACTUAL_WORKS : HVP_ACTUAL_FAILS,
			  "counter %llu between %llu and %llu; the host's clock is %lld ms from this one",
			  (unsigned long long)counter,
			  (unsigned long long)before,
			  (unsigned long long)after,
			  (long long)off / 1000000);
}
