// SPDX-License-Identifier: GPL-2.0-only
/*
 * HVP_IOC_CALL on arm64 as TAP. calls_arm64 [unsafe]: how the module was loaded.
 * What could end the guest if it were not refused comes last.
 */
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <linux/capability.h>
#include "batchtest.h"

#define PSCI_VERSION	0x84000000
#define PSCI_AFFINITY	0xc4000004
#define PSCI_SYSTEM_OFF	0x84000008
#define PSCI_SYSTEM_RESET	0x84000009
#define UNLISTED	0x80004321
#define HYPERV_CALL	0x46000001
#define HYPERV_FAST	(1ULL << 16)
#define XEN_VERSION	17

#define POISON		0xa5a5a5a5a5a5a5a5ULL
#define REGISTER_BYTES	(18 * sizeof(uint64_t))

static bool unsafe;

static bool has(unsigned int abi)
{
	struct hvp_call call = new_call(abi, UINT64_MAX);

	return run(&call) != -ENXIO;
}

static void refused(const char *what, struct hvp_call call, int wanted)
{
	int error = run(&call);

	ok(error == wanted && !call.issued &&
	   call.outcome == HVP_OUTCOME_SKIPPED,
	   "%s: error %d, wanted %d, executed %u times, outcome %u", what,
	   error, wanted, call.issued, call.outcome);
}

/* Each of them by one byte, of a call that would do nothing anyway. */
static void test_fields(void)
{
	static const struct {
		const char *name;
		size_t at;
	} fields[] = {
#define FIELD(member)	{ #member, offsetof(struct hvp_call, member) }
		FIELD(flags), FIELD(reserved), FIELD(reserved2[0]),
		FIELD(reserved2[1]), FIELD(shape), FIELD(in_header),
		FIELD(in_element), FIELD(out_header), FIELD(out_element),
		FIELD(var_qwords), FIELD(reps), FIELD(input_bytes),
		FIELD(input), FIELD(insn),
#undef FIELD
	};
	struct hvp_call call;
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		call = new_call(ABI_SMCCC, PSCI_VERSION);
		((unsigned char *)&call)[fields[i].at] = 1;
		refused(fields[i].name, call, -EINVAL);
	}
	call = new_call(ABI_SMCCC, PSCI_VERSION);
	call.deadline_us = HVP_CALL_DEADLINE_MAX + 1;
	refused("deadline", call, -EINVAL);
	call = new_call(ABI_SMCCC, PSCI_VERSION);
	call.deadline_us = HVP_CALL_DEADLINE_MAX;
	call.result = call.cycles = ~0ULL;
	call.issued = ~0U;
	is("result fields need not be zero", run(&call), 0);
	is("and are written", call.issued, 1);
}

/* Registers, as many as there is room for, and not a byte more. */
static void test_output(void)
{
	static const struct {
		uint32_t capacity, bytes;
	} rooms[] = {
		{ 7, 0 }, { 8, 8 }, { 12, 8 }, { 16, 16 },
		{ REGISTER_BYTES - 1, REGISTER_BYTES - 8 },
		{ REGISTER_BYTES, REGISTER_BYTES },
		{ REGISTER_BYTES + 8, REGISTER_BYTES },
	};
	uint64_t room[REGISTER_BYTES / 8 + 2], poison = POISON;
	struct hvp_call call = new_call(ABI_SMCCC, PSCI_VERSION);
	size_t i;

	is("PSCI's version", run(&call), 0);
	is("version: executed", call.issued, 1);
	is("version: outcome", call.outcome, HVP_OUTCOME_VALUE);
	ok(call.result >> 16 && !(call.result >> 31), "version %#llx",
	   (unsigned long long)call.result);
	is("version: nothing is copied", call.output_bytes, 0);
	ok(call.insn_used == HVP_INSN_HVC || call.insn_used == HVP_INSN_SMC,
	   "version: instruction %u", call.insn_used);

	for (i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		unsigned int at;

		memset(room, 0xa5, sizeof(room));
		call = new_call(ABI_SMCCC, PSCI_VERSION);
		call.output = (uintptr_t)room;
		call.output_capacity = rooms[i].capacity;
		is("output", run(&call), 0);
		is("output: bytes", call.output_bytes, rooms[i].bytes);
		if (rooms[i].bytes)
			ok(room[0] == call.result, "output: X0 %#llx",
			   (unsigned long long)room[0]);
		for (at = rooms[i].bytes; at < sizeof(room); at++)
			if (((unsigned char *)room)[at] != 0xa5)
				break;
		is("output: what is behind it stays", at, sizeof(room));
		ok(rooms[i].bytes || room[0] == poison, "output: no room");
	}
	call = new_call(ABI_SMCCC, PSCI_VERSION);
	call.output_capacity = 8;
	is("output: null", run(&call), -EFAULT);
	is("output: null, the call was made", call.issued, 1);
	is("output: null, no bytes", call.output_bytes, 0);
}

/* The first CPU is on; another is INVALID_PARAMETERS, or off as Xen has it. */
static void test_arguments(void)
{
	struct hvp_call call = new_call(ABI_SMCCC, PSCI_AFFINITY);

	call.args[0] = 0xff00ff0f0fULL;
	is("affinity of nobody", run(&call), 0);
	ok((int64_t)call.result == -2 || call.result == 1,
	   "affinity of nobody: %lld", (long long)call.result);
	call = new_call(ABI_SMCCC, PSCI_AFFINITY);
	is("affinity of the first CPU", run(&call), 0);
	is("affinity of the first CPU: on", (int64_t)call.result, 0);
}

static int without_rawio(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = { { 0 } };
	struct hvp_call call = new_call(ABI_SMCCC, UNLISTED);

	if (syscall(SYS_capset, &header, data))
		return 1;
	return -run(&call);
}

static void test_gate(void)
{
	struct hvp_call call = new_call(ABI_SMCCC, UNLISTED);
	int status = 0;
	pid_t child;

	if (!unsafe) {
		refused("a function that is not listed", call, -EPERM);
		return;
	}
	is("unsafe: a function that is not listed", run(&call), 0);
	is("unsafe: is made", call.issued, 1);
	fflush(stdout);
	child = fork();
	if (!child)
		_exit(without_rawio());
	waitpid(child, &status, 0);
	is("unsafe: without CAP_SYS_RAWIO", WEXITSTATUS(status), EACCES);
}

static void test_xen(void)
{
	struct hvp_call call = new_call(ABI_XEN, XEN_VERSION);
	char text[24];

	is("version", run(&call), 0);
	ok(call.result >> 16 && !(call.result >> 31), "version %#llx",
	   (unsigned long long)call.result);
	memset(text, 0x5a, sizeof(text));
	call = new_call(ABI_XEN, XEN_VERSION);
	call.args[0] = 1;
	call.output = (uintptr_t)text;
	call.output_capacity = 15;
	refused("extraversion without room", call, -EINVAL);
	ok(text[0] == 0x5a, "extraversion without room: is written");
	call.output_capacity = 16;
	is("extraversion", run(&call), 0);
	is("extraversion: result", (int64_t)call.result, 0);
	is("extraversion: bytes", call.output_bytes, 16);
	ok(text[0] == '.' && text[16] == 0x5a, "extraversion: %.16s, behind it %d",
	   text, text[16]);
	call = new_call(ABI_XEN, XEN_VERSION);
	call.args[1] = 4096;
	refused("an address", call, -EPERM);
	call = new_call(ABI_XEN, XEN_VERSION);
	call.args[4] = 1;
	refused("a fifth argument", call, -EPERM);
	refused("memory_op", new_call(ABI_XEN, 12), -EPERM);
}

static void test_refusals(void)
{
	bool hyperv = has(ABI_HYPERV);
	struct hvp_call call;

	refused("no such interface", new_call(0xffff, PSCI_VERSION), -ENXIO);
	refused("VMware", new_call(ABI_VMWARE, 1), -ENXIO);
	call = new_call(ABI_SMCCC, HYPERV_CALL);
	call.args[0] = 0x100000050;
	refused("a slow Hyper-V call", call, hyperv ? -EPERM : -ENXIO);
	if (hyperv && !unsafe) {
		call.args[0] |= HYPERV_FAST;
		refused("a fast one that is not listed", call, -EPERM);
	}
	refused("above 32 bits", new_call(ABI_SMCCC, 1ULL << 32 | PSCI_VERSION),
		-EPERM);
	refused("all ones", new_call(ABI_SMCCC, UINT64_MAX), -EPERM);
	refused("a yielding call", new_call(ABI_SMCCC, 0x04000000), -EPERM);
	/* HVC_SOFT_RESTART. */
	refused("a command of the stub", new_call(ABI_SMCCC, 1), -EPERM);
	refused("PSCI_SYSTEM_RESET", new_call(ABI_SMCCC, PSCI_SYSTEM_RESET),
		-EPERM);
	refused("PSCI_SYSTEM_OFF", new_call(ABI_SMCCC, PSCI_SYSTEM_OFF),
		-EPERM);
}

int main(int argc, char **argv)
{
	unsafe = argc > 1 && !strcmp(argv[1], "unsafe");
	if (!open_device())
		return 1;
	group("batch");
	test_batch();
	test_batch_hole();
	group("fields");
	test_fields();
	group("output");
	test_output();
	group("arguments");
	test_arguments();
	group("gate");
	test_gate();
	if (has(ABI_XEN)) {
		group("xen");
		test_xen();
	}
	group("refusals");
	test_refusals();
	return done_testing();
}
