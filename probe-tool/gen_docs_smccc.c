// SPDX-License-Identifier: GPL-2.0-only
/* The SMCCC part of the documents that follow from the registry. */
#include "gen_docs.h"
#include "../core/hypercalls.h"

void hvp_docs_query(FILE *out, u32 index, u32 x)
{
	const struct hvp_smccc_query *query = &hvp_smccc_queries[index];
	u32 last = HVP_ARRAY_SIZE(query->args), i;

	while (last && !query->args[last - 1])
		last--;
	fprintf(out, "0x%08x(", query->function);
	for (i = 0; i < last; i++)
		fprintf(out, "%s0x%llx", i ? ", " : "",
			(unsigned long long)query->args[i]);
	fprintf(out, ") X%u", x);
}

void hvp_docs_says(FILE *out, const struct hvp_cap *cap)
{
	hvp_docs_query(out, cap->leaf, cap->bit < 128 ? cap->bit / 32 : 0);
	if (cap->bit == HVP_SAYS_PRESENT)
		fputs(" not -1", out);
	else if (cap->bit == HVP_SAYS_PSCI_1_0)
		fputs(" from 0x10000", out);
	else if (cap->bit >= HVP_SAYS_ANY)
		fputs(" not negative", out);
	else
		fprintf(out, " bit %u", cap->bit % 32);
}

void hvp_docs_hvreg(FILE *out, const struct hvp_cap *cap)
{
	struct hvp_hvreg_place at;
	u32 i;

	if (cap->abi != HVP_ABI_HYPERV || !hvp_hvreg_place_cap(cap, true, &at))
		return;
	for (i = 0; i < HVP_SMCCC_QUERY_COUNT; i++) {
		const struct hvp_smccc_query *query = &hvp_smccc_queries[i];
		const struct hvp_hvreg *reg =
			query->gate != HVP_SMCCC_GATE_HYPERV ?
				NULL : hvp_hvreg_find((u32)query->args[3]);

		if (reg && reg->leaf == cap->leaf)
			fprintf(out, "; arm64: register 0x%x bit %u",
				reg->number, 32U * at.word + at.bit);
	}
}

void hvp_docs_smccc(FILE *out)
{
	static const char *const safety[] = {
		[HVP_SMCCC_HARMLESS] = "harmless",
		[HVP_SMCCC_UNSAFE] = "unsafe",
		[HVP_SMCCC_NEVER] = "never",
	};
	u32 i;

	fputs("\n## SMCCC functions\n\n"
	      "arm64. Harmless: the driver makes it where whoever answers was "
	      "identified. Unsafe:\nonly behind `unsafe_calls=1`. Never: it has "
	      "an effect or takes an address; it is\nasked about at most.\n\n"
	      "| id | name | safety | specification |\n|---|---|---|---|\n", out);
	for (i = 0; i < hvp_smccc_function_count; i++)
		fprintf(out, "| 0x%08x | `%s` | %s | %s |\n",
			hvp_smccc_functions[i].id, hvp_smccc_functions[i].name,
			safety[hvp_smccc_functions[i].safety],
			hvp_smccc_functions[i].spec);
	fputs("\n## UIDs\n\n"
	      "| asked by | UID | r0 | r1 | r2 | r3 | product | source |\n"
	      "|---|---|---|---|---|---|---|---|\n", out);
	for (i = 0; i < hvp_smccc_uid_count; i++) {
		const struct hvp_smccc_uid *u = &hvp_smccc_uids[i];

		fprintf(out, "| 0x%08x | %s | %08x | %08x | %08x | %08x | %s | %s |\n",
			hvp_smccc_queries[u->query].function, u->text,
			u->words[0], u->words[1], u->words[2], u->words[3],
			hvp_product_name(u->product), u->spec);
	}
}
