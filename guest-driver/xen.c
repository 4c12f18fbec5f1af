// SPDX-License-Identifier: GPL-2.0-only
/* What kind of domain this is, which Xen tells by a call only. */
#include <linux/kernel.h>
#include <linux/slab.h>
#include "../core/xen.h"
#include "attempt.h"
#include "call.h"
#include "xen.h"

struct learning {
	struct hvp_exec exec;
	struct hvp_xen_features answer;
};

static void learn_features(struct hvp_driver *driver, const struct hvp_way *way,
			   struct learning *learning)
{
	struct hvp_exec *exec = &learning->exec;
	struct hvp_fact fact =
		hvp_attempt_new(HVP_ABI_XEN, way->insn, HVP_CALL_LEARN);

	exec->call.abi = HVP_ABI_XEN;
	exec->insn = way->insn;
	exec->regs.rax = HVP_XEN_VERSION_CALL;
	exec->call.args[0] = HVP_XEN_VERSION_FEATURES;
	exec->regs.rdi = exec->call.args[0];
	exec->regs.rsi = (unsigned long)&learning->answer;
	hvp_call_abi_issue(exec);

	/* Not where the buffer is: facts are for everybody. */
	fact.call.number = HVP_XEN_VERSION_CALL;
	fact.call.args[0] = HVP_XEN_VERSION_FEATURES;
	if (exec->raised) {
		fact.outcome = HVP_OUTCOME_FAULT;
		fact.vector = exec->raised & HVP_RAISED_VECTOR;
	} else {
		fact.call.result = exec->result;
		fact.data_bytes = sizeof(learning->answer);
	}
	hvp_attempt_record(driver, &fact, &learning->answer);
}

void hvp_xen_learn(struct hvp_driver *driver)
{
	const struct hvp_way *way = &driver->ways[HVP_ABI_XEN];
	struct learning *learning;

	if (way->insn == HVP_INSN_NONE || way->proof != HVP_PROOF_PASSED)
		return;
	/* In memory that Xen reaches by its linear address: no stack may be. */
	learning = kzalloc(sizeof(*learning), GFP_KERNEL);
	if (!learning)
		return;
	learn_features(driver, way, learning);
	kfree(learning);
}
