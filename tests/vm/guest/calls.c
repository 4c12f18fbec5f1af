// SPDX-License-Identifier: GPL-2.0-only
/*
 * HVP_IOC_CALL as TAP. calls [unsafe|locked]: how the module was loaded. Which
 * interfaces there are is asked, not told. Built for 32 and 64 bits. calls order:
 * one batch of Hyper-V and KVM calls and nothing else. calls deadline: where each
 * call does one element.
 */
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <linux/capability.h>
#include "batchtest.h"

#define SHAPES	4

static const char *const shapes[SHAPES] = { "auto", "slow", "fast", "xmm" };
static bool unsafe, locked, on_xen;

static bool has(unsigned int abi)
{
	struct hvp_call call = new_call(abi, ~0ULL >> 1);
	int error = run(&call);

	return error != -ENXIO;
}

/* For who traces them: Hyper-V, KVM, two of Hyper-V, KVM, in one ioctl. */
static int make_mixed_batch(void)
{
	struct hvp_call hv = new_call(ABI_HYPERV, 0xbeef);
	struct hvp_call kvm = new_call(ABI_KVM, 1);
	struct hvp_call calls[] = { hv, kvm, hv, hv, kvm };
	unsigned int i, done;

	group("a batch of both kinds");
	is("ioctl", run_batch(calls, 5, &done), 0);
	for (i = 0; i < done; i++)
		is("made", calls[i].outcome, HVP_OUTCOME_VALUE);
	return done_testing();
}

/* HvCallGetVpRegisters of the versions and features that CPUID has, too. */
static int make_late_calls(void)
{
	static const struct {
		uint64_t partition;
		uint32_t vp, vtl;
		uint32_t names[4];
	} get = { ~0ULL, 0xfffffffe, 0, { 0x200, 0x201, 0x202, 0x203 } };
	uint64_t output[2 * 4];
	struct hvp_call call = hyperv(0x50, HVP_SHAPE_SLOW, &get, sizeof(get));

	call.reps = 4;
	call.output = (uintptr_t)output;
	call.output_capacity = sizeof(output);
	group("in time");
	is("error", run(&call), 0);
	is("executed", call.issued, 4);
	is("elements", call.reps_done, 4);
	is("bytes", call.output_bytes, sizeof(output));

	group("too late");
	call.deadline_us = 1;
	is("error", run(&call), -ETIME);
	is("executed", call.issued, 1);
	is("outcome", call.outcome, HVP_OUTCOME_VALUE);
	is("elements", call.reps_done, 1);
	is("bytes", call.output_bytes, sizeof(output) / 4);

	group("the longest");
	call.deadline_us = HVP_CALL_DEADLINE_MAX;
	is("error", run(&call), 0);
	is("elements", call.reps_done, 4);
	return done_testing();
}

/* ---------------------------------------------------------------- format */

/* What is Hyper-V's alone, of a call that would be made without it. */
static void test_foreign_fields(struct hvp_call good)
{
	static const struct {
		const char *name;
		size_t at;
	} fields[] = {
#define FIELD(member)	{ #member, offsetof(struct hvp_call, member) }
		FIELD(flags), FIELD(shape), FIELD(in_header),
		FIELD(in_element), FIELD(out_header), FIELD(out_element),
		FIELD(var_qwords), FIELD(reps), FIELD(input_bytes),
		FIELD(input),
#undef FIELD
	};
	struct hvp_call call;
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		call = good;
		((unsigned char *)&call)[fields[i].at] = 1;
		is(fields[i].name, run(&call), -EINVAL);
		is(fields[i].name, call.issued, 0);
	}
}

/* One field of a call that would do nothing anyway. */
static void test_call_fields(unsigned int abi, uint64_t number)
{
	struct hvp_call good = new_call(abi, number);
	struct hvp_call call;
	unsigned int i;

	for (i = 0; i < 32; i++) {
		if (1U << i & HVP_CALL_FLAGS_ALL)
			continue;
		call = good;
		call.flags = 1U << i;
		if (run(&call) != -EINVAL)
			break;
	}
	is("call: unknown flags", i, 32);
	call = good;
	call.reserved = 1;
	is("call: reserved", run(&call), -EINVAL);
	for (i = 0; i < 2; i++) {
		call = good;
		call.reserved2[i] = 1ULL << 63;
		is("call: reserved2", run(&call), -EINVAL);
	}
	call = good;
	call.deadline_us = HVP_CALL_DEADLINE_MAX + 1;
	is("call: deadline", run(&call), -EINVAL);
	call = good;
	call.insn = HVP_INSN_PORT + 1;
	is("call: no such instruction", run(&call), -EINVAL);
	if (abi != ABI_HYPERV)
		test_foreign_fields(good);
	call = good;
	call.result = call.cycles = ~0ULL;
	call.issued = ~0U;
	is("call: result fields need not be zero", run(&call), 0);
	is("call: and are written", call.issued, 1);
}

/* -------------------------------------------------------------- KVM, Xen */

static void kvm(const char *what, uint64_t number, uint64_t a0, uint64_t a1,
		int error, int64_t result, int64_t or_result)
{
	uint64_t registers[8];
	struct hvp_call call = new_call(ABI_KVM, number);
	int got;

	call.args[0] = a0;
	call.args[1] = a1;
	call.output = (uintptr_t)registers;
	call.output_capacity = sizeof(registers);
	got = run(&call);
	is(what, got, error);
	if (error || got)
		return;
	ok((int64_t)call.result == result || (int64_t)call.result == or_result,
	   "%s: result %lld", what, (long long)call.result);
	ok(call.issued == 1, "%s: executed %u times", what, call.issued);
	ok(call.outcome == HVP_OUTCOME_VALUE, "%s: vector %u", what,
	   call.vector);
	ok(call.output_bytes == sizeof(registers), "%s: %u bytes", what,
	   call.output_bytes);
}

/* One byte less than the registers take. */
static void kvm_without_room(void)
{
	uint64_t room[9];
	struct hvp_call call = new_call(ABI_KVM, 1);

	call.output = (uintptr_t)room;
	call.output_capacity = 8 * sizeof(room[0]) - 1;
	memset(room, 0xa5, sizeof(room));
	is("kvm: output too short", run(&call), -EINVAL);
	is("kvm: output too short, executed", call.issued, 0);
	ok(room[7] == 0xa5a5a5a5a5a5a5a5 && room[8] == room[7],
	   "kvm: output too short, written %#llx",
	   (unsigned long long)room[7]);
}

static void test_kvm(void)
{
	int refused = locked ? -EKEYREJECTED : unsafe ? 0 : -EPERM;

	kvm("kvm: vapic-poll-irq", 1, 0, 0, 0, 0, 0);
	kvm("kvm: unknown number", 2, 0, 0, 0, -1000, -1000);
	kvm("kvm: clock-pairing of another type", 9, 0, 1, 0, -95, -1000);
	kvm("kvm: clock-pairing", 9, 0, 0, 0, -95, 0);
	kvm("kvm: send-ipi to nobody", 10, 0, 0, 0, 0, -1000);
	kvm("kvm: sched-yield to myself", 11, 0, 0, 0, 0, -1000);
	kvm("kvm: map-gpa-range unaligned", 12, 1, 0, 0, -22, -1000);
	kvm("kvm: a number not on the list", 8, 0, 0, refused, -1000, -1000);
	kvm("kvm: clock-pairing with an address", 9, 4096, 0, -EPERM, 0, 0);
	kvm("kvm: map-gpa-range with an address", 12, 4096, 1, -EPERM, 0, 0);
	kvm_without_room();
}

#define XENVER_COMMANDLINE	9

static void test_xen(void)
{
	int refused = locked ? -EKEYREJECTED : unsafe ? 0 : -EPERM;
	struct hvp_call call = new_call(ABI_XEN, 17);
	char text[1024] = "";

	is("xen: version", run(&call), 0);
	ok(call.result >> 16 && !(call.result >> 31), "xen: version %llu.%llu",
	   (unsigned long long)call.result >> 16,
	   (unsigned long long)call.result & 0xffff);
	call = new_call(ABI_XEN, 17);
	call.args[0] = 1;
	call.output = (uintptr_t)text;
	call.output_capacity = sizeof(text);
	is("xen: extraversion", run(&call), 0);
	is("xen: extraversion: result", (int64_t)call.result, 0);
	ok(call.output_bytes == 16 && text[0] == '.' && !text[16],
	   "xen: extraversion: %u bytes, %.17s", call.output_bytes, text);
	text[0] = 0;
	call.output_capacity = 15;
	is("xen: output too short", run(&call), -EINVAL);
	ok(!text[0], "xen: output too short, written %.16s", text);
	call = new_call(ABI_XEN, 17);
	call.args[1] = 4096;
	is("xen: an address", run(&call), -EPERM);
	is("xen: an address, executed", call.issued, 0);
	call = new_call(ABI_XEN, 12);
	is("xen: memory_op", run(&call), -EPERM);
	is("xen: memory_op, executed", call.issued, 0);
	call = new_call(ABI_XEN, 17);
	call.args[4] = 1;
	is("xen: a fifth argument", run(&call), refused);
	call = new_call(ABI_XEN, 17);
	call.args[0] = XENVER_COMMANDLINE;
	is("xen: a question not on the list", run(&call), refused);
}

/* --------------------------------------------------------------- Hyper-V */

/* What a call that need not be there may answer. */
#define OPTIONAL	-1

static bool acceptable(int status, int wanted)
{
	return status == wanted ||
	       (wanted == OPTIONAL && (status == 0 || status == 2 ||
				       status == 3 || status == 6));
}

/* Xen takes most calls by memory only: INVALID_PARAMETER. */
static bool is_refused_by_xen(const struct hvp_call *call)
{
	return on_xen && call->shape_used != HVP_SHAPE_SLOW &&
	       call->status == 5;
}

static void check_status(const char *what, struct hvp_call call, int wanted)
{
	int error = run(&call);

	ok(!error && (acceptable(call.status, wanted) ||
		      (wanted == OPTIONAL && is_refused_by_xen(&call))),
	   "%s: status %u error %d reason %u refusal %u result %#llx vector %u odd %u, %s by instruction %u, control %#llx",
	   what, call.status, error, call.reason, call.refusal,
	   (unsigned long long)call.result, call.vector, call.odd,
	   shapes[call.shape_used % SHAPES], call.insn_used,
	   (unsigned long long)call.control);
}

/* Registers may be too few, and XMM is not everywhere; memory always is. */
static void every_shape(const char *what, uint64_t number, const void *input,
			unsigned int bytes, int wanted)
{
	unsigned int shape;

	for (shape = 0; shape < SHAPES; shape++) {
		struct hvp_call call = hyperv(number, shape, input, bytes);
		int error = run(&call);

		if (shape >= HVP_SHAPE_FAST &&
		    (error == -E2BIG || error == -EOPNOTSUPP))
			ok(call.refusal, "%s %s: refused (%u)", what,
			   shapes[shape], call.refusal);
		else
			check_status(what, hyperv(number, shape, input, bytes),
				     wanted);
	}
}

static void test_hyperv_calls(void)
{
	static const uint64_t spin[1] = { 1 }, ipi[3] = { 0x20 };
	static const uint64_t flush_list[4] = { 0, 0, 0, 0x7f0000000000 };
	struct {
		uint64_t partition;
		uint32_t vp, vtl;
		uint32_t name;
	} __attribute__((packed)) get = { ~0ULL, 0xfffffffe, 0, 0x100 };
	uint64_t output[2] = { ~0ULL, ~0ULL };
	/* Xen does not look at what a simple call has no use for. */
	int bad_control = on_xen ? 0 : 3;
	struct hvp_call call;

	every_shape("invalid code", 0xbeef, NULL, 0, 2);
	every_shape("long spin wait", 8, spin, 8, 0);
	every_shape("flush of nobody", 2, flush_nobody, 24, OPTIONAL);
	every_shape("flush ex of nobody", 0x13, flush_nobody, 32, OPTIONAL);
	every_shape("IPI to nobody", 0xb, ipi, 16, OPTIONAL);
	every_shape("IPI ex to nobody", 0x15, ipi, 24, OPTIONAL);

	call = hyperv(3, HVP_SHAPE_AUTO, flush_list, 32);
	call.reps = 1;
	check_status("flush list of nobody", call, OPTIONAL);
	call = hyperv(3, HVP_SHAPE_SLOW, flush_list, 32);
	call.reps = 1;
	is("rep call", run(&call), 0);
	is("all elements done", call.reps_done, call.status ? 0 : 1);

	call = hyperv(0x46, HVP_SHAPE_SLOW, NULL, 0);
	call.output = (uintptr_t)output;
	call.output_capacity = sizeof(output);
	check_status("partition id", call, OPTIONAL);
	call = hyperv(0x8001, HVP_SHAPE_AUTO, NULL, 0);
	call.output = (uintptr_t)output;
	call.output_capacity = 8;
	check_status("capabilities", call, OPTIONAL);
	is("output not vouched for is not copied", output[1], -1);
	call.shape = HVP_SHAPE_FAST;
	ok(run(&call) == -EOPNOTSUPP || call.status == 5 ||
	   acceptable(call.status, OPTIONAL),
	   "fast capabilities: error %d, status %u", call.error,
	   call.status);
	call = hyperv(0x50, HVP_SHAPE_SLOW, &get, sizeof(get));
	call.reps = 1;
	check_status("version register", call, OPTIONAL);

	call = hyperv(8 | 1ULL << 32, HVP_SHAPE_FAST, spin, 8);
	call.flags = HVP_CALL_CONTROL;
	check_status("reps of a simple call", call, bad_control);
	call = hyperv(8 | 1ULL << 27, HVP_SHAPE_FAST, spin, 8);
	call.flags = HVP_CALL_CONTROL;
	check_status("reserved bit", call, bad_control);
}

static void refused(const char *what, struct hvp_call call, int wanted)
{
	int error = run(&call);

	ok(error == wanted, "%s: error %d, wanted %d, reason %u refusal %u status %u",
	   what, error, wanted, call.reason, call.refusal, call.status);
	if (wanted != -EFAULT || !call.issued)
		ok(!call.issued, "%s: executed %u times", what, call.issued);
}

static void test_hyperv_refusals(void)
{
	static const uint64_t spin[1] = { 1 };
	static const uint64_t flush_all[4] = { 0, 1, 0, 0 };
	static const uint64_t ipi_cpu0[2] = { 0x20, 1 };
	int gate = locked ? -EKEYREJECTED : -EPERM;
	struct hvp_call call;
	uint64_t room[2];

	if (!unsafe || locked) {
		refused("flush of everybody",
			hyperv(0x13, 0, flush_all, 32), gate);
		refused("IPI to CPU 0", hyperv(0xb, 0, ipi_cpu0, 16), gate);
		refused("signal-event", hyperv(0x5d, 0, spin, 8), gate);
		refused("a code without sizes", hyperv(0x40, 0, NULL, 0), gate);
		refused("a code without a name", hyperv(0x1d, 0, NULL, 0), gate);
		call = hyperv(0xbeef, 0, NULL, 0);
		call.insn = HVP_INSN_VMCALL;
		refused("an instruction of one's own", call, gate);
		call = hyperv(0xbeef, HVP_SHAPE_SLOW, NULL, 0);
		call.flags = HVP_CALL_LAYOUT;
		call.out_header = 8;
		refused("sizes of one's own", call, gate);
		call = hyperv(0xbeef | 1ULL << 31, 0, NULL, 0);
		call.flags = HVP_CALL_CONTROL;
		ok(run(&call) == gate || call.error == -EINVAL,
		   "nested bit: error %d", call.error);
	}
	refused("input too short", hyperv(8, 0, spin, 4), -EINVAL);
	refused("input missing", hyperv(8, 0, NULL, 0), -EINVAL);
	refused("input too long", hyperv(8, 0, flush_nobody, 16), -EINVAL);
	refused("no such shape", hyperv(8, 4, spin, 8), -EINVAL);
	refused("reps of a simple call",
		({ call = hyperv(8, 0, spin, 8); call.reps = 1; call; }), -EINVAL);
	refused("no reps", hyperv(3, 0, flush_nobody, 24), -EINVAL);
	refused("control bits without the flag",
		hyperv(0xbeef | 1ULL << 27, 0, NULL, 0), -EINVAL);
	refused("sizes without the flag",
		({ call = hyperv(8, 0, spin, 8); call.in_header = 8; call; }),
		-EINVAL);
	refused("an argument", ({ call = hyperv(8, 0, spin, 8);
				  call.args[4] = 1; call; }), -EINVAL);
	call = hyperv(8, 0, spin, 4097);
	refused("more than a page", call, -E2BIG);
	run(&call);
	ok(call.refusal == REFUSAL_TOO_BIG_PAGE, "more than a page: refusal %u",
	   call.refusal);
	refused("null input", hyperv(8, 0, NULL, 8), -EFAULT);
	call = hyperv(0x46, HVP_SHAPE_SLOW, NULL, 0);
	call.output = (uintptr_t)room;
	call.output_capacity = 7;
	refused("output too short", call, -EINVAL);
	refused("XMM call by two registers",
		hyperv(0x13, HVP_SHAPE_FAST, flush_nobody, 32), -E2BIG);
}

static int without_rawio(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = { { 0 } };
	struct hvp_call call = new_call(ABI_KVM, 8);

	if (has(ABI_XEN)) {
		call = new_call(ABI_XEN, 17);
		call.args[0] = XENVER_COMMANDLINE;
	} else if (!has(ABI_KVM)) {
		call = hyperv(0x1d, 0, NULL, 0);
	}
	if (syscall(SYS_capset, &header, data))
		return 1;
	return -run(&call);
}

/* They return elsewhere, which nothing catches in a page that is the kernel's. */
static void test_vtl_switches(void)
{
	struct hvp_call call = hyperv(0xbeef, 0, NULL, 0);
	unsigned int code;

	is("unsafe: invalid code", run(&call), 0);
	if (call.insn_used != HVP_INSN_PAGE &&
	    call.insn_used != HVP_INSN_KERNEL)
		return;
	for (code = 0x11; code <= 0x12; code++) {
		refused("unsafe: VTL switch", hyperv(code, 0, NULL, 0),
			-EPERM);
		call = hyperv(code, HVP_SHAPE_FAST, NULL, 0);
		call.flags = HVP_CALL_LAYOUT;
		refused("unsafe: VTL switch with sizes", call, -EPERM);
	}
}

static void test_unsafe(bool hyperv_works)
{
	struct hvp_call call;
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child)
		_exit(without_rawio());
	waitpid(child, &status, 0);
	is("unsafe: without CAP_SYS_RAWIO", WEXITSTATUS(status), EACCES);
	if (!hyperv_works)
		return;
	test_vtl_switches();
	refused("unsafe: sizes not known", hyperv(0x1d, 0, NULL, 0), -ENODATA);
	call = hyperv(0x1d, HVP_SHAPE_SLOW, NULL, 0);
	call.flags = HVP_CALL_LAYOUT;
	call.out_header = 16;
	/* 0x1d is reserved. */
	check_status("unsafe: reserved code with sizes", call, 2);
}

int main(int argc, char **argv)
{
	bool hyperv_works = false;
	struct hvp_call call;

	unsafe = argc > 1;
	locked = argc > 1 && !strcmp(argv[1], "locked");
	if (!open_device())
		return 1;
	if (argc > 1 && !strcmp(argv[1], "order"))
		return make_mixed_batch();
	if (argc > 1 && !strcmp(argv[1], "deadline"))
		return make_late_calls();
	group("batch");
	test_batch();
	test_batch_hole();
	if (has(ABI_KVM)) {
		group("kvm");
		test_call_fields(ABI_KVM, 1);
		test_kvm();
	}
	on_xen = has(ABI_XEN);
	if (on_xen) {
		group("xen");
		test_call_fields(ABI_XEN, 17);
		test_xen();
	}
	if (has(ABI_HYPERV)) {
		call = hyperv(0xbeef, 0, NULL, 0);
		hyperv_works = !run(&call);
		if (hyperv_works) {
			group("hyperv: fields");
			test_call_fields(ABI_HYPERV, 0xbeef);
			group("hyperv: calls");
			test_hyperv_calls();
			group("hyperv: refusals");
			test_hyperv_refusals();
		} else {
			group("hyperv: nothing carries it");
			is("error", call.error, -EOPNOTSUPP);
			is("reason", call.reason, REASON_NEEDS_HYPERV_SETUP);
		}
	}
	if (unsafe && !locked &&
	    (hyperv_works || has(ABI_KVM) || has(ABI_XEN))) {
		group("unsafe");
		test_unsafe(hyperv_works);
	}
	return done_testing();
}
