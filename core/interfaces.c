// SPDX-License-Identifier: GPL-2.0-only
/* Which of the scanned bases are hypervisor interfaces, and whose. */
#include "decode.h"

#define STACK_ID		0x31235356U	/* "VS#1" */
#define STACK_LEAF		0x80U
#define TIMING_LEAF		0x10U
#define TSC_KHZ_MIN		100000U
#define TSC_KHZ_MAX		10000000U

void hvp_signature_bytes(const struct hvp_fact *fact, u8 out[12])
{
	u32 r, b;

	for (r = 0; r < 3; r++)
		for (b = 0; b < 4; b++)
			out[4 * r + b] =
				(u8)(fact->cpuid.regs[HVP_EBX + r] >> 8 * b);
}

static bool all_zero(const u8 *bytes, u32 count)
{
	while (count--)
		if (*bytes++)
			return false;
	return true;
}

/* Printable text, then zeros only: what every known signature looks like. */
static bool looks_like_text(const u8 bytes[12])
{
	u32 length = 0;

	while (length < 12 && bytes[length] >= 0x20 && bytes[length] < 0x7f)
		length++;
	return length && all_zero(bytes + length, 12 - length);
}

static bool same_registers(const struct hvp_fact *a, const struct hvp_fact *b)
{
	return a && b && a->cpuid.known == 0xf && b->cpuid.known == 0xf &&
	       !memcmp(a->cpuid.regs, b->cpuid.regs, sizeof(a->cpuid.regs));
}

static bool is_echo(const struct hvp_report *report,
		    const struct hvp_fact *fact)
{
	u32 max_basic = hvp_reg_or(report->leaf0, HVP_EAX, 0);

	if (!report->leaf0)
		return false;
	return same_registers(fact, hvp_facts_cpuid(report->facts, report->cpu,
						    max_basic, 0));
}

static bool in_range(u32 base, u32 max)
{
	return max >= base && max <= base + (HVP_BASE_STEP - 1);
}

/* VirtualBox "Minimal": no signature, a maximum leaf and a plausible clock. */
static bool is_vbox_minimal(const struct hvp_report *report, u32 base,
			    u32 max)
{
	const struct hvp_fact *timing =
		hvp_facts_cpuid(report->facts, report->cpu,
				base + TIMING_LEAF, 0);
	u32 khz = hvp_reg_or(timing, HVP_EAX, 0);

	return max == base + TIMING_LEAF && khz >= TSC_KHZ_MIN &&
	       khz <= TSC_KHZ_MAX;
}

static void believe_max(struct hvp_interface *itf, bool eax_known)
{
	if (!eax_known) {
		/* The log that told the name did not tell how far it goes. */
		itf->notes |= HVP_NOTE_PARTIAL;
		itf->max_leaf = itf->base + (HVP_BASE_STEP - 1);
	} else if (in_range(itf->base, itf->raw_max)) {
		itf->max_leaf = itf->raw_max;
	} else if (!itf->raw_max) {
		itf->notes |= HVP_NOTE_MAX_ZERO;
		itf->max_leaf = itf->base + 1;
	} else {
		itf->notes |= HVP_NOTE_MAX_LOOSE;
		itf->max_leaf = itf->base;
	}
}

static u8 classify(const struct hvp_report *report, u32 base,
		   struct hvp_interface *itf)
{
	const struct hvp_fact *fact =
		hvp_facts_cpuid(report->facts, report->cpu, base, 0);
	const struct hvp_fact *next;
	bool eax_known, plausible;
	u32 i;

	if (!fact || fact->outcome != HVP_OUTCOME_VALUE ||
	    (fact->cpuid.known & 0xe) != 0xe)
		return HVP_BASE_UNREAD;

	memset(itf, 0, sizeof(*itf));
	itf->fact = fact;
	itf->base = base;
	itf->product = HVP_PRODUCT_UNKNOWN;
	hvp_signature_bytes(fact, itf->signature);
	eax_known = fact->cpuid.known & 1U << HVP_EAX;
	itf->raw_max = eax_known ? fact->cpuid.regs[HVP_EAX] : 0;

	if (!itf->raw_max && all_zero(itf->signature, 12))
		return HVP_BASE_ZERO;
	if (is_echo(report, fact))
		return HVP_BASE_ECHO;
	for (i = 0; i < report->interface_count; i++)
		if (same_registers(fact, report->interfaces[i].fact))
			return HVP_BASE_REPEAT;

	believe_max(itf, eax_known);
	next = hvp_facts_cpuid(report->facts, report->cpu, base + 1, 0);
	if (next && !same_registers(next, fact))
		itf->id = hvp_reg_or(next, HVP_EAX, 0);

	plausible = !(itf->notes & HVP_NOTE_MAX_LOOSE);
	itf->sig = hvp_sig_find(itf->signature);
	if (itf->sig) {
		itf->product = itf->sig->product;
		itf->abis = itf->sig->abis;
	} else if (all_zero(itf->signature, 12)) {
		if (!is_vbox_minimal(report, base, itf->raw_max))
			return HVP_BASE_JUNK;
		itf->product = HVP_PRODUCT_VBOX;
		itf->abis = 1U << HVP_ABI_VBOX | 1U << HVP_ABI_TIMING;
	} else if (!plausible || (itf->id != HVP_HYPERV_ID &&
				  !looks_like_text(itf->signature))) {
		return HVP_BASE_JUNK;
	}

	/* TLFS: Hv#1 decides, whatever the signature says. */
	if (itf->id == HVP_HYPERV_ID && itf->max_leaf > base) {
		if (!(itf->abis & 1U << HVP_ABI_HYPERV))
			itf->notes |= HVP_NOTE_CUSTOM_VENDOR;
		itf->abis |= 1U << HVP_ABI_HYPERV;
	} else if (hvp_reg_or(next, HVP_EAX, HVP_HYPERV_ID) != HVP_HYPERV_ID) {
		itf->abis &= (u16)~(1U << HVP_ABI_HYPERV);
	}
	if (itf->max_leaf < base + TIMING_LEAF)
		itf->abis &= (u16)~(1U << HVP_ABI_TIMING);
	return HVP_BASE_FOUND;
}

/* The product that a text names, or NONE. */
static u8 hinted(const struct hvp_fact *fact)
{
	u32 i;

	for (i = 0; i < hvp_hint_count; i++) {
		const struct hvp_hint *hint = &hvp_hints[i];
		size_t length = strlen(hint->prefix);

		if (hint->key == fact->text.key &&
		    length <= fact->data_bytes &&
		    !memcmp(hint->prefix, hvp_fact_data(fact), length))
			return hint->product;
	}
	return HVP_PRODUCT_NONE;
}

/* The product that text evidence names most firmly, or NONE. */
u8 hvp_text_product(const struct hvp_report *report, bool dmi,
		    const struct hvp_fact **evidence)
{
	const struct hvp_fact *fact = NULL;
	u8 product;

	while ((fact = hvp_facts_next(report->facts, fact))) {
		if (fact->kind != HVP_FACT_TEXT ||
		    dmi != (fact->text.key >= HVP_TEXT_DMI_SYS_VENDOR &&
			    fact->text.key <= HVP_TEXT_DMI_BIOS_VENDOR))
			continue;
		product = hinted(fact);
		if (product != HVP_PRODUCT_NONE) {
			*evidence = fact;
			return product;
		}
	}
	return HVP_PRODUCT_NONE;
}

const struct hvp_fact *hvp_text_of_gvisor(const struct hvp_facts *facts)
{
	const struct hvp_fact *fact = NULL;

	while ((fact = hvp_facts_next(facts, fact)))
		if (fact->kind == HVP_FACT_TEXT &&
		    hinted(fact) == HVP_PRODUCT_GVISOR)
			return fact;
	return NULL;
}

/*
 * A boot log prints leaves without the base leaf, but names the hypervisor:
 * enough to know what those leaves mean.
 */
static void infer_from_text(struct hvp_report *report)
{
	struct hvp_interface *itf = &report->interfaces[0];
	const struct hvp_fact *evidence, *fact = NULL;
	u8 product = hvp_text_product(report, false, &evidence);
	u32 i;

	if (product == HVP_PRODUCT_NONE)
		return;
	do {
		fact = hvp_facts_next(report->facts, fact);
		if (!fact)
			return;
	} while (!hvp_facts_decode(report->facts, fact) ||
		 fact->cpuid.leaf - HVP_BASE_FIRST >= HVP_BASE_STEP);
	for (i = 0; i < hvp_sig_count; i++)
		if (hvp_sigs[i].product == product)
			break;
	if (i == hvp_sig_count)
		return;

	memset(itf, 0, sizeof(*itf));
	itf->fact = fact;
	itf->base = HVP_BASE_FIRST;
	itf->max_leaf = HVP_BASE_FIRST + (HVP_BASE_STEP - 1);
	itf->product = product;
	itf->abis = hvp_sigs[i].abis;
	itf->notes = HVP_NOTE_PARTIAL | HVP_NOTE_INFERRED;
	report->interface_count = 1;
}

void hvp_interfaces_find(struct hvp_report *report)
{
	struct hvp_interface itf;
	u32 i;

	for (i = 0; i < HVP_BASE_COUNT; i++) {
		u8 class = classify(report, HVP_BASE_FIRST + i * HVP_BASE_STEP,
				    &itf);

		report->base_class[i] = class;
		if (class != HVP_BASE_UNREAD)
			report->bases_read++;
		if (class != HVP_BASE_FOUND)
			continue;
		if (report->interface_count == HVP_INTERFACE_MAX)
			report->base_class[i] = HVP_BASE_JUNK;
		else
			report->interfaces[report->interface_count++] = itf;
	}
	if (!report->interface_count &&
	    report->base_class[0] == HVP_BASE_UNREAD)
		infer_from_text(report);
}

const struct hvp_interface *hvp_report_abi(const struct hvp_report *report,
					   u32 abi)
{
	u32 i;

	for (i = 0; i < report->interface_count; i++)
		if (report->interfaces[i].abis & 1U << abi)
			return &report->interfaces[i];
	return NULL;
}

bool hvp_leaf_valid(const struct hvp_report *report,
		    const struct hvp_interface *itf, u32 leaf)
{
	const struct hvp_fact *id;

	if (itf->abis & 1U << HVP_ABI_HYPERV &&
	    leaf - itf->base >= STACK_LEAF && leaf - itf->base < 0x100) {
		/* Not covered by the maximum leaf, and absent in partitions. */
		id = hvp_facts_cpuid(report->facts, report->cpu,
				     itf->base + STACK_LEAF + 1, 0);
		return !id || !(id->cpuid.known & 1) ||
		       hvp_reg_or(id, HVP_EAX, 0) == STACK_ID;
	}
	return leaf >= itf->base && leaf <= itf->max_leaf;
}
