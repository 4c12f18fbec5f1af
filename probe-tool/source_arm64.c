// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an arm64 kernel shows without the driver. User space can make no SMCCC
 * call, so this is all that an unprivileged tool has.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/klog.h>
#include <unistd.h>
#include "import_log.h"
#include "import_scan.h"
#include "tool.h"

#define FADT			"/sys/firmware/acpi/tables/FACP"
#define FADT_BOOT_FLAGS		129	/* 2 bytes */
#define FADT_HYPERVISOR		268	/* 8 bytes, from revision 6 on */
#define FADT_BYTES		276
#define KLOG_READ_ALL		3
#define KLOG_BYTES		(1U << 20)

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

/* The log as the importer reads it; what it says is this system's word. */
static void add_log(struct hvp_store *store, const char *text, size_t bytes)
{
	static struct hvp_log_sink sink;
	const char *next = text;
	const struct hvp_fact *fact = NULL;
	struct hvp_store lines;
	struct hvp_line line;

	hvp_store_init(&lines);
	hvp_log_init(&sink);
	sink.store = &lines;
	while (hvp_next_line(&next, text + bytes, &line))
		hvp_log_line(&sink, &line);
	while ((fact = hvp_facts_next(&lines.facts, fact))) {
		struct hvp_fact copy = *fact;

		copy.source = HVP_SOURCE_SYSTEM;
		hvp_store_add(store, &copy, hvp_fact_data(fact));
	}
	hvp_store_free(&lines);
}

static void add_kernel_log(struct hvp_store *store)
{
	char *text = malloc(KLOG_BYTES);
	int bytes = text ? klogctl(KLOG_READ_ALL, text, KLOG_BYTES) : -1;

	if (bytes > 0)
		add_log(store, text, (size_t)bytes);
	free(text);
}

void hvp_source_arm64(struct hvp_store *store)
{
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(files); i++)
		hvp_source_file(store, files[i].key, files[i].path);
	add_fadt(store);
	add_kernel_log(store);
}
