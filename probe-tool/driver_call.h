/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls through /dev/hvprobe, behind a function that a test can replace. */
#ifndef HVP_TOOL_DRIVER_CALL_H
#define HVP_TOOL_DRIVER_CALL_H

#include "../core/hypercalls.h"
#include "../core/report.h"
#include "../include/uapi/linux/hvprobe.h"

#define HVP_ABI_BYTES		64	/* eight registers of other interfaces */

/**
 * struct hvp_caller - who makes hypercalls
 * @make: make @count calls (1 to HVP_CALL_BATCH_MAX), one after the other; 0,
 *        or -errno when none was looked at. Each call tells its own fate
 * @fd: the driver's device, -1 when it could not be opened
 * @error: why not: -ENOENT not loaded, -EACCES not permitted, -EPROTO it knows
 *         no calls, -errno
 */
struct hvp_caller {
	int (*make)(struct hvp_caller *caller, struct hvp_call *calls,
		    u32 count);
	int fd;
	int error;
};

/** Open the driver's device. 0 or @caller->error. */
int hvp_caller_open(struct hvp_caller *caller);

void hvp_caller_close(struct hvp_caller *caller);

/** Reason (core/reasons.def) that @caller, NULL for none, can call nothing here. */
u32 hvp_caller_reason(const struct hvp_caller *caller,
		      const struct hvp_report *report);

/**
 * Make one call; 0, or -errno of the ioctl or of the call. A call of which the
 * driver says nothing is -EINTR.
 */
int hvp_caller_one(struct hvp_caller *caller, struct hvp_call *call);

/**
 * Begin a call of another interface than Hyper-V from its row.
 * @output: HVP_ABI_BYTES, or @row->bytes if that is more
 */
void hvp_call_set_abi(struct hvp_call *call, const struct hvp_abi_call *row,
		      void *output, u32 capacity);

/** Begin the call of an SMCCC query; @output: HVP_SMCCC_BYTES. */
#define HVP_SMCCC_BYTES	(HVP_SMCCC_REGISTERS * 8)
void hvp_call_set_smccc(struct hvp_call *call, u32 query, void *output,
			u32 capacity);

/** Begin a Hyper-V call; sizes are those of the driver's table. */
void hvp_call_set_hyperv(struct hvp_call *call, u32 code, u32 shape,
			 const void *input, u32 input_bytes, void *output,
			 u32 capacity);

/** Why a call was not executed, and what helps; NULL for 0. */
const char *hvp_call_error_text(int error);
const char *hvp_call_error_hint(int error);

/** Errno name, such as "EPERM"; "?" for one that no call has. */
const char *hvp_call_error_name(int error);

#endif
