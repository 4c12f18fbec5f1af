/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Container of observations. Storage belongs to the caller; nothing is
 * allocated here, nothing sleeps, and readers may run concurrently once no one
 * adds any more.
 */
#ifndef HVP_CORE_FACTS_H
#define HVP_CORE_FACTS_H

#include "compat.h"
#include "../include/uapi/linux/hvprobe.h"

/**
 * struct hvp_facts - facts in the order they were recorded, with an index
 * @items: records; an item with extra records is followed by them
 * @count: records used
 * @capacity: records that fit
 * @slots: hash index, 0 = empty, else item index + 1
 * @slot_mask: number of slots - 1; the number is a power of two
 * @how: &enum hvp_cpuid_how of the CPUID facts that describe the machine: once
 *       a forced one has a value, plain ones tell of the machine below
 * @seed: of the hash; 0 unless the facts come from someone who could craft
 *        them to collide. Set it before the first fact
 */
struct hvp_facts {
	struct hvp_fact *items;
	u32 count;
	u32 capacity;
	u32 *slots;
	u32 slot_mask;
	u32 how;
	u64 seed;
};

/** Number of slots that serve @capacity records; a power of two. */
u32 hvp_facts_slots_for(u32 capacity);

/** Start an empty container, seed 0; clears @slots (@slot_count a power of two). */
void hvp_facts_init(struct hvp_facts *facts, struct hvp_fact *items,
		    u32 capacity, u32 *slots, u32 slot_count);

/** Index the @count records already in @facts->items again (storage moved). */
void hvp_facts_reindex(struct hvp_facts *facts);

/**
 * Add one observation. @fact->extra is computed from @fact->data_bytes, whose
 * bytes are at @data. CPUID facts are unique per (cpu, leaf, subleaf, how), MSR
 * facts per (cpu, index), TEXT facts per (key, bytes); calls are all kept.
 *
 * Returns 0 when added; 1 when the same observation is there already;
 * -EEXIST when there is one with the same key and another value (the first
 * stays); -ENOSPC when full.
 */
int hvp_facts_add(struct hvp_facts *facts, const struct hvp_fact *fact,
		  const void *data);

/** Records that @fact would need, itself included. */
u32 hvp_fact_records(const struct hvp_fact *fact);

/** The bytes behind @fact; @fact->data_bytes long. */
const void *hvp_fact_data(const struct hvp_fact *fact);

/** First fact (@prev NULL) or the one after @prev; NULL at the end. */
const struct hvp_fact *hvp_facts_next(const struct hvp_facts *facts,
				      const struct hvp_fact *prev);

/**
 * Exact lookups; a fact recorded with HVP_CPU_ANY matches every @cpu. CPUID facts
 * are those of @facts->how, or of @how.
 */
const struct hvp_fact *hvp_facts_cpuid(const struct hvp_facts *facts, u32 cpu,
				       u32 leaf, u32 subleaf);
const struct hvp_fact *hvp_facts_cpuid_how(const struct hvp_facts *facts,
					   u32 cpu, u32 leaf, u32 subleaf,
					   u32 how);
const struct hvp_fact *hvp_facts_msr(const struct hvp_facts *facts, u32 cpu,
				     u32 index);

/** Is @fact a CPUID fact that hvp_facts_cpuid() could find? */
static inline bool hvp_facts_decode(const struct hvp_facts *facts,
				    const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CPUID && fact->cpuid.how == facts->how;
}

/** First TEXT fact with @key, after @prev if that is not NULL. */
const struct hvp_fact *hvp_facts_text(const struct hvp_facts *facts, u16 key,
				      const struct hvp_fact *prev);

/** Fill @fact with a CPUID observation, every register known. */
void hvp_fact_set_cpuid(struct hvp_fact *fact, u8 source, u32 cpu, u32 leaf,
			u32 subleaf, u32 eax, u32 ebx, u32 ecx, u32 edx);

/** Fill @fact with the header of a text of @bytes bytes (data goes to add). */
void hvp_fact_set_text(struct hvp_fact *fact, u8 source, u16 key, u32 bytes);

#endif
