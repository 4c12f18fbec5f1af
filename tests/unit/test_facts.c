// SPDX-License-Identifier: GPL-2.0-only
/* core/facts.c: what is kept, found again, and refused. */
#include "../../core/facts.h"
#include "tap.h"

#define CAPACITY	64

static struct hvp_fact items[CAPACITY];
static u32 slots[128];
static struct hvp_facts facts;

static int add(u32 cpu, u32 leaf, u32 eax, u32 known)
{
	struct hvp_fact fact;

	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, cpu, leaf, 0, eax, 0, 0, 0);
	fact.cpuid.known = known;
	return hvp_facts_add(&facts, &fact, NULL);
}

static int add_text(const char *text)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_USER, 1, (u32)strlen(text));
	return hvp_facts_add(&facts, &fact, text);
}

static u32 eax_of(const struct hvp_fact *fact)
{
	return fact ? fact->cpuid.regs[HVP_EAX] : ~0U;
}

static void test_how(void)
{
	struct hvp_fact fact;

	add(0, 50, 1, 0xf);
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 0, 50, 0, 2, 0, 0, 0);
	fact.cpuid.how = HVP_CPUID_FORCED;
	ok(!hvp_facts_add(&facts, &fact, NULL) &&
		   hvp_facts_add(&facts, &fact, NULL) == 1,
	   "the same leaf forced is another fact");
	ok(eax_of(hvp_facts_cpuid(&facts, 0, 50, 0)) == 2 &&
		   !hvp_facts_cpuid(&facts, 0, 1, 0),
	   "from then on forced ones are found");
	ok(eax_of(hvp_facts_cpuid_how(&facts, 0, 50, 0, HVP_CPUID_PLAIN)) == 1,
	   "plain ones when asked for");
	facts.how = HVP_CPUID_PLAIN;
	hvp_facts_reindex(&facts);
	ok(facts.how == HVP_CPUID_FORCED, "indexing anew finds that out");
}

static int add_msr(u32 cpu, u32 index, u32 outcome, u8 vector, u64 value)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_MSR,
		.source = HVP_SOURCE_DRIVER,
		.outcome = (u8)outcome,
		.vector = vector,
		.cpu = cpu,
	};

	fact.msr.index = index;
	fact.msr.value = value;
	return hvp_facts_add(&facts, &fact, NULL);
}

static void test_outcomes(void)
{
	const struct hvp_fact *fact;

	hvp_facts_init(&facts, items, CAPACITY, slots, 128);
	ok(!add_msr(0, 1, HVP_OUTCOME_FAULT, 13, 0) &&
		   add_msr(0, 1, HVP_OUTCOME_FAULT, 13, 0) == 1,
	   "a fault is a fact");
	ok(add_msr(0, 1, HVP_OUTCOME_FAULT, 6, 0) == -EEXIST,
	   "another vector is a conflict");
	ok(add_msr(0, 1, HVP_OUTCOME_VALUE, 0, 0) == -EEXIST,
	   "so is a value");
	ok(!add_msr(0, 2, HVP_OUTCOME_VALUE, 0, 7) &&
		   add_msr(0, 2, HVP_OUTCOME_VALUE, 0, 8) == -EEXIST &&
		   add_msr(0, 2, HVP_OUTCOME_VALUE, 0, 7) == 1,
	   "and another value");
	fact = hvp_facts_msr(&facts, 0, 1);
	ok(fact && fact->outcome == HVP_OUTCOME_FAULT && fact->vector == 13,
	   "the first stays");
}

/* Keys that meet while one is looked for differ by one of their parts alone. */
static u32 wrong_keys(u64 seed)
{
	struct hvp_fact fact;
	u32 i, wrong = 0;

	hvp_facts_init(&facts, items, CAPACITY, slots, 16);
	facts.seed = seed;
	for (i = 0; i < 5; i++)
		wrong += add_msr(i / 2, i % 2, HVP_OUTCOME_VALUE, 0, 100 + i);
	for (i = 0; i < 10; i++) {
		hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, i / 8, i / 4 % 2,
				   i / 2 % 2, i, 0, 0, 0);
		fact.cpuid.how = i % 2 ? HVP_CPUID_FORCED : HVP_CPUID_PLAIN;
		wrong += hvp_facts_add(&facts, &fact, NULL);
	}
	for (i = 0; i < 5; i++) {
		const struct hvp_fact *msr =
			hvp_facts_msr(&facts, i / 2, i % 2);

		wrong += !msr || msr->msr.value != 100 + i;
	}
	for (i = 0; i < 10; i++)
		wrong += eax_of(hvp_facts_cpuid_how(
				 &facts, i / 8, i / 4 % 2, i / 2 % 2,
				 i % 2 ? HVP_CPUID_FORCED :
					 HVP_CPUID_PLAIN)) != i;
	wrong += hvp_facts_msr(&facts, 3, 0) || hvp_facts_msr(&facts, 0, 2) ||
		 hvp_facts_cpuid_how(&facts, 1, 1, 0, HVP_CPUID_PLAIN);
	return wrong;
}

static void test_collisions(void)
{
	u32 seed, wrong = 0;

	for (seed = 0; seed < 64; seed++)
		wrong += wrong_keys(seed);
	ok(!wrong, "fifteen keys in sixteen slots are found by the whole of each");
}

/* Records behind one are counted by 16 bits. */
static void test_size(void)
{
	static struct hvp_fact many[0x10001];
	static u8 bytes[0xffff * sizeof(struct hvp_fact) + 1];
	struct hvp_fact fact = { .kind = HVP_FACT_CALL };

	hvp_facts_init(&facts, many, HVP_ARRAY_SIZE(many), slots, 16);
	fact.data_bytes = sizeof(bytes);
	ok(hvp_facts_add(&facts, &fact, bytes) == -ENOSPC && !facts.count,
	   "one byte too many");
	fact.data_bytes--;
	ok(!hvp_facts_add(&facts, &fact, bytes) && many[0].extra == 0xffff &&
		   facts.count == 0x10000,
	   "as many as there may be");
}

int main(void)
{
	const struct hvp_fact *fact;
	char longer[65];
	u32 i;

	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ok(hvp_facts_slots_for(0) == 16 && hvp_facts_slots_for(9) == 32,
	   "twice as many slots as records");
	hvp_facts_init(&facts, items, CAPACITY, slots, 128);
	ok(!hvp_facts_next(&facts, NULL), "empty at first");
	ok(!add(0, 1, 5, 0xf), "a new fact is added");
	ok(add(0, 1, 5, 0xf) == 1, "the same again is known");
	ok(add(0, 1, 6, 0xf) == -EEXIST, "another value is a conflict");
	fact = hvp_facts_cpuid(&facts, 0, 1, 0);
	ok(fact && fact->cpuid.regs[HVP_EAX] == 5, "the first stays");
	ok(!hvp_facts_cpuid(&facts, 1, 1, 0), "not on another CPU");
	ok(!add(HVP_CPU_ANY, 2, 7, 1), "a partly known leaf");
	fact = hvp_facts_cpuid(&facts, 9, 2, 0);
	ok(fact && fact->cpuid.known == 1, "of no CPU in particular: of all");
	ok(!add(HVP_CPU_ANY, 2, 7, 3) && fact->cpuid.known == 3,
	   "what was not known is filled in");
	ok(!add_text("short") && !add_text(longer) && add_text("short") == 1,
	   "texts are unique");
	fact = hvp_facts_text(&facts, 1, NULL);
	ok(fact && fact->data_bytes == 5 &&
		   !memcmp(hvp_fact_data(fact), "short", 5),
	   "and found by key");
	fact = hvp_facts_text(&facts, 1, fact);
	ok(fact && fact->extra == 1 && fact->data_bytes == 64,
	   "64 bytes take one extra record");
	ok(!hvp_facts_text(&facts, 1, fact), "no more of them");
	hvp_facts_reindex(&facts);
	ok(hvp_facts_cpuid(&facts, 0, 1, 0) && add_text(longer) == 1,
	   "found again after indexing anew");
	test_how();
	for (i = 0; i < 2 * CAPACITY && !add(0, 100 + i, i, 0xf); i++)
		;
	ok(facts.count == CAPACITY && add(0, 5000, 0, 0xf) == -ENOSPC,
	   "full is an error, nothing is lost");
	ok(add_text(longer) == 1 && add_text("other") == -ENOSPC,
	   "and so for texts");
	for (i = 0, fact = NULL; (fact = hvp_facts_next(&facts, fact)); i++)
		;
	ok(i == CAPACITY - 2, "iteration steps over extra records");
	test_outcomes();
	test_collisions();
	test_size();
	return done_testing();
}
