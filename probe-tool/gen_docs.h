/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the documents that follow from the registry. */
#ifndef HVP_TOOL_GEN_DOCS_H
#define HVP_TOOL_GEN_DOCS_H

#include <stdio.h>
#include "../core/registry.h"

/** The function, what it is asked about, and a register of the answer. */
void hvp_docs_query(FILE *out, u32 index, u32 x);

/** How an answer advertises @cap. */
void hvp_docs_says(FILE *out, const struct hvp_cap *cap);

/** Where a register of Hyper-V's on arm64 tells @cap, if one does. */
void hvp_docs_hvreg(FILE *out, const struct hvp_cap *cap);

/** Functions and UIDs. */
void hvp_docs_smccc(FILE *out);

#endif
