// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe call as text: the call, its result, its output decoded. */
#include <stdio.h>
#include "call_xen.h"

#define LABEL	15
#define ROW	16
#define LONG_BUFFER	64

static void put_label(const char *label)
{
	printf("  %-*s", LABEL - 2, label);
}

static void put_line(const struct hvp_view *view, const char *label,
		     const char *text)
{
	put_label(label);
	hvp_put_wrapped(view, LABEL, LABEL, text);
}

static void put_bytes(const u8 *bytes, u32 count)
{
	char text[4 * ROW + 1];
	u32 at, i;

	for (at = 0; at < count; at += ROW) {
		u32 end = at + ROW < count ? at + ROW : count;

		printf("    %04x ", at);
		for (i = at; i < end; i++) {
			printf(" %02x", bytes[i]);
			text[i - at] = bytes[i] >= ' ' && bytes[i] < 0x7f ?
					       (char)bytes[i] : '.';
		}
		text[end - at] = '\0';
		printf("%*s  %s\n", (int)(3 * (at + ROW - end)), "", text);
	}
}

static void put_field(const struct hvp_field *field, u64 value)
{
	printf("    %-34s ", field->name);
	if (hvp_field_is_special(field, value))
		puts(field->special);
	else if (field->kind == HVP_FIELD_HEX)
		printf("0x%llx\n", (unsigned long long)value);
	else
		printf("%lld%s%s\n",
		       field->kind == HVP_FIELD_SINT ?
			       (long long)hvp_field_signed(field, value) :
			       (long long)value,
		       *field->unit ? " " : "", field->unit);
}

void hvp_render_hvreg_text(const struct hvp_view *view, u32 name, bool arm64,
			   const u8 value[16])
{
	static const char *names[HVP_CAP_COUNT + 1];
	const struct hvp_hvreg *reg = hvp_hvreg_find(name);
	u32 regs[4], i, count = 0;
	u64 low, high;

	memcpy(&low, value, sizeof(low));
	memcpy(&high, value + 8, sizeof(high));
	memcpy(regs, value, sizeof(regs));
	printf("  0x%x%s%s = 0x%016llx%016llx\n", name,
	       reg ? " " : "", reg ? reg->name : "", (unsigned long long)high,
	       (unsigned long long)low);
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (hvp_field_is_of(&hvp_fields[i], reg, arm64))
			put_field(&hvp_fields[i],
				  hvp_field_of_registers(&hvp_fields[i],
							 regs));
	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_cap_in_registers(&hvp_caps[i], reg, arm64, regs))
			names[count++] = hvp_caps[i].name;
	if (count) {
		fputs("    ", stdout);
		hvp_put_columns(view, 4, names, count);
	}
}

static void put_mask(u64 mask)
{
	u64 unlisted = hvp_extcap_unlisted(mask);
	u32 bit;

	printf("  mask 0x%016llx\n", (unsigned long long)mask);
	for (bit = 0; bit < 64; bit++) {
		const struct hvp_extcap *row = hvp_extcap_find(bit);

		if (row)
			printf("    bit %-2u %-3s  %-24s call 0x%04x\n", bit,
			       mask >> bit & 1 ? "set" : "-", row->name,
			       row->code);
	}
	if (unlisted)
		printf("    bits without a published meaning: 0x%llx\n",
		       (unsigned long long)unlisted);
}

static void put_vp_indices(const struct hvp_plan *plan)
{
	u32 i, id, index;

	for (i = 0; i < plan->call.reps_done; i++) {
		memcpy(&id, plan->input + 16 + 4 * i, sizeof(id));
		memcpy(&index, plan->output + 4 * i, sizeof(index));
		printf("  APIC id %u is VP %u\n", id, index);
	}
}

static void put_hyperv_output(const struct hvp_view *view,
			      const struct hvp_plan *plan)
{
	const struct hvp_call *call = &plan->call;
	u64 word = 0;
	u32 i;

	if (call->flags & HVP_CALL_LAYOUT)
		return;
	memcpy(&word, plan->output, sizeof(word));
	switch ((u16)call->number) {
	case HVP_HYPERCALL_QUERY_CAPABILITIES:
		if (call->output_bytes >= sizeof(word))
			put_mask(word);
		break;
	case HVP_HYPERCALL_GET_PARTITION_ID:
		if (call->output_bytes >= sizeof(word))
			printf("  partition 0x%llx\n",
			       (unsigned long long)word);
		break;
	case HVP_HYPERCALL_GET_VP_REGISTERS:
		for (i = 0; i < call->output_bytes / 16; i++)
			if (i < plan->name_count)
				hvp_render_hvreg_text(view, plan->names[i],
						      hvp_call_is_arm64(call),
						      plan->output + 16 * i);
		break;
	case HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID:
		put_vp_indices(plan);
		break;
	default:
		break;
	}
}

static void put_xen(const struct hvp_view *view, const struct hvp_plan *plan)
{
	char names[HVP_XEN_FEATURES_TEXT], text[512];
	struct hvp_xen_answer answer;
	u32 i;

	hvp_xen_answer_read(plan, &answer);
	switch (answer.kind) {
	case HVP_XEN_ANSWER_VERSION:
		printf("  Xen %u.%u\n", answer.value >> 16,
		       answer.value & 0xffff);
		break;
	case HVP_XEN_ANSWER_FEATURES:
		printf("  0x%08x ", answer.value);
		hvp_put_wrapped(view, 13, 13,
				hvp_xen_features_text(answer.value, names));
		break;
	case HVP_XEN_ANSWER_BUILD_ID:
		fputs("  build id ", stdout);
		for (i = 0; i < answer.length; i++)
			printf("%02x", answer.bytes[i]);
		putchar('\n');
		break;
	case HVP_XEN_ANSWER_TEXT:
		printf("  text %s\n", hvp_escape(text, sizeof(text),
						 answer.bytes, answer.length));
		break;
	}
}

static void put_abi_meaning(const struct hvp_view *view,
			    const struct hvp_plan *plan)
{
	u64 word[3];

	memcpy(word, plan->output, sizeof(word));
	if (plan->call.abi == HVP_ABI_XEN)
		put_xen(view, plan);
	else if (plan->abi_call ==
			 &hvp_abi_calls[HVP_ABI_CALL_KVM_CLOCK_PAIRING] &&
		 !plan->call.result)
		printf("  host's clock %lld.%09llu s at TSC %llu\n",
		       (long long)word[0], (unsigned long long)word[1],
		       (unsigned long long)word[2]);
}

static void put_x_registers(const struct hvp_plan *plan)
{
	u64 value;
	u32 i;

	for (i = 0; i < plan->call.output_bytes / sizeof(value); i++) {
		memcpy(&value, plan->output + i * sizeof(value), sizeof(value));
		if (value)
			printf("    X%-3u 0x%016llx\n", i,
			       (unsigned long long)value);
	}
	puts("    all others are 0");
}

static void put_abi_output(const struct hvp_plan *plan)
{
	static const char *const names[] = { "RAX", "RBX", "RCX", "RDX",
					     "RSI", "RDI", "R8", "R9" };
	const struct hvp_call *call = &plan->call;
	u64 regs[HVP_ARRAY_SIZE(names)];
	u32 i, shown = call->output_bytes;

	if (plan->abi_call && plan->abi_call->bytes) {
		size_t length = strnlen((const char *)plan->output,
					call->output_bytes);

		/* Of a long buffer, the zeros behind its text say nothing. */
		if (call->output_bytes > LONG_BUFFER)
			shown = (u32)(length / ROW + 1) * ROW;
		put_bytes(plan->output, shown < call->output_bytes ?
						shown : call->output_bytes);
		return;
	}
	/* X0 to X17: arm64. */
	if (call->output_bytes > sizeof(regs)) {
		put_x_registers(plan);
		return;
	}
	memcpy(regs, plan->output, sizeof(regs));
	for (i = 0; i < HVP_ARRAY_SIZE(names); i++)
		if (call->output_bytes >= (i + 1) * sizeof(u64))
			printf("    %-4s 0x%016llx\n", names[i],
			       (unsigned long long)regs[i]);
}

static void put_odd(const struct hvp_view *view, const struct hvp_call *call)
{
	static const char *const texts[] = {
		"RAX is as it was before the call",
		"a negative errno, as KVM and Xen return",
		"more elements done than asked for",
		"elements done of a simple call",
		"fewer elements done than before",
		"all elements done, yet failed",
		"reserved bits of the result are set",
		"success, but the output was not written to its end",
	};
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(texts); i++)
		if (call->odd & 1U << i)
			put_line(view, "odd", texts[i]);
}

static void put_hyperv_result(const struct hvp_view *view,
			      const struct hvp_call *call)
{
	const struct hvp_status *status = hvp_status_find(call->status);
	char line[200];

	snprintf(line, sizeof(line), "%s: %s",
		 hvp_hvcall_shape_name(call->shape_used),
		 hvp_hvcall_reason_text(call->shape_reason));
	put_line(view, "shape", line);
	snprintf(line, sizeof(line), "0x%016llx",
		 (unsigned long long)call->control);
	put_line(view, "control", line);
	if (call->outcome != HVP_OUTCOME_VALUE)
		return;
	put_odd(view, call);
	if (!hvp_call_is_hyperv_answer(call))
		return;
	snprintf(line, sizeof(line), "%s (0x%04x)%s%s",
		 status ? status->name : "a status that is not published",
		 call->status, status ? ": " : "",
		 status ? status->meaning : "");
	put_line(view, "status", line);
	if (call->reps) {
		snprintf(line, sizeof(line), "%u of %u done", call->reps_done,
			 call->reps);
		put_line(view, "elements", line);
	}
}

void hvp_render_call_text(const struct hvp_view *view,
			  const struct hvp_plan *plan)
{
	const struct hvp_call *call = &plan->call;
	bool hyperv = call->abi == HVP_ABI_HYPERV;
	char title[HVP_PLAN_TITLE], line[200], answer[HVP_ANSWER_TEXT];

	hvp_bold(view, hvp_plan_title(plan, title));
	putchar('\n');
	put_line(view, "instruction", hvp_insn_name(call->insn_used));
	if (hyperv)
		put_hyperv_result(view, call);
	if (call->outcome == HVP_OUTCOME_VALUE)
		snprintf(line, sizeof(line), "0x%016llx%s%s",
			 (unsigned long long)call->result,
			 hyperv || !*hvp_abi_errno_text(call) ? "" : ": ",
			 hyperv ? "" : hvp_abi_errno_text(call));
	else
		snprintf(line, sizeof(line), "%s",
			 hvp_call_answer(call, answer));
	put_line(view, "result", line);
	snprintf(line, sizeof(line), "%llu, %u instruction%s",
		 (unsigned long long)call->cycles, call->issued,
		 call->issued == 1 ? "" : "s");
	put_line(view, "cycles", line);
	if (!call->output_bytes || call->outcome != HVP_OUTCOME_VALUE)
		return;
	snprintf(line, sizeof(line), "%u bytes", call->output_bytes);
	put_line(view, "output", line);
	if (!hyperv) {
		put_abi_output(plan);
		put_abi_meaning(view, plan);
		return;
	}
	put_bytes(plan->output, call->output_bytes);
	put_hyperv_output(view, plan);
}
