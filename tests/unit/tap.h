/* SPDX-License-Identifier: GPL-2.0-only */
/* TAP of the unit tests: ok() for each check, done_testing() as main's result. */
#ifndef HVP_TESTS_TAP_H
#define HVP_TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failed;

/** One check; the words after it say what was expected. Returns @condition. */
__attribute__((format(printf, 2, 3))) static inline bool
ok(bool condition, const char *format, ...)
{
	va_list args;

	if (!condition)
		tap_failed++;
	printf("%sok %d - ", condition ? "" : "not ", ++tap_count);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	/* What was reported stays reported if the next check crashes. */
	fflush(stdout);
	return condition;
}

/** A line for people, on top of a failed check. */
__attribute__((format(printf, 1, 2))) static inline void
diag(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/** Print the plan; the exit status is 1 if a check failed or none was made. */
static inline int done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed || !tap_count;
}

#endif
