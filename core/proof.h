/* SPDX-License-Identifier: GPL-2.0-only */
/* What recorded hypercalls prove of the interface that they were made to. */
#ifndef HVP_CORE_PROOF_H
#define HVP_CORE_PROOF_H

#include "report.h"

/** enum hvp_expect - the answer that a proof call has to get. */
enum hvp_expect {
	HVP_EXPECT_EQUAL,		/* RAX is the value */
	HVP_EXPECT_VERSION_LEAF,	/* RAX is positive and EAX of base + 1 */
	HVP_EXPECT_MAGIC_IN_RBX,	/* EAX is the value, EBX the number */
	HVP_EXPECT_HV_STATUS,		/* result word with the value as status */
	HVP_EXPECT_HV_OR_DENIED,	/* the same, or access denied */
};

struct hvp_proof_call {
	const char *name;
	const char *spec;
	u64 number;
	u64 args[3];
	u64 value;
	u8 abi;				/* enum hvp_abi */
	u8 expect;			/* enum hvp_expect */
};

extern const struct hvp_proof_call hvp_proof_calls[];
extern const u32 hvp_proof_call_count;

/** Number of calls that prove @abi; 0 when none is known to be harmless. */
u32 hvp_proof_count(u32 abi);

/**
 * HVP_PROOF_PASSED or _FAILED when @call is one of the proofs and was made
 * (an exception is a failure), HVP_PROOF_NONE for any other fact.
 */
enum hvp_proof hvp_proof_check(const struct hvp_report *report,
			       const struct hvp_fact *call);

/**
 * State of the calls of @abi, from the CALL facts: VERIFIED when one
 * instruction passed every proof, BROKEN when calls were made and none did,
 * else UNKNOWN with @reason. Only @report->interfaces and ->driver_missing have
 * to be there. @evidence is left alone when there is none.
 */
enum hvp_state hvp_proof_state(const struct hvp_facts *facts,
			       const struct hvp_report *report, u32 abi,
			       const struct hvp_fact **evidence, u8 *reason);

#endif
