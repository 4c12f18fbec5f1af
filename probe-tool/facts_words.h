/* SPDX-License-Identifier: GPL-2.0-only */
/* Words that stand for numbers in the JSON form of facts, both ways. */
#ifndef HVP_TOOL_FACTS_WORDS_H
#define HVP_TOOL_FACTS_WORDS_H

#include "../core/compat.h"

/** struct hvp_words - words for the numbers from 0 up to @count */
struct hvp_words {
	const char *const *words;
	u32 count;
};

extern const struct hvp_words hvp_words_kind;
extern const struct hvp_words hvp_words_source;
extern const struct hvp_words hvp_words_outcome;
extern const struct hvp_words hvp_words_reason;
extern const struct hvp_words hvp_words_abi;
extern const struct hvp_words hvp_words_insn;
extern const struct hvp_words hvp_words_purpose;
extern const struct hvp_words hvp_words_how;
extern const struct hvp_words hvp_words_text;

/** The word for @number; NULL when it has none. */
const char *hvp_word_of(const struct hvp_words *words, u32 number);

/** The number of @word; negative when there is none. */
int hvp_word_find(const struct hvp_words *words, const char *word);

#endif
