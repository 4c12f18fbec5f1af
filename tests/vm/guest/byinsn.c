// SPDX-License-Identifier: GPL-2.0-only
/*
 * byinsn xen|hyperv: XENVER_version, or an unknown Hyper-V call, by either
 * instruction instead of the kernel's own path: what came of each, as "instruction
 * result;", "instruction vector-N;" or "instruction errorN;". Needs unsafe_calls=1
 * to be made.
 */
#include "calltest.h"

#define XEN_VERSION	17
#define INVALID_CODE	0xbeef

static bool xen;

static void try(const char *name, unsigned int insn)
{
	struct hvp_call call = xen ? new_call(ABI_XEN, XEN_VERSION) :
				     new_call(ABI_HYPERV, INVALID_CODE);
	int error;

	call.insn = insn;
	/* Where no memory is shared another shape would be refused for that. */
	call.shape = xen ? HVP_SHAPE_AUTO : HVP_SHAPE_FAST;
	error = run(&call);
	if (error)
		printf("%s error%d;", name, error);
	else if (call.outcome == HVP_OUTCOME_FAULT)
		printf("%s vector-%u;", name, call.vector);
	else
		printf("%s 0x%llx;", name, (unsigned long long)call.result);
}

int main(int argc, char **argv)
{
	xen = argc > 1 && !strcmp(argv[1], "xen");
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
