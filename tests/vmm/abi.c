// SPDX-License-Identifier: GPL-2.0-only
/*
 * The small ABIs. Numbers: Linux kvm_para.h and hypercalls.rst, Xen public/version.h,
 * open-vm-tools backdoor_def.h, Jailhouse jailhouse_hypercall.h, VirtualBox GIMKvm.
 */
#include <stdio.h>
#include "hypercall.h"

#define KVM_EPERM	(-1LL)
#define KVM_ENOSYS	(-1000LL)
#define KVM_EOPNOTSUPP	(-95LL)
#define KVM_EINVAL	(-22LL)

/* A kick cannot wake a vCPU that halts inside KVM: personalities that use this
 * model keep PV_UNHALT, PV_SEND_IPI and PV_SCHED_YIELD out of the leaf. */
void kvm_call(struct call *call)
{
	const struct kvm_regs *regs = &call->regs;

	count(COUNT_KVM_CALL, regs->rax);
	if (call->cpl) {
		call->rax = KVM_EPERM;
		return;
	}
	switch (regs->rax) {
	case 1:			/* VAPIC_POLL_IRQ */
	case 5:			/* KICK_CPU */
	case 11:		/* SCHED_YIELD */
		call->rax = 0;
		break;
	case 9:			/* CLOCK_PAIRING */
		call->rax = KVM_EOPNOTSUPP;
		break;
	case 10:		/* SEND_IPI: empty set only */
		call->rax = regs->rbx || regs->rcx ? KVM_ENOSYS : 0;
		break;
	case 12:		/* MAP_GPA_RANGE: refused, as an unaligned one is */
		call->rax = KVM_EINVAL;
		break;
	default:
		call->rax = KVM_ENOSYS;
	}
}

void virtualbox_call(struct call *call)
{
	count(COUNT_KVM_CALL, call->regs.rax);
	if (call->cpl)
		call->vector = VECTOR_UD;
	else
		call->rax = call->regs.rax == 1 || call->regs.rax == 5 ? 0 : KVM_ENOSYS;
}

#define XEN_ENOSYS	(-38LL)
#define XEN_EFAULT	(-14LL)

static int64_t xen_text(struct call *call, const char *text, size_t bytes)
{
	char buffer[1024] = "";

	snprintf(buffer, sizeof(buffer), "%s", text);
	return vcpu_write_linear(call->cpu, call->regs.rsi, buffer, bytes) ?
		0 : XEN_EFAULT;
}

static int64_t xen_version(struct call *call)
{
	static const u32 features = 1U << 2; /* auto_translated_physmap: not PV */

	switch (call->regs.rdi) {
	case 0:
		return call->cpu->vmm->personality.xen_version;
	case 1:
		return xen_text(call, ".0-vmm", 16);
	case 3:
		return xen_text(call, "xen-3.0-x86_64 hvm-3.0-x86_64", 1024);
	case 6:
		/* Behind the submap index, which stays. */
		return vcpu_write_linear(call->cpu, call->regs.rsi + 4, &features, 4) ?
			0 : XEN_EFAULT;
	case 7:
		return PAGE_BYTES;
	default:
		return XEN_ENOSYS;
	}
}

/* SCHEDOP_shutdown: how a Xen guest powers off, resets and panics. */
static void xen_shutdown(struct call *call)
{
	u32 reason = 0;

	if (!vcpu_read_linear(call->cpu, call->regs.rsi, &reason, sizeof(reason)))
		return;
	vmm_end(call->cpu->vmm, reason == 0 ? VMM_POWEROFF :
		reason == 1 ? VMM_RESET : VMM_CRASHED, "Xen shutdown hypercall");
}

/* Enough for Linux to run without event channels: the shared pages that it places
 * are its own, and stay zero. */
void xen_call(struct call *call)
{
	const struct kvm_regs *regs = &call->regs;

	count(COUNT_XEN_CALL, regs->rax);
	call->rax = XEN_ENOSYS;
	if (call->cpl)
		call->rax = -1LL;
	else if (regs->rax == 17)
		call->rax = xen_version(call);
	else if (regs->rax == 12 && regs->rdi == 7)	/* add_to_physmap */
		call->rax = 0;
	else if (regs->rax == 24 && regs->rdi == 10)	/* register_vcpu_info */
		call->rax = 0;
	else if (regs->rax == 29 && regs->rdi == 2)
		xen_shutdown(call);
}

#define VMWARE_MAGIC	0x564d5868U

static bool vmware_command(struct vcpu *cpu, struct kvm_regs *regs)
{
	u64 hz = cpu->vmm->tsc_khz * 1000;

	count(COUNT_VMWARE_CALL, regs->rcx & 0xffff);
	switch (regs->rcx & 0xffff) {
	case 10:		/* GETVERSION: 6, ESX */
		regs->rax = 6;
		regs->rbx = VMWARE_MAGIC;
		regs->rcx = 2;
		return true;
	case 45:		/* GETHZ */
		regs->rax = (u32)hz;
		regs->rbx = hz >> 32;
		regs->rcx = 1000000000;
		return true;
	case 68:		/* GETVCPU_INFO: legacy x2APIC */
		regs->rax = 1 << 3;
		return true;
	default:
		regs->rax = 0xffffffff;
		return false;
	}
}

void vmware_call(struct call *call)
{
	if ((u32)call->regs.rax != VMWARE_MAGIC) {
		count(COUNT_OTHER_CALL, call->regs.rax);
		call->vector = VECTOR_UD;
		return;
	}
	vmware_command(call->cpu, &call->regs);
	call->rax = call->regs.rax;
}

/* KVM puts @data into RAX after us; the other registers are written here. */
bool vmware_port(struct vcpu *cpu, u8 *data)
{
	struct kvm_regs regs;
	u32 eax;

	if (!(cpu->vmm->personality.abis & ABI_VMWARE))
		return false;
	vcpu_get_regs(cpu, &regs);
	if ((u32)regs.rax != VMWARE_MAGIC)
		return false;
	vmware_command(cpu, &regs);
	eax = (u32)regs.rax;
	memcpy(data, &eax, sizeof(eax));
	vcpu_set_regs(cpu, &regs);
	return true;
}

/* A root cell: 0 would disable the hypervisor, 1 to 4 change cells. */
void jailhouse_call(struct call *call)
{
	count(COUNT_OTHER_CALL, call->regs.rax);
	if (call->cpl) {
		call->rax = -1LL;
		return;
	}
	switch (call->regs.rax) {
	case 0 ... 4:
		vmm_end(call->cpu->vmm, VMM_FORBIDDEN,
			"hypercall that changes Jailhouse's cells");
	case 5:			/* hypervisor info */
	case 6:			/* cell state: running */
	case 7:			/* CPU info */
	case 8:			/* console putc */
		call->rax = 0;
		break;
	default:
		call->rax = -38LL;
	}
}
