// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/hvcall.c against a model of registers that is written from the TLFS text
 * byte by byte: every shape of every size.
 */
#include "../../core/hvcall.h"
#include "hvcall_table.h"
#include "tap.h"

#define SIZE_MAX_TRIED	120

static const u16 big_sizes[] = { 4088, 4096, 4097, 65535 };

#define SIZES	(SIZE_MAX_TRIED + 1 + HVP_ARRAY_SIZE(big_sizes))

static u16 size_number(u32 i)
{
	return (u16)(i <= SIZE_MAX_TRIED ? i :
					   big_sizes[i - SIZE_MAX_TRIED - 1]);
}

#define NOBODY	(-1)

/* Which byte of input or output each byte of the seven pairs carries. */
struct model {
	int in[HVP_HVCALL_BLOCK_BYTES];
	int out[HVP_HVCALL_BLOCK_BYTES];
	bool fits_seven;
	bool fits_one;
};

static void model_fill(struct model *model, u32 in, u32 out)
{
	u32 at = 0, i;

	for (i = 0; i < HVP_HVCALL_BLOCK_BYTES; i++)
		model->in[i] = model->out[i] = NOBODY;
	for (i = 0; i < in; i++, at++)
		if (at < HVP_HVCALL_BLOCK_BYTES)
			model->in[at] = (int)i;
	while (at % 16)
		at++;
	for (i = 0; i < out; i++, at++)
		if (at < HVP_HVCALL_BLOCK_BYTES)
			model->out[at] = (int)i;
	model->fits_seven = at <= 112;
	model->fits_one = at <= 16;
}

static u32 model_refuse(const struct model *model, u32 in, u32 out, u32 shape,
			u32 can)
{
	bool memory = shape == HVP_HVCALL_SHAPE_SLOW;

	if (memory && !(can & HVP_HVCALL_CAN_SLOW))
		return HVP_HVCALL_REFUSAL_NO_SLOW;
	if (memory && (in > 4096 || out > 4096))
		return HVP_HVCALL_REFUSAL_TOO_BIG_PAGE;
	if (memory)
		return HVP_HVCALL_REFUSAL_NONE;
	if (!(can & HVP_HVCALL_CAN_FAST))
		return HVP_HVCALL_REFUSAL_NO_FAST;
	if (shape == HVP_HVCALL_SHAPE_FAST && !model->fits_one)
		return HVP_HVCALL_REFUSAL_TOO_BIG_FAST;
	if (!model->fits_seven)
		return HVP_HVCALL_REFUSAL_TOO_BIG_XMM;
	if (in > 16 && !(can & HVP_HVCALL_CAN_XMM_IN))
		return HVP_HVCALL_REFUSAL_NO_XMM_INPUT;
	if (out && !(can & HVP_HVCALL_CAN_XMM_OUT))
		return HVP_HVCALL_REFUSAL_NO_XMM_OUTPUT;
	return HVP_HVCALL_REFUSAL_NONE;
}

/* Shape that the model would take for AUTO, AUTO when there is none. */
static u32 model_auto(const struct model *model, u32 in, u32 out, u32 can,
		      u32 forms)
{
	bool regs = !model_refuse(model, in, out, HVP_HVCALL_SHAPE_XMM, can);

	if (forms & HVP_HVCALL_FORM_XMM)
		;
	else if (forms & HVP_HVCALL_FORM_FAST)
		regs = regs && in <= 16 && out == 0;
	else
		regs = false;
	if (regs)
		return model->fits_one ? HVP_HVCALL_SHAPE_FAST :
					 HVP_HVCALL_SHAPE_XMM;
	if (!model_refuse(model, in, out, HVP_HVCALL_SHAPE_SLOW, can))
		return HVP_HVCALL_SHAPE_SLOW;
	return HVP_HVCALL_SHAPE_AUTO;
}

static bool same_spans(const struct hvp_hvcall_span *spans, const int *owners)
{
	static const u8 starts[] = { 0, 8, 16, 32, 48, 64, 80, 96, 112 };
	u32 reg, i;

	for (reg = 0; reg < HVP_HVCALL_REG_COUNT; reg++)
		for (i = starts[reg]; i < starts[reg + 1]; i++) {
			u32 within = i - starts[reg];
			int owner = within < spans[reg].bytes ?
					    spans[reg].offset + (int)within :
					    NOBODY;

			if (owner != owners[i])
				return false;
		}
	return true;
}

static bool check_shape(const struct model *model,
			const struct hvp_hvcall_request *request, u32 expected,
			u32 refusal)
{
	static const struct hvp_hvcall_span none[HVP_HVCALL_REG_COUNT];
	struct hvp_hvcall_layout layout;
	int error = hvp_hvcall_layout(request, &layout);
	bool fast;

	if (expected == HVP_HVCALL_SHAPE_AUTO)
		return error < 0 && layout.shape == expected &&
		       layout.refusal != HVP_HVCALL_REFUSAL_NONE &&
		       (!refusal || layout.refusal == refusal) &&
		       layout.reason == HVP_HVCALL_REASON_NONE;
	fast = expected != HVP_HVCALL_SHAPE_SLOW;
	if (error || layout.shape != expected || layout.refusal ||
	    layout.reason == HVP_HVCALL_REASON_NONE ||
	    layout.in_bytes != request->in_header ||
	    layout.out_bytes != request->out_header ||
	    layout.control != (0x1234ULL | (fast ? 0x10000 : 0)))
		return false;
	if (fast)
		return same_spans(layout.in, model->in) &&
		       same_spans(layout.out, model->out) && !layout.in_gpa &&
		       !layout.out_gpa;
	return !memcmp(layout.in, none, sizeof(none)) &&
	       !memcmp(layout.out, none, sizeof(none)) &&
	       layout.in_gpa == (request->in_header ? IN_GPA : 0) &&
	       layout.out_gpa == (request->out_header ? OUT_GPA : 0);
}

static u32 wrong_shapes(const struct model *model, u32 in, u32 out)
{
	u32 can, shape, forms, refusal, expected, wrong = 0;
	struct hvp_hvcall_request request;

	for (can = 0; can <= HVP_HVCALL_CAN_ALL; can++) {
		for (forms = 0; forms < 4; forms++) {
			request = simple(in, out, HVP_HVCALL_SHAPE_AUTO, can,
					 forms * HVP_HVCALL_FORM_FAST);
			expected = model_auto(model, in, out, can,
					      forms * HVP_HVCALL_FORM_FAST);
			wrong += !check_shape(model, &request, expected, 0);
		}
		for (shape = HVP_HVCALL_SHAPE_SLOW;
		     shape <= HVP_HVCALL_SHAPE_XMM; shape++) {
			request = simple(in, out, shape, can, 0);
			refusal = model_refuse(model, in, out, shape, can);
			expected = refusal ? (u32)HVP_HVCALL_SHAPE_AUTO : shape;
			if (expected == HVP_HVCALL_SHAPE_XMM && model->fits_one)
				expected = HVP_HVCALL_SHAPE_FAST;
			wrong += !check_shape(model, &request, expected,
					      refusal);
		}
	}
	return wrong;
}

static void reg_bytes(const struct hvp_hvcall_regs *regs, u8 *bytes)
{
	u32 i;

	for (i = 0; i < 8; i++) {
		bytes[i] = (u8)(regs->rdx >> 8 * i);
		bytes[8 + i] = (u8)(regs->r8 >> 8 * i);
	}
	for (i = 16; i < HVP_HVCALL_BLOCK_BYTES; i++)
		bytes[i] = regs->xmm[(i - 16) / 16][i % 16];
}

static u8 in_pattern(int i)
{
	return (u8)(i * 7 + 1);
}

static u8 out_pattern(int i)
{
	return (u8)(i * 5 + 2);
}

/* Registers as loaded; then as a hypervisor leaves them, read again. */
static bool packs(const struct model *model, u32 in, u32 out)
{
	struct hvp_hvcall_request request =
		simple(in, out, HVP_HVCALL_SHAPE_XMM, HVP_HVCALL_CAN_ALL, 0);
	u8 input[HVP_HVCALL_BLOCK_BYTES], output[HVP_HVCALL_BLOCK_BYTES + 1];
	u8 bytes[HVP_HVCALL_BLOCK_BYTES];
	struct hvp_hvcall_result result;
	struct hvp_hvcall_layout layout;
	struct hvp_hvcall_regs regs;
	u32 i, loaded;

	memset(&regs, 0xee, sizeof(regs));
	memset(output, 0xdd, sizeof(output));
	for (i = 0; i < in; i++)
		input[i] = in_pattern((int)i);
	if (hvp_hvcall_layout(&request, &layout) ||
	    hvp_hvcall_pack(&layout, in ? input : NULL, &regs) ||
	    regs.rcx != layout.control)
		return false;
	reg_bytes(&regs, bytes);
	loaded = layout.shape == HVP_HVCALL_SHAPE_FAST ? 16 : 112;
	for (i = 0; i < HVP_HVCALL_BLOCK_BYTES; i++) {
		u8 expected = model->in[i] != NOBODY ? in_pattern(model->in[i]) :
			      model->out[i] != NOBODY ? HVP_HVCALL_POISON_REGS :
							0;

		if (bytes[i] != (i < loaded ? expected : 0xee))
			return false;
		if (model->out[i] != NOBODY)
			regs.block[i] = out_pattern(model->out[i]);
	}
	/* Every register past the last in use is left to the interrupted task. */
	for (i = 16 + 16U * layout.xmm_count; i < HVP_HVCALL_BLOCK_BYTES; i++)
		if (model->in[i] != NOBODY || model->out[i] != NOBODY)
			return false;

	hvp_hvcall_parse(&layout, 0, 0, &result);
	if (hvp_hvcall_unpack(&layout, &regs, &result, output) != out ||
	    output[out] != 0xdd)
		return false;
	for (i = 0; i < out; i++)
		if (output[i] != out_pattern((int)i))
			return false;
	hvp_hvcall_parse(&layout, 5, 0, &result);
	if (hvp_hvcall_unpack(&layout, &regs, &result, output) ||
	    output[out] != 0xdd)
		return false;
	for (i = 0; i < out; i++)
		if (output[i])
			return false;
	return true;
}

static void test_exhaustive(void)
{
	u32 i, j, wrong = 0, unpacked = 0, tried = 0;
	struct model model;

	for (i = 0; i < SIZES; i++)
		for (j = 0; j < SIZES; j++) {
			u32 in = size_number(i), out = size_number(j);

			model_fill(&model, in, out);
			wrong += wrong_shapes(&model, in, out);
			if (model.fits_seven) {
				tried++;
				unpacked += !packs(&model, in, out);
			}
		}
	ok(!wrong, "%d sizes squared, every shape and availability: as modelled",
	   (int)SIZES);
	/* For k pairs of input, 7 - k of output: sizes that round to those. */
	ok(tried == 113 + 16 * (97 + 81 + 65 + 49 + 33 + 17 + 1),
	   "the model fits what seven pairs hold (%u sizes)", tried);
	ok(!unpacked, "each of them is packed and unpacked byte for byte");
}

int main(void)
{
	test_exhaustive();
	return done_testing();
}
