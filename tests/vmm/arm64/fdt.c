// SPDX-License-Identifier: GPL-2.0-only
/* Flattened device tree: header, structure block, strings block, in that order. */
#include <endian.h>
#include "fdt.h"

#define FDT_MAGIC	0xd00dfeedU
#define FDT_NODE	1U
#define FDT_NODE_END	2U
#define FDT_PROPERTY	3U
#define FDT_TREE_END	9U
#define FDT_VERSION	17U
#define FDT_COMPATIBLE	16U

struct header {
	u32 magic, total, structure, strings, reserved_memory;
	u32 version, compatible, boot_cpu, strings_bytes, structure_bytes;
};

/* The list of reserved memory is one empty entry behind the header. */
#define STRUCTURE	(sizeof(struct header) + 16)

static void put(struct fdt *fdt, const void *data, u32 bytes)
{
	u32 padded = (bytes + 3) & ~3U;

	if (fdt->used + padded <= fdt->bytes) {
		memset(fdt->out + fdt->used, 0, padded);
		memcpy(fdt->out + fdt->used, data, bytes);
	}
	fdt->used += padded;
}

static void put_u32(struct fdt *fdt, u32 value)
{
	value = htobe32(value);
	put(fdt, &value, sizeof(value));
}

void fdt_begin(struct fdt *fdt, void *out, u32 bytes)
{
	memset(fdt, 0, sizeof(*fdt));
	memset(out, 0, bytes);
	fdt->out = out;
	fdt->bytes = bytes;
	fdt->used = STRUCTURE;
}

void fdt_node(struct fdt *fdt, const char *name)
{
	put_u32(fdt, FDT_NODE);
	put(fdt, name, (u32)strlen(name) + 1);
}

void fdt_node_end(struct fdt *fdt)
{
	put_u32(fdt, FDT_NODE_END);
}

static u32 name_offset(struct fdt *fdt, const char *name)
{
	u32 at = 0, bytes = (u32)strlen(name) + 1;

	while (at < fdt->names_used) {
		if (!strcmp(fdt->names + at, name))
			return at;
		at += (u32)strlen(fdt->names + at) + 1;
	}
	if (at + bytes > sizeof(fdt->names)) {
		fdt->bytes = 0;
		return 0;
	}
	memcpy(fdt->names + at, name, bytes);
	fdt->names_used += bytes;
	return at;
}

void fdt_bytes(struct fdt *fdt, const char *name, const void *value, u32 bytes)
{
	put_u32(fdt, FDT_PROPERTY);
	put_u32(fdt, bytes);
	put_u32(fdt, name_offset(fdt, name));
	put(fdt, value, bytes);
}

void fdt_text(struct fdt *fdt, const char *name, const char *text)
{
	fdt_bytes(fdt, name, text, (u32)strlen(text) + 1);
}

void fdt_cells(struct fdt *fdt, const char *name, const u32 *cells, u32 count)
{
	u32 i;

	put_u32(fdt, FDT_PROPERTY);
	put_u32(fdt, count * 4);
	put_u32(fdt, name_offset(fdt, name));
	for (i = 0; i < count; i++)
		put_u32(fdt, cells[i]);
}

void fdt_wide(struct fdt *fdt, const char *name, const u64 *values, u32 count)
{
	u32 i;

	put_u32(fdt, FDT_PROPERTY);
	put_u32(fdt, count * 8);
	put_u32(fdt, name_offset(fdt, name));
	for (i = 0; i < count; i++) {
		put_u32(fdt, (u32)(values[i] >> 32));
		put_u32(fdt, (u32)values[i]);
	}
}

bool fdt_end(struct fdt *fdt)
{
	struct header header = {
		.magic = htobe32(FDT_MAGIC),
		.structure = htobe32(STRUCTURE),
		.reserved_memory = htobe32(sizeof(header)),
		.version = htobe32(FDT_VERSION),
		.compatible = htobe32(FDT_COMPATIBLE),
	};

	put_u32(fdt, FDT_TREE_END);
	header.strings = htobe32(fdt->used);
	header.structure_bytes = htobe32(fdt->used - (u32)STRUCTURE);
	header.strings_bytes = htobe32(fdt->names_used);
	put(fdt, fdt->names, fdt->names_used);
	header.total = htobe32(fdt->used);
	if (fdt->used > fdt->bytes)
		return false;
	memcpy(fdt->out, &header, sizeof(header));
	return true;
}
