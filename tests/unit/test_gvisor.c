// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/: a program that gVisor's kernel runs. Registers are those that runsc
 * 0.0~20221219 of Debian 12 let through in guests runsc-kvm and runsc-ptrace of
 * tests/vmm, on the CPU that Bochs emulates; kept_back is its KVM platform on the
 * CPU that QEMU 7.2 emulates, where the sentry answered CPUID.
 */
#include "../../core/confidential.h"
#include "machine_facts.h"
#include "tap.h"

#define VERSION		"#1 SMP Sun Jan 10 15:06:54 PST 2016"
#define BOCHS_0		{ 0, 0, 0x0d, 0x756e6547, 0x6c65746e, 0x49656e69 }
#define BOCHS_ECHO(leaf) { leaf, 0, 7, 0x340, 0x340, 0 }

static const struct row on_kvm[] = {
	BOCHS_0, { 1, 0, 0x306c3, 0x10800, 0x7efa3203, 0x0f8bf9ff },
	BOCHS_ECHO(0x0d), { 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 },
	BOCHS_ECHO(0x40000100), BOCHS_ECHO(0x40001000),
	{ 0x80000000, 0, 0x80000008, 0, 0, 0 },
};
static const struct row on_ptrace[] = {
	BOCHS_0, { 1, 0, 0x306c3, 0x10800, 0x7ffaf3bf, 0xbfebfbff },
	BOCHS_ECHO(0x0d), BOCHS_ECHO(0x40000000), BOCHS_ECHO(0x40000100),
	BOCHS_ECHO(0x40001000), { 0x80000000, 0, 0x80000008, 0, 0, 0 },
};
static const struct row kept_back[] = {
	AMD, { 1, 0, 0x800f12, 0x800, 0xf6d8320b, 0x78bfbfd },
	NOTHING(0x40000000), NOTHING(0x40000100), NOTHING(0x40001000),
	{ 0x80000000, 0, 0x80000021, 0x68747541, 0x444d4163, 0x69746e65 },
	{ 0x8000001f, 0, 0, 0, 0, 0 },
};

static void check(u16 key, const char *text, u8 kind, u8 primary, bool gvisor,
		  const char *want, const char *name)
{
	const struct hvp_report *report;
	char summary[120];

	if (text)
		machine_text(key, text);
	report = machine_decode();
	hvp_verdict_summary(report, summary, sizeof(summary));
	ok(report->verdict.kind == kind && report->verdict.primary == primary &&
	   !!report->gvisor == gvisor && !strcmp(summary, want),
	   "%s: \"%s\" (got \"%s\")", name, want, summary);
}

#define IS(rows, key, text, kind, primary, gvisor, want)		\
	do {								\
		START(rows);						\
		check(HVP_TEXT_##key, text, HVP_VERDICT_##kind,		\
		      HVP_PRODUCT_##primary, gvisor, want, #rows);	\
	} while (0)

static bool has_step(u8 rule)
{
	const struct hvp_verdict *v = &machine_report.verdict;
	u32 i;

	for (i = 0; i < v->step_count; i++)
		if (v->steps[i].rule == rule)
			return true;
	return false;
}

static void test_verdicts(void)
{
	IS(on_kvm, KERNEL_VERSION, VERSION, GUEST, KVM, true,
	   "KVM guest, in gVisor");
	ok(has_step(HVP_RULE_GVISOR) && has_step(HVP_RULE_HIDDEN) &&
	   !has_step(HVP_RULE_TEXT_HINT), "and the leaves still decide");
	IS(on_ptrace, KERNEL_VERSION, VERSION, GUEST, GVISOR, true,
	   "gVisor guest (by text evidence)");
	ok(!has_step(HVP_RULE_BARE_METAL), "nobody says bare metal");
	IS(kept_back, KERNEL_VERSION, VERSION, GUEST, GVISOR, true,
	   "gVisor guest (by text evidence)");
	ok(!has_step(HVP_RULE_XEN_PV_HINT), "nor that it may be Xen");
	IS(kept_back, KERNEL_LINE, "Starting gVisor...", GUEST, GVISOR, true,
	   "gVisor guest (by text evidence)");

	IS(on_ptrace, KERNEL_VERSION, "#1 SMP Sun Jan 10 15:06:54 UTC 2016",
	   BARE_METAL, NONE, false, "bare metal");
	IS(on_kvm, KERNEL_LINE, "Starting gvisor", GUEST, KVM, false,
	   "KVM guest");
	IS(on_kvm, ARCH, VERSION, GUEST, KVM, false, "KVM guest");
	IS(kept_back, ARCH, NULL, UNIDENTIFIED, UNKNOWN, false,
	   "hypervisor present, not identified");
}

static void test_arm64(void)
{
	machine_start(NULL, 0);
	machine_text(HVP_TEXT_ARCH, "aarch64");
	check(HVP_TEXT_KERNEL_VERSION, VERSION, HVP_VERDICT_GUEST,
	      HVP_PRODUCT_GVISOR, true, "gVisor guest (by text evidence)",
	      "arm64");
}

/* What the driver would add is not to be had by loading it. */
static void test_reasons(void)
{
	const struct hvp_cap_state *calls =
		&machine_report.caps[HVP_CAP_KVM_HYPERCALLS];

	START(on_kvm);
	machine_text(HVP_TEXT_KERNEL_VERSION, VERSION);
	hvp_decode(&machine_facts, HVP_REASON_NOT_READ, &machine_report);
	ok(calls->state == HVP_STATE_UNKNOWN &&
	   calls->reason == HVP_REASON_IN_GVISOR,
	   "live: no driver is asked for");
	machine_decode();
	ok(calls->state == HVP_STATE_UNKNOWN &&
	   calls->reason == HVP_REASON_NOT_IN_DUMP, "recorded: not in the dump");
}

static void test_encrypted(void)
{
	static const struct row sev[] = {
		AMD, BIT_SET, { 0x80000000, 0, 0x8000001f, 0, 0, 0 },
		{ 0x8000001f, 0, 2, 0x33, 0, 0 },
	};
	struct hvp_confidential cc;
	const struct hvp_answer *capable = &cc.says[HVP_CC_SEV][HVP_CC_BY_CAPABLE];

	START(kept_back);
	hvp_confidential_decode(machine_decode(), &cc);
	ok(capable->kind == HVP_ANSWER_NO,
	   "a CPU without SEV says no");
	machine_text(HVP_TEXT_KERNEL_VERSION, VERSION);
	hvp_confidential_decode(machine_decode(), &cc);
	ok(capable->kind == HVP_ANSWER_UNKNOWN &&
	   capable->reason == HVP_REASON_IN_GVISOR &&
	   cc.encrypted.kind == HVP_ANSWER_UNKNOWN,
	   "in gVisor a leaf that is not there is no denial");
	START(sev);
	machine_text(HVP_TEXT_KERNEL_VERSION, VERSION);
	hvp_confidential_decode(machine_decode(), &cc);
	ok(capable->kind == HVP_ANSWER_YES, "one that is there counts");
}

int main(void)
{
	test_verdicts();
	test_arm64();
	test_reasons();
	test_encrypted();
	return done_testing();
}
