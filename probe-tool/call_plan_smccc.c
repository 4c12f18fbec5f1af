// SPDX-License-Identifier: GPL-2.0-only
/* The words of hvprobe call smccc. */
#include <stdio.h>
#include "call.h"

static int no_number(int argument)
{
	hvp_error("0x begins a hexadecimal one", "argument %d is no number",
		  argument);
	return HVP_EXIT_USAGE;
}

int hvp_plan_read_smccc(const struct hvp_request *request,
			struct hvp_plan *plan)
{
	const char *name = request->names[1];
	struct hvp_call *call = &plan->call;
	char safe[128];
	u64 number;
	int i;

	plan->smccc = hvp_smccc_function_find_name(name);
	if (plan->smccc) {
		number = plan->smccc->id;
	} else if (hvp_number_read(name, 0xffffffff, &number)) {
		plan->smccc = hvp_smccc_function_find((u32)number);
	} else {
		hvp_error("docs/capabilities.md lists them; a number will do",
			  "SMCCC has no function '%s'",
			  hvp_escape(safe, sizeof(safe), name, strlen(name)));
		return HVP_EXIT_USAGE;
	}
	if (request->name_count - 2 > HVP_CALL_ARGS) {
		hvp_error("hvprobe help call shows the form",
			  "an SMCCC call takes %u arguments at most",
			  HVP_CALL_ARGS);
		return HVP_EXIT_USAGE;
	}
	call->abi = HVP_ABI_SMCCC;
	call->number = number;
	for (i = 2; i < request->name_count; i++) {
		u64 value;

		if (!hvp_number_read(request->names[i], ~0ULL, &value))
			return no_number(i - 1);
		call->args[i - 2] = value;
	}
	call->output = (u64)(uintptr_t)plan->output;
	call->output_capacity = sizeof(plan->output);
	return 0;
}

/* UIDs and versions use the whole word: only the few codes are refusals. */
const char *hvp_smccc_status_text(u64 result)
{
	switch ((s32)result) {
	case -1:
		return "not supported";
	case -2:
	case -3:
	case -4:
	case -5:
	case -6:
	case -7:
	case -8:
	case -9:
	case -10:
		return "refused, with a code of that function's own";
	default:
		return "";
	}
}
