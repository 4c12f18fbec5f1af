// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls under trouble, as TAP: callers on every CPU, signals, vector registers.
 * stress hold: keeps the device open until it is killed.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include "calltest.h"

#define SECONDS		1
#define THREADS_MAX	16
#define BATCH		64
#define KILLS		10

#ifdef __x86_64__
#define VECTORS		16
#else
#define VECTORS		8
#endif

static volatile bool stop;
static uint64_t wrong[THREADS_MAX], made[THREADS_MAX];

/* A call that this machine answers; flush of nobody also goes through XMM. */
static struct hvp_call any_call(unsigned int shape)
{
	struct hvp_call call = hyperv(0x13, shape, flush_nobody,
				      sizeof(flush_nobody));

	if (!run(&call))
		return hyperv(0x13, shape, flush_nobody, sizeof(flush_nobody));
	call = hyperv(0x13, 0, flush_nobody, sizeof(flush_nobody));
	if (!run(&call))
		return hyperv(0x13, 0, flush_nobody, sizeof(flush_nobody));
	return new_call(ABI_KVM, 1);
}

static void pin(long cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

/* --------------------------------------------------------- callers on CPUs */

static void *hammer(void *argument)
{
	long index = (long)argument, cpus = sysconf(_SC_NPROCESSORS_CONF);
	struct hvp_call model = any_call(index & 1 ? HVP_SHAPE_XMM :
						     HVP_SHAPE_AUTO);
	unsigned int i;

	/* A CPU that goes away takes its thread's affinity with it. */
	pin(index % cpus);
	while (!stop) {
		struct hvp_call calls[BATCH];
		unsigned int done = 0;

		for (i = 0; i < BATCH; i++)
			calls[i] = model;
		if (run_batch(calls, BATCH, &done) || done != BATCH) {
			wrong[index]++;
			continue;
		}
		for (i = 0; i < done; i++)
			wrong[index] += calls[i].error || calls[i].vector ||
					(uint16_t)calls[i].result != 0;
		made[index] += done;
	}
	return NULL;
}

static void set_online(bool online)
{
	int file = open("/sys/devices/system/cpu/cpu1/online", O_WRONLY);

	if (file >= 0 && write(file, online ? "1" : "0", 1) == 1)
		usleep(100000);
	close(file);
}

static void test_all_cpus(void)
{
	long count = 2 * sysconf(_SC_NPROCESSORS_CONF), i;
	pthread_t threads[THREADS_MAX];
	uint64_t bad = 0, total = 0;
	double end = now() + SECONDS;
	unsigned int plugged = 0;

	if (count > THREADS_MAX)
		count = THREADS_MAX;
	stop = false;
	for (i = 0; i < count; i++)
		pthread_create(&threads[i], NULL, hammer, (void *)i);
	while (now() < end) {
		set_online(plugged++ & 1);
		usleep(200000);
	}
	set_online(true);
	stop = true;
	for (i = 0; i < count; i++) {
		pthread_join(threads[i], NULL);
		bad += wrong[i];
		total += made[i];
	}
	diag("# %llu calls by %ld threads\n", (unsigned long long)total, count);
	ok(total, "no call was made");
	is("calls without an answer", (long long)bad, 0);
}

/* ---------------------------------------------------------------- signals */

static volatile sig_atomic_t alarms;

static void count_alarm(int number)
{
	(void)number;
	alarms++;
}

static void test_alarm(void)
{
	struct itimerval often = { { 0, 2000 }, { 0, 2000 } }, never = { 0 };
	struct sigaction action = { .sa_handler = count_alarm };
	struct hvp_call calls[HVP_CALL_BATCH_MAX], model = any_call(0);
	unsigned int i, done, cut = 0, odd = 0, failed = 0;
	double end = now() + SECONDS;

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	while (now() < end) {
		for (i = 0; i < HVP_CALL_BATCH_MAX; i++) {
			calls[i] = model;
			calls[i].error = 1;
		}
		done = 0;
		failed += run_batch(calls, HVP_CALL_BATCH_MAX, &done) != 0;
		cut += done < HVP_CALL_BATCH_MAX;
		odd += !done;
		for (i = 0; i < HVP_CALL_BATCH_MAX; i++)
			odd += calls[i].error != (i < done ? 0 : 1);
	}
	setitimer(ITIMER_REAL, &never, NULL);
	diag("# %d alarms cut %u batches short\n", (int)alarms, cut);
	is("batches that fail", failed, 0);
	ok(alarms && cut, "%d alarms cut %u batches short", (int)alarms, cut);
	is("batches whose done does not say which calls were made", odd, 0);
}

static void test_kill(void)
{
	struct hvp_call call = any_call(0);
	unsigned int i, killed = 0;

	fflush(stdout);
	for (i = 0; i < KILLS; i++) {
		int status = 0;
		pid_t child = fork();

		if (!child) {
			stop = false;
			hammer((void *)(long)(i & 1));
			_exit(0);
		}
		usleep(20000 + 14000 * i);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		killed += WIFSIGNALED(status);
	}
	is("killed in the middle of a batch", killed, KILLS);
	is("the next caller is served", run(&call), 0);
}

/* ---------------------------------------------------------------- vectors */

static unsigned char pattern[VECTORS][32] __attribute__((aligned(32)));
static unsigned char seen[VECTORS][32] __attribute__((aligned(32)));

#define EACH_LOW(do) do(0) do(1) do(2) do(3) do(4) do(5) do(6) do(7)
#ifdef __x86_64__
#define EACH(do) EACH_LOW(do) do(8) do(9) do(10) do(11) do(12) do(13) do(14) do(15)
#else
#define EACH(do) EACH_LOW(do)
#endif
#define LOAD_YMM(n)	"vmovdqa 32*" #n "(%[from]), %%ymm" #n "\n"
#define STORE_YMM(n)	"vmovdqa %%ymm" #n ", 32*" #n "(%[to])\n"
#define LOAD_XMM(n)	"movdqa 32*" #n "(%[from]), %%xmm" #n "\n"
#define STORE_XMM(n)	"movdqa %%xmm" #n ", 32*" #n "(%[to])\n"
/* Long enough for several time slices of the caller beside it. */
#define SPIN		"mov $0x1000000, %%ecx\n1: dec %%ecx\njnz 1b\n"
#define ASM_VECTORS(load, middle, store)				\
	asm volatile(EACH(load) middle EACH(store)			\
		     : "+a"(number)					\
		     : [from] "r"(pattern), [to] "r"(seen) ARGUMENTS	\
		     : "ecx", CLOBBERED "memory", "cc")
#ifdef __x86_64__
#define ARGUMENTS	, "D"(fd), "S"(HVP_IOC_CALL), "d"(batch)
#define CLOBBERED	"r11",
#else
#define ARGUMENTS
#define CLOBBERED
#endif

/* With a batch: across an ioctl of one's own; without: across time slices. */
static void hold_vectors(bool avx, struct hvp_call_batch *batch)
{
	long number = 16;	/* ioctl, 64 bits */

	memset(seen, 0, sizeof(seen));
#ifdef __x86_64__
	if (batch && avx)
		ASM_VECTORS(LOAD_YMM, "syscall\n", STORE_YMM);
	else if (batch)
		ASM_VECTORS(LOAD_XMM, "syscall\n", STORE_XMM);
#endif
	if (!batch && avx)
		ASM_VECTORS(LOAD_YMM, SPIN, STORE_YMM);
	else if (!batch)
		ASM_VECTORS(LOAD_XMM, SPIN, STORE_XMM);
}

static unsigned int differing(bool avx)
{
	unsigned int i, bad = 0;

	for (i = 0; i < VECTORS; i++)
		bad += memcmp(pattern[i], seen[i], avx ? 32 : 16) != 0;
	return bad;
}

static void test_own_vectors(bool avx, struct hvp_call model)
{
	struct hvp_call calls[BATCH];
	struct hvp_call_batch batch = {
		.size = sizeof(batch), .count = BATCH,
		.calls = (uintptr_t)calls,
	};
	unsigned int i, bad = 0;

	if (sizeof(long) != 8)
		return;
	for (i = 0; i < 50; i++) {
		unsigned int n;

		for (n = 0; n < BATCH; n++)
			calls[n] = model;
		hold_vectors(avx, &batch);
		bad += differing(avx);
		bad += batch.done != BATCH;
	}
	is("registers of the caller's own changed", bad, 0);
}

static void *caller_on_cpu0(void *argument)
{
	pin(0);
	while (!stop) {
		struct hvp_call calls[BATCH];
		unsigned int i;

		for (i = 0; i < BATCH; i++)
			calls[i] = *(struct hvp_call *)argument;
		made[0] += !run_batch(calls, BATCH, NULL);
	}
	return NULL;
}

static void test_vectors(void)
{
	bool avx = __builtin_cpu_supports("avx");
	struct hvp_call model = any_call(HVP_SHAPE_XMM);
	unsigned int i, rounds = 0, bad = 0;
	struct hvp_call probe = model;
	pthread_t thread;
	double end;

	run(&probe);
	diag("# shape %u, %d bytes a register\n", probe.shape_used,
	     avx ? 32 : 16);
	for (i = 0; i < sizeof(pattern); i++)
		((unsigned char *)pattern)[i] = (unsigned char)(i * 37 + 11);
	test_own_vectors(avx, model);

	stop = false;
	made[0] = 0;
	pin(0);
	pthread_create(&thread, NULL, caller_on_cpu0, &model);
	end = now() + SECONDS;
	while (now() < end) {
		hold_vectors(avx, NULL);
		bad += differing(avx);
		rounds++;
	}
	stop = true;
	pthread_join(thread, NULL);
	diag("# held %u times beside %llu batches\n", rounds,
	     (unsigned long long)made[0]);
	ok(rounds && made[0], "held %u times beside %llu batches", rounds,
	   (unsigned long long)made[0]);
	is("registers of a task on the same CPU changed", bad, 0);
}

int main(int argc, char **argv)
{
	struct hvp_call probe;

	if (argc > 1 && !strcmp(argv[1], "hold")) {
		fd = open(DEVICE, O_RDWR | O_CLOEXEC);
		pause();
		return 0;
	}
	if (!open_device())
		return 1;
	probe = any_call(0);
	group("a call works here");
	is("error", run(&probe), 0);
	group("vector registers stay");
	test_vectors();
	group("alarms");
	test_alarm();
	group("kills");
	test_kill();
	group("callers on all CPUs while CPU 1 comes and goes");
	test_all_cpus();
	return done_testing();
}
