/* SPDX-License-Identifier: GPL-2.0-only */
/* What a dump may be wrapped in: gzip, UTF-16, a quoted-printable mail. */
#ifndef HVP_TOOL_IMPORT_ENVELOPE_H
#define HVP_TOOL_IMPORT_ENVELOPE_H

#include "dump.h"

/** struct hvp_envelope - a text; @owned is its allocation, NULL if not ours. */
struct hvp_envelope {
	const char *text;
	size_t bytes;
	char *owned;
};

/**
 * Take one wrapping off. Returns 0 when there is none; 1 when @inner now is
 * what was inside, in a new allocation (the old one is still the caller's);
 * -EBADMSG (with a problem) or -ENOMEM.
 */
int hvp_envelope_open(struct hvp_envelope *inner, struct hvp_dump *dump);

/** The same for a text that begins like a gzip file. */
int hvp_gzip_open(struct hvp_envelope *inner, struct hvp_dump *dump);

/** For those that open: @inner now is @owned. Returns 1. */
int hvp_envelope_take(struct hvp_envelope *inner, char *owned, size_t bytes);

#endif
