/* SPDX-License-Identifier: GPL-2.0-only */
/* What a personality file says; the grammar is in README.md. */
#ifndef VMM_PERSONALITY_H
#define VMM_PERSONALITY_H

#include "words.h"

#define ANY_CPU		(-1)
#define ANY_CODE	(~0ULL)
#define ABSENT		(~0U)

enum cpuid_op { CPUID_SET, CPUID_REMOVE, CPUID_BITS };

/* One change to KVM's supported CPUID, applied in the file's order. */
struct cpuid_edit {
	enum cpuid_op op;
	u32 leaf, subleaf;
	u32 last;		/* CPUID_REMOVE: end of the range, inclusive */
	u32 regs[4];		/* CPUID_SET */
	u32 set[4], clear[4];	/* CPUID_BITS */
	int cpu;
};

enum msr_rule_kind { MSR_VALUE, MSR_GP, MSR_LOCKED, MSR_STICKY };

struct msr_rule {
	u32 index;
	enum msr_rule_kind kind;
	u64 value;
};

/* Who answers hypercalls that come to the VMM, as bits; 0: KVM itself. */
enum abi {
	ABI_KVM		= 1 << 0,
	ABI_HYPERV	= 1 << 1,
	ABI_XEN		= 1 << 2,
	ABI_VMWARE	= 1 << 3,
	ABI_VIRTUALBOX	= 1 << 4,
	ABI_JAILHOUSE	= 1 << 5,
	ABI_UD		= 1 << 6,
	ABI_FORBIDDEN	= 1 << 7,
};

enum fault_action {
	FAULT_NONE, FAULT_STATUS, FAULT_RAX, FAULT_UD, FAULT_GP, FAULT_SHORT,
	FAULT_LONG, FAULT_OUTPUT, FAULT_DELAY, FAULT_PARTIAL, FAULT_STUCK,
	FAULT_REDO,
};

struct fault {
	u64 code;
	enum fault_action action;
	u64 value;
	u64 after;		/* calls of this code let through first */
	u64 times;		/* then so many are hit, 0 = all */
	u64 seen;
	u64 redone;		/* FAULT_REDO: times in this call so far */
};

enum xmm_use { XMM_NONE, XMM_IN, XMM_BOTH };

struct vp_register {
	u32 name;
	u64 low, high;
};

struct personality {
	struct cpuid_edit edits[512];
	unsigned int edit_count;
	u32 kvm_base;		/* ABSENT: no KVM leaves */
	bool hyperv_kvm;	/* KVM's own Hyper-V leaves at 0x40000000 */
	bool evmcs;		/* and the enlightened VMCS (Intel) */
	bool enforce_cpuid;
	bool enforce_pv;
	bool fix_hypercall;	/* KVM rewrites the other vendor's instruction */
	bool ignore_privileges;
	bool page_endbr;
	u32 abis;
	u32 xen_page_msr;
	u32 xen_version;
	u64 ext_caps;
	u64 partition_id;
	enum xmm_use xmm;
	u32 xmm_refusal;	/* status, or ABSENT for #UD */
	u64 reps_per_exit;	/* 0: all in one */
	u64 migrate_after;	/* 0: never */
	struct msr_rule msrs[32];
	unsigned int msr_count;
	struct fault faults[32];
	unsigned int fault_count;
	struct vp_register registers[32];
	unsigned int register_count;
	char append[256];
};

/** Read @path; on trouble prints line and what was expected, returns false. */
bool personality_read(struct personality *personality, const char *path);
void personality_default(struct personality *personality);

/* dumpfile.c: the 0x4000xxxx leaves of a recorded machine, as edits */
bool cpuid_from_dump(struct personality *personality, const char *path,
		     u64 machine, char *why, size_t why_bytes);

struct cpuid_edit *personality_edit(struct personality *personality);

#endif
