// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/xen.c: feature bits, kinds of domain, CPUID that does not reach Xen.
 * Values measured in guests of Xen 4.17 on QEMU's EPYC.
 */
#include "../../core/report.h"
#include "../../core/xen.h"
#include "tap.h"

#define CAPACITY	64
#define PVH_DOM0	0x00012b05U
#define PV_DOM0		0x000228f0U
#define PVH_DOMU	0x00012305U
#define PV_DOMU		0x000220f0U
#define SIG_XEN		0x566e6558, 0x65584d4d, 0x4d4d566e
#define SIG_TCG		0x54474354, 0x43544743, 0x47435447

static struct hvp_fact items[CAPACITY];
static u32 slots[128];
static struct hvp_facts facts;
static struct hvp_report report;

static void begin(void)
{
	hvp_facts_init(&facts, items, CAPACITY, slots, 128);
}

static void leaf(u32 how, u32 index, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	struct hvp_fact fact;

	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 0, index, 0, eax, ebx, ecx,
			   edx);
	fact.cpuid.how = how;
	hvp_facts_add(&facts, &fact, NULL);
}

static struct hvp_fact features_call(void)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_CALL,
		.source = HVP_SOURCE_DRIVER,
		.cpu = HVP_CPU_ANY,
		.data_bytes = sizeof(struct hvp_xen_features),
	};

	fact.call.abi = HVP_ABI_XEN;
	fact.call.insn = HVP_INSN_KERNEL;
	fact.call.purpose = HVP_CALL_LEARN;
	fact.call.number = HVP_XEN_VERSION_CALL;
	fact.call.args[0] = HVP_XEN_VERSION_FEATURES;
	return fact;
}

static void answer(u32 bits)
{
	struct hvp_xen_features data = { .bits = bits };
	struct hvp_fact fact = features_call();

	hvp_facts_add(&facts, &fact, &data);
}

static void text(const char *line)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_SYSTEM, HVP_TEXT_SYS_XEN_FEATURES,
			  (u32)strlen(line));
	hvp_facts_add(&facts, &fact, line);
}

static void xen_leaves(u32 how)
{
	leaf(how, 1, 0x800f12, 0, 0x80000000, 0);
	leaf(how, 0x40000000, 0x40000005, SIG_XEN);
	leaf(how, 0x40000001, 0x00040011, 0, 0, 0);
	leaf(how, 0x40000100, 0, 0, 0, 0);
}

static void tcg_leaves(void)
{
	leaf(HVP_CPUID_PLAIN, 0, 0x0d, 0x68747541, 0x444d4163, 0x69746e65);
	leaf(HVP_CPUID_PLAIN, 1, 0x800f12, 0, 0x80000001, 0);
	leaf(HVP_CPUID_PLAIN, 0x40000000, 0x40000001, SIG_TCG);
	leaf(HVP_CPUID_PLAIN, 0x40000001, 0, 0, 0, 0);
	leaf(HVP_CPUID_PLAIN, 0x40000100, 7, 0x340, 0x340, 0);
}

static bool says(const char *wanted, u8 kind)
{
	char summary[80];

	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
	hvp_verdict_summary(&report, summary, sizeof(summary));
	if (!strcmp(summary, wanted) && report.verdict.kind == kind)
		return true;
	diag("\"%s\", kind %u", summary, report.verdict.kind);
	return false;
}

static const struct hvp_step *step(u8 rule)
{
	u32 i;

	for (i = 0; i < report.verdict.step_count; i++)
		if (report.verdict.steps[i].rule == rule)
			return &report.verdict.steps[i];
	return NULL;
}

static void test_features(void)
{
	static const char *const bad[] = {
		"", "1", "0001230", "0001230g", "0001230G", " 0012705",
		"000123050", "0001230\n",
	};
	u32 bits, i, wrong = 0;

	begin();
	ok(!hvp_xen_features(&facts, &bits), "nothing tells the features");
	text("00012305");
	ok(hvp_xen_features(&facts, &bits) && bits == PVH_DOMU,
	   "eight digits of the kernel's text");
	begin();
	text("ffffffff00012305");
	ok(hvp_xen_features(&facts, &bits) && bits == PVH_DOMU,
	   "submap 0 stands last");
	for (i = 0; i < HVP_ARRAY_SIZE(bad); i++) {
		begin();
		text(bad[i]);
		if (hvp_xen_features(&facts, &bits)) {
			diag("'%s'", bad[i]);
			wrong++;
		}
	}
	ok(!wrong, "any other text tells nothing");
	begin();
	answer(PV_DOM0);
	ok(hvp_xen_features(&facts, &bits) && bits == PV_DOM0,
	   "the driver's call");
	ok(!strcmp(hvp_xen_feature_name(11), "dom0") &&
		   !strcmp(hvp_xen_feature_name(20), "dm_msix_all_writes") &&
		   !hvp_xen_feature_name(21) && !hvp_xen_feature_name(~0U),
	   "bits have names, up to the last");
}

static bool accepted(const struct hvp_fact *fact, u32 submap)
{
	const struct hvp_xen_features data = { .submap = submap, .bits = 1 };
	u32 bits;

	begin();
	hvp_facts_add(&facts, fact, &data);
	return hvp_xen_features(&facts, &bits);
}

/* One thing broken at a time. */
static void test_other_calls(void)
{
	struct hvp_fact good = features_call(), fact = good;
	u32 wrong = !accepted(&good, 0);

	wrong += accepted(&good, 1);
	fact.call.purpose = HVP_CALL_PROOF;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.call.abi = HVP_ABI_KVM;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.call.args[0] = 5;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.call.number = 18;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.call.result = (u64)-22;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.data_bytes = 4;
	wrong += accepted(&fact, 0);
	fact = good;
	fact.outcome = HVP_OUTCOME_FAULT;
	wrong += accepted(&fact, 0);
	ok(!wrong, "only a call that succeeded, with all of its answer");
}

static void test_domains(void)
{
	begin();
	xen_leaves(HVP_CPUID_PLAIN);
	ok(says("Xen guest", HVP_VERDICT_GUEST), "without features: a guest");
	answer(PVH_DOMU);
	ok(says("Xen domU", HVP_VERDICT_GUEST) && !report.verdict.xen_pv,
	   "PVH domU, by the driver");
	begin();
	xen_leaves(HVP_CPUID_PLAIN);
	text("00012b05");
	ok(says("Xen dom0", HVP_VERDICT_ROOT) && !report.verdict.xen_pv,
	   "PVH dom0, by the kernel's text");
	begin();
	xen_leaves(HVP_CPUID_PLAIN);
	answer(PV_DOMU);
	ok(says("Xen PV domU", HVP_VERDICT_GUEST) &&
		   step(HVP_RULE_XEN_PV) && !step(HVP_RULE_XEN_FORCED),
	   "PV where plain CPUID reaches Xen");
	begin();
	leaf(HVP_CPUID_PLAIN, 1, 0, 0, 0x80000000, 0);
	leaf(HVP_CPUID_PLAIN, 0x40000000, 0x40000001, 0x4b4d564b, 0x564b4d56,
	     0x4d);
	answer(PV_DOM0);
	ok(says("KVM guest", HVP_VERDICT_GUEST) &&
		   !report.verdict.xen_domain,
	   "features count for Xen only");
}

static void test_viridian(void)
{
	begin();
	leaf(HVP_CPUID_PLAIN, 1, 0x800f12, 0, 0x80000000, 0);
	leaf(HVP_CPUID_PLAIN, 0x40000000, 0x40000006, 0x7263694d, 0x666f736f,
	     0x76482074);
	leaf(HVP_CPUID_PLAIN, 0x40000001, 0x31237648, 0, 0, 0);
	leaf(HVP_CPUID_PLAIN, 0x40000100, 0x40000105, SIG_XEN);
	answer(PVH_DOMU);
	ok(says("Xen presenting Hyper-V", HVP_VERDICT_PRESENTING) &&
		   report.verdict.xen_domain == HVP_XEN_DOMU,
	   "viridian stays in front, the domain is known");
}

static void test_forced(void)
{
	const struct hvp_step *below;

	begin();
	tcg_leaves();
	ok(says("QEMU TCG emulation", HVP_VERDICT_EMULATED),
	   "plain CPUID alone: the machine below");
	xen_leaves(HVP_CPUID_FORCED);
	ok(says("Xen PV guest", HVP_VERDICT_GUEST) &&
		   report.interface_count == 1 && step(HVP_RULE_XEN_FORCED),
	   "with forced CPUID: Xen, PV, and no second interface");
	below = step(HVP_RULE_BELOW_XEN);
	ok(below && below->product == HVP_PRODUCT_TCG &&
		   below->fact->cpuid.how == HVP_CPUID_PLAIN,
	   "the machine below is told of, with its plain leaf");
	ok(report.cpu_count == 1 && !report.difference_count &&
		   !report.unlisted_count,
	   "plain and forced leaves are not compared");
	answer(PV_DOM0);
	ok(says("Xen PV dom0", HVP_VERDICT_ROOT), "PV dom0");
	begin();
	xen_leaves(HVP_CPUID_PLAIN);
	xen_leaves(HVP_CPUID_FORCED);
	answer(PV_DOMU);
	ok(says("Xen PV domU", HVP_VERDICT_GUEST) &&
		   !step(HVP_RULE_XEN_FORCED) && !step(HVP_RULE_BELOW_XEN) &&
		   step(HVP_RULE_XEN_PV),
	   "Xen is not below Xen where plain CPUID reaches it, too");
	begin();
	xen_leaves(HVP_CPUID_FORCED);
	answer(PV_DOMU);
	ok(says("Xen PV domU", HVP_VERDICT_GUEST) &&
		   !step(HVP_RULE_BELOW_XEN),
	   "PV domU, of which no plain leaf is there");
}

static void test_illegal(void)
{
	struct hvp_fact fact;

	begin();
	tcg_leaves();
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 0, 0, 0, 0, 0, 0, 0);
	fact.cpuid.how = HVP_CPUID_FORCED;
	fact.cpuid.known = 0;
	fact.outcome = HVP_OUTCOME_FAULT;
	fact.vector = 6;
	ok(!hvp_facts_add(&facts, &fact, NULL) &&
		   says("QEMU TCG emulation", HVP_VERDICT_EMULATED),
	   "a prefix that raised #UD changes nothing");
}

int main(void)
{
	test_features();
	test_other_calls();
	test_domains();
	test_viridian();
	test_forced();
	test_illegal();
	return done_testing();
}
