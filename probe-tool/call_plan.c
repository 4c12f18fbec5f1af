// SPDX-License-Identifier: GPL-2.0-only
/* The words of hvprobe call. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "call.h"

static const char *const registers[3][HVP_CALL_ARGS] = {
	{ "RBX", "RCX", "RDX", "RSI", "RDI" },
	{ "RDI", "RSI", "RDX", "R10", "R8" },
	{ "X1", "X2", "X3", "X4", "X5" },
};

bool hvp_number_read(const char *text, u64 max, u64 *value)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	*value = strtoull(text, &end, 0);
	return !*end && !errno && *value <= max;
}

const char *hvp_abi_register(u32 abi, u32 index)
{
	u32 row = abi == HVP_ABI_SMCCC ? 2 : abi == HVP_ABI_XEN;

	return index < HVP_CALL_ARGS ? registers[row][index] : "?";
}

const char *hvp_abi_number_register(u32 abi)
{
	return abi == HVP_ABI_SMCCC ? "X0" : "RAX";
}

bool hvp_plan_is_harmless(const struct hvp_plan *plan)
{
	if (plan->call.abi == HVP_ABI_SMCCC)
		return plan->smccc &&
		       plan->smccc->safety == HVP_SMCCC_HARMLESS;
	if (plan->call.abi != HVP_ABI_HYPERV)
		return plan->abi_call;
	return hvp_hypercall_is_harmless(&plan->request, plan->input,
					 plan->call.input_bytes);
}

char *hvp_plan_title(const struct hvp_plan *plan, char out[HVP_PLAN_TITLE])
{
	const struct hvp_hypercall *row = plan->hypercall;
	const struct hvp_call *call = &plan->call;

	if (call->abi != HVP_ABI_HYPERV)
		snprintf(out, HVP_PLAN_TITLE, "%s call 0x%llx%s%s",
			 hvp_abi_name(call->abi),
			 (unsigned long long)call->number,
			 plan->abi_call || plan->smccc ? " " : "",
			 plan->smccc	? plan->smccc->name :
			 plan->abi_call ? plan->abi_call->name : "");
	else
		snprintf(out, HVP_PLAN_TITLE, "Hyper-V call 0x%04x%s%s%s%s%s",
			 (u16)call->number, row ? " " : "",
			 row ? row->name : "", row && *row->tlfs ? " (" : "",
			 row ? row->tlfs : "", row && *row->tlfs ? ")" : "");
	return out;
}

const char *hvp_plan_spec(const struct hvp_plan *plan)
{
	return plan->hypercall ? plan->hypercall->spec :
	       plan->abi_call  ? plan->abi_call->spec :
	       plan->smccc     ? plan->smccc->spec : NULL;
}

static bool same_args(const struct hvp_abi_call *row,
		      const struct hvp_call *call)
{
	return row->abi == call->abi && row->number == call->number &&
	       !memcmp(row->args, call->args, sizeof(row->args)) &&
	       !call->args[HVP_CALL_ARGS - 1];
}

static int unknown_name(u32 abi, const char *name)
{
	char list[512] = "its calls are";
	char safe[128];
	size_t at;
	u32 i;

	for (i = 0; i < HVP_ABI_CALL_COUNT; i++) {
		at = strlen(list);
		if (hvp_abi_calls[i].abi == abi)
			snprintf(list + at, sizeof(list) - at, " %s",
				 hvp_abi_calls[i].name);
	}
	hvp_error(list, "%s has no call '%s'", hvp_abi_name(abi),
		  hvp_escape(safe, sizeof(safe), name, strlen(name)));
	return HVP_EXIT_USAGE;
}

/* A name, or a number and arguments. VMware's number is the command. */
static int read_abi(const struct hvp_request *request, struct hvp_plan *plan,
		    u32 abi)
{
	const char *name = request->names[1];
	struct hvp_call *call = &plan->call;
	u32 first = abi == HVP_ABI_VMWARE ? 1 : 0;
	u64 number;
	int i;

	plan->abi_call = hvp_abi_call_find_name(abi, name);
	if (plan->abi_call && request->name_count > 2) {
		hvp_error("give a number to choose the arguments",
			  "'%s' has its arguments", name);
		return HVP_EXIT_USAGE;
	}
	if (plan->abi_call) {
		hvp_call_set_abi(call, plan->abi_call, plan->output,
				 sizeof(plan->output));
		return 0;
	}
	if (!hvp_number_read(name, ~0ULL, &number))
		return unknown_name(abi, name);
	if (request->name_count - 2 > (int)(HVP_CALL_ARGS - first)) {
		hvp_error("hvprobe help call shows the form",
			  "a call of %s takes %u arguments at most",
			  hvp_abi_name(abi), HVP_CALL_ARGS - first);
		return HVP_EXIT_USAGE;
	}
	call->abi = (u16)abi;
	call->number = number;
	if (first) {
		call->number =
			hvp_abi_calls[HVP_ABI_CALL_VMWARE_GETVERSION].number;
		call->args[1] = number;
	}
	for (i = 2; i < request->name_count; i++) {
		u32 index = first && i == 2 ? 0 : (u32)i - 2 + first;
		u64 value;

		if (!hvp_number_read(request->names[i], ~0ULL, &value)) {
			hvp_error("0x begins a hexadecimal one",
				  "argument %d is no number", i - 1);
			return HVP_EXIT_USAGE;
		}
		call->args[index] = value;
	}
	call->output = (u64)(uintptr_t)plan->output;
	call->output_capacity = sizeof(plan->output);
	for (i = 0; i < HVP_ABI_CALL_COUNT; i++)
		if (same_args(&hvp_abi_calls[i], call))
			plan->abi_call = &hvp_abi_calls[i];
	return 0;
}

static int refuse_hyperv_options(const struct hvp_request *request)
{
	static const struct {
		u8 arg;
		const char *name;
	} options[] = {
		{ HVP_ARG_SHAPE, "shape" }, { HVP_ARG_REG, "reg" },
		{ HVP_ARG_IN, "in" }, { HVP_ARG_OUT_BYTES, "out-bytes" },
		{ HVP_ARG_REPS, "reps" }, { HVP_ARG_IN_HEADER, "in-header" },
		{ HVP_ARG_IN_ELEMENT, "in-element" },
		{ HVP_ARG_OUT_HEADER, "out-header" },
		{ HVP_ARG_OUT_ELEMENT, "out-element" },
		{ HVP_ARG_VAR_QWORDS, "var-qwords" },
	};
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(options); i++) {
		if (!request->args[options[i].arg])
			continue;
		hvp_error("arguments follow the number",
			  "--%s is for calls of Hyper-V", options[i].name);
		return HVP_EXIT_USAGE;
	}
	return 0;
}

int hvp_plan_read(const struct hvp_request *request, struct hvp_plan *plan)
{
	static const u8 abis[] = { HVP_ABI_HYPERV, HVP_ABI_KVM, HVP_ABI_XEN,
				   HVP_ABI_VMWARE, HVP_ABI_SMCCC };
	char safe[128];
	int status;
	u32 i;

	memset(plan, 0, sizeof(*plan));
	if (request->name_count < 2) {
		hvp_error("hvprobe call hyperv query-capabilities is one",
			  "give an interface and a call");
		return HVP_EXIT_USAGE;
	}
	for (i = 0; i < HVP_ARRAY_SIZE(abis); i++)
		if (!strcmp(request->names[0], hvp_abi_key(abis[i])))
			break;
	if (i == HVP_ARRAY_SIZE(abis)) {
		hvp_error("interfaces are hyperv, kvm, xen, vmware and smccc",
			  "no interface '%s' takes calls",
			  hvp_escape(safe, sizeof(safe), request->names[0],
				     strlen(request->names[0])));
		return HVP_EXIT_USAGE;
	}
	if (abis[i] == HVP_ABI_HYPERV)
		return hvp_plan_read_hyperv(request, plan);
	status = refuse_hyperv_options(request);
	if (status)
		return status;
	return abis[i] == HVP_ABI_SMCCC ? hvp_plan_read_smccc(request, plan) :
					  read_abi(request, plan, abis[i]);
}
