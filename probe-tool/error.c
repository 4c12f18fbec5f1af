// SPDX-License-Identifier: GPL-2.0-only
/* Trouble, told once, with the fix. */
#include <stdarg.h>
#include <stdio.h>
#include "tool.h"

void hvp_error(const char *hint, const char *format, ...)
{
	va_list args;

	fputs("hvprobe: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	if (hint)
		fprintf(stderr, "hint: %s\n", hint);
}

int hvp_error_memory(void)
{
	hvp_error("give it more memory, or a smaller recording",
		  "out of memory");
	return HVP_EXIT_ERROR;
}
