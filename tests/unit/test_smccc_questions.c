// SPDX-License-Identifier: GPL-2.0-only
/* core/: what nested and confidential answer on arm64. */
#include "../../core/confidential.h"
#include "../../core/nested.h"
#include "smccc_ask.h"
#include "tap.h"

static const struct answer realm_machine[] = {
	KVM_SERVICES, KVM_UID,
	{ 0xc4000190, 0x10000, { 0, 0x10000, 0x10000 } },
};

static struct hvp_nested nested;
static struct hvp_confidential cc;

static void answer(void)
{
	decode();
	hvp_nested_decode(&report, &nested);
	hvp_confidential_decode(&report, &cc);
}

static void check(const struct hvp_answer *got, const char *want, u32 reason,
		  const char *what)
{
	ok(!strcmp(hvp_answer_name(got->kind), want) &&
		   got->reason == reason, "%s: %s (got %s%s%s)", what, want,
	   hvp_answer_name(got->kind), got->reason ? ", " : "",
	   hvp_reason_key(got->reason));
}

#define NOTHING		HVP_REASON_NOTHING_TELLS
#define CAN_NEST	(&nested.answers[HVP_NESTED_CAN_NEST])
#define CCA(witness)	(&cc.says[HVP_CC_CCA][HVP_CC_BY_##witness])

static void test_nesting(void)
{
	ASK(kvm_machine);
	answer();
	check(CAN_NEST, "unknown", NOTHING, "no level recorded");
	record_text(HVP_TEXT_EXCEPTION_LEVEL, "EL1");
	answer();
	check(CAN_NEST, "unknown", NOTHING, "at EL1");
	check(&nested.answers[HVP_NESTED_VMX], "no", 0, "VMX, which x86 has");
	ok(nested.answers[HVP_NESTED_LAYERS].value == 1,
	   "a hypervisor that shows itself is one layer");
	ASK(tcg_machine);
	answer();
	ok(report.verdict.kind == HVP_VERDICT_NO_INTERFACE &&
		   !nested.answers[HVP_NESTED_LAYERS].value,
	   "where none does there may be none");
	ask(tcg_machine, HVP_ARRAY_SIZE(tcg_machine), HVP_INSN_SMC);
	record_text(HVP_TEXT_EXCEPTION_LEVEL, "EL2");
	answer();
	check(CAN_NEST, "yes", 0, "at EL2");
	ok(CAN_NEST->fact && CAN_NEST->fact->text.key ==
				     HVP_TEXT_EXCEPTION_LEVEL,
	   "the level is the evidence");
}

static void test_nested_hyperv(void)
{
	hyperv_value[0] = 1U << 4;
	ASK(hyperv_machine);
	answer();
	check(&nested.answers[HVP_NESTED_NESTED], "yes", 0, "Hyper-V's hint");
	hyperv_value[0] = 1U << 12;
	ASK(hyperv_machine);
	answer();
	check(&nested.answers[HVP_NESTED_NESTED], "no", 0, "x64's bit of it");
	check(&nested.answers[HVP_NESTED_DIRECT_FLUSH], "unknown",
	      HVP_REASON_NOT_TRIED, "a leaf whose register is not asked");
	check(&nested.answers[HVP_NESTED_L0_VP_INDEX], "unknown", NOTHING,
	      "a leaf that has none");
}

static void test_realm(void)
{
	ask(realm_machine, HVP_ARRAY_SIZE(realm_machine), HVP_INSN_SMC);
	answer();
	check(CCA(ACTIVE), "yes", 0, "RSI answers");
	check(&cc.encrypted, "yes", 0, "encrypted by it");
	ok(cc.encrypted.fact &&
		   cc.encrypted.fact->smccc.function == 0xc4000190,
	   "its version is the evidence");
	ask(kvm_machine, HVP_ARRAY_SIZE(kvm_machine), HVP_INSN_SMC);
	answer();
	check(CCA(ACTIVE), "no", 0, "RSI refuses");
	check(&cc.encrypted, "no", 0, "not encrypted by it");
}

static void test_no_realm(void)
{
	ASK(kvm_machine);
	answer();
	check(CCA(ACTIVE), "unknown", NOTHING, "RSI is not asked by HVC");
	check(&cc.encrypted, "unknown", NOTHING, "nobody knows");
	check(&cc.says[HVP_CC_SEV][HVP_CC_BY_ACTIVE], "no", 0,
	      "SEV, which x86 has");
	start();
	record_text(HVP_TEXT_ARCH, "aarch64");
	answer();
	check(CCA(ACTIVE), "unknown", HVP_REASON_NEEDS_DRIVER,
	      "nothing was asked");
	check(CAN_NEST, "unknown", NOTHING, "nothing was asked");
	start();
	record_text(HVP_TEXT_ARCH, "x86_64");
	answer();
	check(CCA(ACTIVE), "-", 0, "x86 has no RSI");
}

/* Isolated, by the privilege: of what kind, no register that is asked says. */
static void test_isolated(void)
{
	hyperv_value[0] = 1ULL << 54 | 0x60;
	ASK(hyperv_machine);
	answer();
	check(CCA(HYPERV), "unknown", HVP_REASON_NOT_TRIED, "isolated, how?");
	check(&cc.says[HVP_CC_VBS][HVP_CC_BY_HYPERV], "unknown",
	      HVP_REASON_NOT_TRIED, "isolated, how?");
	ok(cc.encrypted.kind == HVP_ANSWER_UNKNOWN,
	   "whether encrypted is not known");
}

int main(void)
{
	test_nesting();
	test_nested_hyperv();
	test_realm();
	test_no_realm();
	test_isolated();
	return done_testing();
}
