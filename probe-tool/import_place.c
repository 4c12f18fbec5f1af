// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "import_place.h"

#define ABOVE_LINES	8U	/* how far up a leaf may be stated */

static struct hvp_machine *machine_of(struct hvp_place *place, u32 side)
{
	return &place->dump->machines[place->sides[side].machine];
}

struct hvp_machine *hvp_place_current(struct hvp_place *place)
{
	return machine_of(place, 0);
}

static bool add_machine(struct hvp_place *place, u32 side, const char *label,
			size_t bytes)
{
	if (!hvp_dump_machine(place->dump, label, bytes))
		return false;
	place->sides[side].machine = place->dump->machine_count - 1;
	return true;
}

static void forget_cpus(struct hvp_place *place)
{
	memset(place->cpus_seen, 0, place->cpu_top / 8 + 1);
	place->cpu_top = 0;
	place->nameless = false;
	place->rows = false;
	place->has_previous = false;
}

bool hvp_place_init(struct hvp_place *place, struct hvp_dump *dump)
{
	memset(place, 0, sizeof(*place));
	place->dump = dump;
	place->cpu = HVP_CPU_ANY;
	place->names[0] = "guest";
	place->names[1] = "host";
	return add_machine(place, 0, "", 0);
}

void hvp_place_free(struct hvp_place *place)
{
	free(place->sides[0].lines);
	free(place->sides[1].lines);
}

bool hvp_place_machine(struct hvp_place *place)
{
	if (!hvp_place_current(place)->store.facts.count &&
	    (!place->two_sided || !machine_of(place, 1)->store.facts.count))
		return true;
	forget_cpus(place);
	if (!place->header)
		place->cpu = HVP_CPU_ANY;
	if (!place->two_sided)
		return add_machine(place, 0, "", 0);
	return add_machine(place, 0, place->names[0],
			   strlen(place->names[0])) &&
	       add_machine(place, 1, place->names[1], strlen(place->names[1]));
}

void hvp_place_header(struct hvp_place *place, u32 cpu)
{
	if (cpu != HVP_CPU_ANY && cpu >= HVP_PLACE_CPUS)
		return;
	place->cpu = cpu;
	place->header = true;
	place->has_previous = false;
}

void hvp_place_title(struct hvp_place *place, const struct hvp_line *line)
{
	/* Between a heading and its rows it titles nothing. */
	if (place->header)
		return;
	place->title = *line;
	place->repeats = true;
	place->has_previous = false;
}

/* Would rows of @cpu now begin another machine? */
static bool is_seen(const struct hvp_place *place, u32 cpu)
{
	if (cpu == HVP_CPU_ANY)
		return place->rows;
	return (place->cpus_seen[cpu / 8] >> (cpu % 8) & 1) ||
	       (!cpu && place->nameless);
}

static void set_seen(struct hvp_place *place, u32 cpu)
{
	place->rows = true;
	if (cpu >= HVP_PLACE_CPUS) {
		place->nameless = true;
		return;
	}
	place->cpus_seen[cpu / 8] |= (u8)(1U << (cpu % 8));
	if (cpu > place->cpu_top)
		place->cpu_top = cpu;
}

/* The first CPU had no number; there is a second, so it is number 0. */
static void number_first_cpu(struct hvp_place *place)
{
	struct hvp_facts *facts = &hvp_place_current(place)->store.facts;
	struct hvp_fact *fact;
	u32 i;

	place->nameless = false;
	if (place->cpus_seen[0] & 1)
		return;
	for (i = 0; i < facts->count; i += hvp_fact_records(fact)) {
		fact = &facts->items[i];
		if (fact->kind == HVP_FACT_CPUID && fact->cpu == HVP_CPU_ANY &&
		    fact->cpuid.known == 0xf)
			fact->cpu = 0;
	}
	hvp_facts_reindex(facts);
	set_seen(place, 0);
}

/* Leaf 0 again without a heading: the next CPU, or another machine. */
static bool restart(struct hvp_place *place, const struct hvp_row *row)
{
	const struct hvp_fact *first = hvp_facts_cpuid(
		&hvp_place_current(place)->store.facts, place->cpu, 0, 0);

	if (!first)
		return true;
	if (memcmp(first->cpuid.regs, row->regs, sizeof(row->regs)))
		return hvp_place_machine(place);
	if (place->cpu == HVP_CPU_ANY) {
		number_first_cpu(place);
		place->cpu = 0;
	}
	if (place->cpu + 1 < HVP_PLACE_CPUS)
		place->cpu++;
	place->has_previous = false;
	return true;
}

static bool settle_cpu(struct hvp_place *place, const struct hvp_row *row)
{
	bool first_leaf = row->leaf == 0 && row->subleaf == 0;
	bool again = place->has_previous && place->previous.leaf == 0;

	if (row->cpu < HVP_PLACE_CPUS) {
		place->cpu = row->cpu;
		place->header = false;
		return true;
	}
	if (place->header) {
		if (is_seen(place, place->cpu)) {
			if (!hvp_place_machine(place))
				return false;
		} else if (place->nameless) {
			number_first_cpu(place);
		}
		place->header = false;
		return true;
	}
	if (!first_leaf || again || place->title.bytes)
		return true;
	return restart(place, row);
}

static bool settle_sides(struct hvp_place *place, const struct hvp_row *row)
{
	bool again = place->has_previous && place->previous.leaf == 0;

	if (!place->two_sided) {
		free(hvp_place_current(place)->label);
		hvp_place_current(place)->label = strdup(place->names[0]);
		if (!hvp_place_current(place)->label ||
		    !add_machine(place, 1, place->names[1],
				 strlen(place->names[1])))
			return false;
		place->two_sided = true;
	}
	if (place->diff) {
		place->header = false;
		return true;
	}
	place->cpu = HVP_CPU_ANY;
	if (row->side == HVP_SIDE_HOST_DIFF)
		place->host_diffs = true;
	else if (row->side == HVP_SIDE_HOST)
		place->host_rows = true;
	else if (!again && row->leaf == 0 && row->subleaf == 0 &&
		 hvp_facts_cpuid(&hvp_place_current(place)->store.facts,
				 HVP_CPU_ANY, 0, 0))
		return hvp_place_machine(place);
	return true;
}

/* Fill in what the row leaves to the lines above it; false when it cannot. */
static bool complete(struct hvp_place *place, const struct hvp_line *line,
		     struct hvp_row *row)
{
	const struct hvp_row *previous = &place->previous;
	bool follows = place->has_previous && row->has_leaf &&
		       previous->leaf == row->leaf;
	bool is_near = place->above_line &&
		       line->number - place->above_line <= ABOVE_LINES;

	if (row->shape->flags & HVP_ROWS_LEAF_ABOVE) {
		row->leaf = previous->leaf;
		row->subleaf = previous->subleaf;
		return place->has_previous;
	}
	if (!row->has_leaf) {
		if (!is_near)
			return false;
		row->has_leaf = true;
		row->leaf = place->above.leaf;
		if (!row->has_subleaf)
			row->subleaf = place->above.subleaf;
		/* A list of subleaves goes on; registers come once. */
		place->above_line = row->has_subleaf ? line->number : 0;
		return true;
	}
	if (!row->has_subleaf && follows &&
	    row->shape->flags & (HVP_ROWS_COUNTED | HVP_ROWS_SL))
		row->subleaf = previous->subleaf + 1;
	return true;
}

bool hvp_place_note(struct hvp_place *place, u32 side_number, u32 index,
		    size_t line)
{
	struct hvp_place_side *side = &place->sides[side_number];

	if (index >= side->line_capacity) {
		u32 capacity = side->line_capacity ? side->line_capacity : 64;
		u32 *lines;

		while (capacity <= index)
			capacity *= 2;
		lines = realloc(side->lines, capacity * sizeof(*lines));
		if (!lines)
			return false;
		side->lines = lines;
		side->line_capacity = capacity;
	}
	side->lines[index] = (u32)line;
	return true;
}

static void report_conflict(struct hvp_place *place, u32 side,
			    const struct hvp_line *line,
			    const struct hvp_row *row, u32 cpu)
{
	const struct hvp_facts *facts = &machine_of(place, side)->store.facts;
	const struct hvp_fact *first = hvp_facts_cpuid(facts, cpu, row->leaf,
						       row->subleaf);
	size_t index = first ? (size_t)(first - facts->items) : 0;
	bool is_noted = first && index < place->sides[side].line_capacity;

	/* It was read at another time, maybe on another CPU, than the list. */
	if (row->side == HVP_SIDE_HOST_DIFF && place->host_rows)
		return;
	hvp_dump_problem(place->dump, line->number,
			 "leaf 0x%08x subleaf %u conflicts with line %u, which stays",
			 row->leaf, row->subleaf,
			 is_noted ? place->sides[side].lines[index] : 0);
}

void hvp_place_name(struct hvp_place *place)
{
	struct hvp_machine *machine = hvp_place_current(place);
	char *label;

	if (!place->title.bytes || machine->store.facts.count ||
	    *machine->label)
		return;
	label = strndup(place->title.text, place->title.bytes < 100 ?
			place->title.bytes : 100);
	if (!label)
		return;
	free(machine->label);
	machine->label = label;
}

static enum hvp_place_result store(struct hvp_place *place,
				   const struct hvp_line *line,
				   const struct hvp_row *row)
{
	u32 side = row->side > HVP_SIDE_GUEST;
	struct hvp_machine *machine = machine_of(place, side);
	struct hvp_fact fact;
	u32 index;
	int ret;

	hvp_place_name(place);
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, place->cpu, row->leaf,
			   row->subleaf, row->regs[0], row->regs[1],
			   row->regs[2], row->regs[3]);
	fact.cpuid.known = row->known;
	index = machine->store.facts.count;
	ret = hvp_store_add(&machine->store, &fact, NULL);
	if (ret == -ENOMEM)
		return HVP_PLACE_NO_MEMORY;
	if (ret == -EEXIST && place->title.bytes && place->repeats &&
	    !place->two_sided) {
		/* Once for each title, or reading would not end. */
		place->repeats = false;
		return HVP_PLACE_REWIND;
	}
	if (ret == -EEXIST)
		report_conflict(place, side, line, row, place->cpu);
	if (ret == 0) {
		place->repeats = false;
		place->title.bytes = 0;
	}
	if (ret == 0 && index < machine->store.facts.count &&
	    !hvp_place_note(place, side, index, line->number))
		return HVP_PLACE_NO_MEMORY;
	set_seen(place, place->cpu);
	return HVP_PLACED;
}

enum hvp_place_result hvp_place_row(struct hvp_place *place,
				    const struct hvp_line *line,
				    struct hvp_row *row)
{
	enum hvp_place_result result;

	if (row->cpu < HVP_PLACE_CPUS && row->cpu != place->cpu)
		place->has_previous = false;
	if (!complete(place, line, row))
		return HVP_PLACE_IGNORED;
	if (row->side) {
		if (!settle_sides(place, row))
			return HVP_PLACE_NO_MEMORY;
	} else if (!settle_cpu(place, row)) {
		return HVP_PLACE_NO_MEMORY;
	}
	result = store(place, line, row);
	place->previous = *row;
	place->has_previous = true;
	return result;
}

/* VMware lists a host row only where it differs from the guest's. */
static void copy_equal_rows(struct hvp_place *place)
{
	const struct hvp_facts *guest = &machine_of(place, 0)->store.facts;
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(guest, fact)))
		if (fact->kind == HVP_FACT_CPUID &&
		    fact->cpuid.leaf >> 28 != 4 &&
		    !hvp_facts_cpuid(&machine_of(place, 1)->store.facts,
				     HVP_CPU_ANY, fact->cpuid.leaf,
				     fact->cpuid.subleaf))
			hvp_store_add(&machine_of(place, 1)->store, fact, NULL);
}

void hvp_place_finish(struct hvp_place *place)
{
	struct hvp_dump *dump = place->dump;

	if (place->host_diffs && !place->host_rows)
		copy_equal_rows(place);
	/* A title tells machines apart; one alone needs none. */
	if (dump->machine_count == 1 && !place->two_sided)
		dump->machines[0].label[0] = '\0';
}
