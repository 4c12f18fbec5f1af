/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The registry: everything that has a name. The .def files are the source;
 * the enums and tables here expand from them.
 */
#ifndef HVP_CORE_REGISTRY_H
#define HVP_CORE_REGISTRY_H

#include "compat.h"
#include "smccc.h"

enum hvp_abi {
#define HVP_ABI(number, id, key, name) HVP_ABI_##id = number,
#include "abis.def"
#undef HVP_ABI
	HVP_ABI_COUNT
};

enum hvp_reason {
#define HVP_REASON(number, id, key, hint) HVP_REASON_##id = number,
#include "reasons.def"
#undef HVP_REASON
	HVP_REASON_COUNT
};

enum hvp_product {
#define HVP_PRODUCT(id, key, name) HVP_PRODUCT_##id,
#include "products.def"
#undef HVP_PRODUCT
	HVP_PRODUCT_COUNT
};

/** enum hvp_state - what is known of a capability; `unknown` is never no. */
enum hvp_state {
	HVP_STATE_ABSENT,
	HVP_STATE_ADVERTISED,
	HVP_STATE_VERIFIED,
	HVP_STATE_BROKEN,
	HVP_STATE_UNADVERTISED,
	HVP_STATE_UNKNOWN,
	HVP_STATE_COUNT
};

/** enum hvp_where - how a capability or field is read. */
enum hvp_where {
	HVP_WHERE_CPUID,	/* bit of a leaf */
	HVP_WHERE_MSR,		/* bit of an MSR */
	HVP_WHERE_ABI,		/* the ABI was found at all */
	HVP_WHERE_CALL,		/* proven by hypercalls only */
	HVP_WHERE_SMCCC,	/* answer of an SMCCC query */
};

/*
 * caps.def rows; leaf is an offset from the interface's base, or absolute for
 * ABI CPU. NEEDS is the ID of another capability, or NONE.
 *   HVP_CAP_BIT(number, ID, "name", ABI, leaf, subleaf, REG, bit, NEEDS,
 *	         "specification", "meaning")
 *   HVP_CAP_MSR(number, ID, "name", ABI, msr, bit, NEEDS, "spec", "meaning")
 *   HVP_CAP_ABI(number, ID, "name", ABI, "spec", "meaning")
 *   HVP_CAP_CALL(number, ID, "name", ABI, NEEDS, "spec", "meaning")
 *   HVP_CAP_SMCCC(number, ID, "name", ABI, QUERY, says, DOES, CHECK, NEEDS,
 *		   "spec", "meaning")
 * arm64: the answer to QUERY advertises it as says tells (a bit number or
 * HVP_SAYS_*); the answer to the query DOES, or NONE, shows that it works.
 */
enum hvp_cap_id {
#define HVP_CAP_BIT(number, id, ...) HVP_CAP_##id = number,
#define HVP_CAP_MSR(number, id, ...) HVP_CAP_##id = number,
#define HVP_CAP_ABI(number, id, ...) HVP_CAP_##id = number,
#define HVP_CAP_CALL(number, id, ...) HVP_CAP_##id = number,
#define HVP_CAP_SMCCC(number, id, ...) HVP_CAP_##id = number,
#include "caps.def"
#undef HVP_CAP_BIT
#undef HVP_CAP_MSR
#undef HVP_CAP_ABI
#undef HVP_CAP_CALL
#undef HVP_CAP_SMCCC
	HVP_CAP_COUNT,
	HVP_CAP_NONE = 0xffff,
};

struct hvp_cap {
	const char *name;
	const char *spec;
	const char *meaning;
	u32 leaf;		/* leaf offset, absolute leaf, MSR, query */
	u16 number;
	u16 needs;		/* enum hvp_cap_id */
	u8 abi;
	u8 where;
	u8 subleaf;
	u8 reg;
	u8 bit;			/* or enum hvp_smccc_says */
	u8 does;		/* enum hvp_smccc_query_id, NONE */
	u8 check;		/* enum hvp_smccc_check */
};

/** enum hvp_field_kind - how a numeric field is to be understood. */
enum hvp_field_kind {
	HVP_FIELD_UINT,		/* decimal, with unit */
	HVP_FIELD_SINT,		/* two's complement of its width */
	HVP_FIELD_HEX,		/* address, MSR index, opaque word */
};

/** enum hvp_field_flag */
#define HVP_FIELD_PER_CPU	0x1	/* differs between vCPUs by design */
#define HVP_FIELD_VOLATILE	0x2	/* may change while the guest runs */

/*
 * fields.def rows; bits lo..hi counted from bit 0 of REG through the registers
 * after it (hi up to 63). "special" names the all-ones value, or is "".
 *   HVP_FIELD(ID, "name", ABI, leaf, subleaf, REG, lo, hi, KIND, "unit",
 *	       flags, "special", "spec", "meaning")
 *   HVP_FIELD_SMCCC(ID, "name", ABI, QUERY, x, lo, hi, KIND, "unit", flags,
 *		     "special", "spec", "meaning")
 * arm64: bits of register x of the answer to QUERY.
 */
enum hvp_field_id {
#define HVP_FIELD(id, ...) HVP_FIELD_ID_##id,
#define HVP_FIELD_SMCCC(id, ...) HVP_FIELD_ID_##id,
#include "fields.def"
#undef HVP_FIELD
#undef HVP_FIELD_SMCCC
	HVP_FIELD_COUNT
};

struct hvp_field {
	const char *name;
	const char *unit;
	const char *special;
	const char *spec;
	const char *meaning;
	u32 leaf;		/* or enum hvp_smccc_query_id */
	u8 abi;
	u8 where;		/* CPUID or SMCCC */
	u8 subleaf;
	u8 reg;
	u8 lo;
	u8 hi;
	u8 kind;
	u8 flags;
};

/** enum hvp_sig_flag - what is special about a signature. */
#define HVP_SIG_MAX_LOOSE	0x1	/* max leaf may lie outside the base */
#define HVP_SIG_UNCONFIRMED	0x2	/* no dump from a real machine seen */
#define HVP_SIG_NO_CALLS	0x4	/* its ABI has calls, this one refuses */

/*
 * sigs.def rows; the 12 bytes are EBX ECX EDX of the base leaf.
 *   HVP_SIG("bytes", PRODUCT, ABI mask, flags, "source")
 */
struct hvp_sig {
	char bytes[13];
	u8 product;
	u8 flags;
	u16 abis;		/* 1 << enum hvp_abi */
	const char *spec;
};

/*
 * vendors.def rows: leaf 0 strings (EBX EDX ECX). PRODUCT is NONE for a real
 * CPU vendor. insn is the call instruction of that vendor's CPUs, or NONE.
 *   HVP_VENDOR("bytes", PRODUCT, INSN, "source")
 */
struct hvp_vendor {
	char bytes[13];
	u8 product;
	u8 insn;
	const char *spec;
};

/*
 * hints.def rows: text evidence that names a product when the leaves do not.
 *   HVP_HINT(KEY, "prefix", PRODUCT)
 * texts.def rows: keys of TEXT facts.  HVP_TEXT(number, ID, "key")
 */
enum hvp_text_key {
#define HVP_TEXT(number, id, key) HVP_TEXT_##id = number,
#include "texts.def"
#undef HVP_TEXT
};

struct hvp_hint {
	u16 key;
	u8 product;
	const char *prefix;
};

extern const struct hvp_cap hvp_caps[HVP_CAP_COUNT];
extern const struct hvp_field hvp_fields[HVP_FIELD_COUNT];
extern const struct hvp_sig hvp_sigs[];
extern const u32 hvp_sig_count;
extern const struct hvp_vendor hvp_vendors[];
extern const u32 hvp_vendor_count;
extern const struct hvp_hint hvp_hints[];
extern const u32 hvp_hint_count;

/** Lookups; NULL or a negative value when there is no such entry. */
const struct hvp_sig *hvp_sig_find(const u8 bytes[12]);
const struct hvp_vendor *hvp_vendor_find(const u8 bytes[12]);
int hvp_cap_find(const char *name);
int hvp_field_find(const char *name);

/** Names; never NULL, "?" for a number that has none. */
const char *hvp_abi_key(u32 abi);
const char *hvp_abi_name(u32 abi);
const char *hvp_product_key(u32 product);
const char *hvp_product_name(u32 product);
const char *hvp_state_name(u32 state);
const char *hvp_reason_key(u32 reason);
const char *hvp_reason_hint(u32 reason);
const char *hvp_text_key_name(u32 key);
int hvp_text_key_find(const char *name);
const char *hvp_insn_name(u32 insn);
const char *hvp_source_name(u32 source);

/** Of HVP_EAX to HVP_EDX, and HVP_REG_X0 to HVP_REG_X0 + 3. */
#define HVP_REG_X0	4
const char *hvp_reg_name(u32 reg);

#endif
