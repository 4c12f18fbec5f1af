// SPDX-License-Identifier: GPL-2.0-only
/* Tables, names and lookups expanded from the .def files. */
#include "registry.h"
#include "../include/uapi/linux/hvprobe.h"

/*
 * A row that the decoder could misread stops the build. Uniqueness of names and
 * sources cannot be said in C; tests/unit/test_registry.c holds it.
 */
enum cap_order {
#define HVP_CAP_BIT(number, id, ...) CAP_ORDER_##id,
#define HVP_CAP_MSR(number, id, ...) CAP_ORDER_##id,
#define HVP_CAP_ABI(number, id, ...) CAP_ORDER_##id,
#define HVP_CAP_CALL(number, id, ...) CAP_ORDER_##id,
#define HVP_CAP_SMCCC(number, id, ...) CAP_ORDER_##id,
#include "caps.def"
#undef HVP_CAP_BIT
#undef HVP_CAP_MSR
#undef HVP_CAP_ABI
#undef HVP_CAP_CALL
#undef HVP_CAP_SMCCC
	CAP_ORDER_COUNT
};

#define CHECK_NUMBER(number, id) \
	static_assert((number) == (int)CAP_ORDER_##id, \
		      #id ": numbers are dense and rows in their order");
#define HVP_CAP_BIT(number, id, name, abi, leaf, subleaf, reg, bit, ...) \
	CHECK_NUMBER(number, id) \
	static_assert((bit) < 32 && (subleaf) < 256, #id ": bit or subleaf");
#define HVP_CAP_MSR(number, id, name, abi, msr, bit, ...) \
	CHECK_NUMBER(number, id) \
	static_assert((bit) < 64, #id ": bit");
#define HVP_CAP_ABI(number, id, ...) CHECK_NUMBER(number, id)
#define HVP_CAP_CALL(number, id, ...) CHECK_NUMBER(number, id)
#define HVP_CAP_SMCCC(number, id, name, abi, query, says, ...) \
	CHECK_NUMBER(number, id) \
	static_assert((says) <= HVP_SAYS_PSCI_1_0, #id ": bit");
#include "caps.def"
#undef HVP_CAP_BIT
#undef HVP_CAP_MSR
#undef HVP_CAP_ABI
#undef HVP_CAP_CALL
#undef HVP_CAP_SMCCC
#undef CHECK_NUMBER

static_assert((int)HVP_CAP_COUNT == (int)CAP_ORDER_COUNT, "numbers are dense");
static_assert((int)HVP_CAP_COUNT <= HVP_MASK_WORDS * 64, "the mask is ABI");

#define HVP_FIELD(id, name, abi, leaf, subleaf, reg, lo, hi, ...) \
	static_assert((lo) <= (hi) && (hi) < 64 && \
		      HVP_##reg * 32 + (hi) < 128 && (subleaf) < 256, \
		      #id ": bit range");
#define HVP_FIELD_SMCCC(id, name, abi, query, x, lo, hi, ...) \
	static_assert((lo) <= (hi) && (hi) < 64 && (x) < HVP_SMCCC_USUAL, \
		      #id ": bit range");
#include "fields.def"
#undef HVP_FIELD
#undef HVP_FIELD_SMCCC

#define HVP_SIG(bytes, ...) \
	static_assert(sizeof(bytes) == 13, "a signature has 12 bytes");
#include "sigs.def"
#undef HVP_SIG

#define HVP_VENDOR(bytes, ...) \
	static_assert(sizeof(bytes) == 13, "a vendor string has 12 bytes");
#include "vendors.def"
#undef HVP_VENDOR

static_assert((int)HVP_ABI_COUNT <= 16, "ABI masks are 16 bits wide");
static_assert((int)HVP_PRODUCT_COUNT <= 256, "products are 8 bits wide");

const struct hvp_cap hvp_caps[HVP_CAP_COUNT] = {
#define HVP_CAP_BIT(n, id, nm, a, lf, sub, rg, b, need, sp, mean) \
	[n] = { .name = nm, .spec = sp, .meaning = mean, .leaf = lf, \
		.number = n, .needs = HVP_CAP_##need, .abi = HVP_ABI_##a, \
		.where = HVP_WHERE_CPUID, .subleaf = sub, .reg = HVP_##rg, \
		.bit = b },
#define HVP_CAP_MSR(n, id, nm, a, index, b, need, sp, mean) \
	[n] = { .name = nm, .spec = sp, .meaning = mean, .leaf = index, \
		.number = n, .needs = HVP_CAP_##need, .abi = HVP_ABI_##a, \
		.where = HVP_WHERE_MSR, .bit = b },
#define HVP_CAP_ABI(n, id, nm, a, sp, mean) \
	[n] = { .name = nm, .spec = sp, .meaning = mean, .number = n, \
		.needs = HVP_CAP_NONE, .abi = HVP_ABI_##a, \
		.where = HVP_WHERE_ABI },
#define HVP_CAP_CALL(n, id, nm, a, need, sp, mean) \
	[n] = { .name = nm, .spec = sp, .meaning = mean, .number = n, \
		.needs = HVP_CAP_##need, .abi = HVP_ABI_##a, \
		.where = HVP_WHERE_CALL },
#define HVP_CAP_SMCCC(n, id, nm, a, query, says, works, how, need, sp, mean) \
	[n] = { .name = nm, .spec = sp, .meaning = mean, .number = n, \
		.leaf = HVP_SMCCC_QUERY_##query, .needs = HVP_CAP_##need, \
		.abi = HVP_ABI_##a, .where = HVP_WHERE_SMCCC, .bit = says, \
		.does = HVP_SMCCC_QUERY_##works, \
		.check = HVP_SMCCC_CHECK_##how },
#include "caps.def"
#undef HVP_CAP_BIT
#undef HVP_CAP_MSR
#undef HVP_CAP_ABI
#undef HVP_CAP_CALL
#undef HVP_CAP_SMCCC
};

const struct hvp_field hvp_fields[HVP_FIELD_COUNT] = {
#define HVP_FIELD(id, nm, a, lf, sub, rg, l, h, k, un, fl, special_, sp, mean) \
	[HVP_FIELD_ID_##id] = { .name = nm, .unit = un, .special = special_, \
		.spec = sp, .meaning = mean, .leaf = lf, .abi = HVP_ABI_##a, \
		.subleaf = sub, .reg = HVP_##rg, .lo = l, .hi = h, \
		.kind = HVP_FIELD_##k, .flags = fl },
#define HVP_FIELD_SMCCC(id, nm, a, query, x, l, h, k, un, fl, special_, sp, \
			mean) \
	[HVP_FIELD_ID_##id] = { .name = nm, .unit = un, .special = special_, \
		.spec = sp, .meaning = mean, .leaf = HVP_SMCCC_QUERY_##query, \
		.abi = HVP_ABI_##a, .where = HVP_WHERE_SMCCC, .reg = x, \
		.lo = l, .hi = h, .kind = HVP_FIELD_##k, .flags = fl },
#include "fields.def"
#undef HVP_FIELD
#undef HVP_FIELD_SMCCC
};

const struct hvp_sig hvp_sigs[] = {
#define HVP_SIG(text, prod, mask, fl, sp) \
	{ .bytes = text, .product = HVP_PRODUCT_##prod, .flags = fl, \
	  .abis = mask, .spec = sp },
#include "sigs.def"
#undef HVP_SIG
};
const u32 hvp_sig_count = HVP_ARRAY_SIZE(hvp_sigs);

const struct hvp_vendor hvp_vendors[] = {
#define HVP_VENDOR(text, prod, in, sp) \
	{ .bytes = text, .product = HVP_PRODUCT_##prod, \
	  .insn = HVP_INSN_##in, .spec = sp },
#include "vendors.def"
#undef HVP_VENDOR
};
const u32 hvp_vendor_count = HVP_ARRAY_SIZE(hvp_vendors);

const struct hvp_hint hvp_hints[] = {
#define HVP_HINT(k, text, prod) \
	{ .key = HVP_TEXT_##k, .product = HVP_PRODUCT_##prod, .prefix = text },
#include "hints.def"
#undef HVP_HINT
};
const u32 hvp_hint_count = HVP_ARRAY_SIZE(hvp_hints);

const struct hvp_sig *hvp_sig_find(const u8 bytes[12])
{
	u32 i;

	for (i = 0; i < hvp_sig_count; i++)
		if (memcmp(hvp_sigs[i].bytes, bytes, 12) == 0)
			return &hvp_sigs[i];
	return NULL;
}

const struct hvp_vendor *hvp_vendor_find(const u8 bytes[12])
{
	u32 i;

	for (i = 0; i < hvp_vendor_count; i++)
		if (memcmp(hvp_vendors[i].bytes, bytes, 12) == 0)
			return &hvp_vendors[i];
	return NULL;
}

int hvp_cap_find(const char *name)
{
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (strcmp(hvp_caps[i].name, name) == 0)
			return (int)i;
	return -ENOENT;
}

int hvp_field_find(const char *name)
{
	u32 i;

	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (strcmp(hvp_fields[i].name, name) == 0)
			return (int)i;
	return -ENOENT;
}

static const char *pick(const char *const *names, u32 count, u32 number)
{
	return number < count && names[number] ? names[number] : "?";
}

#define PICK(names, number) pick(names, HVP_ARRAY_SIZE(names), number)

static const char *const abi_keys[] = {
#define HVP_ABI(number, id, key, name) [number] = key,
#include "abis.def"
#undef HVP_ABI
};

static const char *const abi_names[] = {
#define HVP_ABI(number, id, key, name) [number] = name,
#include "abis.def"
#undef HVP_ABI
};

static const char *const product_keys[] = {
#define HVP_PRODUCT(id, key, name) [HVP_PRODUCT_##id] = key,
#include "products.def"
#undef HVP_PRODUCT
};

static const char *const product_names[] = {
#define HVP_PRODUCT(id, key, name) [HVP_PRODUCT_##id] = name,
#include "products.def"
#undef HVP_PRODUCT
};

static const char *const reason_keys[] = {
#define HVP_REASON(number, id, key, hint) [number] = key,
#include "reasons.def"
#undef HVP_REASON
};

static const char *const reason_hints[] = {
#define HVP_REASON(number, id, key, hint) [number] = hint,
#include "reasons.def"
#undef HVP_REASON
};

static const char *const text_keys[] = {
#define HVP_TEXT(number, id, key) [number] = key,
#include "texts.def"
#undef HVP_TEXT
};

static const char *const state_names[] = {
	[HVP_STATE_ABSENT] = "absent",
	[HVP_STATE_ADVERTISED] = "advertised",
	[HVP_STATE_VERIFIED] = "verified",
	[HVP_STATE_BROKEN] = "broken",
	[HVP_STATE_UNADVERTISED] = "unadvertised",
	[HVP_STATE_UNKNOWN] = "unknown",
};

static const char *const insn_names[] = {
	[HVP_INSN_NONE] = "none",
	[HVP_INSN_VMCALL] = "vmcall",
	[HVP_INSN_VMMCALL] = "vmmcall",
	[HVP_INSN_KERNEL] = "kernel",
	[HVP_INSN_PAGE] = "page",
	[HVP_INSN_HVC] = "hvc",
	[HVP_INSN_SMC] = "smc",
	[HVP_INSN_PORT] = "port",
};

static const char *const source_names[] = {
	[HVP_SOURCE_NONE] = "none",
	[HVP_SOURCE_USER] = "user",
	[HVP_SOURCE_DRIVER] = "driver",
	[HVP_SOURCE_DUMP] = "dump",
	[HVP_SOURCE_SYSTEM] = "system",
};

static const char *const reg_names[] = {
	[HVP_EAX] = "eax",
	[HVP_EBX] = "ebx",
	[HVP_ECX] = "ecx",
	[HVP_EDX] = "edx",
	[HVP_REG_X0] = "x0",
	[HVP_REG_X0 + 1] = "x1",
	[HVP_REG_X0 + 2] = "x2",
	[HVP_REG_X0 + 3] = "x3",
};

const char *hvp_abi_key(u32 abi)
{
	return PICK(abi_keys, abi);
}

const char *hvp_abi_name(u32 abi)
{
	return PICK(abi_names, abi);
}

const char *hvp_product_key(u32 product)
{
	return PICK(product_keys, product);
}

const char *hvp_product_name(u32 product)
{
	return PICK(product_names, product);
}

const char *hvp_state_name(u32 state)
{
	return PICK(state_names, state);
}

const char *hvp_reason_key(u32 reason)
{
	return PICK(reason_keys, reason);
}

const char *hvp_reason_hint(u32 reason)
{
	return PICK(reason_hints, reason);
}

const char *hvp_text_key_name(u32 key)
{
	return PICK(text_keys, key);
}

int hvp_text_key_find(const char *name)
{
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(text_keys); i++)
		if (text_keys[i] && strcmp(text_keys[i], name) == 0)
			return (int)i;
	return -ENOENT;
}

const char *hvp_insn_name(u32 insn)
{
	return PICK(insn_names, insn);
}

const char *hvp_source_name(u32 source)
{
	return PICK(source_names, source);
}

const char *hvp_reg_name(u32 reg)
{
	return PICK(reg_names, reg);
}
