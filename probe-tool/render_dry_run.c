// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe call --dry-run: the registers, and which bytes they carry. */
#include <stdio.h>
#include "call.h"

static void put_fields(const struct hvp_dry_run *dry)
{
	u32 i;

	printf("Control word 0x%016llx\n",
	       (unsigned long long)dry->layout.control);
	for (i = 0; i < HVP_HVCALL_FIELD_COUNT; i++) {
		const struct hvp_hvcall_field *field = &hvp_hvcall_fields[i];
		u64 value = dry->description.field[i];

		if (!value && !strcmp(field->name, "reserved"))
			continue;
		printf("  bits %2u to %-2u  %-22s 0x%llx\n", field->lo,
		       field->hi, field->name, (unsigned long long)value);
	}
}

static void put_span(const char *what, const struct hvp_hvcall_span *span)
{
	if (span->bytes)
		printf("%s bytes %u to %u", what, span->offset,
		       span->offset + span->bytes - 1U);
}

static void put_value(const u8 *bytes, u32 count)
{
	/* Highest byte first, as a register is written. */
	fputs(" = 0x", stdout);
	while (count--)
		printf("%02x", bytes[count]);
}

static void put_register(const struct hvp_dry_run *dry, u32 index)
{
	u32 place = index ? index - 1 : 0;
	const u8 *bytes = !index ? (const u8 *)&dry->regs.rcx :
			  place < HVP_HVCALL_XMM0 ?
				  dry->regs.block + 8 * place :
				  dry->regs.xmm[place - HVP_HVCALL_XMM0];
	struct hvp_hvcall_span in = dry->description.reg[index].in;
	struct hvp_hvcall_span out = dry->description.reg[index].out;

	switch (dry->description.reg[index].role) {
	case HVP_HVCALL_ROLE_CONTROL:
		printf("  %-5s control word\n", dry->description.reg[index].name);
		return;
	case HVP_HVCALL_ROLE_IN_GPA:
		printf("  %-5s address of the input, in a page of the driver's\n",
		       dry->description.reg[index].name);
		return;
	case HVP_HVCALL_ROLE_OUT_GPA:
		printf("  %-5s address of the output, in a page of the driver's\n",
		       dry->description.reg[index].name);
		return;
	case HVP_HVCALL_ROLE_BYTES:
		break;
	default:
		return;
	}
	printf("  %-5s ", dry->description.reg[index].name);
	put_span("input", &in);
	if (in.bytes && out.bytes)
		fputs(", ", stdout);
	put_span("output", &out);
	if (!in.bytes && !out.bytes)
		fputs("zero", stdout);
	if (in.bytes)
		put_value(bytes, place < HVP_HVCALL_XMM0 ? 8 : 16);
	putchar('\n');
}

static void put_hyperv(const struct hvp_view *view,
		       const struct hvp_plan *plan)
{
	struct hvp_dry_run dry;
	u32 i;

	if (hvp_dry_run(plan, &dry)) {
		printf("  %-12s", "refused");
		hvp_put_wrapped(view, 14, 14,
				hvp_hvcall_refusal_text(dry.layout.refusal));
		return;
	}
	printf("  %-12s%s: %s\n", "shape",
	       hvp_hvcall_shape_name(dry.layout.shape),
	       hvp_hvcall_reason_text(dry.layout.reason));
	printf("  %-12s%u bytes of input, %u of output", "parameters",
	       dry.layout.in_bytes, dry.layout.out_bytes);
	if (dry.layout.reps)
		printf(", %u elements", dry.layout.reps);
	if (dry.layout.in_bytes != plan->call.input_bytes)
		printf("\n  %-12s%u bytes given where the layout has %u",
		       "input", plan->call.input_bytes, dry.layout.in_bytes);
	putchar('\n');
	put_fields(&dry);
	puts("Registers");
	for (i = 0; i < 1 + HVP_HVCALL_REG_COUNT; i++)
		put_register(&dry, i);
}

static void put_abi(const struct hvp_plan *plan)
{
	const struct hvp_call *call = &plan->call;
	const struct hvp_abi_call *row = plan->abi_call;
	u32 i, filled = HVP_CALL_ARGS;

	if (row)
		filled = row->fill == HVP_ABI_FILL_A1_BUFFER ||
			 row->fill == HVP_ABI_FILL_A1_SIZED ? 1 :
			 row->fill == HVP_ABI_FILL_NONE ? HVP_CALL_ARGS : 0;
	puts("Registers");
	printf("  %-5s 0x%llx\n", hvp_abi_number_register(call->abi),
	       (unsigned long long)call->number);
	for (i = 0; i < HVP_CALL_ARGS; i++)
		if (i == filled)
			printf("  %-5s %s\n", hvp_abi_register(call->abi, i),
			       row->fill == HVP_ABI_FILL_A0_APIC_ID ?
				       "APIC id of the calling CPU" :
				       "address of a buffer of the driver's");
		else if (call->args[i])
			printf("  %-5s 0x%llx\n",
			       hvp_abi_register(call->abi, i),
			       (unsigned long long)call->args[i]);
	puts("  all others are 0");
}

static void put_row(const struct hvp_plan *plan)
{
	const struct hvp_hypercall *row = plan->hypercall;
	const char *spec = hvp_plan_spec(plan);

	if (row && row->needs != HVP_CAP_NONE)
		printf("  %-12s%s\n", "capability", hvp_caps[row->needs].name);
	if (spec)
		printf("  %-12s%s%s\n", "source", spec,
		       row && row->flags & HVP_HC_UNCONFIRMED ?
			       ", unconfirmed" : "");
}

void hvp_render_dry_run_text(const struct hvp_view *view,
			     const struct hvp_plan *plan)
{
	char title[HVP_PLAN_TITLE];

	hvp_bold(view, hvp_plan_title(plan, title));
	putchar('\n');
	printf("  %-12s%s\n", "allow-list",
	       hvp_plan_is_harmless(plan) ? "yes: harmless" :
	       plan->smccc && plan->smccc->safety == HVP_SMCCC_NEVER ?
	       "never made: it has an effect" :
	       "no: needs CAP_SYS_RAWIO and hvprobe.ko unsafe_calls=1");
	put_row(plan);
	if (plan->call.abi == HVP_ABI_HYPERV)
		put_hyperv(view, plan);
	else
		put_abi(plan);
}
