// SPDX-License-Identifier: GPL-2.0-only
/*
 * MSRs that come to the VMM: the personality's own, and with a Hyper-V model the
 * synthetic ones (TLFS, appendix MSRs). What KVM does not know comes here too, to
 * be counted.
 */
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include "vmm.h"
#include "hypercall.h"

#define HV_MSRS		0x40000000U
#define HV_MSR_COUNT	0x200U

#define MSR_TSC		0x10
/* One is left for the synthetic ones. */
#define RANGES		(KVM_MSR_FILTER_MAX_RANGES - 1)

#define PAGE_ENABLE	1ULL
#define PAGE_LOCKED	2ULL
#define GPFN_MASK	(~0xfffULL)

/* Bit of 0x40000003.EAX that gives access; 32: EDX.10, guest crash MSRs. */
static int privilege_of(u32 index)
{
	switch (index) {
	case 0x40000000: case 0x40000001:
		return 5;
	case 0x40000002:
		return 6;
	case 0x40000003:
		return 7;
	case 0x40000020:
		return 1;
	case 0x40000021:
		return 9;
	case 0x40000022: case 0x40000023:
		return 11;
	case 0x40000073:
		return 4;
	case 0x40000100 ... 0x40000105:
		return 32;
	default:
		return -1;
	}
}

static bool permitted(const struct vmm *vmm, u32 index)
{
	const struct kvm_cpuid_entry2 *features = cpuid_find(vmm, 0x40000003, 0);
	int bit = privilege_of(index);

	if (bit < 0)
		return false;
	if (vmm->personality.ignore_privileges)
		return true;
	if (!features)
		return false;
	return bit == 32 ? features->edx >> 10 & 1 : features->eax >> bit & 1;
}

/* An overlay: RAM below it comes back when the page goes away. */
static bool move_page(struct vmm *vmm, u64 value)
{
	struct partition *part = &vmm->partition;
	u8 *page = vm_ram(vmm, value & GPFN_MASK, PAGE_BYTES);
	u8 *old = vm_ram(vmm, part->hypercall & GPFN_MASK, PAGE_BYTES);

	if (value & PAGE_ENABLE && !page)
		return false;
	if (part->hypercall & PAGE_ENABLE)
		memcpy(old, part->under_page, PAGE_BYTES);
	if (value & PAGE_ENABLE) {
		memcpy(part->under_page, page, PAGE_BYTES);
		hypercall_fill_page(vmm, page);
	}
	part->hypercall = value;
	return true;
}

static bool write_hypercall(struct vmm *vmm, u64 value)
{
	struct partition *part = &vmm->partition;
	const struct kvm_cpuid_entry2 *features = cpuid_find(vmm, 0x40000003, 0);

	if (part->hypercall & PAGE_LOCKED)
		return false;
	if (!features || !(features->edx & 1U << 18))
		value &= ~PAGE_LOCKED;
	if (!part->guest_os_id)
		value &= ~PAGE_ENABLE;
	return move_page(vmm, value);
}

static u64 reference_time(void)
{
	static u64 first;
	struct timespec now;
	u64 ticks;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ticks = (u64)now.tv_sec * 10000000 + now.tv_nsec / 100;
	if (!first)
		first = ticks - 1;
	return ticks - first;
}

/* TLFS "Partition Reference Time Enlightenment": time = (tsc * scale >> 64) +
 * offset, in units of 100 ns, as the counter MSR has it. */
static bool write_reference_tsc(struct vcpu *cpu, u64 value)
{
	union {
		struct kvm_msrs list;
		u8 room[sizeof(struct kvm_msrs) + sizeof(struct kvm_msr_entry)];
	} msrs = { .list.nmsrs = 1 };
	unsigned __int128 scale = ((unsigned __int128)10000 << 64) / cpu->vmm->tsc_khz;
	struct { u32 sequence, reserved; u64 scale, offset; } page = { 1, 0, (u64)scale, 0 };
	u8 *ram = vm_ram(cpu->vmm, value & GPFN_MASK, PAGE_BYTES);

	cpu->vmm->partition.reference_tsc = value;
	if (!(value & PAGE_ENABLE))
		return true;
	msrs.list.entries[0].index = MSR_TSC;
	if (!ram || ioctl(cpu->fd, KVM_GET_MSRS, &msrs) != 1)
		return false;
	page.offset = reference_time() - (u64)(msrs.list.entries[0].data * scale >> 64);
	memset(ram, 0, PAGE_BYTES);
	memcpy(ram, &page, sizeof(page));
	return true;
}

static bool write_synthetic(struct vcpu *cpu, u32 index, u64 value)
{
	struct vmm *vmm = cpu->vmm;
	struct partition *part = &vmm->partition;

	switch (index) {
	case 0x40000000:
		part->guest_os_id = value;
		return value ? true : move_page(vmm, part->hypercall & ~PAGE_ENABLE);
	case 0x40000001:
		return write_hypercall(vmm, value);
	case 0x40000003:
		if (value & 1)
			vmm_end(vmm, VMM_RESET, "guest reset by the Hyper-V MSR");
		return true;
	case 0x40000021:
		return write_reference_tsc(cpu, value);
	case 0x40000073:
		cpu->vp_assist = value;
		return true;
	case 0x40000100 ... 0x40000104:
		part->crash[index - 0x40000100] = value;
		return true;
	case 0x40000105:
		console_flush();
		printf("VMM crash %#llx %#llx\n", (unsigned long long)part->crash[0],
		       (unsigned long long)value);
		return true;
	default:
		return false;
	}
}

static bool read_synthetic(struct vcpu *cpu, u32 index, u64 *value)
{
	struct partition *part = &cpu->vmm->partition;

	switch (index) {
	case 0x40000000:
		*value = part->guest_os_id;
		return true;
	case 0x40000001:
		*value = part->hypercall;
		return true;
	case 0x40000002:
		*value = cpu->index;
		return true;
	case 0x40000003:
		*value = 0;
		return true;
	case 0x40000020:
		*value = reference_time();
		return true;
	case 0x40000021:
		*value = part->reference_tsc;
		return true;
	case 0x40000022:
		*value = cpu->vmm->tsc_khz * 1000;
		return true;
	case 0x40000023:
		*value = 1000000000;	/* KVM's APIC counts nanoseconds */
		return true;
	case 0x40000073:
		*value = cpu->vp_assist;
		return true;
	case 0x40000100 ... 0x40000104:
		*value = part->crash[index - 0x40000100];
		return true;
	case 0x40000105:
		*value = 1ULL << 63;
		return true;
	default:
		return false;
	}
}

static struct msr_rule *rule_for(struct vmm *vmm, u32 index)
{
	unsigned int i;

	for (i = 0; i < vmm->personality.msr_count; i++)
		if (vmm->personality.msrs[i].index == index)
			return &vmm->personality.msrs[i];
	return NULL;
}

static bool access_msr(struct vcpu *cpu, u32 index, bool write, u64 *value)
{
	struct msr_rule *rule = rule_for(cpu->vmm, index);

	if (rule && rule->kind == MSR_STICKY) {
		if (write && !*value)
			return true;
	} else if (rule) {
		if (rule->kind == MSR_GP || (rule->kind == MSR_LOCKED && write))
			return false;
		*(write ? &rule->value : value) = write ? *value : rule->value;
		return true;
	}
	if (!(cpu->vmm->personality.abis & ABI_HYPERV) ||
	    !permitted(cpu->vmm, index))
		return false;
	return write ? write_synthetic(cpu, index, *value) :
		read_synthetic(cpu, index, value);
}

void msr_exit(struct vcpu *cpu, bool write)
{
	struct kvm_run *run = cpu->run;
	u64 value = run->msr.data;

	count(write ? COUNT_WRMSR : COUNT_RDMSR, run->msr.index);
	run->msr.error = !access_msr(cpu, run->msr.index, write, &value);
	if (!write)
		run->msr.data = value;
}

void msr_setup(struct vmm *vmm)
{
	static u8 none[HV_MSR_COUNT / 8];	/* a zero bit: comes to us */
	const struct personality *p = &vmm->personality;
	struct kvm_msr_filter filter = { .flags = KVM_MSR_FILTER_DEFAULT_ALLOW };
	struct kvm_enable_cap cap = {
		.cap = KVM_CAP_X86_USER_SPACE_MSR,
		.args = { KVM_MSR_EXIT_REASON_INVAL | KVM_MSR_EXIT_REASON_UNKNOWN |
			  KVM_MSR_EXIT_REASON_FILTER },
	};
	unsigned int i, n = 0;

	if (ioctl(vmm->fd, KVM_ENABLE_CAP, &cap))
		fail(VMM_NO_KVM, "KVM_CAP_X86_USER_SPACE_MSR: %m");
	for (i = 0; i < p->msr_count; i++) {
		/* KVM has few ranges: MSRs in a row are one. */
		if (i && p->msrs[i].index == p->msrs[i - 1].index + 1) {
			filter.ranges[n - 1].nmsrs++;
			continue;
		}
		if (n == RANGES)
			fail(VMM_USAGE, "MSRs of the personality: too many ranges");
		filter.ranges[n++] = (struct kvm_msr_filter_range){
			.flags = KVM_MSR_FILTER_READ | KVM_MSR_FILTER_WRITE,
			.base = p->msrs[i].index, .nmsrs = 1, .bitmap = none,
		};
	}
	if (p->abis & ABI_HYPERV)
		filter.ranges[n++] = (struct kvm_msr_filter_range){
			.flags = KVM_MSR_FILTER_READ | KVM_MSR_FILTER_WRITE,
			.base = HV_MSRS, .nmsrs = HV_MSR_COUNT, .bitmap = none,
		};
	if (n && ioctl(vmm->fd, KVM_X86_SET_MSR_FILTER, &filter))
		fail(VMM_NO_KVM, "KVM_X86_SET_MSR_FILTER: %m");
}
