/* SPDX-License-Identifier: GPL-2.0-only */
/* KVM's SMCCC filter, for headers of before Linux 6.4 (Debian 12's cross ones). */
#ifndef VMM_ARM64_FILTER_H
#define VMM_ARM64_FILTER_H

#include <linux/kvm.h>

#ifndef KVM_ARM_VM_SMCCC_CTRL
#define KVM_ARM_VM_SMCCC_CTRL	0
#define KVM_ARM_VM_SMCCC_FILTER	0
#define KVM_HYPERCALL_EXIT_SMC	(1U << 0)

enum kvm_smccc_filter_action {
	KVM_SMCCC_FILTER_HANDLE,
	KVM_SMCCC_FILTER_DENY,
	KVM_SMCCC_FILTER_FWD_TO_USER,
};

struct kvm_smccc_filter {
	__u32 base;
	__u32 nr_functions;
	__u8 action;
	__u8 pad[15];
};
#endif

#endif
