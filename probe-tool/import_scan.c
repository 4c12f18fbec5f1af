// SPDX-License-Identifier: GPL-2.0-only
/* Reading bytes of a text that is neither trusted nor zero-terminated. */
#define _GNU_SOURCE
#include <string.h>
#include "import_scan.h"

#define NO8	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
#define NO16	NO8, NO8
#define NO128	NO16, NO16, NO16, NO16, NO16, NO16, NO16, NO16
#define LETTERS	0xff, 10, 11, 12, 13, 14, 15, 0xff

const u8 hvp_hex_digit[256] = {
	NO16, NO16, NO16,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	LETTERS, NO8, NO16,
	LETTERS, NO8, NO16,
	NO128,
};

const char *hvp_scan_hex(const char *p, const char *end,
			 struct hvp_number *number)
{
	u32 digits = 0;
	u64 value = 0;

	number->prefixed = end - p > 2 && p[0] == '0' &&
			   (p[1] == 'x' || p[1] == 'X');
	if (number->prefixed)
		p += 2;
	for (; p < end && hvp_hex_digit[(u8)*p] < 16; p++) {
		if (++digits > 16)
			return NULL;
		value = value << 4 | hvp_hex_digit[(u8)*p];
	}
	number->value = value;
	number->digits = (u8)digits;
	return digits ? p : NULL;
}

const char *hvp_scan_decimal(const char *p, const char *end, u64 *value)
{
	u32 digits = 0;
	u64 v = 0;

	for (; p < end && hvp_is_digit(*p); p++) {
		if (++digits > 19)
			return NULL;
		v = v * 10 + (u64)(*p - '0');
	}
	*value = v;
	return digits ? p : NULL;
}

const char *hvp_skip_blanks(const char *p, const char *end)
{
	while (p < end && hvp_is_blank(*p))
		p++;
	return p;
}

const char *hvp_skip_word(const char *p, const char *end, const char *word)
{
	for (; *word; word++, p++)
		if (p >= end || hvp_lower(*p) != hvp_lower(*word))
			return NULL;
	return p;
}

bool hvp_is_object(const char *text, const char *end)
{
	while (text < end && (hvp_is_blank(*text) || *text == '\n' ||
			      *text == '\r'))
		text++;
	return text < end && *text == '{';
}

const char *hvp_find(const char *text, const char *end, const char *needle)
{
	return memmem(text, (size_t)(end - text), needle, strlen(needle));
}

bool hvp_next_line(const char **next, const char *end, struct hvp_line *line)
{
	const char *start = *next;
	const char *stop;

	if (start >= end)
		return false;
	stop = memchr(start, '\n', (size_t)(end - start));
	*next = stop ? stop + 1 : end;
	if (!stop)
		stop = end;
	while (stop > start && (stop[-1] == '\r' || hvp_is_blank(stop[-1])))
		stop--;
	line->text = start;
	line->bytes = (size_t)(stop - start);
	line->number++;
	return true;
}
