// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preloaded into hvprobe: plays /dev/hvprobe as FAKE_DRIVER says, and its sysfs
 * folder from the folder FAKE_SYSFS. Makes the file FAKE_SEEN when it is loaded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../../include/uapi/linux/hvprobe.h"

#define SYSFS	"/sys/devices/virtual/misc/hvprobe/"
#define KVM	2

#include "fake_calls.h"

static int device = -1;

__attribute__((constructor)) static void loaded(void)
{
	const char *path = getenv("FAKE_SEEN");
	FILE *seen = path ? fopen(path, "w") : NULL;

	if (seen)
		fclose(seen);
}

static int is(const char *mode)
{
	const char *wanted = getenv("FAKE_DRIVER");

	return wanted && !strcmp(wanted, mode);
}

int open(const char *path, int flags, ...)
{
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
	char redirected[4096];
	va_list args;
	int mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, int) : 0;
	va_end(args);
	if (!strncmp(path, SYSFS, strlen(SYSFS)) && getenv("FAKE_SYSFS")) {
		snprintf(redirected, sizeof(redirected), "%s/%s",
			 getenv("FAKE_SYSFS"), path + strlen(SYSFS));
		return real(redirected, flags, mode);
	}
	if (strcmp(path, "/dev/hvprobe"))
		return real(path, flags, mode);
	if (is("absent") || is("no-node"))
		errno = ENOENT;
	else if (is("denied"))
		errno = EACCES;
	else
		return device = real("/dev/null", flags, mode);
	return -1;
}

static struct hvp_fact call(__u8 insn, __u64 number, __u8 vector, __u64 result)
{
	struct hvp_fact fact = { .kind = HVP_FACT_CALL,
				 .source = HVP_SOURCE_DRIVER };

	fact.call.abi = KVM;
	fact.call.insn = insn;
	fact.call.purpose = HVP_CALL_PROOF;
	fact.call.number = number;
	fact.call.result = result;
	fact.outcome = vector ? HVP_OUTCOME_FAULT : HVP_OUTCOME_VALUE;
	fact.vector = vector;
	return fact;
}

/* A vmcall that faults, vmmcalls that work, and a register that differs. */
static __u32 make_facts(struct hvp_fact facts[8])
{
	__u32 count = 0;

	facts[count++] = call(HVP_INSN_VMCALL, 1, 6, 0);
	facts[count++] = call(HVP_INSN_VMMCALL, 1, 0, 0);
	facts[count++] = call(HVP_INSN_VMMCALL, 2, 0, -1000ULL);
	if (is("disagree")) {
		memset(&facts[count], 0, sizeof(*facts));
		facts[count].kind = HVP_FACT_CPUID;
		facts[count].source = HVP_SOURCE_DRIVER;
		facts[count].cpu = (__u32)atoi(getenv("FAKE_CPU"));
		facts[count].cpuid.leaf = 0x40000000;
		facts[count].cpuid.regs[0] = 0x40000abc;
		facts[count++].cpuid.known = 0xf;
	}
	/* Claims bytes behind the end of what is delivered. */
	if (is("overrun")) {
		facts[count] = call(HVP_INSN_VMCALL, 1, 0, 0);
		facts[count].extra = 9;
		facts[count++].data_bytes = 9 * 64;
	}
	return count;
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*real)(int, unsigned long, ...) = dlsym(RTLD_NEXT, "ioctl");
	struct hvp_facts_request *window;
	struct hvp_fact facts[8];
	struct hvp_info *info;
	__u32 total;
	va_list args;
	void *arg;

	va_start(args, request);
	arg = va_arg(args, void *);
	va_end(args);
	if (fd < 0 || fd != device)
		return real(fd, request, arg);
	if (request == HVP_IOC_CALL)
		return fake_calls(arg);
	memset(facts, 0, sizeof(facts));
	total = make_facts(facts);
	if (request == HVP_IOC_INFO) {
		info = arg;
		if (is("old")) {
			errno = ENOTTY;
			return -1;
		}
		info->abi_version = HVP_ABI_VERSION + is("other-abi");
		info->fact_count = is("huge") ? 0xffffffff : total;
		return 0;
	}
	window = arg;
	if (request != HVP_IOC_FACTS || is("broken")) {
		errno = EIO;
		return -1;
	}
	window->count = total;
	window->total = total;
	memcpy((void *)(unsigned long)window->records, facts,
	       total * sizeof(*facts));
	return 0;
}
