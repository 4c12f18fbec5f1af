// SPDX-License-Identifier: GPL-2.0-only
/* Texts that the kernel and the firmware have ready; only quick reads. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "tool.h"

static const struct {
	u16 key;
	const char *path;
} files[] = {
	{ HVP_TEXT_SYS_HYPERVISOR_TYPE, "/sys/hypervisor/type" },
	{ HVP_TEXT_SYS_XEN_FEATURES, "/sys/hypervisor/properties/features" },
	{ HVP_TEXT_DMI_SYS_VENDOR, "/sys/class/dmi/id/sys_vendor" },
	{ HVP_TEXT_DMI_PRODUCT, "/sys/class/dmi/id/product_name" },
	{ HVP_TEXT_DMI_BOARD_VENDOR, "/sys/class/dmi/id/board_vendor" },
	{ HVP_TEXT_DMI_BIOS_VENDOR, "/sys/class/dmi/id/bios_vendor" },
	{ HVP_TEXT_PROC_XEN, "/proc/xen/capabilities" },
	{ HVP_TEXT_DT_HYPERVISOR, "/proc/device-tree/hypervisor/compatible" },
};

/* Devices of encrypted guests: they are there, and reading says nothing. */
static const char *const devices[] = { "sev-guest", "tdx_guest" };

static size_t trimmed(const char *text, size_t bytes)
{
	while (bytes && (!text[bytes - 1] || text[bytes - 1] == '\n' ||
			 text[bytes - 1] == ' '))
		bytes--;
	return bytes;
}

void hvp_source_file(struct hvp_store *store, u16 key, const char *path)
{
	char text[1024];
	ssize_t bytes;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return;
	bytes = read(fd, text, sizeof(text));
	close(fd);
	bytes = bytes > 0 ? (ssize_t)trimmed(text, (size_t)bytes) : 0;
	if (bytes)
		hvp_store_text(store, HVP_SOURCE_SYSTEM, key, text,
			       (size_t)bytes);
}

static void add_device(struct hvp_store *store, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/%s", name);
	if (!access(path, F_OK))
		hvp_store_text(store, HVP_SOURCE_SYSTEM, HVP_TEXT_CC_DEVICE,
			       name, strlen(name));
}

void hvp_source_system(struct hvp_store *store)
{
	struct utsname system;
	u32 i;

	if (!uname(&system)) {
		hvp_store_text(store, HVP_SOURCE_SYSTEM, HVP_TEXT_ARCH,
			       system.machine, strlen(system.machine));
		hvp_store_text(store, HVP_SOURCE_SYSTEM,
			       HVP_TEXT_KERNEL_VERSION, system.version,
			       strlen(system.version));
	}
	for (i = 0; i < HVP_ARRAY_SIZE(files); i++)
		hvp_source_file(store, files[i].key, files[i].path);
	for (i = 0; i < HVP_ARRAY_SIZE(devices); i++)
		add_device(store, devices[i]);
#ifdef __aarch64__
	hvp_source_arm64(store);
#endif
}
