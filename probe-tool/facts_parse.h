/* SPDX-License-Identifier: GPL-2.0-only */
/* One fact from its JSON object. */
#ifndef HVP_TOOL_FACTS_PARSE_H
#define HVP_TOOL_FACTS_PARSE_H

#include <stdbool.h>
#include "../core/facts.h"

struct json_object;

/** struct hvp_trouble - the field at fault, and what it should be */
struct hvp_trouble {
	const char *field;
	const char *expected;
};

/**
 * A number up to @max, as a JSON number or "0x..." string. A field that is not
 * there leaves @out as it is when it is @optional.
 */
bool hvp_json_number(struct json_object *object, const char *field, u64 max,
		     bool optional, u64 *out, struct hvp_trouble *trouble);

/**
 * Fill @fact (zeroed by the caller). Its data is at @bytes, which may be inside
 * @object or in @data; the caller frees @data in any case.
 */
bool hvp_fact_parse(struct json_object *object, struct hvp_fact *fact,
		    u8 **data, const void **bytes, struct hvp_trouble *trouble);

#endif
