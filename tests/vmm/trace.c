// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUID, and the hypercalls that KVM answers itself, never reach user space. KVM's
 * tracepoints know them; histogram triggers in a trace instance of our own count
 * them inside the kernel. Needs root, tracefs and CONFIG_HIST_TRIGGERS.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "vmm.h"

static const struct {
	const char *event;
	const char *keys;
	const char *kind;
} histograms[] = {
	{ "kvm_cpuid", "function.hex", "cpuid" },
	{ "kvm_exit", "exit_reason.hex", "exit" },
	{ "kvm_hypercall", "nr", "kvm-call-in-kvm" },
	{ "kvm_hv_hypercall", "code.hex,fast", "hyperv-call-in-kvm" },
	{ "kvm_xen_hypercall", "nr", "xen-call-in-kvm" },
};

static char instance[64];

static bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, text, strlen(text)) > 0;

	if (fd >= 0)
		close(fd);
	return good;
}

static void event_file(char path[160], const char *event, const char *file)
{
	snprintf(path, 160, "%s/events/kvm/%s/%s", instance, event, file);
}

void trace_start(struct vmm *vmm)
{
	char path[160], trigger[200], filter[80] = "";
	bool any = false;
	unsigned int i;

	for (i = 0; i < vmm->cpus; i++)
		snprintf(filter + strlen(filter), sizeof(filter) - strlen(filter),
			 "%scommon_pid==%d", i ? "||" : "", vmm->cpu[i].tid);
	snprintf(instance, sizeof(instance), "/sys/kernel/tracing/instances/vmm.%d",
		 getpid());
	if (mkdir(instance, 0700)) {
		instance[0] = '\0';
	} else {
		for (i = 0; i < HVP_ARRAY_SIZE(histograms); i++) {
			event_file(path, histograms[i].event, "trigger");
			snprintf(trigger, sizeof(trigger), "hist:keys=%s:size=1024 if %s",
				 histograms[i].keys, filter);
			any = write_file(path, trigger) || any;
		}
		if (!any)
			trace_stop();
	}
	printf("VMM trace %s\n", instance[0] ? "yes" : "no");
}

/* "{ code: 8001, fast: 0 } hitcount: 3" to key "8001.0", value 3 */
static void report_row(const char *kind, char *row)
{
	char *end = strchr(row, '}'), *colon = row, *hits, key[48] = "";
	size_t used = 0, bytes;

	hits = end ? strstr(end, "hitcount:") : NULL;
	if (!hits)
		return;
	*end = '\0';
	while ((colon = strchr(colon, ':')) && used < 24) {
		colon += 1 + strspn(colon + 1, " ");
		bytes = strcspn(colon, " ,");
		used += (size_t)snprintf(key + used, sizeof(key) - used, "%s%.*s",
					 used ? "." : "", (int)bytes, colon);
	}
	counters_line(kind, key, strtoull(hits + strlen("hitcount:"), NULL, 10));
}

void trace_report(void)
{
	char path[160], row[256];
	FILE *stream;
	unsigned int i;

	if (!instance[0])
		return;
	for (i = 0; i < HVP_ARRAY_SIZE(histograms); i++) {
		event_file(path, histograms[i].event, "hist");
		stream = fopen(path, "r");
		while (stream && fgets(row, sizeof(row), stream))
			if (row[0] == '{')
				report_row(histograms[i].kind, row);
		if (stream)
			fclose(stream);
	}
}

void trace_stop(void)
{
	char path[160], trigger[200];
	unsigned int i;

	if (!instance[0])
		return;
	for (i = 0; i < HVP_ARRAY_SIZE(histograms); i++) {
		event_file(path, histograms[i].event, "trigger");
		snprintf(trigger, sizeof(trigger), "!hist:keys=%s", histograms[i].keys);
		write_file(path, trigger);
	}
	rmdir(instance);
	instance[0] = '\0';
}
