/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report: everything decoded from a set of facts, as data. It points into
 * the facts it was decoded from, so they have to outlive it.
 */
#ifndef HVP_CORE_REPORT_H
#define HVP_CORE_REPORT_H

#include "facts.h"
#include "registry.h"
#include "smccc.h"

#define HVP_BASE_FIRST		0x40000000U
#define HVP_BASE_STEP		0x100U
#define HVP_BASE_COUNT		256
#define HVP_INTERFACE_MAX	8
#define HVP_UNLISTED_MAX	64
#define HVP_DIFFERENCE_MAX	32
#define HVP_STEP_MAX		32

/** enum hvp_base_class - what a scanned base turned out to be. */
enum hvp_base_class {
	HVP_BASE_UNREAD,
	HVP_BASE_ZERO,
	HVP_BASE_FOUND,
	HVP_BASE_ECHO,		/* repeats the highest basic leaf */
	HVP_BASE_REPEAT,	/* repeats an interface already found */
	HVP_BASE_JUNK,
};

#define HVP_HYPERV_ID		0x31237648U	/* "Hv#1" */

#define HVP_NOTE_MAX_ZERO	0x1	/* max leaf 0 read as base + 1 */
#define HVP_NOTE_MAX_LOOSE	0x2	/* max leaf outside base..base+0xff */
#define HVP_NOTE_CUSTOM_VENDOR	0x4	/* Hv#1 behind a foreign signature */
#define HVP_NOTE_PARTIAL	0x8	/* maximum leaf not recorded */
#define HVP_NOTE_INFERRED	0x10	/* base leaf not recorded, text names it */

/** enum hvp_arch - of the machine, as far as the facts show. */
enum hvp_arch {
	HVP_ARCH_UNKNOWN,
	HVP_ARCH_X86,
	HVP_ARCH_ARM64,
};

/*
 * arm64: whoever gave a UID. The base is the function that asks for it, the
 * signature its first 12 bytes.
 */
struct hvp_interface {
	const struct hvp_fact *fact;	/* base leaf (INFERRED: another one) */
	const struct hvp_sig *sig;	/* NULL when not in the table */
	u32 base;
	u32 raw_max;			/* EAX as read */
	u32 max_leaf;			/* highest leaf to be believed */
	u32 id;				/* EAX of base + 1, 0 if not read */
	u32 notes;
	u16 abis;			/* 1 << enum hvp_abi */
	u8 product;
	u8 signature[12];
};

struct hvp_cap_state {
	u8 state;			/* enum hvp_state */
	u8 reason;			/* enum hvp_reason when unknown */
	u8 source;			/* enum hvp_source */
	const struct hvp_fact *fact;	/* the evidence, may be NULL */
};

struct hvp_field_value {
	u64 value;
	u8 state;			/* ADVERTISED, ABSENT or UNKNOWN */
	u8 reason;
	u8 source;
};

struct hvp_unlisted {
	u32 leaf;			/* absolute; arm64: function id */
	u32 subleaf;
	u32 bits;			/* set bits that no row names */
	u8 reg;
	u8 abi;
	u8 source;
};

struct hvp_difference {
	const struct hvp_fact *here;	/* on report.cpu; CPUID or SMCCC */
	const struct hvp_fact *there;	/* on another CPU */
	u8 reg;
};

enum hvp_rule {
#define HVP_RULE(id, key, text) HVP_RULE_##id,
#include "rules.def"
#undef HVP_RULE
	HVP_RULE_COUNT
};

struct hvp_step {
	u8 rule;			/* enum hvp_rule */
	u8 product;			/* enum hvp_product, NONE if it has none */
	u16 repeats;			/* further bases with the same outcome */
	u32 base;			/* base or leaf concerned, 0 if none */
	const struct hvp_fact *fact;	/* evidence, may be NULL */
};

/** enum hvp_verdict_kind */
enum hvp_verdict_kind {
	HVP_VERDICT_UNKNOWN,		/* cannot tell from these facts */
	HVP_VERDICT_BARE_METAL,
	HVP_VERDICT_GUEST,		/* of .primary */
	HVP_VERDICT_PRESENTING,		/* .primary presents .presented */
	HVP_VERDICT_ROOT,		/* privileged partition of .primary */
	HVP_VERDICT_EMULATED,		/* whole CPU emulated by .primary */
	HVP_VERDICT_UNIDENTIFIED,	/* a hypervisor, name not known */
	HVP_VERDICT_NO_INTERFACE,	/* arm64: firmware answers, nobody else */
};

/** enum hvp_xen_domain - what Xen's feature bits say of a Xen guest. */
enum hvp_xen_domain {
	HVP_XEN_UNKNOWN,
	HVP_XEN_DOMU,
	HVP_XEN_DOM0,
};

struct hvp_verdict {
	u8 kind;
	u8 primary;			/* enum hvp_product underneath */
	u8 presented;			/* enum hvp_product shown, or NONE */
	u8 nested;			/* the hypervisor says it is nested */
	u8 by_text;			/* rests on text evidence only */
	u8 tdx;
	u8 xen_domain;			/* enum hvp_xen_domain */
	u8 xen_pv;			/* paravirtual: runs outside of ring 0 */
	u8 step_count;
	struct hvp_step steps[HVP_STEP_MAX];
};

struct hvp_report {
	const struct hvp_facts *facts;
	u32 cpu;			/* whose leaves are decoded */
	u32 arch;			/* enum hvp_arch */
	u32 cpu_count;			/* CPUs present in the facts */
	u32 fact_missing;		/* enum hvp_reason for a leaf not there */
	u32 driver_missing;		/* likewise for what the driver would add */
	s32 hypervisor_bit;		/* 1, 0, or -1 not recorded */
	const struct hvp_fact *leaf0;
	const struct hvp_fact *leaf1;
	u8 vendor[13];			/* leaf 0, NUL-terminated */
	const struct hvp_vendor *vendor_entry;

	u32 interface_count;
	struct hvp_interface interfaces[HVP_INTERFACE_MAX];
	u8 base_class[HVP_BASE_COUNT];	/* enum hvp_base_class */
	u32 bases_read;
	struct hvp_smccc smccc;
	const struct hvp_fact *gvisor;	/* text of gVisor's kernel, NULL: none */

	struct hvp_cap_state caps[HVP_CAP_COUNT];
	struct hvp_field_value fields[HVP_FIELD_COUNT];

	u32 unlisted_count;		/* the array full: there may be more */
	struct hvp_unlisted unlisted[HVP_UNLISTED_MAX];
	u32 difference_count;		/* likewise */
	struct hvp_difference differences[HVP_DIFFERENCE_MAX];

	struct hvp_verdict verdict;
};

/**
 * Decode @facts into @report. Pure and bounded; the report is about 30 KiB, so
 * it does not belong on a kernel stack. @missing is the reason given for leaves
 * that are not among the facts (HVP_REASON_NOT_IN_DUMP or _NOT_READ).
 */
void hvp_decode(const struct hvp_facts *facts, u32 missing,
		struct hvp_report *report);

/** The interface that carries @abi, NULL when none does. */
const struct hvp_interface *hvp_report_abi(const struct hvp_report *report,
					   u32 abi);

/** Does @abi have something here that takes calls or has leaves? */
bool hvp_report_has(const struct hvp_report *report, u32 abi);

/** Bit n = capability n is advertised, verified, or works unadvertised. */
void hvp_report_mask(const struct hvp_report *report,
		     u64 mask[HVP_MASK_WORDS]);

const char *hvp_rule_key(u32 rule);
const char *hvp_rule_text(u32 rule);
const char *hvp_verdict_kind_key(u32 kind);

/**
 * One line, such as "KVM presenting Hyper-V"; at most @size bytes with the
 * terminating zero, cut if it does not fit. Returns the full length.
 */
u32 hvp_verdict_summary(const struct hvp_report *report, char *out, u32 size);

#endif
