// SPDX-License-Identifier: GPL-2.0-only
/* The calls of the Hyper-V model: shapes from the TLFS, answers from the personality. */
#include "hypercall.h"

#define SELF_PARTITION	(~0ULL)
#define SELF_VP		0xfffffffeU
#define ANY_VP		0xffffffffU
#define VP_INDEX_REGISTER	0x00090003U
#define OS_ID_REGISTER	0x00090002U

enum {
	HV_SUCCESS = 0, HV_INVALID_INPUT = 3, HV_INVALID_PARAMETER = 5,
	HV_INVALID_PARTITION_ID = 0xd, HV_INVALID_VP_INDEX = 0xe,
	HV_UNKNOWN_REGISTER = 0x87,
};

static u64 qword(const u8 *at)
{
	u64 value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static u32 dword(const u8 *at)
{
	u32 value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static bool own_partition(const struct tlfs_context *c)
{
	u64 id = qword(c->input);

	return id == SELF_PARTITION || id == c->vmm->personality.partition_id;
}

static u16 nothing(struct tlfs_context *c)
{
	(void)c;
	return HV_SUCCESS;
}

static u16 get_partition_id(struct tlfs_context *c)
{
	memcpy(c->output_rep, &c->vmm->personality.partition_id, 8);
	return HV_SUCCESS;
}

/* Registers that repeat a CPUID leaf: four words, low to high. */
static bool leaf_register(const struct tlfs_context *c, u32 name, u8 *value)
{
	static const struct { u32 name, leaf; } map[] = {
		{ 0x100, 0x40000002 },	/* HypervisorVersion */
		{ 0x200, 0x40000003 },	/* PrivilegesAndFeaturesInfo */
		{ 0x201, 0x40000004 },	/* FeaturesInfo */
		{ 0x202, 0x40000005 },	/* ImplementationLimitsInfo */
		{ 0x203, 0x40000006 },	/* HardwareFeaturesInfo */
	};
	const struct kvm_cpuid_entry2 *leaf;
	unsigned int i;

	for (i = 0; i < HVP_ARRAY_SIZE(map); i++) {
		leaf = cpuid_find(c->vmm, map[i].leaf, 0);
		if (map[i].name != name || !leaf)
			continue;
		memcpy(value, &leaf->eax, 4);
		memcpy(value + 4, &leaf->ebx, 4);
		memcpy(value + 8, &leaf->ecx, 4);
		memcpy(value + 12, &leaf->edx, 4);
		return true;
	}
	return false;
}

static u16 get_vp_registers(struct tlfs_context *c)
{
	const struct personality *p = &c->vmm->personality;
	u32 vp = dword(c->input + 8), name = dword(c->input_rep);
	unsigned int i;

	if (!own_partition(c))
		return HV_INVALID_PARTITION_ID;
	if (vp != SELF_VP && vp != ANY_VP && vp >= c->vmm->cpus)
		return HV_INVALID_VP_INDEX;
	if (c->input[12])	/* a VTL: there is only VTL 0 */
		return HV_INVALID_PARAMETER;
	memset(c->output_rep, 0, 16);
	for (i = 0; i < p->register_count; i++) {
		if (p->registers[i].name != name)
			continue;
		memcpy(c->output_rep, &p->registers[i].low, 8);
		memcpy(c->output_rep + 8, &p->registers[i].high, 8);
		return HV_SUCCESS;
	}
	if (name == VP_INDEX_REGISTER) {
		if (vp == SELF_VP || vp == ANY_VP)
			vp = c->cpu->index;
		memcpy(c->output_rep, &vp, 4);
		return HV_SUCCESS;
	}
	if (name == OS_ID_REGISTER) {
		memcpy(c->output_rep, &c->vmm->partition.guest_os_id, 8);
		return HV_SUCCESS;
	}
	return leaf_register(c, name, c->output_rep) ? HV_SUCCESS : HV_UNKNOWN_REGISTER;
}

static u16 get_vp_index_from_apic_id(struct tlfs_context *c)
{
	u32 apic_id = dword(c->input_rep);

	if (!own_partition(c))
		return HV_INVALID_PARTITION_ID;
	if (c->input[8])
		return HV_INVALID_PARAMETER;
	if (apic_id >= c->vmm->cpus)
		return HV_INVALID_PARAMETER;
	memcpy(c->output_rep, &apic_id, 4);
	return HV_SUCCESS;
}

/* HV_VP_SET: as many banks as the mask has bits. Nothing to flush or to send. */
static u16 check_set(const struct tlfs_context *c)
{
	u64 format = qword(c->input + c->input_fixed - 16);
	u64 mask = qword(c->input + c->input_fixed - 8);

	if (format > 1)
		return HV_INVALID_PARAMETER;
	if (!format && (u32)__builtin_popcountll(mask) != c->var_words)
		return HV_INVALID_INPUT;
	return HV_SUCCESS;
}

static u16 flush_space_ex(struct tlfs_context *c)
{
	return check_set(c);
}

static u16 send_ipi_ex(struct tlfs_context *c)
{
	u32 vector = dword(c->input);

	if (vector < 0x10 || vector > 0xff)
		return HV_INVALID_PARAMETER;
	return check_set(c);
}

static u16 query_capabilities(struct tlfs_context *c)
{
	memcpy(c->output_rep, &c->vmm->personality.ext_caps, 8);
	return HV_SUCCESS;
}

/* No page was zeroed at boot: a count of zero. */
static u16 get_zeroed_memory(struct tlfs_context *c)
{
	return c->vmm->personality.ext_caps & 1 ? HV_SUCCESS : 2;
}

/* 0x009a: ids are packed, as Linux sends them; one repetition is the same in
 * the TLFS's padded form. */
static const struct tlfs_shape shapes[] = {
	/* code in elem out elem variable privilege */
	{ 0x0008, 8, 0, 0, 0, false, -1, nothing },
	{ 0x0013, 32, 0, 0, 0, true, -1, flush_space_ex },
	{ 0x0015, 24, 0, 0, 0, true, -1, send_ipi_ex },
	{ 0x0046, 0, 0, 8, 0, false, 1, get_partition_id },
	{ 0x0050, 16, 4, 0, 16, false, 17, get_vp_registers },
	{ 0x009a, 16, 4, 0, 4, false, 21, get_vp_index_from_apic_id },
	{ 0x8001, 0, 0, 8, 0, false, 20, query_capabilities },
	{ 0x8002, 0, 0, 0xff8, 0, false, 20, get_zeroed_memory },
};

const struct tlfs_shape *tlfs_find(u16 code)
{
	unsigned int i;

	for (i = 0; i < HVP_ARRAY_SIZE(shapes); i++)
		if (shapes[i].code == code)
			return &shapes[i];
	return NULL;
}
