/* SPDX-License-Identifier: GPL-2.0-only */
/* Readers of a line, shared between personality.c and keywords_cpuid.c. */
#ifndef VMM_KEYWORDS_H
#define VMM_KEYWORDS_H

#include "personality.h"

/* Names in a personality start from its own directory. */
void personality_path(char path[1024], const char *name);

void read_cpuid(struct personality *personality, struct line *line);
void read_cpuid_remove(struct personality *personality, struct line *line);
void read_cpuid_bits(struct personality *personality, struct line *line);
void read_cpuid_from(struct personality *personality, struct line *line);
void read_hypervisor_bit(struct personality *personality, struct line *line);
void read_vendor(struct personality *personality, struct line *line);
void read_signature(struct personality *personality, struct line *line);

#endif
