/* SPDX-License-Identifier: GPL-2.0-only */
/* Is this machine nested, can it nest, and with what help? */
#ifndef HVP_CORE_NESTED_H
#define HVP_CORE_NESTED_H

#include "vmx.h"

enum hvp_nested_id {
#define HVP_NESTED_CAP(id, ...) HVP_NESTED_##id,
#define HVP_NESTED_FIELD(id, ...) HVP_NESTED_##id,
#define HVP_NESTED_RULE(id, ...) HVP_NESTED_##id,
#include "nested.def"
#undef HVP_NESTED_CAP
#undef HVP_NESTED_FIELD
#undef HVP_NESTED_RULE
	HVP_NESTED_COUNT
};

struct hvp_nested_name {
	const char *key;
	const char *rule;
	bool number;
};

struct hvp_nested {
	struct hvp_answer answers[HVP_NESTED_COUNT];
	struct hvp_vmx vmx;
};

extern const struct hvp_nested_name hvp_nested_names[HVP_NESTED_COUNT];

/** Answer everything from a decoded report; pure, about 16 KiB of @nested. */
void hvp_nested_decode(const struct hvp_report *report,
		       struct hvp_nested *nested);

#endif
