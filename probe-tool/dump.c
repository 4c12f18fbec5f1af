// SPDX-License-Identifier: GPL-2.0-only
/* Which format is this, and the machines that are read from it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "dump.h"
#include "facts_json.h"
#include "import_envelope.h"
#include "import_firecracker.h"
#include "import_text.h"
#include "import_tree.h"

#define LABEL_MAX	100U
#define ENVELOPES_MAX	4	/* .txt in mail in .gz is two already */

static const struct hvp_importer *const importers[] = {
	&hvp_import_json,
	&hvp_import_firecracker,
	&hvp_import_tar,
	&hvp_import_dmidecode,
	&hvp_import_text,
};

struct hvp_machine *hvp_dump_machine(struct hvp_dump *dump, const char *label,
				     size_t bytes)
{
	size_t count = dump->machine_count;
	struct hvp_machine *machine;

	if (count >= HVP_DUMP_MACHINES) {
		hvp_dump_problem(dump, 0, "more than %u machines, the rest is not read",
				 HVP_DUMP_MACHINES);
		return NULL;
	}
	/* Grown at every power of two. */
	if (!(count & (count - 1))) {
		machine = realloc(dump->machines, (count ? 2 * count : 1) *
				  sizeof(*machine));
		if (!machine)
			return NULL;
		dump->machines = machine;
	}
	machine = &dump->machines[count];
	machine->label = strndup(label, bytes < LABEL_MAX ? bytes : LABEL_MAX);
	if (!machine->label)
		return NULL;
	hvp_store_init(&machine->store);
	dump->machine_count++;
	return machine;
}

void hvp_dump_problem(struct hvp_dump *dump, size_t line, const char *format,
		      ...)
{
	struct hvp_dump_problem *problem;
	va_list args;
	char *c;

	if (dump->problem_count++ >= HVP_DUMP_PROBLEMS)
		return;
	problem = &dump->problems[dump->problem_count - 1];
	problem->line = line;
	va_start(args, format);
	vsnprintf(problem->text, sizeof(problem->text), format, args);
	va_end(args);
	/* It may quote the file, and will be shown on a terminal. */
	for (c = problem->text; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
}

void hvp_dump_free(struct hvp_dump *dump)
{
	size_t i;

	for (i = 0; i < dump->machine_count; i++) {
		free(dump->machines[i].label);
		hvp_store_free(&dump->machines[i].store);
	}
	free(dump->machines);
	memset(dump, 0, sizeof(*dump));
}

static void drop_empty_machines(struct hvp_dump *dump)
{
	size_t from, to = 0;

	for (from = 0; from < dump->machine_count; from++) {
		struct hvp_machine *machine = &dump->machines[from];

		if (machine->store.facts.count) {
			dump->machines[to++] = *machine;
			continue;
		}
		free(machine->label);
		hvp_store_free(&machine->store);
	}
	dump->machine_count = to;
}

static int read_plain(const char *text, size_t bytes, struct hvp_dump *dump)
{
	const struct hvp_importer *best = NULL;
	int score, best_score = 0;
	size_t i;
	int ret;

	for (i = 0; i < HVP_ARRAY_SIZE(importers); i++) {
		score = importers[i]->score(text, bytes);
		if (score > best_score) {
			best_score = score;
			best = importers[i];
		}
	}
	if (!best)
		return -EBADMSG;
	dump->format = best->key;
	ret = best->read(text, bytes, dump);
	if (ret)
		return ret;
	drop_empty_machines(dump);
	return dump->machine_count ? 0 : -EBADMSG;
}

int hvp_dump_read(const char *text, size_t bytes, struct hvp_dump *dump)
{
	struct hvp_envelope inner = { .text = text, .bytes = bytes };
	char *owned = NULL;
	int ret, depth;

	memset(dump, 0, sizeof(*dump));
	for (depth = 0; depth < ENVELOPES_MAX; depth++) {
		ret = hvp_envelope_open(&inner, dump);
		if (ret <= 0)
			break;
		free(owned);
		owned = inner.owned;
	}
	/* Byte order mark of UTF-8. */
	if (inner.bytes >= 3 && !memcmp(inner.text, "\xef\xbb\xbf", 3)) {
		inner.text += 3;
		inner.bytes -= 3;
	}
	if (ret >= 0)
		ret = read_plain(inner.text, inner.bytes, dump);
	free(owned);
	if (ret == -EBADMSG && !dump->problem_count)
		hvp_dump_problem(dump, 0, "%s", bytes ?
				 "no format that is known here, or no CPUID leaves and no hypervisor messages in it" :
				 "the file is empty");
	return ret;
}

int hvp_dump_read_tree(const char *path, struct hvp_dump *dump)
{
	int ret;

	memset(dump, 0, sizeof(*dump));
	dump->format = "tree";
	ret = hvp_tree_read(path, dump);
	if (ret)
		return ret;
	drop_empty_machines(dump);
	if (dump->machine_count)
		return 0;
	hvp_dump_problem(dump, 0, "no proc/, sys/, dmidecode.txt or cpuid-signature.txt in it that says anything");
	return -EBADMSG;
}
