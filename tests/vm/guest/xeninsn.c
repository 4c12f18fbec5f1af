// SPDX-License-Identifier: GPL-2.0-only
/*
 * XENVER_version by either instruction instead of the kernel's own path: what
 * came of each, as "instruction result;" or "instruction vector-N;". Needs
 * unsafe_calls=1.
 */
#include "calltest.h"

#define XEN_VERSION	17

static void try(const char *name, unsigned int insn)
{
	struct hvp_call call = new_call(ABI_XEN, XEN_VERSION);
	int error;

	call.insn = insn;
	error = run(&call);
	if (error)
		printf("%s error%d;", name, error);
	else if (call.outcome == HVP_OUTCOME_FAULT)
		printf("%s vector-%u;", name, call.vector);
	else
		printf("%s 0x%llx;", name, (unsigned long long)call.result);
}

int main(void)
{
	fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		perror(DEVICE);
		return 1;
	}
	try("vmcall", HVP_INSN_VMCALL);
	try("vmmcall", HVP_INSN_VMMCALL);
	putchar('\n');
	return 0;
}
