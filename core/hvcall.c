// SPDX-License-Identifier: GPL-2.0-only
/* Control words, register layout, results and continuation of Hyper-V calls. */
#include "hvcall.h"

#define ALIGNMENT	8
#define IN_PAGE_MASK	(HVP_HVCALL_PAGE_BYTES - 1)
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
static_assert((HVP_HVCALL_CODE_MASK | HVP_HVCALL_FAST_MASK |
	       HVP_HVCALL_VAR_MASK | HVP_HVCALL_NESTED_MASK |
	       HVP_HVCALL_REPS_MASK | HVP_HVCALL_START_MASK) ==
	      ~HVP_HVCALL_RESERVED_MASK, "every bit has a field");

const struct hvp_hvcall_field hvp_hvcall_fields[HVP_HVCALL_FIELD_COUNT] = {
	{ "call code", 0, 15 },
	{ "fast", 16, 16 },
	{ "variable header qwords", 17, 26 },
	{ "reserved", 27, 30 },
	{ "nested", 31, 31 },
	{ "rep count", 32, 43 },
	{ "reserved", 44, 47 },
	{ "rep start", 48, 59 },
	{ "reserved", 60, 63 },
};

/* ---------------------------------------------------------- control word */

static u64 place(u64 value, u32 shift, u64 mask)
{
	return value << shift & mask;
}

u64 hvp_hvcall_control_build(const struct hvp_hvcall_control *fields)
{
	return fields->code |
	       (fields->fast ? HVP_HVCALL_FAST_MASK : 0) |
	       place(fields->var_qwords, HVP_HVCALL_VAR_SHIFT,
		     HVP_HVCALL_VAR_MASK) |
	       (fields->nested ? HVP_HVCALL_NESTED_MASK : 0) |
	       place(fields->reps, HVP_HVCALL_REPS_SHIFT,
		     HVP_HVCALL_REPS_MASK) |
	       place(fields->rep_start, HVP_HVCALL_START_SHIFT,
		     HVP_HVCALL_START_MASK) |
	       (fields->reserved & HVP_HVCALL_RESERVED_MASK);
}

void hvp_hvcall_control_parse(u64 control, struct hvp_hvcall_control *fields)
{
	fields->code = (u16)(control & HVP_HVCALL_CODE_MASK);
	fields->var_qwords = (u16)((control & HVP_HVCALL_VAR_MASK) >>
				   HVP_HVCALL_VAR_SHIFT);
	fields->reps = (u16)((control & HVP_HVCALL_REPS_MASK) >>
			     HVP_HVCALL_REPS_SHIFT);
	fields->rep_start = (u16)((control & HVP_HVCALL_START_MASK) >>
				  HVP_HVCALL_START_SHIFT);
	fields->fast = control & HVP_HVCALL_FAST_MASK;
	fields->nested = control & HVP_HVCALL_NESTED_MASK;
	fields->reserved = control & HVP_HVCALL_RESERVED_MASK;
}

static u64 with_rep_start(u64 control, u32 start)
{
	return (control & ~HVP_HVCALL_START_MASK) |
	       place(start, HVP_HVCALL_START_SHIFT, HVP_HVCALL_START_MASK);
}

/* --------------------------------------------------------------- layout */

/* 65535 + 8 * 1023 + 65535 * 4095 at most: no overflow. */
static u32 in_size(const struct hvp_hvcall_request *request, u32 reps)
{
	return request->in_header + 8U * request->var_qwords +
	       reps * request->in_element;
}

static u32 out_size(const struct hvp_hvcall_request *request, u32 reps)
{
	return request->out_header + reps * request->out_element;
}

static u32 pairs(u32 bytes)
{
	return (bytes + HVP_HVCALL_PAIR_BYTES - 1) / HVP_HVCALL_PAIR_BYTES;
}

static u32 refuse_request(const struct hvp_hvcall_request *request)
{
	if (request->shape >= HVP_HVCALL_SHAPE_COUNT)
		return HVP_HVCALL_REFUSAL_UNKNOWN_SHAPE;
	if (request->flags & ~HVP_HVCALL_FLAGS_ALL ||
	    request->available & ~HVP_HVCALL_CAN_ALL ||
	    request->control_extra &
		    (HVP_HVCALL_CODE_MASK | HVP_HVCALL_FAST_MASK))
		return HVP_HVCALL_REFUSAL_BAD_FLAGS;

	switch (request->type) {
	case HVP_HVCALL_SIMPLE:
		if (request->reps || request->rep_start)
			return HVP_HVCALL_REFUSAL_BAD_REPS;
		break;
	case HVP_HVCALL_REP:
		if (!request->reps || request->reps > HVP_HVCALL_REPS_MAX)
			return HVP_HVCALL_REFUSAL_BAD_REPS;
		if (request->rep_start >= request->reps)
			return HVP_HVCALL_REFUSAL_BAD_REP_START;
		break;
	default:
		return HVP_HVCALL_REFUSAL_UNKNOWN_LAYOUT;
	}

	if (request->var_qwords && !(request->flags & HVP_HVCALL_VAR))
		return HVP_HVCALL_REFUSAL_VAR_HEADER;
	if (request->var_qwords > HVP_HVCALL_VAR_MAX)
		return HVP_HVCALL_REFUSAL_VAR_HEADER_SIZE;
	return HVP_HVCALL_REFUSAL_NONE;
}

static bool crosses_page(u64 gpa, u32 bytes)
{
	return (gpa & IN_PAGE_MASK) + bytes > HVP_HVCALL_PAGE_BYTES;
}

static u32 refuse_slow(const struct hvp_hvcall_request *request, u32 in,
		       u32 out)
{
	u64 in_gpa = request->in_gpa, out_gpa = request->out_gpa;

	if (!(request->available & HVP_HVCALL_CAN_SLOW))
		return HVP_HVCALL_REFUSAL_NO_SLOW;
	if (in > HVP_HVCALL_PAGE_BYTES || out > HVP_HVCALL_PAGE_BYTES)
		return HVP_HVCALL_REFUSAL_TOO_BIG_PAGE;
	if ((in && in_gpa % ALIGNMENT) || (out && out_gpa % ALIGNMENT))
		return HVP_HVCALL_REFUSAL_UNALIGNED;
	if ((in && crosses_page(in_gpa, in)) ||
	    (out && crosses_page(out_gpa, out)))
		return HVP_HVCALL_REFUSAL_CROSSES_PAGE;
	/* Differences, not sums: the last page of all has no end. */
	if (in && out && (in_gpa <= out_gpa ? out_gpa - in_gpa < in :
					      in_gpa - out_gpa < out))
		return HVP_HVCALL_REFUSAL_OVERLAP;
	return HVP_HVCALL_REFUSAL_NONE;
}

static u32 refuse_registers(const struct hvp_hvcall_request *request, u32 shape,
			    u32 in, u32 out)
{
	bool fast = shape == HVP_HVCALL_SHAPE_FAST;

	if (!(request->available & HVP_HVCALL_CAN_FAST))
		return HVP_HVCALL_REFUSAL_NO_FAST;
	if (pairs(in) + pairs(out) > (fast ? 1U : HVP_HVCALL_PAIRS))
		return fast ? HVP_HVCALL_REFUSAL_TOO_BIG_FAST :
			      HVP_HVCALL_REFUSAL_TOO_BIG_XMM;
	if (in > HVP_HVCALL_FAST_BYTES &&
	    !(request->available & HVP_HVCALL_CAN_XMM_IN))
		return HVP_HVCALL_REFUSAL_NO_XMM_INPUT;
	if (out && !(request->available & HVP_HVCALL_CAN_XMM_OUT))
		return HVP_HVCALL_REFUSAL_NO_XMM_OUTPUT;
	return HVP_HVCALL_REFUSAL_NONE;
}

static bool form_known(const struct hvp_hvcall_request *request, u32 in,
		       u32 out)
{
	if (request->flags & HVP_HVCALL_FORM_XMM)
		return true;
	return request->flags & HVP_HVCALL_FORM_FAST && !out &&
	       in <= HVP_HVCALL_FAST_BYTES;
}

/* What keeps a call out of registers, as a reason to use memory. */
static u32 slow_reason(u32 refusal)
{
	switch (refusal) {
	case HVP_HVCALL_REFUSAL_NO_FAST:
		return HVP_HVCALL_REASON_SLOW_NO_FAST;
	case HVP_HVCALL_REFUSAL_TOO_BIG_XMM:
		return HVP_HVCALL_REASON_SLOW_TOO_BIG;
	case HVP_HVCALL_REFUSAL_NO_XMM_INPUT:
		return HVP_HVCALL_REASON_SLOW_NO_XMM_INPUT;
	case HVP_HVCALL_REFUSAL_NO_XMM_OUTPUT:
		return HVP_HVCALL_REASON_SLOW_NO_XMM_OUTPUT;
	default:
		return HVP_HVCALL_REASON_SLOW_UNDOCUMENTED;
	}
}

static u32 needs_xmm(u32 in, u32 out)
{
	return pairs(in) + pairs(out) > 1;
}

static void choose_auto(const struct hvp_hvcall_request *request,
			struct hvp_hvcall_layout *layout)
{
	u32 in = layout->in_bytes, out = layout->out_bytes;
	u32 shape = needs_xmm(in, out) ? HVP_HVCALL_SHAPE_XMM :
					 HVP_HVCALL_SHAPE_FAST;
	u32 in_registers, in_memory;

	in_registers = refuse_registers(request, shape, in, out);
	if (!in_registers && form_known(request, in, out)) {
		layout->shape = (u8)shape;
		layout->reason = shape == HVP_HVCALL_SHAPE_XMM ?
					 HVP_HVCALL_REASON_FITS_XMM :
					 HVP_HVCALL_REASON_FITS_FAST;
		return;
	}

	in_memory = refuse_slow(request, in, out);
	if (!in_memory) {
		layout->shape = HVP_HVCALL_SHAPE_SLOW;
		layout->reason = (u8)slow_reason(in_registers);
	} else if (in_memory == HVP_HVCALL_REFUSAL_NO_SLOW && in_registers) {
		layout->refusal = (u8)in_registers;
	} else {
		layout->refusal = (u8)in_memory;
	}
}

static void choose_forced(const struct hvp_hvcall_request *request,
			  struct hvp_hvcall_layout *layout)
{
	u32 in = layout->in_bytes, out = layout->out_bytes;
	u32 shape = request->shape, refusal;

	if (shape == HVP_HVCALL_SHAPE_SLOW)
		refusal = refuse_slow(request, in, out);
	else
		refusal = refuse_registers(request, shape, in, out);
	layout->refusal = (u8)refusal;
	if (refusal)
		return;

	layout->reason = HVP_HVCALL_REASON_FORCED;
	if (shape == HVP_HVCALL_SHAPE_XMM && !needs_xmm(in, out)) {
		shape = HVP_HVCALL_SHAPE_FAST;
		layout->reason = HVP_HVCALL_REASON_FORCED_FEWER;
	}
	layout->shape = (u8)shape;
}

static u32 reg_offset(u32 reg)
{
	return reg < HVP_HVCALL_XMM0 ?
		       reg * 8 :
		       (reg - HVP_HVCALL_XMM0 + 1) * HVP_HVCALL_PAIR_BYTES;
}

static u32 reg_bytes(u32 reg)
{
	return reg < HVP_HVCALL_XMM0 ? 8 : HVP_HVCALL_PAIR_BYTES;
}

/* Which bytes of a block that begins at byte @base of all registers. */
static void fill_spans(struct hvp_hvcall_span *spans, u32 base, u32 bytes)
{
	u32 reg;

	for (reg = 0; reg < HVP_HVCALL_REG_COUNT; reg++) {
		u32 at = reg_offset(reg), room = reg_bytes(reg);

		if (at < base || at - base >= bytes)
			continue;
		at -= base;
		spans[reg].offset = (u8)at;
		spans[reg].bytes = (u8)(bytes - at < room ? bytes - at : room);
	}
}

static void fill_registers(struct hvp_hvcall_layout *layout)
{
	u32 all;

	layout->in_pairs = (u8)pairs(layout->in_bytes);
	layout->out_pairs = (u8)pairs(layout->out_bytes);
	all = layout->in_pairs + layout->out_pairs;
	layout->xmm_count = (u8)(all > 1 ? all - 1 : 0);
	fill_spans(layout->in, 0, layout->in_bytes);
	fill_spans(layout->out, layout->in_pairs * HVP_HVCALL_PAIR_BYTES,
		   layout->out_bytes);
}

static void fill_control(const struct hvp_hvcall_request *request,
			 struct hvp_hvcall_layout *layout)
{
	struct hvp_hvcall_control fields = {
		.code = request->code,
		.var_qwords = request->var_qwords,
		.reps = request->reps,
		.rep_start = request->rep_start,
		.fast = layout->shape != HVP_HVCALL_SHAPE_SLOW,
		.nested = request->flags & HVP_HVCALL_NESTED,
	};

	layout->control = hvp_hvcall_control_build(&fields) |
			  request->control_extra;
}

static int refusal_errno(u32 refusal)
{
	static const u8 errors[] = {
#define HVP_HVCALL_REFUSAL(id, error, text) error,
		HVP_HVCALL_REFUSALS
#undef HVP_HVCALL_REFUSAL
	};

	return -(int)errors[refusal];
}

int hvp_hvcall_layout(const struct hvp_hvcall_request *request,
		      struct hvp_hvcall_layout *layout)
{
	memset(layout, 0, sizeof(*layout));
	layout->type = request->type;
	layout->refusal = (u8)refuse_request(request);
	if (layout->refusal)
		return refusal_errno(layout->refusal);

	layout->in_bytes = in_size(request, request->reps);
	layout->out_bytes = out_size(request, request->reps);
	layout->out_header = request->out_header;
	layout->out_element = request->out_element;
	layout->reps = request->reps;
	layout->rep_start = request->rep_start;

	if (request->shape == HVP_HVCALL_SHAPE_AUTO)
		choose_auto(request, layout);
	else
		choose_forced(request, layout);
	if (layout->refusal)
		return refusal_errno(layout->refusal);

	fill_control(request, layout);
	if (layout->shape != HVP_HVCALL_SHAPE_SLOW) {
		fill_registers(layout);
		return 0;
	}
	if (layout->in_bytes)
		layout->in_gpa = request->in_gpa;
	if (layout->out_bytes)
		layout->out_gpa = request->out_gpa;
	return 0;
}

static u32 reps_in_page(u64 gpa, u32 header, u32 element)
{
	u32 room = HVP_HVCALL_PAGE_BYTES - (u32)(gpa & IN_PAGE_MASK);
	u32 reps;

	if (header > room)
		return 0;
	if (!element)
		return HVP_HVCALL_REPS_MAX;
	reps = (room - header) / element;
	return reps < HVP_HVCALL_REPS_MAX ? reps : HVP_HVCALL_REPS_MAX;
}

u32 hvp_hvcall_max_reps(const struct hvp_hvcall_request *request, u32 shape)
{
	u32 limit = HVP_HVCALL_PAIRS, reps = 0, in, out;

	if (request->type != HVP_HVCALL_REP)
		return 0;

	switch (shape) {
	case HVP_HVCALL_SHAPE_SLOW:
		in = reps_in_page(request->in_gpa, in_size(request, 0),
				  request->in_element);
		out = reps_in_page(request->out_gpa, out_size(request, 0),
				   request->out_element);
		return in < out ? in : out;
	case HVP_HVCALL_SHAPE_FAST:
		limit = 1;
		break;
	case HVP_HVCALL_SHAPE_XMM:
		break;
	default:
		return 0;
	}

	if (pairs(in_size(request, 0)) + pairs(out_size(request, 0)) > limit)
		return 0;
	if (!request->in_element && !request->out_element)
		return HVP_HVCALL_REPS_MAX;
	while (pairs(in_size(request, reps + 1)) +
		       pairs(out_size(request, reps + 1)) <= limit)
		reps++;
	return reps;
}

/* ------------------------------------------------------------- registers */

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

u32 hvp_hvcall_unpack(const struct hvp_hvcall_layout *layout,
		      const struct hvp_hvcall_regs *regs,
		      const struct hvp_hvcall_result *result, void *output)
{
	u32 valid = result->valid_bytes;

	if (!layout->out_bytes || layout->shape == HVP_HVCALL_SHAPE_AUTO)
		return 0;
	if (valid > layout->out_bytes)
		valid = layout->out_bytes;
	if (valid && layout->shape != HVP_HVCALL_SHAPE_SLOW)
		memcpy(output,
		       regs->block + layout->in_pairs * HVP_HVCALL_PAIR_BYTES,
		       valid);
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

enum hvp_hvcall_action hvp_hvcall_next(const struct hvp_hvcall_layout *layout,
				       u64 raw, struct hvp_hvcall_state *state)
{
	u16 done = state->result.done;
	u8 odd = state->result.odd;
	bool again, garbage;

	state->calls++;
	/* The usual answer, for what the engine costs: what parse would say. */
	if (raw == place(layout->reps, HVP_HVCALL_DONE_SHIFT,
			 HVP_HVCALL_DONE_MASK)) {
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

/* ------------------------------------------------------------------ text */

void hvp_hvcall_describe(const struct hvp_hvcall_layout *layout,
			 struct hvp_hvcall_description *description)
{
	static const char *const names[HVP_HVCALL_REG_COUNT] = {
		"RDX", "R8", "XMM0", "XMM1", "XMM2", "XMM3", "XMM4", "XMM5",
	};
	bool slow = layout->shape == HVP_HVCALL_SHAPE_SLOW;
	u32 i;

	memset(description, 0, sizeof(*description));
	for (i = 0; i < HVP_HVCALL_FIELD_COUNT; i++) {
		const struct hvp_hvcall_field *field = &hvp_hvcall_fields[i];

		description->field[i] =
			layout->control >> field->lo &
			((1ULL << (field->hi - field->lo + 1)) - 1);
	}
	description->reg[0].name = "RCX";
	description->reg[0].value = layout->control;
	description->reg[0].role = HVP_HVCALL_ROLE_CONTROL;
	for (i = 0; i < HVP_HVCALL_REG_COUNT; i++) {
		description->reg[1 + i].name = names[i];
		description->reg[1 + i].in = layout->in[i];
		description->reg[1 + i].out = layout->out[i];
		/* RDX and R8 are always loaded, if only with zero. */
		if (i < (u32)HVP_HVCALL_XMM0 + layout->xmm_count)
			description->reg[1 + i].role = HVP_HVCALL_ROLE_BYTES;
	}
	if (!slow)
		return;
	if (layout->in_bytes) {
		description->reg[1].role = HVP_HVCALL_ROLE_IN_GPA;
		description->reg[1].value = layout->in_gpa;
	}
	if (layout->out_bytes) {
		description->reg[2].role = HVP_HVCALL_ROLE_OUT_GPA;
		description->reg[2].value = layout->out_gpa;
	}
}

static const char *const shape_names[HVP_HVCALL_SHAPE_COUNT] = {
	[HVP_HVCALL_SHAPE_AUTO] = "auto",
	[HVP_HVCALL_SHAPE_SLOW] = "slow",
	[HVP_HVCALL_SHAPE_FAST] = "fast",
	[HVP_HVCALL_SHAPE_XMM] = "xmm",
};

static const char *const reason_texts[] = {
#define HVP_HVCALL_REASON(id, text) text,
	HVP_HVCALL_REASONS
#undef HVP_HVCALL_REASON
};

static const char *const refusal_names[] = {
#define HVP_HVCALL_REFUSAL(id, error, text) #id,
	HVP_HVCALL_REFUSALS
#undef HVP_HVCALL_REFUSAL
};

static const char *const refusal_texts[] = {
#define HVP_HVCALL_REFUSAL(id, error, text) text,
	HVP_HVCALL_REFUSALS
#undef HVP_HVCALL_REFUSAL
};

#define PICK(names, number) \
	((number) < HVP_ARRAY_SIZE(names) ? (names)[number] : "?")

const char *hvp_hvcall_shape_name(u32 shape)
{
	return PICK(shape_names, shape);
}

const char *hvp_hvcall_reason_text(u32 reason)
{
	return PICK(reason_texts, reason);
}

const char *hvp_hvcall_refusal_name(u32 refusal)
{
	return PICK(refusal_names, refusal);
}

const char *hvp_hvcall_refusal_text(u32 refusal)
{
	return PICK(refusal_texts, refusal);
}
