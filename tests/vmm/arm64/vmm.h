/* SPDX-License-Identifier: GPL-2.0-only */
/* The test VMM of arm64: one vCPU, GICv3, a 16550A, and who answers its calls. */
#ifndef VMM_ARM64_VMM_H
#define VMM_ARM64_VMM_H

#include <linux/kvm.h>
#include "../serial.h"
#include "personality.h"

#define GIC_DIST	0x08000000ULL
#define GIC_DIST_BYTES	0x10000ULL
#define GIC_REDIST	0x080a0000ULL
#define GIC_REDIST_BYTES 0x20000ULL
#define SERIAL_BASE	0x09000000ULL
#define SERIAL_BYTES	0x1000ULL
#define SERIAL_SPI	1U
#define RAM_BASE	0x40000000ULL

/* Exit status, that of the x86 machine; ../README.md. */
enum vmm_status {
	VMM_POWEROFF	= 0,
	VMM_USAGE	= 2,
	VMM_NO_KVM	= 3,
	VMM_CRASHED	= 4,
	VMM_RESET	= 5,
	VMM_FORBIDDEN	= 7,
};

struct vmm {
	struct personality personality;
	struct serial serial;
	int kvm, fd, vcpu;
	struct kvm_run *run;
	u8 *ram;
	u64 ram_bytes;
};

void fail(enum vmm_status status, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));
/* Tells the calls that came, and ends the process. */
void vmm_end(struct vmm *vmm, enum vmm_status status, const char *why)
	__attribute__((noreturn));

/* kvm.c */
void vm_create(struct vmm *vmm, u64 ram_bytes);
u64 vcpu_get_x(struct vmm *vmm, unsigned int n);
void vcpu_set_x(struct vmm *vmm, unsigned int n, u64 value);
void vcpu_set_pc(struct vmm *vmm, u64 value);

/* boot.c */
void boot_load(struct vmm *vmm, const char *image, const char *initrd,
	       const char *cmdline);

/* smccc.c: calls that KVM forwards */
void smccc_exit(struct vmm *vmm);
void smccc_report(void);

#endif
