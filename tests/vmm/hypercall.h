/* SPDX-License-Identifier: GPL-2.0-only */
/* A hypercall that came to the VMM, from exit to re-entry. */
#ifndef VMM_HYPERCALL_H
#define VMM_HYPERCALL_H

#include "vmm.h"

#define VECTOR_UD	6
#define VECTOR_GP	13
#define NO_VECTOR	0

/* Register file of a Hyper-V fast call: RDX, R8, XMM0 to XMM5. */
#define FAST_BYTES	112U

struct call {
	struct vcpu *cpu;
	struct kvm_regs regs;
	u32 cpl;
	bool long_mode;
	u64 rax;		/* result */
	bool answered;		/* by a fault of the personality */
	u8 vector;		/* exception instead of a result */
	bool again;		/* execute the instruction again, registers changed */
};

/* hypercall.c */
void hypercall_exit(struct vcpu *cpu);
void hyperv_exit(struct vcpu *cpu);
void hypercall_fill_page(struct vmm *vmm, u8 *page);
void delay(const struct fault *fault);	/* if it says so */
struct fault *fault_for(struct vmm *vmm, u64 code);

/* abi.c: false when the call is not of this ABI */
void kvm_call(struct call *call);
void virtualbox_call(struct call *call);
void xen_call(struct call *call);
void jailhouse_call(struct call *call);
void vmware_call(struct call *call);
bool vmware_port(struct vcpu *cpu, u8 *data);

/* tlfs.c, tlfs_calls.c */
void tlfs_call(struct call *call);

struct tlfs_context {
	struct vmm *vmm;
	struct vcpu *cpu;
	const u8 *input;	/* whole block, header first */
	const u8 *input_rep;	/* this element of the list */
	u8 *output_rep;		/* this element's place, or the simple output */
	u32 input_fixed;
	u32 var_words;
};

struct tlfs_shape {
	u16 code;
	u16 input_fixed, input_rep;
	u16 output_fixed, output_rep;
	bool variable;		/* takes a variable header */
	int privilege;		/* bit of 0x40000003.EBX, -1: none */
	u16 (*answer)(struct tlfs_context *context);
};

const struct tlfs_shape *tlfs_find(u16 code);

#endif
