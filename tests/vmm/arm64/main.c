// SPDX-License-Identifier: GPL-2.0-only
/* Command line and exit loop of one arm64 virtual machine. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "vmm.h"

static const char usage[] =
	"usage: vmm [-p PERSONALITY] [-m MIB] [-i INITRD] [-a CMDLINE] IMAGE\n"
	"       vmm -n -p PERSONALITY      only read the personality\n"
	"Status: 0 powered off, 2 usage, 3 no such KVM, 4 crashed, 5 reset,\n"
	"7 forbidden call.\n";

void fail(enum vmm_status status, const char *format, ...)
{
	va_list args;

	console_flush();
	fputs("vmm: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	_exit(status);
}

void vmm_end(struct vmm *vmm, enum vmm_status status, const char *why)
{
	console_flush();
	smccc_report();
	printf("VMM status %d %s\n", status, why);
	fflush(stdout);
	close(vmm->vcpu);
	_exit(status);
}

static void mmio(struct vmm *vmm)
{
	u64 offset = vmm->run->mmio.phys_addr - SERIAL_BASE;
	u8 *data = vmm->run->mmio.data;
	bool port = offset < 8;

	if (vmm->run->mmio.is_write) {
		if (port)
			serial_write(&vmm->serial, (unsigned int)offset, data[0]);
		return;
	}
	memset(data, 0, sizeof(vmm->run->mmio.data));
	if (port)
		data[0] = serial_read(&vmm->serial, (unsigned int)offset);
}

static void system_event(struct vmm *vmm)
{
	switch (vmm->run->system_event.type) {
	case KVM_SYSTEM_EVENT_SHUTDOWN:
		vmm_end(vmm, VMM_POWEROFF, "guest powered off");
	case KVM_SYSTEM_EVENT_RESET:
		vmm_end(vmm, VMM_RESET, "guest reset");
	default:
		vmm_end(vmm, VMM_CRASHED, "unknown system event");
	}
}

static void loop(struct vmm *vmm)
{
	for (;;) {
		if (ioctl(vmm->vcpu, KVM_RUN, 0)) {
			if (errno == EINTR || errno == EAGAIN)
				continue;
			perror("vmm: KVM_RUN");
			vmm_end(vmm, VMM_CRASHED, "KVM_RUN failed");
		}
		switch (vmm->run->exit_reason) {
		case KVM_EXIT_MMIO:
			mmio(vmm);
			break;
		case KVM_EXIT_HYPERCALL:
			smccc_exit(vmm);
			break;
		case KVM_EXIT_SYSTEM_EVENT:
			system_event(vmm);
			break;
		default:
			fprintf(stderr, "vmm: exit %u\n", vmm->run->exit_reason);
			vmm_end(vmm, VMM_CRASHED, "unknown exit");
		}
	}
}

int main(int argc, char **argv)
{
	const char *initrd = NULL, *cmdline = "console=ttyS0 quiet panic=-1";
	static struct vmm vmm;
	bool only_read = false;
	u64 mib = 256;
	int option;

	while ((option = getopt(argc, argv, "p:m:i:a:n")) >= 0) {
		switch (option) {
		case 'p':
			if (!personality_read(&vmm.personality, optarg))
				return VMM_USAGE;
			break;
		case 'm':
			mib = strtoull(optarg, NULL, 0);
			if (mib < 64 || mib > 3072)
				fail(VMM_USAGE, "%s: not 64 to 3072 MiB", optarg);
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
	vm_create(&vmm, mib << 20);
	boot_load(&vmm, argv[optind], initrd, cmdline);
	loop(&vmm);
}
