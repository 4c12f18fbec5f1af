// SPDX-License-Identifier: GPL-2.0-only
/* Copies of /proc and /sys, as a directory or as a tar archive. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "import_log.h"
#include "import_signature.h"
#include "import_tree.h"

#define FILE_MAX	((size_t)1 << 20)
#define PCI_MAX		256U
#define TAR_BLOCK	512U
#define TAR_NAME	100U
#define TAR_PREFIX	345U
#define TAR_PREFIX_BYTES 155U

struct tree_file {
	const char *path;
	int (*read)(struct hvp_store *store, const struct tree_file *file,
		    const char *text, size_t bytes);
	u16 key;
};

static const char *trim_end(const char *text, const char *end)
{
	while (end > text && (!end[-1] || end[-1] == '\n' ||
			      end[-1] == '\r' || hvp_is_blank(end[-1])))
		end--;
	return end;
}

static int read_text(struct hvp_store *store, const struct tree_file *file,
		     const char *text, size_t bytes)
{
	const char *end = trim_end(text, text + bytes);

	/* That /proc/xen is there says something even when it is empty. */
	if (end == text && file->key != HVP_TEXT_PROC_XEN)
		return 0;
	return hvp_store_text(store, HVP_SOURCE_SYSTEM, file->key, text,
			      (size_t)(end - text));
}

static int read_signature(struct hvp_store *store, const struct tree_file *file,
			  const char *text, size_t bytes)
{
	const char *end = text + bytes;

	(void)file;
	while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	if (end == text)
		return 0;
	return hvp_signature_add(store, 0x40000000, text, (size_t)(end - text));
}

static int read_cpuinfo(struct hvp_store *store, const struct tree_file *file,
			const char *text, size_t bytes)
{
	struct hvp_log_sink sink;
	const char *next = text, *end = text + bytes;
	struct hvp_line line = { .text = text };

	(void)file;
	hvp_log_init(&sink);
	sink.store = store;
	while (hvp_next_line(&next, end, &line) && sink.error != -ENOMEM) {
		if (hvp_skip_word(line.text, end, "CPU implementer"))
			hvp_store_text(store, HVP_SOURCE_SYSTEM, HVP_TEXT_ARCH,
				       "arm64", 5);
		else
			hvp_log_line(&sink, &line);
	}
	return sink.error == -ENOMEM ? -ENOMEM : 0;
}

/* Devices that only virtual machines have name their maker: "80ee:cafe". */
static int read_pci(struct hvp_store *store, const struct tree_file *file,
		    const char *text, size_t bytes)
{
	int key = hvp_text_key_find("pci.device");
	const char *next = text, *end = text + bytes;
	struct hvp_line line = { .text = text };
	char id[] = "vvvv:dddd";
	u32 value, count = 0;

	(void)file;
	while (key >= 0 && count < PCI_MAX &&
	       hvp_next_line(&next, end, &line)) {
		const char *p = line.text;

		if (line.bytes < 13 || p[4] != '\t' || !hvp_hex8(p + 5, &value))
			continue;
		memcpy(id, p + 5, 4);
		memcpy(id + 5, p + 9, 4);
		count++;
		if (hvp_store_text(store, HVP_SOURCE_SYSTEM, (u16)key, id,
				   sizeof(id) - 1) == -ENOMEM)
			return -ENOMEM;
	}
	return 0;
}

static int read_dmidecode(struct hvp_store *store, const struct tree_file *file,
			  const char *text, size_t bytes)
{
	static const struct {
		const char *section;
		const char *field;
		u16 key;
	} fields[] = {
		{ "BIOS Information", "Vendor:", HVP_TEXT_DMI_BIOS_VENDOR },
		{ "System Information", "Manufacturer:",
		  HVP_TEXT_DMI_SYS_VENDOR },
		{ "System Information", "Product Name:", HVP_TEXT_DMI_PRODUCT },
		{ "Base Board Information", "Manufacturer:",
		  HVP_TEXT_DMI_BOARD_VENDOR },
	};
	const char *next = text, *end = text + bytes, *section = text;
	struct hvp_line line = { .text = text };
	size_t i;

	(void)file;
	while (hvp_next_line(&next, end, &line)) {
		const char *stop = line.text + line.bytes;
		const char *p = hvp_skip_blanks(line.text, stop), *value;

		if (p == line.text && p < stop)
			section = p;
		for (i = 0; i < HVP_ARRAY_SIZE(fields); i++) {
			value = hvp_skip_word(p, stop, fields[i].field);
			if (!value || !hvp_skip_word(section, end,
						     fields[i].section))
				continue;
			value = hvp_skip_blanks(value, stop);
			if (value < stop &&
			    hvp_store_text(store, HVP_SOURCE_SYSTEM,
					   fields[i].key, value,
					   (size_t)(stop - value)) == -ENOMEM)
				return -ENOMEM;
		}
	}
	return 0;
}

static const struct tree_file files[] = {
	{ "cpuid-signature.txt", read_signature, 0 },
	{ "dmidecode.txt", read_dmidecode, 0 },
	{ "proc/cpuinfo", read_cpuinfo, 0 },
	{ "proc/bus/pci/devices", read_pci, 0 },
	{ "proc/xen/capabilities", read_text, HVP_TEXT_PROC_XEN },
	{ "proc/device-tree/hypervisor/compatible", read_text,
	  HVP_TEXT_DT_HYPERVISOR },
	{ "sys/firmware/devicetree/base/hypervisor/compatible", read_text,
	  HVP_TEXT_DT_HYPERVISOR },
	{ "sys/hypervisor/type", read_text, HVP_TEXT_SYS_HYPERVISOR_TYPE },
	{ "sys/hypervisor/properties/features", read_text,
	  HVP_TEXT_SYS_XEN_FEATURES },
	{ "sys/class/dmi/id/sys_vendor", read_text, HVP_TEXT_DMI_SYS_VENDOR },
	{ "sys/class/dmi/id/product_name", read_text, HVP_TEXT_DMI_PRODUCT },
	{ "sys/class/dmi/id/board_vendor", read_text,
	  HVP_TEXT_DMI_BOARD_VENDOR },
	{ "sys/class/dmi/id/bios_vendor", read_text, HVP_TEXT_DMI_BIOS_VENDOR },
};

static int read_file(int directory, const struct tree_file *file,
		     struct hvp_store *store)
{
	size_t used = 0;
	ssize_t got = 0;
	char *text;
	int fd, ret = 0;

	fd = openat(directory, file->path,
		    O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return 0;
	text = malloc(FILE_MAX);
	if (!text) {
		close(fd);
		return -ENOMEM;
	}
	while (used < FILE_MAX &&
	       (got = read(fd, text + used, FILE_MAX - used)) > 0)
		used += (size_t)got;
	close(fd);
	if (got >= 0)
		ret = file->read(store, file, text, used);
	free(text);
	return ret == -ENOMEM ? ret : 0;
}

int hvp_tree_read(const char *path, struct hvp_dump *dump)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hvp_machine *machine;
	size_t i;
	int ret = 0;

	if (directory < 0) {
		ret = -errno;
		hvp_dump_problem(dump, 0, "cannot open: %s", strerror(errno));
		return ret;
	}
	machine = hvp_dump_machine(dump, "", 0);
	if (!machine)
		ret = -ENOMEM;
	for (i = 0; i < HVP_ARRAY_SIZE(files) && !ret; i++)
		ret = read_file(directory, &files[i], &machine->store);
	close(directory);
	return ret;
}

static int read_dmidecode_alone(const char *text, size_t bytes,
				struct hvp_dump *dump)
{
	struct hvp_machine *machine = hvp_dump_machine(dump, "", 0);

	if (!machine)
		return -ENOMEM;
	return read_dmidecode(&machine->store, NULL, text, bytes);
}

static int score_dmidecode(const char *text, size_t bytes)
{
	return hvp_skip_word(text, text + bytes, "# dmidecode") ? 80 : 0;
}

const struct hvp_importer hvp_import_dmidecode = {
	.key = "dmidecode",
	.score = score_dmidecode,
	.read = read_dmidecode_alone,
};

/* ------------------------------------------------------------- archives */

/* An octal number in a header; (size_t)-1 when it is none. */
static size_t tar_number(const char *field, size_t bytes)
{
	size_t value = 0, i = 0;

	while (i < bytes && field[i] == ' ')
		i++;
	for (; i < bytes && field[i] && field[i] != ' '; i++) {
		if (field[i] < '0' || field[i] > '7' || value >> 40)
			return (size_t)-1;
		value = value << 3 | (size_t)(field[i] - '0');
	}
	return value;
}

/* The path of the member, prefix included; cut if it is longer than @room. */
static void tar_path(const char *header, char *out, size_t room)
{
	const char *prefix = header + TAR_PREFIX;

	if (!memcmp(header + 257, "ustar", 6) && *prefix)
		snprintf(out, room, "%.*s/%.*s", (int)TAR_PREFIX_BYTES, prefix,
			 (int)TAR_NAME, header);
	else
		snprintf(out, room, "%.*s", (int)TAR_NAME, header);
}

/* The wanted file that @path ends in, with any folders in front of it. */
static const struct tree_file *wanted(const char *path)
{
	size_t i, length = strlen(path);

	for (i = 0; i < HVP_ARRAY_SIZE(files); i++) {
		size_t tail = strlen(files[i].path);

		if (tail <= length &&
		    !strcmp(path + length - tail, files[i].path) &&
		    (tail == length || path[length - tail - 1] == '/'))
			return &files[i];
	}
	return NULL;
}

static int read_tar(const char *text, size_t bytes, struct hvp_dump *dump)
{
	struct hvp_machine *machine = hvp_dump_machine(dump, "", 0);
	const struct tree_file *file;
	char path[TAR_PREFIX_BYTES + TAR_NAME + 2];
	size_t at = 0, size;
	int ret = 0;

	if (!machine)
		return -ENOMEM;
	while (bytes - at >= TAR_BLOCK && text[at] && ret != -ENOMEM) {
		const char *header = text + at;

		size = tar_number(header + 124, 12);
		at += TAR_BLOCK;
		if (size > bytes - at) {
			hvp_dump_problem(dump, 0, "the archive is cut off or damaged at byte %zu",
					 at - TAR_BLOCK);
			break;
		}
		tar_path(header, path, sizeof(path));
		file = header[156] == '0' || !header[156] ? wanted(path) : NULL;
		if (file && size <= FILE_MAX)
			ret = file->read(&machine->store, file, text + at,
					 size);
		size = (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
		if (size > bytes - at)
			break;
		at += size;
	}
	return ret == -ENOMEM ? ret : 0;
}

static int score_tar(const char *text, size_t bytes)
{
	return bytes >= TAR_BLOCK && !memcmp(text + 257, "ustar", 5) ? 95 : 0;
}

const struct hvp_importer hvp_import_tar = {
	.key = "tree",
	.score = score_tar,
	.read = read_tar,
};
