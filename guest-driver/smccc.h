/* SPDX-License-Identifier: GPL-2.0-only */
/* arm64: the conduit, the guard around calls, and making one. */
#ifndef HVP_DRIVER_SMCCC_H
#define HVP_DRIVER_SMCCC_H

#include "../asm/arm64/hvp_smccc.h"
#include "driver.h"

/**
 * hvp_conduit_find() - the instruction that firmware's tables name
 * @driver: gets text facts of what they say
 * @reason: why there is none
 *
 * Return: HVP_INSN_HVC or _SMC where that is safe at this exception level, else
 * HVP_INSN_NONE.
 */
u8 hvp_conduit_find(struct hvp_driver *driver, u32 *reason);

/** Would SMC be undefined here, or taken by a hypervisor, but never hang? */
bool hvp_conduit_smc_is_undefined(void);

/**
 * Catch calls that are undefined, on every CPU, until hvp_guard_leave(). Nests.
 * May sleep. False: this kernel has nothing to catch them with.
 */
bool hvp_guard_enter(void);
void hvp_guard_leave(void);

/** The same until the module is unloaded. */
void hvp_guard_keep(void);

/**
 * hvp_smccc_make() - one call on this CPU, inside the guard
 * @insn: HVP_INSN_HVC or _SMC, as hvp_conduit_find() said
 * @immediate: 0, or HVP_SMCCC_XEN_IMMEDIATE where Xen was identified
 * @regs: before and after
 *
 * Return: 0 or HVP_RAISED.
 */
unsigned int hvp_smccc_make(u8 insn, u16 immediate,
			    struct hvp_smccc_regs *regs);

/** An SMCCC fact that is not made yet; arguments and immediate are 0. */
struct hvp_fact hvp_smccc_fact(u8 insn, u32 function, u8 purpose);

/**
 * Make the call that @fact describes and record it, inside the guard.
 * @clock: with the counter before and after
 * Return: the record, NULL when there is no room.
 */
const struct hvp_fact *hvp_smccc_attempt(struct hvp_driver *driver,
					 struct hvp_fact *fact, bool clock);

#endif
