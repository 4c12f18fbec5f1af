/* SPDX-License-Identifier: GPL-2.0-only */
/* Drivers that do not exist, for the tests of checks. */
#ifndef HVP_TESTS_VERIFY_FAKE_H
#define HVP_TESTS_VERIFY_FAKE_H

#include "../../probe-tool/verify.h"
#include "machines.h"

#define KVM_BASE	0x40000100U

/** enum manner - how the hypervisor behind a fake driver answers. */
enum manner {
	LIKE_KVM,	/* as Linux 6.12 does: no output in registers */
	LIKE_TLFS,	/* everything, XMM output as well */
	LIKE_NOTHING,	/* nothing proven to carry a call */
	EVERY_STATUS,	/* one status for each call of Hyper-V */
	EVERY_RESULT,	/* one word for each other call */
	GARBAGE,	/* what looks right is no Hyper-V answer */
	ZERO_OUTPUT,	/* success, and zeros in every shape */
	FEWER,		/* bytes, but no element done */
	REGISTER_LIES,	/* registers are not their leaves */
	MASK_LIES,	/* the extended mask has a bit too many */
	NO_OUTPUT,	/* success that writes nothing */
	HALF,		/* success that writes half of it */
	HALF_IN_MEMORY,	/* the same, but for registers */
	SHORT,		/* success that vouches for nothing */
	OTHER_OUTPUT,	/* success with other bytes by registers */
	RAISES,		/* every call raises #UD */
	XMM_RAISES,	/* those by XMM do */
	EVERY_ERROR,	/* one errno for each call */
	IOCTL_FAILS,
};

struct fake {
	struct hvp_caller caller;
	enum manner manner;
	u64 value;		/* status, word or errno of the EVERY_ ones */
	u32 made;
};

static const u32 fake_leaf2[4] = { 0x3839, 0x000a0000, 0, 0 };
static const u8 fake_other[16] = { 0x5a, 0xa5, 0x5a };

static inline void fake_output(struct hvp_call *call, const void *bytes,
			       u32 count)
{
	if (count > call->output_capacity)
		count = call->output_capacity;
	memcpy((void *)(uintptr_t)call->output, bytes, count);
	call->output_bytes = count;
}

static inline void fake_tlfs(const struct fake *fake, struct hvp_call *call)
{
	static const u64 mask = 0x3, partition = 0x17;
	static const u32 index = 1;
	bool kvm = fake->manner == LIKE_KVM;
	u32 name, regs[4];

	call->status = HVP_STATUS_SUCCESS;
	call->reps_done = call->reps;
	if (call->flags & HVP_CALL_CONTROL) {
		call->status = HVP_STATUS_INVALID_HYPERCALL_INPUT;
		return;
	}
	switch ((u16)call->number) {
	case HVP_HYPERCALL_GET_VP_REGISTERS:
		memcpy(&name, (const u8 *)(uintptr_t)call->input + 16, 4);
		memcpy(regs, fake_leaf2, sizeof(regs));
		regs[0] += name == HVP_HVREG_HYPERVISOR_VERSION ? 0 : name;
		if (name == HVP_HVREG_HYPERVISOR_VERSION)
			fake_output(call, regs, sizeof(regs));
		else
			call->status = HVP_STATUS_UNKNOWN_REGISTER_NAME;
		break;
	case HVP_HYPERCALL_GET_PARTITION_ID:
		fake_output(call, &partition, sizeof(partition));
		break;
	case HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID:
		fake_output(call, &index, sizeof(index));
		break;
	case HVP_HYPERCALL_QUERY_CAPABILITIES:
		if (kvm && call->shape != HVP_SHAPE_SLOW)
			call->status = HVP_STATUS_INVALID_PARAMETER;
		else
			fake_output(call, &mask, sizeof(mask));
		return;
	case HVP_HYPERCALL_INVALID_CODE:
		call->status = HVP_STATUS_INVALID_HYPERCALL_CODE;
		return;
	default:
		return;
	}
	if (kvm) {
		call->status = HVP_STATUS_INVALID_HYPERCALL_CODE;
		call->output_bytes = 0;
		call->reps_done = 0;
	}
}

static inline void fake_hyperv(const struct fake *fake, struct hvp_call *call)
{
	bool slow = call->shape == HVP_SHAPE_SLOW;

	fake_tlfs(fake, call);
	switch (fake->manner) {
	case EVERY_STATUS:
		call->status = (u16)fake->value;
		call->output_bytes = call->status ? 0 : call->output_bytes;
		break;
	case GARBAGE:
		call->odd = HVP_HVCALL_ODD_FOREIGN;
		break;
	case ZERO_OUTPUT:
		if (call->output_bytes)
			memset((void *)(uintptr_t)call->output, 0,
			       call->output_bytes);
		break;
	case FEWER:
		call->reps_done = 0;
		break;
	case REGISTER_LIES:
		if (call->number == HVP_HYPERCALL_GET_VP_REGISTERS &&
		    call->output_bytes)
			fake_output(call, fake_other, call->output_bytes);
		break;
	case MASK_LIES:
		if (call->number == HVP_HYPERCALL_GET_BOOT_ZEROED_MEMORY)
			call->status = HVP_STATUS_INVALID_HYPERCALL_CODE;
		break;
	case NO_OUTPUT:
		if (call->output_bytes && !slow)
			memset((void *)(uintptr_t)call->output, 0,
			       call->output_bytes);
		break;
	case HALF:
		call->output_bytes /= 2;
		break;
	case HALF_IN_MEMORY:
		if (slow)
			call->output_bytes /= 2;
		break;
	case SHORT:
		call->reps_done = 0;
		call->output_bytes = 0;
		break;
	case OTHER_OUTPUT:
		if (call->output_bytes && !slow)
			fake_output(call, fake_other, call->output_bytes);
		break;
	default:
		break;
	}
	call->result = call->status;
}

static inline void fake_abi(const struct fake *fake, struct hvp_call *call)
{
	u64 regs[8] = { 0, 0x564d5868 };

	if (fake->manner == EVERY_RESULT) {
		call->result = fake->value;
	} else if (call->abi == HVP_ABI_KVM) {
		call->result = call->number == 2 ? (u64)-1000 :
			       call->number == 9 ? (u64)-95 :
			       call->number == 12 ? (u64)-22 : 0;
	} else if (call->abi == HVP_ABI_XEN) {
		call->result = call->args[0] ? 0 : 0x00040011;
		if (call->args[0] == 1)
			fake_output(call, ".4-fake\0\0\0\0\0\0\0\0\0", 16);
		return;
	} else {
		call->result = 6;
	}
	regs[0] = call->result;
	fake_output(call, regs, sizeof(regs));
}

static inline int fake_make(struct hvp_caller *caller, struct hvp_call *calls,
			    u32 count)
{
	struct fake *fake = (struct fake *)(void *)caller;
	u32 i;

	if (fake->manner == IOCTL_FAILS)
		return -EIO;
	for (i = 0; i < count; i++) {
		struct hvp_call *call = &calls[i];

		fake->made++;
		call->error = fake->manner == LIKE_NOTHING ? -EOPNOTSUPP :
			      fake->manner == EVERY_ERROR ?
				      -(int)fake->value : 0;
		call->outcome = call->error ? HVP_OUTCOME_SKIPPED :
					      HVP_OUTCOME_VALUE;
		if (fake->manner == LIKE_NOTHING)
			call->reason = HVP_REASON_NEEDS_HYPERV_SETUP;
		if (call->error)
			continue;
		call->insn_used = HVP_INSN_VMMCALL;
		call->shape_used = call->shape;
		call->issued = 1;
		if (fake->manner == RAISES ||
		    (fake->manner == XMM_RAISES &&
		     call->shape == HVP_SHAPE_XMM)) {
			call->outcome = HVP_OUTCOME_FAULT;
			call->vector = 6;
		} else if (call->abi == HVP_ABI_HYPERV) {
			fake_hyperv(fake, call);
		} else {
			fake_abi(fake, call);
		}
	}
	return 0;
}

static inline void fake_init(struct fake *fake, enum manner manner, u64 value)
{
	memset(fake, 0, sizeof(*fake));
	fake->caller.make = fake_make;
	fake->caller.fd = -1;
	fake->manner = manner;
	fake->value = value;
}

#endif
