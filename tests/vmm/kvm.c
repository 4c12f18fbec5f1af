// SPDX-License-Identifier: GPL-2.0-only
/* Creates the virtual machine: memory, chips, vCPUs, what the personality needs. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include "vmm.h"

bool vm_has(const struct vmm *vmm, int capability, u64 bits)
{
	int value = ioctl(vmm->kvm, KVM_CHECK_EXTENSION, capability);

	return value > 0 && ((u64)value & bits) == bits;
}

static void need(const struct vmm *vmm, int capability, u64 bits, const char *name)
{
	if (!vm_has(vmm, capability, bits))
		fail(VMM_NO_KVM, "this KVM has no %s", name);
}

static void enable(int fd, u32 capability, u64 argument, const char *name)
{
	struct kvm_enable_cap cap = { .cap = capability, .args = { argument } };

	if (ioctl(fd, KVM_ENABLE_CAP, &cap))
		fail(VMM_NO_KVM, "KVM_ENABLE_CAP %s: %m", name);
}

void vm_irq(struct vmm *vmm, unsigned int line, bool level)
{
	struct kvm_irq_level irq = { .irq = line, .level = level };

	ioctl(vmm->fd, KVM_IRQ_LINE, &irq);
}

void *vm_ram(struct vmm *vmm, u64 gpa, u64 bytes)
{
	if (gpa > vmm->ram_bytes || bytes > vmm->ram_bytes - gpa)
		return NULL;
	return vmm->ram + gpa;
}

static void create_memory(struct vmm *vmm, u64 bytes)
{
	struct kvm_userspace_memory_region region = { .memory_size = bytes };

	vmm->ram = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (vmm->ram == MAP_FAILED)
		fail(VMM_USAGE, "%llu bytes of guest memory: %m",
		     (unsigned long long)bytes);
	vmm->ram_bytes = bytes;
	region.userspace_addr = (uintptr_t)vmm->ram;
	if (ioctl(vmm->fd, KVM_SET_USER_MEMORY_REGION, &region))
		fail(VMM_NO_KVM, "KVM_SET_USER_MEMORY_REGION: %m");
}

static void create_chips(struct vmm *vmm)
{
	struct kvm_pit_config pit = { .flags = KVM_PIT_SPEAKER_DUMMY };
	/* On a busy machine a guest has no time for the ticks that it missed. */
	struct kvm_reinject_control missed = { .pit_reinject = 0 };
	u64 identity = 0xfffbc000;

	ioctl(vmm->fd, KVM_SET_IDENTITY_MAP_ADDR, &identity);
	ioctl(vmm->fd, KVM_SET_TSS_ADDR, 0xfffbd000);
	if (ioctl(vmm->fd, KVM_CREATE_IRQCHIP) ||
	    ioctl(vmm->fd, KVM_CREATE_PIT2, &pit) ||
	    ioctl(vmm->fd, KVM_REINJECT_CONTROL, &missed))
		fail(VMM_NO_KVM, "interrupt controller or timer: %m");
}

/* Interception is on only with an MSR for a page; this one no guest knows. */
#define UNUSED_MSR	0x4ffffffeU

static void intercept_hypercalls(struct vmm *vmm)
{
	const struct personality *p = &vmm->personality;
	struct kvm_xen_hvm_config config = {
		.flags = KVM_XEN_HVM_CONFIG_INTERCEPT_HCALL,
		.msr = p->xen_page_msr ? p->xen_page_msr : UNUSED_MSR,
	};
	struct kvm_xen_hvm_attr version = {
		.type = KVM_XEN_ATTR_TYPE_XEN_VERSION,
		.u.xen_version = p->xen_version,
	};

	need(vmm, KVM_CAP_XEN_HVM, KVM_XEN_HVM_CONFIG_INTERCEPT_HCALL,
	     "KVM_XEN_HVM_CONFIG_INTERCEPT_HCALL");
	if (ioctl(vmm->fd, KVM_XEN_HVM_CONFIG, &config))
		fail(VMM_NO_KVM, "KVM_XEN_HVM_CONFIG: %m");
	if (p->xen_version && ioctl(vmm->fd, KVM_XEN_HVM_SET_ATTR, &version))
		fail(VMM_NO_KVM, "KVM_XEN_ATTR_TYPE_XEN_VERSION: %m");
}

static void create_vcpu(struct vmm *vmm, unsigned int index)
{
	struct vcpu *cpu = &vmm->cpu[index];
	const struct personality *p = &vmm->personality;
	int bytes = ioctl(vmm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	u16 evmcs_versions;

	cpu->vmm = vmm;
	cpu->index = index;
	cpu->fd = ioctl(vmm->fd, KVM_CREATE_VCPU, index);
	if (cpu->fd < 0)
		fail(VMM_NO_KVM, "KVM_CREATE_VCPU: %m");
	cpu->run = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, cpu->fd, 0);
	if (cpu->run == MAP_FAILED)
		fail(VMM_NO_KVM, "memory of a vCPU: %m");
	cpu->stats = vm_has(vmm, KVM_CAP_BINARY_STATS_FD, 0) ?
		ioctl(cpu->fd, KVM_GET_STATS_FD, NULL) : -1;
	/* Synthetic timers, which Linux uses when the leaf offers them, need it. */
	if (p->hyperv_kvm)
		enable(cpu->fd, KVM_CAP_HYPERV_SYNIC2, 0, "HYPERV_SYNIC2");
	if (p->evmcs)
		enable(cpu->fd, KVM_CAP_HYPERV_ENLIGHTENED_VMCS,
		       (uintptr_t)&evmcs_versions, "HYPERV_ENLIGHTENED_VMCS");
	if (p->enforce_cpuid)
		enable(cpu->fd, KVM_CAP_HYPERV_ENFORCE_CPUID, 1, "HYPERV_ENFORCE_CPUID");
	if (p->enforce_pv)
		enable(cpu->fd, KVM_CAP_ENFORCE_PV_FEATURE_CPUID, 1,
		       "ENFORCE_PV_FEATURE_CPUID");
}

void vm_create(struct vmm *vmm, u64 ram_bytes, unsigned int cpus)
{
	const struct personality *p = &vmm->personality;
	unsigned int i;

	vmm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (vmm->kvm < 0)
		fail(VMM_NO_KVM, "/dev/kvm: %m");
	vmm->fd = ioctl(vmm->kvm, KVM_CREATE_VM, 0);
	if (vmm->fd < 0)
		fail(VMM_NO_KVM, "KVM_CREATE_VM: %m");
	create_memory(vmm, ram_bytes);
	create_chips(vmm);
	ports_setup(vmm);
	if (!p->fix_hypercall)
		enable(vmm->fd, KVM_CAP_DISABLE_QUIRKS2,
		       KVM_X86_QUIRK_FIX_HYPERCALL_INSN, "DISABLE_QUIRKS2");
	if (p->abis || p->xen_page_msr)
		intercept_hypercalls(vmm);
	msr_setup(vmm);
	vmm->cpus = cpus;
	cpuid_build(vmm);
	for (i = 0; i < cpus; i++) {
		create_vcpu(vmm, i);
		if (ioctl(vmm->cpu[i].fd, KVM_SET_CPUID2, vmm->cpuid[i]))
			fail(VMM_NO_KVM, "KVM_SET_CPUID2: %m");
	}
	vmm->tsc_khz = ioctl(vmm->cpu[0].fd, KVM_GET_TSC_KHZ, 0);
}
