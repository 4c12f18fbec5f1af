/* SPDX-License-Identifier: GPL-2.0-only */
/* What Xen's calls return. */
#ifndef HVP_TOOL_CALL_XEN_H
#define HVP_TOOL_CALL_XEN_H

#include "call.h"
#include "../core/xen.h"

enum hvp_xen_answer_kind {
	HVP_XEN_ANSWER_NONE,	/* refused, or a call without a known answer */
	HVP_XEN_ANSWER_VERSION,
	HVP_XEN_ANSWER_FEATURES,
	HVP_XEN_ANSWER_BUILD_ID,
	HVP_XEN_ANSWER_TEXT,
};

/**
 * struct hvp_xen_answer - the output of a call that succeeded
 * @kind: &enum hvp_xen_answer_kind
 * @value: version (major << 16 | minor), or feature bits
 * @length: bytes of build id or text
 * @bytes: those, not terminated
 */
struct hvp_xen_answer {
	u8 kind;
	u32 value;
	u32 length;
	const u8 *bytes;
};

/** Read @plan's output, which comes from the hypervisor, into @answer. */
void hvp_xen_answer_read(const struct hvp_plan *plan,
			 struct hvp_xen_answer *answer);

#define HVP_XEN_FEATURES_TEXT	640

/** Names of the bits of submap 0, and what has none as a number. */
char *hvp_xen_features_text(u32 bits, char out[HVP_XEN_FEATURES_TEXT]);

#endif
