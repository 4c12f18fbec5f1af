// SPDX-License-Identifier: GPL-2.0-only
/*
 * set-hvm-param DOMAIN INDEX VALUE: HVMOP_set_param by dom0's privcmd device, for
 * parameters that the toolstack has no word for.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#define HYPERVISOR_HVM_OP	34
#define HVMOP_SET_PARAM		0
#define PRIVCMD_HYPERCALL	_IOC(_IOC_NONE, 'P', 0, sizeof(struct hypercall))

struct hypercall {
	uint64_t op;
	uint64_t arg[5];
};

struct hvm_param {
	uint16_t domain;
	uint16_t pad;
	uint32_t index;
	uint64_t value;
};

int main(int argc, char **argv)
{
	struct hypercall call = { HYPERVISOR_HVM_OP, { HVMOP_SET_PARAM } };
	int privcmd = open("/dev/xen/privcmd", O_RDWR);
	int pages = open("/dev/xen/hypercall", O_RDWR);
	struct hvm_param *param;

	if (argc != 4 || privcmd < 0 || pages < 0) {
		perror("set-hvm-param DOMAIN INDEX VALUE");
		return 2;
	}
	/* Memory that stays where Xen can reach it. */
	param = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, pages, 0);
	if (param == MAP_FAILED) {
		perror("/dev/xen/hypercall");
		return 2;
	}
	param->domain = (uint16_t)strtoul(argv[1], NULL, 0);
	param->index = (uint32_t)strtoul(argv[2], NULL, 0);
	param->value = strtoull(argv[3], NULL, 0);
	call.arg[1] = (uint64_t)(uintptr_t)param;
	if (ioctl(privcmd, PRIVCMD_HYPERCALL, &call)) {
		perror("HVMOP_set_param");
		return 1;
	}
	return 0;
}
