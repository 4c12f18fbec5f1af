// SPDX-License-Identifier: GPL-2.0-only
/* Words of a personality line; the first that does not fit is remembered. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "words.h"

/* A word in double quotes keeps its spaces; '=' is a word of its own. */
void line_split(struct line *line, char *text)
{
	memset(line, 0, sizeof(*line));
	while (line->count < HVP_ARRAY_SIZE(line->words)) {
		while (isspace((unsigned char)*text))
			text++;
		if (!*text || *text == '#')
			return;
		if (*text == '"') {
			line->words[line->count++] = ++text;
			while (*text && *text != '"')
				text++;
		} else {
			line->words[line->count++] = text;
			while (*text && !isspace((unsigned char)*text))
				text++;
		}
		if (*text)
			*text++ = '\0';
	}
	line->expected = "fewer words";
}

bool line_end(struct line *line)
{
	if (!line->expected && line->next < line->count)
		line->expected = "the end of the line";
	return !line->expected;
}

const char *line_word(struct line *line, const char *expected)
{
	if (line->next < line->count)
		return line->words[line->next++];
	if (!line->expected)
		line->expected = expected;
	return "";
}

bool line_is(struct line *line, const char *word)
{
	if (line->next >= line->count || strcmp(line->words[line->next], word))
		return false;
	line->next++;
	return true;
}

u64 line_number(struct line *line, const char *expected)
{
	const char *word = line_word(line, expected);
	char *end;
	u64 value;

	errno = 0;
	value = strtoull(word, &end, 0);
	if ((!*word || *end || errno) && !line->expected)
		line->expected = expected;
	return value;
}

u32 line_u32(struct line *line, const char *expected)
{
	u64 value = line_number(line, expected);

	if (value > UINT32_MAX && !line->expected)
		line->expected = "a number below 2^32";
	return (u32)value;
}

bool line_switch(struct line *line)
{
	if (line_is(line, "on"))
		return true;
	if (!line_is(line, "off") && !line->expected)
		line->expected = "on or off";
	return false;
}
