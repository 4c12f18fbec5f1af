// SPDX-License-Identifier: GPL-2.0-only
/* Names of what core/cc_*.def list. */
#include "confidential.h"

const char *const hvp_cc_kinds[HVP_CC_KIND_COUNT] = {
#define HVP_CC_KIND(id, key) [HVP_CC_##id] = key,
#include "cc_kinds.def"
#undef HVP_CC_KIND
};

const struct hvp_cc_witness_row hvp_cc_witnesses[HVP_CC_WITNESS_COUNT] = {
#define HVP_CC_WITNESS(id, k, tr, text) \
	[HVP_CC_BY_##id] = { .key = k, .what = text, \
			     .trust = HVP_CC_TRUST_##tr },
#include "cc_witnesses.def"
#undef HVP_CC_WITNESS
};

#define HVP_CC_DISAGREEMENT	true
#define HVP_CC_NOTE		false
const struct hvp_cc_text hvp_cc_findings[HVP_CC_FINDING_COUNT] = {
#define HVP_CC_FINDING(id, k, kind, sentence) \
	[HVP_CC_FINDING_##id] = { .key = k, .text = sentence, \
				  .set = HVP_CC_##kind },
#include "cc_findings.def"
#undef HVP_CC_FINDING
};

const struct hvp_cc_text hvp_cc_details[HVP_CC_DETAIL_COUNT] = {
#define HVP_CC_CAP(id, k, cap, rule) \
	[HVP_CC_DETAIL_##id] = { .key = k, .text = rule },
#define HVP_CC_FIELD(id, k, field, rule) \
	[HVP_CC_DETAIL_##id] = { .key = k, .text = rule, .set = true },
#include "cc_details.def"
#undef HVP_CC_CAP
#undef HVP_CC_FIELD
};

static const struct {
	const char *key;
	const char *text;
} trusts[HVP_CC_TRUST_COUNT] = {
	[HVP_CC_TRUST_HOST] = { "host", "reported by an untrusted host" },
	[HVP_CC_TRUST_INSIDE] = {
		"inside",
		"by the hardware in such a guest, else by an untrusted host" },
	[HVP_CC_TRUST_KERNEL] = { "kernel", "concluded by the running kernel" },
};

const char *hvp_cc_trust_key(u32 trust)
{
	return trust < HVP_CC_TRUST_COUNT ? trusts[trust].key : "?";
}

const char *hvp_cc_trust_text(u32 trust)
{
	return trust < HVP_CC_TRUST_COUNT ? trusts[trust].text : "?";
}
