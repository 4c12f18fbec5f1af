// SPDX-License-Identifier: GPL-2.0-only
/* What the registers that an SMCCC call left mean. All of it is a claim. */
#include "facts.h"
#include "smccc.h"

#define SMCCC_1_1	0x10001
#define PSCI_1_0	0x10000
#define WORD		32

/* Behind the registers of a fact with a clock. */
#define COUNTER_BEFORE	0
#define COUNTER_AFTER	1

static bool word_of_data(const struct hvp_fact *fact, u32 index, u64 *value)
{
	if ((index + 1) * sizeof(*value) > fact->data_bytes)
		return false;
	memcpy(value, (const u8 *)hvp_fact_data(fact) + index * sizeof(*value),
	       sizeof(*value));
	return true;
}

bool hvp_smccc_register(const struct hvp_fact *fact, u32 index, u64 *value)
{
	return fact && fact->kind == HVP_FACT_SMCCC &&
	       fact->outcome == HVP_OUTCOME_VALUE &&
	       index < fact->smccc.registers &&
	       word_of_data(fact, index, value);
}

bool hvp_smccc_status(const struct hvp_fact *fact, s32 *status)
{
	u64 value;

	if (!hvp_smccc_register(fact, 0, &value))
		return false;
	*status = (s32)value;
	return true;
}

static bool bit_is_set(const struct hvp_fact *fact, u32 bit)
{
	u64 value;

	return hvp_smccc_register(fact, bit / WORD, &value) &&
	       value >> bit % WORD & 1;
}

bool hvp_smccc_says(const struct hvp_fact *fact, u32 says)
{
	u64 value;
	s32 status;

	if (!hvp_smccc_register(fact, 0, &value))
		return false;
	status = (s32)value;
	switch (says) {
	case HVP_SAYS_ANY:
		return status >= 0;
	case HVP_SAYS_ANY64:
		return !(value >> 63);
	case HVP_SAYS_PRESENT:
		return status != HVP_SMCCC_NOT_SUPPORTED;
	case HVP_SAYS_PSCI_1_0:
		return status >= PSCI_1_0;
	default:
		return status != HVP_SMCCC_NOT_SUPPORTED &&
		       bit_is_set(fact, says);
	}
}

/* X3 holds the low 64 bits, X2 the next; above what was asked for are zeros. */
static bool is_entropy(const struct hvp_fact *fact)
{
	u64 x[4], bits = fact->smccc.args[0];
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(x); i++)
		if (!hvp_smccc_register(fact, i, &x[i]))
			return false;
	if ((s32)x[0] || bits <= 64 || bits >= 128)
		return false;
	return x[3] && x[2] && !(x[2] >> (bits - 64)) && !x[1];
}

/* R2:R3 is the counter at the moment of the host's clock in R0:R1. */
static bool is_between(const struct hvp_fact *fact)
{
	u32 at = fact->smccc.registers, i;
	u64 x[4], before, after, counter;

	for (i = 0; i < HVP_ARRAY_SIZE(x); i++)
		if (!hvp_smccc_register(fact, i, &x[i]))
			return false;
	if (!word_of_data(fact, at + COUNTER_BEFORE, &before) ||
	    !word_of_data(fact, at + COUNTER_AFTER, &after))
		return false;
	counter = x[2] << WORD | (u32)x[3];
	return (s32)x[0] != HVP_SMCCC_NOT_SUPPORTED &&
	       counter >= before && counter <= after;
}

bool hvp_smccc_passes(const struct hvp_fact *fact, u32 check)
{
	s32 status;

	if (!hvp_smccc_status(fact, &status))
		return false;
	switch (check) {
	case HVP_SMCCC_CHECK_ZERO:
		return !status;
	case HVP_SMCCC_CHECK_NOT_NEGATIVE:
		return status >= 0;
	case HVP_SMCCC_CHECK_POSITIVE:
		return status > 0;
	case HVP_SMCCC_CHECK_UP_TO_2:
		return status >= 0 && status <= 2;
	case HVP_SMCCC_CHECK_REFUSED:
		return status == HVP_SMCCC_NOT_SUPPORTED;
	case HVP_SMCCC_CHECK_VERSION_1_1:
		return status >= SMCCC_1_1;
	case HVP_SMCCC_CHECK_BIT_0:
		return hvp_smccc_says(fact, 0);
	case HVP_SMCCC_CHECK_ENTROPY:
		return is_entropy(fact);
	case HVP_SMCCC_CHECK_COUNTER:
		return is_between(fact);
	default:
		return false;
	}
}

bool hvp_smccc_uid(const struct hvp_fact *fact, u32 words[4])
{
	u64 value;
	u32 i;

	for (i = 0; i < 4; i++) {
		if (!hvp_smccc_register(fact, i, &value))
			return false;
		words[i] = (u32)value;
	}
	return (s32)words[0] != HVP_SMCCC_NOT_SUPPORTED;
}

char *hvp_smccc_uid_text(u32 query, const u32 words[4],
			 char out[HVP_SMCCC_UID_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	const struct hvp_smccc_uid *row = hvp_smccc_uid_find(query, words);
	u32 i, at = 0;

	if (row) {
		memcpy(out, row->text, HVP_SMCCC_UID_TEXT);
		return out;
	}
	for (i = 0; i < 16; i++) {
		u8 byte = (u8)(words[i / 4] >> i % 4 * 8);

		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[at++] = '-';
		out[at++] = digits[byte >> 4];
		out[at++] = digits[byte & 0xf];
	}
	out[at] = '\0';
	return out;
}
