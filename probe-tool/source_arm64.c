// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an arm64 kernel shows without the driver. User space can make no SMCCC
 * call, so this is all that an unprivileged tool has.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "tool.h"

#define FADT			"/sys/firmware/acpi/tables/FACP"
#define FADT_BOOT_FLAGS		129	/* 2 bytes */
#define FADT_HYPERVISOR		268	/* 8 bytes, from revision 6 on */
#define FADT_BYTES		276

static const struct {
	u16 key;
	const char *path;
} files[] = {
	{ HVP_TEXT_DT_MODEL, "/proc/device-tree/model" },
	{ HVP_TEXT_DT_PSCI_METHOD, "/proc/device-tree/psci/method" },
	{ HVP_TEXT_DT_PSCI_COMPATIBLE, "/proc/device-tree/psci/compatible" },
	{ HVP_TEXT_SOC_MACHINE, "/sys/devices/soc0/machine" },
	{ HVP_TEXT_SOC_FAMILY, "/sys/devices/soc0/family" },
	{ HVP_TEXT_SOC_ID, "/sys/devices/soc0/soc_id" },
	{ HVP_TEXT_SOC_REVISION, "/sys/devices/soc0/revision" },
	{ HVP_TEXT_PTP_CLOCK, "/sys/class/ptp/ptp0/clock_name" },
	{ HVP_TEXT_HW_RANDOM, "/sys/class/misc/hw_random/rng_available" },
	{ HVP_TEXT_MIDR,
	  "/sys/devices/system/cpu/cpu0/regs/identification/midr_el1" },
};

static void add_fadt(struct hvp_store *store)
{
	u8 table[FADT_BYTES];
	char flags[sizeof("0xffff")];
	int fd = open(FADT, O_RDONLY | O_CLOEXEC);
	ssize_t bytes;
	size_t length;

	if (fd < 0)
		return;
	bytes = read(fd, table, sizeof(table));
	close(fd);
	if (bytes < FADT_BOOT_FLAGS + 2)
		return;
	snprintf(flags, sizeof(flags), "0x%x",
		 table[FADT_BOOT_FLAGS] | table[FADT_BOOT_FLAGS + 1] << 8);
	hvp_store_text(store, HVP_SOURCE_SYSTEM, HVP_TEXT_FADT_BOOT_FLAGS,
		       flags, strlen(flags));
	if (bytes < FADT_BYTES)
		return;
	length = strnlen((const char *)table + FADT_HYPERVISOR, 8);
	if (length)
		hvp_store_text(store, HVP_SOURCE_SYSTEM,
			       HVP_TEXT_FADT_HYPERVISOR,
			       (const char *)table + FADT_HYPERVISOR, length);
}

void hvp_source_arm64(struct hvp_store *store)
{
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(files); i++)
		hvp_source_file(store, files[i].key, files[i].path);
	add_fadt(store);
	hvp_source_log(store, 0);
}
