// SPDX-License-Identifier: GPL-2.0-only
/* Creates the virtual machine: memory, GICv3, vCPU, and what its calls meet. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include "filter.h"
#include "vmm.h"

#define REG64		(KVM_REG_ARM64 | KVM_REG_SIZE_U64)
#define REG_CORE(field)	(REG64 | KVM_REG_ARM_CORE | \
			 KVM_REG_ARM_CORE_REG(regs.field))
#define REG_X0		REG_CORE(regs[0])
#define REG_X(n)	(REG_X0 + (n) * 2)	/* counted in 32-bit words */
#define GIC_IRQS	64U

static int get_reg(struct vmm *vmm, u64 id, u64 *value)
{
	struct kvm_one_reg reg = { .id = id, .addr = (uintptr_t)value };

	return ioctl(vmm->vcpu, KVM_GET_ONE_REG, &reg);
}

static int set_reg(struct vmm *vmm, u64 id, u64 value)
{
	struct kvm_one_reg reg = { .id = id, .addr = (uintptr_t)&value };

	return ioctl(vmm->vcpu, KVM_SET_ONE_REG, &reg);
}

u64 vcpu_get_x(struct vmm *vmm, unsigned int n)
{
	u64 value;

	if (get_reg(vmm, REG_X(n), &value))
		fail(VMM_NO_KVM, "KVM_GET_ONE_REG x%u: %m", n);
	return value;
}

void vcpu_set_x(struct vmm *vmm, unsigned int n, u64 value)
{
	if (set_reg(vmm, REG_X(n), value))
		fail(VMM_NO_KVM, "KVM_SET_ONE_REG x%u: %m", n);
}

void vcpu_set_pc(struct vmm *vmm, u64 value)
{
	if (set_reg(vmm, REG_CORE(pc), value))
		fail(VMM_NO_KVM, "KVM_SET_ONE_REG pc: %m");
}

static void set_attribute(int fd, u32 group, u64 attribute, const void *value,
			  const char *name)
{
	struct kvm_device_attr attr = {
		.group = group,
		.attr = attribute,
		.addr = (uintptr_t)value,
	};

	if (ioctl(fd, KVM_SET_DEVICE_ATTR, &attr))
		fail(VMM_NO_KVM, "KVM_SET_DEVICE_ATTR %s: %m", name);
}

static void create_memory(struct vmm *vmm, u64 bytes)
{
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = RAM_BASE,
		.memory_size = bytes,
	};

	vmm->ram = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (vmm->ram == MAP_FAILED)
		fail(VMM_USAGE, "guest memory: %m");
	/* Fewer faults, each of which is dear under an emulated KVM. */
	madvise(vmm->ram, bytes, MADV_HUGEPAGE);
	vmm->ram_bytes = bytes;
	region.userspace_addr = (uintptr_t)vmm->ram;
	if (ioctl(vmm->fd, KVM_SET_USER_MEMORY_REGION, &region))
		fail(VMM_NO_KVM, "KVM_SET_USER_MEMORY_REGION: %m");
}

static void install_filters(struct vmm *vmm)
{
	const struct personality *p = &vmm->personality;
	unsigned int i;

	for (i = 0; i < p->filter_count; i++) {
		struct kvm_smccc_filter filter = {
			.base = p->filters[i].first,
			.nr_functions = p->filters[i].count,
			.action = p->filters[i].action,
		};

		set_attribute(vmm->fd, KVM_ARM_VM_SMCCC_CTRL,
			      KVM_ARM_VM_SMCCC_FILTER, &filter, "SMCCC filter");
	}
}

static void create_vcpu(struct vmm *vmm)
{
	int bytes = ioctl(vmm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	struct kvm_vcpu_init init;

	vmm->vcpu = ioctl(vmm->fd, KVM_CREATE_VCPU, 0);
	if (vmm->vcpu < 0)
		fail(VMM_NO_KVM, "KVM_CREATE_VCPU: %m");
	vmm->run = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vmm->vcpu, 0);
	if (vmm->run == MAP_FAILED)
		fail(VMM_NO_KVM, "memory of the vCPU: %m");
	if (ioctl(vmm->fd, KVM_ARM_PREFERRED_TARGET, &init))
		fail(VMM_NO_KVM, "KVM_ARM_PREFERRED_TARGET: %m");
	init.features[0] |= 1U << KVM_ARM_VCPU_PSCI_0_2;
	if (ioctl(vmm->vcpu, KVM_ARM_VCPU_INIT, &init))
		fail(VMM_NO_KVM, "KVM_ARM_VCPU_INIT: %m");
}

static void set_services(struct vmm *vmm)
{
	static const u64 registers[BITMAPS] = {
		[BITMAP_STD] = KVM_REG_ARM_STD_BMAP,
		[BITMAP_STD_HYP] = KVM_REG_ARM_STD_HYP_BMAP,
		[BITMAP_VENDOR_HYP] = KVM_REG_ARM_VENDOR_HYP_BMAP,
	};
	const struct personality *p = &vmm->personality;
	unsigned int i;

	if (p->psci && set_reg(vmm, KVM_REG_ARM_PSCI_VERSION, p->psci))
		fail(VMM_NO_KVM, "KVM_REG_ARM_PSCI_VERSION %#x: %m", p->psci);
	for (i = 0; i < BITMAPS; i++)
		if (p->bitmap_set[i] && set_reg(vmm, registers[i], p->bitmap[i]))
			fail(VMM_NO_KVM, "bitmap %u = %#llx: %m", i,
			     (unsigned long long)p->bitmap[i]);
}

static void create_gic(struct vmm *vmm)
{
	struct kvm_create_device device = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	static const u64 dist = GIC_DIST, redist = GIC_REDIST;
	static const u32 irqs = GIC_IRQS;

	if (ioctl(vmm->fd, KVM_CREATE_DEVICE, &device))
		fail(VMM_NO_KVM, "KVM_CREATE_DEVICE GICv3: %m");
	set_attribute(device.fd, KVM_DEV_ARM_VGIC_GRP_ADDR,
		      KVM_VGIC_V3_ADDR_TYPE_DIST, &dist, "distributor");
	set_attribute(device.fd, KVM_DEV_ARM_VGIC_GRP_ADDR,
		      KVM_VGIC_V3_ADDR_TYPE_REDIST, &redist, "redistributor");
	set_attribute(device.fd, KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, &irqs,
		      "interrupts");
	set_attribute(device.fd, KVM_DEV_ARM_VGIC_GRP_CTRL,
		      KVM_DEV_ARM_VGIC_CTRL_INIT, NULL, "GIC");
}

static void serial_irq(void *machine, bool level)
{
	struct vmm *vmm = machine;
	struct kvm_irq_level irq = {
		.irq = KVM_ARM_IRQ_TYPE_SPI << KVM_ARM_IRQ_TYPE_SHIFT |
		       (32 + SERIAL_SPI),
		.level = level,
	};

	ioctl(vmm->fd, KVM_IRQ_LINE, &irq);
}

void vm_create(struct vmm *vmm, u64 ram_bytes)
{
	vmm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (vmm->kvm < 0)
		fail(VMM_NO_KVM, "/dev/kvm: %m");
	vmm->fd = ioctl(vmm->kvm, KVM_CREATE_VM, 0);
	if (vmm->fd < 0)
		fail(VMM_NO_KVM, "KVM_CREATE_VM: %m");
	create_memory(vmm, ram_bytes);
	install_filters(vmm);
	create_vcpu(vmm);
	set_services(vmm);
	create_gic(vmm);
	vmm->serial.irq = serial_irq;
	vmm->serial.machine = vmm;
}
