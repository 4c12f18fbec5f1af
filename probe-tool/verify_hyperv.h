/* SPDX-License-Identifier: GPL-2.0-only */
/* What the checks of Hyper-V share. */
#ifndef HVP_TOOL_VERIFY_HYPERV_H
#define HVP_TOOL_VERIFY_HYPERV_H

#include "verify.h"

#define HVP_REGISTERS_MAX	16
#define HVP_REGISTERS_INPUT	(16 + 4 * HVP_REGISTERS_MAX)

/** Does @status say no, rather than that the call went wrong? */
bool hvp_status_is_refusal(u32 status);

/** Input of call 0x50 for @count registers of the caller itself; its size. */
u32 hvp_registers_input(u8 input[HVP_REGISTERS_INPUT], const u32 *names,
			u32 count);

#endif
