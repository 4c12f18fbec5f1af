/* SPDX-License-Identifier: GPL-2.0-only */
/* Firecracker CPU templates and fingerprints: JSON with registers in binary. */
#ifndef HVP_TOOL_IMPORT_FIRECRACKER_H
#define HVP_TOOL_IMPORT_FIRECRACKER_H

#include "dump.h"

extern const struct hvp_importer hvp_import_firecracker;

#endif
