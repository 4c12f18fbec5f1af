/* SPDX-License-Identifier: GPL-2.0-only */
/* The batch of HVP_IOC_CALL, which is the same on every architecture. */
#ifndef HVP_GUEST_BATCHTEST_H
#define HVP_GUEST_BATCHTEST_H

#include <sys/mman.h>
#include "calltest.h"

struct larger_batch {
	struct hvp_call_batch batch;
	__u64 more[4];
};
#define LARGER_CALL	_IOWR(HVP_IOC_TYPE, 0x02, struct larger_batch)

static int batch_error(struct hvp_call_batch *batch)
{
	return ioctl(fd, HVP_IOC_CALL, batch) ? errno : 0;
}

static inline void test_batch(void)
{
	struct hvp_call calls[2] = { new_call(0xffff, 0), new_call(0xffff, 0) };
	const struct hvp_call_batch good = {
		.size = sizeof(good), .count = 2, .calls = (uintptr_t)calls,
	};
	struct hvp_call_batch batch = good;
	struct larger_batch larger = { .batch = good };
	unsigned int i;
	int reader;

	is("batch: size of the structure", sizeof(good), 40);
	is("batch: size of a call", sizeof(calls[0]), 168);
	is("batch: two calls", batch_error(&batch), 0);
	is("batch: both looked at", batch.done, 2);
	is("batch: no such interface", calls[0].error, -ENXIO);
	is("batch: skipped", calls[1].outcome, HVP_OUTCOME_SKIPPED);
	larger.batch.size = sizeof(larger);
	is("batch: larger", ioctl(fd, LARGER_CALL, &larger) ? errno : 0, 0);
	larger.more[3] = 1;
	is("batch: larger with a bit", ioctl(fd, LARGER_CALL, &larger) ? errno : 0,
	   E2BIG);

	batch = good;
	batch.size--;
	is("batch: size one too small", batch_error(&batch), EINVAL);
	batch = good;
	batch.size = UINT32_MAX;
	is("batch: size of all ones", batch_error(&batch), E2BIG);
	batch = good;
	batch.flags = 1;
	is("batch: flag", batch_error(&batch), EINVAL);
	for (i = 0; i < 2; i++) {
		batch = good;
		batch.reserved[i] = 1ULL << 63;
		is("batch: reserved", batch_error(&batch), EINVAL);
	}
	batch = good;
	batch.count = 0;
	is("batch: none", batch_error(&batch), EINVAL);
	batch.count = HVP_CALL_BATCH_MAX + 1;
	is("batch: too many", batch_error(&batch), E2BIG);
	batch = good;
	batch.calls = 0;
	is("batch: null calls", batch_error(&batch), EFAULT);
	is("batch: none done", batch.done, 0);
	batch = good;
	batch.calls = 0xffff800000000000ULL;
	is("batch: kernel calls", batch_error(&batch), EFAULT);
	is("batch: null", ioctl(fd, HVP_IOC_CALL, NULL) ? errno : 0, EFAULT);

	reader = open(DEVICE, O_RDONLY | O_CLOEXEC);
	batch = good;
	is("batch: descriptor for reading",
	   ioctl(reader, HVP_IOC_CALL, &batch) ? errno : 0, EBADF);
	close(reader);
}

/* The first call is good, the array ends in a hole behind it. */
static inline void test_batch_hole(void)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct hvp_call *calls =
		(void *)(page + 4096 - sizeof(struct hvp_call) - 8);
	unsigned int done;

	munmap(page + 4096, 4096);
	*calls = new_call(0xffff, 0);
	is("hole: the second call", run_batch(calls, 2, &done), EFAULT);
	is("hole: the first is done", calls->error, -ENXIO);
	mprotect(page, 4096, PROT_READ);
	is("hole: read-only calls", run_batch(calls, 1, &done), EFAULT);
	is("hole: none done", done, 0);
	munmap(page, 4096);
}

#endif
