// SPDX-License-Identifier: GPL-2.0-only
/* SMCCC answers in a kernel's log, and calls in our own form of facts. */
#include "../../core/report.h"
#include "test_import.h"

static const struct hvp_fact *answer(const struct hvp_dump *dump, u32 query)
{
	const struct hvp_fact *fact = NULL;

	while (dump->machine_count &&
	       (fact = hvp_facts_next(&dump->machines[0].store.facts, fact)))
		if (hvp_smccc_query_of(fact) == query)
			return fact;
	return NULL;
}

static u64 word(const struct hvp_fact *fact, u32 index)
{
	u64 value;

	return hvp_smccc_register(fact, index, &value) ? value : ~0ULL;
}

static void test_log(void)
{
	struct hvp_dump dump;
	const struct hvp_fact *fact;

	read_string("[    0.000000] psci: PSCIv1.1 detected in firmware.\n"
		    "[    0.000000] psci: SMC Calling Convention v1.2\n"
		    "[    0.000000] smccc: KVM: hypervisor services detected "
		    "(0x00000001 0x00000002 0x00000000 0x00001003)\n"
		    "[    0.100000] CPU: All CPU(s) started at EL1\n", &dump);
	ok(word(answer(&dump, HVP_SMCCC_QUERY_PSCI_VERSION), 0) == 0x10001,
	   "PSCI's version is the answer to PSCI_VERSION");
	ok(word(answer(&dump, HVP_SMCCC_QUERY_SMCCC_VERSION), 0) == 0x10002,
	   "SMCCC's version likewise");
	fact = answer(&dump, HVP_SMCCC_QUERY_KVM_FEATURES);
	ok(word(fact, 0) == 0x1003 && !word(fact, 1) && word(fact, 2) == 2 &&
		   word(fact, 3) == 1 && word(fact, 4) == ~0ULL,
	   "the highest word of KVM's services comes first");
	ok(fact && fact->cpu == HVP_CPU_ANY &&
		   fact->smccc.conduit == HVP_INSN_NONE,
	   "neither CPU nor conduit are made up");
	ok(has_text(&dump, HVP_TEXT_EXCEPTION_LEVEL, "EL1", 3) &&
		   has_text(&dump, HVP_TEXT_ARCH, "arm64", 5),
	   "exception level and architecture are told");
	hvp_dump_free(&dump);
}

static bool has_cpuid(const struct hvp_dump *dump)
{
	const struct hvp_fact *fact = NULL;

	while (dump->machine_count &&
	       (fact = hvp_facts_next(&dump->machines[0].store.facts, fact)))
		if (fact->kind == HVP_FACT_CPUID)
			return true;
	return false;
}

static void test_hyperv(void)
{
	static const char flags[] = "Hyper-V: privilege flags low 0x2e7f, "
		"high 0x3a8030, hints 0xe, misc 0x31e1";
	static const char build[] = "Hyper-V: Host Build 10.0.22477.1061-1-0";
	static struct hvp_report report;
	char text[512], summary[100];
	struct hvp_dump dump;

	snprintf(text, sizeof(text),
		 "[    0.000000] psci: PSCIv1.1 detected in firmware.\n"
		 "[    0.000000] %s\n[    0.000000] %s\n", flags, build);
	read_string(text, &dump);
	ok(!has_cpuid(&dump), "arm64 has no leaves to record");
	ok(has_text(&dump, HVP_TEXT_KERNEL_LINE, flags, sizeof(flags) - 1) &&
		   has_text(&dump, HVP_TEXT_KERNEL_LINE, build,
			    sizeof(build) - 1),
	   "what Hyper-V's lines say is kept");
	hvp_decode(&dump.machines[0].store.facts, HVP_REASON_NOT_IN_DUMP,
		   &report);
	hvp_verdict_summary(&report, summary, sizeof(summary));
	ok(report.arch == HVP_ARCH_ARM64 && report.verdict.by_text &&
		   report.verdict.primary == HVP_PRODUCT_HYPERV,
	   "the host's build is evidence: %s", summary);
	hvp_dump_free(&dump);
	snprintf(text, sizeof(text), "[    0.000000] %s\n", flags);
	read_string(text, &dump);
	ok(has_cpuid(&dump), "without a word of arm64 they are leaves");
	hvp_dump_free(&dump);
}

static void test_not_told(void)
{
	struct hvp_dump dump;

	read_string("[    0.000000] psci: SMC Calling Convention v1.0\n"
		    "[    0.000000] psci: PSCIv nothing detected\n"
		    "[    0.000000] psci: probing for conduit method from DT.\n",
		    &dump);
	ok(!answer(&dump, HVP_SMCCC_QUERY_SMCCC_VERSION),
	   "1.0 is what Linux says when nobody told a version");
	ok(!answer(&dump, HVP_SMCCC_QUERY_PSCI_VERSION),
	   "a version that is none is not read");
	hvp_dump_free(&dump);
	read_string("smccc: KVM: hypervisor services detected (0x1 0x2)\n"
		    "Hypervisor detected: KVM\n", &dump);
	ok(!answer(&dump, HVP_SMCCC_QUERY_KVM_FEATURES),
	   "half of the words are no answer");
	hvp_dump_free(&dump);
}

static void test_facts(void)
{
	struct hvp_dump dump;
	const struct hvp_fact *fact;

	read_string("{\"schema\":\"hvprobe-facts\",\"version\":1,\"facts\":["
		    "{\"kind\":\"smccc\",\"source\":\"driver\",\"cpu\":3,"
		    "\"function\":\"0xc4000053\",\"conduit\":6,"
		    "\"purpose\":\"proof\",\"args\":[\"0x64\"],\"registers\":2,"
		    "\"data\":\"00000000000000000100000000000000\"}]}", &dump);
	fact = answer(&dump, HVP_SMCCC_QUERY_TRNG_RND);
	ok(fact && fact->cpu == 3 && fact->smccc.conduit == HVP_INSN_SMC &&
		   fact->smccc.purpose == HVP_CALL_PROOF && !word(fact, 0) &&
		   word(fact, 1) == 1 && word(fact, 2) == ~0ULL,
	   "a call with arguments and registers is read");
	hvp_dump_free(&dump);
	read_string("{\"schema\":\"hvprobe-facts\",\"version\":1,\"facts\":["
		    "{\"kind\":\"smccc\",\"function\":\"0x84000000\","
		    "\"conduit\":5,\"registers\":18,\"data\":\"01\"}]}", &dump);
	ok(word(answer(&dump, HVP_SMCCC_QUERY_PSCI_VERSION), 0) == ~0ULL,
	   "registers that are claimed and not there are not read");
	hvp_dump_free(&dump);
	read_string("{\"schema\":\"hvprobe-facts\",\"version\":1,\"facts\":["
		    "{\"kind\":\"smccc\",\"function\":\"0x84000000\","
		    "\"conduit\":5,\"args\":[1,2,3,4,5]}]}", &dump);
	ok(!answer(&dump, HVP_SMCCC_QUERY_PSCI_VERSION),
	   "more arguments than are recorded are refused");
	hvp_dump_free(&dump);
}

int main(void)
{
	test_log();
	test_hyperv();
	test_not_told();
	test_facts();
	return done_testing();
}
