/* SPDX-License-Identifier: GPL-2.0-only */
/* What an arm64 personality file says; the grammar is in ../README.md. */
#ifndef VMM_ARM64_PERSONALITY_H
#define VMM_ARM64_PERSONALITY_H

#include "../../../core/compat.h"

/* KVM's bitmaps of services, in the order of its pseudo-registers. */
enum bitmap { BITMAP_STD, BITMAP_STD_HYP, BITMAP_VENDOR_HYP, BITMAPS };

#define RESULT_REGISTERS	18U	/* X0 to X17 */

/* Who answers function identifiers @first and the @count - 1 behind it. */
struct filter {
	u32 first, count;
	u8 action;		/* enum kvm_smccc_filter_action */
	bool forbidden;
	u32 garbage;		/* so many registers come back random */
};

/* X0 to X3 of one call; the next answer of the same @id is the next call's. */
struct answer {
	u32 id;
	u64 x[4];
	bool used;
};

/* What GetVpRegisters has for Hyper-V's register @name. */
struct vp_register {
	u32 name;
	u64 low, high;
};

struct personality {
	u32 psci;		/* version word, 0: KVM's own */
	bool smc;		/* conduit that the device tree names */
	bool bitmap_set[BITMAPS];
	u64 bitmap[BITMAPS];
	struct filter filters[64];
	unsigned int filter_count;
	struct answer answers[128];
	unsigned int answer_count;
	struct vp_register registers[32];
	unsigned int register_count;
};

/** Read @path; on trouble prints line and what was expected, returns false. */
bool personality_read(struct personality *personality, const char *path);

#endif
