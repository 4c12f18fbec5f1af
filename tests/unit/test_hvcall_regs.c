// SPDX-License-Identifier: GPL-2.0-only
/* core/hvcall_regs.c: hostile results, stubborn hypervisors. */
#include "hvcall_table.h"
#include "tap.h"

/* --------------------------------------------------------------- results */

static u64 result_word(u32 status, u32 done)
{
	return (u64)done << 32 | status;
}

static void test_results(void)
{
	struct hvp_hvcall_layout rep, one;
	struct hvp_hvcall_result result;
	u64 word = 99;
	u32 i, wrong = 0;

	from_table(0x50, 4, 0, HVP_HVCALL_SHAPE_XMM, &rep);
	from_table(0x46, 0, 0, HVP_HVCALL_SHAPE_SLOW, &one);

	hvp_hvcall_parse(&rep, result_word(0, 4), 0, &result);
	ok(result.complete && result.done == 4 && result.valid_bytes == 64 &&
		   !result.odd,
	   "rep call, all done");
	hvp_hvcall_parse(&rep, result_word(0, 2), 0, &result);
	ok(!result.complete && result.done == 2 && result.valid_bytes == 32 &&
		   !result.odd,
	   "rep call, short: half is valid");
	hvp_hvcall_parse(&rep, result_word(0x87, 1), 0, &result);
	ok(!result.complete && result.status == 0x87 && result.done == 1 &&
		   result.valid_bytes == 16 && !result.odd,
	   "rep call, second element failed: the first is valid");
	hvp_hvcall_parse(&rep, result_word(6, 0), 2, &result);
	ok(result.done == 2 && result.valid_bytes == 32 && !result.odd,
	   "refused on the way: what was done before stays");
	hvp_hvcall_parse(&one, result_word(0, 0) | 0xabcd0000, 0, &result);
	ok(result.complete && result.valid_bytes == 8 && !result.odd,
	   "simple call; bits 31:16 carry nothing");
	hvp_hvcall_parse(&one, result_word(6, 0), 0, &result);
	ok(!result.complete && result.status == 6 && !result.valid_bytes,
	   "simple call failed: no output");

	hvp_hvcall_parse(&rep, result_word(0, 4095), 0, &result);
	ok(result.done == 4 && result.valid_bytes == 64 &&
		   result.odd == HVP_HVCALL_ODD_REPS_OVER,
	   "hostile: 4095 done of 4");
	hvp_hvcall_parse(&rep, result_word(0, 1), 3, &result);
	ok(result.done == 3 && result.valid_bytes == 48 &&
		   result.odd == HVP_HVCALL_ODD_REPS_BACK,
	   "hostile: fewer done than before");
	hvp_hvcall_parse(&rep, result_word(5, 4), 0, &result);
	ok(result.odd == HVP_HVCALL_ODD_FAILED_FULL && !result.complete,
	   "hostile: all done, yet failed");
	hvp_hvcall_parse(&one, result_word(0, 7), 0, &result);
	ok(result.complete && !result.done &&
		   result.odd == HVP_HVCALL_ODD_REPS_SIMPLE,
	   "hostile: elements of a simple call");
	hvp_hvcall_parse(&one, 1ULL << 44, 0, &result);
	ok(result.odd == HVP_HVCALL_ODD_RESERVED, "hostile: a reserved bit");
	hvp_hvcall_parse(&one, (u64)-1000, 0, &result);
	ok(!result.complete && !result.valid_bytes &&
		   result.odd == HVP_HVCALL_ODD_FOREIGN,
	   "KVM's -1000 is not an answer");
	hvp_hvcall_parse(&one, (u64)-4095, 0, &result);
	ok(result.odd == HVP_HVCALL_ODD_FOREIGN,
	   "nor is the last number that may be a kernel's error");
	hvp_hvcall_parse(&one, (u64)-4096, 0, &result);
	ok(result.odd == (HVP_HVCALL_ODD_RESERVED |
			  HVP_HVCALL_ODD_REPS_SIMPLE) &&
		   result.status == 0xf000,
	   "one further it is a status with reserved bits");
	hvp_hvcall_parse(&rep, ~0ULL, 1, &result);
	ok(result.odd == HVP_HVCALL_ODD_FOREIGN && result.done == 1,
	   "nor is the kernel's word for no hypercall page");
	hvp_hvcall_parse(&one, HVP_HVCALL_RAX_PRESET, 0, &result);
	ok(!result.complete && result.odd == HVP_HVCALL_ODD_UNTOUCHED &&
		   !hvp_status_find(result.status) &&
		   (result.raw & 0x80000000) != 0,
	   "an instruction that did nothing is seen");

	for (i = 0; i < 100000; i++) {
		struct hvp_hvcall_layout *layout = i & 1 ? &rep : &one;
		u32 before = layout->reps ? i / 2 % (layout->reps + 1U) : 0;

		word = word * 6364136223846793005ULL + 1442695040888963407ULL;
		/* Half of them plausible. */
		hvp_hvcall_parse(layout,
				 i & 2 ? word : word & 0xfff000000ffULL, before,
				 &result);
		wrong += result.valid_bytes > layout->out_bytes ||
			 result.done > layout->reps || result.done < before ||
			 (result.complete && result.status);
	}
	ok(!wrong, "100000 words: never more valid than there is room");
	hvp_hvcall_parse(&rep, 0, 60000, &result);
	ok(result.done == 4, "nor when the caller knows too much");
}

static void test_partial_output(void)
{
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_result result;
	struct hvp_hvcall_regs regs;
	u8 output[64], page[64];
	u32 i;

	from_table(0x50, 4, 0, HVP_HVCALL_SHAPE_XMM, &layout);
	for (i = 0; i < sizeof(regs.block); i++)
		regs.block[i] = (u8)i;
	memset(output, 0xdd, sizeof(output));
	hvp_hvcall_parse(&layout, result_word(0x87, 1), 0, &result);
	ok(hvp_hvcall_unpack(&layout, &regs, &result, output) == 16 &&
		   output[0] == 32 && output[15] == 47 && !output[16] &&
		   !output[63],
	   "registers: the element that was done, zero behind it");

	from_table(0x50, 4, 0, HVP_HVCALL_SHAPE_SLOW, &layout);
	memset(page, 0x55, sizeof(page));
	hvp_hvcall_parse(&layout, result_word(0, 3), 0, &result);
	ok(hvp_hvcall_unpack(&layout, NULL, &result, page) == 48 &&
		   page[47] == 0x55 && !page[48] && !page[63],
	   "memory: the elements that were done, zero behind them");
	result.valid_bytes = 1000;
	ok(hvp_hvcall_unpack(&layout, NULL, &result, page) == 64,
	   "a result of another call cannot make it read too far");
	from_table(8, 0, 0, HVP_HVCALL_SHAPE_FAST, &layout);
	ok(!hvp_hvcall_unpack(&layout, &regs, &result, NULL),
	   "a call without output needs no room");
}

/* Success, but the hypervisor wrote @bytes of 32 only: @valid count. */
static bool is_short(u32 shape, u32 bytes, u32 valid)
{
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_result result;
	struct hvp_hvcall_regs regs;
	u8 input[24] = { 0 }, output[33];
	u32 i;

	memset(output, HVP_HVCALL_POISON_MEMORY, sizeof(output));
	from_table(0x50, 2, 0, shape, &layout);
	hvp_hvcall_pack(&layout, input, &regs);
	for (i = 0; i < bytes; i++)
		*(shape == HVP_HVCALL_SHAPE_SLOW ? &output[i] :
						   &regs.block[32 + i]) = 0x11;
	hvp_hvcall_parse(&layout, result_word(0, 2), 0, &result);
	if (hvp_hvcall_unpack(&layout, &regs, &result, output) != valid ||
	    result.valid_bytes != valid ||
	    !!(result.odd & HVP_HVCALL_ODD_SHORT) != (valid < 32) ||
	    output[32] != HVP_HVCALL_POISON_MEMORY)
		return false;
	for (i = 0; i < valid; i++)
		if (i < bytes && output[i] != 0x11)
			return false;
	for (; i < 32; i++)
		if (output[i])
			return false;
	return true;
}

static void test_short_output(void)
{
	static const u32 shapes[] = { HVP_HVCALL_SHAPE_SLOW,
				      HVP_HVCALL_SHAPE_XMM };
	u32 i, bytes, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(shapes); i++)
		for (bytes = 0; bytes <= 28; bytes++)
			wrong += !is_short(shapes[i], bytes, bytes);
	ok(!wrong, "what was not written is not output, in memory and registers");
	ok(is_short(HVP_HVCALL_SHAPE_SLOW, 32, 32) &&
		   is_short(HVP_HVCALL_SHAPE_XMM, 32, 32),
	   "output in full");
	ok(is_short(HVP_HVCALL_SHAPE_SLOW, 29, 32) &&
		   is_short(HVP_HVCALL_SHAPE_XMM, 31, 32),
	   "an end that may be by chance is output");
	ok(HVP_HVCALL_POISON_MEMORY != HVP_HVCALL_POISON_REGS,
	   "and then differs from one shape to the other");
}

/* ----------------------------------------------------------- continuation */

struct script {
	u32 status;
	u32 done;
};

/* Plays the script until told to stop; -1 when it asks for more than there is. */
static int play(const struct hvp_hvcall_layout *layout,
		const struct script *script, u32 count,
		struct hvp_hvcall_state *state)
{
	u32 i;

	hvp_hvcall_start(layout, state);
	for (i = 0; i < count; i++) {
		enum hvp_hvcall_action action = hvp_hvcall_next(
			layout, result_word(script[i].status, script[i].done),
			state);

		if (action != HVP_HVCALL_AGAIN)
			return i + 1 == count ? (int)action : -1;
	}
	return HVP_HVCALL_AGAIN;
}

static u32 start_of(u64 control)
{
	return (u32)(control >> 48 & 0xfff);
}

static void test_continuation(void)
{
	static const struct script full[] = { { 0, 10 } };
	static const struct script parts[] = { { 0, 3 }, { 0x78, 7 }, { 0, 10 } };
	static const struct script first[] = { { 0, 3 } };
	static const struct script fails[] = { { 0, 3 }, { 5, 4 } };
	static const struct script back[] = { { 0, 6 }, { 0, 2 }, { 0, 10 } };
	static const struct script back_and_on[] = {
		{ 0, 6 }, { 0, 2 }, { 0, 8 }, { 5, 9 },
	};
	static const struct script late[] = { { 0x78, 10 } };
	struct hvp_hvcall_layout layout, one;
	struct hvp_hvcall_state state;
	struct hvp_hvcall_regs regs;
	enum hvp_hvcall_action action;
	u64 input[16] = { 1, 2, 3, 4 };
	u32 i, calls, wrong = 0;

	from_table(0x03, 10, 0, HVP_HVCALL_SHAPE_XMM, &layout);
	ok(play(&layout, full, 1, &state) == HVP_HVCALL_DONE &&
		   state.calls == 1 && state.result.done == 10,
	   "done at once");
	ok(play(&layout, first, 1, &state) == HVP_HVCALL_AGAIN &&
		   start_of(state.control) == 3 &&
		   (state.control ^ layout.control) == 3ULL << 48,
	   "3 of 10: again from element 3, nothing else changed");
	ok(play(&layout, parts, 3, &state) == HVP_HVCALL_DONE &&
		   state.calls == 3 && start_of(state.control) == 7,
	   "short, timeout, rest: done in three calls");
	ok(play(&layout, fails, 2, &state) == HVP_HVCALL_FAILED &&
		   state.result.status == 5 && state.result.done == 4,
	   "a failure ends it, element 4 failed");
	ok(play(&layout, back, 3, &state) == HVP_HVCALL_DONE &&
		   state.result.odd == HVP_HVCALL_ODD_REPS_BACK &&
		   start_of(state.control) == 6,
	   "shrinking reps: no step back, but remembered as odd");
	ok(play(&layout, back_and_on, 4, &state) == HVP_HVCALL_FAILED &&
		   state.result.odd == HVP_HVCALL_ODD_REPS_BACK &&
		   state.result.done == 9,
	   "however many calls follow");
	ok(play(&layout, late, 1, &state) == HVP_HVCALL_FAILED &&
		   start_of(state.control) < 10,
	   "timeout with everything done has no element to go on from");

	hvp_hvcall_start(&layout, &state);
	for (calls = 1; calls < 1000; calls++)
		if (hvp_hvcall_next(&layout, result_word(0, 4), &state) !=
		    HVP_HVCALL_AGAIN)
			break;
	ok(calls == HVP_HVCALL_STALL_LIMIT + 1 && state.result.done == 4,
	   "stuck at 4 of 10: stalled after %u calls", calls);
	hvp_hvcall_start(&layout, &state);
	for (calls = 1; calls < 1000; calls++)
		if (hvp_hvcall_next(&layout,
				    result_word(0, calls < 10 ? 10 - calls : 0),
				    &state) != HVP_HVCALL_AGAIN)
			break;
	ok(calls == HVP_HVCALL_STALL_LIMIT + 1 && state.result.done == 9,
	   "ever fewer: stalled as well");

	from_table(0x46, 0, 0, HVP_HVCALL_SHAPE_SLOW, &one);
	hvp_hvcall_start(&one, &state);
	state.stall_limit = 3;
	for (calls = 1; calls < 1000; calls++) {
		action = hvp_hvcall_next(&one, result_word(0x78, 0), &state);
		wrong += state.control != one.control;
		if (action != HVP_HVCALL_AGAIN)
			break;
	}
	ok(action == HVP_HVCALL_STALLED && calls == 3 && !wrong,
	   "a simple call that times out is made again, the caller's limit");

	for (i = 0; i < 3; i++) {
		struct hvp_hvcall_result result;
		struct hvp_hvcall_layout of[3];

		from_table(0x50, 4, 0, HVP_HVCALL_SHAPE_XMM, &of[0]);
		from_table(0x46, 0, 0, HVP_HVCALL_SHAPE_SLOW, &of[1]);
		from_table(0x03, 4, 0, HVP_HVCALL_SHAPE_XMM, &of[2]);
		hvp_hvcall_start(&of[i], &state);
		hvp_hvcall_next(&of[i], result_word(0, of[i].reps), &state);
		hvp_hvcall_parse(&of[i], result_word(0, of[i].reps), 0,
				 &result);
		wrong += state.result.raw != result.raw ||
			 state.result.valid_bytes != result.valid_bytes ||
			 state.result.status != result.status ||
			 state.result.done != result.done ||
			 state.result.odd != result.odd ||
			 state.result.complete != result.complete;
	}
	ok(!wrong, "the short way for full success comes to the same");

	hvp_hvcall_start(&layout, &state);
	ok(hvp_hvcall_next(&layout, HVP_HVCALL_RAX_PRESET, &state) ==
			   HVP_HVCALL_GARBAGE &&
		   hvp_hvcall_next(&layout, (u64)-1000, &state) ==
			   HVP_HVCALL_GARBAGE,
	   "garbage is told from failure");

	/* The slowest hypervisor: one element, then as many stalls as allowed. */
	from_table(0x03, 509, 0, HVP_HVCALL_SHAPE_SLOW, &layout);
	hvp_hvcall_start(&layout, &state);
	do {
		u32 done = state.calls / HVP_HVCALL_STALL_LIMIT;

		action = hvp_hvcall_next(&layout, result_word(0, done), &state);
		wrong += start_of(state.control) >= 509;
	} while (action == HVP_HVCALL_AGAIN && state.calls < 100000);
	ok(!wrong && action != HVP_HVCALL_AGAIN &&
		   state.calls <= 510 * HVP_HVCALL_STALL_LIMIT,
	   "bounded in the worst case, %u calls", state.calls);

	/* Output begun stays, input is loaded again. */
	from_table(0x50, 4, 0, HVP_HVCALL_SHAPE_XMM, &layout);
	hvp_hvcall_start(&layout, &state);
	hvp_hvcall_pack(&layout, input, &regs);
	memset(regs.block, 0xcc, sizeof(regs.block));
	hvp_hvcall_next(&layout, result_word(0x78, 2), &state);
	ok(!hvp_hvcall_repack(&layout, &state, input, &regs) &&
		   start_of(regs.rcx) == 2 && regs.rdx == 1 && regs.r8 == 2 &&
		   !memcmp(regs.xmm[0], input + 2, 16) &&
		   regs.xmm[1][0] == 0xcc && regs.xmm[4][15] == 0xcc,
	   "a further call keeps output registers, reloads the input");
	from_table(0x50, 1, 0, HVP_HVCALL_SHAPE_XMM, &layout);
	memset(regs.block, 0xcc, sizeof(regs.block));
	hvp_hvcall_repack(&layout, &state, input, &regs);
	for (i = 4; i < 16; i++)
		wrong += regs.xmm[0][i];
	ok(!wrong && regs.xmm[1][0] == 0xcc, "padding of the input is zero again");
	from_table(0x46, 0, 0, HVP_HVCALL_SHAPE_FAST, &layout);
	regs.rdx = 5;
	ok(!hvp_hvcall_repack(&layout, &state, NULL, &regs) && regs.rdx == 5,
	   "without input there is nothing to reload");
	hvp_hvcall_repack(&one, &state, NULL, &regs);
	ok(!regs.rdx && regs.r8 == OUT_GPA, "addresses are loaded again");
}

int main(void)
{
	test_results();
	test_partial_output();
	test_short_output();
	test_continuation();
	return done_testing();
}
