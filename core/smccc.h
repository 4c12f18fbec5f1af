/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The SMC Calling Convention of arm64: its functions, the calls that are made to
 * learn what is there, what has to hold before each, and what answers mean.
 * Pure: the driver asks here before it calls, the decoder reads what it got.
 */
#ifndef HVP_CORE_SMCCC_H
#define HVP_CORE_SMCCC_H

#include "compat.h"
#include "../include/uapi/linux/hvprobe.h"

#define HVP_SMCCC_REGISTERS	18	/* X0 to X17 */
#define HVP_SMCCC_USUAL		8	/* recorded: those that calls answer in */
#define HVP_SMCCC_NOT_SUPPORTED	(-1)
#define HVP_SMCCC_XEN_IMMEDIATE	0xea1

/**
 * enum hvp_smccc_safety - what a call does to the guest
 * @HVP_SMCCC_HARMLESS: changes nothing; allow-listed where its gate holds
 * @HVP_SMCCC_UNSAFE: behind the gate for unsafe calls
 * @HVP_SMCCC_NEVER: ends, suspends or changes the guest, or takes an address of
 *	the caller's; not made at all
 */
enum hvp_smccc_safety {
	HVP_SMCCC_HARMLESS,
	HVP_SMCCC_UNSAFE,
	HVP_SMCCC_NEVER,
};

/** enum hvp_smccc_test - how a gate reads the answer to its query. */
enum hvp_smccc_test {
	HVP_SMCCC_TEST_NONE,
	HVP_SMCCC_TEST_NOT_NEGATIVE,
	HVP_SMCCC_TEST_AT_LEAST,	/* and not negative */
	HVP_SMCCC_TEST_BIT,		/* of the four result words */
	HVP_SMCCC_TEST_UID_IS,
	HVP_SMCCC_TEST_BY_SMC,		/* the conduit, not the answer */
};

/** enum hvp_smccc_says - how an answer advertises; below it is a bit number. */
enum hvp_smccc_says {
	HVP_SAYS_ANY = 128,	/* W0 is not negative */
	HVP_SAYS_ANY64,		/* X0 is not negative */
	HVP_SAYS_PRESENT,	/* W0 is not -1 */
	HVP_SAYS_PSCI_1_0,	/* a version of 1.0 or later */
};

/** enum hvp_smccc_check - how an answer shows that the call works. */
enum hvp_smccc_check {
	HVP_SMCCC_CHECK_NONE,
	HVP_SMCCC_CHECK_ZERO,
	HVP_SMCCC_CHECK_NOT_NEGATIVE,
	HVP_SMCCC_CHECK_POSITIVE,
	HVP_SMCCC_CHECK_UP_TO_2,
	HVP_SMCCC_CHECK_REFUSED,	/* -1: it knows what it does not have */
	HVP_SMCCC_CHECK_VERSION_1_1,
	HVP_SMCCC_CHECK_BIT_0,
	HVP_SMCCC_CHECK_ENTROPY,	/* as many bits as were asked for */
	HVP_SMCCC_CHECK_COUNTER,	/* lies between two readings of ours */
};

/* &hvp_smccc_query.flags */
#define HVP_SMCCC_PROOF		0x01	/* proves the conduit */
#define HVP_SMCCC_PER_CPU	0x02	/* each CPU has its own answer */
#define HVP_SMCCC_X1_SELF	0x04	/* X1 is the calling CPU's affinity */
#define HVP_SMCCC_CLOCK		0x08	/* recorded with counter and clock */
#define HVP_SMCCC_XEN		0x10	/* Xen's immediate, number in X16 */
#define HVP_SMCCC_NEGOTIATES	0x20	/* not after the kernel has */
#define HVP_SMCCC_WIDE		0x40	/* a refusal is negative in 64 bits */

enum hvp_smccc_gate_id {
#define HVP_SMCCC_GATE(id, ...) HVP_SMCCC_GATE_##id,
#include "smccc_gates.def"
#undef HVP_SMCCC_GATE
	HVP_SMCCC_GATE_COUNT
};

enum hvp_smccc_query_id {
#define HVP_SMCCC_QUERY(id, ...) HVP_SMCCC_QUERY_##id,
#include "smccc_queries.def"
#undef HVP_SMCCC_QUERY
	HVP_SMCCC_QUERY_COUNT,
	HVP_SMCCC_QUERY_NONE = 0xff,
};

/*
 * smccc.def rows.
 *   HVP_SMCCC(id, "name", SAFETY, GATE, "specification")
 */
struct hvp_smccc_function {
	const char *name;
	const char *spec;
	u32 id;
	u8 safety;		/* enum hvp_smccc_safety */
	u8 gate;		/* enum hvp_smccc_gate_id */
};

struct hvp_smccc_query {
	u64 args[4];
	u32 function;
	u8 gate;		/* enum hvp_smccc_gate_id */
	u8 flags;
};

struct hvp_smccc_uid {
	const char *text;
	const char *spec;
	u32 words[4];
	u8 query;		/* enum hvp_smccc_query_id */
	u8 product;		/* enum hvp_product */
};

extern const struct hvp_smccc_function hvp_smccc_functions[];
extern const u32 hvp_smccc_function_count;
extern const struct hvp_smccc_query hvp_smccc_queries[HVP_SMCCC_QUERY_COUNT];
extern const struct hvp_smccc_uid hvp_smccc_uids[];
extern const u32 hvp_smccc_uid_count;

/**
 * struct hvp_smccc - what is known so far
 * @answers: fact of each query on @cpu, NULL: not made or not recorded
 * @skipped: fact that says why nothing was called, or NULL
 * @cpu: whose answers these are
 * @conduit: &enum hvp_insn, NONE when there is none or it was not recorded
 * @fadt_hyperv: ACPI says that this is Hyper-V
 */
struct hvp_smccc {
	const struct hvp_fact *answers[HVP_SMCCC_QUERY_COUNT];
	const struct hvp_fact *skipped;
	u32 cpu;
	u8 conduit;
	bool fadt_hyperv;
};

/** enum hvp_smccc_gate_state - may the calls behind a gate be made? */
enum hvp_smccc_gate_state {
	HVP_SMCCC_CLOSED,	/* what was answered says no */
	HVP_SMCCC_OPEN,
	HVP_SMCCC_UNTOLD,	/* what would tell is not among the answers */
};

enum hvp_smccc_gate_state hvp_smccc_gate(const struct hvp_smccc *smccc,
					 u32 gate);

/** Does the FADT, as recorded, name Hyper-V as the hypervisor? */
struct hvp_facts;
bool hvp_smccc_acpi_hyperv(const struct hvp_facts *facts);

/** The query that @fact answers; HVP_SMCCC_QUERY_NONE. */
u32 hvp_smccc_query_of(const struct hvp_fact *fact);

/** Does @fact answer a query whose answer each CPU has of its own? */
bool hvp_smccc_is_per_cpu(const struct hvp_fact *fact);

/** Register X@index that the call left; false when it was not recorded. */
bool hvp_smccc_register(const struct hvp_fact *fact, u32 index, u64 *value);

/** Low word of X0 as a status or a version; false when there is no answer. */
bool hvp_smccc_status(const struct hvp_fact *fact, s32 *status);

/** Does the answer say yes? @says: bit number or &enum hvp_smccc_says. */
bool hvp_smccc_says(const struct hvp_fact *fact, u32 says);

/** Did the call do what it is for? @check: &enum hvp_smccc_check */
bool hvp_smccc_passes(const struct hvp_fact *fact, u32 check);

/** The UID that the answer is; false when it is a refusal. */
bool hvp_smccc_uid(const struct hvp_fact *fact, u32 words[4]);

/** Lookups; NULL when there is no such row. */
const struct hvp_smccc_uid *hvp_smccc_uid_find(u32 query, const u32 words[4]);
const struct hvp_smccc_function *hvp_smccc_function_find(u32 id);
const struct hvp_smccc_function *hvp_smccc_function_find_name(const char *name);

/**
 * Is fast call @id never made? With or without the hint of SMCCC 1.3, bit 16,
 * that whoever knows it leaves out.
 */
bool hvp_smccc_is_never(u32 id);

#define HVP_SMCCC_UID_TEXT	37

/** The UID as text, by its row or in memory order. */
char *hvp_smccc_uid_text(u32 query, const u32 words[4],
			 char out[HVP_SMCCC_UID_TEXT]);

#endif
