// SPDX-License-Identifier: GPL-2.0-only
/* KVM's supported CPUID, then the personality's changes, for each vCPU. */
#include <stdlib.h>
#include <sys/ioctl.h>
#include "vmm.h"

#define ENTRIES		256U	/* KVM_MAX_CPUID_ENTRIES */
#define KVM_LEAVES	0x40000000U
#define HV_HINTS	0x40000004U
#define HV_HINT_EVMCS	(1U << 14)
#define HV_NESTED	0x4000000aU
#define HV_EVMCS_VERSIONS	0xffffU		/* of EAX */

static struct kvm_cpuid2 *get(int fd, unsigned long number, const char *name)
{
	struct kvm_cpuid2 *table = calloc(1, sizeof(*table) +
					  ENTRIES * sizeof(table->entries[0]));

	if (!table)
		fail(VMM_USAGE, "out of memory");
	table->nent = ENTRIES;
	if (ioctl(fd, number, table))
		fail(VMM_NO_KVM, "%s: %m", name);
	return table;
}

/* Subleaf ABSENT stands for the first entry of the leaf. */
static struct kvm_cpuid_entry2 *find(struct kvm_cpuid2 *table, u32 leaf, u32 subleaf)
{
	u32 i;

	for (i = 0; i < table->nent; i++)
		if (table->entries[i].function == leaf &&
		    (subleaf == ABSENT || table->entries[i].index == subleaf))
			return &table->entries[i];
	return NULL;
}

static void remove_range(struct kvm_cpuid2 *table, u32 first, u32 last)
{
	u32 from, to = 0;

	for (from = 0; from < table->nent; from++)
		if (table->entries[from].function < first ||
		    table->entries[from].function > last)
			table->entries[to++] = table->entries[from];
	table->nent = to;
}

static void put(struct kvm_cpuid2 *table, u32 leaf, u32 subleaf, const u32 regs[4])
{
	struct kvm_cpuid_entry2 *entry = find(table, leaf, subleaf);
	struct kvm_cpuid_entry2 *sibling = find(table, leaf, ABSENT);

	if (!entry) {
		if (table->nent == ENTRIES)
			fail(VMM_USAGE, "more than %u CPUID leaves", ENTRIES);
		/* A second subleaf makes the index of the first one count. */
		if (sibling)
			sibling->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
		entry = &table->entries[table->nent++];
		memset(entry, 0, sizeof(*entry));
		entry->function = leaf;
		entry->index = subleaf;
		if (sibling || subleaf)
			entry->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
	}
	entry->eax = regs[0];
	entry->ebx = regs[1];
	entry->ecx = regs[2];
	entry->edx = regs[3];
}

static void move_kvm_leaves(struct kvm_cpuid2 *table, u32 base)
{
	struct kvm_cpuid_entry2 *signature = find(table, KVM_LEAVES, ABSENT);
	struct kvm_cpuid_entry2 *features = find(table, KVM_LEAVES + 1, ABSENT);

	if (base == ABSENT) {
		remove_range(table, KVM_LEAVES, KVM_LEAVES + 0xff);
		return;
	}
	if (!signature || !features)
		fail(VMM_NO_KVM, "this KVM names no KVM leaves");
	signature->function = base;
	signature->eax = base + 1;
	features->function = base + 1;
}

static void apply_bits(u32 *reg, const struct cpuid_edit *edit, int i)
{
	*reg = (*reg & ~edit->clear[i]) | edit->set[i];
}

static void apply(struct kvm_cpuid2 *table, const struct cpuid_edit *edit)
{
	static const u32 zero[4];
	struct kvm_cpuid_entry2 *entry;

	switch (edit->op) {
	case CPUID_SET:
		put(table, edit->leaf, edit->subleaf, edit->regs);
		break;
	case CPUID_REMOVE:
		remove_range(table, edit->leaf, edit->last);
		break;
	case CPUID_BITS:
		if (!find(table, edit->leaf, edit->subleaf))
			put(table, edit->leaf, edit->subleaf, zero);
		entry = find(table, edit->leaf, edit->subleaf);
		apply_bits(&entry->eax, edit, 0);
		apply_bits(&entry->ebx, edit, 1);
		apply_bits(&entry->ecx, edit, 2);
		apply_bits(&entry->edx, edit, 3);
		break;
	}
}

/* One core per package: no topology leaf has to be made up. */
static void set_topology(struct kvm_cpuid2 *table, u32 index)
{
	struct kvm_cpuid_entry2 *entry = find(table, 1, ABSENT);

	if (entry) {
		entry->ebx = (entry->ebx & 0xff00) | index << 24 | 1 << 16;
		entry->edx &= ~(1U << 28);
		entry->ecx |= 1U << 31;
	}
	remove_range(table, 0xb, 0xb);
	remove_range(table, 0x1f, 0x1f);
	entry = find(table, 0x80000008, ABSENT);
	if (entry)
		entry->ecx = 0;
	entry = find(table, 0x8000001e, ABSENT);
	if (entry) {
		entry->eax = entry->ebx = index;
		entry->ecx = index;
	}
}

/* KVM names eVMCS whenever it could do it; without the capability it does not. */
static void hide_evmcs(struct kvm_cpuid2 *table)
{
	struct kvm_cpuid_entry2 *hints = find(table, HV_HINTS, ABSENT);
	struct kvm_cpuid_entry2 *nested = find(table, HV_NESTED, ABSENT);

	if (hints)
		hints->eax &= ~HV_HINT_EVMCS;
	if (nested)
		nested->eax &= ~HV_EVMCS_VERSIONS;
}

void cpuid_build(struct vmm *vmm)
{
	const struct personality *p = &vmm->personality;
	struct kvm_cpuid2 *table, *hyperv;
	struct kvm_cpuid_entry2 *entry;
	u32 cpu, i;

	for (cpu = 0; cpu < vmm->cpus; cpu++) {
		table = get(vmm->kvm, KVM_GET_SUPPORTED_CPUID, "KVM_GET_SUPPORTED_CPUID");
		entry = find(table, 0, ABSENT);
		/* Auth(enticAMD), Hygo(nGenuine) */
		vmm->host_amd = entry && (entry->ebx == 0x68747541 ||
					   entry->ebx == 0x6f677948);
		set_topology(table, cpu);
		entry = find(table, 1, ABSENT);
		if (entry && vm_has(vmm, KVM_CAP_TSC_DEADLINE_TIMER, 0))
			entry->ecx |= 1U << 24;
		move_kvm_leaves(table, p->kvm_base);
		if (p->hyperv_kvm) {
			if (!vm_has(vmm, KVM_CAP_SYS_HYPERV_CPUID, 0))
				fail(VMM_NO_KVM, "this KVM has no Hyper-V emulation");
			hyperv = get(vmm->kvm, KVM_GET_SUPPORTED_HV_CPUID,
				     "KVM_GET_SUPPORTED_HV_CPUID");
			for (i = 0; i < hyperv->nent; i++)
				put(table, hyperv->entries[i].function, 0,
				    (u32[4]){ hyperv->entries[i].eax,
					      hyperv->entries[i].ebx,
					      hyperv->entries[i].ecx,
					      hyperv->entries[i].edx });
			free(hyperv);
			if (!p->evmcs)
				hide_evmcs(table);
		}
		for (i = 0; i < p->edit_count; i++)
			if (p->edits[i].cpu == ANY_CPU || p->edits[i].cpu == (int)cpu)
				apply(table, &p->edits[i]);
		vmm->cpuid[cpu] = table;
	}
}

const struct kvm_cpuid_entry2 *cpuid_find(const struct vmm *vmm, u32 leaf,
					  u32 subleaf)
{
	return find(vmm->cpuid[0], leaf, subleaf);
}
