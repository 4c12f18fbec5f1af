// SPDX-License-Identifier: GPL-2.0-only
/* What kind of Xen guest this is. */
#include "decode.h"
#include "xen.h"

static const char *const names[] = {
#define HVP_XEN_FEATURE(bit, id, name) [bit] = name,
#include "xen_features.def"
#undef HVP_XEN_FEATURE
};

const char *hvp_xen_feature_name(u32 bit)
{
	return bit < HVP_ARRAY_SIZE(names) ? names[bit] : NULL;
}

bool hvp_xen_features_of(const struct hvp_fact *fact, u32 *bits)
{
	struct hvp_xen_features answer;

	if (fact->kind != HVP_FACT_CALL || fact->call.abi != HVP_ABI_XEN ||
	    fact->outcome != HVP_OUTCOME_VALUE ||
	    fact->call.purpose != HVP_CALL_LEARN ||
	    fact->call.number != HVP_XEN_VERSION_CALL ||
	    fact->call.args[0] != HVP_XEN_VERSION_FEATURES ||
	    fact->call.result || fact->data_bytes != sizeof(answer))
		return false;
	memcpy(&answer, hvp_fact_data(fact), sizeof(answer));
	*bits = answer.bits;
	return !answer.submap;
}

/* Linux writes eight hexadecimal digits for each submap, the first one last. */
static bool from_text(const struct hvp_fact *fact, u32 *bits)
{
	const char *text = hvp_fact_data(fact);
	u32 value = 0, i;

	if (fact->kind != HVP_FACT_TEXT ||
	    fact->text.key != HVP_TEXT_SYS_XEN_FEATURES ||
	    !fact->data_bytes || fact->data_bytes % 8)
		return false;
	for (i = fact->data_bytes - 8; i < fact->data_bytes; i++) {
		char c = text[i];

		value <<= 4;
		if (c >= '0' && c <= '9')
			value |= (u32)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value |= (u32)(c - 'a') + 10;
		else
			return false;
	}
	*bits = value;
	return true;
}

const struct hvp_fact *hvp_xen_features(const struct hvp_facts *facts,
					u32 *bits)
{
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(facts, fact)))
		if (hvp_xen_features_of(fact, bits))
			return fact;
	while ((fact = hvp_facts_next(facts, fact)))
		if (from_text(fact, bits))
			return fact;
	return NULL;
}

static const struct hvp_sig *plain_sig(const struct hvp_fact *fact)
{
	u8 signature[12];

	if (!fact || fact->cpuid.known != 0xf)
		return NULL;
	hvp_signature_bytes(fact, signature);
	return hvp_sig_find(signature);
}

static void tell_forced(struct hvp_report *report)
{
	const struct hvp_interface *itf = hvp_report_abi(report, HVP_ABI_XEN);
	const struct hvp_fact *plain =
		hvp_facts_cpuid_how(report->facts, report->cpu, HVP_BASE_FIRST,
				    0, HVP_CPUID_PLAIN);
	const struct hvp_sig *sig = plain_sig(plain);

	/* A CPU that can fault CPUID lets Xen answer the plain one as well. */
	if (!itf || report->facts->how != HVP_CPUID_FORCED ||
	    (sig && sig->product == HVP_PRODUCT_XEN))
		return;
	report->verdict.xen_pv = 1;
	hvp_verdict_step(report, HVP_RULE_XEN_FORCED, HVP_PRODUCT_XEN,
			 itf->base, itf->fact);
	if (sig)
		hvp_verdict_step(report, HVP_RULE_BELOW_XEN, sig->product,
				 HVP_BASE_FIRST, plain);
}

void hvp_verdict_xen(struct hvp_report *report)
{
	struct hvp_verdict *v = &report->verdict;
	const struct hvp_fact *fact;
	bool dom0;
	u32 bits;

	if (v->primary != HVP_PRODUCT_XEN)
		return;
	tell_forced(report);
	fact = hvp_xen_features(report->facts, &bits);
	if (!fact)
		return;
	if (!(bits & 1U << HVP_XEN_FEATURE_AUTO_TRANSLATED_PHYSMAP)) {
		v->xen_pv = 1;
		hvp_verdict_step(report, HVP_RULE_XEN_PV, HVP_PRODUCT_XEN, 0,
				 fact);
	}
	dom0 = bits & 1U << HVP_XEN_FEATURE_DOM0;
	v->xen_domain = dom0 ? HVP_XEN_DOM0 : HVP_XEN_DOMU;
	if (dom0 && v->kind == HVP_VERDICT_GUEST)
		v->kind = HVP_VERDICT_ROOT;
	hvp_verdict_step(report, dom0 ? HVP_RULE_XEN_DOM0 : HVP_RULE_XEN_DOMU,
			 HVP_PRODUCT_XEN, 0, fact);
}

const char *hvp_verdict_xen_words(const struct hvp_verdict *v)
{
	static const char *const words[2][3] = {
		{ " guest", " domU", " dom0" },
		{ " PV guest", " PV domU", " PV dom0" },
	};

	return words[v->xen_pv][v->xen_domain];
}
