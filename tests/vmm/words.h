/* SPDX-License-Identifier: GPL-2.0-only */
/* One line of a personality, word by word. */
#ifndef VMM_WORDS_H
#define VMM_WORDS_H

#include "../../core/compat.h"

struct line {
	char *words[40];
	unsigned int count;
	unsigned int next;
	const char *expected;	/* set by the first word that does not fit */
};

void line_split(struct line *line, char *text);
bool line_end(struct line *line);
bool line_is(struct line *line, const char *word);
u64 line_number(struct line *line, const char *expected);
u32 line_u32(struct line *line, const char *expected);
const char *line_word(struct line *line, const char *expected);
bool line_switch(struct line *line);

#endif
