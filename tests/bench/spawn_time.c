// SPDX-License-Identifier: GPL-2.0-only
/*
 * spawn_time RUNS COMMAND [-- COMMAND]...
 *
 * Start-to-exit time of commands, interleaved so that a slow moment of the
 * machine hits them all. Prints one line per command: median and minimum in
 * microseconds. Output of the commands is thrown away.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX	32

extern char **environ;

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static double run_us(char **argv, const posix_spawn_file_actions_t *quiet)
{
	double start = now_us();
	int status;
	pid_t pid;

	if (posix_spawnp(&pid, argv[0], quiet, NULL, argv, environ)) {
		fprintf(stderr, "spawn_time: cannot run %s\n", argv[0]);
		exit(1);
	}
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "spawn_time: %s was killed\n", argv[0]);
		exit(1);
	}
	return now_us() - start;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	char **commands[COMMANDS_MAX] = { NULL };
	posix_spawn_file_actions_t quiet;
	int count = 0, runs, i, c;
	double *times;

	runs = argc > 2 ? atoi(argv[1]) : 0;
	if (runs < 1) {
		fprintf(stderr, "usage: spawn_time RUNS COMMAND [-- COMMAND]...\n");
		return 2;
	}
	for (i = 2; i < argc && count < COMMANDS_MAX; i++) {
		commands[count++] = &argv[i];
		while (i < argc && strcmp(argv[i], "--"))
			i++;
		if (i < argc)
			argv[i] = NULL;
	}
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);

	times = calloc((size_t)runs * count, sizeof(*times));
	if (!times)
		return 1;
	for (i = -3; i < runs; i++)	/* the first ones warm the caches */
		for (c = 0; c < count; c++) {
			double t = run_us(commands[c], &quiet);

			if (i >= 0)
				times[c * runs + i] = t;
		}
	for (c = 0; c < count; c++) {
		qsort(times + c * runs, runs, sizeof(*times), by_value);
		printf("%.0f %.0f\n", times[c * runs + runs / 2], times[c * runs]);
	}
	free(times);
	return 0;
}
