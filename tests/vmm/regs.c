// SPDX-License-Identifier: GPL-2.0-only
/* Registers of a vCPU, and how a hypercall is taken back from KVM. */
#include <sys/ioctl.h>
#include "vmm.h"

#define XSAVE_XMM_OFFSET	160	/* SDM vol. 1, 13.4.1: legacy region */
#define XSAVE_BV_WORD		(512 / 4)
#define XSAVE_SSE		0x2

static void do_ioctl(struct vcpu *cpu, unsigned long number, void *data,
		     const char *name)
{
	if (ioctl(cpu->fd, number, data))
		fail(VMM_CRASHED, "vCPU %u: %s: %m", cpu->index, name);
}

void vcpu_get_regs(struct vcpu *cpu, struct kvm_regs *regs)
{
	do_ioctl(cpu, KVM_GET_REGS, regs, "KVM_GET_REGS");
}

void vcpu_set_regs(struct vcpu *cpu, const struct kvm_regs *regs)
{
	do_ioctl(cpu, KVM_SET_REGS, (void *)regs, "KVM_SET_REGS");
}

/* KVM_SET_FPU leaves XSTATE_BV alone: with SSE in its initial state there, the
 * written XMM would be zeroed on the way into the guest. */
void vcpu_get_xmm(struct vcpu *cpu, struct kvm_xsave *area)
{
	do_ioctl(cpu, KVM_GET_XSAVE, area, "KVM_GET_XSAVE");
}

void vcpu_set_xmm(struct vcpu *cpu, struct kvm_xsave *area)
{
	area->region[XSAVE_BV_WORD] |= XSAVE_SSE;
	do_ioctl(cpu, KVM_SET_XSAVE, area, "KVM_SET_XSAVE");
}

u8 *xsave_xmm(struct kvm_xsave *area, unsigned int n)
{
	return (u8 *)area + XSAVE_XMM_OFFSET + 16 * n;
}

/*
 * The next KVM_RUN would write the result to RAX and skip the instruction,
 * unless RIP has moved meanwhile. A run that ends at once, from elsewhere,
 * uses that up.
 */
void vcpu_forget_call(struct vcpu *cpu, const struct kvm_regs *regs)
{
	struct kvm_regs elsewhere = *regs;

	elsewhere.rip = regs->rip + 1;
	vcpu_set_regs(cpu, &elsewhere);
	cpu->run->immediate_exit = 1;
	if (ioctl(cpu->fd, KVM_RUN, 0) == 0 || errno != EINTR)
		fail(VMM_CRASHED, "vCPU %u: KVM did not give the call back", cpu->index);
	cpu->run->immediate_exit = 0;
	vcpu_set_regs(cpu, regs);
}

void vcpu_inject(struct vcpu *cpu, u8 vector)
{
	struct kvm_vcpu_events events;

	do_ioctl(cpu, KVM_GET_VCPU_EVENTS, &events, "KVM_GET_VCPU_EVENTS");
	events.exception.injected = 1;
	events.exception.pending = 0;
	events.exception.nr = vector;
	events.exception.has_error_code = vector == 13;
	events.exception.error_code = 0;
	do_ioctl(cpu, KVM_SET_VCPU_EVENTS, &events, "KVM_SET_VCPU_EVENTS");
	count(COUNT_INJECTED, vector);
}

static bool copy_linear(struct vcpu *cpu, u64 address, void *data, size_t bytes,
			bool write)
{
	struct kvm_translation page = { 0 };
	size_t part;
	void *ram;

	for (; bytes; bytes -= part, address += part, data = (u8 *)data + part) {
		part = PAGE_BYTES - address % PAGE_BYTES;
		if (part > bytes)
			part = bytes;
		page.linear_address = address;
		if (ioctl(cpu->fd, KVM_TRANSLATE, &page) || !page.valid)
			return false;
		ram = vm_ram(cpu->vmm, page.physical_address, part);
		if (!ram)
			return false;
		memcpy(write ? ram : data, write ? data : ram, part);
	}
	return true;
}

bool vcpu_write_linear(struct vcpu *cpu, u64 address, const void *data,
		       size_t bytes)
{
	return copy_linear(cpu, address, (void *)data, bytes, true);
}

bool vcpu_read_linear(struct vcpu *cpu, u64 address, void *data, size_t bytes)
{
	return copy_linear(cpu, address, data, bytes, false);
}
