/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TAP for programs with hundreds of checks and a slow console: one result per
 * group, and of its checks only those that failed.
 */
#ifndef HVP_GUEST_TAP_H
#define HVP_GUEST_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct {
	const char *name;
	unsigned int checks, bad;
	char trouble[4096];
	size_t trouble_bytes;
} tap_group;
static unsigned int tap_groups, tap_failures;

__attribute__((format(printf, 1, 2)))
static inline void diag(const char *format, ...)
{
	size_t room = sizeof(tap_group.trouble) - tap_group.trouble_bytes;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(tap_group.trouble + tap_group.trouble_bytes, room,
			   format, args);
	va_end(args);
	if (length > 0 && (size_t)length < room)
		tap_group.trouble_bytes += length;
	else
		tap_group.trouble[tap_group.trouble_bytes] = 0;
}

static inline void end_group(void)
{
	if (tap_group.name && !tap_group.checks)
		tap_group.bad++;
	if (tap_group.name)
		printf("%sok %u - %s: %u checks\n%s",
		       tap_group.bad ? "not " : "", ++tap_groups,
		       tap_group.name, tap_group.checks, tap_group.trouble);
	tap_failures += tap_group.bad;
	memset(&tap_group, 0, sizeof(tap_group));
}

/* What is checked from here on belongs to @name, which must outlive the group. */
static inline void group(const char *name)
{
	end_group();
	tap_group.name = name;
}

__attribute__((format(printf, 2, 3)))
static inline bool ok(bool passed, const char *format, ...)
{
	char text[256];
	va_list args;

	tap_group.checks++;
	if (passed)
		return true;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	tap_group.bad++;
	diag("# failed: %s\n", text);
	return false;
}

static inline void is(const char *what, long long got, long long wanted)
{
	ok(got == wanted, "%s: got %lld, wanted %lld", what, got, wanted);
}

/* Exit status of the program. */
static inline int done_testing(void)
{
	end_group();
	printf("1..%u\n", tap_groups);
	return tap_failures != 0;
}

#endif
