// SPDX-License-Identifier: GPL-2.0-only
/* Command line and the life of one virtual machine. */
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "vmm.h"

static struct vmm vmm;

static const char usage[] =
	"usage: vmm [-p PERSONALITY] [-c CPUS] [-m MIB] [-t SECONDS] [-i INITRD]\n"
	"           [-a CMDLINE] IMAGE\n"
	"       vmm -n -p PERSONALITY      only read the personality\n"
	"IMAGE is a bzImage, or a payload whose script is INITRD.\n"
	"Status: 0 powered off or passed, 1 payload failed, 2 usage, 3 no such KVM,\n"
	"4 crashed, 5 reset, 6 timeout, 7 forbidden hypercall.\n";

void fail(enum vmm_status status, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fputs("vmm: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	trace_stop();
	_exit(status);
}

void vmm_end(struct vmm *ending, enum vmm_status status, const char *why)
{
	console_flush();
	counters_report(ending, "count", false);
	printf("VMM status %d %s\n", status, why);
	fflush(stdout);
	trace_stop();
	_exit(status);
}

static void *watch_clock(void *seconds)
{
	sleep(*(unsigned int *)seconds);
	pthread_mutex_lock(&vmm.lock);
	vmm_end(&vmm, VMM_TIMEOUT, "timeout");
}

static unsigned long number(const char *text, unsigned long low, unsigned long high)
{
	char *end;
	unsigned long value = strtoul(text, &end, 0);

	if (!*text || *end || value < low || value > high)
		fail(VMM_USAGE, "%s: expected a number from %lu to %lu", text, low, high);
	return value;
}

/* Threads wait for the lock, so that trace_start() knows them before they run. */
static void start(unsigned int seconds)
{
	pthread_t clock;
	unsigned int i;

	boot_set_vcpu(&vmm.cpu[0], boot_entry, boot_rsi);
	pthread_mutex_lock(&vmm.lock);
	for (i = 0; i < vmm.cpus; i++) {
		if (pthread_create(&vmm.cpu[i].thread, NULL, vcpu_loop, &vmm.cpu[i]))
			fail(VMM_USAGE, "no thread for vCPU %u", i);
		while (!__atomic_load_n(&vmm.cpu[i].tid, __ATOMIC_ACQUIRE))
			usleep(100);
	}
	trace_start(&vmm);
	if (seconds)
		pthread_create(&clock, NULL, watch_clock, &seconds);
	pthread_mutex_unlock(&vmm.lock);
	for (i = 0; i < vmm.cpus; i++)
		pthread_join(vmm.cpu[i].thread, NULL);
}

int main(int argc, char **argv)
{
	const char *initrd = NULL, *cmdline = "console=ttyS0 quiet panic=-1";
	unsigned long cpus = 1, mib = 256, seconds = 0;
	bool only_read = false;
	int option;

	personality_default(&vmm.personality);
	pthread_mutex_init(&vmm.lock, NULL);
	while ((option = getopt(argc, argv, "p:c:m:t:i:a:n")) >= 0) {
		switch (option) {
		case 'p':
			if (!personality_read(&vmm.personality, optarg))
				return VMM_USAGE;
			break;
		case 'c':
			cpus = number(optarg, 1, VMM_CPUS);
			break;
		case 'm':
			mib = number(optarg, 8, 3072);
			break;
		case 't':
			seconds = number(optarg, 1, 86400);
			break;
		case 'i':
			initrd = optarg;
			break;
		case 'a':
			cmdline = optarg;
			break;
		case 'n':
			only_read = true;
			break;
		default:
			fputs(usage, stderr);
			return VMM_USAGE;
		}
	}
	if (only_read && optind == argc)
		return 0;
	if (optind + 1 != argc) {
		fputs(usage, stderr);
		return VMM_USAGE;
	}
	vm_create(&vmm, mib << 20, (unsigned int)cpus);
	boot_load(&vmm, argv[optind], initrd, cmdline);
	start((unsigned int)seconds);
	return 0;
}
