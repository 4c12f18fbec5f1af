// SPDX-License-Identifier: GPL-2.0-only
/* Everything that is text in lines: rows of registers, logs, decoded dumps. */
#include <stdlib.h>
#include "import_dts.h"
#include "import_log.h"
#include "import_place.h"
#include "import_text.h"

#define HEADER_MAX	160U
#define TITLE_LETTERS	3U
#define KEYS_MAX	8U
#define ROW_WEIGHT	8U	/* a row says more of the format than a word */

struct reader {
	struct hvp_place place;
	struct hvp_row_scan scan;
	struct hvp_log_sink sink;
	struct hvp_dts dts;
	const char *keys[KEYS_MAX];
	size_t key_weights[KEYS_MAX];
	u32 xml_cpu;
	bool booted;
};

static void count_key(struct reader *reader, const char *key, size_t weight)
{
	size_t i;

	for (i = 0; i < KEYS_MAX && reader->keys[i]; i++)
		if (reader->keys[i] == key)
			break;
	if (i == KEYS_MAX)
		return;
	reader->keys[i] = key;
	reader->key_weights[i] += weight;
}

static const char *main_key(const struct reader *reader)
{
	size_t i, best = 0;

	for (i = 1; i < KEYS_MAX; i++)
		if (reader->key_weights[i] > reader->key_weights[best])
			best = i;
	return reader->keys[best];
}

static bool has_word(const char *p, const char *end)
{
	for (; p < end; p++)
		if (hvp_is_word(*p))
			return true;
	return false;
}

/* "CPU 0:", "CPU:", "CPU#000 AffMask: ...", "---[ Logical CPU #0 ]---". */
static bool is_header(const struct hvp_line *line, u32 *cpu)
{
	const char *p, *after, *end = line->text + line->bytes;
	u64 number;

	if (line->bytes > HEADER_MAX)
		return false;
	for (p = line->text; p < end; p++) {
		if ((p > line->text && hvp_is_word(p[-1])) ||
		    !(after = hvp_skip_word(p, end, "cpu")))
			continue;
		after = hvp_skip_blanks(after, end);
		if (end - after == 1 && *after == ':') {
			*cpu = HVP_CPU_ANY;
			return true;
		}
		if (hvp_skip_word(after, end, "thread"))
			after += 6;
		while (after < end && (hvp_is_blank(*after) || *after == '#' ||
				       *after == ':'))
			after++;
		after = hvp_scan_decimal(after, end, &number);
		if (!after || number >= HVP_PLACE_CPUS)
			continue;
		if (has_word(after, end) && !hvp_find(after, end, "AffMask") &&
		    !hvp_find(after, end, "Core #") &&
		    !hvp_find(line->text, p, "Logical"))
			continue;
		*cpu = (u32)number;
		return true;
	}
	return false;
}

static bool xml_element(struct reader *reader, const struct hvp_line *line)
{
	const char *end = line->text + line->bytes;
	const char *p = hvp_skip_blanks(line->text, end);

	if (hvp_skip_word(p, end, "<processor"))
		hvp_place_header(&reader->place, reader->xml_cpu++);
	else if (hvp_skip_word(p, end, "<cpuid"))
		reader->xml_cpu = 0;
	return p < end && *p == '<';
}

/* The names of the registers above the columns of a table. */
static bool is_heading(const struct hvp_line *line)
{
	const char *end = line->text + line->bytes;

	return line->bytes < HEADER_MAX &&
	       (hvp_find(line->text, end, "eax") ||
		hvp_find(line->text, end, "EAX")) &&
	       (hvp_find(line->text, end, "edx") ||
		hvp_find(line->text, end, "EDX"));
}

/* "@@ -1,4 +1,4 @@" or "12,14c12,14" in front of what diff found. */
static bool is_hunk(const struct hvp_line *line)
{
	const char *p = line->text, *end = p + line->bytes;
	u32 letters = 0;

	if (hvp_skip_word(p, end, "@@ -"))
		return true;
	if (line->bytes > 40 || p == end || !hvp_is_digit(*p) ||
	    !hvp_is_digit(end[-1]))
		return false;
	for (; p < end; p++) {
		if (*p == 'a' || *p == 'c' || *p == 'd')
			letters++;
		else if (!hvp_is_digit(*p) && *p != ',')
			return false;
	}
	return letters == 1;
}

static bool is_title(const struct hvp_line *line)
{
	const char *end = line->text + line->bytes;
	size_t i, letters = 0;

	/* Printed by xen-cpuid and cpuid above every list. */
	if (hvp_find(line->text, end, "CPUID:") ||
	    hvp_find(line->text, end, "Disclaimer:"))
		return false;

	for (i = 0; i < line->bytes && letters < TITLE_LETTERS; i++)
		letters += hvp_is_letter(line->text[i]);
	return letters == TITLE_LETTERS;
}

static void cut_title(struct hvp_line *title)
{
	while (title->bytes && !hvp_is_word(*title->text)) {
		title->text++;
		title->bytes--;
	}
}

/* Of several boots in one log each is a machine; false when no room is left. */
static bool begin_boot(struct reader *reader, const struct hvp_line *line)
{
	struct hvp_line title = *line;

	if (reader->booted && !hvp_place_machine(&reader->place))
		return false;
	reader->booted = true;
	title.text = hvp_find(line->text, line->text + line->bytes, "Linux");
	title.bytes = (size_t)(line->text + line->bytes - title.text);
	hvp_place_title(&reader->place, &title);
	return true;
}

/* 1 when the line is one of a log, 0 when not, -ENOMEM. */
static int read_log(struct reader *reader, const struct hvp_line *line)
{
	struct hvp_facts *facts;
	const char *key;
	u32 before;

	if (hvp_log_is_boot(line))
		return begin_boot(reader, line) ? 1 : -ENOMEM;
	reader->sink.store = &hvp_place_current(&reader->place)->store;
	reader->sink.expected = NULL;
	reader->sink.error = 0;
	facts = &reader->sink.store->facts;
	before = facts->count;
	key = hvp_log_line(&reader->sink, line);
	if (!key)
		return 0;
	count_key(reader, key, 1);
	if (reader->sink.error == -ENOMEM)
		return -ENOMEM;
	if (reader->sink.expected)
		hvp_dump_problem(reader->place.dump, line->number,
				 "expected %s", reader->sink.expected);
	else if (reader->sink.error == -EEXIST)
		hvp_dump_problem(reader->place.dump, line->number,
				 "says another value than a line before, which stays");
	for (; before < facts->count; before++)
		if (!hvp_place_note(&reader->place, 0, before, line->number))
			return -ENOMEM;
	return 1;
}

static int read_words(struct reader *reader, const struct hvp_line *line)
{
	struct hvp_line title = *line;
	u32 cpu;
	int ret;

	if (!line->bytes)
		return 0;
	ret = read_log(reader, line);
	if (ret)
		return ret;
	ret = hvp_dts_line(&reader->dts, line, reader->sink.store);
	if (ret) {
		count_key(reader, "device-tree", 1);
		return ret;
	}
	if (is_header(line, &cpu)) {
		hvp_place_header(&reader->place, cpu);
		reader->scan.in_table = false;
		return 0;
	}
	if (is_hunk(line) && !reader->place.two_sided) {
		reader->place.diff = true;
		reader->place.names[0] = "old";
		reader->place.names[1] = "new";
		return 0;
	}
	if (is_heading(line)) {
		reader->scan.in_table = true;
		return 0;
	}
	if (xml_element(reader, line) || !is_title(line))
		return 0;
	cut_title(&title);
	hvp_place_title(&reader->place, &title);
	return 0;
}

/* What diff left out is unknown; what it shows of both belongs to both. */
static enum hvp_place_result place_diff(struct hvp_place *place,
					const struct hvp_line *line,
					struct hvp_row *row)
{
	enum hvp_place_result placed;
	char mark = *line->text;

	row->side = HVP_SIDE_HOST;
	if (mark == '>' || mark == '+')
		return hvp_place_row(place, line, row);
	row->side = HVP_SIDE_GUEST;
	placed = hvp_place_row(place, line, row);
	if (placed != HVP_PLACED || mark == '<' || mark == '-')
		return placed;
	row->side = HVP_SIDE_HOST;
	return hvp_place_row(place, line, row);
}

static enum hvp_place_result read_line(struct reader *reader,
				       const struct hvp_line *line)
{
	struct hvp_place *place = &reader->place;
	enum hvp_place_result placed;
	enum hvp_row_result result;
	struct hvp_row row;

	result = hvp_row_read(&reader->scan, line, &row);
	if (result == HVP_ROW_LEAF) {
		place->above = row;
		place->above_line = line->number;
	}
	if (result == HVP_ROW_NONE || result == HVP_ROW_LEAF) {
		return read_words(reader, line) < 0 ? HVP_PLACE_NO_MEMORY :
						      HVP_PLACED;
	}
	if (result == HVP_ROW_BROKEN || result == HVP_ROW_PARTLY)
		hvp_dump_problem(place->dump, line->number, "expected %s",
				 reader->scan.expected);
	if (result == HVP_ROW_BROKEN)
		return HVP_PLACED;
	placed = place->diff ? place_diff(place, line, &row) :
			       hvp_place_row(place, line, &row);
	if (placed == HVP_PLACED)
		count_key(reader, row.shape->key, ROW_WEIGHT);
	return placed;
}

static int read_lines(struct reader *reader, const char *text, size_t bytes)
{
	const char *next = text, *end = text + bytes;
	struct hvp_line line = { .text = text };
	enum hvp_place_result placed;
	struct hvp_row row;

	while (next < end) {
		const char *start = next;

		if (!reader->place.diff &&
		    hvp_row_quick(start, end, &row, &next)) {
			line.text = start;
			line.bytes = (size_t)(next - start) - 1;
			line.number++;
			placed = hvp_place_row(&reader->place, &line, &row);
			count_key(reader, row.shape->key, ROW_WEIGHT);
		} else {
			hvp_next_line(&next, end, &line);
			placed = read_line(reader, &line);
		}
		if (placed == HVP_PLACE_NO_MEMORY)
			return -ENOMEM;
		if (placed == HVP_PLACE_REWIND) {
			line = reader->place.title;
			next = memchr(line.text, '\n',
				      (size_t)(end - line.text));
			next = next ? next + 1 : end;
			if (!hvp_place_machine(&reader->place))
				return -ENOMEM;
		}
	}
	return 0;
}

static int read_text(const char *text, size_t bytes, struct hvp_dump *dump)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	int ret;

	if (!reader || !hvp_place_init(&reader->place, dump)) {
		free(reader);
		return -ENOMEM;
	}
	hvp_row_scan_init(&reader->scan);
	hvp_log_init(&reader->sink);
	ret = read_lines(reader, text, bytes);
	/* The one limit that is no lack of memory; it has been reported. */
	if (dump->machine_count == HVP_DUMP_MACHINES)
		ret = 0;
	hvp_place_finish(&reader->place);
	if (main_key(reader))
		dump->format = main_key(reader);
	hvp_place_free(&reader->place);
	free(reader);
	return ret;
}

static int score_text(const char *text, size_t bytes)
{
	(void)text;
	return bytes ? 1 : 0;
}

const struct hvp_importer hvp_import_text = {
	.key = "text",
	.score = score_text,
	.read = read_text,
};
