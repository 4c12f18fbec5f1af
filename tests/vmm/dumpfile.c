// SPDX-License-Identifier: GPL-2.0-only
/* cpuid-from: hypervisor leaves out of a dump, read by the tool's own importers. */
#include <stdio.h>
#include <stdlib.h>
#include "personality.h"
#include "../../probe-tool/dump.h"

static char *slurp(const char *path, size_t *bytes)
{
	FILE *stream = fopen(path, "r");
	size_t room = 1 << 16, got;
	char *text = NULL, *larger;

	*bytes = 0;
	while (stream) {
		larger = realloc(text, room);
		if (!larger)
			break;
		text = larger;
		got = fread(text + *bytes, 1, room - *bytes, stream);
		*bytes += got;
		if (*bytes < room) {
			fclose(stream);
			return text;
		}
		room *= 2;
	}
	if (stream)
		fclose(stream);
	free(text);
	return NULL;
}

static bool wanted(const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CPUID && fact->cpuid.leaf >> 16 == 0x4000 &&
		(fact->cpu == HVP_CPU_ANY || fact->cpu == 0);
}

static unsigned int take(struct personality *p, const struct hvp_facts *facts)
{
	const struct hvp_fact *fact = NULL;
	struct cpuid_edit *edit;
	unsigned int taken = 0;

	while ((fact = hvp_facts_next(facts, fact))) {
		if (!wanted(fact))
			continue;
		edit = personality_edit(p);
		edit->op = CPUID_SET;
		edit->leaf = fact->cpuid.leaf;
		if (fact->cpuid.subleaf != HVP_SUBLEAF_ANY)
			edit->subleaf = fact->cpuid.subleaf;
		memcpy(edit->regs, fact->cpuid.regs, sizeof(edit->regs));
		taken++;
	}
	fact = hvp_facts_cpuid(facts, 0, 1, 0);
	if (taken && fact) {
		edit = personality_edit(p);
		edit->op = CPUID_BITS;
		edit->leaf = 1;
		*(fact->cpuid.regs[HVP_ECX] >> 31 ? &edit->set[2] : &edit->clear[2]) = 1U << 31;
	}
	return taken;
}

bool cpuid_from_dump(struct personality *p, const char *path, u64 machine,
		     char *why, size_t why_bytes)
{
	struct hvp_dump dump;
	struct cpuid_edit *edit;
	bool good = false;
	size_t bytes;
	char *text = slurp(path, &bytes);

	if (!text) {
		snprintf(why, why_bytes, "a readable dump: %s: %s", path, strerror(errno));
		return false;
	}
	if (hvp_dump_read(text, bytes, &dump)) {
		snprintf(why, why_bytes, "a dump that hvprobe decode reads: %s",
			 dump.problem_count ? dump.problems[0].text : path);
	} else if (machine >= dump.machine_count) {
		snprintf(why, why_bytes, "a machine below %zu", dump.machine_count);
	} else {
		edit = personality_edit(p);
		edit->op = CPUID_REMOVE;
		edit->leaf = 0x40000000;
		edit->last = 0x4000ffff;
		good = take(p, &dump.machines[machine].store.facts);
		if (!good)
			snprintf(why, why_bytes, "a dump with leaves 0x4000xxxx: %s", path);
	}
	hvp_dump_free(&dump);
	free(text);
	return good;
}
