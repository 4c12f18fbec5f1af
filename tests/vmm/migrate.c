// SPDX-License-Identifier: GPL-2.0-only
/*
 * "Migration" to a host of the other vendor. This CPU only ever executes its own
 * instruction, so the two are swapped in the guest's text: what the guest wrote as
 * the other one exits now, its own one is #UD. The hypercall page, an overlay, is
 * the new host's and keeps working. The kernel image is left alone: three bytes
 * in so much text would match by chance.
 */
#include <stdio.h>
#include <sys/ioctl.h>
#include "vmm.h"

#define PRESENT		1ULL
#define USER		4ULL
#define LARGE		0x80ULL
#define NO_EXEC		(1ULL << 63)
#define FRAME		0xffffffffff000ULL
#define KERNEL_IMAGE	0xffffffff80000000ULL
#define MODULES		0xffffffffc0000000ULL
#define SITES_MAX	256

static const u8 insns[2][3] = { { 0x0f, 0x01, 0xc1 }, { 0x0f, 0x01, 0xd9 } };

static u64 sites[SITES_MAX];
static unsigned int site_count;

static void swap_in(struct vmm *vmm, u64 gpa, u64 bytes)
{
	u8 own = vmm->host_amd, *text = vm_ram(vmm, gpa, bytes);
	u64 page = vmm->partition.hypercall & ~0xfffULL, i;
	u8 *at = text;

	if (!text)
		return;
	while ((at = memchr(at, 0x0f, text + bytes - at - 2))) {
		i = gpa + (u64)(at - text);
		if (vmm->partition.hypercall & 1 && (i & ~0xfffULL) == page) {
			/* stays */
		} else if (!memcmp(at, insns[own], 3)) {
			memcpy(at, insns[!own], 3);
			at += 2;
		} else if (!memcmp(at, insns[!own], 3)) {
			memcpy(at, insns[own], 3);
			at += 2;
			if (site_count < SITES_MAX)
				sites[site_count++] = i;
		}
		if (++at >= text + bytes - 2)
			return;
	}
}

/* Supervisor, executable pages below one entry. */
static void walk(struct vmm *vmm, u64 table, int level, u64 linear, u64 inherited)
{
	u64 *entries = vm_ram(vmm, table & FRAME, PAGE_BYTES);
	u64 shift = 12 + 9 * (u64)level, i, entry, here;

	for (i = 0; entries && i < 512; i++) {
		entry = entries[i];
		here = linear | i << shift;
		if (level == 3 && i >= 256)
			here |= 0xffffULL << 48;
		if (!(entry & PRESENT) || entry & NO_EXEC)
			continue;
		if (here >= KERNEL_IMAGE && here < MODULES && level < 3)
			continue;
		if (level == 0 || (level < 3 && entry & LARGE)) {
			if (!(entry & inherited & USER))
				swap_in(vmm, entry & FRAME & ~((1ULL << shift) - 1),
					1ULL << shift);
		} else {
			walk(vmm, entry, level - 1, here, inherited & entry);
		}
	}
}

void migrate(struct vcpu *cpu)
{
	struct kvm_sregs sregs;

	if (ioctl(cpu->fd, KVM_GET_SREGS, &sregs))
		fail(VMM_CRASHED, "KVM_GET_SREGS: %m");
	if (sregs.cr4 & 1 << 12)
		fail(VMM_CRASHED, "migrate-after: five-level paging is not walked");
	cpu->vmm->migrated = true;
	walk(cpu->vmm, sregs.cr3, 3, 0, USER);
	printf("VMM migrated: %u sites of the other instruction\n", site_count);
	fflush(stdout);
}

bool migrate_answers_at(struct vcpu *cpu, u64 rip)
{
	struct kvm_translation page = { .linear_address = rip };
	struct partition *part = &cpu->vmm->partition;
	unsigned int i;

	if (ioctl(cpu->fd, KVM_TRANSLATE, &page) || !page.valid)
		return false;
	if (part->hypercall & 1 &&
	    !((page.physical_address ^ part->hypercall) & ~0xfffULL))
		return true;
	for (i = 0; i < site_count; i++)
		if (sites[i] == page.physical_address)
			return true;
	return false;
}
