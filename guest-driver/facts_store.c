// SPDX-License-Identifier: GPL-2.0-only
/* Storage of the facts. */
#include <linux/mm.h>
#include <linux/slab.h>
#include "driver.h"

int hvp_facts_alloc(struct hvp_facts *facts, u32 capacity)
{
	u32 slot_count = hvp_facts_slots_for(capacity);
	struct hvp_fact *items = kvcalloc(capacity, sizeof(*items), GFP_KERNEL);
	u32 *slots = kvcalloc(slot_count, sizeof(*slots), GFP_KERNEL);

	if (!items || !slots) {
		kvfree(items);
		kvfree(slots);
		return -ENOMEM;
	}
	hvp_facts_init(facts, items, capacity, slots, slot_count);
	return 0;
}

void hvp_facts_free(struct hvp_facts *facts)
{
	kvfree(facts->items);
	kvfree(facts->slots);
	memset(facts, 0, sizeof(*facts));
}
