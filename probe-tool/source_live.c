// SPDX-License-Identifier: GPL-2.0-only
/* Facts by the CPUID instruction, each leaf once: they trap in most guests. */
#define _GNU_SOURCE
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include "cpuid_insn.h"
#include "tool.h"

#if defined(__x86_64__) || defined(__i386__)

#define CPU_LIMIT		8192
#define EXTENDED_FIRST		0x80000000U
#define SVM_VISIBLE_LEAF	0x80000001U
#define SVM_VISIBLE		0x4U	/* of ECX */
#define SVM_LEAF		0x8000000aU
#define UNKNOWN_LEAVES		0x10U
#define INVALID_OPCODE		6	/* #UD */
#define BEYOND_MAX		0x1	/* answers beyond the maximum leaf */

/* What each interface defines; nothing else is asked for by default. */
static const struct {
	u8 abi;
	u8 first;
	u8 last;
	u8 subleaves;
	u8 flags;
} windows[] = {
	{ HVP_ABI_HYPERV, 0x02, 0x0c, 1, 0 },
	{ HVP_ABI_HYPERV, 0x80, 0x82, 1, BEYOND_MAX },
	{ HVP_ABI_KVM, 0x10, 0x10, 1, 0 },
	{ HVP_ABI_XEN, 0x02, 0x02, 1, 0 },
	{ HVP_ABI_XEN, 0x03, 0x03, 3, 0 },
	{ HVP_ABI_XEN, 0x04, 0x05, 1, 0 },
	{ HVP_ABI_VMWARE, 0x10, 0x10, 1, 0 },
	{ HVP_ABI_TIMING, 0x10, 0x10, 1, 0 },
};

/* Where a block was ever seen, and 0x40001000, which one product documents. */
static const u32 usual_bases[] = { 0x40000000, 0x40000100, 0x40001000 };

struct live {
	struct hvp_store *store;
	const struct hvp_options *options;
	struct hvp_live_stats *stats;
	u32 how;		/* enum hvp_cpuid_how */
	u32 leaf;		/* the last one executed */
	u32 cpus_read;
	int here;		/* CPU to start on, -1: cannot be told */
	u32 cpu;
	u32 max_basic;
	int error;
	u32 found[HVP_BASE_COUNT][4];
	u32 found_count;
};

union cpu_bits {
	cpu_set_t set;
	u8 bytes[CPU_LIMIT / 8];
};

static sigjmp_buf fault_jump;

static void on_fault(int number)
{
	(void)number;
	siglongjmp(fault_jump, 1);
}

/* Registers of one leaf, executed unless it is among the facts already. */
static bool read_leaf(struct live *live, u32 leaf, u32 subleaf, u32 regs[4])
{
	const struct hvp_fact *old =
		hvp_facts_cpuid_how(&live->store->facts, live->cpu, leaf,
				    subleaf, live->how);
	struct hvp_fact fact;
	int ret;

	if (old) {
		memcpy(regs, old->cpuid.regs, sizeof(old->cpuid.regs));
		return true;
	}
	if (live->error)
		return false;
	live->leaf = leaf;
	hvp_cpuid_execute(live->how, leaf, subleaf, regs);
	live->stats->cpuid_executions++;
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, live->cpu, leaf, subleaf,
			   regs[0], regs[1], regs[2], regs[3]);
	fact.cpuid.how = live->how;
	ret = hvp_store_add(live->store, &fact, NULL);
	if (ret < 0)
		live->error = ret;
	return ret >= 0;
}

static void read_range(struct live *live, u32 first, u32 last, u32 subleaves)
{
	u32 regs[4], leaf, subleaf;

	for (leaf = first; leaf <= last; leaf++)
		for (subleaf = 0; subleaf < subleaves; subleaf++)
			read_leaf(live, leaf, subleaf, regs);
}

static u32 min_u32(u32 a, u32 b)
{
	return a < b ? a : b;
}

/* The highest leaf worth asking for, base itself when there is none. */
static u32 believed_max(u32 base, u32 max, bool known)
{
	if (max >= base && max < base + HVP_BASE_STEP)
		return max;
	return !max && known ? base + 1 : base;
}

static void read_interface(struct live *live, u32 base, const u32 regs[4])
{
	const struct hvp_sig *sig = hvp_sig_find((const u8 *)&regs[1]);
	u32 max = believed_max(base, regs[HVP_EAX], sig);
	u16 abis = sig ? sig->abis : 0;
	u32 next[4] = { 0 };
	u32 i;

	if (max == base)
		return;
	if (read_leaf(live, base + 1, 0, next) &&
	    next[HVP_EAX] == HVP_HYPERV_ID)
		abis |= 1U << HVP_ABI_HYPERV;
	if (live->options->deep)
		read_range(live, base + 1, max, 1);
	else if (!abis)
		read_range(live, base + 1,
			   min_u32(max, base + UNKNOWN_LEAVES), 1);
	for (i = 0; i < HVP_ARRAY_SIZE(windows); i++) {
		u32 last = base + windows[i].last;

		if (!(abis & 1U << windows[i].abi))
			continue;
		if (windows[i].abi == HVP_ABI_HYPERV &&
		    next[HVP_EAX] != HVP_HYPERV_ID)
			continue;
		if (!(windows[i].flags & BEYOND_MAX))
			last = min_u32(last, max);
		read_range(live, base + windows[i].first, last,
			   windows[i].subleaves);
	}
}

static void read_base(struct live *live, u32 base)
{
	static const u32 zero[4];
	u32 regs[4], echo[4];
	u32 i;

	if (!read_leaf(live, base, 0, regs) ||
	    !memcmp(regs, zero, sizeof(regs)))
		return;
	if (live->max_basic < HVP_BASE_FIRST &&
	    read_leaf(live, live->max_basic, 0, echo) &&
	    !memcmp(regs, echo, sizeof(regs)))
		return;
	for (i = 0; i < live->found_count; i++)
		if (!memcmp(live->found[i], regs, sizeof(regs)))
			return;
	memcpy(live->found[live->found_count++], regs, sizeof(regs));
	read_interface(live, base, regs);
}

static bool in_cpu_range(u32 leaf, u32 max_basic, u32 max_extended)
{
	return leaf < EXTENDED_FIRST ? leaf <= max_basic :
				       leaf <= max_extended;
}

/* The CPU's own leaves that say something of its platform. */
static void read_cpu_leaves(struct live *live)
{
	static const u32 usual[] = { 0x21, SVM_VISIBLE_LEAF, 0x8000001f };
	u32 regs[4], max_extended = 0;
	u32 i;

	if (read_leaf(live, EXTENDED_FIRST, 0, regs) &&
	    regs[HVP_EAX] < EXTENDED_FIRST + 0x10000)
		max_extended = regs[HVP_EAX];
	for (i = 0; i < HVP_ARRAY_SIZE(usual); i++)
		if (in_cpu_range(usual[i], live->max_basic, max_extended))
			read_leaf(live, usual[i], 0, regs);
	/* Reserved where SVM is not visible. */
	if (in_cpu_range(SVM_LEAF, live->max_basic, max_extended) &&
	    in_cpu_range(SVM_VISIBLE_LEAF, live->max_basic, max_extended) &&
	    read_leaf(live, SVM_VISIBLE_LEAF, 0, regs) &&
	    regs[HVP_ECX] & SVM_VISIBLE)
		read_leaf(live, SVM_LEAF, 0, regs);
	if (!live->options->deep)
		return;
	for (i = 0; i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].name && hvp_caps[i].abi == HVP_ABI_CPU &&
		    hvp_caps[i].where == HVP_WHERE_CPUID &&
		    in_cpu_range(hvp_caps[i].leaf, live->max_basic,
				 max_extended))
			read_leaf(live, hvp_caps[i].leaf, hvp_caps[i].subleaf,
				  regs);
	for (i = 0; i < HVP_FIELD_COUNT; i++)
		if (hvp_fields[i].abi == HVP_ABI_CPU &&
		    in_cpu_range(hvp_fields[i].leaf, live->max_basic,
				 max_extended))
			read_leaf(live, hvp_fields[i].leaf,
				  hvp_fields[i].subleaf, regs);
}

static void read_cpu(struct live *live, u32 cpu)
{
	u32 regs[4];
	u32 i;

	live->cpu = cpu;
	live->found_count = 0;
	if (!read_leaf(live, 0, 0, regs))
		return;
	live->max_basic = regs[HVP_EAX];
	if (live->max_basic >= 1)
		read_leaf(live, 1, 0, regs);
	/* Some leaves move with the CPU's state: keep the pair close. */
	if (live->max_basic < HVP_BASE_FIRST)
		read_leaf(live, live->max_basic, 0, regs);
	if (live->options->deep)
		for (i = 0; i < HVP_BASE_COUNT; i++)
			read_base(live, HVP_BASE_FIRST + i * HVP_BASE_STEP);
	else
		for (i = 0; i < HVP_ARRAY_SIZE(usual_bases); i++)
			read_base(live, usual_bases[i]);
	if (!live->cpus_read++)
		read_cpu_leaves(live);
}

static bool pin(cpu_set_t *one, u32 cpu)
{
	CPU_ZERO_S(sizeof(union cpu_bits), one);
	CPU_SET_S(cpu, sizeof(union cpu_bits), one);
	return !sched_setaffinity(0, sizeof(union cpu_bits), one);
}

/* The driver reads the first CPU in full: the same one makes one report. */
static int first_cpu(const cpu_set_t *permitted)
{
	int cpu;

	for (cpu = 0; cpu < CPU_LIMIT; cpu++)
		if (CPU_ISSET_S(cpu, sizeof(union cpu_bits), permitted))
			return cpu;
	return -1;
}

static void read_cpus(struct live *live, const cpu_set_t *permitted)
{
	static union cpu_bits one;
	u32 cpu;

	if (live->here < 0 || !pin(&one.set, (u32)live->here)) {
		read_cpu(live, HVP_CPU_ANY);
		return;
	}
	read_cpu(live, (u32)live->here);
	for (cpu = 0; live->options->all_cpus && cpu < CPU_LIMIT; cpu++)
		if ((int)cpu != live->here &&
		    CPU_ISSET_S(cpu, sizeof(one), permitted) &&
		    pin(&one.set, cpu))
			read_cpu(live, cpu);
}

/* Tried, and nobody looks behind the prefix. */
static int note_illegal(const struct live *live)
{
	struct hvp_fact fact;
	int ret;

	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, live->cpu, live->leaf, 0, 0,
			   0, 0, 0);
	fact.cpuid.known = 0;
	fact.cpuid.how = live->how;
	fact.outcome = HVP_OUTCOME_FAULT;
	fact.vector = INVALID_OPCODE;
	ret = hvp_store_add(live->store, &fact, NULL);
	return ret < 0 ? ret : 0;
}

int hvp_source_live(struct hvp_store *store, const struct hvp_options *options,
		    u32 how, struct hvp_live_stats *stats)
{
	static struct live live;
	static union cpu_bits permitted;
	struct sigaction catch = { .sa_handler = on_fault,
				   .sa_flags = SA_NODEFER };
	/* CPUID faulting may have been turned on for this process. */
	int number = how == HVP_CPUID_FORCED ? SIGILL : SIGSEGV;
	struct sigaction before;

	memset(&live, 0, sizeof(live));
	live.how = how;
	live.store = store;
	live.options = options;
	live.stats = stats;
	live.here = -1;
	if (sched_getaffinity(0, sizeof(permitted), &permitted.set) >= 0)
		live.here = first_cpu(&permitted.set);
	sigaction(number, &catch, &before);
	if (!sigsetjmp(fault_jump, 0))
		read_cpus(&live, &permitted.set);
	else
		live.error = how == HVP_CPUID_FORCED ? note_illegal(&live) :
						       -EPERM;
	sigaction(number, &before, NULL);
	if (live.cpus_read > stats->cpus)
		stats->cpus = live.cpus_read;
	if (live.here >= 0)
		sched_setaffinity(0, sizeof(permitted), &permitted.set);
	return live.error;
}

#else

int hvp_source_live(struct hvp_store *store, const struct hvp_options *options,
		    u32 how, struct hvp_live_stats *stats)
{
	(void)store;
	(void)options;
	(void)how;
	(void)stats;
	return -ENOSYS;
}

#endif
