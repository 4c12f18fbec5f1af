// SPDX-License-Identifier: GPL-2.0-only
/* The CPU's counter and its frequency. */
#include <time.h>
#include "clock.h"

#define MEASURE_NS	30000000
#define TRIES		8

u64 hvp_clock_read(void)
{
#if defined(__x86_64__) || defined(__i386__)
	u32 low, high;

	__asm__ volatile("lfence\n\trdtsc\n\tlfence"
			 : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
#elif defined(__aarch64__)
	u64 value;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tisb"
			 : "=r"(value) : : "memory");
	return value;
#else
	return 0;
#endif
}

u64 hvp_clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_RAW, &now);
	return (u64)now.tv_sec * 1000000000 + (u64)now.tv_nsec;
}

/* Both clocks at one moment: of several readings the closest together. */
static void read_both(u64 *ticks, u64 *ns)
{
	u64 best = ~0ULL;
	int i;

	for (i = 0; i < TRIES; i++) {
		u64 before = hvp_clock_read();
		u64 at = hvp_clock_ns();
		u64 after = hvp_clock_read();

		if (after - before >= best)
			continue;
		best = after - before;
		*ticks = before + best / 2;
		*ns = at;
	}
}

u64 hvp_clock_khz(void)
{
	struct timespec pause = { .tv_nsec = MEASURE_NS };
	u64 ticks[2] = { 0, 0 }, ns[2] = { 0, 0 };

	read_both(&ticks[0], &ns[0]);
	if (!ticks[0])
		return 0;
	nanosleep(&pause, NULL);
	read_both(&ticks[1], &ns[1]);
	if (ns[1] <= ns[0] || ticks[1] <= ticks[0])
		return 0;
	return (ticks[1] - ticks[0]) * 1000000 / (ns[1] - ns[0]);
}
