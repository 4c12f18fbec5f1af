// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/smccc: which calls are made to whom, and who that is. A machine is asked
 * as the driver asks: query by query, through the gates.
 */
#include <stdlib.h>
#include "smccc_ask.h"
#include "tap.h"

static bool called(u32 function)
{
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(&facts, fact)))
		if (fact->kind == HVP_FACT_SMCCC &&
		    fact->smccc.function == function)
			return true;
	return false;
}

/* Was any function outside of @mask of @owner called? */
static bool called_beyond(u32 mask, u32 owner)
{
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(&facts, fact)))
		if (fact->kind == HVP_FACT_SMCCC &&
		    (fact->smccc.function & mask) != owner)
			return true;
	return false;
}

static u8 cap(const char *name)
{
	int n = hvp_cap_find(name);

	if (n < 0)
		diag("no capability %s", name);
	return n < 0 ? HVP_STATE_COUNT : report.caps[n].state;
}

static u64 field(const char *name)
{
	int n = hvp_field_find(name);

	return n < 0 || report.fields[n].state != HVP_STATE_ADVERTISED ?
		       ~0ULL : report.fields[n].value;
}

static const char *verdict(void)
{
	static char text[100];

	hvp_verdict_summary(&report, text, sizeof(text));
	return text;
}

/* ------------------------------------------------------------------ tables */

static void test_tables(void)
{
	u32 i, j, wrong = 0;

	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
		const struct hvp_smccc_query *q = &hvp_smccc_queries[i];
		const struct hvp_smccc_function *f =
			hvp_smccc_function_find(q->function);

		if (q->flags & HVP_SMCCC_XEN)
			continue;
		/* X0 of another kind is a command of Linux' own stub at EL2. */
		if (!f || f->safety == HVP_SMCCC_NEVER ||
		    (!(f->id >> 31) && f->id != 0x46000001)) {
			diag("query of 0x%08x", q->function);
			wrong++;
		}
	}
	ok(!wrong, "no query calls a function with an effect, or none at all");

	for (i = wrong = 0; i < hvp_smccc_function_count; i++) {
		const struct hvp_smccc_function *f = &hvp_smccc_functions[i];

		wrong += hvp_smccc_function_find(f->id) != f ||
			 hvp_smccc_function_find_name(f->name) != f;
	}
	ok(!wrong, "functions have ids and names of their own");

	for (i = wrong = 0; i < hvp_smccc_uid_count; i++)
		for (j = 0; j < i; j++)
			wrong += hvp_smccc_uids[i].query ==
					 hvp_smccc_uids[j].query &&
				 !memcmp(hvp_smccc_uids[i].words,
					 hvp_smccc_uids[j].words,
					 sizeof(hvp_smccc_uids[i].words));
	ok(!wrong, "no UID names two");

	for (i = wrong = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
		struct hvp_fact fact = fact_of(i, 0, HVP_INSN_HVC);

		wrong += hvp_smccc_query_of(&fact) != i;
	}
	ok(!wrong, "each query is known again by its record");
}

/* What is given an address writes to it, or takes the page away. */
static void test_addresses(void)
{
	static const u32 ids[] = {
		0xc4000021, 0x84000066, 0xc4000066, 0x84000071, 0xc4000071,
		0x84000072, 0xc4000072, 0x84000073, 0xc4000073, 0x84000074,
		0xc4000074, 0x84000087, 0xc4000087, 0xc4000195, 0xc4000196,
		0xc4000197, 0xc4000198, 0xc4000199, 0xc5000021, 0xc6000003,
		0xc6000004, 0xc6000007, 0xc6000008, 0xc6000009, 0xc600000a,
		0xc600000b, 0xc600801b, 0xc600801c, 0xc600802b, 0xc600802c,
		0xc6008061,
	};
	u32 i, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(ids); i++) {
		/* Bit 16 is a hint, and not part of the id. */
		if (hvp_smccc_is_never(ids[i]) &&
		    hvp_smccc_is_never(ids[i] | 0x10000))
			continue;
		diag("0x%08x", ids[i]);
		wrong++;
	}
	ok(!wrong, "a function that takes an address is never called");
	ok(hvp_smccc_is_never(0x84010008) && !hvp_smccc_is_never(0x84000000) &&
		   !hvp_smccc_is_never(0x84010000) &&
		   !hvp_smccc_is_never(0x8400ff00),
	   "nor is SYSTEM_OFF with the hint; others are left to the gates");
}

static void test_uids(void)
{
	static const u32 kvm[4] = { 0xb66fb428, 0xe911c52e, 0x564bcaa9,
				    0x743a004d };
	static const u32 tos[4] = { 0x384fb3e0, 0xe7f811e3, 0xaf630002,
				    0xa5d5c51b };
	char text[HVP_SMCCC_UID_TEXT];

	hvp_smccc_uid_text(HVP_SMCCC_QUERY_UID_HYP, kvm, text);
	ok(!strcmp(text, "28b46fb6-2ec5-11e9-a9ca-4b564d003a74"),
	   "a UID without a row is its bytes in memory order: %s", text);
	hvp_smccc_uid_text(HVP_SMCCC_QUERY_UID_TOS, tos, text);
	ok(!strcmp(text, "384fb3e0-e7f8-11e3-af63-0002a5d5c51b"),
	   "one with another order is what its row says: %s", text);
	ok(!hvp_smccc_uid_find(HVP_SMCCC_QUERY_UID_HYP, kvm),
	   "a UID means something to one owner only");
}

/* ---------------------------------------------------------------- machines */

static void test_tcg(void)
{
	ASK(tcg_machine);
	ok(!called_beyond(0xbfffffe0, 0x84000000),
	   "without SMCCC 1.1 only PSCI is asked");
	ok(cap("smccc.psci") == HVP_STATE_VERIFIED &&
		   cap("smccc.psci.cpu-on") == HVP_STATE_ADVERTISED &&
		   cap("smccc.psci.affinity-info") == HVP_STATE_VERIFIED &&
		   cap("smccc.psci.system-reset2") == HVP_STATE_ABSENT,
	   "TCG: PSCI and its functions");
	ok(cap("smccc.version") == HVP_STATE_ABSENT &&
		   cap("smccc.trng") == HVP_STATE_ABSENT &&
		   cap("kvm.arm64.ptp") == HVP_STATE_ABSENT &&
		   cap("kvm.interface") == HVP_STATE_ABSENT &&
		   cap("kvm.clocksource") == HVP_STATE_ABSENT,
	   "TCG: what PSCI rules out, and leaves, are absent");
	ok(report.verdict.kind == HVP_VERDICT_NO_INTERFACE &&
		   !report.interface_count, "TCG: %s", verdict());
	ok(field("smccc.psci.version.minor") == 1 &&
		   field("smccc.version.minor") == ~0ULL,
	   "a refusal is no version");
}

static void test_psci(void)
{
	static const struct answer psci_1_0_machine[] = {
		{ 0x84000000, ANY_X1, { 0x10000 } },
	};
	int n = hvp_cap_find("smccc.psci.cpu-off");

	ASK(psci_0_2_machine);
	ok(!called(0x8400000a) && !called(0x80000000),
	   "PSCI 0.2 is not asked for what it has no question for");
	ok(cap("smccc.psci.cpu-off") == HVP_STATE_UNKNOWN &&
		   report.caps[n].reason == HVP_REASON_NOT_TRIED &&
		   cap("smccc.psci.system-off2") == HVP_STATE_ABSENT,
	   "PSCI 0.2: its own functions are unknown, later ones absent");
	ok(report.verdict.kind == HVP_VERDICT_UNKNOWN,
	   "nobody was asked: %s", verdict());
	ASK(psci_1_0_machine);
	ok(called(0x8400000a), "PSCI 1.0 is asked for what it has");
}

static void test_kvm(void)
{
	ASK(kvm_machine);
	ok(cap("kvm.interface") == HVP_STATE_ADVERTISED &&
		   cap("kvm.hypercalls") == HVP_STATE_VERIFIED &&
		   cap("kvm.arm64.features") == HVP_STATE_VERIFIED &&
		   cap("kvm.arm64.ptp") == HVP_STATE_VERIFIED &&
		   cap("kvm.arm64.mem-share") == HVP_STATE_ABSENT,
	   "KVM: features and a clock whose counter fits");
	ok(cap("smccc.trng") == HVP_STATE_VERIFIED &&
		   cap("smccc.trng.uuid") == HVP_STATE_ADVERTISED &&
		   cap("smccc.pv-time.stolen") == HVP_STATE_ADVERTISED &&
		   cap("smccc.workaround-2") == HVP_STATE_ABSENT,
	   "KVM: entropy of as many bits as asked for, stolen time");
	ok(cap("xen.interface") == HVP_STATE_ABSENT && !called(17) &&
		   !called(0x46000001) && !called(0xc6008000),
	   "KVM is not asked what others understand");
	ok(field("smccc.workaround-1.answer") == 1 &&
		   field("smccc.workaround-2.answer") == 0xffffffff,
	   "what a CPU needs is a number, refusal included");
	ok(!strcmp(verdict(), "KVM guest") && report.interface_count == 1 &&
		   report.interfaces[0].base == 0x8600ff01 &&
		   !memcmp(report.interfaces[0].signature, "\x28\xb4\x6f\xb6", 4),
	   "by its UID: %s", verdict());
	ok(!report.unlisted_count, "every bit of it has a row");
}

static void test_promises(void)
{
	ASK(promising_machine);
	ok(cap("kvm.arm64.discover-impl-ver") == HVP_STATE_BROKEN &&
		   cap("kvm.arm64.discover-impl-cpus") == HVP_STATE_BROKEN,
	   "a bit whose call is not supported is broken");
	ok(cap("kvm.arm64.ptp") == HVP_STATE_BROKEN,
	   "so is a clock whose counter is not of that moment");
	ok(report.unlisted_count == 1 && report.unlisted[0].bits == 0x1000 &&
		   report.unlisted[0].reg == HVP_REG_X0,
	   "a bit without a row is told");
}

static void test_xen(void)
{
	ASK(xen_machine);
	ok(called(17) && !called(0x86000000),
	   "Xen's own call is made to Xen");
	ok(cap("xen.hypercalls") == HVP_STATE_VERIFIED &&
		   field("xen.arm64.version.minor") == 17 &&
		   !strcmp(verdict(), "Xen guest"), "%s", verdict());
	ok(report.interface_count == 1, "its two UIDs are one interface");
}

static void test_hyperv(void)
{
	ASK(hyperv_machine);
	ok(called(0x46000001) && !called(0x86000000) && !called(0xc6008000),
	   "Hyper-V's registers are read from Hyper-V");
	ok(cap("hyperv.interface") == HVP_STATE_ADVERTISED &&
		   cap("hyperv.hypercalls") == HVP_STATE_VERIFIED &&
		   cap("hyperv.access-hypercall-msrs") ==
			   HVP_STATE_ADVERTISED &&
		   field("hyperv.version.build") == 26100 &&
		   field("hyperv.version.major") == 10,
	   "and decoded by the rows of the leaves");
	ok(!strcmp(verdict(), "Hyper-V guest"), "%s", verdict());
}

static void test_hyperv_by_acpi(void)
{
	struct hvp_smccc smccc = { .conduit = HVP_INSN_HVC };

	ok(hvp_smccc_gate(&smccc, HVP_SMCCC_GATE_HYPERV) == HVP_SMCCC_UNTOLD,
	   "nobody is Hyper-V by default");
	smccc.fadt_hyperv = true;
	ok(hvp_smccc_gate(&smccc, HVP_SMCCC_GATE_HYPERV) == HVP_SMCCC_OPEN,
	   "ACPI's word is enough: it had no UID for years");
	smccc.conduit = HVP_INSN_NONE;
	ok(hvp_smccc_gate(&smccc, HVP_SMCCC_GATE_HYPERV) == HVP_SMCCC_UNTOLD,
	   "but not without a conduit");
}

static void test_others(void)
{
	ASK(gunyah_machine);
	ok(called(0xc6008000) && !called(0x86000000) &&
		   cap("gunyah.vcpu") == HVP_STATE_ADVERTISED &&
		   cap("gunyah.trace") == HVP_STATE_ABSENT &&
		   field("gunyah.api-version") == 1, "%s", verdict());
	ASK(unknown_machine);
	ok(!called(0x86000000) && !called(0x46000001) && !called(0xc6008000),
	   "who is not known is asked nothing of its own");
	ok(report.verdict.kind == HVP_VERDICT_UNIDENTIFIED &&
		   report.interface_count == 1 &&
		   report.interfaces[0].product == HVP_PRODUCT_UNKNOWN,
	   "%s", verdict());
	ask(tcg_machine, HVP_ARRAY_SIZE(tcg_machine), HVP_INSN_SMC);
	record_text(HVP_TEXT_EXCEPTION_LEVEL, "EL2");
	decode();
	ok(report.verdict.kind == HVP_VERDICT_BARE_METAL,
	   "at EL2, calling by SMC: %s", verdict());
	record_text(HVP_TEXT_DMI_SYS_VENDOR, "Amazon EC2");
	decode();
	ok(report.verdict.kind == HVP_VERDICT_BARE_METAL,
	   "a vendor of both is no evidence there: %s", verdict());
	record_text(HVP_TEXT_DT_MODEL, "linux,dummy-virt");
	decode();
	ok(report.verdict.kind == HVP_VERDICT_NO_INTERFACE,
	   "on a machine of no hardware: %s", verdict());
}

static void test_conduits(void)
{
	ask(kvm_machine, HVP_ARRAY_SIZE(kvm_machine), HVP_INSN_HVC);
	ok(!called(0xc4000190) && !called(0x8700ff01) && !called(0xbf00ff01),
	   "what only firmware behind SMC answers is not asked by HVC");
	ask(kvm_machine, HVP_ARRAY_SIZE(kvm_machine), HVP_INSN_SMC);
	ok(called(0xc4000190) && called(0x8700ff01),
	   "and by SMC it is");
	ask(kvm_machine, HVP_ARRAY_SIZE(kvm_machine), HVP_INSN_NONE);
	ok(!facts.count, "without a conduit there is no call");
}

/* ----------------------------------------------------------------- evidence */

static void test_skipped(void)
{
	struct hvp_fact fact = fact_of(HVP_SMCCC_QUERY_PSCI_VERSION,
				       HVP_CPU_ANY, HVP_INSN_NONE);
	int n = hvp_cap_find("smccc.trng");

	start();
	fact.outcome = HVP_OUTCOME_SKIPPED;
	fact.reason = HVP_REASON_OWN_EL2;
	hvp_facts_add(&facts, &fact, NULL);
	decode();
	ok(cap("smccc.trng") == HVP_STATE_UNKNOWN &&
		   report.caps[n].reason == HVP_REASON_OWN_EL2 &&
		   cap("kvm.interface") == HVP_STATE_UNKNOWN,
	   "where no call may be made, that is the reason");
	start();
	fact = fact_of(HVP_SMCCC_QUERY_PSCI_VERSION, 0, HVP_INSN_HVC);
	fact.outcome = HVP_OUTCOME_FAULT;
	hvp_facts_add(&facts, &fact, NULL);
	decode();
	ok(cap("smccc.psci") == HVP_STATE_UNKNOWN &&
		   report.caps[n].reason == HVP_REASON_CALL_UNDEFINED,
	   "an undefined call tells nothing, and why");
}

static void test_texts(void)
{
	int n = hvp_cap_find("kvm.arm64.ptp");

	start();
	record_text(HVP_TEXT_ARCH, "aarch64");
	decode();
	ok(report.arch == HVP_ARCH_ARM64 &&
		   cap("kvm.arm64.ptp") == HVP_STATE_UNKNOWN &&
		   report.caps[n].reason == HVP_REASON_NEEDS_DRIVER &&
		   cap("kvm.clocksource") == HVP_STATE_ABSENT,
	   "without the driver calls are unknown, and leaves absent");
	record_text(HVP_TEXT_PTP_CLOCK, "KVM virtual PTP");
	decode();
	ok(report.verdict.by_text &&
		   report.verdict.primary == HVP_PRODUCT_KVM,
	   "the kernel's clock gives KVM away: %s", verdict());
	start();
	record_text(HVP_TEXT_ARCH, "x86_64");
	decode();
	ok(cap("kvm.arm64.ptp") == HVP_STATE_ABSENT &&
		   cap("kvm.clocksource") == HVP_STATE_UNKNOWN,
	   "on x86 it is the other way round");
}

static void test_cpus(void)
{
	u64 x[HVP_SMCCC_USUAL] = { 0 };

	ASK(kvm_machine);
	record(HVP_SMCCC_QUERY_ARCH_WORKAROUND_1, 1, HVP_INSN_HVC, x);
	decode();
	ok(report.cpu_count == 2 && report.difference_count == 1 &&
		   report.differences[0].there->cpu == 1,
	   "a CPU that answers otherwise is told");
}

/* 62:48 major, 47:32 minor, 31:0 the vendor's: as a word it may be negative. */
static void test_sdei(void)
{
	u64 x[HVP_SMCCC_USUAL] = { 0x0001000080000001 };

	start();
	record(HVP_SMCCC_QUERY_SDEI_VERSION, 0, HVP_INSN_HVC, x);
	decode();
	ok(cap("smccc.sdei") == HVP_STATE_ADVERTISED &&
		   field("smccc.sdei.version.major") == 1 &&
		   field("smccc.sdei.version.vendor") == 0x80000001,
	   "a vendor's word with its highest bit is no refusal");
	x[0] = ~0ULL;
	start();
	record(HVP_SMCCC_QUERY_SDEI_VERSION, 0, HVP_INSN_HVC, x);
	decode();
	ok(cap("smccc.sdei") == HVP_STATE_ABSENT &&
		   field("smccc.sdei.version.major") == ~0ULL &&
		   field("smccc.sdei.version.vendor") == ~0ULL,
	   "but -1 is");
}

/* What is no evidence of anybody, and no trouble. */
static void test_nothing_found(void)
{
	static const struct answer refusing_machine[] = {
		KVM_SERVICES, KVM_UID,
	};
	u64 x[HVP_SMCCC_USUAL] = { 0 };

	ASK(refusing_machine);
	ok(called(0x86000000) && !report.unlisted_count,
	   "a refusal has no bits, %u told", report.unlisted_count);

	start();
	record(HVP_SMCCC_QUERY_HYPERV_VERSION, 0, HVP_INSN_HVC, x);
	decode();
	ok(!report.interface_count, "success is Hyper-V by ACPI's word only");
	record_text(HVP_TEXT_FADT_HYPERVISOR, "MsHyperV");
	decode();
	ok(report.interface_count == 1 &&
		   report.interfaces[0].product == HVP_PRODUCT_HYPERV,
	   "with that it is");
	start();
	x[0] = 2;
	record(HVP_SMCCC_QUERY_HYPERV_VERSION, 0, HVP_INSN_HVC, x);
	record_text(HVP_TEXT_FADT_HYPERVISOR, "MsHyperV");
	decode();
	ok(!report.interface_count, "ACPI's word is none where the call fails");

	ASK(kvm_machine);
	record(HVP_SMCCC_QUERY_ARCH_WORKAROUND_1, 0, HVP_INSN_HVC, x);
	decode();
	ok(!report.difference_count,
	   "a CPU that was asked twice does not differ from itself");
}

/* Whatever registers and counts a record claims. */
static void test_hostile(void)
{
	u32 round, i, r, bad = 0;

	srand(1);
	for (round = 0; round < 400; round++) {
		start();
		for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
			struct hvp_fact fact = fact_of(i, (u32)rand() % 3,
						       (u8)(rand() % 8));
			u64 x[HVP_SMCCC_REGISTERS];

			for (r = 0; r < HVP_SMCCC_REGISTERS; r++)
				x[r] = (u64)rand() << 32 ^ (u64)rand() << 8;
			fact.outcome = (u8)(rand() % 3);
			fact.smccc.registers = (u8)rand();
			fact.data_bytes = (u32)rand() % sizeof(x);
			hvp_facts_add(&facts, &fact, x);
		}
		decode();
		bad += report.interface_count > HVP_INTERFACE_MAX ||
		       report.verdict.step_count >= HVP_STEP_MAX;
		for (i = 0; i < HVP_CAP_COUNT; i++)
			bad += report.caps[i].state >= HVP_STATE_COUNT;
	}
	ok(!bad, "records of any content are decoded");
}

int main(void)
{
	test_tables();
	test_addresses();
	test_uids();
	test_tcg();
	test_psci();
	test_kvm();
	test_promises();
	test_xen();
	test_hyperv();
	test_hyperv_by_acpi();
	test_others();
	test_conduits();
	test_skipped();
	test_texts();
	test_cpus();
	test_sdei();
	test_nothing_found();
	test_hostile();
	return done_testing();
}
