/* SPDX-License-Identifier: GPL-2.0-only */
/* Tables of calls, status codes, extended capabilities and VP registers. */
#ifndef HVP_CORE_HYPERCALLS_H
#define HVP_CORE_HYPERCALLS_H

#include "hvcall.h"
#include "registry.h"

/**
 * enum hvp_safety - what a Hyper-V call can do to the guest
 * @HVP_SAFETY_HARMLESS: changes nothing; allow-listed
 * @HVP_SAFETY_EMPTY_SET_ONLY: harmless when it names no processor
 * @HVP_SAFETY_UNSAFE: everything else
 * @HVP_SAFETY_NEVER: the same that can hang, halt or change the guest for good:
 *                    hvprobe makes it by its number only
 *
 * The class alone permits nothing: ask hvp_hypercall_is_harmless().
 */
enum hvp_safety {
	HVP_SAFETY_HARMLESS,
	HVP_SAFETY_EMPTY_SET_ONLY,
	HVP_SAFETY_UNSAFE,
	HVP_SAFETY_NEVER,
	HVP_SAFETY_COUNT
};

/* &hvp_hypercall.flags */
#define HVP_HC_VAR		0x01	/* has a variable header */
#define HVP_HC_FAST		0x02	/* takes RDX and R8: documented */
#define HVP_HC_XMM		0x04	/* fits registers: partly derived */
#define HVP_HC_UNCONFIRMED	0x08	/* layout or existence, see the docs */
#define HVP_HC_RAW		0x10	/* sizes are not known */

/*
 * hypercalls.def rows. TYPE is SIMPLE, REP or UNKNOWN; sizes in bytes; NEEDS
 * the ID of a capability, or NONE; SAFETY of enum hvp_safety.
 *   HVP_HYPERCALL(code, ID, "name", "TLFS name", TYPE, flags, input header,
 *		   input element, output header, output element, NEEDS, SAFETY,
 *		   "spec")
 *   HVP_HYPERCALL_RAW(code, ID, "name", "TLFS name", TYPE, flags, NEEDS,
 *		       SAFETY, "spec")
 *   HVP_ABI_CALL(ABI, ID, "name", number, a0, a1, a2, a3, FILL, bytes, "spec")
 */
enum hvp_hypercall_code {
#define HVP_HYPERCALL(code, id, ...) HVP_HYPERCALL_##id = code,
#define HVP_HYPERCALL_RAW(code, id, ...) HVP_HYPERCALL_##id = code,
#define HVP_ABI_CALL(abi, id, ...)
#include "hypercalls.def"
#undef HVP_HYPERCALL
#undef HVP_HYPERCALL_RAW
#undef HVP_ABI_CALL
};

enum hvp_abi_call_id {
#define HVP_HYPERCALL(code, id, ...)
#define HVP_HYPERCALL_RAW(code, id, ...)
#define HVP_ABI_CALL(abi, id, ...) HVP_ABI_CALL_##id,
#include "hypercalls.def"
#undef HVP_HYPERCALL
#undef HVP_HYPERCALL_RAW
#undef HVP_ABI_CALL
	HVP_ABI_CALL_COUNT
};

/**
 * struct hvp_hypercall - a Hyper-V call
 * @name: stable, for people and scripts
 * @tlfs: name in the TLFS, "" for the code that no call has
 * @spec: where code and layout come from
 * @code: call code
 * @needs: &enum hvp_cap_id that permits or recommends it
 * @in_header: bytes of the fixed input header; sizes are 0 with HVP_HC_RAW
 * @in_element: bytes of one input list element
 * @out_header: bytes of fixed output
 * @out_element: bytes of one output list element
 * @type: &enum hvp_hvcall_type
 * @safety: &enum hvp_safety
 * @flags: HVP_HC_*
 */
struct hvp_hypercall {
	const char *name;
	const char *tlfs;
	const char *spec;
	u16 code;
	u16 needs;
	u16 in_header;
	u16 in_element;
	u16 out_header;
	u16 out_element;
	u8 type;
	u8 safety;
	u8 flags;
};

/** enum hvp_abi_fill - what the driver has to put in place of an argument. */
enum hvp_abi_fill {
	HVP_ABI_FILL_NONE,
	HVP_ABI_FILL_A0_APIC_ID,	/* a0: of the calling CPU */
	HVP_ABI_FILL_A0_PAGE_GPA,	/* a0: GPA of a page of its own */
	HVP_ABI_FILL_A1_BUFFER,		/* a1: linear address, zeroed before */
	HVP_ABI_FILL_A1_SIZED,		/* the same, begins with its u32 length */
	HVP_ABI_FILL_COUNT
};

/** struct hvp_abi_call - a harmless call of KVM, Xen or VMware */
struct hvp_abi_call {
	const char *name;	/* unique within its ABI */
	const char *spec;
	u64 number;		/* RAX */
	u64 args[4];		/* in the interface's own order */
	u16 bytes;		/* that the call writes where FILL points */
	u8 abi;			/* enum hvp_abi */
	u8 fill;		/* enum hvp_abi_fill */
};

/** struct hvp_status - an HV_STATUS code */
struct hvp_status {
	const char *name;	/* without HV_STATUS_ */
	const char *meaning;
	u16 value;
};

/** struct hvp_extcap - a bit of the mask that call 0x8001 returns */
struct hvp_extcap {
	const char *name;
	const char *spec;
	const char *meaning;
	u16 code;		/* call that it announces */
	u8 bit;
};

/* &hvp_hvreg.flags */
#define HVP_HVREG_AVOID	0x1	/* that reading does nothing is not certain */

/*
 * hvregs.def rows; leaf is the offset of the CPUID leaf with the same content,
 * 0 = there is none.
 *   HVP_HVREG(number, ID, "name", flags, leaf)
 */
enum hvp_hvreg_number {
#define HVP_HVREG(number, id, ...) HVP_HVREG_##id = number,
#include "hvregs.def"
#undef HVP_HVREG
};

/** struct hvp_hvreg - a register that call 0x50 reads */
struct hvp_hvreg {
	const char *name;
	u32 number;
	u8 leaf;
	u8 flags;
};

enum hvp_status_value {
#define HVP_STATUS(value, id, meaning) HVP_STATUS_##id = value,
#include "status.def"
#undef HVP_STATUS
};

/* Arguments of calls that mean the caller itself. */
#define HVP_HV_PARTITION_SELF	0xffffffffffffffffULL
#define HVP_HV_VP_SELF		0xfffffffeU

extern const struct hvp_hypercall hvp_hypercalls[];
extern const u32 hvp_hypercall_count;
extern const struct hvp_abi_call hvp_abi_calls[HVP_ABI_CALL_COUNT];
extern const struct hvp_status hvp_statuses[];
extern const u32 hvp_status_count;
extern const struct hvp_extcap hvp_extcaps[];
extern const u32 hvp_extcap_count;
extern const struct hvp_hvreg hvp_hvregs[];
extern const u32 hvp_hvreg_count;

/**
 * Lookups; NULL when there is no such row. Names of calls and registers are
 * those of the first column or, for calls, of the TLFS. Any context.
 */
const struct hvp_hypercall *hvp_hypercall_find(u32 code);
const struct hvp_hypercall *hvp_hypercall_find_name(const char *name);
const struct hvp_abi_call *hvp_abi_call_find_name(u32 abi, const char *name);
const struct hvp_status *hvp_status_find(u32 value);
const struct hvp_extcap *hvp_extcap_find(u32 bit);
const struct hvp_hvreg *hvp_hvreg_find(u32 number);
const struct hvp_hvreg *hvp_hvreg_find_name(const char *name);

/** struct hvp_hvreg_place - bit @bit of word @word of a register's value */
struct hvp_hvreg_place {
	u8 word;
	u8 bit;
};

/**
 * Where the register that stands for a leaf of Hyper-V's holds @cap, and does it
 * hold @field in the place of the leaf? On arm64 false for most of x64's.
 */
bool hvp_hvreg_place_cap(const struct hvp_cap *cap, bool arm64,
			 struct hvp_hvreg_place *place);
bool hvp_hvreg_has_field(const struct hvp_field *field, bool arm64);

/** Bits of a mask of call 0x8001 that no row explains. */
u64 hvp_extcap_unlisted(u64 mask);

/**
 * hvp_hypercall_request() - begin a request from a row
 * @call: row
 * @reps: list elements, 0 for simple calls
 * @var_qwords: qwords of the variable header
 * @request: cleared, then filled but for shape (AUTO), available (nothing) and
 *           addresses, which the caller knows. Numbers that no control word
 *           holds are kept too big, so that hvp_hvcall_layout() refuses them
 *
 * Return: 0, -ENODATA when the row has no sizes: fill them in or call raw.
 */
int hvp_hypercall_request(const struct hvp_hypercall *call, u32 reps,
			  u32 var_qwords, struct hvp_hvcall_request *request);

/**
 * hvp_hypercall_request_of() - the request that a caller of the driver makes
 * @call: for sizes of the row, or with HVP_CALL_LAYOUT its own
 * @request: filled but for available and addresses; of type UNKNOWN without sizes
 */
void hvp_hypercall_request_of(const struct hvp_call *call,
			      struct hvp_hvcall_request *request);

/**
 * hvp_hypercall_is_harmless() - may this be done without the unsafe gate?
 * @request: as it will be laid out
 * @input: all of its input, which must not change afterwards; may be NULL when
 *         it has none
 * @bytes: size of @input
 *
 * True for a code whose row says HARMLESS or EMPTY_SET_ONLY, with exactly the
 * sizes of the row, for the caller's own partition, processor and VTL, with
 * registers that hvregs.def lists and does not avoid, respectively with an
 * empty set of processors. Extra control bits are harmless where they only get
 * the call refused. Any doubt is false.
 */
bool hvp_hypercall_is_harmless(const struct hvp_hvcall_request *request,
			       const void *input, u32 bytes);

/** Never NULL, "?" for a number that has none. */
const char *hvp_status_name(u32 value);

#endif
