// SPDX-License-Identifier: GPL-2.0-only
/* Answers as text. */
#include <stdio.h>
#include "render.h"

void hvp_put_answer_name(const struct hvp_view *view,
			 const struct hvp_answer *answer, int width)
{
	static const char *const colors[HVP_ANSWER_COUNT] = {
		[HVP_ANSWER_NONE] = "\033[2m",
		[HVP_ANSWER_NO] = "\033[2m",
		[HVP_ANSWER_YES] = "\033[32m",
		[HVP_ANSWER_UNKNOWN] = "\033[36m",
	};
	const char *name = hvp_answer_name(answer->kind);
	int padding = width - (int)strlen(name);

	if (view->options->color)
		printf("%s%s\033[0m", colors[answer->kind], name);
	else
		fputs(name, stdout);
	printf("%*s", padding > 0 ? padding : 0, "");
}

void hvp_put_answer(const struct hvp_view *view, const struct hvp_answer *answer,
		    bool number)
{
	if (number && answer->kind == HVP_ANSWER_YES) {
		printf("%llu", (unsigned long long)answer->value);
		return;
	}
	hvp_put_answer_name(view, answer, 0);
	if (answer->kind == HVP_ANSWER_UNKNOWN)
		printf(" (%s)", hvp_reason_key(answer->reason));
}
