// SPDX-License-Identifier: GPL-2.0-only
/* core/smccc_answer.c and the rows of arm64: what one answer means. */
#include "smccc_ask.h"
#include "tap.h"

static void test_entropy(void)
{
	static const struct {
		u64 x[4];
		bool good;
	} answers[] = {
		{ { 0, 0, 0xfffffffff, 1 }, true },
		{ { 0, 0, 0x1fffffffff, 1 }, false },	/* 101 bits */
		{ { 0, 1, 1, 1 }, false },		/* above 128 */
		{ { 0, 0, 0, 0 }, false },
		{ { ~0ULL, 0, 1, 1 }, false },
	};
	u64 x[HVP_SMCCC_USUAL] = { 0 };
	u32 i, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(answers); i++) {
		start();
		memcpy(x, answers[i].x, sizeof(answers[i].x));
		wrong += hvp_smccc_passes(record(HVP_SMCCC_QUERY_TRNG_RND, 0,
						 HVP_INSN_HVC, x),
					  HVP_SMCCC_CHECK_ENTROPY) !=
			 answers[i].good;
	}
	ok(!wrong, "more bits than were asked for are not entropy");
}

/* Bits are asked for in X1; only some of the second register is theirs. */
static void test_entropy_bits(void)
{
	static const struct {
		u64 bits, x2;
		bool good;
	} answers[] = {
		{ 32, 1, false }, { 64, 0, false }, { 65, 1, true },
		{ 65, 2, false },
		{ 127, ~0ULL >> 1, true }, { 127, ~0ULL, false },
		{ 128, 1, false }, { 192, 1, false },
	};
	u64 x[HVP_SMCCC_USUAL] = { 0 };
	struct hvp_fact fact;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(answers); i++) {
		fact = fact_of(HVP_SMCCC_QUERY_TRNG_RND, 0, HVP_INSN_HVC);
		fact.smccc.args[0] = answers[i].bits;
		fact.data_bytes = sizeof(x);
		x[2] = answers[i].x2;
		x[3] = 1;
		start();
		hvp_facts_add(&facts, &fact, x);
		ok(hvp_smccc_passes(items, HVP_SMCCC_CHECK_ENTROPY) ==
			   answers[i].good,
		   "%llu bits of entropy, X2 %#llx",
		   (unsigned long long)answers[i].bits,
		   (unsigned long long)answers[i].x2);
	}
}

static void test_edges(void)
{
	static const struct {
		u64 x0;
		u8 says;	/* 0: @check */
		u8 check;
		bool good;
	} rows[] = {
		{ 0xffff, HVP_SAYS_PSCI_1_0, 0, false },
		{ 0x10000, HVP_SAYS_PSCI_1_0, 0, true },
		{ 0x80010000, HVP_SAYS_PSCI_1_0, 0, false },
		{ 0x7fffffff, HVP_SAYS_ANY, 0, true },
		{ 0x80000000, HVP_SAYS_ANY, 0, false },
		{ 0x80000000, HVP_SAYS_ANY64, 0, true },
		{ 0xffffffff, HVP_SAYS_ANY64, 0, true },
		{ 1ULL << 63, HVP_SAYS_ANY64, 0, false },
		{ 0xffffffff, HVP_SAYS_PRESENT, 0, false },
		{ 0xfffffffe, HVP_SAYS_PRESENT, 0, true },
		{ 2, 0, HVP_SMCCC_CHECK_UP_TO_2, true },
		{ 3, 0, HVP_SMCCC_CHECK_UP_TO_2, false },
		{ 0xffffffff, 0, HVP_SMCCC_CHECK_UP_TO_2, false },
		{ 0, 0, HVP_SMCCC_CHECK_POSITIVE, false },
		{ 1, 0, HVP_SMCCC_CHECK_POSITIVE, true },
		{ 0, 0, HVP_SMCCC_CHECK_NOT_NEGATIVE, true },
		{ 0x80000000, 0, HVP_SMCCC_CHECK_NOT_NEGATIVE, false },
		{ 0x10000, 0, HVP_SMCCC_CHECK_VERSION_1_1, false },
		{ 0x10001, 0, HVP_SMCCC_CHECK_VERSION_1_1, true },
		{ 0xfffffffe, 0, HVP_SMCCC_CHECK_REFUSED, false },
		{ 0xffffffff, 0, HVP_SMCCC_CHECK_REFUSED, true },
		{ 0xffffffff, 0, HVP_SMCCC_CHECK_BIT_0, false },
	};
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(rows); i++) {
		u64 x[HVP_SMCCC_USUAL] = { rows[i].x0 };
		const struct hvp_fact *fact;

		start();
		fact = record(HVP_SMCCC_QUERY_PSCI_VERSION, 0, HVP_INSN_HVC, x);
		ok((rows[i].says ? hvp_smccc_says(fact, rows[i].says) :
				   hvp_smccc_passes(fact, rows[i].check)) ==
			   rows[i].good,
		   "%#llx: says %u, check %u",
		   (unsigned long long)rows[i].x0, rows[i].says,
		   rows[i].check);
	}
}

/* A record of the row's own query alone, as a log would hold it. */
static u8 state_by(u32 number, const u64 x[HVP_SMCCC_USUAL])
{
	start();
	record(hvp_caps[number].leaf, 0, HVP_INSN_HVC, x);
	decode();
	return report.caps[number].state;
}

static void test_rows(void)
{
	u32 i, wrong = 0;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap *c = &hvp_caps[i];
		u64 yes[HVP_SMCCC_USUAL] = { 0 };
		u64 no[HVP_SMCCC_USUAL] = { ~0ULL };

		if (c->where != HVP_WHERE_SMCCC)
			continue;
		if (c->bit < HVP_SAYS_ANY)
			yes[c->bit / 32] = 1U << c->bit % 32;
		else
			yes[0] = 0x10001;
		/* Where one call says it and does it, it may have failed. */
		if (state_by(i, yes) == HVP_STATE_ABSENT ||
		    report.caps[i].state == HVP_STATE_UNKNOWN ||
		    state_by(i, no) != HVP_STATE_ABSENT) {
			diag("%s", c->name);
			wrong++;
		}
	}
	ok(!wrong, "every row: there by its answer, absent by a refusal");
}

int main(void)
{
	test_entropy();
	test_entropy_bits();
	test_edges();
	test_rows();
	return done_testing();
}
