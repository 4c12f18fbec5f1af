// SPDX-License-Identifier: GPL-2.0-only
/* What can be measured: the cheapest harmless call of each shape. */
#include "bench.h"

/* Nobody reads it; calls of one batch may all write there. */
static u64 output[64];

static void no_instruction(void)
{
}

#if defined(__x86_64__) || defined(__i386__)
static void cpuid(void)
{
	u32 eax = HVP_BASE_FIRST, ebx, ecx = 0, edx;

	__asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
}
#endif

static void abi(struct hvp_call *call, u32 id)
{
	hvp_call_set_abi(call, &hvp_abi_calls[id], output, sizeof(output));
}

static void kvm(struct hvp_call *call)
{
	abi(call, HVP_ABI_CALL_KVM_VAPIC_POLL_IRQ);
}

static void kvm_ipi(struct hvp_call *call)
{
	abi(call, HVP_ABI_CALL_KVM_SEND_IPI_EMPTY);
}

static void kvm_yield(struct hvp_call *call)
{
	abi(call, HVP_ABI_CALL_KVM_SCHED_YIELD_SELF);
}

static void xen(struct hvp_call *call)
{
	abi(call, HVP_ABI_CALL_XEN_VERSION);
}

static void vmware(struct hvp_call *call)
{
	abi(call, HVP_ABI_CALL_VMWARE_GETVERSION);
}

/* A code that no call has, so that the way there and back is all. */
static void hyperv_slow(struct hvp_call *call)
{
	hvp_call_set_hyperv(call, HVP_HYPERCALL_INVALID_CODE, HVP_SHAPE_SLOW,
			    NULL, 0, NULL, 0);
}

static void hyperv_fast(struct hvp_call *call)
{
	hvp_call_set_hyperv(call, HVP_HYPERCALL_INVALID_CODE, HVP_SHAPE_FAST,
			    NULL, 0, NULL, 0);
}

static void hyperv_xmm_input(struct hvp_call *call)
{
	static const u8 nobody[24] = { 0x20 };

	hvp_call_set_hyperv(call, HVP_HYPERCALL_SEND_SYNTHETIC_CLUSTER_IPI_EX,
			    HVP_SHAPE_XMM, nobody, sizeof(nobody), NULL, 0);
}

static void registers(struct hvp_call *call, u32 shape)
{
	static const u32 name = HVP_HVREG_HYPERVISOR_VERSION;
	static u8 input[HVP_REGISTERS_INPUT];

	hvp_call_set_hyperv(call, HVP_HYPERCALL_GET_VP_REGISTERS, shape, input,
			    hvp_registers_input(input, &name, 1), output, 16);
	call->reps = 1;
}

static void hyperv_rep(struct hvp_call *call)
{
	registers(call, HVP_SHAPE_SLOW);
}

static void hyperv_xmm_output(struct hvp_call *call)
{
	registers(call, HVP_SHAPE_XMM);
}

static void hyperv_extended(struct hvp_call *call)
{
	hvp_call_set_hyperv(call, HVP_HYPERCALL_QUERY_CAPABILITIES,
			    HVP_SHAPE_SLOW, NULL, 0, output, 8);
}

/* Answered by whoever answers all others, and nothing to do for it. */
static void smccc(struct hvp_call *call)
{
	hvp_call_set_smccc(call, HVP_SMCCC_QUERY_PSCI_VERSION, output,
			   sizeof(output));
}

static void smccc_uid(struct hvp_call *call)
{
	hvp_call_set_smccc(call, HVP_SMCCC_QUERY_UID_VENDOR, output,
			   sizeof(output));
}

static void smccc_trng(struct hvp_call *call)
{
	hvp_call_set_smccc(call, HVP_SMCCC_QUERY_TRNG_RND, output,
			   sizeof(output));
}

const struct hvp_bench_kind hvp_bench_kinds[] = {
	{ "clock", "reading the counter twice: what measuring costs", NULL,
	  no_instruction, HVP_ABI_CPU },
#if defined(__x86_64__) || defined(__i386__)
	{ "cpuid", "CPUID leaf 0x40000000 from user mode", NULL, cpuid,
	  HVP_ABI_CPU },
#endif
	{ "kvm", "KVM call 1", kvm, NULL, HVP_ABI_KVM },
	{ "kvm-ipi", "KVM call 10, no target", kvm_ipi, NULL, HVP_ABI_KVM },
	{ "kvm-yield", "KVM call 11, to itself", kvm_yield, NULL,
	  HVP_ABI_KVM },
	{ "xen", "Xen call 17.0", xen, NULL, HVP_ABI_XEN },
	{ "vmware", "VMware command 10", vmware, NULL, HVP_ABI_VMWARE },
	{ "smccc", "PSCI_VERSION by HVC or SMC", smccc, NULL, HVP_ABI_SMCCC },
	{ "smccc-uid", "UID of the vendor by HVC or SMC", smccc_uid, NULL,
	  HVP_ABI_SMCCC },
	{ "smccc-trng", "100 bits of entropy by HVC or SMC", smccc_trng, NULL,
	  HVP_ABI_SMCCC },
	{ "hyperv-slow", "Hyper-V call 0xbeef, memory", hyperv_slow, NULL,
	  HVP_ABI_HYPERV },
	{ "hyperv-fast", "Hyper-V call 0xbeef, registers", hyperv_fast, NULL,
	  HVP_ABI_HYPERV },
	{ "hyperv-xmm-in", "Hyper-V call 0x15, XMM input, no target",
	  hyperv_xmm_input, NULL, HVP_ABI_HYPERV },
	{ "hyperv-xmm-out", "Hyper-V call 0x50, XMM input and output",
	  hyperv_xmm_output, NULL, HVP_ABI_HYPERV },
	{ "hyperv-rep", "Hyper-V call 0x50, memory, one element", hyperv_rep,
	  NULL, HVP_ABI_HYPERV },
	{ "hyperv-ext", "Hyper-V call 0x8001, memory", hyperv_extended, NULL,
	  HVP_ABI_HYPERV },
};

const u32 hvp_bench_kind_count = HVP_ARRAY_SIZE(hvp_bench_kinds);
