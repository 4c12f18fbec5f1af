// SPDX-License-Identifier: GPL-2.0-only
/* What exited, by kind and key; KVM's binary statistics beside it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "vmm.h"

#define COUNTERS	1024
#define LINES		2048

static const struct { const char *name; bool decimal; } kinds[] = {
	[COUNT_KVM_CALL] = { "kvm-call", true },
	[COUNT_HYPERV_CALL] = { "hyperv-call", false },
	[COUNT_XEN_CALL] = { "xen-call", true },
	[COUNT_VMWARE_CALL] = { "vmware-call", true },
	[COUNT_OTHER_CALL] = { "other-call", false },
	[COUNT_RDMSR] = { "rdmsr", false },
	[COUNT_WRMSR] = { "wrmsr", false },
	[COUNT_IN] = { "in", false },
	[COUNT_OUT] = { "out", false },
	[COUNT_MMIO] = { "mmio", false },
	[COUNT_INJECTED] = { "injected", true },
	[COUNT_CONTINUED] = { "continued", true },
};

static struct counter {
	enum counter_kind kind;
	u64 key, value;
} counters[COUNTERS];
static unsigned int counter_count;

/* Lines of the last report, so that a mark can tell the difference. */
static struct previous {
	char name[64];
	u64 value;
} previous[LINES];
static unsigned int previous_count;
static const char *report_prefix;
static bool report_difference;

void count(enum counter_kind kind, u64 key)
{
	unsigned int i;

	for (i = 0; i < counter_count; i++)
		if (counters[i].kind == kind && counters[i].key == key)
			break;
	if (i == COUNTERS)
		return;
	if (i == counter_count)
		counters[counter_count++] = (struct counter){ .kind = kind, .key = key };
	counters[i].value++;
}

void counters_line(const char *kind, const char *key, u64 value)
{
	char name[64];
	u64 before = 0;
	unsigned int i;

	snprintf(name, sizeof(name), "%s %s", kind, key);
	for (i = 0; i < previous_count; i++)
		if (!strcmp(previous[i].name, name))
			break;
	if (i < previous_count) {
		before = previous[i].value;
	} else if (i < LINES) {
		previous_count++;
		memcpy(previous[i].name, name, sizeof(name));
	}
	if (i < LINES)
		previous[i].value = value;
	if (!report_difference)
		before = 0;
	if (value > before)
		printf("VMM %s %s %" PRIu64 "\n", report_prefix, name, value - before);
}

static void report_stats(struct vcpu *cpu)
{
	struct kvm_stats_header header;
	struct kvm_stats_desc *desc;
	size_t row, bytes;
	char *rows, name[64];
	u64 value;
	u32 i;

	if (cpu->stats < 0 ||
	    pread(cpu->stats, &header, sizeof(header), 0) != sizeof(header))
		return;
	row = sizeof(*desc) + header.name_size;
	bytes = row * header.num_desc;
	rows = malloc(bytes);
	if (!rows || pread(cpu->stats, rows, bytes, header.desc_offset) != (ssize_t)bytes)
		goto out;
	for (i = 0; i < header.num_desc; i++) {
		desc = (struct kvm_stats_desc *)(rows + i * row);
		if (desc->size != 1 ||
		    pread(cpu->stats, &value, 8, header.data_offset + desc->offset) != 8)
			continue;
		snprintf(name, sizeof(name), "%u.%.48s", cpu->index, desc->name);
		counters_line("stat", name, value);
	}
out:
	free(rows);
}

void counters_report(struct vmm *vmm, const char *prefix, bool since_mark)
{
	unsigned int i;
	char key[24];

	report_prefix = prefix;
	report_difference = since_mark;
	for (i = 0; i < counter_count; i++) {
		snprintf(key, sizeof(key), kinds[counters[i].kind].decimal ?
			 "%" PRId64 : "0x%" PRIx64, counters[i].key);
		counters_line(kinds[counters[i].kind].name, key, counters[i].value);
	}
	trace_report();
	for (i = 0; i < vmm->cpus; i++)
		report_stats(&vmm->cpu[i]);
	printf("VMM %s end\n", prefix);
	fflush(stdout);
}
