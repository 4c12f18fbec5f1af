// SPDX-License-Identifier: GPL-2.0-only
/* The words of hvprobe call hyperv. */
#include <ctype.h>
#include <stdio.h>
#include "call.h"

#define CODE_MAX	0xffffU
#define U16_MAX_VALUE	0xffffU
#define IPI_VECTOR	0x20U

static int usage(const char *hint, const char *what, const char *value)
{
	char safe[128];

	hvp_error(hint, "%s '%s'", what,
		  hvp_escape(safe, sizeof(safe), value, strlen(value)));
	return HVP_EXIT_USAGE;
}

static int read_code(const char *name, bool dry, struct hvp_plan *plan)
{
	u64 number;

	plan->hypercall = hvp_hypercall_find_name(name);
	if (plan->hypercall) {
		plan->call.number = plan->hypercall->code;
		if (dry || plan->hypercall->safety != HVP_SAFETY_NEVER)
			return 0;
		hvp_error("--dry-run shows it; whoever means it gives its number",
			  "%s can hang, halt or change the guest for good",
			  plan->hypercall->name);
		return HVP_EXIT_USAGE;
	}
	if (!hvp_number_read(name, ~0ULL, &number))
		return usage("a code such as 0x8001, or a name such as query-capabilities",
			     "Hyper-V has no call", name);
	plan->call.number = number;
	if (number > CODE_MAX)
		plan->call.flags |= HVP_CALL_CONTROL;
	plan->hypercall = hvp_hypercall_find((u32)(number & CODE_MAX));
	return 0;
}

static int read_shape(const char *name, u8 *shape)
{
	u32 i;

	*shape = HVP_SHAPE_AUTO;
	for (i = 0; name && i < HVP_HVCALL_SHAPE_COUNT; i++)
		if (!strcmp(name, hvp_hvcall_shape_name(i))) {
			*shape = (u8)i;
			return 0;
		}
	return name ? usage("shapes are auto, slow, fast and xmm",
			    "there is no shape", name) : 0;
}

static int read_hex(const char *text, struct hvp_plan *plan)
{
	const char *at = text[0] == '0' && (text[1] | 32) == 'x' ? text + 2 :
								   text;
	u32 digits = 0;

	for (; *at; at++) {
		int digit = isdigit((unsigned char)*at) ? *at - '0' :
			    isxdigit((unsigned char)*at) ?
				    (*at | 32) - 'a' + 10 : -1;

		if (digit < 0 && (*at == ' ' || *at == ':'))
			continue;
		if (digit < 0 || digits / 2 == sizeof(plan->input))
			return usage("two digits for each of 4096 bytes at most",
				     "--in takes hexadecimal bytes, not", text);
		plan->input[digits / 2] =
			(u8)(plan->input[digits / 2] << 4 | digit);
		digits++;
	}
	plan->call.input_bytes = digits / 2;
	return digits & 1 ? usage("two digits for each byte",
				  "half a byte at the end of", text) : 0;
}

static int read_registers(const struct hvp_request *request,
			  struct hvp_plan *plan)
{
	u32 i;

	if ((plan->call.number & CODE_MAX) != HVP_HYPERCALL_GET_VP_REGISTERS) {
		hvp_error("--in gives the input of other calls",
			  "--reg is for call 0x50");
		return HVP_EXIT_USAGE;
	}
	for (i = 0; i < request->reg_count; i++) {
		const char *name = request->regs[i];
		const struct hvp_hvreg *reg = hvp_hvreg_find_name(name);
		u64 number;

		if (!reg && !hvp_number_read(name, ~0U, &number))
			return usage("a number such as 0x100, or its name",
				     "there is no register", name);
		plan->names[i] = reg ? reg->number : (u32)number;
	}
	plan->name_count = request->reg_count;
	plan->call.reps = (u16)plan->name_count;
	plan->call.input_bytes = hvp_registers_input(plan->input, plan->names,
						     plan->name_count);
	return 0;
}

static int read_sizes(const struct hvp_request *request, struct hvp_plan *plan)
{
	const struct {
		u8 arg;
		bool layout;
		const char *name;
		u16 *value;
	} sizes[] = {
		{ HVP_ARG_REPS, false, "--reps takes a number, not",
		  &plan->call.reps },
		{ HVP_ARG_VAR_QWORDS, false, "--var-qwords takes a number, not",
		  &plan->call.var_qwords },
		{ HVP_ARG_IN_HEADER, true, "--in-header takes a number, not",
		  &plan->call.in_header },
		{ HVP_ARG_IN_ELEMENT, true, "--in-element takes a number, not",
		  &plan->call.in_element },
		{ HVP_ARG_OUT_HEADER, true, "--out-header takes a number, not",
		  &plan->call.out_header },
		{ HVP_ARG_OUT_ELEMENT, true,
		  "--out-element takes a number, not",
		  &plan->call.out_element },
		{ HVP_ARG_OUT_BYTES, true, "--out-bytes takes a number, not",
		  &plan->call.out_header },
	};
	u64 number;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(sizes); i++) {
		const char *text = request->args[sizes[i].arg];

		if (!text)
			continue;
		if (!hvp_number_read(text, U16_MAX_VALUE, &number))
			return usage("from 0 to 65535", sizes[i].name, text);
		*sizes[i].value = (u16)number;
		if (sizes[i].layout)
			plan->call.flags |= HVP_CALL_LAYOUT;
	}
	return 0;
}

/* Input that names nobody, or that is the same for everybody. */
static void default_input(struct hvp_plan *plan)
{
	u32 code = plan->call.number & CODE_MAX;

	if (code == HVP_HYPERCALL_NOTIFY_LONG_SPIN_WAIT)
		plan->input[0] = 1;
	else if (code == HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI ||
		 code == HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI_EX)
		plan->input[0] = IPI_VECTOR;
	plan->call.input_bytes = plan->hypercall->in_header;
}

/* Elements of call 0x9a are words of the command line. */
static int read_apic_ids(const struct hvp_request *request,
			 struct hvp_plan *plan)
{
	u32 ids[HVP_REGISTERS_MAX], vp = 0;
	u64 number;
	int i;

	for (i = 2; i < request->name_count; i++) {
		if (i - 2 == HVP_REGISTERS_MAX ||
		    !hvp_number_read(request->names[i], ~0U, &number))
			return usage("a few numbers", "no APIC id",
				     request->names[i]);
		ids[i - 2] = (u32)number;
	}
	plan->call.reps = (u16)(request->name_count - 2);
	plan->call.input_bytes = hvp_registers_input(plan->input, ids,
						     plan->call.reps);
	/* The same header, but a VTL in the place of the VP. */
	memcpy(plan->input + 8, &vp, sizeof(vp));
	return 0;
}

static int read_input(const struct hvp_request *request, struct hvp_plan *plan)
{
	const struct hvp_hypercall *row = plan->hypercall;
	u32 code = plan->call.number & CODE_MAX;

	if (request->args[HVP_ARG_IN])
		return read_hex(request->args[HVP_ARG_IN], plan);
	if (request->reg_count)
		return read_registers(request, plan);
	if (code == HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID &&
	    request->name_count > 2)
		return read_apic_ids(request, plan);
	if (!row || !row->in_header || plan->call.flags & HVP_CALL_LAYOUT)
		return 0;
	if (row->safety == HVP_SAFETY_EMPTY_SET_ONLY ||
	    code == HVP_HYPERCALL_NOTIFY_LONG_SPIN_WAIT) {
		default_input(plan);
		return 0;
	}
	hvp_error(code == HVP_HYPERCALL_GET_VP_REGISTERS ?
			  "name registers with --reg" :
		  code == HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID ?
			  "name APIC ids after the call" :
			  "give it as --in=HEX",
		  "call 0x%x takes %u bytes of input%s", code, row->in_header,
		  row->in_element ? " and a list" : "");
	return HVP_EXIT_USAGE;
}

/* What was not said follows from what was. */
static void complete_sizes(const struct hvp_request *request,
			   struct hvp_plan *plan)
{
	const struct hvp_hypercall *row = plan->hypercall;
	struct hvp_call *call = &plan->call;
	u32 header, element;

	if (row && !(row->flags & HVP_HC_RAW) &&
	    !(call->flags & HVP_CALL_LAYOUT)) {
		header = row->in_header + 8U * call->var_qwords;
		element = row->in_element;
		if (!request->args[HVP_ARG_REPS] && !call->reps && element &&
		    call->input_bytes > header)
			call->reps = (u16)((call->input_bytes - header) /
					   element);
		return;
	}
	if (call->input_bytes)
		call->flags |= HVP_CALL_LAYOUT;
	if (!request->args[HVP_ARG_IN_HEADER] &&
	    call->input_bytes >= 8U * call->var_qwords +
				 (u32)call->reps * call->in_element)
		call->in_header = (u16)(call->input_bytes -
					8U * call->var_qwords -
					(u32)call->reps * call->in_element);
}

int hvp_plan_read_hyperv(const struct hvp_request *request,
			 struct hvp_plan *plan)
{
	struct hvp_call *call = &plan->call;
	u32 room;
	int status;

	call->abi = HVP_ABI_HYPERV;
	status = read_code(request->names[1], request->args[HVP_ARG_DRY_RUN],
			   plan);
	if (!status)
		status = read_shape(request->args[HVP_ARG_SHAPE], &call->shape);
	if (!status)
		status = read_sizes(request, plan);
	if (!status)
		status = read_input(request, plan);
	if (status)
		return status;
	if (request->name_count > 2 &&
	    (call->number & CODE_MAX) !=
		    HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID)
		return usage("--in gives its input", "one call at a time, not",
			     request->names[2]);
	complete_sizes(request, plan);
	hvp_hypercall_request_of(call, &plan->request);
	room = plan->request.out_header +
	       (u32)plan->request.reps * plan->request.out_element;
	if (call->input_bytes)
		call->input = (u64)(uintptr_t)plan->input;
	if (room && room <= sizeof(plan->output)) {
		call->output = (u64)(uintptr_t)plan->output;
		call->output_capacity = room;
	}
	return 0;
}
