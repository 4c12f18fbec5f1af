/* SPDX-License-Identifier: GPL-2.0-only */
/* The only place that knows whether core/ is built into the kernel or a program. */
#ifndef HVP_CORE_COMPAT_H
#define HVP_CORE_COMPAT_H

#ifdef __KERNEL__
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/build_bug.h>
#else
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;

#ifndef static_assert
#define static_assert _Static_assert
#endif
#endif

#define HVP_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
