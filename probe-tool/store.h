/* SPDX-License-Identifier: GPL-2.0-only */
/* A growing container of facts, for the tool; core/facts.h does the rest. */
#ifndef HVP_TOOL_STORE_H
#define HVP_TOOL_STORE_H

#include "../core/facts.h"

struct hvp_store {
	struct hvp_facts facts;
};

void hvp_store_init(struct hvp_store *store);
void hvp_store_free(struct hvp_store *store);

/** As hvp_facts_add(), growing; -ENOMEM instead of -ENOSPC. */
int hvp_store_add(struct hvp_store *store, const struct hvp_fact *fact,
		  const void *data);

/** Shorthand for a TEXT fact. */
int hvp_store_text(struct hvp_store *store, u8 source, u16 key,
		   const char *text, size_t bytes);

#endif
