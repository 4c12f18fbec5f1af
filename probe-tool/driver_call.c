// SPDX-License-Identifier: GPL-2.0-only
/* Hypercalls through /dev/hvprobe. */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "driver_call.h"

#define DEVICE	"/dev/hvprobe"
#define UNSEEN	1	/* no errno: the driver did not get to this call */

static const struct {
	int error;
	const char *name;
	const char *text;
	const char *hint;
} errors[] = {
	{ ENOENT, "ENOENT", "hvprobe.ko is not loaded",
	  "load hvprobe.ko and run as root" },
	{ EPERM, "EPERM", "not on the driver's allow-list of harmless calls",
	  "where this guest may be lost: load hvprobe.ko with unsafe_calls=1, "
	  "have CAP_SYS_RAWIO, and a kernel that is not locked down" },
	{ EACCES, "EACCES", "this user may not make the driver call",
	  "run as root; an unsafe call needs CAP_SYS_RAWIO" },
	{ EKEYREJECTED, "EKEYREJECTED",
	  "the kernel is locked down, which forbids unsafe calls",
	  "boot without lockdown, or make a call of the allow-list" },
	{ ENXIO, "ENXIO", "this machine does not have that interface",
	  "hvprobe report lists the interfaces that are here" },
	{ EOPNOTSUPP, "EOPNOTSUPP", "nothing proven to carry the call here",
	  "hvprobe report shows what the driver tried" },
	{ ETIME, "ETIME", "the deadline passed before all elements were done",
	  "ask for fewer elements" },
	{ EINTR, "EINTR", "a signal came first", "run it again" },
	{ EINVAL, "EINVAL", "the driver refuses this combination of arguments",
	  "--dry-run shows how a call would be made" },
	{ E2BIG, "E2BIG", "the parameters do not fit this shape",
	  "use --shape=slow, or fewer elements" },
	{ ENODATA, "ENODATA", "the sizes of this call are not known",
	  "give --in-header, --in-element, --out-header and --out-element" },
	{ EFAULT, "EFAULT", "the driver could not reach a buffer",
	  "report this: the tool is wrong" },
	{ EPROTO, "EPROTO", "the loaded driver cannot make calls",
	  "install hvprobe.ko and hvprobe of the same release" },
	{ EBUSY, "EBUSY", "something else is using the call path",
	  "run it again" },
	{ ENOMEM, "ENOMEM", "the kernel has no memory for it", "run it again" },
	{ ENODEV, "ENODEV", "the driver is being unloaded",
	  "load hvprobe.ko again" },
};

static int device_make(struct hvp_caller *caller, struct hvp_call *calls,
		       u32 count)
{
	struct hvp_call_batch batch = { .size = sizeof(batch) };

	batch.count = count;
	batch.calls = (u64)(uintptr_t)calls;
	if (ioctl(caller->fd, HVP_IOC_CALL, &batch))
		return errno == ENOTTY ? -EPROTO : -errno;
	return 0;
}

int hvp_caller_open(struct hvp_caller *caller)
{
	caller->make = device_make;
	caller->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	caller->error = 0;
	if (caller->fd < 0) {
		caller->error = errno == EPERM || errno == EROFS ? -EACCES :
								   -errno;
		/* A container sees the driver in sysfs but has no node. */
		if ((errno == ENOENT || errno == ENXIO) &&
		    !access("/sys/devices/virtual/misc/hvprobe", F_OK))
			caller->error = -EACCES;
	}
	return caller->error;
}

void hvp_caller_close(struct hvp_caller *caller)
{
	if (caller->fd >= 0)
		close(caller->fd);
	caller->fd = -1;
}

u32 hvp_caller_reason(const struct hvp_caller *caller,
		      const struct hvp_report *report)
{
	if (report->gvisor)
		return HVP_REASON_IN_GVISOR;
	return caller && caller->error == -EACCES ? HVP_REASON_NEEDS_ROOT :
						    HVP_REASON_NEEDS_DRIVER;
}

int hvp_caller_one(struct hvp_caller *caller, struct hvp_call *call)
{
	int ret;

	if (caller->error)
		return call->error = caller->error;
	call->error = UNSEEN;
	ret = caller->make(caller, call, 1);
	if (call->error == UNSEEN)
		call->error = ret ? ret : -EINTR;
	return ret ? ret : call->error;
}

void hvp_call_set_abi(struct hvp_call *call, const struct hvp_abi_call *row,
		      void *output, u32 capacity)
{
	u32 i;

	memset(call, 0, sizeof(*call));
	call->abi = row->abi;
	call->number = row->number;
	for (i = 0; i < HVP_ARRAY_SIZE(row->args); i++)
		call->args[i] = row->args[i];
	call->output = (u64)(uintptr_t)output;
	call->output_capacity = capacity;
}

void hvp_call_set_smccc(struct hvp_call *call, u32 query, void *output,
			u32 capacity)
{
	const struct hvp_smccc_query *row = &hvp_smccc_queries[query];

	memset(call, 0, sizeof(*call));
	call->abi = HVP_ABI_SMCCC;
	call->number = row->function;
	memcpy(call->args, row->args, sizeof(row->args));
	call->output = (u64)(uintptr_t)output;
	call->output_capacity = capacity;
}

void hvp_call_set_hyperv(struct hvp_call *call, u32 code, u32 shape,
			 const void *input, u32 input_bytes, void *output,
			 u32 capacity)
{
	memset(call, 0, sizeof(*call));
	call->abi = HVP_ABI_HYPERV;
	call->number = code;
	call->shape = (u8)shape;
	call->input = input_bytes ? (u64)(uintptr_t)input : 0;
	call->input_bytes = input_bytes;
	call->output = capacity ? (u64)(uintptr_t)output : 0;
	call->output_capacity = capacity;
}

static int find(int error)
{
	int i;

	for (i = 0; i < (int)HVP_ARRAY_SIZE(errors); i++)
		if (errors[i].error == -error)
			return i;
	return -1;
}

const char *hvp_call_error_text(int error)
{
	int row = find(error);

	return !error ? NULL : row >= 0 ? errors[row].text : strerror(-error);
}

const char *hvp_call_error_hint(int error)
{
	int row = find(error);

	return row >= 0 ? errors[row].hint :
			  "the kernel log may say more: dmesg";
}

const char *hvp_call_error_name(int error)
{
	int row = find(error);

	return row >= 0 ? errors[row].name : "?";
}
