// SPDX-License-Identifier: GPL-2.0-only
/* Hyper-V calls of every shape. */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/uaccess.h>
#include <asm/tsc.h>
#include "call.h"
#include "hv.h"

/* --------------------------------------------------------------- request */

static bool has_sizes(const struct hvp_call *call)
{
	return call->in_header || call->in_element || call->out_header ||
	       call->out_element;
}

/* From the table, and from the caller what is his to say. */
static int fill_request(const struct hvp_driver *driver, struct hvp_exec *exec)
{
	struct hvp_hvcall_request *request = &exec->request;
	const struct hvp_call *call = &exec->call;

	if (call->number & ~HVP_HVCALL_CODE_MASK &&
	    !(call->flags & HVP_CALL_CONTROL))
		return -EINVAL;
	if (has_sizes(call) && !(call->flags & HVP_CALL_LAYOUT))
		return -EINVAL;

	hvp_hypercall_request_of(call, request);
	request->available = driver->hv_available;
	/* Unadvertised, it raises #UD, which only our own instruction catches. */
	if (call->shape != HVP_SHAPE_AUTO && hvp_hv_insn_catches(exec->insn))
		request->available |= HVP_HVCALL_CAN_XMM_IN |
				      HVP_HVCALL_CAN_XMM_OUT;
	return 0;
}

static int copy_input(struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	int ret;

	if (!call->input_bytes)
		return 0;
	if (call->input_bytes > HVP_HVCALL_PAGE_BYTES) {
		call->refusal = HVP_HVCALL_REFUSAL_TOO_BIG_PAGE;
		return -E2BIG;
	}
	ret = hvp_exec_need_in(exec);
	if (ret)
		return ret;
	return copy_from_user(exec->in, u64_to_user_ptr(call->input),
			      call->input_bytes) ? -EFAULT : 0;
}

/* Both pages are there even if the shape turns out not to use them. */
static int place(struct hvp_exec *exec)
{
	int ret = hvp_exec_need_in(exec);

	if (!ret)
		ret = hvp_exec_need_out(exec);
	if (ret)
		return ret;
	exec->request.in_gpa = virt_to_phys(exec->in);
	exec->request.out_gpa = virt_to_phys(exec->out);
	return 0;
}

int hvp_call_hv_prepare(struct hvp_driver *driver, struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	struct hvp_hvcall_layout *layout = &exec->layout;
	int ret, error;

	if (memchr_inv(call->args, 0, sizeof(call->args)))
		return -EINVAL;
	ret = fill_request(driver, exec);
	if (!ret)
		ret = copy_input(exec);
	if (!ret)
		ret = place(exec);
	if (ret)
		return ret;

	ret = hvp_hvcall_layout(&exec->request, layout);
	call->shape_reason = layout->reason;
	call->refusal = layout->refusal;
	if (ret && ret != -ENODATA)
		return ret;
	if (!ret && (layout->in_bytes != call->input_bytes ||
		     (call->output_capacity &&
		      call->output_capacity < layout->out_bytes)))
		return -EINVAL;
	/* Nobody is told to give sizes for what he may not call. */
	error = hvp_policy_hv(exec);
	if (error || ret)
		return error ? error : ret;
	/* RDX and R8 do not come back from the kernel's C function. */
	if (exec->insn == HVP_INSN_KERNEL && layout->out_pairs &&
	    !layout->in_pairs) {
		call->refusal = HVP_HVCALL_REFUSAL_NO_XMM_OUTPUT;
		return -EOPNOTSUPP;
	}

	/* Not offered, it raises #UD by whatever instruction: none is at fault. */
	exec->repeated = layout->shape == HVP_HVCALL_SHAPE_XMM &&
			 exec->request.available != driver->hv_available;
	call->shape_used = layout->shape;
	call->control = layout->control;
	memset(exec->out, HVP_HVCALL_POISON_MEMORY, layout->out_bytes);
	hvp_hvcall_start(layout, &exec->state);
	hvp_hvcall_pack(layout, exec->in, &exec->hv);
	return 0;
}

/* ----------------------------------------------------------------- issue */

/* The FPU is ours for the shortest time, whatever a task beside us keeps in it. */
static noinline void issue_xmm(struct hvp_exec *exec)
{
	struct hvp_hv_answer answer;

	kernel_fpu_begin();
	exec->cycles -= rdtsc();
	answer = hvp_hv_issue_xmm(exec->insn, &exec->hv);
	exec->cycles += rdtsc();
	kernel_fpu_end();
	exec->result = answer.result;
	exec->raised = answer.raised;
}

/*
 * The path whose length is counted (docs/architecture.md): from here to the
 * instruction and back.
 */
noinline notrace void hvp_call_hv_issue(struct hvp_exec *exec)
{
	struct hvp_hv_answer answer;

	if (unlikely(exec->layout.shape == HVP_HVCALL_SHAPE_XMM)) {
		issue_xmm(exec);
		return;
	}
	preempt_disable();
	exec->cycles -= rdtsc();
	answer = hvp_hv_issue(exec->insn, &exec->hv);
	exec->result = answer.result;
	exec->raised = answer.raised;
	/* Stored now, they need no register while the clock is read. */
	barrier();
	exec->cycles += rdtsc();
	preempt_enable();
}

/* ---------------------------------------------------------------- finish */

int hvp_call_hv_finish(struct hvp_exec *exec)
{
	struct hvp_hvcall_result *result = &exec->state.result;
	struct hvp_call *call = &exec->call;
	u32 valid;

	if (exec->raised)
		return 0;
	call->status = result->status;
	call->reps_done = result->done;
	call->odd = result->odd;
	if (!call->output_capacity || !exec->layout.out_bytes)
		return 0;
	valid = hvp_hvcall_unpack(&exec->layout, &exec->hv, result, exec->out);
	call->odd = result->odd;
	if (copy_to_user(u64_to_user_ptr(call->output), exec->out, valid))
		return -EFAULT;
	call->output_bytes = valid;
	return 0;
}
