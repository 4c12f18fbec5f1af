/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading bytes of a text that is neither trusted nor zero-terminated. */
#ifndef HVP_TOOL_IMPORT_SCAN_H
#define HVP_TOOL_IMPORT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include "../core/compat.h"

/** struct hvp_line - a line without its end; @number counts from 1. */
struct hvp_line {
	const char *text;
	size_t bytes;
	size_t number;
};

/** Value of each hexadecimal digit, 0xff for every other byte. */
extern const u8 hvp_hex_digit[256];

static inline bool hvp_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool hvp_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool hvp_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool hvp_is_word(char c)
{
	return hvp_is_letter(c) || hvp_is_digit(c) || c == '_';
}

static inline char hvp_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/** Eight digits at @p; false when one of them is none. */
static inline bool hvp_hex8(const char *p, u32 *value)
{
	u32 v = 0, bad = 0;
	int i;

	for (i = 0; i < 8; i++) {
		u32 digit = hvp_hex_digit[(u8)p[i]];

		bad |= digit;
		v = v << 4 | (digit & 0xf);
	}
	*value = v;
	return bad < 16;
}

/** struct hvp_number - a number as it was written. */
struct hvp_number {
	u64 value;
	u8 digits;
	bool prefixed;		/* 0x */
};

/**
 * A hexadecimal number of up to 16 digits at @p, with or without 0x. Returns
 * the byte behind it, NULL when there is none or it is longer.
 */
const char *hvp_scan_hex(const char *p, const char *end,
			 struct hvp_number *number);

/** The same for up to 19 decimal digits. */
const char *hvp_scan_decimal(const char *p, const char *end, u64 *value);

/** Behind the blanks at @p. */
const char *hvp_skip_blanks(const char *p, const char *end);

/** Behind @word when @p starts with it, letters of either case; else NULL. */
const char *hvp_skip_word(const char *p, const char *end, const char *word);

/** Does it begin as a JSON object does, blanks and line ends aside? */
bool hvp_is_object(const char *text, const char *end);

/** First place of @needle in @text, letters as they are; NULL when none. */
const char *hvp_find(const char *text, const char *end, const char *needle);

/**
 * Take the line at *@next; false at the end. Carriage returns and blanks at its
 * end are cut off.
 */
bool hvp_next_line(const char **next, const char *end, struct hvp_line *line);

#endif
