/* SPDX-License-Identifier: GPL-2.0-only */
/* What calls.c and stress.c share: the device, calls made of a template. */
#ifndef HVP_GUEST_CALLTEST_H
#define HVP_GUEST_CALLTEST_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/hvprobe.h>
#include "tap.h"

#define DEVICE	"/dev/hvprobe"

/* Numbers of core/abis.def, core/reasons.def and core/hvcall.h. */
#define ABI_HYPERV	1
#define ABI_KVM		2
#define ABI_XEN		3
#define ABI_VMWARE	4
#define ABI_SMCCC	10
#define REASON_NEEDS_HYPERV_SETUP	9
#define REFUSAL_TOO_BIG_PAGE	14

static int fd = -1;

/* Errno of the ioctl, 0 when it succeeds. */
static inline int run_batch(struct hvp_call *calls, unsigned int count,
			    unsigned int *done)
{
	struct hvp_call_batch batch = {
		.size = sizeof(batch),
		.count = count,
		.calls = (uintptr_t)calls,
	};
	int ret = ioctl(fd, HVP_IOC_CALL, &batch) ? errno : 0;

	if (done)
		*done = batch.done;
	return ret;
}

/* hvp_call.error; 1 when the ioctl itself failed. */
static inline int run(struct hvp_call *call)
{
	return run_batch(call, 1, NULL) ? 1 : call->error;
}

static inline struct hvp_call new_call(unsigned int abi, uint64_t number)
{
	struct hvp_call call = { .abi = abi, .number = number };

	return call;
}

static inline struct hvp_call hyperv(uint64_t number, unsigned int shape,
				     const void *input, unsigned int bytes)
{
	struct hvp_call call = new_call(ABI_HYPERV, number);

	call.shape = shape;
	call.input = (uintptr_t)input;
	call.input_bytes = bytes;
	return call;
}

/* HvFlushVirtualAddressSpaceEx of nobody: 32 bytes, so XMM or memory. */
static const uint64_t flush_nobody[4];

static inline bool open_device(void)
{
	fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		puts("Bail out! no " DEVICE);
	return fd >= 0;
}

#endif
