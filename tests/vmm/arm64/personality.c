// SPDX-License-Identifier: GPL-2.0-only
/* Reads a personality: one keyword per line, as for the x86 machine. */
#include <stdio.h>
#include "../words.h"
#include "filter.h"
#include "personality.h"

static const char *file_name;	/* being read; include is relative to it */

static void read_include(struct personality *p, struct line *l)
{
	const char *outer = file_name, *slash = strrchr(outer, '/');
	char path[1024];

	snprintf(path, sizeof(path), "%.*s%s", slash ? (int)(slash - outer + 1) : 0,
		 outer, line_word(l, "a personality"));
	if (!l->expected && !personality_read(p, path))
		l->expected = "a personality without errors";
	file_name = outer;
}

static void read_psci(struct personality *p, struct line *l)
{
	static const struct { const char *word; u32 version; } versions[] = {
		{ "0.2", 0x00002 }, { "1.0", 0x10000 }, { "1.1", 0x10001 },
	};
	unsigned int i;

	for (i = 0; i < HVP_ARRAY_SIZE(versions); i++)
		if (line_is(l, versions[i].word))
			break;
	if (i == HVP_ARRAY_SIZE(versions))
		l->expected = "0.2, 1.0 or 1.1";
	else
		p->psci = versions[i].version;
}

static void read_conduit(struct personality *p, struct line *l)
{
	p->smc = line_is(l, "smc");
	if (!p->smc && !line_is(l, "hvc"))
		l->expected = "hvc or smc";
}

static void read_bitmap(struct personality *p, struct line *l)
{
	static const char *const names[BITMAPS] = { "std", "std-hyp", "vendor-hyp" };
	unsigned int i;

	for (i = 0; i < BITMAPS; i++)
		if (line_is(l, names[i]))
			break;
	if (i == BITMAPS) {
		l->expected = "std, std-hyp or vendor-hyp";
		return;
	}
	p->bitmap[i] = line_number(l, "a mask");
	p->bitmap_set[i] = true;
}

static void add_filter(struct personality *p, struct line *l, struct filter filter)
{
	filter.first = line_u32(l, "a function identifier");
	filter.count = l->next < l->count ? line_u32(l, "how many") : 1;
	if (p->filter_count == HVP_ARRAY_SIZE(p->filters))
		l->expected = "no more than 64 lines of ranges";
	else
		p->filters[p->filter_count++] = filter;
}

static void read_deny(struct personality *p, struct line *l)
{
	add_filter(p, l, (struct filter){ .action = KVM_SMCCC_FILTER_DENY });
}

static void read_forward(struct personality *p, struct line *l)
{
	add_filter(p, l, (struct filter){ .action = KVM_SMCCC_FILTER_FWD_TO_USER });
}

static void read_forbid(struct personality *p, struct line *l)
{
	add_filter(p, l, (struct filter){
		.action = KVM_SMCCC_FILTER_FWD_TO_USER,
		.forbidden = true,
	});
}

static void read_answer(struct personality *p, struct line *l)
{
	struct answer answer = { .id = line_u32(l, "a function identifier") };
	unsigned int i;

	if (!line_is(l, "="))
		l->expected = l->expected ? l->expected : "=";
	for (i = 0; i < HVP_ARRAY_SIZE(answer.x) && l->next < l->count; i++)
		answer.x[i] = line_number(l, "a register");
	if (!i)
		l->expected = l->expected ? l->expected : "a register";
	if (p->answer_count == HVP_ARRAY_SIZE(p->answers))
		l->expected = "no more than 128 answers";
	else
		p->answers[p->answer_count++] = answer;
}

static void read_register(struct personality *p, struct line *l)
{
	struct vp_register reg = { .name = line_u32(l, "a register name") };

	if (!line_is(l, "="))
		l->expected = l->expected ? l->expected : "=";
	reg.low = line_number(l, "the low 64 bits");
	reg.high = line_number(l, "the high 64 bits");
	if (p->register_count == HVP_ARRAY_SIZE(p->registers))
		l->expected = "no more than 32 vp-register lines";
	else
		p->registers[p->register_count++] = reg;
}

static void read_garbage(struct personality *p, struct line *l)
{
	struct filter filter = { .action = KVM_SMCCC_FILTER_FWD_TO_USER };

	filter.garbage = line_u32(l, "a number of registers");
	if (filter.garbage > RESULT_REGISTERS)
		l->expected = "no more than 18 registers";
	add_filter(p, l, filter);
}

static const struct {
	const char *word;
	void (*read)(struct personality *personality, struct line *line);
} keywords[] = {
	{ "include", read_include }, { "psci", read_psci },
	{ "conduit", read_conduit }, { "bitmap", read_bitmap },
	{ "deny", read_deny }, { "forward", read_forward },
	{ "forbid", read_forbid }, { "answer", read_answer },
	{ "vp-register", read_register }, { "garbage", read_garbage },
};

static void read_line(struct personality *p, struct line *l)
{
	unsigned int i;

	for (i = 0; i < HVP_ARRAY_SIZE(keywords); i++) {
		if (!line_is(l, keywords[i].word))
			continue;
		keywords[i].read(p, l);
		return;
	}
	l->expected = "a keyword";
}

bool personality_read(struct personality *p, const char *path)
{
	FILE *file = fopen(path, "r");
	unsigned int number = 0;
	char text[1024];
	struct line line;
	bool fine = true;

	if (!file) {
		perror(path);
		return false;
	}
	file_name = path;
	while (fine && fgets(text, sizeof(text), file)) {
		number++;
		line_split(&line, text);
		if (!line.count)
			continue;
		if (!line.expected)
			read_line(p, &line);
		fine = line_end(&line);
		if (!fine)
			fprintf(stderr, "%s:%u: expected %s\n", path, number,
				line.expected);
	}
	fclose(file);
	return fine;
}
