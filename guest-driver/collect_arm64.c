// SPDX-License-Identifier: GPL-2.0-only
/* What SMCCC calls of this machine answer, as facts. */
#include <linux/cpu.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include <asm/arch_timer.h>
#include <asm/cputype.h>
#include "smccc.h"

/* A record and its registers; a clock behind them takes another one. */
#define QUERY_RECORDS	3
#define TEXT_RECORDS	8
#define FORCED_RECORDS	6

struct collect_job {
	struct hvp_driver *driver;
	struct hvp_smccc smccc;
};

/* Bytes behind a fact. */
struct answer {
	u64 x[HVP_SMCCC_USUAL];
	u64 before;
	u64 after;
	u64 clock_ns;
};

/* The partition manager may keep the version that it heard first. */
static bool kernel_speaks_ffa(void)
{
	struct path path;

	if (kern_path("/sys/bus/arm_ffa", 0, &path))
		return false;
	path_put(&path);
	return true;
}

static const struct hvp_fact *record(struct hvp_driver *driver,
				     const struct hvp_fact *fact,
				     const void *data)
{
	const struct hvp_fact *added = driver->facts.items + driver->facts.count;

	if (WARN_ON_ONCE(hvp_facts_add(&driver->facts, fact, data)))
		return NULL;
	driver->call_count += !!fact->smccc.purpose;
	return added;
}

static void fill_regs(const struct hvp_fact *fact, struct hvp_smccc_regs *regs)
{
	bool xen = fact->smccc.immediate == HVP_SMCCC_XEN_IMMEDIATE;

	memset(regs, 0, sizeof(*regs));
	memcpy(&regs->x[xen ? 0 : 1], fact->smccc.args,
	       sizeof(fact->smccc.args));
	regs->x[xen ? 16 : 0] = fact->smccc.function;
}

const struct hvp_fact *hvp_smccc_attempt(struct hvp_driver *driver,
					 struct hvp_fact *fact, bool clock)
{
	struct hvp_smccc_regs regs;
	struct answer answer = { };
	unsigned int raised;

	fill_regs(fact, &regs);
	preempt_disable();
	fact->cpu = smp_processor_id();
	answer.before = __arch_counter_get_cntvct();
	raised = hvp_smccc_make(fact->smccc.conduit, fact->smccc.immediate,
				&regs);
	answer.after = __arch_counter_get_cntvct();
	preempt_enable();
	if (raised) {
		fact->outcome = HVP_OUTCOME_FAULT;
		return record(driver, fact, NULL);
	}
	answer.clock_ns = ktime_get_real_ns();
	memcpy(answer.x, regs.x, sizeof(answer.x));
	fact->smccc.registers = HVP_SMCCC_USUAL;
	fact->data_bytes = clock ? sizeof(answer) : sizeof(answer.x);
	return record(driver, fact, &answer);
}

struct hvp_fact hvp_smccc_fact(u8 insn, u32 function, u8 purpose)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_SMCCC,
		.source = HVP_SOURCE_DRIVER,
		.cpu = HVP_CPU_ANY,
	};

	fact.smccc.function = function;
	fact.smccc.conduit = insn;
	fact.smccc.purpose = purpose;
	return fact;
}

static void skip(struct hvp_driver *driver, struct hvp_fact *fact, u32 reason)
{
	fact->outcome = HVP_OUTCOME_SKIPPED;
	fact->reason = reason;
	record(driver, fact, NULL);
}

static void ask(struct collect_job *job, u32 query)
{
	const struct hvp_smccc_query *row = &hvp_smccc_queries[query];
	struct hvp_fact fact =
		hvp_smccc_fact(job->smccc.conduit, row->function,
			       row->flags & HVP_SMCCC_PROOF ? HVP_CALL_PROOF : 0);

	memcpy(fact.smccc.args, row->args, sizeof(row->args));
	if (row->flags & HVP_SMCCC_X1_SELF)
		fact.smccc.args[0] = read_cpuid_mpidr() & MPIDR_HWID_BITMASK;
	if (row->flags & HVP_SMCCC_XEN)
		fact.smccc.immediate = HVP_SMCCC_XEN_IMMEDIATE;
	if (row->flags & HVP_SMCCC_NEGOTIATES && kernel_speaks_ffa()) {
		skip(job->driver, &fact, HVP_REASON_NOT_TRIED);
		return;
	}
	job->smccc.answers[query] =
		hvp_smccc_attempt(job->driver, &fact,
				  row->flags & HVP_SMCCC_CLOCK);
}

static long ask_first_cpu(void *data)
{
	struct collect_job *job = data;
	u32 i;

	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++)
		if (hvp_smccc_gate(&job->smccc, hvp_smccc_queries[i].gate) ==
		    HVP_SMCCC_OPEN)
			ask(job, i);
	return 0;
}

static long ask_other_cpu(void *data)
{
	struct collect_job *first = data;
	struct collect_job job = *first;
	u32 i;

	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++)
		if (hvp_smccc_queries[i].flags & HVP_SMCCC_PER_CPU &&
		    first->smccc.answers[i])
			ask(&job, i);
	return 0;
}

static void ask_online_cpus(struct collect_job *job)
{
	struct hvp_driver *driver = job->driver;
	u32 cpu;

	cpus_read_lock();
	driver->cpu = cpumask_first(cpu_online_mask);
	driver->cpu_count = 1;
	work_on_cpu(driver->cpu, ask_first_cpu, job);
	for_each_online_cpu(cpu) {
		if (cpu == driver->cpu)
			continue;
		work_on_cpu(cpu, ask_other_cpu, job);
		driver->cpu_count++;
	}
	cpus_read_unlock();
}

static u32 per_cpu_queries(void)
{
	u32 i, count = 0;

	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++)
		count += !!(hvp_smccc_queries[i].flags & HVP_SMCCC_PER_CPU);
	return count;
}

int hvp_collect(struct hvp_driver *driver, bool all_bases, u32 call_records)
{
	struct collect_job job = { .driver = driver };
	struct hvp_fact none;
	u32 reason;
	int ret;

	ret = hvp_facts_alloc(&driver->facts,
			      TEXT_RECORDS + FORCED_RECORDS + QUERY_RECORDS *
			      (HVP_SMCCC_QUERY_COUNT +
			       num_possible_cpus() * per_cpu_queries()));
	if (ret)
		return ret;
	job.smccc.conduit = hvp_conduit_find(driver, &reason);
	job.smccc.fadt_hyperv = hvp_smccc_acpi_hyperv(&driver->facts);
	if (job.smccc.conduit == HVP_INSN_NONE) {
		none = hvp_smccc_fact(HVP_INSN_NONE,
				      hvp_smccc_queries[0].function,
				      HVP_CALL_PROOF);
		skip(driver, &none, reason);
		driver->cpu_count = 1;
	} else {
		/* Its kprobes take the lock of CPU hotplug themselves. */
		hvp_guard_enter();
		ask_online_cpus(&job);
		hvp_guard_leave();
	}
	hvp_decode(&driver->facts, HVP_REASON_NOT_READ, driver->report);
	return 0;
}

void hvp_collect_free(struct hvp_driver *driver)
{
	hvp_facts_free(&driver->facts);
}
