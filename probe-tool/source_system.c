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

static size_t trimmed(const char *text, size_t bytes)
{
	while (bytes && (!text[bytes - 1] || text[bytes - 1] == '\n' ||
			 text[bytes - 1] == ' '))
		bytes--;
	return bytes;
}

static void add_file(struct hvp_store *store, const char *root, u32 index,
		     u8 source)
{
	char path[4096];
	char text[1024];
	ssize_t bytes;
	int fd;

	if (snprintf(path, sizeof(path), "%s%s", root, files[index].path) >=
	    (int)sizeof(path))
		return;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return;
	bytes = read(fd, text, sizeof(text));
	close(fd);
	bytes = bytes > 0 ? (ssize_t)trimmed(text, (size_t)bytes) : 0;
	if (bytes)
		hvp_store_text(store, source, files[index].key, text,
			       (size_t)bytes);
}

void hvp_source_system(struct hvp_store *store, const char *root, u8 source)
{
	struct utsname system;
	u32 i;

	if (!*root && !uname(&system))
		hvp_store_text(store, source, HVP_TEXT_ARCH, system.machine,
			       strlen(system.machine));
	for (i = 0; i < HVP_ARRAY_SIZE(files); i++)
		add_file(store, root, i, source);
}
