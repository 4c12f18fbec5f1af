// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ioctls of /dev/hvprobe as TAP: good calls, then one broken field at a
 * time. Built for 32 and 64 bits; both have to print the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/hvprobe.h>
#include "tap.h"

#define DEVICE	"/dev/hvprobe"
#define NOBODY	65534

/* What a later header might hold: more at the end, another ioctl number. */
struct larger_info {
	struct hvp_info info;
	__u64 more[4];
};
#define LARGER_INFO	_IOWR(HVP_IOC_TYPE, 0x00, struct larger_info)

struct larger_request {
	struct hvp_facts_request request;
	__u64 more[4];
};
#define LARGER_FACTS	_IOWR(HVP_IOC_TYPE, 0x01, struct larger_request)

static int fd;

/* Errno of an ioctl, 0 when it succeeds. */
static int call(unsigned long request, void *argument)
{
	return ioctl(fd, request, argument) ? errno : 0;
}

static struct hvp_info fresh_info(void)
{
	struct hvp_info info = { .size = sizeof(info) };

	return info;
}

static struct hvp_facts_request fresh_request(struct hvp_fact *records,
					      unsigned int count)
{
	struct hvp_facts_request request = {
		.size = sizeof(request),
		.count = count,
		.records = (uintptr_t)records,
	};

	return request;
}

static void test_info(struct hvp_info *info)
{
	unsigned int word;

	*info = fresh_info();
	is("info", call(HVP_IOC_INFO, info), 0);
	is("info: size is the caller's", info->size, sizeof(*info));
	is("info: flags stay zero", info->flags, 0);
	is("info: abi_version", info->abi_version, HVP_ABI_VERSION);
	ok(info->module_version, "info: module_version %u.%u.%u",
	   info->module_version >> 16, info->module_version >> 8 & 0xff,
	   info->module_version & 0xff);
	ok(info->fact_count, "info: %u records", info->fact_count);
	ok(info->interface_count <= 8, "info: %u interfaces",
	   info->interface_count);
	ok(info->instruction <= HVP_INSN_PORT, "info: instruction %u",
	   info->instruction);
	ok(info->proof <= HVP_PROOF_REFUSED, "info: proof %u", info->proof);
	ok((info->proof == HVP_PROOF_PASSED) ==
	   (info->instruction != HVP_INSN_NONE),
	   "info: an instruction is chosen when it is proven");
	is("info: cpu_count", info->cpu_count, sysconf(_SC_NPROCESSORS_ONLN));
	is("info: CPUs agree", info->cpu_differences, 0);
	ok(info->capability_count &&
	   info->capability_count <= 64 * HVP_MASK_WORDS,
	   "info: %u capabilities", info->capability_count);
	for (word = (info->capability_count + 63) / 64;
	     word < HVP_MASK_WORDS; word++)
		if (info->capability_mask[word])
			break;
	is("info: no bit beyond capability_count", word, HVP_MASK_WORDS);
	is("info: reserved stays zero", info->reserved, 0);
}

static void test_info_broken(void)
{
	struct larger_info larger = { .info = fresh_info() };
	struct hvp_info info;
	unsigned int i;
	char *page;

	larger.info.size = sizeof(larger);
	is("info: larger with zero tail", call(LARGER_INFO, &larger), 0);
	is("info: larger is filled", larger.info.abi_version, HVP_ABI_VERSION);
	larger.info = fresh_info();
	larger.info.size = sizeof(larger);
	larger.more[3] = 1ULL << 63;
	is("info: larger with a bit in the tail", call(LARGER_INFO, &larger),
	   E2BIG);

	info = fresh_info();
	info.size = 0;
	is("info: size 0", call(HVP_IOC_INFO, &info), EINVAL);
	info = fresh_info();
	info.size--;
	is("info: size one too small", call(HVP_IOC_INFO, &info), EINVAL);
	info = fresh_info();
	info.size = UINT32_MAX;
	is("info: size of all ones", call(HVP_IOC_INFO, &info), E2BIG);
	for (i = 0; i < 32; i += 31) {
		info = fresh_info();
		info.flags = 1U << i;
		is("info: unknown flag", call(HVP_IOC_INFO, &info), EINVAL);
	}
	info = fresh_info();
	info.reserved = 1;
	is("info: reserved", call(HVP_IOC_INFO, &info), EINVAL);
	for (i = 0; i < 8; i += 7) {
		info = fresh_info();
		info.reserved2[i] = 1ULL << 63;
		is("info: reserved2", call(HVP_IOC_INFO, &info), EINVAL);
	}

	is("info: null pointer", call(HVP_IOC_INFO, NULL), EFAULT);
	is("info: kernel pointer", call(HVP_IOC_INFO, (void *)-4096L), EFAULT);
	page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(page + 4096, 4096);
	info = fresh_info();
	memcpy(page + 4096 - 64, &info, 64);
	is("info: structure ends in a hole",
	   call(HVP_IOC_INFO, page + 4096 - 64), EFAULT);
	memcpy(page, &info, sizeof(info));
	mprotect(page, 4096, PROT_READ);
	is("info: structure is read-only", call(HVP_IOC_INFO, page), EFAULT);
	munmap(page, 4096);
}

static bool well_formed(const struct hvp_fact *records, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i += 1 + records[i].extra) {
		const struct hvp_fact *fact = &records[i];

		if (fact->kind < HVP_FACT_CPUID || fact->kind > HVP_FACT_TEXT ||
		    fact->source != HVP_SOURCE_DRIVER ||
		    fact->extra != (fact->data_bytes + 63) / 64 ||
		    fact->extra >= count - i)
			return false;
	}
	return i == count;
}

static void test_facts(const struct hvp_info *info)
{
	unsigned int total = info->fact_count, i, calls = 0, cpus = 0;
	struct hvp_fact *records = calloc(total + 1, sizeof(*records));
	struct hvp_fact *single = calloc(total + 1, sizeof(*single));
	struct hvp_facts_request request;

	request = fresh_request(records, total + 1);
	is("facts", call(HVP_IOC_FACTS, &request), 0);
	is("facts: count", request.count, total);
	is("facts: total", request.total, total);
	is("facts: first is untouched", request.first, 0);
	is("facts: nothing behind the last", records[total].kind, 0);
	ok(well_formed(records, total), "facts: records are well-formed");
	for (i = 0; i < total; i += 1 + records[i].extra) {
		calls += records[i].kind == HVP_FACT_CALL;
		cpus += records[i].kind == HVP_FACT_CPUID &&
			records[i].cpuid.leaf == 0x40000000 &&
			!records[i].cpuid.subleaf;
	}
	ok(true, "facts: %u calls", calls);
	is("facts: leaf 0x40000000 of each CPU", cpus, info->cpu_count);

	for (i = 0; i < total; i++) {
		request = fresh_request(&single[i], 1);
		request.first = i;
		if (call(HVP_IOC_FACTS, &request) || request.count != 1)
			break;
	}
	is("facts: one by one", i, total);
	ok(!memcmp(records, single, total * sizeof(*records)),
	   "facts: one by one they are the same");

	request = fresh_request(single, UINT32_MAX);
	request.first = total - 1;
	is("facts: count of all ones", call(HVP_IOC_FACTS, &request), 0);
	is("facts: only what there is", request.count, 1);
	request = fresh_request(NULL, 0);
	is("facts: count 0 needs no buffer", call(HVP_IOC_FACTS, &request), 0);
	is("facts: count 0 tells the total", request.total, total);
	request = fresh_request(NULL, 1);
	request.first = total;
	is("facts: first is total", call(HVP_IOC_FACTS, &request), 0);
	is("facts: nothing copied", request.count, 0);
	request = fresh_request(NULL, UINT32_MAX);
	request.first = UINT32_MAX;
	is("facts: first of all ones", call(HVP_IOC_FACTS, &request), 0);
	is("facts: nothing copied", request.count, 0);
	free(single);
	free(records);
}

static void test_facts_broken(const struct hvp_info *info)
{
	unsigned int total = info->fact_count, i;
	struct hvp_fact record;
	struct larger_request larger = { .request = fresh_request(&record, 1) };
	struct hvp_facts_request request;
	char *page;

	larger.request.size = sizeof(larger);
	is("facts: larger with zero tail", call(LARGER_FACTS, &larger), 0);
	larger.request = fresh_request(&record, 1);
	larger.request.size = sizeof(larger);
	larger.more[0] = 1;
	is("facts: larger with a bit in the tail",
	   call(LARGER_FACTS, &larger), E2BIG);

	request = fresh_request(&record, 1);
	request.size = 0;
	is("facts: size 0", call(HVP_IOC_FACTS, &request), EINVAL);
	request = fresh_request(&record, 1);
	request.size--;
	is("facts: size one too small", call(HVP_IOC_FACTS, &request), EINVAL);
	request = fresh_request(&record, 1);
	request.size = UINT32_MAX;
	is("facts: size of all ones", call(HVP_IOC_FACTS, &request), E2BIG);
	for (i = 0; i < 32; i += 31) {
		request = fresh_request(&record, 1);
		request.flags = 1U << i;
		is("facts: unknown flag", call(HVP_IOC_FACTS, &request),
		   EINVAL);
	}
	request = fresh_request(&record, 1);
	request.reserved = 1;
	is("facts: reserved", call(HVP_IOC_FACTS, &request), EINVAL);
	for (i = 0; i < 2; i++) {
		request = fresh_request(&record, 1);
		request.reserved2[i] = 1ULL << 63;
		is("facts: reserved2", call(HVP_IOC_FACTS, &request), EINVAL);
	}

	is("facts: null request", call(HVP_IOC_FACTS, NULL), EFAULT);
	request = fresh_request(NULL, 1);
	is("facts: null buffer", call(HVP_IOC_FACTS, &request), EFAULT);
	is("facts: count is untouched then", request.count, 1);
	request.records = 0xffff800000000000ULL;
	is("facts: kernel buffer", call(HVP_IOC_FACTS, &request), EFAULT);
	request.records = 0xffffffffffffffc0ULL;
	is("facts: buffer at the end", call(HVP_IOC_FACTS, &request), EFAULT);
	request.records = 1ULL << 62;
	is("facts: buffer off the address space",
	   call(HVP_IOC_FACTS, &request), EFAULT);

	page = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	munmap(page + 4096, 4096);
	request = fresh_request((void *)(page + 4096 - 32), total);
	is("facts: buffer ends in a hole", call(HVP_IOC_FACTS, &request),
	   EFAULT);
	request = fresh_request(&record, 1);
	is("facts: and works again", call(HVP_IOC_FACTS, &request), 0);
	munmap(page, 4096);
}

static void test_unknown(void)
{
	struct hvp_info info = fresh_info();
	char byte;
	int ret;

	is("unknown number",
	   call(_IOWR(HVP_IOC_TYPE, 0x7f, struct hvp_info), &info), ENOTTY);
	is("unknown type", call(_IOWR(0xE6, 0x00, struct hvp_info), &info),
	   ENOTTY);
	is("other direction", call(_IOR(HVP_IOC_TYPE, 0x00, struct hvp_info),
				   &info), ENOTTY);
	is("no direction", call(_IO(HVP_IOC_TYPE, 0x01), &info), ENOTTY);
	ret = read(fd, &byte, 1);
	is("read is not offered", ret < 0 ? errno : 0, EINVAL);
	ret = write(fd, &byte, 1);
	is("write is not offered", ret < 0 ? errno : 0, EBADF);
}

static void test_open(void)
{
	int status = -1, second;
	pid_t child;

	second = open(DEVICE, O_RDWR | O_CLOEXEC);
	ok(second >= 0, "open for writing, twice");
	close(second);
	fflush(stdout);
	child = fork();
	if (!child) {
		if (setgid(NOBODY) || setuid(NOBODY))
			_exit(255);
		_exit(open(DEVICE, O_RDONLY) < 0 ? errno : 0);
	}
	waitpid(child, &status, 0);
	is("open by nobody", WIFEXITED(status) ? WEXITSTATUS(status) : -1,
	   EACCES);
}

int main(void)
{
	struct hvp_info info;

	/* For reading is enough: nothing here changes anything. */
	fd = open(DEVICE, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		puts("Bail out! no " DEVICE);
		return 1;
	}
	group("info");
	test_info(&info);
	group("info with one thing wrong");
	test_info_broken();
	group("facts");
	test_facts(&info);
	group("facts with one thing wrong");
	test_facts_broken(&info);
	group("no such ioctl");
	test_unknown();
	group("open");
	test_open();
	return done_testing();
}
