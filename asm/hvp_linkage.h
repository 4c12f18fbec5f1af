/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every trampoline is written with: function and return macros of the
 * running kernel (branch targets, return thunks), exception-table entries.
 */
#ifndef HVP_LINKAGE_H
#define HVP_LINKAGE_H

#include <linux/linkage.h>

#ifdef CONFIG_X86
#include <linux/objtool.h>
#include <linux/version.h>
#include <asm/asm.h>

#ifdef __ASSEMBLER__
/* Kernels before the retbleed fixes have no macro. */
#ifndef RET
#define RET	ret
#endif

/* A label in text whose address is taken, but never called or jumped to. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
#define HVP_NOT_A_TARGET	ANNOTATE_NOENDBR
#else
#define HVP_NOT_A_TARGET
#endif
#endif

/*
 * An exception at the instruction labelled @insn continues at @fixup with its
 * vector in EAX. The entry names the trapping instruction itself.
 */
#define HVP_FIXUP(insn, fixup)	_ASM_EXTABLE_FAULT(insn, fixup)
#endif

#endif
