// SPDX-License-Identifier: GPL-2.0-only
/* Calls that the filter forwards: answers of the personality, Hyper-V's registers. */
#include <stdio.h>
#include "filter.h"
#include "vmm.h"

#define NOT_SUPPORTED		(~0ULL)
#define HYPERV_CALL		0x46000001U
#define HYPERV_GET_REGISTERS	0x50U
#define HYPERV_FAST		(1ULL << 16)
#define HYPERV_REPS(n)		((u64)(n) << 32)
#define HYPERV_BAD_CODE		2U
#define HYPERV_BAD_INPUT	3U
#define HYPERV_BAD_PARAMETER	5U

static struct { u32 id; u64 calls; } seen[64];
static unsigned int seen_count;

/* Returns how often @id was called, this time included; 0 if there are too many. */
static u64 remember(u32 id)
{
	unsigned int i;

	for (i = 0; i < seen_count; i++)
		if (seen[i].id == id)
			break;
	if (i == HVP_ARRAY_SIZE(seen))
		return 0;
	if (i == seen_count)
		seen[seen_count++].id = id;
	return ++seen[i].calls;
}

void smccc_report(void)
{
	unsigned int i;

	for (i = 0; i < seen_count; i++)
		printf("VMM count smccc-call 0x%08x %llu\n", seen[i].id,
		       (unsigned long long)seen[i].calls);
}

/* The first answer that no call had yet, else the last one. */
static struct answer *find_answer(struct personality *p, u32 id)
{
	struct answer *found = NULL;
	unsigned int i;

	for (i = 0; i < p->answer_count; i++) {
		if (p->answers[i].id != id)
			continue;
		found = &p->answers[i];
		if (!found->used)
			break;
	}
	return found;
}

static const struct filter *find_filter(const struct personality *p, u32 id)
{
	unsigned int i;

	for (i = 0; i < p->filter_count; i++)
		if (id >= p->filters[i].first &&
		    id - p->filters[i].first < p->filters[i].count)
			return &p->filters[i];
	fail(VMM_CRASHED, "KVM forwarded %#x unasked", id);
}

/* GetVpRegisters of one register, in the fast form: X4 names it, X6 and X7 answer. */
static void hyperv(struct vmm *vmm)
{
	const struct personality *p = &vmm->personality;
	u64 control = vcpu_get_x(vmm, 1), name = vcpu_get_x(vmm, 4);
	unsigned int i;

	if ((control & 0xffff) != HYPERV_GET_REGISTERS) {
		vcpu_set_x(vmm, 0, HYPERV_BAD_CODE);
		return;
	}
	if (control != (HYPERV_GET_REGISTERS | HYPERV_FAST | HYPERV_REPS(1))) {
		vcpu_set_x(vmm, 0, HYPERV_BAD_INPUT);
		return;
	}
	for (i = 0; i < p->register_count; i++)
		if (p->registers[i].name == name)
			break;
	if (i == p->register_count) {
		vcpu_set_x(vmm, 0, HYPERV_BAD_PARAMETER);
		return;
	}
	vcpu_set_x(vmm, 6, p->registers[i].low);
	vcpu_set_x(vmm, 7, p->registers[i].high);
	vcpu_set_x(vmm, 0, HYPERV_REPS(1));
}

/* The same for the same call of an @id in every run, however often others are made. */
static u64 garbage(u32 id, u64 call, unsigned int reg)
{
	u64 x = (u64)id << 32 | call << 8 | reg;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

void smccc_exit(struct vmm *vmm)
{
	struct personality *p = &vmm->personality;
	u32 id = (u32)vmm->run->hypercall.nr;
	/* Called flags by newer headers. */
	bool smc = vmm->run->hypercall.longmode & KVM_HYPERCALL_EXIT_SMC;
	const struct filter *filter = find_filter(p, id);
	struct answer *answer = find_answer(p, id);
	u64 call = remember(id);
	unsigned int i;

	if (smc != p->smc || filter->forbidden) {
		printf("VMM forbidden 0x%08x by %s\n", id, smc ? "SMC" : "HVC");
		vmm_end(vmm, VMM_FORBIDDEN, "forbidden call");
	}
	if (answer) {
		answer->used = true;
		for (i = 0; i < HVP_ARRAY_SIZE(answer->x); i++)
			vcpu_set_x(vmm, i, answer->x[i]);
	} else if (filter->garbage) {
		for (i = 0; i < filter->garbage; i++)
			vcpu_set_x(vmm, i, garbage(id, call, i));
	} else if (id == HYPERV_CALL && p->register_count) {
		hyperv(vmm);
	} else {
		vcpu_set_x(vmm, 0, NOT_SUPPORTED);
		for (i = 1; i < HVP_ARRAY_SIZE(answer->x); i++)
			vcpu_set_x(vmm, i, 0);
	}
}
