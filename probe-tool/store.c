// SPDX-License-Identifier: GPL-2.0-only
/* A container of facts that grows. */
#include <stdlib.h>
#include <sys/random.h>
#include "store.h"

#define FIRST_CAPACITY	16U
#define MAX_CAPACITY	(1U << 26)
#define MAX_DATA_BYTES	(0xffffU * (u32)sizeof(struct hvp_fact))

/* Lets an empty store be searched; nothing is added while capacity is 0. */
static u32 no_slots[1];
static struct hvp_fact no_items[1];

/* So that nobody can write a dump whose facts all collide. */
static u64 process_seed(void)
{
	static u64 seed;

	if (!seed && getrandom(&seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed = 1;
	return seed;
}

void hvp_store_init(struct hvp_store *store)
{
	memset(store, 0, sizeof(*store));
	store->facts.items = no_items;
	store->facts.slots = no_slots;
	store->facts.seed = process_seed();
}

void hvp_store_free(struct hvp_store *store)
{
	if (store->facts.items != no_items)
		free(store->facts.items);
	if (store->facts.slots != no_slots)
		free(store->facts.slots);
	hvp_store_init(store);
}

static int grow(struct hvp_facts *facts, u32 needed)
{
	u32 capacity = facts->capacity ? facts->capacity : FIRST_CAPACITY;
	struct hvp_fact *items;
	u32 slot_count;
	u32 *slots;

	if (needed > MAX_CAPACITY - facts->count)
		return -ENOMEM;
	while (capacity - facts->count < needed)
		capacity *= 2;
	items = realloc(facts->items == no_items ? NULL : facts->items,
			(size_t)capacity * sizeof(*items));
	if (!items)
		return -ENOMEM;
	facts->items = items;

	slot_count = hvp_facts_slots_for(capacity);
	if (slot_count != facts->slot_mask + 1) {
		slots = malloc((size_t)slot_count * sizeof(*slots));
		if (!slots)
			return -ENOMEM;
		if (facts->slots != no_slots)
			free(facts->slots);
		facts->slots = slots;
		facts->slot_mask = slot_count - 1;
		hvp_facts_reindex(facts);
	}
	facts->capacity = capacity;
	return 0;
}

int hvp_store_add(struct hvp_store *store, const struct hvp_fact *fact,
		  const void *data)
{
	u32 needed = 1 + (fact->data_bytes + 63) / 64;
	int ret;

	if (fact->data_bytes > MAX_DATA_BYTES)
		return -E2BIG;
	ret = hvp_facts_add(&store->facts, fact, data);
	if (ret != -ENOSPC)
		return ret;
	ret = grow(&store->facts, needed);
	return ret ? ret : hvp_facts_add(&store->facts, fact, data);
}

int hvp_store_text(struct hvp_store *store, u8 source, u16 key,
		   const char *text, size_t bytes)
{
	struct hvp_fact fact;

	if (bytes > MAX_DATA_BYTES)
		return -E2BIG;
	hvp_fact_set_text(&fact, source, key, (u32)bytes);
	return hvp_store_add(store, &fact, text);
}
