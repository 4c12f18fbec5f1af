/* SPDX-License-Identifier: GPL-2.0-only */
/* The on-disk form of facts: JSON, docs/schema/facts.schema.json. */
#ifndef HVP_TOOL_FACTS_JSON_H
#define HVP_TOOL_FACTS_JSON_H

#include <stdio.h>
#include "dump.h"

#define HVP_FACTS_SCHEMA	"hvprobe-facts"
#define HVP_FACTS_VERSION	1

/** Write every fact; reading it back gives the same records. 0 or -errno. */
int hvp_facts_write_json(const struct hvp_facts *facts, FILE *out);

extern const struct hvp_importer hvp_import_json;

#endif
