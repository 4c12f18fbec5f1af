/* SPDX-License-Identifier: GPL-2.0-only */
/* Registers of a Hyper-V call, its result word, and what follows from that. */
#ifndef HVP_CORE_HVCALL_REGS_H
#define HVP_CORE_HVCALL_REGS_H

#include "hvcall.h"

/*
 * What stands where output will be, so that it is seen what was not written:
 * zero is too good an answer. As an address neither is one.
 */
#define HVP_HVCALL_POISON_MEMORY	0xb5
#define HVP_HVCALL_POISON_REGS		0xd3
/* That many at the end of the output are no coincidence. */
#define HVP_HVCALL_POISON_TAIL		4

/**
 * struct hvp_hvcall_regs - registers of a call; trampolines rely on offsets
 * @rcx: control word; the hypervisor may change it
 * @rdx: first of the seven pairs, with @r8
 * @r8: see @rdx
 * @xmm: XMM0 to XMM5, lowest byte first; not 16-byte aligned
 * @block: the same bytes as one parameter block
 */
struct hvp_hvcall_regs {
	u64 rcx;
	union {
		struct {
			u64 rdx;
			u64 r8;
			u8 xmm[HVP_HVCALL_XMM_COUNT][HVP_HVCALL_PAIR_BYTES];
		};
		u8 block[HVP_HVCALL_BLOCK_BYTES];
	};
};

/*
 * &hvp_hvcall_result.odd: what no conforming hypervisor returns; SHORT is allowed
 * where the output says itself how long it is.
 */
#define HVP_HVCALL_ODD_UNTOUCHED	0x01	/* RAX as it was preset */
#define HVP_HVCALL_ODD_FOREIGN		0x02	/* a negative errno */
#define HVP_HVCALL_ODD_REPS_OVER	0x04	/* more done than asked for */
#define HVP_HVCALL_ODD_REPS_SIMPLE	0x08	/* elements of a simple call */
#define HVP_HVCALL_ODD_REPS_BACK	0x10	/* fewer done than before */
#define HVP_HVCALL_ODD_FAILED_FULL	0x20	/* all done, yet failed */
#define HVP_HVCALL_ODD_RESERVED		0x40	/* bits 63:44 set */
#define HVP_HVCALL_ODD_SHORT		0x80	/* end of the output not written */
#define HVP_HVCALL_ODD_GARBAGE \
	(HVP_HVCALL_ODD_UNTOUCHED | HVP_HVCALL_ODD_FOREIGN)

/**
 * struct hvp_hvcall_result - what a result word says, made safe
 * @raw: RAX
 * @valid_bytes: bytes of output that the call vouches for, from the first on
 * @status: HV_STATUS; of no meaning when @odd has a bit of ODD_GARBAGE
 * @done: elements done, those before rep_start included; never more than were
 *        asked for, never fewer than were known before
 * @odd: HVP_HVCALL_ODD_*
 * @complete: the call did all of its work
 */
struct hvp_hvcall_result {
	u64 raw;
	u32 valid_bytes;
	u16 status;
	u16 done;
	u8 odd;
	bool complete;
};

/** enum hvp_hvcall_action - what to do after a call. */
enum hvp_hvcall_action {
	HVP_HVCALL_DONE,	/* all work done */
	HVP_HVCALL_AGAIN,	/* repack and call again, reschedule first */
	HVP_HVCALL_FAILED,	/* the hypervisor said no, see the status */
	HVP_HVCALL_STALLED,	/* it keeps asking for more without progress */
	HVP_HVCALL_GARBAGE,	/* no Hyper-V interface answered this */
};

#define HVP_HVCALL_STATUS_TIMEOUT	0x78
#define HVP_HVCALL_STALL_LIMIT		16

/**
 * struct hvp_hvcall_state - a call in progress
 * @control: control word of the next call
 * @result: of all calls so far; odd bits add up
 * @calls: made so far. Bounded by (reps + 1) * @stall_limit; a deadline is the
 *         caller's business
 * @stalls: calls in a row that got no further
 * @stall_limit: that many are STALLED; hvp_hvcall_start() sets
 *               HVP_HVCALL_STALL_LIMIT, the caller may change it then
 */
struct hvp_hvcall_state {
	u64 control;
	struct hvp_hvcall_result result;
	u32 calls;
	u16 stalls;
	u16 stall_limit;
};

/**
 * hvp_hvcall_pack() - load the registers of the first call
 * @layout: not refused
 * @input: @layout->in_bytes bytes; not read by slow calls, for which the caller
 *         has put them at in_gpa
 * @regs: RCX, RDX and R8 are set, @regs->xmm as well if the shape is XMM (what
 *        carries output is poisoned, all else zero), else it is left alone
 *
 * Return: 0, -EINVAL when @layout was refused.
 */
int hvp_hvcall_pack(const struct hvp_hvcall_layout *layout, const void *input,
		    struct hvp_hvcall_regs *regs);

/**
 * hvp_hvcall_repack() - load the registers of a further call
 * @state: after HVP_HVCALL_AGAIN
 * @regs: as the call left them: registers with output keep it, since the
 *        hypervisor fills up what it began
 *
 * Return: as hvp_hvcall_pack().
 */
int hvp_hvcall_repack(const struct hvp_hvcall_layout *layout,
		      const struct hvp_hvcall_state *state, const void *input,
		      struct hvp_hvcall_regs *regs);

/**
 * hvp_hvcall_parse() - read a result word
 * @layout: of the call
 * @raw: RAX after it
 * @done: elements known to be done before it: 0, or @layout->rep_start
 * @result: filled
 */
void hvp_hvcall_parse(const struct hvp_hvcall_layout *layout, u64 raw,
		      u32 done, struct hvp_hvcall_result *result);

/**
 * hvp_hvcall_unpack() - fetch the output
 * @layout: of the call
 * @regs: registers after it; not read by slow calls
 * @result: from hvp_hvcall_parse() or &hvp_hvcall_state.result. Where poison is
 *          left at the end it vouches for less now, and ODD_SHORT is set
 * @output: room for @layout->out_bytes. Slow calls: the output page itself or a
 *          copy of it, HVP_HVCALL_POISON_MEMORY before the call. What @result
 *          does not vouch for is zeroed
 *
 * Return: valid bytes, from the first on: all or none of a simple call's
 * output, the elements done of a rep call's; of either only what was written.
 */
u32 hvp_hvcall_unpack(const struct hvp_hvcall_layout *layout,
		      const struct hvp_hvcall_regs *regs,
		      struct hvp_hvcall_result *result, void *output);

/** hvp_hvcall_start() - state before the first call */
void hvp_hvcall_start(const struct hvp_hvcall_layout *layout,
		      struct hvp_hvcall_state *state);

/**
 * hvp_hvcall_next() - take in a result word, decide what to do
 * @layout: of the call
 * @raw: RAX after it
 * @state: updated. @state->control is that of the next call: the rep start is
 *         what was done so far
 *
 * Again after success that fell short, and after status TIMEOUT.
 */
enum hvp_hvcall_action hvp_hvcall_next(const struct hvp_hvcall_layout *layout,
				       u64 raw, struct hvp_hvcall_state *state);

#endif
