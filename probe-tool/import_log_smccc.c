// SPDX-License-Identifier: GPL-2.0-only
/* What Linux logs of SMCCC calls that it made while it booted on arm64. */
#include "import_log_line.h"
#include "import_scan.h"
#include "store.h"
#include "../core/smccc.h"

#define WORDS_MAX	4

static void add_text(struct hvp_log_line *line, u16 key, const char *text,
		     const char *end)
{
	if (hvp_store_text(line->sink->store, HVP_SOURCE_DUMP, key, text,
			   (size_t)(end - text)) == -ENOMEM)
		line->sink->error = -ENOMEM;
}

static void add_arch(struct hvp_log_line *line)
{
	static const char name[] = "arm64";

	add_text(line, HVP_TEXT_ARCH, name, &name[sizeof(name) - 1]);
}

bool hvp_log_is_arm64(const struct hvp_log_sink *sink)
{
	const struct hvp_facts *facts = &sink->store->facts;
	const struct hvp_fact *fact = hvp_facts_text(facts, HVP_TEXT_ARCH, NULL);
	const char *text = fact ? hvp_fact_data(fact) : "";

	/* "aarch64", "arm64" */
	if (fact)
		return fact->data_bytes && *text == 'a';
	return hvp_facts_text(facts, HVP_TEXT_EXCEPTION_LEVEL, NULL);
}

/* The conduit is not in the log. */
static void add_answer(struct hvp_log_line *line, u32 query, const u64 *x,
		       u32 count)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_SMCCC,
		.source = HVP_SOURCE_DUMP,
		.cpu = HVP_CPU_ANY,
		.data_bytes = count * (u32)sizeof(*x),
	};

	fact.smccc.function = hvp_smccc_queries[query].function;
	fact.smccc.registers = (u8)count;
	memcpy(fact.smccc.args, hvp_smccc_queries[query].args,
	       sizeof(fact.smccc.args));
	if (hvp_store_add(line->sink->store, &fact, x) == -ENOMEM)
		line->sink->error = -ENOMEM;
	add_arch(line);
}

/* "1.1" into a version word. */
static bool read_version(const char *p, const char *end, u64 *version)
{
	u64 major, minor;

	p = hvp_scan_decimal(p, end, &major);
	if (!p || p == end || *p != '.' ||
	    !hvp_scan_decimal(p + 1, end, &minor) || major > 0x7fff ||
	    minor > 0xffff)
		return false;
	*version = major << 16 | minor;
	return true;
}

void hvp_log_kvm_services(struct hvp_log_line *line)
{
	const char *p = line->rest, *end = line->end;
	struct hvp_number number;
	u64 x[WORDS_MAX];
	u32 i;

	while (end > p && end[-1] == ')')
		end--;
	add_text(line, HVP_TEXT_SMCCC_KVM_SERVICES, p, end);
	add_arch(line);
	/* The highest word comes first. */
	for (i = WORDS_MAX; i--;) {
		p = hvp_skip_blanks(p, end);
		p = p < end ? hvp_scan_hex(p, end, &number) : NULL;
		if (!p || number.value > 0xffffffff) {
			line->sink->expected = "four words of 32 bits";
			return;
		}
		x[i] = number.value;
	}
	add_answer(line, HVP_SMCCC_QUERY_KVM_FEATURES, x, WORDS_MAX);
}

void hvp_log_psci(struct hvp_log_line *line)
{
	static const struct {
		const char *words;
		u8 query;
	} versions[] = {
		{ "PSCIv", HVP_SMCCC_QUERY_PSCI_VERSION },
		{ "SMC Calling Convention v", HVP_SMCCC_QUERY_SMCCC_VERSION },
	};
	u64 version;
	u32 i;

	hvp_log_read_whole(line);
	for (i = 0; i < HVP_ARRAY_SIZE(versions); i++) {
		const char *p = hvp_skip_word(line->rest, line->end,
					      versions[i].words);

		if (!p || !read_version(p, line->end, &version))
			continue;
		/* 1.0 is what Linux says when it was not told a version. */
		if (versions[i].query == HVP_SMCCC_QUERY_SMCCC_VERSION &&
		    version < 0x10001)
			continue;
		add_answer(line, versions[i].query, &version, 1);
	}
}

void hvp_log_started_at(struct hvp_log_line *line)
{
	const char *p = line->rest;

	if (line->end - p >= 3 && !memcmp(p, "EL", 2))
		add_text(line, HVP_TEXT_EXCEPTION_LEVEL, p, p + 3);
}
