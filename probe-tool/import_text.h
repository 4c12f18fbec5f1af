/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything that is text in lines: rows of registers, logs, decoded dumps. */
#ifndef HVP_TOOL_IMPORT_TEXT_H
#define HVP_TOOL_IMPORT_TEXT_H

#include "dump.h"

extern const struct hvp_importer hvp_import_text;

#endif
