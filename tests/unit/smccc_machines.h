/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Machines that answer SMCCC calls, as they were seen to: QEMU 7.2, KVM of Linux
 * 6.12, Xen 4.17; Hyper-V's and Gunyah's UIDs are those of Linux and their own
 * documents. Whatever has no row is refused, with the arguments left in X1 to X3
 * as QEMU and Xen leave them.
 */
#ifndef HVP_TESTS_SMCCC_MACHINES_H
#define HVP_TESTS_SMCCC_MACHINES_H

#include "../../core/smccc.h"

#define ANY_X1	0xdeadbeefcafef00dULL

struct answer {
	u32 function;
	u64 x1;
	u64 x[4];
};

#define PSCI_HAS(id)	{ 0x8400000a, id, { 0 } }
#define PSCI_1_1	{ 0x84000000, ANY_X1, { 0x10001 } }, \
	PSCI_HAS(0xc4000001), PSCI_HAS(0x84000002), PSCI_HAS(0xc4000003), \
	PSCI_HAS(0xc4000004), PSCI_HAS(0x84000006), PSCI_HAS(0x84000008), \
	PSCI_HAS(0x84000009), { 0x84000006, ANY_X1, { 2 } }, \
	{ 0xc4000004, ANY_X1, { 0 } }
#define SMCCC_1_1	PSCI_HAS(0x80000000), \
	{ 0x80000000, ANY_X1, { 0x10001 } }

static const struct answer tcg_machine[] = { PSCI_1_1 };

static const struct answer psci_0_2_machine[] = {
	{ 0x84000000, ANY_X1, { 2 } },
	{ 0x84000006, ANY_X1, { 2 } },
	{ 0xc4000004, ANY_X1, { 0 } },
	/* KVM answers this even so, but nothing says that it may be asked. */
	{ 0x80000000, ANY_X1, { 0x10001 } },
};

#define KVM_SERVICES	PSCI_1_1, SMCCC_1_1, PSCI_HAS(0xc4000012), \
	{ 0x80000001, 0x80008000, { 1 } }, \
	{ 0x80000001, 0x80003fff, { 0 } }, \
	{ 0x80000001, 0xc5000020, { 0 } }, \
	{ 0xc5000020, 0xc5000021, { 0 } }, \
	{ 0x84000050, ANY_X1, { 0x10000 } }, \
	{ 0x84000051, 0xc4000053, { 0 } }, \
	{ 0x84000052, ANY_X1, \
	  { 0x00e0210d, 0xeb118443, 0x44527080, 0x4c5a4e55 } }, \
	{ 0xc4000053, 100, { 0, 0, 0x812345678, 0x1122334455667788 } }

#define KVM_UID		{ 0x8600ff01, ANY_X1, \
	  { 0xb66fb428, 0xe911c52e, 0x564bcaa9, 0x743a004d } }

static const struct answer kvm_machine[] = {
	KVM_SERVICES, KVM_UID,
	{ 0x86000000, ANY_X1, { 3 } },
	{ 0x86000001, 0, { 0x18a1b2c3, 0x9f8e7d6c, 0, 1500 } },
};

/* Bits 64 and 65 are shown, their calls are not there. */
static const struct answer promising_machine[] = {
	KVM_SERVICES, KVM_UID,
	{ 0x86000000, ANY_X1, { 0x1003, 0, 3 } },
	{ 0x86000001, 0, { 0x18a1b2c3, 0x9f8e7d6c, 0, 99 } },
};

static const struct answer xen_machine[] = {
	PSCI_1_1, SMCCC_1_1,
	{ 0x80000001, 0x80008000, { 0 } },
	{ 0x80000001, 0x80007fff, { 0 } },
	{ 0x8400ff01, ANY_X1,
	  { 0x6f3863f8, 0xbd4c394b, 0x16ce2092, 0x6f9fe541 } },
	{ 0x8500ff01, ANY_X1,
	  { 0xdc1218a7, 0x694398c6, 0xd179cf9a, 0x67e6de8d } },
	{ 17, 0, { 0x40011 } },		/* X16, HVC #0xea1 */
};

static const struct answer hyperv_machine[] = {
	PSCI_1_1, SMCCC_1_1,
	{ 0x8600ff01, ANY_X1,
	  { 0x4d32ba58, 0xcd244764, 0x8eef6c75, 0x16597024 } },
	{ 0x46000001, 0x100010050, { 0x100000000 } },
};

static const struct answer gunyah_machine[] = {
	PSCI_1_1, SMCCC_1_1,
	{ 0x8600ff01, ANY_X1,
	  { 0xcd8fd5c1, 0xdb5f53a4, 0x36ce6592, 0x145f3d67 } },
	{ 0x8500ff01, ANY_X1,
	  { 0xcd8fd5c1, 0xdb5f53a4, 0x36ce6592, 0x145f3d67 } },
	{ 0xc6008000, ANY_X1, { 0x5100000000008001, 0x27 } },
};

static const struct answer unknown_machine[] = {
	PSCI_1_1, SMCCC_1_1,
	{ 0x8600ff01, ANY_X1,
	  { 0x01234567, 0x89abcdef, 0x76543210, 0xfedcba98 } },
};

#endif
