/* SPDX-License-Identifier: GPL-2.0-only */
/* The test VMM: one virtual machine, its personality, and who handles which exit. */
#ifndef VMM_H
#define VMM_H

#include <linux/kvm.h>
#include <pthread.h>
#include "../../core/compat.h"
#include "personality.h"
#include "serial.h"

#define VMM_CPUS	2
#define PAGE_BYTES	4096U

/* Exit status; a contract with the scripts, see README.md. */
enum vmm_status {
	VMM_POWEROFF	= 0,	/* guest powered off, or its payload passed */
	VMM_FAILED	= 1,	/* payload reported failures */
	VMM_USAGE	= 2,	/* command line or personality */
	VMM_NO_KVM	= 3,	/* this KVM cannot do what was asked */
	VMM_CRASHED	= 4,	/* triple fault, or KVM gave up */
	VMM_RESET	= 5,	/* guest asked for a reset (panic=-1) */
	VMM_TIMEOUT	= 6,
	VMM_FORBIDDEN	= 7,	/* guest made a call that it must never make */
};

struct vcpu {
	struct vmm *vmm;
	unsigned int index;
	int fd;
	int stats;
	struct kvm_run *run;
	pthread_t thread;
	int tid;
	u64 vp_assist;
};

/* What a Hyper-V partition keeps in its synthetic MSRs. */
struct partition {
	u64 guest_os_id;
	u64 hypercall;
	u64 reference_tsc;
	u64 crash[5];
	u8 under_page[PAGE_BYTES];	/* RAM that the page hides */
};

struct vmm {
	struct personality personality;
	int kvm;
	int fd;
	u8 *ram;
	u64 ram_bytes;
	unsigned int cpus;
	struct vcpu cpu[VMM_CPUS];
	struct kvm_cpuid2 *cpuid[VMM_CPUS];
	u64 tsc_khz;
	bool host_amd;
	struct partition partition;
	struct serial serial;
	u64 calls;		/* hypercalls answered here */
	bool migrated;
	pthread_mutex_t lock;	/* everything above, while vCPUs run */
};

void fail(enum vmm_status status, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/* main.c: prints the counters and ends the process; the lock is held. */
void vmm_end(struct vmm *vmm, enum vmm_status status, const char *why)
	__attribute__((noreturn));

/* kvm.c */
void vm_create(struct vmm *vmm, u64 ram_bytes, unsigned int cpus);
bool vm_has(const struct vmm *vmm, int capability, u64 bits);
void vm_irq(struct vmm *vmm, unsigned int line, bool level);
/* Pointer to @bytes of RAM at @gpa, NULL when any of it is not RAM. */
void *vm_ram(struct vmm *vmm, u64 gpa, u64 bytes);

/* regs.c: state of a vCPU that is out of KVM_RUN */
void vcpu_get_regs(struct vcpu *cpu, struct kvm_regs *regs);
void vcpu_set_regs(struct vcpu *cpu, const struct kvm_regs *regs);
void vcpu_get_xmm(struct vcpu *cpu, struct kvm_xsave *area);
void vcpu_set_xmm(struct vcpu *cpu, struct kvm_xsave *area);
u8 *xsave_xmm(struct kvm_xsave *area, unsigned int n);
/* Makes KVM forget the hypercall in flight; RIP is the instruction's again. */
void vcpu_forget_call(struct vcpu *cpu, const struct kvm_regs *regs);
void vcpu_inject(struct vcpu *cpu, u8 vector);
/* Copy to and from a guest linear address; false when it is not mapped. */
bool vcpu_write_linear(struct vcpu *cpu, u64 address, const void *data,
		       size_t bytes);
bool vcpu_read_linear(struct vcpu *cpu, u64 address, void *data, size_t bytes);

/* cpuid.c */
void cpuid_build(struct vmm *vmm);
const struct kvm_cpuid_entry2 *cpuid_find(const struct vmm *vmm, u32 leaf,
					  u32 subleaf);

/* boot.c */
void boot_load(struct vmm *vmm, const char *image, const char *initrd,
	       const char *cmdline);
void boot_set_vcpu(struct vcpu *cpu, u64 entry, u64 rsi);
extern u64 boot_entry, boot_rsi;

/* acpi.c: tables for @vmm->cpus at 0xe0000; returns the address of the RSDP */
u64 acpi_write(struct vmm *vmm);

/* run.c, ports.c, msr.c */
void *vcpu_loop(void *cpu);
void ports_setup(struct vmm *vmm);
void port_exit(struct vcpu *cpu);
void msr_setup(struct vmm *vmm);
void msr_exit(struct vcpu *cpu, bool write);

/* migrate.c */
void migrate(struct vcpu *cpu);
bool migrate_answers_at(struct vcpu *cpu, u64 rip);

/* counters.c */
enum counter_kind {
	COUNT_KVM_CALL, COUNT_HYPERV_CALL, COUNT_XEN_CALL, COUNT_VMWARE_CALL,
	COUNT_OTHER_CALL, COUNT_RDMSR, COUNT_WRMSR, COUNT_IN, COUNT_OUT,
	COUNT_MMIO, COUNT_INJECTED, COUNT_CONTINUED,
};
void count(enum counter_kind kind, u64 key);
void counters_report(struct vmm *vmm, const char *prefix, bool since_mark);
/* Adds a line to the report being made; kept as the base of the next mark. */
void counters_line(const char *kind, const char *key, u64 value);

/* trace.c: counts that only the kernel's tracepoints know */
void trace_start(struct vmm *vmm);
void trace_report(void);
void trace_stop(void);

#endif
