// SPDX-License-Identifier: GPL-2.0-only
/* Our own form of facts: what is written comes back, byte for byte. */
#include "../../probe-tool/facts_json.h"
#include "test_import.h"

#define HEAD	"{\"schema\":\"hvprobe-facts\",\"version\":1,\"facts\":["

static u64 random_state = 88172645463325252ULL;

static u64 random_u64(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static void random_bytes(void *to, size_t bytes)
{
	u8 *p = to;

	while (bytes--)
		*p++ = (u8)random_u64();
}

/* Any record at all; one in two has nothing in the fields nobody defined. */
static void random_fact(struct hvp_fact *fact, u8 *data)
{
	bool tidy = random_u64() & 1;

	memset(fact, 0, sizeof(*fact));
	if (!tidy)
		random_bytes(fact, sizeof(*fact));
	fact->kind = (u16)(1 + random_u64() % (tidy ? 5 : 8));
	fact->cpu = random_u64() % 3 ? (u32)random_u64() % 4 : HVP_CPU_ANY;
	fact->data_bytes = 0;
	if (tidy) {
		fact->source = (u8)(random_u64() % 5);
		fact->outcome = (u8)(random_u64() % 3);
		fact->reason = (u8)(random_u64() % HVP_REASON_COUNT);
	}
	switch (fact->kind) {
	case HVP_FACT_CPUID:
		random_bytes(&fact->cpuid, sizeof(fact->cpuid));
		if (tidy)
			fact->cpuid.known = (u32)random_u64() & 0xf;
		break;
	case HVP_FACT_MSR:
		fact->msr.index = (u32)random_u64();
		fact->msr.value = random_u64();
		break;
	case HVP_FACT_CALL:
		fact->call.abi = (u16)(random_u64() % HVP_ABI_COUNT);
		fact->call.insn = (u8)(random_u64() % 7);
		fact->call.purpose = HVP_CALL_PROOF;
		random_bytes(&fact->call.number, 5 * sizeof(u64));
		fact->data_bytes = 64;
		break;
	case HVP_FACT_SMCCC:
		random_bytes(&fact->smccc, sizeof(fact->smccc));
		fact->data_bytes = 144;
		break;
	case HVP_FACT_TEXT:
		fact->text.key = (u16)(1 + random_u64() % 16);
		fact->data_bytes = (u32)(random_u64() % 200);
		break;
	}
	random_bytes(data, fact->data_bytes);
	if (random_u64() & 1)
		for (u32 i = 0; i < fact->data_bytes; i++)
			data[i] &= 0x7f;
}

static bool comes_back(const struct hvp_facts *facts)
{
	struct hvp_dump dump;
	char *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);
	bool same;

	same = !hvp_facts_write_json(facts, out) && !fclose(out) &&
	       !read_bytes(text, bytes, &dump) && dump.machine_count == 1 &&
	       !dump.problem_count &&
	       dump.machines[0].store.facts.count == facts->count &&
	       !memcmp(dump.machines[0].store.facts.items, facts->items,
		       facts->count * sizeof(*facts->items));
	if (!same)
		diag("%s in %.400s", dump.problems[0].text, text);
	hvp_dump_free(&dump);
	free(text);
	return same;
}

static void test_round_trip(void)
{
	int round, rounds = 400;

	for (round = 0; round < rounds; round++) {
		struct hvp_store store;
		struct hvp_fact fact;
		u8 data[256];
		bool same;
		int i;

		hvp_store_init(&store);
		for (i = 0; i < 1 + round % 40; i++) {
			random_fact(&fact, data);
			hvp_store_add(&store, &fact, data);
		}
		same = comes_back(&store.facts);
		hvp_store_free(&store);
		if (!same)
			break;
	}
	ok(round == rounds, "%d random sets of facts come back as they were",
	   rounds);
}

static void test_texts(void)
{
	static const char odd[] = "\0\x01\"\\\n\t\x7f</script>\r";
	struct hvp_store store;
	char all[256];
	size_t i;

	hvp_store_init(&store);
	for (i = 0; i < sizeof(all); i++)
		all[i] = (char)i;
	hvp_store_text(&store, HVP_SOURCE_SYSTEM, HVP_TEXT_DMI_PRODUCT, odd,
		       sizeof(odd) - 1);
	hvp_store_text(&store, HVP_SOURCE_SYSTEM, HVP_TEXT_DMI_PRODUCT, all,
		       sizeof(all));
	hvp_store_text(&store, HVP_SOURCE_SYSTEM, HVP_TEXT_PROC_XEN, "", 0);
	ok(store.facts.count == 1 + 1 + 1 + 4 + 1 && comes_back(&store.facts),
	   "texts of any bytes, and of none");
	hvp_store_free(&store);
}

static void test_empty(void)
{
	struct hvp_store store;
	struct hvp_fact fact;
	char *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	hvp_store_init(&store);
	ok(!hvp_facts_next(&store.facts, NULL) &&
	   !hvp_facts_cpuid(&store.facts, 0, 0, 0) &&
	   !hvp_facts_write_json(&store.facts, out) && !fclose(out) &&
	   strstr(text, "\"facts\":[\n]"), "an empty store");
	free(text);
	hvp_fact_set_text(&fact, HVP_SOURCE_DUMP, 1, 0xffffffff);
	ok(hvp_store_add(&store, &fact, "") == -E2BIG,
	   "more bytes than a record can have");
	hvp_store_free(&store);
}

static const struct {
	const char *name;
	const char *text;
	const char *problem;	/* words in it, NULL: none at all */
	int ret;
} documents[] = {
	{ "least that is needed", HEAD "{\"kind\":\"cpuid\",\"leaf\":\"0x1\",\"eax\":\"0x2\"}]}", NULL, 0 },
	{ "fields of a later version are skipped", HEAD "{\"kind\":\"msr\",\"index\":\"0x10\",\"value\":\"0x1\",\"new\":[]}],\"more\":{}}", NULL, 0 },
	{ "a text that looks like a mail", HEAD "{\"kind\":\"text\",\"key\":\"kernel.log-line\",\"text\":\"x=3D0\"}]}", NULL, 0 },
	{ "decimal numbers", HEAD "{\"kind\":\"msr\",\"index\":16,\"value\":1}]}", NULL, 0 },
	{ "no facts", HEAD "]}", "no format", -EBADMSG },
	{ "other version", "{\"schema\":\"hvprobe-facts\",\"version\":2,\"facts\":[]}", "version 2", -EBADMSG },
	{ "no version", "{\"schema\":\"hvprobe-facts\",\"facts\":[]}", "version 0", -EBADMSG },
	{ "cut off", HEAD "{\"kind\":\"cpuid\",", "ends in the middle", -EBADMSG },
	{ "not JSON", HEAD "{kind}]}", "", -EBADMSG },
	{ "facts are no array", "{\"schema\":\"hvprobe-facts\",\"version\":1,\"facts\":{}}", "not an array", -EBADMSG },
	{ "a fact is no object", HEAD "7]}", "fact 1", -EBADMSG },
	{ "unknown kind", HEAD "{\"kind\":\"smell\"}]}", "\"kind\"", -EBADMSG },
	{ "no leaf", HEAD "{\"kind\":\"cpuid\",\"eax\":\"0x2\"}]}", "\"leaf\"", -EBADMSG },
	{ "leaf without 0x", HEAD "{\"kind\":\"cpuid\",\"leaf\":\"40000000\"}]}", "\"leaf\"", -EBADMSG },
	{ "register of 33 bits", HEAD "{\"kind\":\"cpuid\",\"leaf\":\"0x1\",\"eax\":\"0x100000000\"}]}", "\"eax\"", -EBADMSG },
	{ "negative number", HEAD "{\"kind\":\"msr\",\"index\":-1,\"value\":1}]}", "\"index\"", -EBADMSG },
	{ "unknown text key", HEAD "{\"kind\":\"text\",\"key\":\"x\",\"text\":\"y\"}]}", "\"key\"", -EBADMSG },
	{ "odd number of digits", HEAD "{\"kind\":\"text\",\"key\":\"dmi.sys-vendor\",\"data\":\"abc\"}]}", "\"data\"", -EBADMSG },
	{ "digits that are none", HEAD "{\"kind\":\"text\",\"key\":\"dmi.sys-vendor\",\"data\":\"zz\"}]}", "\"data\"", -EBADMSG },
	{ "raw record of another fact", HEAD "{\"kind\":\"msr\",\"index\":1,\"value\":1,\"raw\":\"00\"}]}", "\"raw\"", -EBADMSG },
	{ "conflict", HEAD "{\"kind\":\"msr\",\"index\":1,\"value\":1},{\"kind\":\"msr\",\"index\":1,\"value\":2}]}", "fact 2 conflicts", 0 },
	{ "too deep", HEAD "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]}", "", -EBADMSG },
};

static void test_documents(void)
{
	struct hvp_dump dump;
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(documents); i++) {
		const char *problem = documents[i].problem;
		int ret = read_string(documents[i].text, &dump);

		ok(ret == documents[i].ret && (problem ?
		   dump.problem_count && strstr(dump.problems[0].text, problem) :
		   !dump.problem_count), "%s", documents[i].name);
		if (dump.problem_count)
			diag("%s", dump.problems[0].text);
		hvp_dump_free(&dump);
	}
	read_string(HEAD "{\"kind\":\"msr\",\"index\":1,\"value\":1}]}\n"
		    HEAD "{\"kind\":\"msr\",\"index\":1,\"value\":2}]}\n", &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   !strcmp(dump.format, HVP_FACTS_SCHEMA),
	   "documents one after the other are machines");
	hvp_dump_free(&dump);
}

int main(void)
{
	test_round_trip();
	test_texts();
	test_empty();
	test_documents();
	return done_testing();
}
