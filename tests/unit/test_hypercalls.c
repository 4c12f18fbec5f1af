// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/hypercalls: what the compiler cannot check in the tables, and which calls
 * may be made without the unsafe gate.
 */
#include "../../core/hvcall_regs.h"
#include "../../core/hypercalls.h"
#include "tap.h"

#define MEANING_MAX	70
#define SPEC_MAX	40

/* ^[a-z0-9]+(-[a-z0-9]+)*$ */
static bool good_name(const char *name)
{
	bool between = true;

	for (; *name; name++) {
		bool word = (*name >= 'a' && *name <= 'z') ||
			    (*name >= '0' && *name <= '9');

		if (!word && (between || *name != '-'))
			return false;
		between = !word;
	}
	return !between;
}

static bool good_text(const char *text, size_t max)
{
	size_t length = strlen(text), i;

	for (i = 0; i < length; i++)
		if (text[i] < ' ' || text[i] > '~' || text[i] == '|')
			return false;
	return length && length <= max;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* "get-vp-registers" is HvCallGetVpRegisters. */
static bool name_fits_tlfs(const char *name, const char *tlfs)
{
	if (!strncmp(tlfs, "HvExtCall", 9))
		tlfs += 9;
	else if (!strncmp(tlfs, "HvCall", 6))
		tlfs += 6;
	else
		return false;
	for (; *name; name++) {
		if (*name == '-')
			continue;
		if (lower(*tlfs++) != *name)
			return false;
	}
	return !*tlfs;
}

static void test_calls(void)
{
	u32 i, wrong = 0, order = 0, names = 0;

	for (i = 0; i < hvp_hypercall_count; i++) {
		const struct hvp_hypercall *call = &hvp_hypercalls[i];

		if (i && call->code <= call[-1].code)
			order++;
		if (hvp_hypercall_find(call->code) != call ||
		    hvp_hypercall_find_name(call->name) != call ||
		    (*call->tlfs &&
		     hvp_hypercall_find_name(call->tlfs) != call) ||
		    !good_name(call->name) ||
		    (*call->tlfs && !name_fits_tlfs(call->name, call->tlfs))) {
			diag("call 0x%x %s %s", call->code, call->name,
			     call->tlfs);
			names++;
		}
		if (!good_text(call->spec, SPEC_MAX) ||
		    call->safety >= HVP_SAFETY_COUNT ||
		    (call->needs >= HVP_CAP_COUNT &&
		     call->needs != HVP_CAP_NONE) ||
		    (call->needs < HVP_CAP_COUNT &&
		     hvp_caps[call->needs].abi != HVP_ABI_HYPERV) ||
		    (call->safety < HVP_SAFETY_UNSAFE &&
		     call->flags & HVP_HC_RAW) ||
		    (call->code > 0x8000 && call->code <= 0x8041 &&
		     (call->needs != HVP_CAP_HYPERV_ENABLE_EXTENDED_HYPERCALLS ||
		      strncmp(call->tlfs, "HvExtCall", 9)))) {
			diag("call 0x%x", call->code);
			wrong++;
		}
	}
	ok(!order, "%u calls, by rising code, each once", hvp_hypercall_count);
	ok(!names, "names are well formed, those of the TLFS, find their row");
	ok(!wrong, "rows are plausible");
	ok(!hvp_hypercall_find(0) && !hvp_hypercall_find(0x1d) &&
		   !hvp_hypercall_find(0x10050) && !hvp_hypercall_find(0xffff) &&
		   !hvp_hypercall_find_name("") &&
		   !hvp_hypercall_find_name("get-vp-register"),
	   "what has no row is not found");
}

/* hyperv.md section 5.1: calls of the parent and root, and those with a list. */
static void test_lists(void)
{
	static const u16 ranges[][2] = {
		{ 0x40, 0x45 }, { 0x47, 0x4f }, { 0x53, 0x5b }, { 0x5e, 0x5f },
		{ 0x6c, 0x70 },
	};
	static const u16 lists[] = { 0x48, 0x49, 0x4b, 0x4c, 0x6e };
	u32 i, n, code, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(ranges); i++)
		for (code = ranges[i][0]; code <= ranges[i][1]; code++) {
			const struct hvp_hypercall *call =
				hvp_hypercall_find(code);
			bool list = false;

			for (n = 0; n < HVP_ARRAY_SIZE(lists); n++)
				list |= lists[n] == code;
			if (!call ||
			    call->type != (list ? HVP_HVCALL_REP :
						  HVP_HVCALL_SIMPLE)) {
				diag("call 0x%x", code);
				wrong++;
			}
		}
	ok(!wrong, "calls of the parent take a list where they are said to");
}

/* hyperv.md section 5.5: never to be issued in a probe. */
static void test_never(void)
{
	static const u16 ranges[][2] = {
		{ 0x0a, 0x0a }, { 0x0c, 0x12 }, { 0x40, 0x45 }, { 0x48, 0x4f },
		{ 0x51, 0x51 }, { 0x53, 0x54 }, { 0x76, 0x8f }, { 0x99, 0x99 },
		{ 0xd9, 0xdb }, { 0xaf, 0xb0 }, { 0x107, 0x107 },
		{ 0x8003, 0x8006 }, { 0xc001, 0xc001 },
	};
	static const u16 allowed[] = { 0x02, 0x03, 0x08, 0x0b, 0x13, 0x14, 0x15,
				       0x46, 0x50, 0x9a, 0x8001, 0x8002,
				       0xbeef };
	u32 i, j, code, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(ranges); i++)
		for (code = ranges[i][0]; code <= ranges[i][1]; code++) {
			const struct hvp_hypercall *call =
				hvp_hypercall_find(code);

			/* 0x81 has no name. */
			wrong += call ? call->safety != HVP_SAFETY_NEVER :
					code != 0x81;
		}
	ok(!wrong, "what must never be issued is marked so");
	for (i = 0, j = 0; i < hvp_hypercall_count; i++) {
		if (hvp_hypercalls[i].safety >= HVP_SAFETY_UNSAFE)
			continue;
		wrong += j >= HVP_ARRAY_SIZE(allowed) ||
			 hvp_hypercalls[i].code != allowed[j];
		j++;
	}
	ok(!wrong && j == HVP_ARRAY_SIZE(allowed),
	   "the allow-list has these %u codes and no other", j);
}

static void test_abi_calls(void)
{
	u32 i, wrong = 0;

	for (i = 0; i < HVP_ABI_CALL_COUNT; i++) {
		const struct hvp_abi_call *call = &hvp_abi_calls[i];
		bool points = call->fill == HVP_ABI_FILL_A0_PAGE_GPA ||
			      call->fill == HVP_ABI_FILL_A1_BUFFER ||
			      call->fill == HVP_ABI_FILL_A1_SIZED;

		if (hvp_abi_call_find_name(call->abi, call->name) != call ||
		    !good_name(call->name) || !good_text(call->spec, SPEC_MAX) ||
		    call->fill >= HVP_ABI_FILL_COUNT || points != !!call->bytes ||
		    (call->abi != HVP_ABI_KVM && call->abi != HVP_ABI_XEN &&
		     call->abi != HVP_ABI_VMWARE)) {
			diag("%s", call->name);
			wrong++;
		}
	}
	ok(!wrong, "%d harmless calls of KVM, Xen and VMware",
	   (int)HVP_ABI_CALL_COUNT);
	ok(!hvp_abi_call_find_name(HVP_ABI_XEN, "vapic-poll-irq"),
	   "a name belongs to its interface");
}

static void test_status(void)
{
	u32 i, j, wrong = 0;

	for (i = 0; i < hvp_status_count; i++) {
		wrong += i && hvp_statuses[i].value <= hvp_statuses[i - 1].value;
		wrong += hvp_status_find(hvp_statuses[i].value) !=
				 &hvp_statuses[i] ||
			 !good_text(hvp_statuses[i].meaning, MEANING_MAX);
		for (j = 0; j < i; j++)
			wrong += !strcmp(hvp_statuses[i].name,
					 hvp_statuses[j].name);
	}
	ok(!wrong, "%u status codes, by rising value, each value and name once",
	   hvp_status_count);
	ok(!strcmp(hvp_status_name(2), "INVALID_HYPERCALL_CODE") &&
		   !strcmp(hvp_status_name(1), "?") &&
		   !strcmp(hvp_status_name(0xffff), "?") &&
		   !hvp_status_find(0x10002) &&
		   HVP_STATUS_TIMEOUT == HVP_HVCALL_STATUS_TIMEOUT,
	   "codes without a name have none");
}

static void test_extcaps(void)
{
	u32 i, j, wrong = 0;

	for (i = 0; i < hvp_extcap_count; i++) {
		const struct hvp_extcap *cap = &hvp_extcaps[i];

		wrong += cap->bit > 63 || hvp_extcap_find(cap->bit) != cap ||
			 !good_name(cap->name) ||
			 !good_text(cap->meaning, MEANING_MAX) ||
			 !good_text(cap->spec, SPEC_MAX) ||
			 !hvp_hypercall_find(cap->code) || cap->code <= 0x8001;
		for (j = 0; j < i; j++)
			wrong += !strcmp(cap->name, hvp_extcaps[j].name);
	}
	ok(!wrong && !hvp_extcap_find(63), "extended capabilities");
	ok(hvp_extcap_unlisted(~0ULL) == ~0x11fULL && !hvp_extcap_unlisted(3),
	   "bits without a row are told");
}

static void test_registers(void)
{
	u32 i, wrong = 0;

	for (i = 0; i < hvp_hvreg_count; i++) {
		const struct hvp_hvreg *reg = &hvp_hvregs[i];

		wrong += i && reg->number <= reg[-1].number;
		wrong += hvp_hvreg_find(reg->number) != reg ||
			 hvp_hvreg_find_name(reg->name) != reg ||
			 !good_name(reg->name);
	}
	ok(!wrong, "%u registers, by rising number, each name once",
	   hvp_hvreg_count);
	ok(hvp_hvreg_find(0x200)->leaf == 3 && hvp_hvreg_find(0x100)->leaf == 2 &&
		   hvp_hvreg_find(0x207)->leaf == 0xa &&
		   hvp_hvreg_find(0x20011) ==
			   hvp_hvreg_find_name("rflags") &&
		   !hvp_hvreg_find(0x999),
	   "what they are equivalent to");
}

/* --------------------------------------------------------------- harmless */

static u8 input[4096];

static void put(u32 at, u64 value, u32 bytes)
{
	memcpy(input + at, &value, bytes);
}

static struct hvp_hvcall_request request_of(u32 code, u32 reps)
{
	struct hvp_hvcall_request request;

	hvp_hypercall_request(hvp_hypercall_find(code), reps, 0, &request);
	return request;
}

static bool harmless(const struct hvp_hvcall_request *request)
{
	return hvp_hypercall_is_harmless(
		request, input,
		request->in_header + (u32)request->reps * request->in_element);
}

/* Writes a value, asks again, restores: is the call refused then? */
static bool spoils(const struct hvp_hvcall_request *request, u32 at, u64 value,
		   u32 bytes)
{
	u8 saved[8];
	bool refused;

	memcpy(saved, input + at, bytes);
	put(at, value, bytes);
	refused = !harmless(request);
	memcpy(input + at, saved, bytes);
	return refused && harmless(request);
}

static void test_harmless_arguments(void)
{
	struct hvp_hvcall_request request;

	memset(input, 0, sizeof(input));
	put(0, HVP_HV_PARTITION_SELF, 8);
	put(8, HVP_HV_VP_SELF, 4);
	put(16, HVP_HVREG_HYPERVISOR_VERSION, 4);
	put(20, HVP_HVREG_VP_INDEX, 4);
	request = request_of(0x50, 2);
	ok(harmless(&request), "0x50 of listed registers of its own");
	ok(spoils(&request, 0, 1, 8) && spoils(&request, 8, 0, 4) &&
		   spoils(&request, 12, 1, 1) && spoils(&request, 13, 1, 1) &&
		   spoils(&request, 20, 0x90001, 4) &&
		   spoils(&request, 20, HVP_HVREG_EOM, 4) &&
		   spoils(&request, 16, HVP_HVREG_SIRBP, 4),
	   "not of another partition, VP, VTL; no register that is not listed");

	memset(input, 0, sizeof(input));
	put(0, HVP_HV_PARTITION_SELF, 8);
	request = request_of(0x9a, 1);
	ok(harmless(&request) && spoils(&request, 0, 2, 8) &&
		   spoils(&request, 8, 2, 1),
	   "0x9a for itself");

	memset(input, 0, sizeof(input));
	request = request_of(0x02, 0);
	ok(harmless(&request) && spoils(&request, 8, 1, 8) &&
		   spoils(&request, 8, 0x10, 8) && spoils(&request, 16, 1, 8) &&
		   !spoils(&request, 8, 2, 8) && !spoils(&request, 0, 4096, 8),
	   "0x02 for nobody");
	request = request_of(0x03, 2);
	ok(harmless(&request) && spoils(&request, 16, 1ULL << 63, 8) &&
		   !spoils(&request, 32, 0x1000, 8),
	   "0x03 for nobody");
	request = request_of(0x14, 1);
	ok(harmless(&request) && spoils(&request, 16, 1, 8) &&
		   spoils(&request, 24, 1, 8) && spoils(&request, 8, 1, 8),
	   "0x14 for nobody; format 1 is everybody");
	request = request_of(0x13, 0);
	ok(harmless(&request) && spoils(&request, 24, 2, 8),
	   "0x13 for nobody");

	put(0, 0x20, 4);
	request = request_of(0x0b, 0);
	ok(harmless(&request) && spoils(&request, 8, 1, 8) &&
		   spoils(&request, 0, 15, 4) && spoils(&request, 0, 256, 4) &&
		   spoils(&request, 4, 1, 1),
	   "0x0b for nobody, with a vector that exists");
	request = request_of(0x15, 0);
	ok(harmless(&request) && spoils(&request, 8, 1, 8) &&
		   spoils(&request, 16, 1, 8) && spoils(&request, 4, 1, 4),
	   "0x15 for nobody");
	request.var_qwords = 1;
	ok(!harmless(&request), "a bank of processors is not nobody");
}

static void test_harmless_requests(void)
{
	struct hvp_hvcall_request good = request_of(0x08, 0), request;
	u32 i, wrong = 0;

	memset(input, 0, sizeof(input));
	ok(harmless(&good) && hvp_hypercall_is_harmless(&good, input, 8),
	   "0x08");
	ok(!hvp_hypercall_is_harmless(&good, input, 7) &&
		   !hvp_hypercall_is_harmless(&good, input, 9) &&
		   !hvp_hypercall_is_harmless(&good, NULL, 8),
	   "all of the input has to be there");
	request = good;
	request.in_header = 16;
	ok(!harmless(&request), "nor another size");
	request = good;
	request.out_header = 8;
	ok(!harmless(&request), "nor an output it does not have");
	request = good;
	request.flags |= HVP_HVCALL_NESTED;
	ok(!harmless(&request), "nor for the hypervisor below");
	request = good;
	request.type = HVP_HVCALL_REP;
	request.reps = 1;
	ok(!harmless(&request), "nor as a rep call");
	request = good;
	request.control_extra = 1ULL << 27 | 1ULL << 32;
	ok(harmless(&request), "a reserved bit and a rep get it refused");
	request.control_extra = 1ULL << 17;
	ok(!harmless(&request), "a variable header is another matter");
	request.control_extra = 8;
	ok(!harmless(&request), "and so is another code");

	for (i = 0; i < 0x10000; i++) {
		const struct hvp_hypercall *call = hvp_hypercall_find(i);

		request = good;
		request.code = (u16)i;
		if (call)
			hvp_hypercall_request(call, call->type != 0, 0,
					      &request);
		if (harmless(&request) &&
		    (!call || call->safety >= HVP_SAFETY_UNSAFE)) {
			diag("0x%x", i);
			wrong++;
		}
	}
	ok(!wrong, "no code without an allowing row is harmless");
	request = request_of(0x8001, 0);
	ok(hvp_hypercall_is_harmless(&request, NULL, 0), "0x8001");
	request = request_of(0xbeef, 0);
	ok(hvp_hypercall_is_harmless(&request, NULL, 0),
	   "the code that no call has");
}

static void test_requests(void)
{
	struct hvp_hvcall_request request;
	struct hvp_hvcall_layout layout;
	u32 i, wrong = 0;

	for (i = 0; i < hvp_hypercall_count; i++) {
		const struct hvp_hypercall *call = &hvp_hypercalls[i];
		u32 reps = call->type == HVP_HVCALL_REP;
		int error = hvp_hypercall_request(call, reps, 0, &request);

		request.available = HVP_HVCALL_CAN_SLOW;
		request.out_gpa = 4096;
		if (error != (call->flags & HVP_HC_RAW ? -ENODATA : 0) ||
		    (!error && hvp_hvcall_layout(&request, &layout)) ||
		    (!error && layout.control !=
				       (call->code | (u64)reps << 32))) {
			diag("0x%x", call->code);
			wrong++;
		}
	}
	ok(!wrong, "each row with sizes has a slow layout, the others are raw");
	hvp_hypercall_request(hvp_hypercall_find(0x50), 65537, 0, &request);
	request.available = HVP_HVCALL_CAN_ALL;
	ok(hvp_hvcall_layout(&request, &layout) == -EINVAL &&
		   layout.refusal == HVP_HVCALL_REFUSAL_BAD_REPS,
	   "65537 reps are not 1");
	hvp_hypercall_request(hvp_hypercall_find(0x13), 0, 65537, &request);
	ok(hvp_hvcall_layout(&request, &layout) == -E2BIG &&
		   layout.refusal == HVP_HVCALL_REFUSAL_VAR_HEADER_SIZE,
	   "65537 qwords are not 1");
}

int main(void)
{
	test_calls();
	test_lists();
	test_never();
	test_abi_calls();
	test_status();
	test_extcaps();
	test_registers();
	test_harmless_arguments();
	test_harmless_requests();
	test_requests();
	return done_testing();
}
