// SPDX-License-Identifier: GPL-2.0-only
/* core/hvcall.c: control words, worked examples, refusals, the dry run. */
#include "../../core/hvcall_text.h"
#include "hvcall_table.h"
#include "tap.h"

/* --------------------------------------------------------- control words */

static void test_control(void)
{
	static const struct {
		const char *name;
		u64 word;
		struct hvp_hvcall_control fields;
	} cases[] = {
		{ "simple, slow", 0x8001, { .code = 0x8001 } },
		{ "fast", 0x10008, { .code = 8, .fast = true } },
		{ "3 qwords of variable header", 0x70013,
		  { .code = 0x13, .fast = true, .var_qwords = 3 } },
		{ "largest variable header", 0x7fe0013,
		  { .code = 0x13, .var_qwords = 1023 } },
		{ "nested", 0x80000002, { .code = 2, .nested = true } },
		{ "rep", 0x0000000400000050ULL, { .code = 0x50, .reps = 4 } },
		{ "rep, from element 3", 0x0003000400000050ULL,
		  { .code = 0x50, .reps = 4, .rep_start = 3 } },
		{ "largest reps", 0x0ffe0fff00000003ULL,
		  { .code = 3, .reps = 4095, .rep_start = 4094 } },
		{ "reserved bits", 0xf000f00078000008ULL,
		  { .code = 8, .reserved = 0xf000f00078000000ULL } },
	};
	struct hvp_hvcall_control wide;
	u32 i, bit, wrong = 0;
	u64 covered = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(cases); i++)
		ok(hvp_hvcall_control_build(&cases[i].fields) == cases[i].word,
		   "control word: %s", cases[i].name);

	memset(&wide, 0xff, sizeof(wide));
	wide.code = 0;
	wide.fast = wide.nested = false;
	wide.reserved = ~0ULL;
	ok(hvp_hvcall_control_build(&wide) == 0xffffffff7ffe0000ULL,
	   "too wide a value stays within its field");

	for (i = 0, bit = 0; i < HVP_HVCALL_FIELD_COUNT; i++) {
		const struct hvp_hvcall_field *field = &hvp_hvcall_fields[i];

		wrong += field->lo != bit || field->hi < field->lo;
		bit = field->hi + 1U;
		if (!strcmp(field->name, "reserved"))
			covered |= (~0ULL >> (63 - field->hi)) &
				   (~0ULL << field->lo);
	}
	ok(!wrong && bit == 64 && covered == HVP_HVCALL_RESERVED_MASK,
	   "the list of fields has no gap and names the reserved bits");
}

/* -------------------------------------------------------- worked examples */

static bool span_is(const struct hvp_hvcall_span *spans, u32 reg, u32 offset,
		    u32 bytes)
{
	return spans[reg].offset == offset && spans[reg].bytes == bytes;
}

#define XMM(n)	(HVP_HVCALL_XMM0 + (n))

static void test_tlfs_examples(void)
{
	struct hvp_hvcall_request request;
	struct hvp_hvcall_layout layout;
	u32 n, wrong = 0;

	request = simple(20, 80, HVP_HVCALL_SHAPE_XMM, HVP_HVCALL_CAN_ALL, 0);
	ok(!hvp_hvcall_layout(&request, &layout) && layout.in_pairs == 2 &&
		   span_is(layout.in, HVP_HVCALL_XMM0, 16, 4) &&
		   span_is(layout.out, HVP_HVCALL_XMM0, 0, 0) &&
		   span_is(layout.out, XMM(1), 0, 16) &&
		   span_is(layout.out, XMM(5), 64, 16) && layout.xmm_count == 6,
	   "20 bytes of input leave XMM1 to XMM5, 80 bytes, to output");
	request.out_header = 81;
	ok(hvp_hvcall_layout(&request, &layout) == -E2BIG &&
		   layout.refusal == HVP_HVCALL_REFUSAL_TOO_BIG_XMM,
	   "and not one byte more");

	ok(!from_table(0x8001, 0, 0, HVP_HVCALL_SHAPE_FAST, &layout) &&
		   layout.control == 0x18001 && !layout.in_pairs &&
		   layout.out_pairs == 1 && !layout.xmm_count &&
		   span_is(layout.out, HVP_HVCALL_RDX, 0, 8) &&
		   span_is(layout.out, HVP_HVCALL_R8, 0, 0),
	   "0x8001 fast: no input, the mask comes in RDX");
	ok(!from_table(0x8001, 0, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_SLOW &&
		   layout.reason == HVP_HVCALL_REASON_SLOW_UNDOCUMENTED &&
		   layout.control == 0x8001 && !layout.in_gpa &&
		   layout.out_gpa == OUT_GPA,
	   "0x8001 left to itself goes through memory, RDX is 0");
	ok(!from_table(0x46, 0, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_FAST &&
		   layout.control == 0x10046 &&
		   span_is(layout.out, HVP_HVCALL_RDX, 0, 8),
	   "0x46 with XMM output: partition id in RDX");

	for (n = 1; n <= 4; n++)
		wrong += from_table(0x50, n, 0, HVP_HVCALL_SHAPE_XMM, &layout) ||
			 layout.control != ((u64)n << 32 | 0x10050) ||
			 layout.in_pairs != 2 || layout.out_pairs != n ||
			 !span_is(layout.in, HVP_HVCALL_RDX, 0, 8) ||
			 !span_is(layout.in, HVP_HVCALL_R8, 8, 8) ||
			 !span_is(layout.in, HVP_HVCALL_XMM0, 16, 4 * n) ||
			 !span_is(layout.out, XMM(1), 0, 16) ||
			 !span_is(layout.out, XMM(n), 16 * (n - 1), 16);
	ok(!wrong, "0x50, 1 to 4 names: in XMM0, values from XMM1 on");
	ok(from_table(0x50, 5, 0, HVP_HVCALL_SHAPE_XMM, &layout) == -E2BIG &&
		   layout.refusal == HVP_HVCALL_REFUSAL_TOO_BIG_XMM,
	   "0x50, 5 names: 3 and 5 pairs are refused");
	ok(!from_table(0x50, 5, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_SLOW &&
		   layout.reason == HVP_HVCALL_REASON_SLOW_TOO_BIG,
	   "0x50, 5 names left to itself: memory, and says why");

	ok(!from_table(0x9a, 1, 0, HVP_HVCALL_SHAPE_XMM, &layout) &&
		   span_is(layout.in, HVP_HVCALL_XMM0, 16, 4) &&
		   span_is(layout.out, XMM(1), 0, 4),
	   "0x9a, 1 id: index in the low word of XMM1");
	ok(!from_table(0x52, 0, 0, HVP_HVCALL_SHAPE_XMM, &layout) &&
		   layout.in_bytes == 32 &&
		   span_is(layout.in, HVP_HVCALL_XMM0, 16, 16) &&
		   span_is(layout.out, XMM(1), 0, 16),
	   "0x52: 32 bytes in, result in XMM1");
	ok(!from_table(0xf4, 1, 0, HVP_HVCALL_SHAPE_XMM, &layout) &&
		   layout.in_bytes == 32 && span_is(layout.out, XMM(1), 0, 16),
	   "0xf4, 1 leaf: next pair");
	ok(from_table(0x5c, 0, 0, HVP_HVCALL_SHAPE_XMM, &layout) == -E2BIG &&
		   !from_table(0x5c, 0, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_SLOW,
	   "0x5c: 256 bytes are for memory only");
	ok(!from_table(8, 0, 0, HVP_HVCALL_SHAPE_XMM, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_FAST &&
		   layout.reason == HVP_HVCALL_REASON_FORCED_FEWER,
	   "XMM for 8 bytes is a plain fast call, and says so");
}

/* What KVM reads from where: its own code decodes by hand. */
static void test_kvm_layouts(void)
{
	struct {
		u32 code;
		u32 reps;
		u32 var_qwords;
		u32 bytes;
		u64 control;
	} cases[] = {
		{ 0x02, 0, 0, 24, 0x10002 },
		{ 0x03, 11, 0, 112, 0x0000000b00010003ULL },
		{ 0x13, 0, 0, 32, 0x10013 },
		{ 0x13, 0, 10, 112, 0x150013 },
		{ 0x14, 8, 2, 112, 0x0000000800050014ULL },
		{ 0x15, 0, 0, 24, 0x10015 },
		{ 0x15, 0, 11, 112, 0x170015 },
	};
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_regs regs;
	u64 input[14], xmm[12];
	u32 i, j, wrong = 0;

	for (i = 0; i < 14; i++)
		input[i] = 0x1111111111111111ULL * (i + 1);
	for (i = 0; i < HVP_ARRAY_SIZE(cases); i++) {
		if (from_table(cases[i].code, cases[i].reps,
			       cases[i].var_qwords, HVP_HVCALL_SHAPE_AUTO,
			       &layout) ||
		    layout.shape != HVP_HVCALL_SHAPE_XMM ||
		    layout.in_bytes != cases[i].bytes ||
		    layout.control != cases[i].control ||
		    hvp_hvcall_pack(&layout, input, &regs)) {
			wrong++;
			continue;
		}
		memcpy(xmm, regs.xmm, sizeof(xmm));
		wrong += regs.rdx != input[0] || regs.r8 != input[1];
		for (j = 0; j < 12; j++)
			wrong += xmm[j] !=
				 (8 * (j + 2) < cases[i].bytes ? input[j + 2] :
								 0);
	}
	ok(!wrong, "KVM's five XMM calls: RDX, R8, then qwords XMM0.lo, .hi, ...");
	ok(from_table(0x03, 12, 0, HVP_HVCALL_SHAPE_XMM, &layout) == -E2BIG &&
		   from_table(0x15, 0, 12, HVP_HVCALL_SHAPE_XMM, &layout) ==
			   -E2BIG,
	   "one qword more does not fit");
	ok(!from_table(0x0b, 0, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_FAST &&
		   !from_table(0x5d, 0, 0, HVP_HVCALL_SHAPE_AUTO, &layout) &&
		   layout.shape == HVP_HVCALL_SHAPE_FAST &&
		   span_is(layout.in, HVP_HVCALL_RDX, 0, 8),
	   "0x0b and 0x5d take two registers");
}

/* --------------------------------------------------------------- refusals */

static void test_refusals(void)
{
	static const struct {
		const char *name;
		u32 refusal;
		int error;
		struct hvp_hvcall_request request;
	} cases[] = {
#define GOOD	.available = HVP_HVCALL_CAN_ALL, .in_header = 8, \
		.in_gpa = IN_GPA, .out_gpa = OUT_GPA
#define MEMORY(in, in_at, out, out_at) .available = HVP_HVCALL_CAN_ALL, \
		.shape = HVP_HVCALL_SHAPE_SLOW, .in_header = in, \
		.in_gpa = in_at, .out_header = out, .out_gpa = out_at
		{ "shape 4", HVP_HVCALL_REFUSAL_UNKNOWN_SHAPE, -EINVAL,
		  { GOOD, .shape = 4 } },
		{ "unknown flag", HVP_HVCALL_REFUSAL_BAD_FLAGS, -EINVAL,
		  { GOOD, .flags = 0x10 } },
		{ "fast bit by hand", HVP_HVCALL_REFUSAL_BAD_FLAGS, -EINVAL,
		  { GOOD, .control_extra = HVP_HVCALL_FAST_MASK } },
		{ "another code by hand", HVP_HVCALL_REFUSAL_BAD_FLAGS, -EINVAL,
		  { GOOD, .control_extra = 1 } },
		{ "type not known", HVP_HVCALL_REFUSAL_UNKNOWN_LAYOUT, -ENODATA,
		  { GOOD, .type = HVP_HVCALL_UNKNOWN } },
		{ "type 7", HVP_HVCALL_REFUSAL_UNKNOWN_LAYOUT, -ENODATA,
		  { GOOD, .type = 7 } },
		{ "reps of a simple call", HVP_HVCALL_REFUSAL_BAD_REPS, -EINVAL,
		  { GOOD, .reps = 1 } },
		{ "rep call without reps", HVP_HVCALL_REFUSAL_BAD_REPS, -EINVAL,
		  { GOOD, .type = HVP_HVCALL_REP } },
		{ "4096 reps", HVP_HVCALL_REFUSAL_BAD_REPS, -EINVAL,
		  { GOOD, .type = HVP_HVCALL_REP, .reps = 4096 } },
		{ "start at the end", HVP_HVCALL_REFUSAL_BAD_REP_START, -EINVAL,
		  { GOOD, .type = HVP_HVCALL_REP, .reps = 2, .rep_start = 2 } },
		{ "variable header of a call that has none",
		  HVP_HVCALL_REFUSAL_VAR_HEADER, -EINVAL,
		  { GOOD, .var_qwords = 1 } },
		{ "1024 qwords", HVP_HVCALL_REFUSAL_VAR_HEADER_SIZE, -E2BIG,
		  { GOOD, .var_qwords = 1024, .flags = HVP_HVCALL_VAR } },
		{ "input off by 4", HVP_HVCALL_REFUSAL_UNALIGNED, -EINVAL,
		  { MEMORY(8, 0x1004, 0, 0) } },
		{ "output off by 1", HVP_HVCALL_REFUSAL_UNALIGNED, -EINVAL,
		  { MEMORY(8, 0x1000, 8, 1) } },
		{ "input across pages", HVP_HVCALL_REFUSAL_CROSSES_PAGE, -EINVAL,
		  { MEMORY(9, 0x1ff8, 0, 0) } },
		{ "output across pages", HVP_HVCALL_REFUSAL_CROSSES_PAGE, -EINVAL,
		  { MEMORY(0, 0, 4096, 8) } },
		{ "same place", HVP_HVCALL_REFUSAL_OVERLAP, -EINVAL,
		  { MEMORY(8, 0x1000, 8, 0x1000) } },
		{ "output within input", HVP_HVCALL_REFUSAL_OVERLAP, -EINVAL,
		  { MEMORY(16, 0x1000, 8, 0x1008) } },
		{ "input within output", HVP_HVCALL_REFUSAL_OVERLAP, -EINVAL,
		  { MEMORY(8, 0x1008, 16, 0x1000) } },
		{ "left to itself, no XMM output, memory unaligned",
		  HVP_HVCALL_REFUSAL_UNALIGNED, -EINVAL,
		  { .available = HVP_HVCALL_CAN_ALL & ~HVP_HVCALL_CAN_XMM_OUT,
		    .out_header = 8, .out_gpa = 4,
		    .flags = HVP_HVCALL_FORM_XMM } },
		{ "left to itself, no XMM output, no memory",
		  HVP_HVCALL_REFUSAL_NO_XMM_OUTPUT, -EOPNOTSUPP,
		  { .available = HVP_HVCALL_CAN_FAST, .out_header = 8,
		    .flags = HVP_HVCALL_FORM_XMM } },
		{ "left to itself, no form known, no memory",
		  HVP_HVCALL_REFUSAL_NO_SLOW, -EOPNOTSUPP,
		  { .available = HVP_HVCALL_CAN_FAST, .in_header = 8 } },
		{ "nothing available", HVP_HVCALL_REFUSAL_NO_FAST, -EOPNOTSUPP,
		  { .in_header = 8 } },
#undef GOOD
#undef MEMORY
	};
	struct hvp_hvcall_request request;
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_regs regs;
	struct hvp_hvcall_state state;
	u32 i, j, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(cases); i++) {
		int error = hvp_hvcall_layout(&cases[i].request, &layout);

		ok(error == cases[i].error &&
			   layout.refusal == cases[i].refusal,
		   "refused: %s", cases[i].name);
	}
	hvp_hvcall_start(&layout, &state);
	ok(hvp_hvcall_pack(&layout, "12345678", &regs) == -EINVAL &&
		   hvp_hvcall_repack(&layout, &state, "12345678", &regs) ==
			   -EINVAL,
	   "what was refused is not packed");

	request = simple(8, 8, HVP_HVCALL_SHAPE_SLOW, HVP_HVCALL_CAN_ALL, 0);
	request.in_gpa = 0xfffffffffffff000ULL;
	request.out_gpa = 0xfffffffffffffff8ULL;
	ok(!hvp_hvcall_layout(&request, &layout),
	   "both in the last page there can be, side by side");
	request.in_gpa = 0xfffffffffffffff8ULL;
	request.out_gpa = 0xfffffffffffffff0ULL;
	ok(!hvp_hvcall_layout(&request, &layout), "in either order");
	request.out_gpa = request.in_gpa;
	ok(hvp_hvcall_layout(&request, &layout) == -EINVAL &&
		   layout.refusal == HVP_HVCALL_REFUSAL_OVERLAP,
	   "and not at the same place there");

	for (i = 0; i < HVP_HVCALL_REFUSAL_COUNT; i++)
		for (j = 0; j < i; j++)
			wrong += !strcmp(hvp_hvcall_refusal_text(i),
					 hvp_hvcall_refusal_text(j)) &&
				 strcmp(hvp_hvcall_refusal_text(i), "");
	for (i = 0; i < HVP_HVCALL_REASON_COUNT; i++)
		for (j = 0; j < i; j++)
			wrong += !strcmp(hvp_hvcall_reason_text(i),
					 hvp_hvcall_reason_text(j));
	ok(!wrong && !strcmp(hvp_hvcall_refusal_text(99), "?") &&
		   !strcmp(hvp_hvcall_shape_name(HVP_HVCALL_SHAPE_XMM), "xmm") &&
		   !strcmp(hvp_hvcall_shape_name(4), "?"),
	   "each refusal and reason has its own sentence");

	request = simple(8, 0, HVP_HVCALL_SHAPE_FAST, HVP_HVCALL_CAN_ALL, 0);
	request.control_extra = HVP_HVCALL_RESERVED_MASK | 1ULL << 32;
	ok(!hvp_hvcall_layout(&request, &layout) &&
		   layout.control == (0xf000f00178011234ULL) && !layout.reps,
	   "bits that get a call refused can be asked for");
}

/* -------------------------------------------------------------- max reps */

/* Are @most elements taken, and one more not? */
static bool at_most(struct hvp_hvcall_request *request, u32 shape, u32 most)
{
	struct hvp_hvcall_layout layout;

	request->shape = (u8)shape;
	request->reps = (u16)most;
	if (most && hvp_hvcall_layout(request, &layout))
		return false;
	request->reps = (u16)(most + 1);
	return hvp_hvcall_layout(request, &layout) != 0;
}

static void test_max_reps(void)
{
	static const struct {
		u32 code;
		u32 slow;
		u32 xmm;
		u32 fast;
	} cases[] = {
		{ 0x50, 256, 4, 0 }, { 0x03, 509, 11, 0 }, { 0x51, 127, 3, 0 },
		{ 0x14, 508, 10, 0 }, { 0xb0, 510, 12, 0 }, { 0x08, 0, 0, 0 },
		{ 0x8003, 511, 13, 1 },
	};
	struct hvp_hvcall_request request;
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(cases); i++) {
		hvp_hypercall_request(hvp_hypercall_find(cases[i].code), 1, 0,
				      &request);
		request.available = HVP_HVCALL_CAN_ALL;
		request.in_gpa = IN_GPA;
		request.out_gpa = OUT_GPA;
		ok(at_most(&request, HVP_HVCALL_SHAPE_SLOW, cases[i].slow) &&
			   at_most(&request, HVP_HVCALL_SHAPE_XMM,
				   cases[i].xmm) &&
			   at_most(&request, HVP_HVCALL_SHAPE_FAST,
				   cases[i].fast),
		   "0x%x: at most %u elements in memory, %u in registers",
		   cases[i].code, cases[i].slow, cases[i].xmm);
	}

	request = simple(8, 0, 0, HVP_HVCALL_CAN_ALL, 0);
	request.type = HVP_HVCALL_REP;
	request.in_element = 8;
	request.in_gpa = 0x1800;
	ok(at_most(&request, HVP_HVCALL_SHAPE_SLOW, 255),
	   "half a page holds half as many");
}

/* --------------------------------------------------------------- dry run */

static void test_describe(void)
{
	struct hvp_hvcall_description text;
	struct hvp_hvcall_layout layout;

	from_table(0x50, 2, 0, HVP_HVCALL_SHAPE_XMM, &layout);
	hvp_hvcall_describe(&layout, &text);
	ok(text.field[0] == 0x50 && text.field[1] == 1 && !text.field[2] &&
		   !text.field[3] && !text.field[4] && text.field[5] == 2 &&
		   !text.field[7],
	   "dry run: fields of the control word");
	ok(!strcmp(text.reg[0].name, "RCX") &&
		   text.reg[0].value == layout.control &&
		   text.reg[0].role == HVP_HVCALL_ROLE_CONTROL &&
		   !strcmp(text.reg[3].name, "XMM0") &&
		   text.reg[3].in.offset == 16 && text.reg[3].in.bytes == 8 &&
		   text.reg[5].out.offset == 16 && text.reg[5].out.bytes == 16 &&
		   text.reg[5].role == HVP_HVCALL_ROLE_BYTES &&
		   text.reg[6].role == HVP_HVCALL_ROLE_UNUSED,
	   "dry run: where every byte goes");
	from_table(0x50, 2, 0, HVP_HVCALL_SHAPE_SLOW, &layout);
	hvp_hvcall_describe(&layout, &text);
	ok(text.reg[1].role == HVP_HVCALL_ROLE_IN_GPA &&
		   text.reg[1].value == IN_GPA &&
		   text.reg[2].role == HVP_HVCALL_ROLE_OUT_GPA &&
		   text.reg[2].value == OUT_GPA &&
		   text.reg[3].role == HVP_HVCALL_ROLE_UNUSED,
	   "dry run: addresses of a slow call");
}

int main(void)
{
	test_control();
	test_tlfs_examples();
	test_kvm_layouts();
	test_refusals();
	test_max_reps();
	test_describe();
	return done_testing();
}
