/* SPDX-License-Identifier: GPL-2.0-only */
/* Encrypted guests: who says what, and where they disagree. */
#ifndef HVP_CORE_CONFIDENTIAL_H
#define HVP_CORE_CONFIDENTIAL_H

#include "answer.h"

enum hvp_cc_kind {
#define HVP_CC_KIND(id, key) HVP_CC_##id,
#include "cc_kinds.def"
#undef HVP_CC_KIND
	HVP_CC_KIND_COUNT
};

enum hvp_cc_witness {
#define HVP_CC_WITNESS(id, ...) HVP_CC_BY_##id,
#include "cc_witnesses.def"
#undef HVP_CC_WITNESS
	HVP_CC_WITNESS_COUNT
};

enum hvp_cc_finding {
#define HVP_CC_FINDING(id, ...) HVP_CC_FINDING_##id,
#include "cc_findings.def"
#undef HVP_CC_FINDING
	HVP_CC_FINDING_COUNT
};

enum hvp_cc_detail {
#define HVP_CC_CAP(id, ...) HVP_CC_DETAIL_##id,
#define HVP_CC_FIELD(id, ...) HVP_CC_DETAIL_##id,
#include "cc_details.def"
#undef HVP_CC_CAP
#undef HVP_CC_FIELD
	HVP_CC_DETAIL_COUNT
};

enum hvp_cc_trust {
	HVP_CC_TRUST_HOST,
	HVP_CC_TRUST_INSIDE,
	HVP_CC_TRUST_KERNEL,
	HVP_CC_TRUST_COUNT
};

struct hvp_cc_witness_row {
	const char *key;
	const char *what;
	u8 trust;
};

struct hvp_cc_text {
	const char *key;
	const char *text;
	bool set;			/* finding: a disagreement; detail: a number */
};

struct hvp_confidential {
	struct hvp_answer encrypted;	/* does anyone say so? */
	struct hvp_answer says[HVP_CC_KIND_COUNT][HVP_CC_WITNESS_COUNT];
	struct hvp_answer details[HVP_CC_DETAIL_COUNT];
	bool findings[HVP_CC_FINDING_COUNT];
};

extern const char *const hvp_cc_kinds[HVP_CC_KIND_COUNT];
extern const struct hvp_cc_witness_row hvp_cc_witnesses[HVP_CC_WITNESS_COUNT];
extern const struct hvp_cc_text hvp_cc_findings[HVP_CC_FINDING_COUNT];
extern const struct hvp_cc_text hvp_cc_details[HVP_CC_DETAIL_COUNT];

/** Key and sentence of enum hvp_cc_trust. */
const char *hvp_cc_trust_key(u32 trust);
const char *hvp_cc_trust_text(u32 trust);

void hvp_confidential_decode(const struct hvp_report *report,
			     struct hvp_confidential *cc);

#endif
