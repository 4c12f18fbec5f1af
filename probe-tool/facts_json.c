// SPDX-License-Identifier: GPL-2.0-only
/* Facts to JSON, one fact a line, so that two dumps can be compared by diff. */
#include "facts_json.h"
#include "facts_words.h"

/* The fuzzer and small tests are built without a version. */
#ifdef HVP_VERSION
#define TOOL_VERSION	",\"version\":\"" HVP_VERSION "\""
#else
#define TOOL_VERSION	""
#endif

static void put_text(FILE *out, const char *text, size_t bytes)
{
	size_t i;

	fputc('"', out);
	for (i = 0; i < bytes; i++) {
		u8 c = (u8)text[i];

		if (c < 0x20 || c == 0x7f)
			fprintf(out, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void put_hex(FILE *out, const char *field, const void *data,
		    size_t bytes)
{
	const u8 *p = data;
	size_t i;

	fprintf(out, ",\"%s\":\"", field);
	for (i = 0; i < bytes; i++)
		fprintf(out, "%02x", p[i]);
	fputc('"', out);
}

static void put_number(FILE *out, const char *field, u64 value)
{
	fprintf(out, ",\"%s\":\"0x%llx\"", field, (unsigned long long)value);
}

/* A number that has no word yet is written as it is. */
static void put_word(FILE *out, const char *field, const struct hvp_words *words,
		     u32 number)
{
	const char *word = hvp_word_of(words, number);

	if (word)
		fprintf(out, ",\"%s\":\"%s\"", field, word);
	else
		fprintf(out, ",\"%s\":%u", field, number);
}

static void put_cpuid(FILE *out, const struct hvp_fact *fact)
{
	static const char *const names[] = { "eax", "ebx", "ecx", "edx" };
	u32 r;

	fprintf(out, ",\"leaf\":\"0x%08x\",\"subleaf\":\"0x%x\"",
		fact->cpuid.leaf, fact->cpuid.subleaf);
	for (r = 0; r < 4; r++)
		if (fact->cpuid.known & 1U << r || fact->cpuid.regs[r])
			fprintf(out, ",\"%s\":\"0x%08x\"", names[r],
				fact->cpuid.regs[r]);
	if (fact->cpuid.known != 0xf)
		put_number(out, "known", fact->cpuid.known);
	if (fact->cpuid.how)
		put_word(out, "how", &hvp_words_how, fact->cpuid.how);
}

static void put_call(FILE *out, const struct hvp_fact *fact)
{
	put_word(out, "abi", &hvp_words_abi, fact->call.abi);
	put_word(out, "insn", &hvp_words_insn, fact->call.insn);
	put_word(out, "purpose", &hvp_words_purpose, fact->call.purpose);
	put_number(out, "number", fact->call.number);
	fprintf(out, ",\"args\":[\"0x%llx\",\"0x%llx\",\"0x%llx\"]",
		(unsigned long long)fact->call.args[0],
		(unsigned long long)fact->call.args[1],
		(unsigned long long)fact->call.args[2]);
	put_number(out, "result", fact->call.result);
}

static void put_smccc(FILE *out, const struct hvp_fact *fact)
{
	u32 i, last = HVP_ARRAY_SIZE(fact->smccc.args);

	put_number(out, "function", fact->smccc.function);
	fprintf(out, ",\"conduit\":%u", fact->smccc.conduit);
	if (fact->smccc.immediate)
		put_number(out, "immediate", fact->smccc.immediate);
	if (fact->smccc.purpose)
		put_word(out, "purpose", &hvp_words_purpose,
			 fact->smccc.purpose);
	while (last && !fact->smccc.args[last - 1])
		last--;
	for (i = 0; i < last; i++)
		fprintf(out, "%s\"0x%llx\"", i ? "," : ",\"args\":[",
			(unsigned long long)fact->smccc.args[i]);
	if (last)
		fputc(']', out);
	if (fact->smccc.registers)
		fprintf(out, ",\"registers\":%u", fact->smccc.registers);
}

static void put_data(FILE *out, const struct hvp_fact *fact)
{
	const char *data = hvp_fact_data(fact);
	bool ascii = fact->kind == HVP_FACT_TEXT;
	u32 i;

	for (i = 0; ascii && i < fact->data_bytes; i++)
		ascii = (u8)data[i] < 0x80;
	if (ascii) {
		fputs(",\"text\":", out);
		put_text(out, data, fact->data_bytes);
	} else if (fact->data_bytes) {
		put_hex(out, "data", data, fact->data_bytes);
	}
}

/* Set what the words and numbers of put_fact() tell; the rest stays zero. */
static void told(const struct hvp_fact *fact, struct hvp_fact *out)
{
	memset(out, 0, sizeof(*out));
	memcpy(out, fact, offsetof(struct hvp_fact, raw));
	switch (fact->kind) {
	case HVP_FACT_CPUID:
		out->cpuid = fact->cpuid;
		break;
	case HVP_FACT_MSR:
		out->msr.index = fact->msr.index;
		out->msr.value = fact->msr.value;
		break;
	case HVP_FACT_CALL:
		out->call = fact->call;
		out->call.reserved = 0;
		break;
	case HVP_FACT_SMCCC:
		out->smccc = fact->smccc;
		out->smccc.reserved = 0;
		break;
	case HVP_FACT_TEXT:
		out->text.key = fact->text.key;
		break;
	}
}

static void put_fact(FILE *out, const struct hvp_fact *fact)
{
	struct hvp_fact plain;

	fputs("{\"kind\":", out);
	if (hvp_word_of(&hvp_words_kind, fact->kind))
		fprintf(out, "\"%s\"", hvp_word_of(&hvp_words_kind, fact->kind));
	else
		fprintf(out, "%u", fact->kind);
	put_word(out, "source", &hvp_words_source, fact->source);
	if (fact->cpu != HVP_CPU_ANY)
		fprintf(out, ",\"cpu\":%u", fact->cpu);
	if (fact->outcome)
		put_word(out, "outcome", &hvp_words_outcome, fact->outcome);
	if (fact->vector)
		fprintf(out, ",\"vector\":%u", fact->vector);
	if (fact->reason)
		put_word(out, "reason", &hvp_words_reason, fact->reason);
	switch (fact->kind) {
	case HVP_FACT_CPUID:
		put_cpuid(out, fact);
		break;
	case HVP_FACT_MSR:
		put_number(out, "index", fact->msr.index);
		put_number(out, "value", fact->msr.value);
		break;
	case HVP_FACT_CALL:
		put_call(out, fact);
		break;
	case HVP_FACT_SMCCC:
		put_smccc(out, fact);
		break;
	case HVP_FACT_TEXT:
		put_word(out, "key", &hvp_words_text, fact->text.key);
		break;
	}
	put_data(out, fact);
	told(fact, &plain);
	/* Bytes of a newer driver that have no name here are kept as they are. */
	if (memcmp(&plain, fact, sizeof(plain)))
		put_hex(out, "raw", fact, sizeof(*fact));
	fputc('}', out);
}

int hvp_facts_write_json(const struct hvp_facts *facts, FILE *out)
{
	const struct hvp_fact *fact = NULL;
	const char *comma = "";

	fprintf(out, "{\"schema\":\"%s\",\"version\":%d,\"tool\":{\"name\":\"hvprobe\"%s},\"facts\":[",
		HVP_FACTS_SCHEMA, HVP_FACTS_VERSION, TOOL_VERSION);
	while ((fact = hvp_facts_next(facts, fact))) {
		fprintf(out, "%s\n", comma);
		put_fact(out, fact);
		comma = ",";
	}
	fputs("\n]}\n", out);
	return ferror(out) ? -EIO : 0;
}
