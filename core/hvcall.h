/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hyper-V calls as data: control word, registers, result, continuation. For
 * 64-bit x86. Nothing is executed here; every function is pure, never sleeps
 * and may run in any context.
 *
 * TLFS hypercall-interface; section numbers are those of the 6.0b document.
 */
#ifndef HVP_CORE_HVCALL_H
#define HVP_CORE_HVCALL_H

#include "compat.h"

/* Control word, TLFS 3.7. */
#define HVP_HVCALL_CODE_MASK		0x000000000000ffffULL
#define HVP_HVCALL_FAST_BIT		16
#define HVP_HVCALL_FAST_MASK		(1ULL << HVP_HVCALL_FAST_BIT)
#define HVP_HVCALL_VAR_SHIFT		17
#define HVP_HVCALL_VAR_MASK		0x0000000007fe0000ULL
#define HVP_HVCALL_NESTED_BIT		31
#define HVP_HVCALL_NESTED_MASK		(1ULL << HVP_HVCALL_NESTED_BIT)
#define HVP_HVCALL_REPS_SHIFT		32
#define HVP_HVCALL_REPS_MASK		0x00000fff00000000ULL
#define HVP_HVCALL_START_SHIFT		48
#define HVP_HVCALL_START_MASK		0x0fff000000000000ULL
#define HVP_HVCALL_RESERVED_MASK	0xf000f00078000000ULL

#define HVP_HVCALL_VAR_MAX		1023
#define HVP_HVCALL_REPS_MAX		4095

/* Result word; 31:16 carry nothing, 63:44 are reserved. */
#define HVP_HVCALL_STATUS_MASK		0x000000000000ffffULL
#define HVP_HVCALL_DONE_SHIFT		32
#define HVP_HVCALL_DONE_MASK		0x00000fff00000000ULL
#define HVP_HVCALL_RESULT_RESERVED_MASK	0xfffff00000000000ULL

/*
 * What RAX holds before a call. Bit 31 makes Xen take it for a Hyper-V call;
 * KVM, Xen and Jailhouse have no such number; no status is 0xdead, so an
 * instruction that did nothing is seen.
 */
#define HVP_HVCALL_RAX_PRESET		0x8000deadULL

#define HVP_HVCALL_PAGE_BYTES		4096
#define HVP_HVCALL_PAIR_BYTES		16
#define HVP_HVCALL_PAIRS		7	/* RDX:R8, XMM0 to XMM5 */
#define HVP_HVCALL_FAST_BYTES		16
#define HVP_HVCALL_BLOCK_BYTES		112
#define HVP_HVCALL_XMM_COUNT		6

/** enum hvp_hvcall_shape - where parameters travel. */
enum hvp_hvcall_shape {
	HVP_HVCALL_SHAPE_AUTO = 0,	/* in a layout: none was found */
	HVP_HVCALL_SHAPE_SLOW = 1,	/* in memory */
	HVP_HVCALL_SHAPE_FAST = 2,	/* in RDX and R8 */
	HVP_HVCALL_SHAPE_XMM = 3,	/* in RDX, R8 and XMM0 to XMM5 */
	HVP_HVCALL_SHAPE_COUNT
};

/** enum hvp_hvcall_type - how often a call does its work. */
enum hvp_hvcall_type {
	HVP_HVCALL_SIMPLE = 0,
	HVP_HVCALL_REP = 1,
	HVP_HVCALL_UNKNOWN = 2,
};

/* &hvp_hvcall_request.available: what may be used here. */
#define HVP_HVCALL_CAN_SLOW		0x1
#define HVP_HVCALL_CAN_FAST		0x2
#define HVP_HVCALL_CAN_XMM_IN		0x4	/* leaf +3 EDX bit 4 */
#define HVP_HVCALL_CAN_XMM_OUT		0x8	/* leaf +3 EDX bit 15 */
#define HVP_HVCALL_CAN_ALL		0xf

/* &hvp_hvcall_request.flags */
#define HVP_HVCALL_VAR			0x1	/* has a variable header */
#define HVP_HVCALL_NESTED		0x2	/* for the hypervisor below */
#define HVP_HVCALL_FORM_FAST		0x4	/* known to take RDX, R8 */
#define HVP_HVCALL_FORM_XMM		0x8	/* known to take XMM too */
#define HVP_HVCALL_FLAGS_ALL		0xf

/**
 * struct hvp_hvcall_request - a call that is wanted
 * @code: call code
 * @type: &enum hvp_hvcall_type
 * @shape: &enum hvp_hvcall_shape wanted
 * @flags: HVP_HVCALL_VAR and following. The FORM flags bind only shape AUTO:
 *         a shape that is asked for is tried even if nobody documents it
 * @available: HVP_HVCALL_CAN_* of this platform. The caller's decision: to
 *             find out what works unadvertised, say that it is there
 * @in_header: bytes of the fixed input header
 * @in_element: bytes of one input list element, rep calls
 * @out_header: bytes of fixed output
 * @out_element: bytes of one output list element, rep calls
 * @var_qwords: qwords of the variable header, behind the fixed one
 * @reps: list elements, 0 for simple calls
 * @rep_start: first element to work on; 0 unless an earlier call got as far
 * @in_gpa: guest physical address of the input, used by shape SLOW only
 * @out_gpa: the same of the output; they may share a page but not overlap
 * @control_extra: bits ORed into the control word, for calls that have to be
 *                 refused. Does not move any byte; code and fast bit are taboo
 */
struct hvp_hvcall_request {
	u16 code;
	u8 type;
	u8 shape;
	u8 flags;
	u8 available;
	u16 in_header;
	u16 in_element;
	u16 out_header;
	u16 out_element;
	u16 var_qwords;
	u16 reps;
	u16 rep_start;
	u64 in_gpa;
	u64 out_gpa;
	u64 control_extra;
};

/*
 * HVP_HVCALL_REASON(ID, "text"): why a shape was chosen.
 * HVP_HVCALL_REFUSAL(ID, ERRNO, "text"): why there is none.
 */
#define HVP_HVCALL_REASONS \
	HVP_HVCALL_REASON(NONE, "no shape was chosen") \
	HVP_HVCALL_REASON(FORCED, "the caller asked for it") \
	HVP_HVCALL_REASON(FORCED_FEWER, \
		"XMM asked for, but RDX and R8 hold it all") \
	HVP_HVCALL_REASON(FITS_FAST, "RDX and R8 hold all parameters") \
	HVP_HVCALL_REASON(FITS_XMM, "RDX, R8 and XMM0-5 hold all parameters") \
	HVP_HVCALL_REASON(SLOW_NO_FAST, "register calls are not available") \
	HVP_HVCALL_REASON(SLOW_UNDOCUMENTED, \
		"no register form of this call is known for these sizes") \
	HVP_HVCALL_REASON(SLOW_TOO_BIG, \
		"more parameters than seven register pairs hold") \
	HVP_HVCALL_REASON(SLOW_NO_XMM_INPUT, \
		"more than 16 bytes of input, and no XMM input here") \
	HVP_HVCALL_REASON(SLOW_NO_XMM_OUTPUT, \
		"has output, and no output in registers here")

#define HVP_HVCALL_REFUSALS \
	HVP_HVCALL_REFUSAL(NONE, 0, "") \
	HVP_HVCALL_REFUSAL(UNKNOWN_SHAPE, EINVAL, "there is no such shape") \
	HVP_HVCALL_REFUSAL(BAD_FLAGS, EINVAL, \
		"a flag or control bit that has no meaning here") \
	HVP_HVCALL_REFUSAL(UNKNOWN_LAYOUT, ENODATA, \
		"type and sizes of this call are not known: give them") \
	HVP_HVCALL_REFUSAL(BAD_REPS, EINVAL, \
		"a rep call takes 1 to 4095 elements, a simple call none") \
	HVP_HVCALL_REFUSAL(BAD_REP_START, EINVAL, \
		"the first element is not before the last") \
	HVP_HVCALL_REFUSAL(VAR_HEADER, EINVAL, \
		"this call has no variable header") \
	HVP_HVCALL_REFUSAL(VAR_HEADER_SIZE, E2BIG, \
		"a variable header has at most 1023 qwords") \
	HVP_HVCALL_REFUSAL(NO_SLOW, EOPNOTSUPP, \
		"no memory for parameters available") \
	HVP_HVCALL_REFUSAL(NO_FAST, EOPNOTSUPP, \
		"register calls are not available") \
	HVP_HVCALL_REFUSAL(NO_XMM_INPUT, EOPNOTSUPP, \
		"more than 16 bytes of input, and no XMM input here") \
	HVP_HVCALL_REFUSAL(NO_XMM_OUTPUT, EOPNOTSUPP, \
		"has output, and no output in registers here") \
	HVP_HVCALL_REFUSAL(TOO_BIG_FAST, E2BIG, \
		"more parameters than RDX and R8 hold") \
	HVP_HVCALL_REFUSAL(TOO_BIG_XMM, E2BIG, \
		"more parameters than seven register pairs hold") \
	HVP_HVCALL_REFUSAL(TOO_BIG_PAGE, E2BIG, \
		"input or output does not fit a page of 4096 bytes") \
	HVP_HVCALL_REFUSAL(UNALIGNED, EINVAL, \
		"input and output lie on 8-byte boundaries") \
	HVP_HVCALL_REFUSAL(CROSSES_PAGE, EINVAL, \
		"input and output must not cross a page boundary") \
	HVP_HVCALL_REFUSAL(OVERLAP, EINVAL, "input and output overlap")

enum hvp_hvcall_reason {
#define HVP_HVCALL_REASON(id, text) HVP_HVCALL_REASON_##id,
	HVP_HVCALL_REASONS
#undef HVP_HVCALL_REASON
	HVP_HVCALL_REASON_COUNT
};

enum hvp_hvcall_refusal {
#define HVP_HVCALL_REFUSAL(id, error, text) HVP_HVCALL_REFUSAL_##id,
	HVP_HVCALL_REFUSALS
#undef HVP_HVCALL_REFUSAL
	HVP_HVCALL_REFUSAL_COUNT
};

/** enum hvp_hvcall_reg - parameter registers, in the order of the bytes. */
enum hvp_hvcall_reg {
	HVP_HVCALL_RDX,
	HVP_HVCALL_R8,
	HVP_HVCALL_XMM0,
	HVP_HVCALL_XMM5 = HVP_HVCALL_XMM0 + 5,
	HVP_HVCALL_REG_COUNT
};

/**
 * struct hvp_hvcall_span - the part of a parameter block in one register
 * @offset: first byte of the block
 * @bytes: bytes from there on, 0 = the register has no part in it; they stand
 *         at the register's low end
 */
struct hvp_hvcall_span {
	u8 offset;
	u8 bytes;
};

/**
 * struct hvp_hvcall_layout - how a call is made; filled by hvp_hvcall_layout()
 * @control: control word (RCX)
 * @in_gpa: RDX of a slow call, 0 when it has no input
 * @out_gpa: R8 of a slow call, 0 when it has no output
 * @in_bytes: whole input
 * @out_bytes: whole output, all elements done
 * @out_header: fixed part of the output
 * @out_element: bytes per element done
 * @reps: list elements, 0 for simple calls
 * @rep_start: first of them to work on
 * @shape: &enum hvp_hvcall_shape chosen, AUTO when refused
 * @reason: &enum hvp_hvcall_reason
 * @refusal: &enum hvp_hvcall_refusal, NONE when there is a shape
 * @type: &enum hvp_hvcall_type
 * @in_pairs: register pairs that carry input, 0 for slow calls
 * @out_pairs: register pairs behind them that carry output, 0 for slow calls
 * @xmm_count: XMM registers to load before and store after the call, from XMM0
 * @in: input bytes of each register, all 0 for slow calls
 * @out: output bytes of each register, all 0 for slow calls
 */
struct hvp_hvcall_layout {
	u64 control;
	u64 in_gpa;
	u64 out_gpa;
	u32 in_bytes;
	u32 out_bytes;
	u16 out_header;
	u16 out_element;
	u16 reps;
	u16 rep_start;
	u8 shape;
	u8 reason;
	u8 refusal;
	u8 type;
	u8 in_pairs;
	u8 out_pairs;
	u8 xmm_count;
	struct hvp_hvcall_span in[HVP_HVCALL_REG_COUNT];
	struct hvp_hvcall_span out[HVP_HVCALL_REG_COUNT];
};

/** struct hvp_hvcall_control - fields of a control word */
struct hvp_hvcall_control {
	u16 code;
	u16 var_qwords;
	u16 reps;
	u16 rep_start;
	bool fast;
	bool nested;
	u64 reserved;		/* the reserved bits, in their places */
};

/**
 * hvp_hvcall_control_build() - control word of these fields
 * @fields: values beyond their field's width are cut, @fields->reserved is
 *          masked to the reserved bits
 */
u64 hvp_hvcall_control_build(const struct hvp_hvcall_control *fields);

/**
 * hvp_hvcall_layout() - choose shape and places
 * @request: what is wanted
 * @layout: filled, also when refused: then @layout->refusal says why and the
 *          shape is AUTO
 *
 * AUTO takes RDX and R8 where they hold everything, else XMM, else memory,
 * register forms only where @request->flags knows them. A shape that is asked
 * for is used or refused, but for XMM that needs no XMM register: that is FAST.
 * What is checked first: the request itself, availability of the shape, size,
 * availability of XMM input, of output in registers; in memory alignment, page
 * boundaries, overlap.
 *
 * Return: 0; -E2BIG, -EOPNOTSUPP, -ENODATA or -EINVAL as the refusal has it.
 */
int hvp_hvcall_layout(const struct hvp_hvcall_request *request,
		      struct hvp_hvcall_layout *layout);

#endif
