/* SPDX-License-Identifier: GPL-2.0-only */
/* The CPUID instruction, plain and behind Xen's forced-emulation prefix. */
#ifndef HVP_TOOL_CPUID_INSN_H
#define HVP_TOOL_CPUID_INSN_H

#include "../include/uapi/linux/hvprobe.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>

/*
 * Execute CPUID as &enum hvp_cpuid_how says. Forced, it begins with UD2, which is
 * #UD for everybody but Xen, who looks at the bytes behind it: SIGILL elsewhere.
 */
static inline void hvp_cpuid_execute(__u32 how, __u32 leaf, __u32 subleaf,
				     __u32 regs[4])
{
	if (how != HVP_CPUID_FORCED) {
		__cpuid_count(leaf, subleaf, regs[0], regs[1], regs[2],
			      regs[3]);
		return;
	}
	/* Xen public/arch-x86/xen.h, XEN_EMULATE_PREFIX: ud2; .ascii "xen" */
	__asm__ volatile(".byte 0x0f, 0x0b, 0x78, 0x65, 0x6e\n\tcpuid"
			 : "=a"(regs[0]), "=b"(regs[1]), "=c"(regs[2]),
			   "=d"(regs[3])
			 : "0"(leaf), "2"(subleaf));
}
#endif

#endif
