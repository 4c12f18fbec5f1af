// SPDX-License-Identifier: GPL-2.0-only
/* Keywords that change CPUID. */
#include "keywords.h"

static char why[1280];		/* outlives the line that it explains */

struct cpuid_edit *personality_edit(struct personality *p)
{
	static struct cpuid_edit overflow;
	struct cpuid_edit *edit = &overflow;

	if (p->edit_count < HVP_ARRAY_SIZE(p->edits))
		edit = &p->edits[p->edit_count++];
	memset(edit, 0, sizeof(*edit));
	edit->cpu = ANY_CPU;
	return edit;
}

void read_cpuid(struct personality *p, struct line *l)
{
	struct cpuid_edit *edit = personality_edit(p);
	int i;

	edit->op = CPUID_SET;
	edit->leaf = line_u32(l, "a leaf");
	edit->subleaf = line_u32(l, "a subleaf");
	if (!line_is(l, "="))
		l->expected = l->expected ? l->expected : "=";
	for (i = 0; i < 4; i++)
		edit->regs[i] = line_u32(l, "EAX EBX ECX EDX");
	if (line_is(l, "cpu"))
		edit->cpu = (int)line_u32(l, "the number of a vCPU");
}

void read_cpuid_remove(struct personality *p, struct line *l)
{
	struct cpuid_edit *edit = personality_edit(p);

	edit->op = CPUID_REMOVE;
	edit->leaf = line_u32(l, "the first leaf");
	edit->last = l->next < l->count ? line_u32(l, "the last leaf") : edit->leaf;
}

void read_cpuid_bits(struct personality *p, struct line *l)
{
	static const char *const names[4] = { "eax", "ebx", "ecx", "edx" };
	struct cpuid_edit *edit = personality_edit(p);
	int i, reg = -1;
	bool set;

	edit->op = CPUID_BITS;
	edit->leaf = line_u32(l, "a leaf");
	edit->subleaf = line_u32(l, "a subleaf");
	for (i = 0; i < 4 && reg < 0; i++)
		if (line_is(l, names[i]))
			reg = i;
	set = line_is(l, "set");
	if (reg < 0 || (!set && !line_is(l, "clear"))) {
		l->expected = l->expected ? l->expected :
			"eax|ebx|ecx|edx set|clear MASK";
		return;
	}
	*(set ? &edit->set[reg] : &edit->clear[reg]) = line_u32(l, "a mask");
}

void read_cpuid_from(struct personality *p, struct line *l)
{
	const char *name = line_word(l, "a file with a dump");
	u64 machine = l->next < l->count ? line_number(l, "a machine's number") : 0;
	char path[1024];

	if (l->expected)
		return;
	personality_path(path, name);
	if (!cpuid_from_dump(p, path, machine, why, sizeof(why)))
		l->expected = why;
}

void read_hypervisor_bit(struct personality *p, struct line *l)
{
	struct cpuid_edit *edit = personality_edit(p);

	edit->op = CPUID_BITS;
	edit->leaf = 1;
	*(line_switch(l) ? &edit->set[2] : &edit->clear[2]) = 1U << 31;
}

/* The twelve bytes of a vendor go EBX, EDX, ECX in leaf 0, in order elsewhere. */
static void read_text(struct line *l, u32 words[3])
{
	const char *text = line_word(l, "a text of at most 12 bytes in quotes");

	if (strlen(text) > 12 && !l->expected)
		l->expected = "a text of at most 12 bytes in quotes";
	memset(words, 0, 12);
	if (!l->expected)
		memcpy(words, text, strlen(text));
}

void read_vendor(struct personality *p, struct line *l)
{
	struct cpuid_edit *edit = personality_edit(p);
	u32 words[3];

	read_text(l, words);
	edit->op = CPUID_BITS;
	edit->set[1] = words[0];
	edit->set[3] = words[1];
	edit->set[2] = words[2];
	edit->clear[1] = edit->clear[2] = edit->clear[3] = ~0U;
}

void read_signature(struct personality *p, struct line *l)
{
	struct cpuid_edit *edit = personality_edit(p);

	edit->op = CPUID_SET;
	edit->leaf = line_u32(l, "a leaf");
	edit->regs[0] = line_u32(l, "the maximum leaf");
	read_text(l, &edit->regs[1]);
}
