/* SPDX-License-Identifier: GPL-2.0-only */
/* Writes a flattened device tree, version 17. */
#ifndef VMM_ARM64_FDT_H
#define VMM_ARM64_FDT_H

#include "../../../core/compat.h"

struct fdt {
	u8 *out;
	u32 bytes;		/* room at @out */
	u32 used;
	char names[512];
	u32 names_used;
};

void fdt_begin(struct fdt *fdt, void *out, u32 bytes);
void fdt_node(struct fdt *fdt, const char *name);
void fdt_node_end(struct fdt *fdt);
void fdt_bytes(struct fdt *fdt, const char *name, const void *value, u32 bytes);
void fdt_text(struct fdt *fdt, const char *name, const char *text);
void fdt_cells(struct fdt *fdt, const char *name, const u32 *cells, u32 count);
/* Address and size, or any numbers of two cells each. */
void fdt_wide(struct fdt *fdt, const char *name, const u64 *values, u32 count);
/** Writes the header; false if there was not enough room. */
bool fdt_end(struct fdt *fdt);

#endif
