// SPDX-License-Identifier: GPL-2.0-only
/* Registers, results and continuation of Hyper-V calls. */
#include "hvcall_regs.h"

#define ERRNO_MAX	4095

/* A block of bytes is loaded as it is. */
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "x86 byte order");
static_assert(offsetof(struct hvp_hvcall_regs, block) ==
	      offsetof(struct hvp_hvcall_regs, rdx), "RDX begins the block");
static_assert(offsetof(struct hvp_hvcall_regs, xmm) ==
	      offsetof(struct hvp_hvcall_regs, rdx) + HVP_HVCALL_PAIR_BYTES,
	      "XMM0 follows R8");
static_assert(sizeof(struct hvp_hvcall_regs) == 8 + HVP_HVCALL_BLOCK_BYTES,
	      "nothing but registers");

int hvp_hvcall_pack(const struct hvp_hvcall_layout *layout, const void *input,
		    struct hvp_hvcall_regs *regs)
{
	regs->rcx = layout->control;
	switch (layout->shape) {
	case HVP_HVCALL_SHAPE_SLOW:
		regs->rdx = layout->in_gpa;
		regs->r8 = layout->out_gpa;
		return 0;
	case HVP_HVCALL_SHAPE_FAST:
		regs->rdx = 0;
		regs->r8 = 0;
		break;
	case HVP_HVCALL_SHAPE_XMM:
		memset(regs->block, 0, sizeof(regs->block));
		break;
	default:
		return -EINVAL;
	}
	if (layout->in_bytes)
		memcpy(regs->block, input, layout->in_bytes);
	memset(regs->block + layout->in_pairs * HVP_HVCALL_PAIR_BYTES,
	       HVP_HVCALL_POISON_REGS, layout->out_bytes);
	return 0;
}

int hvp_hvcall_repack(const struct hvp_hvcall_layout *layout,
		      const struct hvp_hvcall_state *state, const void *input,
		      struct hvp_hvcall_regs *regs)
{
	u32 loaded = layout->in_pairs * HVP_HVCALL_PAIR_BYTES;

	switch (layout->shape) {
	case HVP_HVCALL_SHAPE_SLOW:
		regs->rdx = layout->in_gpa;
		regs->r8 = layout->out_gpa;
		break;
	case HVP_HVCALL_SHAPE_FAST:
	case HVP_HVCALL_SHAPE_XMM:
		if (!loaded)
			break;
		memcpy(regs->block, input, layout->in_bytes);
		memset(regs->block + layout->in_bytes, 0,
		       loaded - layout->in_bytes);
		break;
	default:
		return -EINVAL;
	}
	regs->rcx = state->control;
	return 0;
}

/* Bytes of @output up to the last that is not as it was before the call. */
static u32 written(const u8 *output, u32 bytes, u8 poison)
{
	u32 count = bytes;

	while (count && output[count - 1] == poison)
		count--;
	return bytes - count < HVP_HVCALL_POISON_TAIL ? bytes : count;
}

u32 hvp_hvcall_unpack(const struct hvp_hvcall_layout *layout,
		      const struct hvp_hvcall_regs *regs,
		      struct hvp_hvcall_result *result, void *output)
{
	bool slow = layout->shape == HVP_HVCALL_SHAPE_SLOW;
	u32 valid = result->valid_bytes, count;

	if (!layout->out_bytes || layout->shape == HVP_HVCALL_SHAPE_AUTO)
		return 0;
	if (valid > layout->out_bytes)
		valid = layout->out_bytes;
	if (valid && !slow)
		memcpy(output,
		       regs->block + layout->in_pairs * HVP_HVCALL_PAIR_BYTES,
		       valid);
	count = written(output, valid, slow ? HVP_HVCALL_POISON_MEMORY :
					      HVP_HVCALL_POISON_REGS);
	if (count < valid) {
		valid = count;
		result->valid_bytes = count;
		result->odd |= HVP_HVCALL_ODD_SHORT;
	}
	if (valid < layout->out_bytes)
		memset((u8 *)output + valid, 0, layout->out_bytes - valid);
	return valid;
}

/* --------------------------------------------------------------- results */

static u8 find_odd(const struct hvp_hvcall_layout *layout, u64 raw, u32 claimed,
		   u32 done)
{
	u16 status = (u16)(raw & HVP_HVCALL_STATUS_MASK);
	u8 odd = 0;

	if (raw == HVP_HVCALL_RAX_PRESET)
		return HVP_HVCALL_ODD_UNTOUCHED;
	if (raw >= (u64)0 - ERRNO_MAX)
		return HVP_HVCALL_ODD_FOREIGN;
	if (raw & HVP_HVCALL_RESULT_RESERVED_MASK)
		odd |= HVP_HVCALL_ODD_RESERVED;
	if (layout->type != HVP_HVCALL_REP)
		return claimed ? odd | HVP_HVCALL_ODD_REPS_SIMPLE : odd;
	if (claimed > layout->reps)
		odd |= HVP_HVCALL_ODD_REPS_OVER;
	/* A call that was not begun says 0, wherever it was to start. */
	if (claimed < done && (claimed || !status))
		odd |= HVP_HVCALL_ODD_REPS_BACK;
	if (status && claimed >= layout->reps)
		odd |= HVP_HVCALL_ODD_FAILED_FULL;
	return odd;
}

void hvp_hvcall_parse(const struct hvp_hvcall_layout *layout, u64 raw,
		      u32 done, struct hvp_hvcall_result *result)
{
	u32 claimed = (u32)((raw & HVP_HVCALL_DONE_MASK) >>
			    HVP_HVCALL_DONE_SHIFT);
	bool success, rep = layout->type == HVP_HVCALL_REP;

	if (done > layout->reps)
		done = layout->reps;
	memset(result, 0, sizeof(*result));
	result->raw = raw;
	result->status = (u16)(raw & HVP_HVCALL_STATUS_MASK);
	result->odd = find_odd(layout, raw, claimed, done);
	success = !result->status && !(result->odd & HVP_HVCALL_ODD_GARBAGE);

	if (rep) {
		if (result->odd & HVP_HVCALL_ODD_GARBAGE || claimed < done)
			claimed = done;
		if (claimed > layout->reps)
			claimed = layout->reps;
		result->done = (u16)claimed;
		if (success || claimed)
			result->valid_bytes = layout->out_header +
					      claimed * layout->out_element;
	} else if (success) {
		result->valid_bytes = layout->out_bytes;
	}
	result->complete = success && (!rep || claimed == layout->reps);
}

void hvp_hvcall_start(const struct hvp_hvcall_layout *layout,
		      struct hvp_hvcall_state *state)
{
	memset(state, 0, sizeof(*state));
	state->control = layout->control;
	state->result.done = layout->rep_start;
	state->stall_limit = HVP_HVCALL_STALL_LIMIT;
}

static u64 with_rep_start(u64 control, u64 start)
{
	return (control & ~HVP_HVCALL_START_MASK) |
	       start << HVP_HVCALL_START_SHIFT;
}

enum hvp_hvcall_action hvp_hvcall_next(const struct hvp_hvcall_layout *layout,
				       u64 raw, struct hvp_hvcall_state *state)
{
	u16 done = state->result.done;
	u8 odd = state->result.odd;
	bool again, garbage;

	state->calls++;
	/* The usual answer, for what the engine costs: what parse would say. */
	if (raw == (u64)layout->reps << HVP_HVCALL_DONE_SHIFT) {
		state->result.raw = raw;
		state->result.valid_bytes = layout->out_bytes;
		state->result.status = 0;
		state->result.done = layout->reps;
		state->result.complete = true;
		return HVP_HVCALL_DONE;
	}

	hvp_hvcall_parse(layout, raw, done, &state->result);
	again = !state->result.status ||
		state->result.status == HVP_HVCALL_STATUS_TIMEOUT;
	garbage = state->result.odd & HVP_HVCALL_ODD_GARBAGE;
	state->result.odd |= odd;
	if (garbage)
		return HVP_HVCALL_GARBAGE;
	if (state->result.complete)
		return HVP_HVCALL_DONE;
	/* With nothing left to start at there is no further call to make. */
	if (!again || (layout->reps && state->result.done == layout->reps))
		return HVP_HVCALL_FAILED;

	if (layout->reps)
		state->control = with_rep_start(layout->control,
						state->result.done);
	if (state->result.done > done)
		state->stalls = 0;
	else if (++state->stalls >= state->stall_limit)
		return HVP_HVCALL_STALLED;
	return HVP_HVCALL_AGAIN;
}
