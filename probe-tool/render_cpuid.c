// SPDX-License-Identifier: GPL-2.0-only
/* CPUID facts as the text of `cpuid -r`, which many programs read. */
#include <stdio.h>
#include "render.h"

void hvp_render_cpuid(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact = NULL;
	u32 cpu = HVP_CPU_ANY - 1;

	while ((fact = hvp_facts_next(facts, fact))) {
		/* The format has no word for a register that is missing. */
		if (!hvp_facts_decode(facts, fact) ||
		    !hvp_fact_has_registers(fact) || fact->cpuid.known != 0xf)
			continue;
		if (fact->cpu != cpu) {
			cpu = fact->cpu;
			if (cpu == HVP_CPU_ANY)
				puts("CPU:");
			else
				printf("CPU %u:\n", cpu);
		}
		printf("   0x%08x 0x%02x: eax=0x%08x ebx=0x%08x ecx=0x%08x edx=0x%08x\n",
		       fact->cpuid.leaf, fact->cpuid.subleaf,
		       fact->cpuid.regs[0], fact->cpuid.regs[1],
		       fact->cpuid.regs[2], fact->cpuid.regs[3]);
	}
}
