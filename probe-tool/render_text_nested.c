// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe nested as text. */
#include <stdio.h>
#include "render.h"

#define KEY_WIDTH	26
#define NAME_WIDTH	34
#define COLUMN_WIDTH	10

static void put_answer(const struct hvp_view *view, u32 number,
		       const struct hvp_answer *answer)
{
	const struct hvp_nested_name *name = &hvp_nested_names[number];

	printf("  %-*s", KEY_WIDTH, name->key);
	hvp_put_answer(view, answer, name->number);
	putchar('\n');
	if (!view->options->verbose)
		return;
	fputs("      ", stdout);
	hvp_put_wrapped(view, 6, 6, name->rule);
	if (answer->fact)
		hvp_put_fact(view, 6, answer->fact);
}

/* What is not there is a list of names, unless the rules are asked for. */
static void put_answers(const struct hvp_view *view,
			const struct hvp_nested *nested)
{
	const char *names[HVP_NESTED_COUNT];
	u32 i, count = 0;

	for (i = 0; i < HVP_NESTED_COUNT; i++) {
		const struct hvp_answer *answer = &nested->answers[i];

		if (view->options->verbose ||
		    answer->kind == HVP_ANSWER_YES ||
		    answer->kind == HVP_ANSWER_UNKNOWN)
			put_answer(view, i, answer);
		else if (answer->kind == HVP_ANSWER_NO)
			names[count++] = hvp_nested_names[i].key;
	}
	if (!count)
		return;
	fputs("  no  ", stdout);
	hvp_put_columns(view, 6, names, count);
}

static void put_svm(const struct hvp_view *view)
{
	const struct hvp_report *report = &view->report;
	const char *names[HVP_CAP_COUNT];
	u32 i, count = 0;

	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].needs == HVP_CAP_CPU_SVM &&
		    hvp_cap_available(report, i))
			names[count++] = hvp_caps[i].name;
	if (!count)
		return;
	putchar('\n');
	hvp_bold(view, "SVM features");
	fputs("\n  ", stdout);
	hvp_put_columns(view, 2, names, count);
}

/* "always": the control cannot be cleared. */
static void put_offered(const struct hvp_view *view,
			const struct hvp_vmx_control *control, bool fact)
{
	if (fact || control->offered.kind != HVP_ANSWER_YES)
		hvp_put_answer_name(view, &control->offered, COLUMN_WIDTH);
	else
		printf("%-*s", COLUMN_WIDTH,
		       control->must ? "always" : "optional");
}

static void put_control(const struct hvp_view *view, u32 row,
			const struct hvp_vmx_control *control)
{
	const struct hvp_vmx_name *name = &hvp_vmx_names[row];
	bool fact = hvp_vmx_groups[name->group].kind == HVP_VMX_FACTS;

	printf("    %-*s", NAME_WIDTH, name->name);
	put_offered(view, control, fact);
	hvp_put_answer_name(view, &control->evmcs, COLUMN_WIDTH);
	hvp_put_answer_name(view, &control->usable, 0);
	putchar('\n');
}

static void put_group(const struct hvp_view *view, const struct hvp_vmx *vmx,
		      u32 group)
{
	const struct hvp_fact *fact = vmx->facts[group];
	u32 row;

	printf("  %s", hvp_vmx_groups[group].key);
	if (fact)
		printf(", MSR 0x%x: 0x%016llx", fact->msr.index,
		       (unsigned long long)fact->msr.value);
	else
		printf(", MSR 0x%x", hvp_vmx_groups[group].msr);
	putchar('\n');
	for (row = 0; row < HVP_VMX_COUNT; row++)
		if (hvp_vmx_names[row].group == group)
			put_control(view, row, &vmx->controls[row]);
	if (vmx->unnamed[group])
		printf("    without a name: 0x%llx\n",
		       (unsigned long long)vmx->unnamed[group]);
}

static bool any_known(const struct hvp_vmx *vmx)
{
	u32 i;

	for (i = 0; i < HVP_VMX_GROUP_COUNT; i++)
		if (vmx->facts[i])
			return true;
	return false;
}

static void put_vmx(const struct hvp_view *view,
		    const struct hvp_nested *nested)
{
	const struct hvp_answer *first = &nested->vmx.controls[0].offered;
	u32 i;

	if (nested->answers[HVP_NESTED_VMX].kind == HVP_ANSWER_NO)
		return;
	putchar('\n');
	hvp_bold(view, "VMX controls");
	if (!any_known(&nested->vmx)) {
		printf(": unknown (%s): %s\n", hvp_reason_key(first->reason),
		       hvp_reason_hint(first->reason));
		return;
	}
	printf("\n    %-*s%-*s%-*s%s\n", NAME_WIDTH, "", COLUMN_WIDTH, "offered",
	       COLUMN_WIDTH, "eVMCS v1", "usable under eVMCS");
	for (i = 0; i < HVP_VMX_GROUP_COUNT; i++)
		put_group(view, &nested->vmx, i);
}

void hvp_render_nested_text(const struct hvp_view *view,
			    const struct hvp_nested *nested)
{
	const struct hvp_answer *can = &nested->answers[HVP_NESTED_CAN_NEST];

	fputs("Can be a hypervisor: ", stdout);
	hvp_put_answer(view, can, false);
	putchar('\n');
	put_answers(view, nested);
	put_svm(view);
	put_vmx(view, nested);
}
