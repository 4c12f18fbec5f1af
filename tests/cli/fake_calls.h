/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hypercalls of the fake driver, as FAKE_CALLS says: a number is the errno of
 * every call, "ioctl" fails the ioctl, "fault" raises #UD, "denied-later" is
 * EACCES from the third call on, "untouched" and "foreign" are no answers of a
 * Hyper-V, "late" is ETIME of a call that was begun, "status" a number in
 * FAKE_STATUS; otherwise KVM's calls and those of the TLFS are answered.
 */
#ifndef HVP_TESTS_FAKE_CALLS_H
#define HVP_TESTS_FAKE_CALLS_H

#include <ctype.h>

#define HYPERV	1
#define XEN	3

static void fake_output(struct hvp_call *call, const void *bytes, __u32 count)
{
	if (count > call->output_capacity)
		count = call->output_capacity;
	memcpy((void *)(unsigned long)call->output, bytes, count);
	call->output_bytes = count;
}

static void fake_hyperv(struct hvp_call *call)
{
	static const __u64 mask = 0x103, partition = 0x17;
	const unsigned char *input = (const void *)(unsigned long)call->input;
	const char *status = getenv("FAKE_STATUS");
	__u32 value[64] = { 0 };
	__u32 name, i;

	call->shape_used = call->shape ? call->shape : HVP_SHAPE_SLOW;
	call->shape_reason = 1;
	call->control = call->number | (__u64)call->reps << 32 |
			(call->shape_used != HVP_SHAPE_SLOW ? 1 << 16 : 0);
	call->status = status ? (__u16)strtoul(status, NULL, 0) : 0;
	if (call->number >> 16)
		call->status = 3;
	else if (call->number == 0xbeef)
		call->status = 2;
	call->result = call->status;
	if (call->status)
		return;
	call->reps_done = call->reps;
	call->result |= (__u64)call->reps << 32;
	if (call->number == 0x8001)
		fake_output(call, &mask, sizeof(mask));
	else if (call->number == 0x46)
		fake_output(call, &partition, sizeof(partition));
	else if (call->number == 0x50) {
		for (i = 0; i < call->reps && i < 16; i++) {
			memcpy(&name, input + 16 + 4 * i, sizeof(name));
			value[4 * i] = name == 0x100 ? 14393 : 0x2b;
			value[4 * i + 1] = name == 0x100 ? 10 << 16 : 0;
		}
		fake_output(call, value, call->reps * 16);
	}
}

/* A build id of three bytes behind the length of the room that there was. */
static void fake_xen(struct hvp_call *call)
{
	static const unsigned char build_id[128] = { 124, 0, 0, 0, 1, 2, 0xfe };
	static const __u32 features[2] = { 0, 0x80000801 };
	__u64 regs[8] = { call->result };

	switch (call->args[0]) {
	case 1:
		fake_output(call, ".4-fake\0\0\0\0\0\0\0\0\0", 16);
		break;
	case 6:
		fake_output(call, features, sizeof(features));
		break;
	case 10:
		call->result = 3;
		fake_output(call, build_id, sizeof(build_id));
		break;
	default:
		fake_output(call, regs, sizeof(regs));
		break;
	}
}

static void fake_abi(struct hvp_call *call)
{
	__u64 regs[8] = { 0, 0x564d5868, 1 };

	if (call->abi == KVM)
		call->result = call->number == 2 ? -1000ULL :
			       call->number == 9 ? -95ULL :
			       call->number == 12 ? -22ULL : 0;
	else if (call->abi == XEN)
		call->result = call->args[0] ? 0 : 0x00040011;
	else
		call->result = 6;
	regs[0] = call->result;
	if (call->abi == XEN)
		fake_xen(call);
	else
		fake_output(call, regs, sizeof(regs));
}

/* A status of no meaning: zero, which is success. */
static void fake_no_answer(struct hvp_call *call, __u64 result, __u8 odd)
{
	call->result = result;
	call->odd = odd;
	call->status = 0;
	call->reps_done = 0;
	call->output_bytes = 0;
}

static int fake_calls(struct hvp_call_batch *batch)
{
	static unsigned int made;
	struct hvp_call *calls = (void *)(unsigned long)batch->calls;
	const char *how = getenv("FAKE_CALLS");
	__u32 i;

	if (!how)
		how = "";
	if (!strcmp(how, "ioctl")) {
		errno = EIO;
		return -1;
	}
	if (!strcmp(how, "old")) {
		errno = ENOTTY;
		return -1;
	}
	for (i = 0; i < batch->count; i++) {
		struct hvp_call *call = &calls[i];

		call->error = isdigit((unsigned char)*how) ? -atoi(how) : 0;
		if (!strcmp(how, "denied-later") && made++ >= 2)
			call->error = -EACCES;
		call->outcome = call->error ? HVP_OUTCOME_SKIPPED :
					      HVP_OUTCOME_VALUE;
		if (call->error)
			continue;
		call->issued = 1;
		call->insn_used = HVP_INSN_VMMCALL;
		call->cycles = 1000 + 10 * i;
		if (!strcmp(how, "fault")) {
			call->outcome = HVP_OUTCOME_FAULT;
			call->vector = 6;
		} else if (call->abi == HYPERV) {
			fake_hyperv(call);
		} else {
			fake_abi(call);
		}
		if (!strcmp(how, "untouched"))
			fake_no_answer(call, 0x8000dead, 0x01);
		else if (!strcmp(how, "foreign"))
			fake_no_answer(call, -1000ULL, 0x02);
		else if (!strcmp(how, "late"))
			call->error = -ETIME;
	}
	batch->done = batch->count;
	return 0;
}

#endif
