// SPDX-License-Identifier: GPL-2.0-only
/* Control words and layout of Hyper-V calls: shapes, sizes, places. */
#include "hvcall.h"

#define ALIGNMENT	8
#define IN_PAGE_MASK	(HVP_HVCALL_PAGE_BYTES - 1)

static_assert((HVP_HVCALL_CODE_MASK | HVP_HVCALL_FAST_MASK |
	       HVP_HVCALL_VAR_MASK | HVP_HVCALL_NESTED_MASK |
	       HVP_HVCALL_REPS_MASK | HVP_HVCALL_START_MASK) ==
	      ~HVP_HVCALL_RESERVED_MASK, "every bit has a field");

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
