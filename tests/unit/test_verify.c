// SPDX-License-Identifier: GPL-2.0-only
/* probe-tool/verify*.c: checks, beside hypervisors that tell the truth or not. */
#include "verify_fake.h"
#include "tap.h"

/* Privileges and features of leaf 3 that the checks of Hyper-V look at. */
#define EAX_CALLS	(1U << 5)
#define EBX_ALL		(1U << 1 | 1U << 17 | 1U << 19 | 1U << 20 | 1U << 21)
#define EDX_XMM_IN	(1U << 4)
#define EDX_XMM_OUT	(1U << 15)
#define HINTS_ALL	(1U << 2 | 1U << 10 | 1U << 11)

#define ABIS(ebx3, edx3, eax4, kvm)					\
	AMD, { 1, 0, 0x00a20f10, 0x01000000, 0x80002001, 0x078bfbfd },	\
	{ 0x40000000, 0, 0x40000005, SIG_HYPERV },			\
	{ 0x40000001, 0, HV1, 0, 0, 0 },				\
	{ 0x40000002, 0, 0x3839, 0x000a0000, 0, 0 },			\
	{ 0x40000003, 0, EAX_CALLS, ebx3, 0, edx3 },			\
	{ 0x40000004, 0, eax4, 0xfff, 0, 0 },				\
	{ 0x40000005, 0, 64, 0, 0, 0 },					\
	{ 0x40000100, 0, 0x40000101, SIG_KVM },				\
	{ 0x40000101, 0, kvm, 0, 0, 0 }

static const struct row promises_all[] = {
	ABIS(EBX_ALL, EDX_XMM_IN | EDX_XMM_OUT, HINTS_ALL, 0x01012809)
};
static const struct row promises_nothing[] = { ABIS(0, 0, 0, 0) };
static const struct row xen[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000004, SIG_XEN },
	{ 0x40000001, 0, 0x00040011, 0, 0, 0 },
	{ 0x40000002, 0, 1, 0x40000000, 0, 0 },
};
static const struct row vmware[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, SIG_VMWARE },
	{ 0x40000010, 0, 2400000, 66000, 3, 0 },
};

static struct hvp_fact items[64];
static u32 slots[128];
static struct hvp_facts facts;
static struct hvp_report report;
static struct hvp_verify verify;
static struct hvp_check_result result;

static void load(const struct row *rows, u32 count)
{
	struct hvp_fact fact;
	u32 i;

	hvp_facts_init(&facts, items, 64, slots, 128);
	for (i = 0; i < count; i++) {
		hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 0, rows[i].leaf,
				   rows[i].subleaf, rows[i].eax, rows[i].ebx,
				   rows[i].ecx, rows[i].edx);
		hvp_facts_add(&facts, &fact, NULL);
	}
	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
	verify.report = &report;
	verify.clocksources = "";
	verify.tsc_khz = 0;
}

#define LOAD(rows) load(rows, HVP_ARRAY_SIZE(rows))

static const struct hvp_check *find(const char *cap, const char *name)
{
	u32 i;

	for (i = 0; i < hvp_check_count; i++)
		if (!strcmp(hvp_caps[hvp_checks[i].cap].name, cap) &&
		    !strcmp(hvp_checks[i].name, name))
			return &hvp_checks[i];
	return NULL;
}

static void expect(struct fake *fake, const char *who, const char *cap,
		   const char *name, u32 state)
{
	const struct hvp_check *check = find(cap, name);

	verify.caller = &fake->caller;
	if (!ok(check != NULL, "there is a check %s %s", cap, name))
		return;
	hvp_verify_check(&verify, check, &result);
	if (!ok(result.state == state, "%s: %s %s is %s", who, cap, name,
		hvp_state_name(state)))
		diag("%s, %s: %s", hvp_state_name(result.state),
		     hvp_actual_name(result.actual), result.evidence);
}

static const struct {
	const char *cap;
	const char *name;
	u8 kvm[2];	/* beside KVM, promised and not */
	u8 tlfs[2];	/* beside all of the TLFS */
} truths[] = {
#define V	HVP_STATE_VERIFIED
#define U	HVP_STATE_UNADVERTISED
#define B	HVP_STATE_BROKEN
#define A	HVP_STATE_ABSENT
	{ "kvm.hypercalls", "numbers", { V, V }, { V, V } },
	{ "kvm.hypercalls", "clock-pairing", { V, V }, { V, V } },
	{ "kvm.pv-send-ipi", "empty-set", { V, U }, { V, U } },
	{ "kvm.pv-sched-yield", "self", { V, U }, { V, U } },
	{ "kvm.hc-map-gpa-range", "unaligned", { V, U }, { V, U } },
	{ "hyperv.hypercalls", "invalid-code", { V, V }, { V, V } },
	{ "hyperv.hypercalls", "reserved-bit", { V, V }, { V, V } },
	{ "hyperv.hypercalls", "fast-input", { V, V }, { V, V } },
	{ "hyperv.xmm-input", "empty-set", { V, U }, { V, U } },
	{ "hyperv.xmm-output", "same-as-slow", { B, A }, { V, U } },
	{ "hyperv.fast-hypercall-output", "same-as-slow", { B, A }, { V, U } },
	{ "hyperv.access-vp-registers", "leaves", { B, A }, { V, U } },
	{ "hyperv.access-partition-id", "id", { B, A }, { V, U } },
	{ "hyperv.start-virtual-processor", "vp-index", { B, A }, { V, U } },
	{ "hyperv.enable-extended-hypercalls", "mask", { V, U }, { V, U } },
	{ "hyperv.use-hypercall-for-remote-flush", "empty-set", { V, U },
	  { V, U } },
	{ "hyperv.use-ex-processor-masks", "empty-set", { V, U }, { V, U } },
	{ "hyperv.use-synthetic-cluster-ipi", "empty-set", { V, U },
	  { V, U } },
#undef V
#undef U
#undef B
#undef A
};

static void test_truth(void)
{
	struct fake fake;
	u32 i, promised;

	for (promised = 0; promised < 2; promised++) {
		if (promised)
			LOAD(promises_all);
		else
			LOAD(promises_nothing);
		for (i = 0; i < HVP_ARRAY_SIZE(truths); i++) {
			fake_init(&fake, LIKE_KVM, 0);
			expect(&fake, promised ? "KVM that promises" :
						 "KVM that does not",
			       truths[i].cap, truths[i].name,
			       truths[i].kvm[!promised]);
			fake_init(&fake, LIKE_TLFS, 0);
			expect(&fake, promised ? "TLFS that promises" :
						 "TLFS that does not",
			       truths[i].cap, truths[i].name,
			       truths[i].tlfs[!promised]);
		}
	}
}

static void test_others(void)
{
	struct fake fake;

	LOAD(xen);
	fake_init(&fake, LIKE_TLFS, 0);
	expect(&fake, "Xen", "xen.hypercalls", "version", HVP_STATE_VERIFIED);
	expect(&fake, "Xen", "xen.hypercalls", "extraversion",
	       HVP_STATE_VERIFIED);
	ok(strstr(result.evidence, ".4-fake") != NULL,
	   "the text is the evidence");
	expect(&fake, "Xen", "xen.hypercalls", "features", HVP_STATE_VERIFIED);
	expect(&fake, "Xen", "kvm.hypercalls", "numbers", HVP_STATE_ABSENT);
	ok(!result.applies, "an interface that is not here is not asked");
	fake_init(&fake, EVERY_RESULT, 0x00040012);
	expect(&fake, "Xen of another version", "xen.hypercalls", "version",
	       HVP_STATE_BROKEN);
	LOAD(vmware);
	fake_init(&fake, LIKE_TLFS, 0);
	expect(&fake, "VMware", "vmware.hypercalls", "getversion",
	       HVP_STATE_VERIFIED);
	fake_init(&fake, EVERY_RESULT, ~0ULL);
	expect(&fake, "no VMware", "vmware.hypercalls", "getversion",
	       HVP_STATE_BROKEN);
	verify.tsc_khz = 2410000;
	expect(&fake, "0.5 % off", "timing.interface", "tsc",
	       HVP_STATE_VERIFIED);
	verify.tsc_khz = 2500000;
	expect(&fake, "4 % off", "timing.interface", "tsc", HVP_STATE_BROKEN);
	verify.tsc_khz = 0;
	expect(&fake, "not measured", "timing.interface", "tsc",
	       HVP_STATE_UNKNOWN);
}

static void test_msrs(void)
{
	struct hvp_fact fact = { .kind = HVP_FACT_MSR,
				 .source = HVP_SOURCE_DRIVER };
	struct fake fake;

	LOAD(promises_all);
	fake_init(&fake, LIKE_KVM, 0);
	expect(&fake, "no fact", "kvm.clocksource2", "clock",
	       HVP_STATE_UNKNOWN);
	verify.clocksources = "tsc kvm-clock acpi_pm";
	expect(&fake, "clocksource", "kvm.clocksource2", "clock",
	       HVP_STATE_VERIFIED);
	fact.msr.index = 0x4b564d01;
	fact.outcome = HVP_OUTCOME_FAULT;
	fact.vector = 13;
	hvp_facts_add(&facts, &fact, NULL);
	expect(&fake, "#GP", "kvm.clocksource2", "clock", HVP_STATE_BROKEN);
	expect(&fake, "no fact", "hyperv.access-vp-index", "msr",
	       HVP_STATE_UNKNOWN);
	ok(!result.applies, "an MSR that nobody read is not listed");
	fact.msr.index = 0x40000002;
	fact.outcome = HVP_OUTCOME_VALUE;
	fact.vector = 0;
	hvp_facts_add(&facts, &fact, NULL);
	expect(&fake, "value", "hyperv.access-vp-index", "msr",
	       HVP_STATE_UNADVERTISED);
}

static const struct {
	enum manner manner;
	const char *who;
	const char *cap;
	const char *name;
	u8 state;
	const char *evidence;
} lies[] = {
	{ GARBAGE, "a foreign answer", "hyperv.hypercalls", "invalid-code",
	  HVP_STATE_BROKEN, "no Hyper-V answer" },
	{ GARBAGE, "a foreign answer", "hyperv.access-vp-registers", "leaves",
	  HVP_STATE_BROKEN, "no Hyper-V answer" },
	{ GARBAGE, "a foreign answer", "hyperv.xmm-input", "empty-set",
	  HVP_STATE_UNKNOWN, "no Hyper-V answer" },
	{ ZERO_OUTPUT, "zeros", "hyperv.xmm-output", "same-as-slow",
	  HVP_STATE_UNKNOWN, "proves nothing" },
	{ FEWER, "no element", "hyperv.access-vp-registers", "leaves",
	  HVP_STATE_BROKEN, "0 of 1" },
	{ REGISTER_LIES, "another version", "hyperv.access-vp-registers",
	  "leaves", HVP_STATE_BROKEN, "differs from leaf 0x40000002" },
	{ REGISTER_LIES, "another version", "hyperv.xmm-output",
	  "same-as-slow", HVP_STATE_VERIFIED, "as by the slow form" },
	{ NO_OUTPUT, "nothing in registers", "hyperv.xmm-output",
	  "same-as-slow", HVP_STATE_BROKEN, "no output" },
	{ HALF, "half of the output", "hyperv.access-vp-registers", "leaves",
	  HVP_STATE_BROKEN, "8 of 16 bytes" },
	{ HALF, "half of the output", "hyperv.xmm-output", "same-as-slow",
	  HVP_STATE_BROKEN, "8 of 16 bytes" },
	{ HALF_IN_MEMORY, "half of it in memory", "hyperv.xmm-output",
	  "same-as-slow", HVP_STATE_UNKNOWN, "output is short" },
	{ OTHER_OUTPUT, "other bytes", "hyperv.xmm-output", "same-as-slow",
	  HVP_STATE_BROKEN, "not the output of the slow form" },
	{ OTHER_OUTPUT, "other bytes", "hyperv.fast-hypercall-output",
	  "same-as-slow", HVP_STATE_BROKEN, "not the output" },
	{ OTHER_OUTPUT, "another mask", "hyperv.enable-extended-hypercalls",
	  "mask", HVP_STATE_VERIFIED, "another mask" },
	{ MASK_LIES, "a mask that lies", "hyperv.enable-extended-hypercalls",
	  "mask", HVP_STATE_BROKEN, "bit 0 is set, but call 0x8002" },
	{ SHORT, "no bytes", "hyperv.access-partition-id", "id",
	  HVP_STATE_BROKEN, "0 bytes" },
	{ SHORT, "no elements", "hyperv.start-virtual-processor", "vp-index",
	  HVP_STATE_BROKEN, "0 of 1" },
	{ SHORT, "no bytes", "hyperv.enable-extended-hypercalls", "mask",
	  HVP_STATE_BROKEN, "0 bytes" },
	{ SHORT, "no elements", "hyperv.access-vp-registers", "leaves",
	  HVP_STATE_BROKEN, "0 of 1" },
	{ XMM_RAISES, "#UD by XMM", "hyperv.xmm-input", "empty-set",
	  HVP_STATE_BROKEN, "#UD (vector 6)" },
	{ XMM_RAISES, "#UD by XMM", "hyperv.xmm-output", "same-as-slow",
	  HVP_STATE_BROKEN, "#UD (vector 6)" },
	{ RAISES, "#UD", "hyperv.hypercalls", "invalid-code",
	  HVP_STATE_BROKEN, "#UD (vector 6)" },
	{ RAISES, "#UD", "kvm.hypercalls", "numbers", HVP_STATE_BROKEN,
	  "#UD (vector 6)" },
};

static void test_lies(void)
{
	struct fake fake;
	u32 i;

	LOAD(promises_all);
	for (i = 0; i < HVP_ARRAY_SIZE(lies); i++) {
		fake_init(&fake, lies[i].manner, 0);
		expect(&fake, lies[i].who, lies[i].cap, lies[i].name,
		       lies[i].state);
		if (!ok(strstr(result.evidence, lies[i].evidence) != NULL,
			"and the evidence says %s", lies[i].evidence))
			diag("%s", result.evidence);
	}
	fake_init(&fake, EVERY_RESULT, 5);
	expect(&fake, "5 for everything", "kvm.hypercalls", "numbers",
	       HVP_STATE_BROKEN);
	expect(&fake, "5 for everything", "kvm.hypercalls", "clock-pairing",
	       HVP_STATE_BROKEN);
	expect(&fake, "5 for everything", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_BROKEN);
	fake_init(&fake, EVERY_RESULT, 0);
	expect(&fake, "0 for everything", "kvm.hypercalls", "numbers",
	       HVP_STATE_BROKEN);
	fake_init(&fake, EVERY_RESULT, (u64)-1000);
	expect(&fake, "no call", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_BROKEN);
	expect(&fake, "no call", "kvm.hypercalls", "clock-pairing",
	       HVP_STATE_VERIFIED);
	LOAD(promises_nothing);
	expect(&fake, "no call", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_ABSENT);
	fake_init(&fake, XMM_RAISES, 0);
	expect(&fake, "#UD by XMM", "hyperv.xmm-input", "empty-set",
	       HVP_STATE_ABSENT);
}

/* Whatever comes: bounded calls, a state, and unknown only with a reason. */
static void all_checks(struct fake *fake, const char *who)
{
	bool states = true, texts = true, reasons = true;
	u32 i;

	verify.caller = fake ? &fake->caller : NULL;
	for (i = 0; i < hvp_check_count; i++) {
		hvp_verify_check(&verify, &hvp_checks[i], &result);
		states &= result.state != HVP_STATE_ADVERTISED &&
			  result.state < HVP_STATE_COUNT;
		reasons &= (result.state == HVP_STATE_UNKNOWN) ==
			   (result.reason != HVP_REASON_NONE);
		texts &= memchr(result.evidence, 0,
				sizeof(result.evidence)) != NULL &&
			 (result.actual == HVP_ACTUAL_UNTRIED ||
			  *result.evidence);
	}
	if (!states || !texts || !reasons)
		ok(false, "%s: states %d, evidence %d, reasons %d", who,
		   states, texts, reasons);
}

static void test_anything(void)
{
	static const u64 words[] = { 0, 1, 6, 0x40011, 0x80000000, ~0ULL,
				     (u64)-1000, (u64)-38, 0x8000deadULL,
				     1ULL << 63 };
	struct fake fake;
	u32 status, i;

	LOAD(promises_all);
	for (status = 0; status <= 0xffff; status += status < 0x100 ? 1 : 0x7f) {
		fake_init(&fake, EVERY_STATUS, status);
		all_checks(&fake, "a status");
	}
	ok(true, "every status was survived");
	for (i = 0; i < HVP_ARRAY_SIZE(words); i++) {
		fake_init(&fake, EVERY_RESULT, words[i]);
		LOAD(promises_all);
		all_checks(&fake, "a word");
		LOAD(xen);
		all_checks(&fake, "a word");
		LOAD(vmware);
		all_checks(&fake, "a word");
	}
	ok(true, "every word was survived");
	LOAD(promises_nothing);
	for (i = 1; i < 200; i++) {
		fake_init(&fake, EVERY_ERROR, i);
		all_checks(&fake, "an errno");
	}
	ok(true, "every errno was survived");
	for (i = 0; i <= IOCTL_FAILS; i++) {
		fake_init(&fake, (enum manner)i, 0);
		all_checks(&fake, "a manner");
	}
	ok(true, "every manner was survived");
}

static void test_nothing(void)
{
	static const char gvisor[] = "#1 SMP Sun Jan 10 15:06:54 PST 2016";
	struct hvp_fact fact;
	struct fake fake;
	u32 i;

	LOAD(promises_all);
	fake_init(&fake, LIKE_NOTHING, 0);
	for (i = 0; i < HVP_ARRAY_SIZE(truths); i++)
		expect(&fake, "nothing proven", truths[i].cap, truths[i].name,
		       HVP_STATE_UNKNOWN);
	ok(result.reason == HVP_REASON_NEEDS_HYPERV_SETUP,
	   "the driver's reason is handed on");
	fake_init(&fake, EVERY_ERROR, EPERM);
	expect(&fake, "not allowed", "kvm.hypercalls", "numbers",
	       HVP_STATE_UNKNOWN);
	ok(strstr(result.evidence, "allow-list") != NULL, "and it says why");
	fake.caller.error = -ENOENT;
	fake.made = 0;
	for (i = 0; i < HVP_ARRAY_SIZE(truths); i++)
		expect(&fake, "no driver", truths[i].cap, truths[i].name,
		       HVP_STATE_UNKNOWN);
	ok(!fake.made && result.reason == HVP_REASON_NEEDS_DRIVER,
	   "without a driver none is asked");
	fake.caller.error = -EACCES;
	expect(&fake, "no permission", "kvm.hypercalls", "numbers",
	       HVP_STATE_UNKNOWN);
	ok(result.reason == HVP_REASON_NEEDS_ROOT, "and root would help");
	all_checks(NULL, "--no-driver");
	hvp_fact_set_text(&fact, HVP_SOURCE_SYSTEM, HVP_TEXT_KERNEL_VERSION,
			  sizeof(gvisor) - 1);
	hvp_facts_add(&facts, &fact, gvisor);
	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
	fake.caller.error = -ENOENT;
	for (i = 0; i < HVP_ARRAY_SIZE(truths); i++) {
		expect(&fake, "in gVisor", truths[i].cap, truths[i].name,
		       HVP_STATE_UNKNOWN);
		ok(result.reason == HVP_REASON_IN_GVISOR,
		   "%s: no driver is asked for in gVisor", truths[i].name);
	}
}

/* What the driver's proof found stands: it does not call again. */
static void test_proof(void)
{
	struct hvp_fact fact = { .kind = HVP_FACT_CALL,
				 .source = HVP_SOURCE_DRIVER,
				 .outcome = HVP_OUTCOME_FAULT, .vector = 6 };
	struct fake fake;

	LOAD(promises_all);
	fact.call.abi = HVP_ABI_KVM;
	fact.call.insn = HVP_INSN_VMCALL;
	fact.call.purpose = HVP_CALL_PROOF;
	fact.call.number = 1;
	hvp_facts_add(&facts, &fact, NULL);
	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
	fake_init(&fake, EVERY_ERROR, EOPNOTSUPP);
	expect(&fake, "a failed proof", "kvm.hypercalls", "numbers",
	       HVP_STATE_BROKEN);
	ok(strstr(result.evidence, "vmcall raised #UD (vector 6)") != NULL,
	   "and the evidence is the driver's");
	expect(&fake, "a failed proof", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_UNKNOWN);
	expect(&fake, "no proof", "hyperv.hypercalls", "invalid-code",
	       HVP_STATE_UNKNOWN);
}

/* What works is not called unadvertised where nobody read the bit. */
static void test_untold(void)
{
	static const struct row untold[] = {
		AMD, BIT_SET, { 0x40000000, 0, 0x40000001, SIG_KVM },
		NOTHING(0x40000100),
	};
	struct fake fake;

	LOAD(untold);
	fake_init(&fake, LIKE_KVM, 0);
	expect(&fake, "a bit that nobody read", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_VERIFIED);
	ok(result.advertised == HVP_ADVERTISED_UNKNOWN,
	   "and it stays untold");
	fake_init(&fake, EVERY_RESULT, (u64)-1000);
	expect(&fake, "a bit that nobody read", "kvm.pv-send-ipi", "empty-set",
	       HVP_STATE_ABSENT);
}

static void test_rows(void)
{
	u32 i, k;

	for (i = 0; i < hvp_check_count; i++) {
		const struct hvp_check *check = &hvp_checks[i];
		bool unique = true;

		for (k = 0; k < i; k++)
			unique &= hvp_checks[k].cap != check->cap ||
				  strcmp(hvp_checks[k].name, check->name);
		if (!unique || !hvp_caps[check->cap].name || !*check->uses ||
		    !*check->what || !*check->spec)
			ok(false, "row %u", i);
	}
	ok(i > 30, "rows are complete, their names unique");
}

int main(void)
{
	test_rows();
	test_truth();
	test_others();
	test_msrs();
	test_lies();
	test_anything();
	test_nothing();
	test_proof();
	test_untold();
	return done_testing();
}
