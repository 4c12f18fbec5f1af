// SPDX-License-Identifier: GPL-2.0-only
/* Words that stand for numbers in the JSON form of facts, both ways. */
#include "facts_words.h"
#include "../core/registry.h"
#include "../include/uapi/linux/hvprobe.h"

static const char *const kinds[] = {
	[HVP_FACT_CPUID] = "cpuid",
	[HVP_FACT_MSR] = "msr",
	[HVP_FACT_CALL] = "call",
	[HVP_FACT_SMCCC] = "smccc",
	[HVP_FACT_TEXT] = "text",
};

static const char *const outcomes[] = {
	[HVP_OUTCOME_VALUE] = "value",
	[HVP_OUTCOME_FAULT] = "fault",
	[HVP_OUTCOME_SKIPPED] = "skipped",
};

static const char *const purposes[] = {
	[HVP_CALL_PROOF] = "proof",
	[HVP_CALL_FORCED] = "forced",
	[HVP_CALL_LEARN] = "learn",
};

static const char *const hows[] = {
	[HVP_CPUID_PLAIN] = "plain",
	[HVP_CPUID_FORCED] = "forced",
};

/* The file format's own, so that renaming one for display changes no file. */
static const char *const sources[] = {
	[HVP_SOURCE_NONE] = "none",
	[HVP_SOURCE_USER] = "user",
	[HVP_SOURCE_DRIVER] = "driver",
	[HVP_SOURCE_DUMP] = "dump",
	[HVP_SOURCE_SYSTEM] = "system",
};

static const char *const insns[] = {
	[HVP_INSN_NONE] = "none",
	[HVP_INSN_VMCALL] = "vmcall",
	[HVP_INSN_VMMCALL] = "vmmcall",
	[HVP_INSN_KERNEL] = "kernel",
	[HVP_INSN_PAGE] = "page",
	[HVP_INSN_HVC] = "hvc",
	[HVP_INSN_SMC] = "smc",
	[HVP_INSN_PORT] = "port",
};

static const char *const reasons[] = {
#define HVP_REASON(number, id, key, hint) [number] = key,
#include "../core/reasons.def"
#undef HVP_REASON
};

static const char *const abis[] = {
#define HVP_ABI(number, id, key, name) [number] = key,
#include "../core/abis.def"
#undef HVP_ABI
};

static const char *const texts[] = {
#define HVP_TEXT(number, id, key) [number] = key,
#include "../core/texts.def"
#undef HVP_TEXT
};

#define WORDS(name, table)				\
	const struct hvp_words hvp_words_##name = {	\
		.words = table,				\
		.count = HVP_ARRAY_SIZE(table),		\
	}

WORDS(kind, kinds);
WORDS(source, sources);
WORDS(outcome, outcomes);
WORDS(reason, reasons);
WORDS(abi, abis);
WORDS(insn, insns);
WORDS(purpose, purposes);
WORDS(how, hows);
WORDS(text, texts);

const char *hvp_word_of(const struct hvp_words *words, u32 number)
{
	const char *word = number < words->count ? words->words[number] : NULL;

	return word && *word ? word : NULL;
}

int hvp_word_find(const struct hvp_words *words, const char *word)
{
	u32 i;

	for (i = 0; i < words->count; i++)
		if (hvp_word_of(words, i) && !strcmp(hvp_word_of(words, i), word))
			return (int)i;
	return -1;
}
