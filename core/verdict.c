// SPDX-License-Identifier: GPL-2.0-only
/* The opinion: who is underneath, and each step that led there. */
#include "decode.h"

#define TDX_LEAF	0x21U
#define CREATE		0x00000001U	/* leaf 3 EBX CreatePartitions */
#define CPU_MGMT	0x00001000U	/* leaf 3 EBX CpuManagement */
#define ISOLATED	0x00400000U	/* leaf 3 EBX Isolation */
#define IS_NESTED	0x00001000U	/* leaf 4 EAX */
#define KVM_BUILD	0x3839U
#define KVM_VERSION	0x000a0000U
#define XEN_BUILD	0x1772U
#define XEN_VERSION	0x00060000U

static struct hvp_step *step(struct hvp_report *report, u8 rule, u8 product,
			     u32 base, const struct hvp_fact *fact)
{
	struct hvp_verdict *v = &report->verdict;
	struct hvp_step *s = &v->steps[v->step_count];

	if (v->step_count + 1 < HVP_STEP_MAX)
		v->step_count++;
	s->rule = rule;
	s->product = product;
	s->base = base;
	s->fact = fact;
	s->repeats = 0;
	return s;
}

void hvp_verdict_step(struct hvp_report *report, u8 rule, u8 product, u32 base,
		      const struct hvp_fact *fact)
{
	step(report, rule, product, base, fact);
}

static void conclude(struct hvp_report *report, u8 kind, u8 primary,
		     u8 presented)
{
	report->verdict.kind = kind;
	report->verdict.primary = primary;
	report->verdict.presented = presented;
}

static const struct hvp_fact *leaf(const struct hvp_report *report, u32 index)
{
	return hvp_facts_cpuid(report->facts, report->cpu, index, 0);
}

/* NULL also for a leaf that @itf does not vouch for. */
static const struct hvp_fact *leaf_of(const struct hvp_report *report,
				      const struct hvp_interface *itf,
				      u32 offset)
{
	u32 index = itf->base + offset;

	return hvp_leaf_valid(report, itf, index) ? leaf(report, index) : NULL;
}

static void tell_bit(struct hvp_report *report)
{
	u8 rule = report->hypervisor_bit > 0  ? HVP_RULE_BIT_SET :
		  !report->hypervisor_bit     ? HVP_RULE_BIT_CLEAR :
						HVP_RULE_BIT_UNKNOWN;

	step(report, rule, HVP_PRODUCT_NONE, 1, report->leaf1);
}

static void tell_interfaces(struct hvp_report *report)
{
	u32 i;

	for (i = 0; i < report->interface_count; i++) {
		const struct hvp_interface *itf = &report->interfaces[i];

		if (itf->notes & HVP_NOTE_INFERRED)
			continue;
		step(report, HVP_RULE_FOUND, itf->product, itf->base,
		     itf->fact);
		if (itf->notes & HVP_NOTE_MAX_ZERO)
			step(report, HVP_RULE_MAX_ZERO, itf->product,
			     itf->base, itf->fact);
		if (itf->notes & HVP_NOTE_MAX_LOOSE)
			step(report, HVP_RULE_MAX_LOOSE, itf->product,
			     itf->base, itf->fact);
		if (itf->notes & HVP_NOTE_CUSTOM_VENDOR)
			step(report, HVP_RULE_CUSTOM_VENDOR, itf->product,
			     itf->base + 1, leaf(report, itf->base + 1));
	}
}

/* One step for all bases of a class, with the first of them as evidence. */
static void tell_class(struct hvp_report *report, u8 class, u8 rule)
{
	struct hvp_step *s = NULL;
	u32 i;

	for (i = 0; i < HVP_BASE_COUNT; i++) {
		u32 base = HVP_BASE_FIRST + i * HVP_BASE_STEP;

		if (report->base_class[i] != class)
			continue;
		if (s)
			s->repeats++;
		else
			s = step(report, rule, HVP_PRODUCT_NONE, base,
				 leaf(report, base));
	}
}

static void tell_unread(struct hvp_report *report)
{
	u32 i;

	for (i = 0; i < 2; i++)
		if (report->base_class[i] == HVP_BASE_UNREAD)
			step(report, HVP_RULE_BASE_UNREAD, HVP_PRODUCT_NONE,
			     HVP_BASE_FIRST + i * HVP_BASE_STEP, NULL);
}

/* Whose Hyper-V is it, when its version words are the constant of one? */
static u8 version_words(const struct hvp_report *report,
			const struct hvp_interface *hv, u8 *rule,
			const struct hvp_fact **fact)
{
	*fact = leaf_of(report, hv, 2);
	if (!*fact || (*fact)->cpuid.known != 0xf ||
	    (*fact)->cpuid.regs[HVP_ECX] || (*fact)->cpuid.regs[HVP_EDX])
		return HVP_PRODUCT_NONE;
	if ((*fact)->cpuid.regs[HVP_EAX] == KVM_BUILD &&
	    (*fact)->cpuid.regs[HVP_EBX] == KVM_VERSION) {
		*rule = HVP_RULE_KVM_VERSION;
		return HVP_PRODUCT_KVM;
	}
	if ((*fact)->cpuid.regs[HVP_EAX] == XEN_BUILD &&
	    (*fact)->cpuid.regs[HVP_EBX] == XEN_VERSION) {
		*rule = HVP_RULE_XEN_VERSION;
		return HVP_PRODUCT_XEN;
	}
	return HVP_PRODUCT_NONE;
}

static void conclude_hyperv(struct hvp_report *report,
			    const struct hvp_interface *hv)
{
	const struct hvp_fact *privileges = leaf_of(report, hv, 3);
	const struct hvp_fact *fact;
	u32 granted = hvp_reg_or(privileges, HVP_EBX, 0), i;
	u8 product, rule;

	for (i = 0; i < report->interface_count; i++) {
		const struct hvp_interface *other = &report->interfaces[i];

		if (other == hv || other->abis & 1U << HVP_ABI_HYPERV)
			continue;
		step(report, HVP_RULE_PRESENTS, other->product, other->base,
		     other->fact);
		conclude(report, HVP_VERDICT_PRESENTING, other->product,
			 HVP_PRODUCT_HYPERV);
		return;
	}
	if (hv->product == HVP_PRODUCT_KVM) {
		step(report, HVP_RULE_KVM_VENDOR, HVP_PRODUCT_KVM, hv->base,
		     hv->fact);
		conclude(report, HVP_VERDICT_PRESENTING, HVP_PRODUCT_KVM,
			 HVP_PRODUCT_HYPERV);
		return;
	}
	product = version_words(report, hv, &rule, &fact);
	if (product != HVP_PRODUCT_NONE &&
	    (hv->product == HVP_PRODUCT_HYPERV ||
	     hv->product == HVP_PRODUCT_UNKNOWN)) {
		step(report, rule, product, hv->base + 2, fact);
		conclude(report, HVP_VERDICT_PRESENTING, product,
			 HVP_PRODUCT_HYPERV);
		return;
	}
	if (hv->product != HVP_PRODUCT_HYPERV) {
		if (hv->product != HVP_PRODUCT_UNKNOWN)
			step(report, HVP_RULE_OWN_SIGNATURE, hv->product,
			     hv->base, hv->fact);
		conclude(report, HVP_VERDICT_PRESENTING, hv->product,
			 HVP_PRODUCT_HYPERV);
		return;
	}
	if ((granted & (CPU_MGMT | ISOLATED)) == CPU_MGMT) {
		step(report, HVP_RULE_ROOT, HVP_PRODUCT_HYPERV, hv->base + 3,
		     privileges);
		conclude(report, HVP_VERDICT_ROOT, HVP_PRODUCT_HYPERV,
			 HVP_PRODUCT_NONE);
		return;
	}
	if (granted & CREATE)
		step(report, HVP_RULE_PARENT, HVP_PRODUCT_HYPERV, hv->base + 3,
		     privileges);
	step(report, HVP_RULE_SINGLE, HVP_PRODUCT_HYPERV, hv->base, hv->fact);
	conclude(report, HVP_VERDICT_GUEST, HVP_PRODUCT_HYPERV,
		 HVP_PRODUCT_NONE);
}

static void conclude_from_interfaces(struct hvp_report *report)
{
	const struct hvp_interface *first = report->interfaces;
	const struct hvp_interface *hv = hvp_report_abi(report, HVP_ABI_HYPERV);

	if (!report->hypervisor_bit && first->product != HVP_PRODUCT_JAILHOUSE)
		step(report, HVP_RULE_HIDDEN, first->product, 1,
		     report->leaf1);
	if (first->notes & HVP_NOTE_INFERRED) {
		const struct hvp_fact *text = NULL;

		hvp_text_product(report, false, &text);
		step(report, HVP_RULE_TEXT_HINT, first->product, 0, text);
		report->verdict.by_text = 1;
		conclude(report, HVP_VERDICT_GUEST, first->product,
			 HVP_PRODUCT_NONE);
	} else if (hv) {
		const struct hvp_fact *hints = leaf_of(report, hv, 4);

		conclude_hyperv(report, hv);
		if (hvp_reg_or(hints, HVP_EAX, 0) & IS_NESTED) {
			report->verdict.nested = 1;
			step(report, HVP_RULE_NESTED_HINT, HVP_PRODUCT_HYPERV,
			     hv->base + 4, hints);
		}
	} else if (first->product == HVP_PRODUCT_JAILHOUSE &&
		   !report->hypervisor_bit) {
		step(report, HVP_RULE_JAILHOUSE_ROOT, first->product, 1,
		     report->leaf1);
		conclude(report, HVP_VERDICT_ROOT, first->product,
			 HVP_PRODUCT_NONE);
	} else if (first->product == HVP_PRODUCT_TCG) {
		step(report, HVP_RULE_TCG, first->product, first->base,
		     first->fact);
		conclude(report, HVP_VERDICT_EMULATED, first->product,
			 HVP_PRODUCT_NONE);
	} else {
		bool openbsd = first->product == HVP_PRODUCT_OPENBSD &&
			       report->interface_count > 1;

		step(report, openbsd ? HVP_RULE_OPENBSD_KVM : HVP_RULE_SINGLE,
		     first->product,
		     report->interfaces[openbsd].base,
		     report->interfaces[openbsd].fact);
		conclude(report,
			 first->product == HVP_PRODUCT_UNKNOWN ?
				 HVP_VERDICT_UNIDENTIFIED : HVP_VERDICT_GUEST,
			 first->product, HVP_PRODUCT_NONE);
	}
}

static bool cpuinfo_says_no(const struct hvp_report *report,
			    const struct hvp_fact **fact)
{
	*fact = hvp_facts_text(report->facts, HVP_TEXT_CPUINFO_HYPERVISOR,
			       NULL);
	return *fact && (*fact)->data_bytes == 2 &&
	       !memcmp(hvp_fact_data(*fact), "no", 2);
}

static void conclude_without_interfaces(struct hvp_report *report)
{
	const struct hvp_vendor *vendor = report->vendor_entry;
	const struct hvp_fact *text;
	u8 product;

	if (vendor && vendor->product != HVP_PRODUCT_NONE) {
		step(report, HVP_RULE_CPU_VENDOR_EMULATOR, vendor->product, 0,
		     report->leaf0);
		conclude(report, HVP_VERDICT_EMULATED, vendor->product,
			 HVP_PRODUCT_NONE);
		return;
	}
	product = hvp_text_product(report, false, &text);
	/* Machine names lie: they count only where the CPU says nothing. */
	if (product == HVP_PRODUCT_NONE && report->hypervisor_bit)
		product = hvp_text_product(report, true, &text);
	if (product != HVP_PRODUCT_NONE) {
		step(report, HVP_RULE_TEXT_HINT, product, 0, text);
		report->verdict.by_text = 1;
		conclude(report, HVP_VERDICT_GUEST, product, HVP_PRODUCT_NONE);
	} else if (report->hypervisor_bit > 0) {
		step(report,
		     report->base_class[0] == HVP_BASE_ZERO ?
			     HVP_RULE_XEN_PV_HINT : HVP_RULE_NO_SIGNATURE,
		     HVP_PRODUCT_UNKNOWN, HVP_BASE_FIRST,
		     leaf(report, HVP_BASE_FIRST));
		conclude(report, HVP_VERDICT_UNIDENTIFIED, HVP_PRODUCT_UNKNOWN,
			 HVP_PRODUCT_NONE);
	} else if (!report->hypervisor_bit) {
		step(report, HVP_RULE_BARE_METAL, HVP_PRODUCT_NONE, 0, NULL);
		conclude(report, HVP_VERDICT_BARE_METAL, HVP_PRODUCT_NONE,
			 HVP_PRODUCT_NONE);
	} else if (cpuinfo_says_no(report, &text)) {
		step(report, HVP_RULE_CPUINFO_NO, HVP_PRODUCT_NONE, 0, text);
		report->verdict.by_text = 1;
		conclude(report, HVP_VERDICT_BARE_METAL, HVP_PRODUCT_NONE,
			 HVP_PRODUCT_NONE);
	} else {
		step(report, HVP_RULE_NOT_ENOUGH, HVP_PRODUCT_NONE, 0, NULL);
	}
}

static void tell_tdx(struct hvp_report *report)
{
	const struct hvp_fact *fact = leaf(report, TDX_LEAF);

	/* "IntelTDX    " in the order EBX EDX ECX */
	if (hvp_reg_or(fact, HVP_EBX, 0) != 0x65746e49U ||
	    hvp_reg_or(fact, HVP_EDX, 0) != 0x5844546cU ||
	    hvp_reg_or(fact, HVP_ECX, 0) != 0x20202020U)
		return;
	report->verdict.tdx = 1;
	step(report, HVP_RULE_TDX, HVP_PRODUCT_NONE, TDX_LEAF, fact);
}

void hvp_verdict_conclude(struct hvp_report *report, u8 kind, u8 primary)
{
	conclude(report, kind, primary, HVP_PRODUCT_NONE);
}

static void reach_x86(struct hvp_report *report)
{
	tell_bit(report);
	tell_interfaces(report);
	tell_class(report, HVP_BASE_ECHO, HVP_RULE_ECHO);
	tell_class(report, HVP_BASE_REPEAT, HVP_RULE_REPEAT);
	tell_class(report, HVP_BASE_JUNK, HVP_RULE_JUNK);
	tell_unread(report);
	tell_tdx(report);
	if (report->interface_count)
		conclude_from_interfaces(report);
	else
		conclude_without_interfaces(report);
	hvp_verdict_xen(report);
}

void hvp_verdict_reach(struct hvp_report *report)
{
	if (report->gvisor)
		step(report, HVP_RULE_GVISOR, HVP_PRODUCT_GVISOR, 0,
		     report->gvisor);
	if (report->arch == HVP_ARCH_ARM64)
		hvp_verdict_arm64(report);
	else
		reach_x86(report);
}

/* ------------------------------------------------------------------ words */

static const struct {
	const char *key;
	const char *text;
} rules[HVP_RULE_COUNT] = {
#define HVP_RULE(id, key, text) [HVP_RULE_##id] = { key, text },
#include "rules.def"
#undef HVP_RULE
};

const char *hvp_rule_key(u32 rule)
{
	return rule < HVP_RULE_COUNT ? rules[rule].key : "?";
}

const char *hvp_rule_text(u32 rule)
{
	return rule < HVP_RULE_COUNT ? rules[rule].text : "?";
}

const char *hvp_verdict_kind_key(u32 kind)
{
	static const char *const keys[] = {
		[HVP_VERDICT_UNKNOWN] = "unknown",
		[HVP_VERDICT_BARE_METAL] = "bare-metal",
		[HVP_VERDICT_GUEST] = "guest",
		[HVP_VERDICT_PRESENTING] = "presenting",
		[HVP_VERDICT_ROOT] = "root",
		[HVP_VERDICT_EMULATED] = "emulated",
		[HVP_VERDICT_UNIDENTIFIED] = "unidentified",
		[HVP_VERDICT_NO_INTERFACE] = "no-interface",
	};

	return kind < HVP_ARRAY_SIZE(keys) ? keys[kind] : "?";
}

static u32 put(char *out, u32 size, u32 at, const char *text)
{
	for (; *text; text++, at++)
		if (at + 1 < size)
			out[at] = *text;
	if (size)
		out[at < size ? at : size - 1] = '\0';
	return at;
}

static const char *root_words(const struct hvp_verdict *v)
{
	switch (v->primary) {
	case HVP_PRODUCT_JAILHOUSE:
		return " root cell";
	case HVP_PRODUCT_XEN:
		return hvp_verdict_xen_words(v);
	default:
		return " root partition";
	}
}

u32 hvp_verdict_summary(const struct hvp_report *report, char *out, u32 size)
{
	const struct hvp_verdict *v = &report->verdict;
	u32 at = put(out, size, 0, "");

	switch (v->kind) {
	case HVP_VERDICT_BARE_METAL:
		at = put(out, size, at, "bare metal");
		break;
	case HVP_VERDICT_GUEST:
		at = put(out, size, at, hvp_product_name(v->primary));
		at = put(out, size, at, hvp_verdict_xen_words(v));
		break;
	case HVP_VERDICT_PRESENTING:
		at = put(out, size, at, hvp_product_name(v->primary));
		at = put(out, size, at, " presenting ");
		at = put(out, size, at, hvp_product_name(v->presented));
		break;
	case HVP_VERDICT_ROOT:
		at = put(out, size, at, hvp_product_name(v->primary));
		at = put(out, size, at, root_words(v));
		break;
	case HVP_VERDICT_EMULATED:
		at = put(out, size, at, hvp_product_name(v->primary));
		at = put(out, size, at, " emulation");
		break;
	case HVP_VERDICT_UNIDENTIFIED:
		at = put(out, size, at, "hypervisor present, not identified");
		break;
	case HVP_VERDICT_NO_INTERFACE:
		at = put(out, size, at, "no hypervisor interface answers: ");
		at = put(out, size, at, "QEMU TCG or firmware");
		break;
	default:
		at = put(out, size, at, "cannot tell");
		break;
	}
	if (v->nested)
		at = put(out, size, at, ", nested");
	if (v->tdx)
		at = put(out, size, at, ", TDX guest");
	if (report->gvisor && v->primary != HVP_PRODUCT_GVISOR)
		at = put(out, size, at, ", in gVisor");
	if (v->by_text)
		at = put(out, size, at, " (by text evidence)");
	return at;
}
