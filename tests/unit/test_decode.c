// SPDX-License-Identifier: GPL-2.0-only
/* core/: whole machines, each trap, and both ways of every capability. */
#include <stdio.h>
#include "machines.h"
#include "../../core/decode.h"
#include "tap.h"

#define CAPACITY	2048

static struct hvp_fact items[CAPACITY];
static u32 slots[4 * CAPACITY];
static struct hvp_facts facts;
static struct hvp_report report;

static void start(void)
{
	hvp_facts_init(&facts, items, CAPACITY, slots, 4 * CAPACITY);
}

static void record(u32 cpu, const struct row *row)
{
	struct hvp_fact fact;

	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, cpu, row->leaf,
			   row->subleaf, row->eax, row->ebx, row->ecx,
			   row->edx);
	hvp_facts_add(&facts, &fact, NULL);
}

static void record_text(u16 key, const char *text)
{
	struct hvp_fact fact;

	hvp_fact_set_text(&fact, HVP_SOURCE_DUMP, key, (u32)strlen(text));
	hvp_facts_add(&facts, &fact, text);
}

static void decode(const struct row *rows, u32 count)
{
	u32 i;

	start();
	for (i = 0; i < count; i++)
		record(0, &rows[i]);
	hvp_decode(&facts, HVP_REASON_NOT_IN_DUMP, &report);
}

#define DECODE(rows) decode(rows, HVP_ARRAY_SIZE(rows))

static u8 cap(const char *name)
{
	int n = hvp_cap_find(name);

	if (n < 0) {
		printf("# no capability %s\n", name);
		return 0xff;
	}
	return report.caps[n].state;
}

static const struct hvp_field_value *field(const char *name)
{
	static const struct hvp_field_value none = { .state = 0xff };
	int n = hvp_field_find(name);

	if (n < 0)
		printf("# no field %s\n", name);
	return n < 0 ? &none : &report.fields[n];
}

static bool has_step(u8 rule)
{
	u32 i;

	for (i = 0; i < report.verdict.step_count; i++)
		if (report.verdict.steps[i].rule == rule)
			return true;
	return false;
}

static void test_machines(void)
{
	char text[80];
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(machines); i++) {
		const struct machine *m = &machines[i];
		const struct hvp_verdict *v = &report.verdict;

		decode(m->rows, m->count);
		hvp_verdict_summary(&report, text, sizeof(text));
		ok(v->kind == m->kind && v->primary == m->primary &&
			   v->presented == m->presented &&
			   report.interface_count == m->interfaces &&
			   !strcmp(text, m->summary),
		   "%s: \"%s\", %u interfaces (got \"%s\", %u)", m->name,
		   m->summary, m->interfaces, text, report.interface_count);
	}
}

static void test_details(void)
{
	const struct hvp_interface *itf;

	DECODE(kvm_plain);
	ok(cap("kvm.steal-time") == HVP_STATE_ADVERTISED,
	   "a set feature bit is advertised");
	ok(cap("kvm.hint-realtime") == HVP_STATE_ABSENT,
	   "a clear one is absent");
	ok(cap("xen.interface") == HVP_STATE_ABSENT &&
		   cap("hyperv.interface") == HVP_STATE_ABSENT,
	   "interfaces that are not there are absent");
	ok(cap("kvm.hypercalls") == HVP_STATE_UNKNOWN,
	   "nothing proved the calls: unknown");
	record_text(HVP_TEXT_DRIVER_STATE, "not readable");
	hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
	ok(report.caps[HVP_CAP_KVM_HYPERCALLS].reason ==
		   HVP_REASON_NEEDS_ROOT,
	   "a driver that only root may read is said to be there");

	DECODE(kvm_max_zero);
	itf = report.interfaces;
	ok(itf->max_leaf == 0x40000001 && itf->notes & HVP_NOTE_MAX_ZERO &&
		   cap("kvm.async-pf") == HVP_STATE_ADVERTISED,
	   "KVM with maximum leaf 0: features read from base + 1");

	DECODE(kvm_hv_half_recorded);
	ok(cap("kvm.steal-time") == HVP_STATE_UNKNOWN &&
		   report.caps[hvp_cap_find("kvm.steal-time")].reason ==
			   HVP_REASON_NOT_IN_DUMP,
	   "base 0x40000100 not recorded: KVM's features are not in dump");

	DECODE(kvm_second_base);
	ok(cap("hyperv.interface") == HVP_STATE_UNKNOWN &&
		   cap("hyperv.xmm-input") == HVP_STATE_UNKNOWN &&
		   report.caps[HVP_CAP_HYPERV_INTERFACE].reason ==
			   HVP_REASON_NOT_IN_DUMP &&
		   cap("kvm.steal-time") == HVP_STATE_ADVERTISED,
	   "base 0x40000000 not recorded: whoever is before KVM is not in dump");

	DECODE(kvm_passthrough);
	ok(report.interfaces[1].base == 0x40000100 &&
		   cap("kvm.steal-time") == HVP_STATE_ADVERTISED,
	   "KVM's features follow it to 0x40000100");
	ok(field("hyperv.version.build")->value == 0x3839, "Hyper-V build");
	ok(cap("hyperv.xmm-output") == HVP_STATE_ABSENT &&
		   cap("hyperv.xmm-input") == HVP_STATE_ADVERTISED,
	   "XMM input and output are told apart");

	DECODE(hyperv_parent);
	ok(has_step(HVP_RULE_PARENT) && has_step(HVP_RULE_SINGLE) &&
		   !has_step(HVP_RULE_ROOT),
	   "CreatePartitions alone is a step, and no root partition");
	DECODE(hyperv_root);
	ok(has_step(HVP_RULE_ROOT) && !has_step(HVP_RULE_PARENT),
	   "CpuManagement makes the root partition");

	DECODE(hyperv_guest);
	ok(cap("hyperv.isolation") == HVP_STATE_ABSENT,
	   "an unset privilege is absent");
	ok(field("hyperv.max-virtual-processors")->value == 64 &&
		   field("hyperv.max-logical-processors")->value == 512,
	   "limits are 64 VPs and 512 LPs");
	ok(field("hyperv.evmcs-version-low")->state == HVP_STATE_ABSENT,
	   "a leaf beyond the maximum is absent");

	DECODE(vmware_hyperv);
	ok(report.interfaces[0].abis & 1 << HVP_ABI_VMWARE &&
		   report.interfaces[0].abis & 1 << HVP_ABI_HYPERV &&
		   report.interfaces[0].notes & HVP_NOTE_CUSTOM_VENDOR,
	   "VMware's and Hyper-V's leaves share one base");
	ok(field("timing.tsc-khz")->value == 2807998 &&
		   field("timing.bus-khz")->value == 66000,
	   "timing leaf in kHz");

	DECODE(kvm_timing);
	ok(field("timing.tsc-khz")->value == 2599997,
	   "timing leaf under KVM");
	DECODE(kvm_plain);
	ok(field("timing.tsc-khz")->state == HVP_STATE_ABSENT,
	   "no timing leaf below maximum 0x40000010");

	DECODE(xen_time);
	ok(field("xen.tsc-offset")->value == 0x00698ea1dc08e6ddULL,
	   "Xen's offset spans two registers");
	ok(field("xen.tsc-khz")->value == 2400036 &&
		   field("xen.host-tsc-khz")->value == 2400036,
	   "Xen's frequencies");
	DECODE(xen_mislabelled);
	ok(field("xen.host-tsc-khz")->state == HVP_STATE_UNKNOWN &&
		   field("xen.host-tsc-khz")->reason ==
			   HVP_REASON_INCONSISTENT,
	   "subleaf 1 under the label 2 is not a frequency");

	DECODE(bhyve_repeats);
	ok(report.base_class[1] == HVP_BASE_REPEAT &&
		   report.base_class[16] == HVP_BASE_REPEAT,
	   "bhyve's repeated signature is one interface");
	ok(cap("bhyve.ext-dest-id") == HVP_STATE_ABSENT,
	   "and its repeated EAX no feature word");

	DECODE(tcg_echo);
	ok(report.base_class[1] == HVP_BASE_ECHO &&
		   report.base_class[2] == HVP_BASE_ECHO &&
		   report.base_class[16] == HVP_BASE_ECHO,
	   "TCG's echoes are recognised");
	DECODE(bare_metal_echo);
	ok(report.base_class[0] == HVP_BASE_ECHO, "so is Intel's");
	ok(!report.interface_count &&
		   cap("hyperv.interface") == HVP_STATE_ABSENT &&
		   cap("kvm.interface") == HVP_STATE_UNKNOWN,
	   "no interface is made of it; the second base was not read");
	DECODE(tdx_echo);
	ok(report.base_class[1] == HVP_BASE_ECHO,
	   "an echo that looks like text is still an echo");

	DECODE(nvmm_loose);
	ok(report.interfaces[0].max_leaf == 0x40000000 &&
		   report.interfaces[0].notes & HVP_NOTE_MAX_LOOSE,
	   "a leaked maximum leaf is not believed");

	DECODE(bit_only);
	ok(cap("kvm.interface") == HVP_STATE_UNKNOWN,
	   "leaves that nobody recorded are unknown, not absent");

	DECODE(hyperv_root);
	ok(report.unlisted_count == 0, "every set bit of a root is named");
	decode((const struct row[]){ AMD, BIT_SET,
		{ 0x40000000, 0, 0x40000001, SIG_KVM },
		{ 0x40000001, 0, 0x81000000, 0, 0, 0 } }, 4);
	ok(report.unlisted_count == 1 &&
		   report.unlisted[0].bits == 0x80000000 &&
		   report.unlisted[0].leaf == 0x40000001,
	   "a bit without a name is listed as such");
}

/* A Hyper-V with these version words, and nothing else that tells. */
static u8 presenter(u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	const struct row rows[] = {
		INTEL, BIT_SET, { 0x40000000, 0, 0x40000005, SIG_HYPERV },
		{ 0x40000001, 0, HV1, 0, 0, 0 },
		{ 0x40000002, 0, eax, ebx, ecx, edx },
		{ 0x40000003, 0, 0x262, 0, 0, 8 }, NOTHING(0x40000100),
	};

	DECODE(rows);
	return report.verdict.primary;
}

static bool is_tdx(u32 ebx, u32 ecx, u32 edx)
{
	const struct row rows[] = {
		{ 0, 0, 0x21, 0x756e6547, 0x6c65746e, 0x49656e69 }, BIT_SET,
		{ 0x21, 0, 0, ebx, ecx, edx },
		{ 0x40000000, 0, 0x40000001, SIG_KVM },
		{ 0x40000001, 0, 0x01000080, 0, 0, 0 }, NOTHING(0x40000100),
	};

	DECODE(rows);
	return report.verdict.tdx;
}

/* Constants name somebody when all of their words are there. */
static void test_lookalikes(void)
{
	static const struct {
		u8 product;
		u32 eax, ebx;
	} whose[] = {
		{ HVP_PRODUCT_KVM, 0x3839, 0x000a0000 },
		{ HVP_PRODUCT_XEN, 0x1772, 0x00060000 },
	};
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(whose); i++) {
		u32 eax = whose[i].eax, ebx = whose[i].ebx;

		ok(presenter(eax, ebx, 0, 0) == whose[i].product,
		   "version 0x%x is its constant", eax);
		ok(presenter(eax, ebx, 1, 0) == HVP_PRODUCT_HYPERV &&
			   presenter(eax, ebx, 0, 1) == HVP_PRODUCT_HYPERV,
		   "with a service pack or a number it is not");
		ok(presenter(eax + 1, ebx, 0, 0) == HVP_PRODUCT_HYPERV &&
			   presenter(eax, ebx + 1, 0, 0) == HVP_PRODUCT_HYPERV,
		   "nor with another build or version");
	}
	ok(is_tdx(0x65746e49, 0x20202020, 0x5844546c), "IntelTDX");
	ok(!is_tdx(0x65746e48, 0x20202020, 0x5844546c) &&
		   !is_tdx(0x65746e49, 0x20202021, 0x5844546c) &&
		   !is_tdx(0x65746e49, 0, 0x5844546c) &&
		   !is_tdx(0x65746e49, 0x20202020, 0x5844546d),
	   "one letter of it is another");
}

static void test_cpus(void)
{
	static const struct row other = { 0x40000001, 0, 0x01007efa, 0, 0, 0 };
	static const struct row xen4[2] = {
		{ 0x40000004, 0, 0x18, 0, 7, 0 },
		{ 0x40000004, 0, 0x18, 1, 7, 0 },
	};
	u32 i;

	start();
	for (i = 0; i < HVP_ARRAY_SIZE(kvm_plain); i++)
		record(0, &kvm_plain[i]);
	record(1, &kvm_plain[0]);
	record(1, &kvm_plain[2]);
	record(1, &other);
	hvp_decode(&facts, HVP_REASON_NOT_IN_DUMP, &report);
	ok(report.cpu == 0 && report.cpu_count == 2 &&
		   report.difference_count == 1 &&
		   report.differences[0].reg == HVP_EAX &&
		   report.differences[0].there->cpu == 1,
	   "a vCPU with other features is noticed");

	start();
	for (i = 0; i < 6; i++)
		record(0, &xen_time[i]);
	record(0, &xen4[0]);
	record(1, &xen4[1]);
	hvp_decode(&facts, HVP_REASON_NOT_IN_DUMP, &report);
	ok(report.difference_count == 0, "a vCPU id may differ");
}

static void test_texts(void)
{
	struct hvp_fact fact;

	start();
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, HVP_CPU_ANY, 0x40000003, 0,
			   0xae7f, 0x3b8030, 0, 0xe0bed7b2);
	fact.cpuid.known = 0xb;
	hvp_facts_add(&facts, &fact, NULL);
	record_text(HVP_TEXT_KERNEL_DETECTED, "Microsoft Hyper-V");
	hvp_decode(&facts, HVP_REASON_NOT_IN_DUMP, &report);
	ok(report.verdict.kind == HVP_VERDICT_GUEST &&
		   report.verdict.primary == HVP_PRODUCT_HYPERV &&
		   report.verdict.by_text,
	   "a boot log that names Hyper-V gives its leaves a meaning");
	ok(cap("hyperv.xmm-input") == HVP_STATE_ADVERTISED &&
		   cap("hyperv.enable-extended-hypercalls") ==
			   HVP_STATE_ADVERTISED &&
		   cap("hyperv.architectural-pmu") == HVP_STATE_UNKNOWN,
	   "recorded registers are decoded, the others unknown");
	ok(cap("vmware.interface") == HVP_STATE_ABSENT,
	   "who is at the base that the text names is nobody else");

	start();
	record_text(HVP_TEXT_DMI_SYS_VENDOR, "QEMU");
	record(0, &kvm_hidden_bit[0]);
	record(0, &kvm_hidden_bit[1]);
	record(0, &(const struct row)NOTHING(0x40000000));
	hvp_decode(&facts, HVP_REASON_NOT_IN_DUMP, &report);
	ok(report.verdict.kind == HVP_VERDICT_BARE_METAL,
	   "a machine name does not overrule the CPU");
}

/* An interface of @abi at 0x40000000 whose every leaf is there and zero. */
static bool lay_out(u32 abi, u32 leaf, u32 subleaf, u32 reg, u32 value)
{
	struct row base = { 0x40000000, 0, 0x400000ff, 0, 0, 0 };
	struct row at = { 0x40000000 + leaf, subleaf, 0, 0, 0, 0 };
	const struct row id = { 0x40000001, 0, HV1, 0, 0, 0 };
	const struct row stack = { 0x40000081, 0, 0x31235356, 0, 0, 0 };
	const struct row max0 = { 0, 0, 0x40, 0x756e6547, 0x6c65746e,
				  0x49656e69 };
	const struct row max8 = { 0x80000000, 0, 0x80000040, 0, 0, 0 };
	struct row *words = &at;
	u32 i, b;

	start();
	(&words->eax)[reg] = value;
	if (abi == HVP_ABI_CPU) {
		at.leaf = leaf;
		record(0, &max0);
		record(0, &max8);
		record(0, &at);
		return true;
	}
	for (i = 0; i < hvp_sig_count; i++)
		if (hvp_sigs[i].abis & 1U << abi)
			break;
	if (i == hvp_sig_count)
		return false;
	for (b = 0; b < 12; b++)
		(&base.ebx)[b / 4] |= (u32)(u8)hvp_sigs[i].bytes[b]
				      << 8 * (b % 4);
	record(0, &base);
	if (leaf)
		record(0, &at);
	if (abi == HVP_ABI_HYPERV) {
		record(0, &id);
		record(0, &stack);
	}
	return true;
}

static void test_every_capability(void)
{
	u32 i;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap *c = &hvp_caps[i];
		u8 with, without;
		u32 stray = 0, n;

		/* Of calls, and of arm64: test_smccc.c. */
		if (c->where == HVP_WHERE_CALL || c->where == HVP_WHERE_SMCCC)
			continue;
		if (c->where == HVP_WHERE_MSR) {
			struct hvp_fact fact = { .kind = HVP_FACT_MSR };

			start();
			fact.cpu = HVP_CPU_ANY;
			fact.msr.index = c->leaf;
			fact.msr.value = 1ULL << c->bit;
			hvp_facts_add(&facts, &fact, NULL);
			hvp_decode(&facts, 0, &report);
			with = report.caps[i].state;
			start();
			fact.msr.value = ~(1ULL << c->bit);
			hvp_facts_add(&facts, &fact, NULL);
			hvp_decode(&facts, 0, &report);
			without = report.caps[i].state;
		} else if (c->where == HVP_WHERE_ABI) {
			bool laid = lay_out(c->abi, 3, 0, 0, 0);

			hvp_decode(&facts, 0, &report);
			with = laid ? report.caps[i].state : 0xff;
			DECODE(xen_pv);
			without = report.caps[i].state;
		} else {
			lay_out(c->abi, c->leaf, c->subleaf, c->reg,
				1U << c->bit);
			hvp_decode(&facts, 0, &report);
			with = report.caps[i].state;
			for (n = 0; n < HVP_CAP_COUNT; n++)
				stray += n != i &&
					 hvp_caps[n].abi == c->abi &&
					 hvp_caps[n].where ==
						 HVP_WHERE_CPUID &&
					 report.caps[n].state ==
						 HVP_STATE_ADVERTISED;
			lay_out(c->abi, c->leaf, c->subleaf, c->reg,
				~(1U << c->bit));
			hvp_decode(&facts, 0, &report);
			without = report.caps[i].state;
		}
		ok(with == HVP_STATE_ADVERTISED && without == HVP_STATE_ABSENT &&
			   !stray,
		   "%s: advertised with its bit, absent without (%u %u, %u stray)",
		   c->name, with, without, stray);
	}
}

/* VMware's proof: EAX is the version, EBX the magic number. */
static void test_every_instruction(void)
{
	const u64 registers[] = { 6, 0x564d5868 };
	struct hvp_fact fact = {
		.kind = HVP_FACT_CALL,
		.source = HVP_SOURCE_DRIVER,
		.cpu = HVP_CPU_ANY,
		.data_bytes = sizeof(registers),
	};
	u32 insn;

	fact.call.abi = HVP_ABI_VMWARE;
	fact.call.purpose = HVP_CALL_PROOF;
	fact.call.number = 0x564d5868;
	fact.call.args[0] = 0xffffffff;
	fact.call.args[1] = 10;
	fact.call.result = 6;
	for (insn = HVP_INSN_VMCALL; insn <= HVP_INSN_PORT; insn++) {
		DECODE(vmware_plain);
		fact.call.insn = (u8)insn;
		hvp_facts_add(&facts, &fact, registers);
		hvp_decode(&facts, HVP_REASON_NOT_READ, &report);
		ok(cap("vmware.hypercalls") == HVP_STATE_VERIFIED,
		   "calls proven by %s are verified", hvp_insn_name(insn));
	}
}

static void test_mask(void)
{
	u64 mask[HVP_MASK_WORDS];
	u32 i, wrong = 0;

	DECODE(kvm_passthrough);
	hvp_report_mask(&report, mask);
	for (i = 0; i < HVP_MASK_WORDS * 64; i++) {
		bool bit = mask[i / 64] >> i % 64 & 1;

		wrong += bit != (i < HVP_CAP_COUNT &&
				 report.caps[i].state ==
					 HVP_STATE_ADVERTISED);
	}
	ok(!wrong, "bit n of the mask is capability n");
}

int main(void)
{
	test_machines();
	test_details();
	test_lookalikes();
	test_cpus();
	test_texts();
	test_every_capability();
	test_every_instruction();
	test_mask();
	return done_testing();
}
