// SPDX-License-Identifier: GPL-2.0-only
/* Container of observations: an append-only array with a hash index. */
#include "facts.h"

#define RECORD_BYTES	((u32)sizeof(struct hvp_fact))

static_assert(sizeof(struct hvp_fact) == 64, "fact records are ABI");

u32 hvp_fact_records(const struct hvp_fact *fact)
{
	return 1 + fact->extra;
}

const void *hvp_fact_data(const struct hvp_fact *fact)
{
	return fact + 1;
}

u32 hvp_facts_slots_for(u32 capacity)
{
	u32 slots = 16;

	while (slots / 2 < capacity && slots < 0x80000000U)
		slots *= 2;
	return slots;
}

void hvp_facts_init(struct hvp_facts *facts, struct hvp_fact *items,
		    u32 capacity, u32 *slots, u32 slot_count)
{
	facts->items = items;
	facts->count = 0;
	facts->capacity = capacity;
	facts->slots = slots;
	facts->slot_mask = slot_count - 1;
	facts->how = HVP_CPUID_PLAIN;
	facts->seed = 0;
	memset(slots, 0, (size_t)slot_count * sizeof(*slots));
}

static u64 mix(u64 h, u64 word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
	return h ^ h >> 32;
}

static u32 fact_hash(u64 seed, const struct hvp_fact *fact, const u8 *data)
{
	u64 h = mix(seed, fact->kind);
	u32 i;

	switch (fact->kind) {
	case HVP_FACT_CPUID:
		h = mix(h, (u64)fact->cpuid.how << 32 | fact->cpu);
		h = mix(h, (u64)fact->cpuid.leaf << 32 | fact->cpuid.subleaf);
		break;
	case HVP_FACT_MSR:
		h = mix(h, (u64)fact->cpu << 32 | fact->msr.index);
		break;
	default:
		h = mix(h, fact->text.key);
		for (i = 0; i < fact->data_bytes; i++)
			h = mix(h, data[i]);
		break;
	}
	return (u32)h;
}

static bool is_indexed(const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CPUID || fact->kind == HVP_FACT_MSR ||
	       fact->kind == HVP_FACT_TEXT;
}

static bool same_key(const struct hvp_fact *a, const void *a_data,
		     const struct hvp_fact *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case HVP_FACT_CPUID:
		return a->cpu == b->cpu && a->cpuid.leaf == b->cpuid.leaf &&
		       a->cpuid.subleaf == b->cpuid.subleaf &&
		       a->cpuid.how == b->cpuid.how;
	case HVP_FACT_MSR:
		return a->cpu == b->cpu && a->msr.index == b->msr.index;
	default:
		return a->text.key == b->text.key &&
		       a->data_bytes == b->data_bytes &&
		       !memcmp(a_data, hvp_fact_data(b), a->data_bytes);
	}
}

/* Slot of the fact with the key of @fact, or the empty slot where it belongs. */
static u32 *find_slot(const struct hvp_facts *facts,
		      const struct hvp_fact *fact, const void *data)
{
	u32 at = fact_hash(facts->seed, fact, data) & facts->slot_mask;

	while (facts->slots[at] &&
	       !same_key(fact, data, &facts->items[facts->slots[at] - 1]))
		at = (at + 1) & facts->slot_mask;
	return &facts->slots[at];
}

static void note_how(struct hvp_facts *facts, const struct hvp_fact *fact)
{
	if (fact->kind == HVP_FACT_CPUID &&
	    fact->outcome == HVP_OUTCOME_VALUE &&
	    fact->cpuid.how == HVP_CPUID_FORCED)
		facts->how = HVP_CPUID_FORCED;
}

void hvp_facts_reindex(struct hvp_facts *facts)
{
	u32 i;

	memset(facts->slots, 0,
	       ((size_t)facts->slot_mask + 1) * sizeof(*facts->slots));
	for (i = 0; i < facts->count; i += hvp_fact_records(&facts->items[i])) {
		const struct hvp_fact *fact = &facts->items[i];

		if (is_indexed(fact))
			*find_slot(facts, fact, hvp_fact_data(fact)) = i + 1;
		note_how(facts, fact);
	}
}

/* One more look at a key that is there: registers not known so far are kept. */
static int meet(struct hvp_fact *old, const struct hvp_fact *new)
{
	u32 both, r;

	if (old->outcome != new->outcome || old->vector != new->vector)
		return -EEXIST;
	if (old->outcome != HVP_OUTCOME_VALUE)
		return 1;
	if (old->kind == HVP_FACT_MSR)
		return old->msr.value == new->msr.value ? 1 : -EEXIST;
	if (old->kind != HVP_FACT_CPUID)
		return 1;
	both = old->cpuid.known & new->cpuid.known;
	for (r = 0; r < 4; r++)
		if (both & 1U << r && old->cpuid.regs[r] != new->cpuid.regs[r])
			return -EEXIST;
	if (both == new->cpuid.known)
		return 1;
	for (r = 0; r < 4; r++)
		if (!(both & 1U << r))
			old->cpuid.regs[r] |= new->cpuid.regs[r];
	old->cpuid.known |= new->cpuid.known;
	return 0;
}

int hvp_facts_add(struct hvp_facts *facts, const struct hvp_fact *fact,
		  const void *data)
{
	u32 extra = (fact->data_bytes + RECORD_BYTES - 1) / RECORD_BYTES;
	struct hvp_fact *added;
	u32 *slot = NULL;

	if (fact->data_bytes > 0xffffU * RECORD_BYTES)
		return -ENOSPC;
	if (is_indexed(fact)) {
		slot = find_slot(facts, fact, data);
		if (*slot)
			return meet(&facts->items[*slot - 1], fact);
	}
	if (extra >= facts->capacity - facts->count)
		return -ENOSPC;

	added = &facts->items[facts->count];
	*added = *fact;
	added->extra = (u16)extra;
	if (extra) {
		memset(added + 1, 0, (size_t)extra * RECORD_BYTES);
		memcpy(added + 1, data, fact->data_bytes);
	}
	if (slot)
		*slot = facts->count + 1;
	note_how(facts, added);
	facts->count += 1 + extra;
	return 0;
}

const struct hvp_fact *hvp_facts_next(const struct hvp_facts *facts,
				      const struct hvp_fact *prev)
{
	const struct hvp_fact *next =
		prev ? prev + hvp_fact_records(prev) : facts->items;

	return next < facts->items + facts->count ? next : NULL;
}

static const struct hvp_fact *lookup(const struct hvp_facts *facts,
				     struct hvp_fact *key)
{
	u32 slot = *find_slot(facts, key, NULL);

	if (!slot && key->cpu != HVP_CPU_ANY) {
		key->cpu = HVP_CPU_ANY;
		slot = *find_slot(facts, key, NULL);
	}
	return slot ? &facts->items[slot - 1] : NULL;
}

const struct hvp_fact *hvp_facts_cpuid_how(const struct hvp_facts *facts,
					   u32 cpu, u32 leaf, u32 subleaf,
					   u32 how)
{
	struct hvp_fact key = { .kind = HVP_FACT_CPUID, .cpu = cpu };

	key.cpuid.leaf = leaf;
	key.cpuid.subleaf = subleaf;
	key.cpuid.how = how;
	return lookup(facts, &key);
}

const struct hvp_fact *hvp_facts_cpuid(const struct hvp_facts *facts, u32 cpu,
				       u32 leaf, u32 subleaf)
{
	return hvp_facts_cpuid_how(facts, cpu, leaf, subleaf, facts->how);
}

const struct hvp_fact *hvp_facts_msr(const struct hvp_facts *facts, u32 cpu,
				     u32 index)
{
	struct hvp_fact key = { .kind = HVP_FACT_MSR, .cpu = cpu };

	key.msr.index = index;
	return lookup(facts, &key);
}

const struct hvp_fact *hvp_facts_text(const struct hvp_facts *facts, u16 key,
				      const struct hvp_fact *prev)
{
	const struct hvp_fact *fact = prev;

	while ((fact = hvp_facts_next(facts, fact)))
		if (fact->kind == HVP_FACT_TEXT && fact->text.key == key)
			return fact;
	return NULL;
}

void hvp_fact_set_cpuid(struct hvp_fact *fact, u8 source, u32 cpu, u32 leaf,
			u32 subleaf, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	memset(fact, 0, sizeof(*fact));
	fact->kind = HVP_FACT_CPUID;
	fact->source = source;
	fact->cpu = cpu;
	fact->cpuid.leaf = leaf;
	fact->cpuid.subleaf = subleaf;
	fact->cpuid.regs[HVP_EAX] = eax;
	fact->cpuid.regs[HVP_EBX] = ebx;
	fact->cpuid.regs[HVP_ECX] = ecx;
	fact->cpuid.regs[HVP_EDX] = edx;
	fact->cpuid.known = 0xf;
}

void hvp_fact_set_text(struct hvp_fact *fact, u8 source, u16 key, u32 bytes)
{
	memset(fact, 0, sizeof(*fact));
	fact->kind = HVP_FACT_TEXT;
	fact->source = source;
	fact->cpu = HVP_CPU_ANY;
	fact->text.key = key;
	fact->data_bytes = bytes;
}
