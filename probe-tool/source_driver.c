// SPDX-License-Identifier: GPL-2.0-only
/* Facts of hvprobe.ko, and what it says of itself. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "tool.h"

#define DEVICE		"/dev/hvprobe"
#define SYSFS		"/sys/devices/virtual/misc/hvprobe/"
#define RECORDS_LIMIT	(1U << 20)

static bool read_value(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t bytes;

	out[0] = '\0';
	if (fd < 0)
		return false;
	bytes = read(fd, out, size - 1);
	close(fd);
	if (bytes < 0)
		return false;
	out[bytes] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return true;
}

static bool read_sysfs(struct hvp_driver *driver)
{
	if (!read_value(SYSFS "version", driver->version,
			sizeof(driver->version)))
		return false;
	read_value(SYSFS "instruction", driver->instruction,
		   sizeof(driver->instruction));
	read_value(SYSFS "proof", driver->proof, sizeof(driver->proof));
	return true;
}

static void note_disagreement(struct hvp_driver *driver,
			      const struct hvp_fact *fact)
{
	if (driver->disagreement_count < HVP_DISAGREEMENT_MAX)
		driver->disagreements[driver->disagreement_count] = *fact;
	driver->disagreement_count++;
}

static int add_records(struct hvp_store *store, struct hvp_driver *driver,
		       struct hvp_fact *records, u32 count)
{
	u32 i, step;
	int ret;

	for (i = 0; i < count; i += step) {
		struct hvp_fact *fact = &records[i];

		step = 1 + (fact->data_bytes + 63) / 64;
		if (fact->data_bytes > (count - i - 1) * sizeof(*fact))
			return -EPROTO;
		ret = hvp_store_add(store, fact, fact + 1);
		if (ret == -EEXIST)
			note_disagreement(driver, fact);
		else if (ret < 0)
			return ret;
	}
	return 0;
}

static int read_facts(int fd, u32 total, struct hvp_store *store,
		      struct hvp_driver *driver)
{
	struct hvp_facts_request request = { .size = sizeof(request) };
	struct hvp_fact *records;
	int ret = 0;

	if (total > RECORDS_LIMIT)
		return -EPROTO;
	if (!total)
		return 0;
	records = calloc(total, sizeof(*records));
	if (!records)
		return -ENOMEM;
	request.count = total;
	request.records = (u64)(uintptr_t)records;
	if (ioctl(fd, HVP_IOC_FACTS, &request))
		ret = -errno;
	else if (request.count > total)
		ret = -EPROTO;
	else
		ret = add_records(store, driver, records, request.count);
	free(records);
	return ret;
}

static int read_device(int fd, struct hvp_store *store,
		       struct hvp_driver *driver)
{
	struct hvp_info info = { .size = sizeof(info) };

	if (ioctl(fd, HVP_IOC_INFO, &info))
		return errno == ENOTTY || errno == EINVAL ? -EPROTO : -errno;
	if (info.abi_version != HVP_ABI_VERSION)
		return -EPROTO;
	return read_facts(fd, info.fact_count, store, driver);
}

static int settle(struct hvp_driver *driver, int ret)
{
	driver->state = !ret		 ? HVP_DRIVER_USED :
			ret == -ENOENT	 ? HVP_DRIVER_ABSENT :
			ret == -EACCES	 ? HVP_DRIVER_UNREADABLE :
			ret == -EPROTO	 ? HVP_DRIVER_OTHER_ABI :
					   HVP_DRIVER_FAILED;
	driver->error = -ret;
	return ret;
}

int hvp_source_driver(struct hvp_store *store, struct hvp_driver *driver)
{
	static const char unreadable[] = "not readable";
	int fd = open(DEVICE, O_RDONLY | O_CLOEXEC);
	int ret = fd < 0 ? -errno : 0;
	bool loaded;

	memset(driver, 0, sizeof(*driver));
	loaded = read_sysfs(driver);
	/* A container sees the driver in sysfs but has no device node. */
	if (ret == -EPERM || ret == -ENXIO || (ret == -ENOENT && loaded))
		ret = -EACCES;
	if (fd >= 0) {
		ret = read_device(fd, store, driver);
		close(fd);
	}
	if (ret == -EACCES)
		hvp_store_text(store, HVP_SOURCE_SYSTEM, HVP_TEXT_DRIVER_STATE,
			       unreadable, sizeof(unreadable) - 1);
	return settle(driver, ret);
}
