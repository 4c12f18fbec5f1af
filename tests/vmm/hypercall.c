// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every VMCALL and VMMCALL comes here as KVM_EXIT_XEN. The answer is written with
 * RIP behind the instruction: KVM's own completion sees that RIP has moved and
 * keeps its hands off, so all registers are ours.
 */
#include <stdio.h>
#include <time.h>
#include "hypercall.h"

#define INSN_BYTES	3

struct fault *fault_for(struct vmm *vmm, u64 code)
{
	struct personality *p = &vmm->personality;
	struct fault *fault;
	unsigned int i;

	for (i = 0; i < p->fault_count; i++) {
		fault = &p->faults[i];
		if (fault->code != code && fault->code != ANY_CODE)
			continue;
		/* Exits of one continued call are one call. */
		if (fault->redone)
			return fault;
		fault->seen++;
		if (fault->seen > fault->after &&
		    (!fault->times || fault->seen <= fault->after + fault->times))
			return fault;
	}
	return NULL;
}

void delay(const struct fault *fault)
{
	struct timespec time = { (time_t)(fault->value / 1000),
				 (long)(fault->value % 1000) * 1000000 };

	if (fault->action == FAULT_DELAY)
		nanosleep(&time, NULL);
}

/* Hyper-V's and VMware's are told from their registers, see README.md. */
static u32 abi_of(const struct call *call)
{
	struct vmm *vmm = call->cpu->vmm;
	u32 abis = vmm->personality.abis;
	bool hyperv = abis & ABI_HYPERV && vmm->partition.guest_os_id;

	if (abis & ABI_XEN && !(hyperv && call->regs.rax & 0x80000000))
		return ABI_XEN;
	if (hyperv)
		return ABI_HYPERV;
	abis &= ~(u32)ABI_HYPERV;
	return abis ? abis & -abis : ABI_UD;
}

static void dispatch(struct call *call)
{
	struct vmm *vmm = call->cpu->vmm;

	switch (abi_of(call)) {
	case ABI_KVM:
		kvm_call(call);
		break;
	case ABI_HYPERV:
		tlfs_call(call);
		break;
	case ABI_XEN:
		xen_call(call);
		break;
	case ABI_VMWARE:
		vmware_call(call);
		break;
	case ABI_VIRTUALBOX:
		virtualbox_call(call);
		break;
	case ABI_JAILHOUSE:
		jailhouse_call(call);
		break;
	case ABI_FORBIDDEN:
		count(COUNT_OTHER_CALL, call->regs.rax);
		vmm_end(vmm, VMM_FORBIDDEN, "hypercall where none may be made");
	default:
		count(COUNT_OTHER_CALL, call->regs.rax);
		call->vector = VECTOR_UD;
	}
}

/* Faults that need no knowledge of the ABI; Hyper-V's are applied in tlfs.c. */
static void apply_fault(struct call *call)
{
	const struct fault *fault;

	if (abi_of(call) == ABI_HYPERV)
		return;
	fault = fault_for(call->cpu->vmm, call->regs.rax);
	if (!fault)
		return;
	if (fault->action != FAULT_DELAY)
		count(COUNT_OTHER_CALL, call->regs.rax);
	if (fault->action == FAULT_UD || fault->action == FAULT_GP)
		call->vector = fault->action == FAULT_UD ? VECTOR_UD : VECTOR_GP;
	else if (fault->action == FAULT_STATUS || fault->action == FAULT_RAX)
		call->rax = fault->value;
	else
		delay(fault);
	call->answered = fault->action != FAULT_DELAY;
}

static void finish(struct call *call)
{
	struct kvm_regs *regs = &call->regs;

	if (call->vector || call->again) {
		vcpu_forget_call(call->cpu, regs);
		if (call->vector)
			vcpu_inject(call->cpu, call->vector);
		else
			count(COUNT_CONTINUED, 0);
		return;
	}
	regs->rax = call->long_mode ? call->rax : (u32)call->rax;
	regs->rip += INSN_BYTES;
	vcpu_set_regs(call->cpu, regs);
}

void hypercall_exit(struct vcpu *cpu)
{
	struct vmm *vmm = cpu->vmm;
	struct kvm_run *run = cpu->run;
	struct call call = {
		.cpu = cpu,
		.cpl = run->xen.u.hcall.cpl,
		.long_mode = run->xen.u.hcall.longmode,
	};
	u64 limit = vmm->personality.migrate_after;

	vcpu_get_regs(cpu, &call.regs);
	call.rax = call.regs.rax;
	if (vmm->migrated && !migrate_answers_at(cpu, call.regs.rip)) {
		call.vector = VECTOR_UD;
		finish(&call);
		return;
	}
	apply_fault(&call);
	if (!call.answered)
		dispatch(&call);
	finish(&call);
	if (!call.again && !call.vector && ++vmm->calls == limit && !vmm->migrated)
		migrate(cpu);
}

/*
 * RAX of a caller is arbitrary, and KVM answers Xen's numbers 15, 24, 29 and 32
 * itself: bit 31 keeps clear of them. Same bytes as Xen's page and KVM's with Xen.
 */
void hypercall_fill_page(struct vmm *vmm, u8 *page)
{
	static const u8 endbr[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	const u8 body[] = { 0x0d, 0, 0, 0, 0x80, 0x0f, 0x01,
			    vmm->host_amd ? 0xd9 : 0xc1, 0xc3 };

	memset(page, 0xcc, PAGE_BYTES);
	if (vmm->personality.page_endbr) {
		memcpy(page, endbr, sizeof(endbr));
		page += sizeof(endbr);
	}
	memcpy(page, body, sizeof(body));
}

/* Way (a): KVM answers Hyper-V calls and forwards these. */
static u64 forwarded_call(struct vmm *vmm, u64 control, u64 output_gpa)
{
	struct fault *fault = fault_for(vmm, control & 0xffff);
	u64 value = vmm->personality.ext_caps;
	u8 *out;

	if (fault)
		delay(fault);
	if (fault && fault->action == FAULT_STATUS)
		return fault->value;
	if (fault && fault->action == FAULT_OUTPUT)
		value = fault->value;
	switch (control & 0xffff) {
	case 0x8001:
		out = vm_ram(vmm, output_gpa, 8);
		if (!out || output_gpa % 8)
			return out ? 4 : 3;
		memcpy(out, &value, 8);
		return 0;
	case 0x8002:
		if (!(vmm->personality.ext_caps & 1))
			return 2;
		out = vm_ram(vmm, output_gpa, 0xff8);
		if (!out || output_gpa % 8)
			return out ? 4 : 3;
		memset(out, 0, 0xff8);
		return 0;
	default:
		return 2;
	}
}

void hyperv_exit(struct vcpu *cpu)
{
	struct kvm_hyperv_exit *exit = &cpu->run->hyperv;

	if (exit->type != KVM_EXIT_HYPERV_HCALL)
		return;
	count(COUNT_HYPERV_CALL, exit->u.hcall.input & 0xffff);
	exit->u.hcall.result = forwarded_call(cpu->vmm, exit->u.hcall.input,
					      exit->u.hcall.params[1]);
}
