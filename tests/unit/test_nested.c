// SPDX-License-Identifier: GPL-2.0-only
/* core/: nesting and the VMX controls. */
#include "../../core/nested.h"
#include "machine_facts.h"
#include "tap.h"

/*
 * Made for this test from SDM vol. 3 appendix A: reserved bits that must be 1
 * as every CPU has them, controls of a server CPU of 2020 on top.
 */
#define BASIC_TRUE	0x00da040000000012ULL
#define BASIC_OLD	0x005a040000000012ULL
#define PIN		0x000000ff00000016ULL
#define PROC		0xfffbfffe04006172ULL
#define PROC2		0x135f7fff00000000ULL
#define EXIT		0x01ffffff00036dfbULL
#define ENTRY		0x0003ffff000011fbULL

static const struct row intel_alone[] = {
	{ 0, 0, 0x16, 0x756e6547, 0x6c65746e, 0x49656e69 },
	{ 1, 0, 0x000806f8, 0, 0xfffa3223, 0x1f8bfbff },
	{ 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, NOTHING(0x40000100),
	{ 0x80000000, 0, 0x80000008, 0, 0, 0 },
	{ 0x80000001, 0, 0, 0, 0x121, 0x2c100800 },
};

/* KVM with hv-evmcs: 4.EAX.14, version 1 to 1, PERF_GLOBAL_CTRL. */
static const struct row intel_evmcs[] = {
	{ 0, 0, 0x16, 0x756e6547, 0x6c65746e, 0x49656e69 },
	{ 1, 0, 0x000806f8, 0, 0xfffa3223, 0x1f8bfbff },
	{ 0x40000000, 0, 0x4000000a, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x3839, 0x000a0000, 0, 0 },
	{ 0x40000003, 0, 0x00000a72, 0, 0, 0 },
	{ 0x40000004, 0, 0x00004020, 0xfff, 0, 0 },
	{ 0x40000005, 0, 0xf0, 0x40, 0, 0 },
	{ 0x40000006, 0, 0, 0, 0, 0 },
	{ 0x4000000a, 0, 0x000a0101, 1, 0, 0 },
	{ 0x40000100, 0, 0x40000101, SIG_KVM },
	{ 0x40000101, 0, 0x01007efb, 0, 0, 0 },
	{ 0x80000000, 0, 0x80000008, 0, 0, 0 },
	{ 0x80000001, 0, 0, 0, 0x121, 0x2c100800 },
};

static const struct row amd_svm[] = {
	{ 0, 0, 0x10, 0x68747541, 0x444d4163, 0x69746e65 },
	{ 1, 0, 0x00a20f10, 0, 0x80002001, 0x078bfbfd },
	{ 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, NOTHING(0x40000100),
	{ 0x80000000, 0, 0x8000001f, 0, 0, 0 },
	{ 0x80000001, 0, 0, 0, 0x00000005, 0 },
	{ 0x8000000a, 0, 1, 8, 0, 0x0000004d },
};

static const struct row amd_without[] = {
	{ 0, 0, 0x10, 0x68747541, 0x444d4163, 0x69746e65 },
	{ 1, 0, 0x00a20f10, 0, 0x80002001, 0x078bfbfd },
	{ 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, NOTHING(0x40000100),
	{ 0x80000000, 0, 0x8000001f, 0, 0, 0 },
	{ 0x80000001, 0, 0, 0, 0x00000001, 0 },
};

static const struct msr_row intel_msrs[] = {
	{ 0x3a, 5, false }, { 0x480, BASIC_TRUE, false },
	{ 0x481, PIN, false }, { 0x482, PROC, false }, { 0x483, EXIT, false },
	{ 0x484, ENTRY, false }, { 0x485, 0x7004c1e7, false },
	{ 0x48b, PROC2, false }, { 0x48c, 0xf0106734141ULL, false },
	/* The true ones: CR3 exiting and debug controls may be 0. */
	{ 0x48d, PIN, false }, { 0x48e, 0xfffbfffe04006172ULL & ~0x18000ULL,
				 false },
	{ 0x48f, EXIT & ~4ULL, false }, { 0x490, ENTRY & ~4ULL, false },
	{ 0x491, 1, false }, { 0x492, 0, true }, { 0x493, 0, true },
};

/* What KVM 6.12 leaves of them for a guest that has eVMCS: hyperv.md 9.2. */
static const struct msr_row filtered_msrs[] = {
	{ 0x3a, 5, false }, { 0x480, BASIC_TRUE, false },
	{ 0x485, 0x7004c1e7, false }, { 0x48b, 0xc51998fe00000000ULL & PROC2,
					false },
	{ 0x48c, 0xf0106734141ULL, false },
	{ 0x48d, 0x0000003f00000016ULL, false },
	{ 0x48e, 0xfff9fffe04006172ULL, false },
	{ 0x48f, 0x01bfffff00036df8ULL, false },
	{ 0x490, 0x0003f3ff000011f8ULL, false },
	{ 0x491, 0, false }, { 0x492, 0, true }, { 0x493, 0, true },
};

static struct hvp_nested nested;

static void decode(void)
{
	hvp_nested_decode(machine_decode(), &nested);
}

static const char *says(u32 id)
{
	return hvp_answer_name(nested.answers[id].kind);
}

static void check(u32 id, const char *want, const char *why)
{
	ok(!strcmp(says(id), want), "%s: %s is %s (got %s)", why,
	   hvp_nested_names[id].key, want, says(id));
}

static const struct hvp_vmx_control *control(u32 row)
{
	return &nested.vmx.controls[row];
}

static void check_control(u32 row, const char *offered, bool must,
			  const char *evmcs, const char *usable)
{
	const struct hvp_vmx_control *c = control(row);
	const struct hvp_vmx_name *name = &hvp_vmx_names[row];

	ok(!strcmp(hvp_answer_name(c->offered.kind), offered) &&
		   c->must == must &&
		   !strcmp(hvp_answer_name(c->evmcs.kind), evmcs) &&
		   !strcmp(hvp_answer_name(c->usable.kind), usable),
	   "%s.%s: %s%s, eVMCS %s, usable %s (got %s%s, %s, %s)",
	   hvp_vmx_groups[name->group].key, name->name, offered,
	   must ? " always" : "", evmcs, usable,
	   hvp_answer_name(c->offered.kind), c->must ? " always" : "",
	   hvp_answer_name(c->evmcs.kind), hvp_answer_name(c->usable.kind));
}

static void test_without_driver(void)
{
	START(intel_alone);
	decode();
	check(HVP_NESTED_VMX, "yes", "VMX in leaf 1");
	check(HVP_NESTED_VMX_USABLE, "unknown", "no MSR recorded");
	check(HVP_NESTED_CAN_NEST, "unknown", "no MSR recorded");
	check(HVP_NESTED_NESTED, "unknown", "KVM does not tell");
	ok(nested.answers[HVP_NESTED_NESTED].reason == HVP_REASON_NOTHING_TELLS,
	   "and the reason is that nothing tells");
	check(HVP_NESTED_EVMCS, "no", "no Hyper-V here");
	check(HVP_NESTED_SVM_USABLE, "no", "no SVM here");
	check_control(HVP_VMX_ROW_PROC2_1, "unknown", false, "yes", "-");
	ok(nested.answers[HVP_NESTED_LAYERS].value == 1,
	   "one hypervisor at least is below");
}

static void test_vmx(void)
{
	START(intel_alone);
	MSRS(intel_msrs);
	decode();
	check(HVP_NESTED_VMX_LOCKED, "yes", "feature control 5");
	check(HVP_NESTED_VMX_USABLE, "yes", "feature control 5");
	check(HVP_NESTED_CAN_NEST, "yes", "feature control 5");
	check(HVP_NESTED_EVMCS_FILTERED, "-", "no eVMCS");
	check_control(HVP_VMX_ROW_PIN_6, "yes", false, "no", "-");
	check_control(HVP_VMX_ROW_PROC_15, "yes", false, "yes", "-");
	check_control(HVP_VMX_ROW_PROC_17, "yes", false, "no", "-");
	check_control(HVP_VMX_ROW_PROC2_1, "yes", false, "yes", "-");
	check_control(HVP_VMX_ROW_PROC2_31, "no", false, "yes", "-");
	check_control(HVP_VMX_ROW_PROC3_4, "-", false, "no", "-");
	check_control(HVP_VMX_ROW_VMFUNC_0, "yes", false, "no", "-");
	check_control(HVP_VMX_ROW_BASIC_55, "yes", false, "-", "-");
	check_control(HVP_VMX_ROW_EPT_16, "yes", false, "-", "-");
}

/* Without true controls the default ones count, which must be 1. */
static void test_old_vmx(void)
{
	static const struct msr_row old[] = {
		{ 0x480, BASIC_OLD, false }, { 0x482, PROC | 0x18000, false },
	};

	START(intel_alone);
	MSRS(old);
	decode();
	check_control(HVP_VMX_ROW_PROC_15, "yes", true, "yes", "-");
	check_control(HVP_VMX_ROW_PIN_0, "unknown", false, "yes", "-");
}

static void test_firmware(void)
{
	static const struct msr_row off[] = { { 0x3a, 1, false } };
	static const struct msr_row open[] = { { 0x3a, 0, false } };
	static const struct msr_row gone[] = { { 0x3a, 0, true } };

	START(intel_alone);
	MSRS(off);
	decode();
	check(HVP_NESTED_VMX_USABLE, "no", "locked without VMXON");
	check(HVP_NESTED_CAN_NEST, "no", "locked without VMXON");
	START(intel_alone);
	MSRS(open);
	decode();
	check(HVP_NESTED_VMX_USABLE, "yes", "not locked");
	START(intel_alone);
	MSRS(gone);
	decode();
	check(HVP_NESTED_VMX_LOCKED, "-", "#GP");
	check(HVP_NESTED_VMX_USABLE, "unknown", "#GP");
	ok(nested.answers[HVP_NESTED_VMX_USABLE].reason == HVP_REASON_FAULTED,
	   "and the reason is the exception");
}

static void test_svm(void)
{
	static const struct msr_row on[] = { { 0xc0010114, 0, false } };
	static const struct msr_row off[] = { { 0xc0010114, 0x18, false } };
	static const struct msr_row soft[] = { { 0xc0010114, 0x10, false } };

	START(amd_svm);
	MSRS(on);
	decode();
	check(HVP_NESTED_SVM_USABLE, "yes", "VM_CR 0");
	check(HVP_NESTED_CAN_NEST, "yes", "VM_CR 0");
	check_control(HVP_VMX_ROW_PROC2_1, "no", false, "yes", "-");
	ok(machine_report.caps[hvp_cap_find("svm.npt")].state ==
			   HVP_STATE_ADVERTISED &&
		   machine_report.caps[hvp_cap_find("svm.avic")].state ==
			   HVP_STATE_ABSENT,
	   "SVM features are read");
	START(amd_svm);
	MSRS(off);
	decode();
	check(HVP_NESTED_SVM_USABLE, "no", "SVMDIS and LOCK");
	check(HVP_NESTED_CAN_NEST, "no", "SVMDIS and LOCK");
	START(amd_svm);
	MSRS(soft);
	decode();
	check(HVP_NESTED_SVM_USABLE, "yes", "SVMDIS without LOCK");
	START(amd_without);
	decode();
	check(HVP_NESTED_CAN_NEST, "no", "SVM not visible");
	ok(machine_report.caps[hvp_cap_find("svm.npt")].state ==
		   HVP_STATE_ABSENT,
	   "SVM features are absent where SVM is not visible");
}

static void test_evmcs(void)
{
	START(intel_evmcs);
	MSRS(intel_msrs);
	decode();
	check(HVP_NESTED_EVMCS, "yes", "hv-evmcs");
	check(HVP_NESTED_VP_ASSIST, "yes", "hv-evmcs");
	check(HVP_NESTED_VP_ASSIST_ON, "unknown", "MSR not recorded");
	check(HVP_NESTED_MSR_BITMAP, "yes", "hv-evmcs");
	check(HVP_NESTED_DIRECT_FLUSH, "yes", "hv-evmcs");
	check(HVP_NESTED_ENLIGHTENED_TLB, "no", "hv-evmcs");
	check(HVP_NESTED_EVMCS_FILTERED, "no", "unfiltered MSRs");
	check_control(HVP_VMX_ROW_PIN_6, "yes", false, "no", "no");
	check_control(HVP_VMX_ROW_PROC2_1, "yes", false, "yes", "yes");
	check_control(HVP_VMX_ROW_EXIT_12, "yes", false, "yes", "yes");
	check_control(HVP_VMX_ROW_ENTRY_13, "yes", false, "yes", "yes");

	START(intel_evmcs);
	MSRS(filtered_msrs);
	decode();
	check(HVP_NESTED_EVMCS_FILTERED, "yes", "filtered MSRs");
	check_control(HVP_VMX_ROW_PIN_6, "no", false, "no", "no");
	check_control(HVP_VMX_ROW_PROC2_1, "yes", false, "yes", "yes");

	START(intel_evmcs);
	decode();
	check(HVP_NESTED_EVMCS_FILTERED, "unknown", "no MSR recorded");
	check_control(HVP_VMX_ROW_PIN_6, "unknown", false, "no", "no");
	check_control(HVP_VMX_ROW_PIN_0, "unknown", false, "yes", "unknown");
}

/* PERF_GLOBAL_CTRL is in version 1 only where the platform says so. */
static void test_evmcs_versions(void)
{
	struct row rows[HVP_ARRAY_SIZE(intel_evmcs)];

	memcpy(rows, intel_evmcs, sizeof(rows));
	rows[9].ebx = 0;
	START(rows);
	MSRS(intel_msrs);
	decode();
	check_control(HVP_VMX_ROW_EXIT_12, "yes", false, "no", "no");
	check_control(HVP_VMX_ROW_ENTRY_13, "yes", false, "no", "no");
	rows[9].eax = 0x000a0202;
	START(rows);
	decode();
	check(HVP_NESTED_EVMCS, "no", "versions 2 to 2");
	rows[9].eax = 0x000a0000;
	START(rows);
	decode();
	check(HVP_NESTED_EVMCS, "no", "no version");
	rows[9].eax = 0x000a0101;
	rows[6].eax = 0x20;
	START(rows);
	decode();
	check(HVP_NESTED_EVMCS, "no", "not recommended");
}

/* Bits without a name, and words that no CPU has. */
static void test_odd(void)
{
	static const struct msr_row odd[] = {
		{ 0x480, BASIC_TRUE, false }, { 0x48d, 0x0000040000000001ULL,
						false },
		{ 0x493, 0x8000000000000002ULL, false },
	};

	START(intel_alone);
	MSRS(odd);
	decode();
	ok(control(HVP_VMX_ROW_PIN_0)->offered.reason ==
		   HVP_REASON_INCONSISTENT,
	   "must be 1 and may not be 1: inconsistent");
	ok(nested.vmx.unnamed[HVP_VMX_PIN] == 0x400 &&
		   nested.vmx.unnamed[HVP_VMX_EXIT2] == 1ULL << 63,
	   "bits without a name are kept");
	check_control(HVP_VMX_ROW_EXIT2_1, "yes", false, "no", "-");
}

/* The Hyper-V of a nested root: its hint, and without it. */
static void test_nested(void)
{
	const u32 count = HVP_ARRAY_SIZE(hyperv_nested);
	struct row rows[HVP_ARRAY_SIZE(hyperv_nested) + 1] = {
		[HVP_ARRAY_SIZE(hyperv_nested)] = NOTHING(0x40000006),
	};

	memcpy(rows, hyperv_nested, sizeof(hyperv_nested));
	rows[6].eax &= ~(1U << 12);
	machine_start(rows, count);
	decode();
	check(HVP_NESTED_NESTED, "unknown", "hint clear, level not recorded");
	ok(nested.answers[HVP_NESTED_NESTED].reason == HVP_REASON_NOT_IN_DUMP,
	   "and the reason is the level");
	START(rows);
	decode();
	check(HVP_NESTED_NESTED, "no", "hint clear, level 0");
	rows[6].eax |= 1U << 12;
	START(rows);
	decode();
	check(HVP_NESTED_NESTED, "yes", "hint");
	ok(nested.answers[HVP_NESTED_LAYERS].value == 2,
	   "two hypervisors at least are below");
}

int main(void)
{
	test_without_driver();
	test_vmx();
	test_old_vmx();
	test_firmware();
	test_svm();
	test_evmcs();
	test_evmcs_versions();
	test_odd();
	test_nested();
	return done_testing();
}
