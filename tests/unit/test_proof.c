// SPDX-License-Identifier: GPL-2.0-only
/* core/proof.c: which answers prove a call instruction, and which do not. */
#include "../../core/proof.h"
#include "tap.h"

#define CAPACITY	64

#define BACKDOOR	0x564d5868
#define HV_PRESET	0x8000deadULL
#define HV_DENIED	6

static struct hvp_fact items[CAPACITY];
static u32 slots[2 * CAPACITY];
static struct hvp_facts facts;
static struct hvp_report report;

/*
 * The calls by their numbers, and an answer that each may get: KVM
 * hypercalls.rst, Xen public/version.h, open-vm-tools backdoor_def.h, TLFS.
 */
static const struct proof {
	u32 abi;
	u64 number, args[3], result, rbx;
} proofs[] = {
	{ HVP_ABI_KVM, 1, { 0 }, 0, 0 },
	{ HVP_ABI_KVM, 2, { 0 }, (u64)-1000, 0 },
	{ HVP_ABI_XEN, 17, { 0 }, 0x40011, 0 },
	{ HVP_ABI_VMWARE, BACKDOOR, { 0xffffffff, 10, 0 }, 6, BACKDOOR },
	{ HVP_ABI_HYPERV, 0xbeef, { 0 }, 2, 0 },
	{ HVP_ABI_HYPERV, 0x10008, { 1 }, 0, 0 },
};

static const u32 abis[] = { HVP_ABI_KVM, HVP_ABI_XEN, HVP_ABI_VMWARE,
			    HVP_ABI_HYPERV };

static void start(u32 abi)
{
	hvp_facts_init(&facts, items, CAPACITY, slots, 2 * CAPACITY);
	memset(&report, 0, sizeof(report));
	report.facts = &facts;
	report.driver_missing = HVP_REASON_NEEDS_DRIVER;
	report.interface_count = 1;
	report.interfaces[0].abis = (u16)(1U << abi);
	report.interfaces[0].id = abi == HVP_ABI_XEN ? 0x40011 : 0;
}

static struct hvp_fact call_fact(const struct proof *proof, u32 insn)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_CALL,
		.source = HVP_SOURCE_DRIVER,
		.data_bytes = 2 * sizeof(u64),
	};

	fact.call.abi = (u16)proof->abi;
	fact.call.insn = (u8)insn;
	fact.call.purpose = HVP_CALL_PROOF;
	fact.call.number = proof->number;
	memcpy(fact.call.args, proof->args, sizeof(proof->args));
	fact.call.result = proof->result;
	return fact;
}

static const struct hvp_fact *add(struct hvp_fact fact, u64 rbx)
{
	const u64 data[2] = { fact.call.result, rbx };
	u32 at = facts.count;

	hvp_facts_add(&facts, &fact, data);
	return &items[at];
}

static const struct hvp_fact *make(const struct proof *proof, u32 insn)
{
	return add(call_fact(proof, insn), proof->rbx);
}

/* All of @abi but @but, answered as specified; the last one. */
static const struct hvp_fact *make_all(u32 abi, u32 insn,
				       const struct proof *but)
{
	const struct hvp_fact *last = NULL;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(proofs); i++)
		if (proofs[i].abi == abi && &proofs[i] != but)
			last = make(&proofs[i], insn);
	return last;
}

static void is_state(u32 abi, enum hvp_state wanted, u32 reason,
		     const struct hvp_fact *evidence, const char *what)
{
	const struct hvp_fact *got = NULL;
	u8 why = 0xff;
	enum hvp_state state = hvp_proof_state(&facts, &report, abi, &got, &why);

	ok(state == wanted && why == reason && got == evidence,
	   "abi %u: %s (state %d, reason %u)", abi, what, (int)state, why);
}

/* ---------------------------------------------------------------- answers */

static enum hvp_proof check(const struct proof *proof, u64 result, u64 rbx)
{
	struct hvp_fact fact = call_fact(proof, HVP_INSN_VMCALL);

	start(proof->abi);
	fact.call.result = result;
	return hvp_proof_check(&report, add(fact, rbx));
}

static void test_answers(void)
{
	static const struct {
		u32 proof;
		u64 result, rbx;
		enum hvp_proof wanted;
	} rows[] = {
		{ 0, 1, 0, HVP_PROOF_FAILED },
		{ 0, (u64)-1, 0, HVP_PROOF_FAILED },
		{ 0, 1ULL << 32, 0, HVP_PROOF_FAILED },
		{ 1, 0, 0, HVP_PROOF_FAILED },
		{ 1, (u64)-1, 0, HVP_PROOF_FAILED },
		{ 1, (u32)-1000, 0, HVP_PROOF_FAILED },
		{ 2, 0, 0, HVP_PROOF_FAILED },
		{ 2, 0x40012, 0, HVP_PROOF_FAILED },
		{ 2, 0x80040011, 0, HVP_PROOF_FAILED },
		{ 2, 0x100040011, 0, HVP_PROOF_FAILED },
		{ 2, (u64)-38, 0, HVP_PROOF_FAILED },
		{ 3, 7, BACKDOOR, HVP_PROOF_FAILED },
		{ 3, 0xffffffff, BACKDOOR, HVP_PROOF_FAILED },
		{ 3, 6, 0xffffffff, HVP_PROOF_FAILED },
		{ 3, 6, 0, HVP_PROOF_FAILED },
		{ 3, 0x500000006, 0x700000000 + BACKDOOR, HVP_PROOF_PASSED },
		{ 4, 0, 0, HVP_PROOF_FAILED },
		{ 4, 3, 0, HVP_PROOF_FAILED },
		{ 4, HV_DENIED, 0, HVP_PROOF_FAILED },
		{ 4, HV_PRESET, 0, HVP_PROOF_FAILED },
		{ 4, (u64)-1000, 0, HVP_PROOF_FAILED },
		{ 5, HV_DENIED, 0, HVP_PROOF_PASSED },
		{ 5, 2, 0, HVP_PROOF_FAILED },
		{ 5, HV_PRESET, 0, HVP_PROOF_FAILED },
	};
	u32 i, bit;

	for (i = 0; i < HVP_ARRAY_SIZE(proofs); i++)
		ok(check(&proofs[i], proofs[i].result, proofs[i].rbx) ==
			   HVP_PROOF_PASSED,
		   "%#llx answers %#llx: passed",
		   (unsigned long long)proofs[i].number,
		   (unsigned long long)proofs[i].result);
	for (i = 0; i < HVP_ARRAY_SIZE(rows); i++)
		ok(check(&proofs[rows[i].proof], rows[i].result, rows[i].rbx) ==
			   rows[i].wanted,
		   "%#llx answers %#llx, RBX %#llx: %s",
		   (unsigned long long)proofs[rows[i].proof].number,
		   (unsigned long long)rows[i].result,
		   (unsigned long long)rows[i].rbx,
		   rows[i].wanted == HVP_PROOF_PASSED ? "passed" : "failed");
	/* 31:16 carry nothing, 43:32 count elements, of which there are none. */
	for (bit = 16; bit < 64; bit++) {
		enum hvp_proof wanted = bit < 32 ? HVP_PROOF_PASSED :
						   HVP_PROOF_FAILED;

		if (check(&proofs[4], 2 | 1ULL << bit, 0) != wanted ||
		    check(&proofs[5], 1ULL << bit, 0) != wanted)
			break;
	}
	ok(bit == 64, "a status with another bit, at %u", bit);
}

/* Without the leaf any version of Xen will do, but no error. */
static void test_version_alone(void)
{
	struct hvp_fact fact = call_fact(&proofs[2], HVP_INSN_VMCALL);
	const struct hvp_fact *made;

	start(HVP_ABI_XEN);
	report.interfaces[0].id = 0;
	made = add(fact, 0);
	ok(hvp_proof_check(&report, made) == HVP_PROOF_PASSED,
	   "version with a leaf that says nothing");
	report.interface_count = 0;
	ok(hvp_proof_check(&report, made) == HVP_PROOF_PASSED,
	   "version without a leaf");
	fact.call.result = 0x80040011;
	ok(hvp_proof_check(&report, add(fact, 0)) == HVP_PROOF_FAILED,
	   "an error without a leaf");
	fact.call.result = 0;
	ok(hvp_proof_check(&report, add(fact, 0)) == HVP_PROOF_FAILED,
	   "no version without a leaf");
}

static void test_no_proofs(void)
{
	struct hvp_fact fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	u32 i;

	start(HVP_ABI_VMWARE);
	fact.data_bytes = sizeof(u64);
	ok(hvp_proof_check(&report, add(fact, 0)) == HVP_PROOF_FAILED,
	   "RBX that nobody recorded: failed");
	fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	fact.outcome = HVP_OUTCOME_FAULT;
	fact.vector = 6;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_FAILED,
	   "an exception: failed");
	fact.outcome = HVP_OUTCOME_SKIPPED;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_NONE,
	   "skipped: no proof");
	for (i = 0; i < 3; i++) {
		fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
		fact.call.args[i] ^= 1;
		ok(hvp_proof_check(&report, add(fact, BACKDOOR)) ==
			   HVP_PROOF_NONE,
		   "another argument %u: no proof", i);
	}
	fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	fact.call.number++;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_NONE,
	   "another number: no proof");
	fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	fact.call.abi = HVP_ABI_KVM;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_NONE,
	   "another interface: no proof");
	fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	fact.call.purpose = HVP_CALL_FORCED;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_NONE,
	   "a forced trial: no proof");
	fact = call_fact(&proofs[3], HVP_INSN_VMCALL);
	fact.call.purpose = HVP_CALL_LEARN;
	ok(hvp_proof_check(&report, add(fact, BACKDOOR)) == HVP_PROOF_NONE,
	   "asked to learn: no proof");
	fact.kind = HVP_FACT_SMCCC;
	ok(hvp_proof_check(&report, &fact) == HVP_PROOF_NONE,
	   "no call at all: no proof");
}

/* ----------------------------------------------------------------- states */

static const struct proof *first_of(u32 abi)
{
	u32 i = 0;

	while (proofs[i].abi != abi)
		i++;
	return &proofs[i];
}

static void test_states(u32 abi)
{
	const struct proof *first = first_of(abi);
	const struct hvp_fact *fact;
	struct hvp_fact other;
	u32 i, count = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(proofs); i++)
		count += proofs[i].abi == abi;
	ok(hvp_proof_count(abi) == count, "abi %u: %u proofs", abi, count);

	start(abi);
	is_state(abi, HVP_STATE_UNKNOWN, HVP_REASON_NEEDS_DRIVER, NULL,
		 "nothing was called");

	other = call_fact(first, HVP_INSN_NONE);
	other.outcome = HVP_OUTCOME_SKIPPED;
	other.reason = HVP_REASON_CONFIDENTIAL;
	fact = add(other, 0);
	is_state(abi, HVP_STATE_UNKNOWN, HVP_REASON_CONFIDENTIAL, fact,
		 "skipped, for its reason");
	fact = make_all(abi, HVP_INSN_VMCALL, NULL);
	is_state(abi, HVP_STATE_VERIFIED, HVP_REASON_NONE, fact,
		 "all passed, whatever was skipped");

	/* The same call once more, and then it fails. */
	other = call_fact(first, HVP_INSN_VMCALL);
	other.call.result = 0x77;
	fact = add(other, first->rbx);
	is_state(abi, HVP_STATE_BROKEN, HVP_REASON_NONE, fact,
		 "all passed, and one failed");

	start(abi);
	other.call.insn = HVP_INSN_VMMCALL;
	fact = add(other, first->rbx);
	is_state(abi, HVP_STATE_BROKEN, HVP_REASON_NONE, fact, "one failed");
	fact = make_all(abi, HVP_INSN_VMCALL, NULL);
	is_state(abi, HVP_STATE_VERIFIED, HVP_REASON_NONE, fact,
		 "all passed by the other instruction");

	start(abi);
	other = call_fact(first, HVP_INSN_VMCALL);
	other.outcome = HVP_OUTCOME_FAULT;
	other.vector = 6;
	fact = add(other, 0);
	is_state(abi, HVP_STATE_BROKEN, HVP_REASON_NONE, fact,
		 "one raised an exception");

	start(abi);
	make_all(abi, HVP_INSN_VMCALL, first);
	is_state(abi, HVP_STATE_UNKNOWN, HVP_REASON_NEEDS_DRIVER, NULL,
		 "one was not made");
	if (count > 1)
		make(first, HVP_INSN_VMMCALL);
	is_state(abi, HVP_STATE_UNKNOWN, HVP_REASON_NEEDS_DRIVER, NULL,
		 "it was made by another instruction");

	start(abi);
	for (i = 0; i < HVP_ARRAY_SIZE(abis); i++)
		if (abis[i] != abi) {
			make_all(abis[i], HVP_INSN_VMCALL, NULL);
			other = call_fact(first_of(abis[i]), HVP_INSN_VMCALL);
			other.call.result = 0x77;
			add(other, 0);
		}
	is_state(abi, HVP_STATE_UNKNOWN, HVP_REASON_NEEDS_DRIVER, NULL,
		 "calls of the others, passed and failed");

	start(abi);
	other = call_fact(first, HVP_INSN_VMCALL);
	other.call.purpose = HVP_CALL_FORCED;
	other.call.result = 0x77;
	add(other, 0);
	fact = make_all(abi, HVP_INSN_VMCALL, NULL);
	is_state(abi, HVP_STATE_VERIFIED, HVP_REASON_NONE, fact,
		 "a forced trial spoils nothing");
}

/* By each that can carry them. */
static void test_instructions(void)
{
	static const u8 insns[] = { HVP_INSN_VMCALL, HVP_INSN_VMMCALL,
				    HVP_INSN_KERNEL, HVP_INSN_PAGE };
	const struct hvp_fact *fact;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(insns); i++) {
		start(HVP_ABI_HYPERV);
		fact = make_all(HVP_ABI_HYPERV, insns[i], NULL);
		is_state(HVP_ABI_HYPERV, HVP_STATE_VERIFIED, HVP_REASON_NONE,
			 fact, "proven by an instruction");
	}
}

int main(void)
{
	u32 i;

	ok(hvp_proof_call_count == HVP_ARRAY_SIZE(proofs),
	   "every row is known here");
	test_answers();
	test_version_alone();
	test_no_proofs();
	for (i = 0; i < HVP_ARRAY_SIZE(abis); i++)
		test_states(abis[i]);
	test_instructions();
	ok(!hvp_proof_count(HVP_ABI_JAILHOUSE), "some have none");
	start(HVP_ABI_JAILHOUSE);
	is_state(HVP_ABI_JAILHOUSE, HVP_STATE_UNKNOWN, HVP_REASON_NEEDS_DRIVER,
		 NULL, "and are never verified");
	return done_testing();
}
