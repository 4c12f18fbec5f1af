/* SPDX-License-Identifier: GPL-2.0-only */
/* Copies of /proc and /sys, as a directory or as a tar archive. */
#ifndef HVP_TOOL_IMPORT_TREE_H
#define HVP_TOOL_IMPORT_TREE_H

#include "dump.h"

/** Read the directory @path into one machine; 0 or -errno. */
int hvp_tree_read(const char *path, struct hvp_dump *dump);

extern const struct hvp_importer hvp_import_tar;
extern const struct hvp_importer hvp_import_dmidecode;

#endif
