// SPDX-License-Identifier: GPL-2.0-only
/* probe-tool/call_*.c and bench.c: words to calls, samples to numbers. */
#include <stdlib.h>
#include "../../probe-tool/bench.h"
#include "../../probe-tool/call.h"
#include "tap.h"

static struct hvp_plan plan;
static struct hvp_request request;

/* Words as the command line has them; --name=value becomes an argument. */
static int read_plan(const char *interface, const char *call,
		     const char *argument)
{
	static char *names[3];

	names[0] = (char *)(uintptr_t)interface;
	names[1] = (char *)(uintptr_t)call;
	names[2] = (char *)(uintptr_t)argument;
	request.names = names;
	request.name_count = argument ? 3 : 2;
	return hvp_plan_read(&request, &plan);
}

static void begin(void)
{
	memset(&request, 0, sizeof(request));
}

static bool holds(const char *name, u32 number, bool arm64, const u32 regs[4])
{
	return hvp_cap_in_registers(&hvp_caps[hvp_cap_find(name)],
				    hvp_hvreg_find(number), arm64, regs);
}

/* Cluster IPI: bit 10 of the leaf, bit 2 of arm64's register. */
static void test_register_values(void)
{
	static const u32 x64[4] = { 1U << 10, 0, 0x30 };
	static const u32 arm64[4] = { 1U << 2, 0, 0x30 };
	const struct hvp_hvreg *reg = hvp_hvreg_find(0x201);
	const struct hvp_field *width =
		&hvp_fields[hvp_field_find("hyperv.physical-address-bits")];
	struct hvp_call call = { .insn_used = HVP_INSN_PAGE };

	ok(!hvp_call_is_arm64(&call), "by a hypercall page: x86");
	call.insn_used = HVP_INSN_HVC;
	ok(hvp_call_is_arm64(&call), "by HVC: arm64");
	ok(holds("hyperv.use-synthetic-cluster-ipi", 0x201, false, x64) &&
	   !holds("hyperv.use-synthetic-cluster-ipi", 0x201, false, arm64) &&
	   holds("hyperv.use-hypercall-for-remote-flush", 0x201, false, arm64),
	   "register 0x201 as leaf +4");
	ok(holds("hyperv.use-synthetic-cluster-ipi", 0x201, true, arm64) &&
	   !holds("hyperv.use-synthetic-cluster-ipi", 0x201, true, x64) &&
	   !holds("hyperv.use-hypercall-for-remote-flush", 0x201, true, arm64),
	   "and as arm64 has it");
	ok(hvp_field_is_of(width, reg, false) &&
	   !hvp_field_is_of(width, reg, true), "with the fields of each");
}

static void test_registers(void)
{
	static const u8 wanted[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
				     0xff, 0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0,
				     0x00, 0x01, 0, 0, 0x00, 0x02, 0, 0 };
	struct hvp_dry_run dry;

	begin();
	request.regs[0] = "0x100";
	request.regs[1] = "privileges-and-features-info";
	request.reg_count = 2;
	request.args[HVP_ARG_REG] = "";
	request.args[HVP_ARG_SHAPE] = "xmm";
	ok(!read_plan("hyperv", "get-vp-registers", NULL), "two registers");
	ok(plan.call.number == 0x50 && plan.call.reps == 2 &&
	   plan.call.shape == HVP_SHAPE_XMM && !plan.call.flags,
	   "code, reps and shape");
	ok(plan.call.input_bytes == sizeof(wanted) &&
	   !memcmp(plan.input, wanted, sizeof(wanted)),
	   "this partition, this VP, the names");
	ok(plan.call.output_capacity == 32, "room for both values");
	ok(hvp_plan_is_harmless(&plan), "harmless");
	ok(!hvp_dry_run(&plan, &dry) && dry.layout.control == 0x200010050ULL,
	   "control word");
	ok(dry.layout.in_bytes == plan.call.input_bytes,
	   "the driver's layout takes these bytes");
	request.regs[1] = "0x51";
	ok(!read_plan("hyperv", "0x50", NULL) && !hvp_plan_is_harmless(&plan),
	   "a register that nobody lists is not harmless");
}

/* What the driver's table says is what the tool sends without being told. */
static void test_defaults(void)
{
	struct hvp_dry_run dry;
	char name[16];
	u32 i, calls = 0;

	for (i = 0; i < hvp_hypercall_count; i++) {
		const struct hvp_hypercall *row = &hvp_hypercalls[i];

		begin();
		if (row->flags & HVP_HC_RAW || row->in_element ||
		    (row->in_header &&
		     row->safety != HVP_SAFETY_EMPTY_SET_ONLY &&
		     row->code != HVP_HYPERCALL_NOTIFY_LONG_SPIN_WAIT))
			continue;
		snprintf(name, sizeof(name), "0x%x", row->code);
		calls++;
		if (read_plan("hyperv", name, NULL) ||
		    hvp_dry_run(&plan, &dry) ||
		    dry.layout.in_bytes != plan.call.input_bytes ||
		    dry.layout.out_bytes != plan.call.output_capacity)
			ok(false, "%s by its row", row->name);
		if ((row->safety == HVP_SAFETY_HARMLESS ||
		     row->safety == HVP_SAFETY_EMPTY_SET_ONLY) !=
		    hvp_plan_is_harmless(&plan))
			ok(false, "%s is what its row says", row->name);
	}
	ok(calls > 6, "%u calls need no input of the user's", calls);
}

static void test_raw(void)
{
	begin();
	request.args[HVP_ARG_IN] = "01 02:03";
	request.args[HVP_ARG_OUT_BYTES] = "8";
	ok(!read_plan("hyperv", "0x1234", NULL), "a code that has no row");
	ok(plan.call.flags == HVP_CALL_LAYOUT && plan.call.in_header == 3 &&
	   plan.call.out_header == 8 && !plan.call.reps &&
	   plan.input[2] == 3 && plan.call.output_capacity == 8,
	   "the sizes follow from the bytes");
	ok(!hvp_plan_is_harmless(&plan), "and it is unsafe");
	begin();
	request.args[HVP_ARG_IN] = "00112233445566778899aabbccddeeff0001";
	request.args[HVP_ARG_REPS] = "1";
	request.args[HVP_ARG_IN_ELEMENT] = "2";
	request.args[HVP_ARG_OUT_ELEMENT] = "4";
	ok(!read_plan("hyperv", "0x1234", NULL) &&
	   plan.call.in_header == 16 && plan.call.in_element == 2 &&
	   plan.call.output_capacity == 4,
	   "the header is what the list leaves");
	begin();
	request.args[HVP_ARG_OUT_ELEMENT] = "65535";
	request.args[HVP_ARG_REPS] = "65535";
	ok(!read_plan("hyperv", "0x1234", NULL) && !plan.call.output_capacity,
	   "too much output: the layout is left to refuse it");
	begin();
	ok(!read_plan("hyperv", "0x0800beef", NULL) &&
	   plan.call.flags == HVP_CALL_CONTROL &&
	   hvp_plan_is_harmless(&plan), "a reserved bit on its own");
	ok(!read_plan("hyperv", "0x9a", "3") && plan.call.reps == 1 &&
	   plan.call.input_bytes == 20 && plan.input[16] == 3 &&
	   hvp_plan_is_harmless(&plan), "an APIC id");
}

static void test_abis(void)
{
	u32 i;

	begin();
	for (i = 0; i < HVP_ABI_CALL_COUNT; i++) {
		const struct hvp_abi_call *row = &hvp_abi_calls[i];

		if (read_plan(hvp_abi_key(row->abi), row->name, NULL) ||
		    plan.call.number != row->number ||
		    memcmp(plan.call.args, row->args, sizeof(row->args)) ||
		    plan.call.output_capacity < row->bytes ||
		    plan.call.output_capacity < HVP_ABI_BYTES ||
		    !hvp_plan_is_harmless(&plan))
			ok(false, "%s by its name", row->name);
	}
	ok(i > 10, "every listed call by its name");
	ok(!read_plan("kvm", "12", "1") && plan.abi_call &&
	   !strcmp(plan.abi_call->name, "map-gpa-range-unaligned"),
	   "by its number");
	ok(!read_plan("kvm", "12", "0x1000") && !plan.abi_call &&
	   plan.call.args[0] == 0x1000, "other arguments are another call");
	ok(!read_plan("vmware", "10", "0xffffffff") && plan.abi_call &&
	   plan.call.args[1] == 10, "VMware's number is its command");
	ok(!strcmp(hvp_abi_register(HVP_ABI_XEN, 0), "RDI") &&
	   !strcmp(hvp_abi_register(HVP_ABI_KVM, 0), "RBX") &&
	   !strcmp(hvp_abi_register(HVP_ABI_KVM, 99), "?"), "registers");
}

static void test_fields(void)
{
	const struct hvp_field *service =
		&hvp_fields[HVP_FIELD_ID_HYPERV_VERSION_SERVICE_BRANCH];
	const struct hvp_hvreg *version =
		hvp_hvreg_find(HVP_HVREG_HYPERVISOR_VERSION);
	static const u32 regs[4] = { 14393, 10 << 16 | 3, 0, 0x05000007 };
	u32 i;

	ok(hvp_field_is_of(service, version, false) &&
	   !hvp_field_is_of(service, hvp_hvreg_find(HVP_HVREG_RAX),
			    false) &&
	   !hvp_field_is_of(service, NULL, false), "fields of a register");
	ok(hvp_field_of_registers(service, regs) == 5, "its highest bits");
	ok(hvp_field_of_registers(
		   &hvp_fields[HVP_FIELD_ID_HYPERV_VERSION_MAJOR], regs) == 10,
	   "bits in the middle");
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		hvp_field_of_registers(&hvp_fields[i], regs);
	ok(true, "no field reads behind the registers");
}

static void test_buckets(void)
{
	static struct hvp_bench_result result;
	struct hvp_bench_run run = { .khz = 2000000 };
	bool good = true;
	u64 value;
	u32 i;

	for (i = 0; i < 251; i++)
		good &= hvp_bench_bucket(hvp_bench_bucket_low(i)) == i &&
			hvp_bench_bucket_low(i) < hvp_bench_bucket_low(i + 1);
	ok(good, "buckets begin where they say");
	for (value = 1; value; value <<= 1)
		good &= hvp_bench_bucket(value) < HVP_BENCH_BUCKETS &&
			hvp_bench_bucket(value - 1) <= hvp_bench_bucket(value);
	ok(good && hvp_bench_bucket(~0ULL) < HVP_BENCH_BUCKETS,
	   "every value has its bucket");
	ok(hvp_bench_ns(&run, 2000) == 1000, "ticks to nanoseconds");
	ok(hvp_bench_ns(&run, ~0ULL) > hvp_bench_ns(&run, 1ULL << 62),
	   "no overflow");
	ok(hvp_bench_percent(64000, 32000) == 150 &&
	   hvp_bench_percent(~0ULL, 0) == 100 &&
	   hvp_bench_percent(1, ~0ULL) == 1000100 &&
	   hvp_bench_percent(0, 0) == 1000100, "an ioctl beside its calls");
	run.khz = 0;
	ok(hvp_bench_ns(&run, 2000) == 2000, "no frequency: ticks");
	for (i = 0; i < 1000; i++)
		result.samples[i] = 1000 - i;
	result.samples[0] = 1000000;
	result.count = 1000;
	hvp_bench_summarise(&result);
	ok(result.times.min == 1 && result.times.p50 == 501 &&
	   result.times.p99 == 991 && result.times.max == 1000000 &&
	   result.outliers == 1, "order and outliers");
	memset(&result, 0, sizeof(result));
	hvp_bench_summarise(&result);
	ok(!result.times.max, "no samples");
}

int main(void)
{
	/* What usage errors say is of no interest here. */
	if (!freopen("/dev/null", "w", stderr))
		return 1;
	test_registers();
	test_register_values();
	test_defaults();
	test_raw();
	test_abis();
	test_fields();
	test_buckets();
	return done_testing();
}
