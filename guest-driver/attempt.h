/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypercalls that are made to learn something, and when they must not be. */
#ifndef HVP_DRIVER_ATTEMPT_H
#define HVP_DRIVER_ATTEMPT_H

#include "hv.h"

/** A CALL fact that is not made yet; number and arguments are 0. */
struct hvp_fact hvp_attempt_new(u32 abi, u32 insn, u32 purpose);

/**
 * Make @call as @way says and record it.
 * Return: the record, NULL when there is no room (HVP_CALL_RECORDS is wrong).
 */
const struct hvp_fact *hvp_attempt_make(struct hvp_driver *driver,
					struct hvp_fact *call,
					const struct hvp_way *way);

/**
 * With rodata=off KVM can make one instruction of the other and execute that.
 * Return: what stands in the trampoline of @insn for interfaces other than
 * Hyper-V: what is recorded and told, while @insn goes on to name the trampoline.
 */
u8 hvp_attempt_ran(u8 insn);

/** Add @fact with the bytes at @data; as hvp_attempt_make(). */
const struct hvp_fact *hvp_attempt_record(struct hvp_driver *driver,
					  const struct hvp_fact *fact,
					  const void *data);

/** Record that a call was deliberately not made. */
void hvp_attempt_skip(struct hvp_driver *driver, u32 abi, u32 purpose,
		      u32 reason);

/** An exception table does not save these: a trial can end the guest. */
bool hvp_attempt_is_confidential(const struct hvp_driver *driver);

/** Why the calls of @abi must not be tried; HVP_REASON_NONE if they may. */
u32 hvp_attempt_refusal(const struct hvp_driver *driver, u32 abi);

#endif
