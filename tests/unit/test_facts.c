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
	return done_testing();
}
