// SPDX-License-Identifier: GPL-2.0-only
/* Calls of KVM, Xen and VMware: registers in, registers or a buffer out. */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <asm/apic.h>
#include <asm/tsc.h>
#include "attempt.h"
#include "call.h"
#include "compat.h"
#include "kernel_call.h"

/* RAX RBX RCX RDX RSI RDI R8 R9, of the kernel's own path only RAX. */
#define REGISTER_BYTES	offsetof(struct hvp_regs, r10)

static void set_args(struct hvp_exec *exec)
{
	const __u64 *args = exec->call.args;
	struct hvp_regs *regs = &exec->regs;

	memset(regs, 0, sizeof(*regs));
	regs->rax = exec->call.number;
	if (exec->call.abi == HVP_ABI_XEN) {
		regs->rdi = args[0];
		regs->rsi = args[1];
		regs->rdx = args[2];
		regs->r10 = args[3];
		regs->r8 = args[4];
	} else {
		regs->rbx = args[0];
		regs->rcx = args[1];
		regs->rdx = args[2];
		regs->rsi = args[3];
		regs->rdi = args[4];
	}
}

/* Bytes of the driver's page that the call writes; 0 if it shows registers. */
static u32 buffer_bytes(const struct hvp_exec *exec)
{
	if (exec->row)
		return exec->row->bytes;
	/* An unlisted xen_version subop with room for an answer. */
	if (exec->call.abi == HVP_ABI_XEN)
		return min_t(u32, exec->call.output_capacity, PAGE_SIZE);
	return 0;
}

static u32 output_bytes(const struct hvp_exec *exec)
{
	u32 bytes = buffer_bytes(exec);

	if (bytes)
		return bytes;
	return exec->insn == HVP_INSN_KERNEL ? sizeof(u64) : REGISTER_BYTES;
}

static int fill_buffer(struct hvp_exec *exec)
{
	int ret = hvp_exec_need_out(exec);

	if (ret)
		return ret;
	memset(exec->out, 0, PAGE_SIZE);
	/* What follows the length has to fit. */
	if (exec->row && exec->row->fill == HVP_ABI_FILL_A1_SIZED)
		*(u32 *)exec->out = exec->row->bytes - sizeof(u32);
	if (exec->row && exec->row->fill == HVP_ABI_FILL_A0_PAGE_GPA)
		exec->regs.rbx = virt_to_phys(exec->out);
	else
		exec->regs.rsi = (unsigned long)exec->out;
	return 0;
}

/* What only Hyper-V calls have. */
static bool has_hyperv_fields(const struct hvp_call *call)
{
	return call->flags || call->shape || call->in_header ||
	       call->in_element || call->out_header || call->out_element ||
	       call->var_qwords || call->reps || call->input_bytes ||
	       call->input;
}

int hvp_call_abi_prepare(struct hvp_driver *driver, struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	int ret;

	if (has_hyperv_fields(call))
		return -EINVAL;
	/* All that it offers is xen_version, and KVM's calls in a TDX guest. */
	if (exec->insn == HVP_INSN_KERNEL && !hvp_kernel_owns(call->abi))
		return -EINVAL;
	ret = hvp_policy_abi(exec);
	if (ret)
		return ret;
	/* In a TDX guest the host cannot write to a page, nor is a CPU its to name. */
	if (exec->insn == HVP_INSN_KERNEL && call->abi == HVP_ABI_KVM &&
	    exec->row && exec->row->fill) {
		call->reason = HVP_REASON_CONFIDENTIAL;
		return -EOPNOTSUPP;
	}
	if (call->output_capacity &&
	    call->output_capacity < output_bytes(exec))
		return -EINVAL;
	set_args(exec);
	return buffer_bytes(exec) ? fill_buffer(exec) : 0;
}

void hvp_call_abi_issue(struct hvp_exec *exec)
{
	u64 start;

	/* "This CPU" has to be the one that calls. */
	preempt_disable();
	if (exec->row && exec->row->fill == HVP_ABI_FILL_A0_APIC_ID)
		exec->regs.rbx = per_cpu(x86_cpu_to_apicid, smp_processor_id());
	start = rdtsc();
	if (exec->insn == HVP_INSN_KERNEL)
		exec->regs.rax = hvp_kernel_call(exec->call.abi, exec->regs.rax,
						 exec->call.args,
						 (void *)exec->regs.rsi);
	else
		exec->raised = hvp_abi_issue(exec->insn, &exec->regs);
	exec->cycles += rdtsc() - start;
	preempt_enable();
	exec->call.issued++;
	exec->result = exec->regs.rax;
}

int hvp_call_abi_finish(struct hvp_exec *exec)
{
	struct hvp_call *call = &exec->call;
	const void *from = &exec->regs;

	call->insn_used = hvp_attempt_ran(exec->insn);
	if (exec->raised || !call->output_capacity)
		return 0;
	/* The buffer instead of registers: those would show where it is. */
	if (buffer_bytes(exec))
		from = exec->out;
	call->output_bytes = output_bytes(exec);
	if (copy_to_user(u64_to_user_ptr(call->output), from,
			 call->output_bytes)) {
		call->output_bytes = 0;
		return -EFAULT;
	}
	return 0;
}
