/* SPDX-License-Identifier: GPL-2.0-only */
/* The CPU's counter and its frequency. */
#ifndef HVP_TOOL_CLOCK_H
#define HVP_TOOL_CLOCK_H

#include "../core/compat.h"

/** Counter of this CPU, after all earlier instructions; 0 where there is none. */
u64 hvp_clock_read(void);

/** Its frequency, measured against the kernel's clock in 30 ms; 0 unknown. */
u64 hvp_clock_khz(void);

/** Nanoseconds of a clock that only goes on. */
u64 hvp_clock_ns(void);

#endif
