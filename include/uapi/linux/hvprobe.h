/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * hvprobe: records of what a guest observed of its hypervisor, and the
 * ioctl interface of /dev/hvprobe.
 *
 * Every structure here has the same size and layout for 32-bit and 64-bit
 * callers and on every architecture. Structures passed to an ioctl begin with
 * their own size: a size smaller than version 1 of the structure is EINVAL, a
 * larger one is accepted when the bytes this kernel does not know are zero,
 * else E2BIG. Flags without a meaning and non-zero reserved fields are EINVAL.
 */
#ifndef _UAPI_LINUX_HVPROBE_H
#define _UAPI_LINUX_HVPROBE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define HVP_ABI_VERSION		1

/* ------------------------------------------------------------------ facts */

/** enum hvp_fact_kind - what a &struct hvp_fact records. */
enum hvp_fact_kind {
	HVP_FACT_NONE		= 0,
	HVP_FACT_CPUID		= 1,
	HVP_FACT_MSR		= 2,
	HVP_FACT_CALL		= 3,
	HVP_FACT_SMCCC		= 4,
	HVP_FACT_TEXT		= 5,
};

/** enum hvp_source - who made the observation. */
enum hvp_source {
	HVP_SOURCE_NONE		= 0,
	HVP_SOURCE_USER		= 1,	/* instruction executed by the tool */
	HVP_SOURCE_DRIVER	= 2,	/* hvprobe.ko */
	HVP_SOURCE_DUMP		= 3,	/* another program's dump or log */
	HVP_SOURCE_SYSTEM	= 4,	/* /proc, /sys or device tree */
};

/** enum hvp_outcome - how the observation ended. */
enum hvp_outcome {
	HVP_OUTCOME_VALUE	= 0,
	HVP_OUTCOME_FAULT	= 1,	/* &hvp_fact.vector was raised */
	HVP_OUTCOME_SKIPPED	= 2,	/* not attempted, see &hvp_fact.reason */
};

/** enum hvp_cpuid_how - how a CPUID fact was read. */
enum hvp_cpuid_how {
	HVP_CPUID_PLAIN		= 0,
	HVP_CPUID_FORCED	= 1,	/* behind Xen's forced-emulation prefix */
};

/** enum hvp_insn - the instruction that carries a hypercall. */
enum hvp_insn {
	HVP_INSN_NONE		= 0,
	HVP_INSN_VMCALL		= 1,	/* 0f 01 c1 */
	HVP_INSN_VMMCALL	= 2,	/* 0f 01 d9 */
	HVP_INSN_KERNEL		= 3,	/* the running kernel's own call path */
	HVP_INSN_PAGE		= 4,	/* hypercall page: the kernel's (Hyper-V), our own (Xen) */
	HVP_INSN_HVC		= 5,
	HVP_INSN_SMC		= 6,
	HVP_INSN_PORT		= 7,	/* IN from VMware's port 0x5658 */
};

/** enum hvp_call_purpose - why a hypercall was issued. */
enum hvp_call_purpose {
	HVP_CALL_PROOF		= 1,	/* harmless call that proves the choice */
	HVP_CALL_FORCED		= 2,	/* test parameter, no interface chose it */
	HVP_CALL_LEARN		= 3,	/* harmless call whose answer is evidence */
};

#define HVP_CPU_ANY		0xffffffffU
#define HVP_SUBLEAF_ANY		0xffffffffU

#define HVP_EAX			0
#define HVP_EBX			1
#define HVP_ECX			2
#define HVP_EDX			3

/**
 * struct hvp_fact - one observation, 64 bytes
 * @kind: &enum hvp_fact_kind
 * @source: &enum hvp_source
 * @outcome: &enum hvp_outcome
 * @vector: exception vector when @outcome is HVP_OUTCOME_FAULT, else 0
 * @reason: why it was skipped (numbers of core/reasons.def), else 0
 * @extra: number of 64-byte records behind this one that hold @data_bytes
 *         bytes belonging to it
 * @cpu: Linux CPU number, or HVP_CPU_ANY when the record does not say
 * @data_bytes: bytes used in the extra records
 * @cpuid: kind CPUID: input leaf and subleaf, registers EAX EBX ECX EDX in
 *         that order; bit n of @cpuid.known says that regs[n] was recorded;
 *         &enum hvp_cpuid_how
 * @msr: kind MSR
 * @call: kind CALL: interface (numbers of core/abis.def), instruction,
 *        &enum hvp_call_purpose, call number (RAX) and the first three
 *        arguments in the interface's own order; result is RAX. The extra
 *        record holds RAX RBX RCX RDX RSI RDI R8 R9 as the call left them, of
 *        purpose LEARN the buffer that it filled
 * @smccc: kind SMCCC: function id (W0; with the immediate of Xen the number in
 *         X16), conduit (&enum hvp_insn, 0 not recorded), immediate,
 *         &enum hvp_call_purpose or 0, number of registers recorded, X1 to X4
 *         (Xen: X0 to X3). The extra records hold X0, X1... as the call left
 *         them, and behind them, when there is more, the virtual counter before
 *         and after the call and the kernel's clock in ns
 * @text: kind TEXT: key (numbers of core/texts.def), the bytes are in the
 *        extra records, without a terminating zero
 */
struct hvp_fact {
	__u16 kind;
	__u8 source;
	__u8 outcome;
	__u8 vector;
	__u8 reason;
	__u16 extra;
	__u32 cpu;
	__u32 data_bytes;
	union {
		struct {
			__u32 leaf;
			__u32 subleaf;
			__u32 regs[4];
			__u32 known;
			__u32 how;
		} cpuid;
		struct {
			__u32 index;
			__u32 reserved;
			__u64 value;
		} msr;
		struct {
			__u16 abi;
			__u8 insn;
			__u8 purpose;
			__u32 reserved;
			__u64 number;
			__u64 args[3];
			__u64 result;
		} call;
		struct {
			__u32 function;
			__u32 conduit;
			__u16 immediate;
			__u8 purpose;
			__u8 registers;
			__u32 reserved;
			__u64 args[4];
		} smccc;
		struct {
			__u16 key;
			__u16 reserved;
		} text;
		__u64 raw[6];
	};
};

/* ----------------------------------------------------------------- ioctls */

#define HVP_IOC_TYPE		0xE7

/** enum hvp_proof - what became of proving the call instruction. */
enum hvp_proof {
	HVP_PROOF_NONE		= 0,	/* no interface selects a call */
	HVP_PROOF_PASSED	= 1,
	HVP_PROOF_FAILED	= 2,	/* every permitted instruction failed */
	HVP_PROOF_REFUSED	= 3,	/* a trial would not be safe here */
};

#define HVP_MASK_WORDS		16

/**
 * struct hvp_info - summary, filled by HVP_IOC_INFO
 * @size: in: sizeof(struct hvp_info) of the caller
 * @flags: must be 0
 * @abi_version: HVP_ABI_VERSION of the module
 * @module_version: major << 16 | minor << 8 | patch
 * @fact_count: records that HVP_IOC_FACTS can deliver, extra records included
 * @interface_count: hypervisor interfaces found
 * @instruction: &enum hvp_insn chosen
 * @proof: &enum hvp_proof
 * @cpu_count: CPUs whose hypervisor leaves were read
 * @cpu_differences: leaves that differ between CPUs
 * @capability_count: capabilities this module knows
 * @reserved: zero
 * @capability_mask: bit n is capability number n (docs/capabilities.md)
 * @reserved2: zero
 */
struct hvp_info {
	__u32 size;
	__u32 flags;
	__u32 abi_version;
	__u32 module_version;
	__u32 fact_count;
	__u32 interface_count;
	__u32 instruction;
	__u32 proof;
	__u32 cpu_count;
	__u32 cpu_differences;
	__u32 capability_count;
	__u32 reserved;
	__u64 capability_mask[HVP_MASK_WORDS];
	__u64 reserved2[8];
};

/**
 * struct hvp_facts_request - a window of the fact records
 * @size: in: sizeof(struct hvp_facts_request) of the caller
 * @flags: must be 0
 * @first: in: index of the first record wanted
 * @count: in: records that fit at @records; out: records copied
 * @total: out: records there are
 * @reserved: must be 0
 * @records: in: user address of an array of struct hvp_fact
 * @reserved2: must be 0
 *
 * EFAULT when @records cannot be written (nothing is lost, ask again);
 * @first beyond @total copies nothing and is no error.
 */
struct hvp_facts_request {
	__u32 size;
	__u32 flags;
	__u32 first;
	__u32 count;
	__u32 total;
	__u32 reserved;
	__u64 records;
	__u64 reserved2[2];
};

/**
 * enum hvp_shape - where the parameters of a Hyper-V call travel
 *
 * Numbers of core/hvcall.h. FAST is RDX and R8, XMM adds XMM0 to XMM5.
 */
enum hvp_shape {
	HVP_SHAPE_AUTO		= 0,
	HVP_SHAPE_SLOW		= 1,
	HVP_SHAPE_FAST		= 2,
	HVP_SHAPE_XMM		= 3,
};

/* &hvp_call.flags */
#define HVP_CALL_LAYOUT		0x1	/* sizes are the caller's: unsafe */
#define HVP_CALL_CONTROL	0x2	/* number's high bits go to the control word */
#define HVP_CALL_FLAGS_ALL	0x3

#define HVP_CALL_ARGS		5
#define HVP_CALL_BATCH_MAX	256
#define HVP_CALL_DEADLINE_US	1000000		/* when the caller says 0 */
#define HVP_CALL_DEADLINE_MAX	10000000

/**
 * struct hvp_call - one hypercall and what became of it, 168 bytes
 * @number: in: Hyper-V: call code, bits above 15 only with HVP_CALL_CONTROL;
 *          KVM and Xen: number; VMware: magic number
 * @args: in: arguments of KVM, Xen and VMware calls in the interface's order
 *        (VMware: RBX, command, RDX, RSI, RDI; SMCCC: X1 to X5);
 *        a buffer argument (Xen) is 0 and @output receives the buffer
 * @input: in: user address of @input_bytes bytes of parameters, else 0
 * @output: in: user address of room for @output_capacity bytes, else 0
 * @input_bytes: in: Hyper-V: header, variable header and list together
 * @output_capacity: in: bytes at @output
 * @deadline_us: in: give up continuing after that many microseconds, 0 = one
 *               second. One instruction is never interrupted
 * @flags: in: HVP_CALL_*
 * @abi: in: number of core/abis.def
 * @shape: in: &enum hvp_shape
 * @insn: in: &enum hvp_insn, 0 = the proven one; else allowed with unsafe calls
 * @in_header: in, HVP_CALL_LAYOUT: bytes of the fixed input header
 * @in_element: in, likewise: bytes of an input list element
 * @out_header: in, likewise: bytes of fixed output
 * @out_element: in, likewise: bytes of an output list element
 * @var_qwords: in: qwords of variable header in the input
 * @reps: in: list elements, 0 for a simple call
 * @reserved: must be 0
 * @control: out: first control word (RCX)
 * @result: out: RAX of the last instruction
 * @cycles: out: TSC cycles around all instructions, continuations included
 * @output_bytes: out: bytes that the call vouches for, copied to @output.
 *                Other than Hyper-V: RAX RBX RCX RDX RSI RDI R8 R9 (arm64: X0
 *                to X17), or the buffer
 * @issued: out: times the instruction was executed
 * @status: out: HV_STATUS of a Hyper-V call
 * @reps_done: out: list elements done
 * @outcome: out: &enum hvp_outcome
 * @vector: out: exception when FAULT
 * @reason: out: number of core/reasons.def when SKIPPED
 * @shape_used: out: &enum hvp_shape
 * @insn_used: out: &enum hvp_insn
 * @shape_reason: out: why that shape (core/hvcall.h)
 * @refusal: out: why no shape (core/hvcall.h)
 * @odd: out: what no conforming hypervisor returns (core/hvcall_regs.h)
 * @error: out: 0 when it was executed, else a negative errno: -EPERM not on
 *         the allow-list and unsafe calls are off; -EACCES no CAP_SYS_RAWIO;
 *         -EKEYREJECTED kernel locked down; -ENXIO interface not there;
 *         -EOPNOTSUPP nothing proven to carry it, see @reason; -ETIME deadline;
 *         -EINTR signal; -EINVAL, -E2BIG, -ENODATA layout, see @refusal;
 *         -EFAULT buffer
 * @reserved2: must be 0
 */
struct hvp_call {
	__u64 number;
	__u64 args[HVP_CALL_ARGS];
	__u64 input;
	__u64 output;
	__u32 input_bytes;
	__u32 output_capacity;
	__u32 deadline_us;
	__u32 flags;
	__u16 abi;
	__u8 shape;
	__u8 insn;
	__u16 in_header;
	__u16 in_element;
	__u16 out_header;
	__u16 out_element;
	__u16 var_qwords;
	__u16 reps;
	__u64 reserved;
	__u64 control;
	__u64 result;
	__u64 cycles;
	__u32 output_bytes;
	__u32 issued;
	__u16 status;
	__u16 reps_done;
	__u8 outcome;
	__u8 vector;
	__u8 reason;
	__u8 shape_used;
	__u8 insn_used;
	__u8 shape_reason;
	__u8 refusal;
	__u8 odd;
	__s32 error;
	__u64 reserved2[2];
};

/**
 * struct hvp_call_batch - hypercalls, made one after the other
 * @size: in: sizeof(struct hvp_call_batch) of the caller
 * @flags: must be 0
 * @count: in: elements of @calls, 1 to HVP_CALL_BATCH_MAX
 * @done: out: calls looked at; each tells its own fate in hvp_call.error
 * @calls: in: user address of an array of struct hvp_call
 * @reserved: must be 0
 *
 * A signal stops between calls: those not looked at stay as they were.
 */
struct hvp_call_batch {
	__u32 size;
	__u32 flags;
	__u32 count;
	__u32 done;
	__u64 calls;
	__u64 reserved[2];
};

#define HVP_IOC_INFO	_IOWR(HVP_IOC_TYPE, 0x00, struct hvp_info)
#define HVP_IOC_FACTS	_IOWR(HVP_IOC_TYPE, 0x01, struct hvp_facts_request)
#define HVP_IOC_CALL	_IOWR(HVP_IOC_TYPE, 0x02, struct hvp_call_batch)

#endif /* _UAPI_LINUX_HVPROBE_H */
