// SPDX-License-Identifier: GPL-2.0-only
/* The loop of one vCPU: every exit goes to its handler, one at a time. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "vmm.h"
#include "hypercall.h"

static void unexpected(struct vcpu *cpu, const char *what, u64 detail)
{
	struct kvm_regs regs;

	vcpu_get_regs(cpu, &regs);
	console_flush();
	fprintf(stderr, "vmm: vCPU %u: %s %#llx at RIP %#llx, RAX %#llx, RSP %#llx\n",
		cpu->index, what, (unsigned long long)detail, regs.rip, regs.rax,
		regs.rsp);
	vmm_end(cpu->vmm, VMM_CRASHED, what);
}

static void handle(struct vcpu *cpu)
{
	struct kvm_run *run = cpu->run;

	switch (run->exit_reason) {
	case KVM_EXIT_IO:
		port_exit(cpu);
		break;
	case KVM_EXIT_MMIO:
		count(COUNT_MMIO, run->mmio.phys_addr & ~0xfffULL);
		if (!run->mmio.is_write)
			memset(run->mmio.data, 0xff, sizeof(run->mmio.data));
		break;
	case KVM_EXIT_X86_RDMSR:
		msr_exit(cpu, false);
		break;
	case KVM_EXIT_X86_WRMSR:
		msr_exit(cpu, true);
		break;
	case KVM_EXIT_XEN:
		hypercall_exit(cpu);
		break;
	case KVM_EXIT_HYPERV:
		hyperv_exit(cpu);
		break;
	case KVM_EXIT_SHUTDOWN:
		unexpected(cpu, "triple fault", 0);
		break;
	case KVM_EXIT_SYSTEM_EVENT:
		unexpected(cpu, "system event", run->system_event.type);
		break;
	case KVM_EXIT_INTERNAL_ERROR:
		unexpected(cpu, "KVM internal error", run->internal.suberror);
		break;
	case KVM_EXIT_FAIL_ENTRY:
		unexpected(cpu, "VM entry failed",
			   run->fail_entry.hardware_entry_failure_reason);
		break;
	default:
		unexpected(cpu, "unknown exit", run->exit_reason);
	}
}

void *vcpu_loop(void *data)
{
	struct vcpu *cpu = data;
	struct vmm *vmm = cpu->vmm;

	__atomic_store_n(&cpu->tid, gettid(), __ATOMIC_RELEASE);
	/* main() holds the lock until everything is set up. */
	pthread_mutex_lock(&vmm->lock);
	pthread_mutex_unlock(&vmm->lock);
	for (;;) {
		if (ioctl(cpu->fd, KVM_RUN, 0)) {
			if (errno == EINTR || errno == EAGAIN)
				continue;
			pthread_mutex_lock(&vmm->lock);
			unexpected(cpu, "KVM_RUN failed, errno", errno);
		}
		pthread_mutex_lock(&vmm->lock);
		handle(cpu);
		pthread_mutex_unlock(&vmm->lock);
	}
	return NULL;
}
