// SPDX-License-Identifier: GPL-2.0-only
/* What Linux prints of Hyper-V's leaves when it boots. */
#include "import_log_line.h"

void hvp_log_hyperv_flags(struct hvp_log_line *line)
{
	static const struct {
		const char *word;
		u32 leaf;
		u8 reg;
	} words[] = {
		{ "low", 0x40000003, HVP_EAX },
		{ "features", 0x40000003, HVP_EAX },
		{ "high", 0x40000003, HVP_EBX },
		{ "ext", 0x40000003, HVP_ECX },
		{ "misc", 0x40000003, HVP_EDX },
		{ "hints", 0x40000004, HVP_EAX },
	};
	const char *p = line->rest, *value;
	struct hvp_number number;
	size_t i;

	while (p < line->end) {
		p = hvp_skip_blanks(p, line->end);
		value = hvp_skip_word(p, line->end, "privilege ");
		p = value ? value : p;
		for (i = 0; i < HVP_ARRAY_SIZE(words); i++)
			if ((value = hvp_skip_word(p, line->end,
						   words[i].word)))
				break;
		if (value && value < line->end && *value == ':')
			value++;
		value = i == HVP_ARRAY_SIZE(words) ? NULL :
			hvp_scan_hex(hvp_skip_blanks(value, line->end),
				     line->end, &number);
		if (!value || number.digits > 8) {
			line->sink->expected = "low, high, ext, hints or misc and a number";
			return;
		}
		hvp_log_add(line->sink, words[i].leaf, words[i].reg,
			     (u32)number.value);
		p = value;
		while (p < line->end && (*p == ',' || hvp_is_blank(*p)))
			p++;
	}
}

void hvp_log_hyperv_features(struct hvp_log_line *line)
{
	line->rest -= strlen("features");
	hvp_log_hyperv_flags(line);
}

void hvp_log_isolation(struct hvp_log_line *line)
{
	const char *b = hvp_find(line->rest, line->end, "Group B");
	struct hvp_log_line group = *line;

	group.leaf = 0x4000000c;
	group.reg = HVP_EAX;
	hvp_log_read_register(&group);
	if (!b)
		return;
	group.rest = b + strlen("Group B");
	group.reg = HVP_EBX;
	hvp_log_read_register(&group);
}

/* Up to six decimal numbers with one byte of punctuation between them. */
static bool read_decimals(const char *p, const char *end, u64 numbers[6],
			  char separators[5])
{
	u32 i;

	for (i = 0; i < 6; i++) {
		p = hvp_scan_decimal(p, end, &numbers[i]);
		if (!p || numbers[i] > 0xffffffff)
			return false;
		if (i == 5)
			return true;
		if (p == end)
			return false;
		separators[i] = *p++;
	}
	return false;
}

void hvp_log_host_build(struct hvp_log_line *line)
{
	const char *p = hvp_skip_blanks(line->rest, line->end);
	u64 n[6], build, major, minor, pack, branch, service;
	char separators[5];

	if (p < line->end && *p == ':')
		p = hvp_skip_blanks(p + 1, line->end);
	if (!read_decimals(p, line->end, n, separators)) {
		line->sink->expected = "six numbers of the host's version";
		return;
	}
	if (!memcmp(separators, "...--", 5)) {
		major = n[0];
		minor = n[1];
		build = n[2];
		service = n[3];
		pack = n[4];
		branch = n[5];
	} else if (!memcmp(separators, "-.--.", 5)) {
		build = n[0];
		major = n[1];
		minor = n[2];
		pack = n[3];
		branch = n[4];
		service = n[5];
	} else {
		line->sink->expected = "1.2.3.4-5-6 or 1-2.3-4-5.6";
		return;
	}
	if (major > 0xffff || minor > 0xffff || branch > 0xff ||
	    service > 0xffffff) {
		line->sink->expected = "smaller numbers in the host's version";
		return;
	}
	hvp_log_add(line->sink, 0x40000002, HVP_EAX, (u32)build);
	hvp_log_add(line->sink, 0x40000002, HVP_EBX,
		     (u32)(major << 16 | minor));
	hvp_log_add(line->sink, 0x40000002, HVP_ECX, (u32)pack);
	hvp_log_add(line->sink, 0x40000002, HVP_EDX,
		     (u32)(branch << 24 | service));
}
