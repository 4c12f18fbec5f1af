/* SPDX-License-Identifier: GPL-2.0-only */
/* Twelve bytes of a signature that some program printed as text. */
#ifndef HVP_TOOL_IMPORT_SIGNATURE_H
#define HVP_TOOL_IMPORT_SIGNATURE_H

#include "../core/registry.h"
#include "store.h"

/**
 * Add @text as EBX, ECX, EDX of @leaf (EBX, EDX, ECX for leaf 0); EAX stays
 * unknown. Zero bytes may be written "\0" or as blanks, or be cut off: of the
 * readings possible, one that is known is preferred. As hvp_store_add().
 */
int hvp_signature_add(struct hvp_store *store, u32 leaf, const char *text,
		      size_t bytes);

#endif
