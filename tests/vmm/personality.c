// SPDX-License-Identifier: GPL-2.0-only
/* Reads a personality: one table row per keyword, see README.md. */
#include <stdio.h>
#include <stdlib.h>
#include "keywords.h"

static const char *file;	/* being read; cpuid-from is relative to it */

void personality_path(char path[1024], const char *name)
{
	const char *slash = strrchr(file, '/');

	snprintf(path, 1024, "%.*s%s",
		 *name == '/' || !slash ? 0 : (int)(slash - file + 1), file, name);
}

static void read_include(struct personality *p, struct line *l)
{
	const char *outer = file;
	char path[1024];

	personality_path(path, line_word(l, "a personality"));
	if (!l->expected && !personality_read(p, path))
		l->expected = "a personality without errors";
	file = outer;
}

static void read_kvm_leaves(struct personality *p, struct line *l)
{
	p->kvm_base = line_is(l, "off") ? ABSENT : line_u32(l, "off or a base leaf");
}

static void read_hyperv(struct personality *p, struct line *l)
{
	p->hyperv_kvm = line_is(l, "kvm");
	if (!p->hyperv_kvm)
		l->expected = "kvm";
	p->evmcs = line_is(l, "evmcs");
}

static void read_hypercalls(struct personality *p, struct line *l)
{
	static const char *const names[] = {
		"kvm", "hyperv", "xen", "vmware", "virtualbox", "jailhouse", "ud",
		"forbidden",
	};
	unsigned int i;

	p->abis = 0;
	if (line_is(l, "kvm"))
		return;
	if (!line_is(l, "vmm") || l->next == l->count) {
		l->expected = "kvm, or vmm and ABIs";
		return;
	}
	while (l->next < l->count && !l->expected) {
		for (i = 0; i < HVP_ARRAY_SIZE(names); i++)
			if (line_is(l, names[i]))
				break;
		if (i == HVP_ARRAY_SIZE(names))
			l->expected = "kvm, hyperv, xen, vmware, virtualbox, jailhouse, ud or forbidden";
		else
			p->abis |= 1U << i;
	}
}

static void read_msr(struct personality *p, struct line *l)
{
	struct msr_rule rule = { .index = line_u32(l, "an MSR") };

	if (line_is(l, "gp")) {
		rule.kind = MSR_GP;
	} else if (line_is(l, "locked")) {
		rule.kind = MSR_LOCKED;
		rule.value = line_number(l, "the value that it keeps");
	} else if (line_is(l, "sticky")) {
		rule.kind = MSR_STICKY;
	} else if (line_is(l, "=")) {
		rule.value = line_number(l, "a value");
	} else {
		l->expected = l->expected ? l->expected : "= VALUE, gp, sticky or locked VALUE";
	}
	if (p->msr_count == HVP_ARRAY_SIZE(p->msrs))
		l->expected = "no more than 14 msr lines";
	else
		p->msrs[p->msr_count++] = rule;
}

static void read_fault(struct personality *p, struct line *l)
{
	static const struct { const char *word; enum fault_action action; bool value; } actions[] = {
		{ "status", FAULT_STATUS, true }, { "rax", FAULT_RAX, true },
		{ "ud", FAULT_UD, false }, { "gp", FAULT_GP, false },
		{ "short", FAULT_SHORT, true }, { "long", FAULT_LONG, true },
		{ "output", FAULT_OUTPUT, true }, { "delay", FAULT_DELAY, true },
		{ "partial", FAULT_PARTIAL, true }, { "stuck", FAULT_STUCK, false },
		{ "redo", FAULT_REDO, true },
	};
	struct fault fault = { 0 };
	unsigned int i;

	fault.code = line_is(l, "any") ? ANY_CODE : line_number(l, "a call code or any");
	for (i = 0; i < HVP_ARRAY_SIZE(actions); i++)
		if (line_is(l, actions[i].word))
			break;
	if (i == HVP_ARRAY_SIZE(actions)) {
		l->expected = l->expected ? l->expected :
			"status, rax, ud, gp, short, long, output, delay, partial, stuck or redo";
		return;
	}
	fault.action = actions[i].action;
	if (actions[i].value)
		fault.value = line_number(l, "a number after the action");
	if (line_is(l, "after"))
		fault.after = line_number(l, "a number of calls");
	if (line_is(l, "times"))
		fault.times = line_number(l, "a number of calls");
	if (p->fault_count == HVP_ARRAY_SIZE(p->faults))
		l->expected = "no more than 32 fault lines";
	else
		p->faults[p->fault_count++] = fault;
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

static void read_xmm(struct personality *p, struct line *l)
{
	if (line_is(l, "none"))
		p->xmm = XMM_NONE;
	else if (line_is(l, "in"))
		p->xmm = XMM_IN;
	else if (line_is(l, "both"))
		p->xmm = XMM_BOTH;
	else
		l->expected = "none, in or both";
}

static const struct {
	const char *key;
	void (*read)(struct personality *personality, struct line *line);
} keywords[] = {
	{ "cpuid", read_cpuid }, { "cpuid-remove", read_cpuid_remove },
	{ "cpuid-bits", read_cpuid_bits }, { "cpuid-from", read_cpuid_from },
	{ "hypervisor-bit", read_hypervisor_bit }, { "vendor", read_vendor },
	{ "signature", read_signature }, { "kvm-leaves", read_kvm_leaves },
	{ "hyperv", read_hyperv }, { "hypercalls", read_hypercalls },
	{ "msr", read_msr }, { "fault", read_fault },
	{ "include", read_include }, { "vp-register", read_register }, { "xmm", read_xmm },
};

/* Keywords with one plain value. */
static void read_settings(struct personality *p, struct line *l, const char *key)
{
	if (!strcmp(key, "enforce-cpuid")) {
		p->enforce_cpuid = true;
	} else if (!strcmp(key, "enforce-pv-features")) {
		p->enforce_pv = true;
	} else if (!strcmp(key, "fix-hypercall")) {
		p->fix_hypercall = line_switch(l);
	} else if (!strcmp(key, "privileges")) {
		p->ignore_privileges = line_is(l, "ignore");
		if (!p->ignore_privileges && !line_is(l, "enforce"))
			l->expected = "enforce or ignore";
	} else if (!strcmp(key, "page-endbr")) {
		p->page_endbr = line_switch(l);
	} else if (!strcmp(key, "xen-page")) {
		p->xen_page_msr = line_u32(l, "the MSR of the hypercall page");
	} else if (!strcmp(key, "xen-version")) {
		p->xen_version = line_u32(l, "major << 16 | minor");
	} else if (!strcmp(key, "ext-caps")) {
		p->ext_caps = line_number(l, "a 64-bit mask");
	} else if (!strcmp(key, "partition-id")) {
		p->partition_id = line_number(l, "a number");
	} else if (!strcmp(key, "xmm-refused")) {
		p->xmm_refusal = line_is(l, "ud") ? ABSENT : line_u32(l, "ud or a status");
	} else if (!strcmp(key, "reps-per-exit")) {
		p->reps_per_exit = line_number(l, "a number");
	} else if (!strcmp(key, "migrate-after")) {
		p->migrate_after = line_number(l, "a number of calls");
		p->fix_hypercall = false;
	} else if (!strcmp(key, "append")) {
		size_t used = strlen(p->append);

		snprintf(p->append + used, sizeof(p->append) - used, " %s",
			 line_word(l, "kernel parameters in quotes"));
	} else {
		l->expected = "a keyword of tests/vmm/README.md";
	}
}

static bool read_line(struct personality *p, char *text, unsigned int number)
{
	struct line line;
	const char *key;
	unsigned int i;

	line_split(&line, text);
	if (!line.count)
		return true;
	key = line_word(&line, "a keyword");
	for (i = 0; i < HVP_ARRAY_SIZE(keywords); i++)
		if (!strcmp(key, keywords[i].key))
			break;
	if (i < HVP_ARRAY_SIZE(keywords))
		keywords[i].read(p, &line);
	else
		read_settings(p, &line, key);
	if (p->edit_count == HVP_ARRAY_SIZE(p->edits))
		line.expected = "fewer cpuid lines";
	if (line_end(&line))
		return true;
	fprintf(stderr, "%s:%u: %s: expected %s\n", file, number, key, line.expected);
	return false;
}

void personality_default(struct personality *p)
{
	memset(p, 0, sizeof(*p));
	p->kvm_base = 0x40000000;
	p->fix_hypercall = true;
	p->xmm = XMM_BOTH;
	p->xmm_refusal = ABSENT;
	p->partition_id = 0x21;
}

bool personality_read(struct personality *p, const char *path)
{
	static unsigned int depth;
	FILE *stream = depth < 4 ? fopen(path, "r") : NULL;
	unsigned int number = 0;
	char text[512];
	bool good = true;

	if (!stream) {
		fprintf(stderr, "%s: %s\n", path,
			strerror(depth < 4 ? errno : ELOOP));
		return false;
	}
	depth++;
	while (fgets(text, sizeof(text), stream)) {
		file = path;
		number++;
		if (!strchr(text, '\n') && !feof(stream)) {
			fprintf(stderr, "%s:%u: expected a shorter line\n", path, number);
			good = false;
			break;
		}
		good = read_line(p, text, number) && good;
	}
	depth--;
	fclose(stream);
	return good;
}
