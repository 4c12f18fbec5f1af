// SPDX-License-Identifier: GPL-2.0-only
/* Lookups in the tables of calls, and which calls are harmless. */
#include "hypercalls.h"

/* Offsets and bits of the inputs below: TLFS pages of the calls. */
#define FLUSH_FLAGS_AT		8
#define FLUSH_SET_AT		16
/* All address spaces, non-global only, extended ranges: not whom it hits. */
#define FLUSH_FLAGS_OK		0xeULL
#define IPI_VTL_AT		4
#define IPI_SET_AT		8
#define IPI_VECTOR_MIN		0x10
#define IPI_VECTOR_MAX		0xff
#define VP_INDEX_AT		8
#define VP_VTL_AT		12
#define VP_NAMES_AT		16
#define APIC_VTL_AT		8

const struct hvp_hypercall hvp_hypercalls[] = {
#define HVP_HYPERCALL(number, id, nm, tl, ty, fl, ih, ie, oh, oe, need, safe, \
		      sp) \
	{ .name = nm, .tlfs = tl, .spec = sp, .code = number, \
	  .needs = HVP_CAP_##need, .in_header = ih, .in_element = ie, \
	  .out_header = oh, .out_element = oe, .type = HVP_HVCALL_##ty, \
	  .safety = HVP_SAFETY_##safe, .flags = fl },
#define HVP_HYPERCALL_RAW(number, id, nm, tl, ty, fl, need, safe, sp) \
	{ .name = nm, .tlfs = tl, .spec = sp, .code = number, \
	  .needs = HVP_CAP_##need, .type = HVP_HVCALL_##ty, \
	  .safety = HVP_SAFETY_##safe, .flags = (fl) | HVP_HC_RAW },
#define HVP_ABI_CALL(abi, id, ...)
#include "hypercalls.def"
#undef HVP_HYPERCALL
#undef HVP_HYPERCALL_RAW
#undef HVP_ABI_CALL
};
const u32 hvp_hypercall_count = HVP_ARRAY_SIZE(hvp_hypercalls);

const struct hvp_abi_call hvp_abi_calls[HVP_ABI_CALL_COUNT] = {
#define HVP_HYPERCALL(code, id, ...)
#define HVP_HYPERCALL_RAW(code, id, ...)
#define HVP_ABI_CALL(ab, id, nm, nr, a0, a1, a2, a3, fl, size, sp) \
	[HVP_ABI_CALL_##id] = { .name = nm, .spec = sp, .number = nr, \
		.args = { a0, a1, a2, a3 }, .bytes = size, \
		.abi = HVP_ABI_##ab, .fill = HVP_ABI_FILL_##fl },
#include "hypercalls.def"
#undef HVP_HYPERCALL
#undef HVP_HYPERCALL_RAW
#undef HVP_ABI_CALL
};

const struct hvp_status hvp_statuses[] = {
#define HVP_STATUS(number, id, text) \
	{ .name = #id, .meaning = text, .value = number },
#include "status.def"
#undef HVP_STATUS
};
const u32 hvp_status_count = HVP_ARRAY_SIZE(hvp_statuses);

const struct hvp_extcap hvp_extcaps[] = {
#define HVP_EXTCAP(number, id, nm, call, sp, text) \
	{ .name = nm, .spec = sp, .meaning = text, \
	  .code = HVP_HYPERCALL_##call, .bit = number },
#include "extcaps.def"
#undef HVP_EXTCAP
};
const u32 hvp_extcap_count = HVP_ARRAY_SIZE(hvp_extcaps);

const struct hvp_hvreg hvp_hvregs[] = {
#define HVP_HVREG(nr, id, nm, fl, lf) \
	{ .name = nm, .number = nr, .leaf = lf, .flags = fl },
#include "hvregs.def"
#undef HVP_HVREG
};
const u32 hvp_hvreg_count = HVP_ARRAY_SIZE(hvp_hvregs);

/*
 * A row that could be misread stops the build; that numbers rise and names are
 * unique cannot be said in C and is held by tests/unit/test_hypercalls.c.
 */
#define HVP_HYPERCALL(code, id, nm, tl, ty, fl, ih, ie, oh, oe, ...) \
	static_assert((code) <= 0xffff && (ih) <= HVP_HVCALL_PAGE_BYTES && \
		      (oh) <= HVP_HVCALL_PAGE_BYTES && !((fl) & HVP_HC_RAW) && \
		      (HVP_HVCALL_##ty == HVP_HVCALL_REP || \
		       (HVP_HVCALL_##ty == HVP_HVCALL_SIMPLE && !(ie) && \
			!(oe))), \
		      #id ": code, type or sizes");
#define HVP_HYPERCALL_RAW(code, id, ...) \
	static_assert((code) <= 0xffff, #id ": code");
#define HVP_ABI_CALL(abi, id, nm, nr, a0, a1, a2, a3, fill, bytes, ...) \
	static_assert((bytes) <= HVP_HVCALL_PAGE_BYTES, #id ": buffer");
#include "hypercalls.def"
#undef HVP_HYPERCALL
#undef HVP_HYPERCALL_RAW
#undef HVP_ABI_CALL

/* --------------------------------------------------------------- lookups */

/* strcmp() and no more: the kernel's and libc's have that in common. */
static bool same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

const struct hvp_hypercall *hvp_hypercall_find(u32 code)
{
	u32 low = 0, high = hvp_hypercall_count;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (hvp_hypercalls[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < hvp_hypercall_count && hvp_hypercalls[low].code == code)
		return &hvp_hypercalls[low];
	return NULL;
}

const struct hvp_hypercall *hvp_hypercall_find_name(const char *name)
{
	u32 i;

	for (i = 0; i < hvp_hypercall_count && *name; i++)
		if (same(hvp_hypercalls[i].name, name) ||
		    same(hvp_hypercalls[i].tlfs, name))
			return &hvp_hypercalls[i];
	return NULL;
}

const struct hvp_abi_call *hvp_abi_call_find_name(u32 abi, const char *name)
{
	u32 i;

	for (i = 0; i < HVP_ABI_CALL_COUNT; i++)
		if (hvp_abi_calls[i].abi == abi &&
		    same(hvp_abi_calls[i].name, name))
			return &hvp_abi_calls[i];
	return NULL;
}

const struct hvp_status *hvp_status_find(u32 value)
{
	u32 i;

	for (i = 0; i < hvp_status_count; i++)
		if (hvp_statuses[i].value == value)
			return &hvp_statuses[i];
	return NULL;
}

const struct hvp_extcap *hvp_extcap_find(u32 bit)
{
	u32 i;

	for (i = 0; i < hvp_extcap_count; i++)
		if (hvp_extcaps[i].bit == bit)
			return &hvp_extcaps[i];
	return NULL;
}

u64 hvp_extcap_unlisted(u64 mask)
{
	u32 i;

	for (i = 0; i < hvp_extcap_count; i++)
		mask &= ~(1ULL << hvp_extcaps[i].bit);
	return mask;
}

const struct hvp_hvreg *hvp_hvreg_find(u32 number)
{
	u32 i;

	for (i = 0; i < hvp_hvreg_count; i++)
		if (hvp_hvregs[i].number == number)
			return &hvp_hvregs[i];
	return NULL;
}

const struct hvp_hvreg *hvp_hvreg_find_name(const char *name)
{
	u32 i;

	for (i = 0; i < hvp_hvreg_count; i++)
		if (same(hvp_hvregs[i].name, name))
			return &hvp_hvregs[i];
	return NULL;
}

const char *hvp_status_name(u32 value)
{
	const struct hvp_status *status = hvp_status_find(value);

	return status ? status->name : "?";
}

/* --------------------------------------------------------------- requests */

static u16 saturate(u32 value)
{
	return (u16)(value < 0xffff ? value : 0xffff);
}

int hvp_hypercall_request(const struct hvp_hypercall *call, u32 reps,
			  u32 var_qwords, struct hvp_hvcall_request *request)
{
	memset(request, 0, sizeof(*request));
	request->code = call->code;
	request->type = call->type;
	request->reps = saturate(reps);
	request->var_qwords = saturate(var_qwords);
	if (call->flags & HVP_HC_VAR)
		request->flags |= HVP_HVCALL_VAR;
	if (call->flags & HVP_HC_FAST)
		request->flags |= HVP_HVCALL_FORM_FAST;
	if (call->flags & HVP_HC_XMM)
		request->flags |= HVP_HVCALL_FORM_XMM;
	if (call->flags & HVP_HC_RAW)
		return -ENODATA;
	request->in_header = call->in_header;
	request->in_element = call->in_element;
	request->out_header = call->out_header;
	request->out_element = call->out_element;
	return 0;
}

void hvp_hypercall_request_of(const struct hvp_call *call,
			      struct hvp_hvcall_request *request)
{
	u32 code = call->number & HVP_HVCALL_CODE_MASK;
	const struct hvp_hypercall *row = hvp_hypercall_find(code);
	int ret = -ENODATA;

	memset(request, 0, sizeof(*request));
	if (row)
		ret = hvp_hypercall_request(row, call->reps, call->var_qwords,
					    request);
	request->code = (u16)code;
	request->control_extra = call->number & ~HVP_HVCALL_CODE_MASK;
	request->reps = call->reps;
	request->var_qwords = call->var_qwords;
	request->shape = call->shape;
	if (call->flags & HVP_CALL_LAYOUT) {
		request->in_header = call->in_header;
		request->in_element = call->in_element;
		request->out_header = call->out_header;
		request->out_element = call->out_element;
		request->type = call->reps ? HVP_HVCALL_REP : HVP_HVCALL_SIMPLE;
		if (call->var_qwords)
			request->flags |= HVP_HVCALL_VAR;
	} else if (ret) {
		request->type = HVP_HVCALL_UNKNOWN;
	}
}

/* ------------------------------------------------------------------ safety */

static u64 read_u64(const u8 *input, u32 at)
{
	u64 value;

	memcpy(&value, input + at, sizeof(value));
	return value;
}

static u32 read_u32(const u8 *input, u32 at)
{
	u32 value;

	memcpy(&value, input + at, sizeof(value));
	return value;
}

static bool as_in_row(const struct hvp_hypercall *call,
		      const struct hvp_hvcall_request *request)
{
	return request->type == call->type &&
	       request->in_header == call->in_header &&
	       request->in_element == call->in_element &&
	       request->out_header == call->out_header &&
	       request->out_element == call->out_element &&
	       /* A set with banks is not empty. */
	       !request->var_qwords && !(request->flags & HVP_HVCALL_NESTED);
}

/*
 * Reserved bits, and reps of a simple call, are refused by every hypervisor
 * before it looks at parameters; other bits could change what it would do.
 */
static bool only_refused(const struct hvp_hvcall_request *request)
{
	u64 allowed = HVP_HVCALL_RESERVED_MASK;

	if (request->type == HVP_HVCALL_SIMPLE)
		allowed |= HVP_HVCALL_REPS_MASK | HVP_HVCALL_START_MASK;
	return !(request->control_extra & ~allowed);
}

static bool ipi_vector_ok(const u8 *input)
{
	u32 vector = read_u32(input, 0);

	/* The next four bytes: VTL and padding, which KVM wants zero. */
	return vector >= IPI_VECTOR_MIN && vector <= IPI_VECTOR_MAX &&
	       !read_u32(input, IPI_VTL_AT);
}

/* Set format 0 with no bank: nobody. */
static bool no_vp_set(const u8 *input, u32 at)
{
	return !read_u64(input, at) && !read_u64(input, at + 8);
}

static bool empty_set(u32 code, const u8 *input)
{
	switch (code) {
	case HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_SPACE:
	case HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_LIST:
		return !(read_u64(input, FLUSH_FLAGS_AT) & ~FLUSH_FLAGS_OK) &&
		       !read_u64(input, FLUSH_SET_AT);
	case HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_SPACE_EX:
	case HVP_HYPERCALL_FLUSH_VIRTUAL_ADDRESS_LIST_EX:
		return !(read_u64(input, FLUSH_FLAGS_AT) & ~FLUSH_FLAGS_OK) &&
		       no_vp_set(input, FLUSH_SET_AT);
	case HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI:
		return ipi_vector_ok(input) && !read_u64(input, IPI_SET_AT);
	case HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI_EX:
		return ipi_vector_ok(input) && no_vp_set(input, IPI_SET_AT);
	default:
		return false;
	}
}

static bool registers_ok(const u8 *input, u32 count)
{
	u32 i;

	if (read_u64(input, 0) != HVP_HV_PARTITION_SELF ||
	    read_u32(input, VP_INDEX_AT) != HVP_HV_VP_SELF ||
	    read_u32(input, VP_VTL_AT))
		return false;
	for (i = 0; i < count; i++) {
		const struct hvp_hvreg *reg =
			hvp_hvreg_find(read_u32(input, VP_NAMES_AT + 4 * i));

		if (!reg || reg->flags & HVP_HVREG_AVOID)
			return false;
	}
	return true;
}

static bool arguments_ok(const struct hvp_hvcall_request *request,
			 const u8 *input)
{
	switch (request->code) {
	case HVP_HYPERCALL_GET_VP_REGISTERS:
		return registers_ok(input, request->reps);
	case HVP_HYPERCALL_GET_VP_INDEX_FROM_APIC_ID:
		return read_u64(input, 0) == HVP_HV_PARTITION_SELF &&
		       !read_u64(input, APIC_VTL_AT);
	case HVP_HYPERCALL_NOTIFY_LONG_SPIN_WAIT:
	case HVP_HYPERCALL_GET_PARTITION_ID:
	case HVP_HYPERCALL_QUERY_CAPABILITIES:
	case HVP_HYPERCALL_GET_BOOT_ZEROED_MEMORY:
	case HVP_HYPERCALL_INVALID_CODE:
		return true;
	default:
		return false;
	}
}

bool hvp_hypercall_is_harmless(const struct hvp_hvcall_request *request,
			       const void *input, u32 bytes)
{
	const struct hvp_hypercall *call = hvp_hypercall_find(request->code);

	if (!call || call->flags & HVP_HC_RAW || !as_in_row(call, request) ||
	    !only_refused(request) || request->reps > HVP_HVCALL_REPS_MAX)
		return false;
	if (bytes != request->in_header +
			     (u32)request->reps * request->in_element ||
	    (bytes && !input))
		return false;
	switch (call->safety) {
	case HVP_SAFETY_HARMLESS:
		return arguments_ok(request, input);
	case HVP_SAFETY_EMPTY_SET_ONLY:
		return empty_set(request->code, input);
	default:
		return false;
	}
}
