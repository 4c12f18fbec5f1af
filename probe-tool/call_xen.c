// SPDX-License-Identifier: GPL-2.0-only
/* Version, texts, feature bits and build id out of the bytes of a call. */
#include <stdio.h>
#include "call_xen.h"

static bool is_row(const struct hvp_plan *plan, u32 id)
{
	return plan->abi_call == &hvp_abi_calls[id];
}

/* Of compile-info the compiler, which is the first of its texts. */
static bool is_text(const struct hvp_plan *plan)
{
	return is_row(plan, HVP_ABI_CALL_XEN_EXTRAVERSION) ||
	       is_row(plan, HVP_ABI_CALL_XEN_COMPILE_INFO) ||
	       is_row(plan, HVP_ABI_CALL_XEN_CAPABILITIES) ||
	       is_row(plan, HVP_ABI_CALL_XEN_CHANGESET);
}

/* The result is how many bytes follow the length that the driver put there. */
static void read_build_id(const struct hvp_plan *plan,
			  struct hvp_xen_answer *answer)
{
	u64 length = plan->call.result;

	if (plan->call.output_bytes < sizeof(u32) ||
	    length > plan->call.output_bytes - sizeof(u32))
		return;
	answer->kind = HVP_XEN_ANSWER_BUILD_ID;
	answer->bytes = plan->output + sizeof(u32);
	answer->length = (u32)length;
}

static void read_buffer(const struct hvp_plan *plan,
			struct hvp_xen_answer *answer)
{
	struct hvp_xen_features features;
	u32 bytes = plan->call.output_bytes;

	if (is_row(plan, HVP_ABI_CALL_XEN_GET_FEATURES) &&
	    bytes >= sizeof(features)) {
		memcpy(&features, plan->output, sizeof(features));
		answer->kind = HVP_XEN_ANSWER_FEATURES;
		answer->value = features.bits;
	} else if (is_text(plan)) {
		answer->kind = HVP_XEN_ANSWER_TEXT;
		answer->bytes = plan->output;
		answer->length =
			(u32)strnlen((const char *)plan->output, bytes);
	}
}

void hvp_xen_answer_read(const struct hvp_plan *plan,
			 struct hvp_xen_answer *answer)
{
	u64 result = plan->call.result;

	memset(answer, 0, sizeof(*answer));
	if (plan->call.error || plan->call.outcome != HVP_OUTCOME_VALUE)
		return;
	if (is_row(plan, HVP_ABI_CALL_XEN_VERSION) && result &&
	    result <= 0x7fffffff) {
		answer->kind = HVP_XEN_ANSWER_VERSION;
		answer->value = (u32)result;
	} else if (is_row(plan, HVP_ABI_CALL_XEN_BUILD_ID)) {
		read_build_id(plan, answer);
	} else if (!result) {
		read_buffer(plan, answer);
	}
}

char *hvp_xen_features_text(u32 bits, char out[HVP_XEN_FEATURES_TEXT])
{
	u32 bit, at = 0, unnamed = 0;

	out[0] = '\0';
	for (bit = 0; bit < 32; bit++) {
		const char *name = hvp_xen_feature_name(bit);

		if (!(bits >> bit & 1))
			continue;
		if (name)
			at += (u32)snprintf(out + at, HVP_XEN_FEATURES_TEXT - at,
					    "%s%s", at ? " " : "", name);
		else
			unnamed |= 1U << bit;
	}
	if (unnamed)
		snprintf(out + at, HVP_XEN_FEATURES_TEXT - at, "%s0x%x",
			 at ? " " : "", unnamed);
	return out;
}
