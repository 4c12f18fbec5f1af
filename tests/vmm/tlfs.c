// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hyper-V's calling convention as the TLFS describes it ("Hypercall Interface"):
 * control word, slow and fast parameters, XMM in both directions, repetitions.
 * Where the TLFS is silent the choice is in README.md.
 */
#include "hypercall.h"

#define CONTROL_RESERVED	0xf000f000f8000000ULL	/* 31: nested, not here */
#define CONTROL_FAST		(1ULL << 16)
#define REP_START_SHIFT		48
#define REP_MASK		0xfffULL
#define VAR_MASK		0x3ffULL

#define PAIR			16U
#define BLOCK_BYTES		PAGE_BYTES

enum {
	HV_SUCCESS = 0, HV_INVALID_CODE = 2, HV_INVALID_INPUT = 3,
	HV_INVALID_ALIGNMENT = 4, HV_ACCESS_DENIED = 6,
};

struct block {
	u64 control;
	bool fast;
	u32 reps, start;
	u32 input_bytes, output_bytes;
	u32 output_at;			/* offset in the register file, if fast */
	u8 input[BLOCK_BYTES];
	u8 output[BLOCK_BYTES];
	u8 *memory;			/* where slow output goes */
	struct kvm_xsave xsave;
};

static u32 pairs(u32 bytes)
{
	return (bytes + PAIR - 1) / PAIR;
}

static void load_registers(struct call *call, struct block *block, u8 file[FAST_BYTES])
{
	unsigned int i;

	memcpy(file, &call->regs.rdx, 8);
	memcpy(file + 8, &call->regs.r8, 8);
	vcpu_get_xmm(call->cpu, &block->xsave);
	for (i = 0; i < 6; i++)
		memcpy(file + PAIR * (i + 1), xsave_xmm(&block->xsave, i), PAIR);
}

static void store_registers(struct call *call, struct block *block, const u8 *file)
{
	unsigned int i;

	memcpy(&call->regs.rdx, file, 8);
	memcpy(&call->regs.r8, file + 8, 8);
	for (i = 0; i < 6; i++)
		memcpy(xsave_xmm(&block->xsave, i), file + PAIR * (i + 1), PAIR);
	vcpu_set_xmm(call->cpu, &block->xsave);
}

static bool privileged(const struct vmm *vmm, const struct tlfs_shape *shape)
{
	const struct kvm_cpuid_entry2 *leaf = cpuid_find(vmm, 0x40000003, 0);

	if (shape->privilege < 0 || vmm->personality.ignore_privileges)
		return true;
	return leaf && leaf->ebx >> shape->privilege & 1;
}

/* Repetitions and header, against what the call takes. */
static u16 check_control(const struct tlfs_shape *shape, struct block *block)
{
	u32 var = block->control >> 17 & VAR_MASK;
	bool rep = shape->input_rep || shape->output_rep;

	block->fast = block->control & CONTROL_FAST;
	block->reps = block->control >> 32 & REP_MASK;
	block->start = block->control >> REP_START_SHIFT & REP_MASK;
	if (var && !shape->variable)
		return HV_INVALID_INPUT;
	if (rep ? block->start >= block->reps : block->reps || block->start)
		return HV_INVALID_INPUT;
	block->input_bytes = shape->input_fixed + 8 * var +
		shape->input_rep * block->reps;
	block->output_bytes = shape->output_fixed + shape->output_rep * block->reps;
	return HV_SUCCESS;
}

/* A vector or a status, as the personality refuses XMM. */
static u16 refuse_xmm(struct call *call)
{
	u32 refusal = call->cpu->vmm->personality.xmm_refusal;

	if (refusal == ABSENT)
		call->vector = VECTOR_UD;
	return (u16)refusal;
}

static u16 take_fast(struct call *call, struct block *block)
{
	enum xmm_use xmm = call->cpu->vmm->personality.xmm;
	u8 file[FAST_BYTES];

	if (block->input_bytes > PAIR && xmm == XMM_NONE)
		return refuse_xmm(call);
	if (block->output_bytes && xmm != XMM_BOTH)
		return refuse_xmm(call);
	if (pairs(block->input_bytes) + pairs(block->output_bytes) > FAST_BYTES / PAIR)
		return HV_INVALID_INPUT;
	load_registers(call, block, file);
	memcpy(block->input, file, block->input_bytes);
	block->output_at = PAIR * pairs(block->input_bytes);
	return HV_SUCCESS;
}

static u16 take_slow(struct call *call, struct block *block)
{
	u64 in = call->regs.rdx, out = call->regs.r8;
	u8 *memory;

	if ((block->input_bytes && (in % 8 || in % PAGE_BYTES + block->input_bytes >
				    PAGE_BYTES)) ||
	    (block->output_bytes && (out % 8 || out % PAGE_BYTES + block->output_bytes >
				     PAGE_BYTES)))
		return HV_INVALID_ALIGNMENT;
	memory = block->input_bytes ? vm_ram(call->cpu->vmm, in, block->input_bytes) : NULL;
	block->memory = block->output_bytes ?
		vm_ram(call->cpu->vmm, out, block->output_bytes) : NULL;
	if ((block->input_bytes && !memory) || (block->output_bytes && !block->memory))
		return HV_INVALID_INPUT;
	if (memory)
		memcpy(block->input, memory, block->input_bytes);
	return HV_SUCCESS;
}

/* Only [@from, @to) of the output is written; the rest stays as it is. */
static void give(struct call *call, struct block *block, u32 from, u32 to)
{
	u8 file[FAST_BYTES];
	u32 room = block->fast ? FAST_BYTES - block->output_at : BLOCK_BYTES;

	if (to > room)
		to = room;
	if (from >= to)
		return;
	if (!block->fast) {
		to -= from;
		if (vm_ram(call->cpu->vmm, call->regs.r8 + from, to))
			memcpy(block->memory + from, block->output + from, to);
		return;
	}
	load_registers(call, block, file);
	memcpy(file + block->output_at + from, block->output + from, to - from);
	store_registers(call, block, file);
}

/* Elements from start on; returns how many are done in all. */
static u32 run_reps(struct tlfs_context *context, const struct tlfs_shape *shape,
		    struct block *block, u32 until, u16 *status)
{
	u32 header = shape->input_fixed + 8 * context->var_words;
	u32 rep;

	for (rep = block->start; rep < until; rep++) {
		context->input_rep = block->input + header + rep * shape->input_rep;
		context->output_rep = block->output + rep * shape->output_rep;
		*status = shape->answer(context);
		if (*status)
			break;
	}
	return rep;
}

static void apply_output_fault(const struct fault *fault, struct block *block, u32 *to)
{
	if (!fault || !*to)
		return;
	if (fault->action == FAULT_OUTPUT) {
		memcpy(block->output, &fault->value, sizeof(fault->value));
	} else if (fault->action == FAULT_SHORT && fault->value < *to) {
		*to = (u32)fault->value;
	} else if (fault->action == FAULT_LONG) {
		memset(block->output + *to, 0xee, BLOCK_BYTES - *to);
		*to += (u32)fault->value;
	}
}

/* Executes what is decoded; the answer is in RAX or in the registers. */
static void execute(struct call *call, const struct tlfs_shape *shape,
		    struct block *block, const struct fault *fault)
{
	struct vmm *vmm = call->cpu->vmm;
	struct tlfs_context context = {
		.vmm = vmm, .cpu = call->cpu, .input = block->input,
		.input_fixed = shape->input_fixed,
		.var_words = block->control >> 17 & VAR_MASK,
	};
	u64 step = vmm->personality.reps_per_exit;
	u32 until = block->reps, done = 0, from = 0, to = shape->output_fixed;
	u16 status = HV_SUCCESS;

	if (!block->reps) {
		context.output_rep = block->output;
		status = shape->answer(&context);
	} else {
		if (fault && fault->action == FAULT_STUCK)
			until = block->start;
		else if (fault && fault->action == FAULT_PARTIAL)
			step = fault->value;
		if (step && until - block->start > step)
			until = block->start + (u32)step;
		done = run_reps(&context, shape, block, until, &status);
		from = shape->output_rep * block->start;
		to = shape->output_rep * done;
	}
	apply_output_fault(fault, block, &to);
	if (!status || block->reps)
		give(call, block, from, to);
	call->rax = status | (u64)done << 32;
	/* A continuation: the guest comes back with the next element. */
	if (!status && done < block->reps && done > block->start &&
	    !(fault && fault->action == FAULT_PARTIAL)) {
		call->regs.rcx &= ~(REP_MASK << REP_START_SHIFT);
		call->regs.rcx |= (u64)done << REP_START_SHIFT;
		call->again = true;
	}
}

/* True when the fault is the whole answer. */
static bool whole_fault(struct call *call, struct fault *fault)
{
	switch (fault->action) {
	case FAULT_UD:
	case FAULT_GP:
		call->vector = fault->action == FAULT_UD ? VECTOR_UD : VECTOR_GP;
		return true;
	case FAULT_STATUS:
	case FAULT_RAX:
		call->rax = fault->value;
		return true;
	case FAULT_REDO:
		call->again = fault->redone < fault->value;
		fault->redone = call->again ? fault->redone + 1 : 0;
		return call->again;
	default:
		delay(fault);
		return false;
	}
}

void tlfs_call(struct call *call)
{
	struct vmm *vmm = call->cpu->vmm;
	static struct block block;	/* the lock is held */
	u16 code = (u16)call->regs.rcx, status;
	const struct tlfs_shape *shape = tlfs_find(code);
	struct fault *fault;

	memset(&block, 0, sizeof(block));
	block.control = call->regs.rcx;
	count(COUNT_HYPERV_CALL, code);
	if (call->cpl || !call->long_mode) {
		call->vector = VECTOR_UD;
		return;
	}
	fault = fault_for(vmm, code);
	if (fault && whole_fault(call, fault))
		return;
	if (block.control & CONTROL_RESERVED)
		status = HV_INVALID_INPUT;
	else if (!shape)
		status = HV_INVALID_CODE;
	else if (!privileged(vmm, shape))
		status = HV_ACCESS_DENIED;
	else
		status = check_control(shape, &block);
	if (!status)
		status = block.fast ? take_fast(call, &block) : take_slow(call, &block);
	if (call->vector)
		return;
	call->rax = status;
	if (!status)
		execute(call, shape, &block, fault);
}
