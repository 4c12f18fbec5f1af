// SPDX-License-Identifier: GPL-2.0-only
/* Who says what of an encrypted guest. Rows: core/cc_*.def. */
#include "confidential.h"

#define TDX_LEAF	0x21U
#define ISOLATION_LEAF	0x0cU

/* TLFS feature-discovery, leaf 0x4000000c; Arm CCA: OpenVMM hvdef */
enum isolation {
	ISOLATION_NONE,
	ISOLATION_VBS,
	ISOLATION_SNP,
	ISOLATION_TDX,
	ISOLATION_CCA,
};

/* Yes from one decides, then an unknown keeps it open; NONE has no say. */
static struct hvp_answer any(const struct hvp_answer *answers, u32 count)
{
	struct hvp_answer best = { .kind = HVP_ANSWER_NONE };
	u32 i;

	for (i = 0; i < count; i++) {
		if (is_yes(answers[i]))
			return answers[i];
		if (best.kind == HVP_ANSWER_NONE ||
		    answers[i].kind == HVP_ANSWER_UNKNOWN)
			best = answers[i].kind == HVP_ANSWER_NONE ? best :
								    answers[i];
	}
	return best;
}

static const struct hvp_fact *leaf(const struct hvp_report *report, u32 index)
{
	return hvp_facts_cpuid(report->facts, report->cpu, index, 0);
}

static struct hvp_answer tdx_leaf(const struct hvp_report *report)
{
	struct hvp_answer id = hvp_answer_field(report, HVP_FIELD_ID_TDX_ID);

	return id.kind == HVP_ANSWER_UNKNOWN ? id :
	       hvp_answer_is(report->verdict.tdx, leaf(report, TDX_LEAF));
}

/* Realms call by SMC alone: where it was not asked, nobody said no. */
static struct hvp_answer rsi(const struct hvp_report *report)
{
	struct hvp_answer answer =
		hvp_answer_cap(report, HVP_CAP_SMCCC_RSI);

	return is_no(answer) && !answer.fact ?
		       hvp_answer_unknown(HVP_REASON_NOTHING_TELLS) : answer;
}

/* A leaf that gVisor's kernel keeps back looks like a CPU without it. */
static void doubt_denials(struct hvp_confidential *cc)
{
	static const u8 by_leaf[] = { HVP_CC_BY_CAPABLE, HVP_CC_BY_ACTIVE };
	u32 kind, i;

	for (kind = 0; kind < HVP_CC_KIND_COUNT; kind++)
		for (i = 0; i < HVP_ARRAY_SIZE(by_leaf); i++) {
			struct hvp_answer *says = &cc->says[kind][by_leaf[i]];

			if (is_no(*says))
				*says = hvp_answer_unknown(HVP_REASON_IN_GVISOR);
		}
}

static void hear_cpu(const struct hvp_report *report,
		     struct hvp_confidential *cc)
{
	static const struct {
		u8 kind;
		u16 capable;
		u16 active;
	} rows[] = {
		{ HVP_CC_SEV, HVP_CAP_SEV_SEV, HVP_CAP_SEV_STATUS_SEV },
		{ HVP_CC_SEV_ES, HVP_CAP_SEV_ES, HVP_CAP_SEV_STATUS_ES },
		{ HVP_CC_SEV_SNP, HVP_CAP_SEV_SNP, HVP_CAP_SEV_STATUS_SNP },
	};
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(rows); i++) {
		struct hvp_answer *says = cc->says[rows[i].kind];

		says[HVP_CC_BY_CAPABLE] =
			hvp_answer_cap(report, rows[i].capable);
		says[HVP_CC_BY_ACTIVE] = hvp_answer_cap(report, rows[i].active);
	}
	cc->says[HVP_CC_TDX][HVP_CC_BY_ACTIVE] = tdx_leaf(report);
	if (report->arch == HVP_ARCH_ARM64)
		cc->says[HVP_CC_CCA][HVP_CC_BY_ACTIVE] = rsi(report);
	if (report->gvisor)
		doubt_denials(cc);
}

static void hear_hyperv(const struct hvp_report *report,
			struct hvp_confidential *cc)
{
	static const u8 kinds[] = {
		[ISOLATION_VBS] = HVP_CC_VBS,
		[ISOLATION_SNP] = HVP_CC_SEV_SNP,
		[ISOLATION_TDX] = HVP_CC_TDX,
		[ISOLATION_CCA] = HVP_CC_CCA,
	};
	const struct hvp_interface *itf = hvp_report_abi(report, HVP_ABI_HYPERV);
	struct hvp_answer type =
		hvp_answer_field(report, HVP_FIELD_ID_HYPERV_ISOLATION_TYPE);
	const struct hvp_fact *fact;
	u32 i;

	if (!itf)
		return;
	fact = leaf(report, itf->base + ISOLATION_LEAF);
	for (i = ISOLATION_VBS; i < HVP_ARRAY_SIZE(kinds); i++)
		cc->says[kinds[i]][HVP_CC_BY_HYPERV] =
			type.kind == HVP_ANSWER_UNKNOWN ? type :
			hvp_answer_is(is_yes(type) && type.value == i, fact);
	cc->says[HVP_CC_MEMORY][HVP_CC_BY_HYPERV] =
		type.kind == HVP_ANSWER_UNKNOWN ? type :
		hvp_answer_is(is_yes(type) && type.value > ISOLATION_VBS, fact);
}

/* Words of a text that are separated by blanks. */
static bool has_word(const struct hvp_fact *fact, const char *word)
{
	const char *text = hvp_fact_data(fact);
	u32 length = (u32)strlen(word), at = 0, end;

	while (at < fact->data_bytes) {
		for (end = at; end < fact->data_bytes && text[end] != ' ';)
			end++;
		if (end - at == length && !memcmp(text + at, word, length))
			return true;
		at = end + 1;
	}
	return false;
}

/*
 * The kernel has one attribute for all encrypted memory, and own ones for some
 * kinds only: what it has no word for it does not deny.
 */
static void hear_kernel(const struct hvp_report *report,
			struct hvp_confidential *cc)
{
	const struct hvp_fact *fact =
		hvp_facts_text(report->facts, HVP_TEXT_KERNEL_CC, NULL);
	struct hvp_answer memory =
		hvp_answer_unknown(report->arch == HVP_ARCH_ARM64 ?
					   HVP_REASON_NOTHING_TELLS :
					   report->driver_missing);

	if (fact) {
		memory = hvp_answer_is(has_word(fact, "guest-mem-encrypt"), fact);
		/*
		 * Kernels before 5.16 do not tell host from guest, and all of
		 * them treat VBS as if memory were encrypted.
		 */
		if ((has_word(fact, "mem-encrypt") && is_no(memory) &&
		     !has_word(fact, "host-mem-encrypt")) ||
		    (is_yes(memory) &&
		     is_yes(cc->says[HVP_CC_VBS][HVP_CC_BY_HYPERV])))
			memory = hvp_answer_unknown(HVP_REASON_NOTHING_TELLS);
	}
	cc->says[HVP_CC_MEMORY][HVP_CC_BY_KERNEL] = memory;
	if (!fact)
		return;
	if (has_word(fact, "guest-state-encrypt"))
		cc->says[HVP_CC_SEV_ES][HVP_CC_BY_KERNEL] =
			hvp_answer_is(!has_word(fact, "tdx-guest"), fact);
	if (has_word(fact, "guest-sev-snp"))
		cc->says[HVP_CC_SEV_SNP][HVP_CC_BY_KERNEL] =
			hvp_answer_is(true, fact);
	if (has_word(fact, "tdx-guest"))
		cc->says[HVP_CC_TDX][HVP_CC_BY_KERNEL] =
			hvp_answer_is(true, fact);
}

/* Linux mm/mem_encrypt.c since 5.8, and what it said before. */
static void hear_log(const struct hvp_report *report,
		     struct hvp_confidential *cc)
{
	static const struct {
		const char *word;
		u8 kind;
	} words[] = {
		{ "(SEV)", HVP_CC_SEV }, { "SEV", HVP_CC_SEV },
		{ "SEV-ES", HVP_CC_SEV_ES }, { "SEV-SNP", HVP_CC_SEV_SNP },
		{ "TDX", HVP_CC_TDX },
	};
	const struct hvp_fact *fact = NULL;
	u32 i;

	if (is_yes(cc->says[HVP_CC_VBS][HVP_CC_BY_HYPERV]))
		return;
	while ((fact = hvp_facts_text(report->facts, HVP_TEXT_KERNEL_CC_LINE,
				      fact)))
		for (i = 0; i < HVP_ARRAY_SIZE(words); i++)
			if (has_word(fact, words[i].word))
				cc->says[words[i].kind][HVP_CC_BY_LOG] =
					cc->says[HVP_CC_MEMORY][HVP_CC_BY_LOG] =
						hvp_answer_is(true, fact);
}

static void hear_devices(const struct hvp_report *report,
			 struct hvp_confidential *cc)
{
	const struct hvp_fact *fact = NULL;
	u32 kind;

	while ((fact = hvp_facts_text(report->facts, HVP_TEXT_CC_DEVICE, fact))) {
		if (has_word(fact, "sev-guest"))
			kind = HVP_CC_SEV_SNP;
		else if (has_word(fact, "tdx_guest"))
			kind = HVP_CC_TDX;
		else
			continue;
		cc->says[kind][HVP_CC_BY_DEVICE] = hvp_answer_is(true, fact);
		cc->says[HVP_CC_MEMORY][HVP_CC_BY_DEVICE] =
			cc->says[kind][HVP_CC_BY_DEVICE];
	}
}

static void read_details(const struct hvp_report *report,
			 struct hvp_answer *details)
{
#define HVP_CC_CAP(id, key, cap, rule) \
	details[HVP_CC_DETAIL_##id] = hvp_answer_cap(report, HVP_CAP_##cap);
#define HVP_CC_FIELD(id, key, field, rule) \
	details[HVP_CC_DETAIL_##id] = \
		hvp_answer_field(report, HVP_FIELD_ID_##field);
#include "cc_details.def"
#undef HVP_CC_CAP
#undef HVP_CC_FIELD
}

/* Named by Hyper-V, and the CPU does not say so. */
static bool not_shown(const struct hvp_confidential *cc, u32 kind)
{
	return is_yes(cc->says[kind][HVP_CC_BY_HYPERV]) &&
	       (is_no(cc->says[kind][HVP_CC_BY_ACTIVE]) ||
		is_no(cc->says[kind][HVP_CC_BY_CAPABLE]));
}

static void find(const struct hvp_report *report, struct hvp_confidential *cc)
{
	const struct hvp_answer *memory = cc->says[HVP_CC_MEMORY];
	struct hvp_answer flag =
		hvp_answer_cap(report, HVP_CAP_HYPERV_ISOLATION);
	struct hvp_answer vbs = cc->says[HVP_CC_VBS][HVP_CC_BY_HYPERV];
	bool not_by_cpu = not_shown(cc, HVP_CC_SEV_SNP) ||
			  not_shown(cc, HVP_CC_TDX);
	bool paravisor = is_yes(cc->details[HVP_CC_DETAIL_PARAVISOR]);
	bool isolated = is_yes(memory[HVP_CC_BY_HYPERV]) || is_yes(vbs);
	bool told = is_yes(memory[HVP_CC_BY_ACTIVE]) ||
		    is_yes(memory[HVP_CC_BY_HYPERV]);
	u32 kind;

	cc->findings[HVP_CC_FINDING_HIDDEN] = not_by_cpu && paravisor;
	cc->findings[HVP_CC_FINDING_UNSUPPORTED] = not_by_cpu && !paravisor;
	for (kind = HVP_CC_SEV; kind <= HVP_CC_SEV_SNP; kind++) {
		const struct hvp_answer *says = cc->says[kind];

		if (is_yes(says[HVP_CC_BY_ACTIVE]) &&
		    is_no(says[HVP_CC_BY_CAPABLE]))
			cc->findings[HVP_CC_FINDING_STATUS_ALONE] = true;
	}
	cc->findings[HVP_CC_FINDING_TWO] =
		is_yes(cc->says[HVP_CC_TDX][HVP_CC_BY_ACTIVE]) &&
		is_yes(cc->says[HVP_CC_SEV][HVP_CC_BY_ACTIVE]);
	cc->findings[HVP_CC_FINDING_FLAG] =
		vbs.kind != HVP_ANSWER_NONE &&
		vbs.kind != HVP_ANSWER_UNKNOWN &&
		flag.kind != HVP_ANSWER_UNKNOWN && is_yes(flag) != isolated;
	cc->findings[HVP_CC_FINDING_UNAWARE] =
		told && is_no(memory[HVP_CC_BY_KERNEL]);
	cc->findings[HVP_CC_FINDING_KERNEL_ALONE] =
		is_yes(memory[HVP_CC_BY_KERNEL]) && !told &&
		is_no(memory[HVP_CC_BY_ACTIVE]);
	cc->findings[HVP_CC_FINDING_CAPABLE_ONLY] = !told &&
		is_yes(cc->says[HVP_CC_SEV][HVP_CC_BY_CAPABLE]) &&
		is_no(cc->says[HVP_CC_SEV][HVP_CC_BY_ACTIVE]);
}

/* The kernel looked at the same registers: not to hear it changes no "no". */
static void conclude(struct hvp_confidential *cc)
{
	const struct hvp_answer *memory = cc->says[HVP_CC_MEMORY];

	cc->encrypted = any(memory, HVP_CC_WITNESS_COUNT);
	if (cc->encrypted.kind == HVP_ANSWER_UNKNOWN &&
	    is_no(memory[HVP_CC_BY_ACTIVE]) &&
	    memory[HVP_CC_BY_HYPERV].kind != HVP_ANSWER_UNKNOWN)
		cc->encrypted = memory[HVP_CC_BY_ACTIVE];
}

void hvp_confidential_decode(const struct hvp_report *report,
			     struct hvp_confidential *cc)
{
	struct hvp_answer by[3];

	memset(cc, 0, sizeof(*cc));
	hear_cpu(report, cc);
	hear_hyperv(report, cc);
	hear_kernel(report, cc);
	hear_log(report, cc);
	hear_devices(report, cc);
	read_details(report, cc->details);
	/* SEV-ES and SNP imply SEV: there is its bit, TDX's leaf, and RSI. */
	by[0] = cc->says[HVP_CC_SEV][HVP_CC_BY_ACTIVE];
	by[1] = cc->says[HVP_CC_TDX][HVP_CC_BY_ACTIVE];
	by[2] = cc->says[HVP_CC_CCA][HVP_CC_BY_ACTIVE];
	cc->says[HVP_CC_MEMORY][HVP_CC_BY_ACTIVE] =
		any(by, HVP_ARRAY_SIZE(by));
	find(report, cc);
	conclude(cc);
}
