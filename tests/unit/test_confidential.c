// SPDX-License-Identifier: GPL-2.0-only
/* core/: who says what of an encrypted guest. */
#include "../../core/confidential.h"
#include "machine_facts.h"
#include "tap.h"

#define SEV_MSR		0xc0010131U
#define CPU_AMD		{ 0, 0, 0x10, 0x68747541, 0x444d4163, 0x69746e65 }, BIT_SET
/* As an Intel guest whose highest basic leaf is 0x21. */
#define CPU_INTEL	{ 0, 0, 0x21, 0x756e6547, 0x6c65746e, 0x49656e69 }, \
			BIT_SET, { 0x80000000, 0, 0x80000008, 0, 0, 0 }
#define TDX_LEAF	{ 0x21, 0, 0, 0x65746e49, 0x20202020, 0x5844546c }
#define NO_TDX_LEAF	{ 0x21, 0, 0, 0, 0, 0 }
#define KVM_LEAVES	{ 0x40000000, 0, 0x40000001, SIG_KVM }, \
			{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, \
			NOTHING(0x40000100)
#define SEV_LEAF(eax)	{ 0x80000000, 0, 0x8000001f, 0, 0, 0 }, \
			{ 0x8000001f, 0, eax, 0x33, 0, 0 }
/* Leaf 3 EBX bit 22 is the Isolation privilege. */
#define HYPERV(flag, paravisor, isolation) \
	{ 0x40000000, 0, 0x4000000c, SIG_HYPERV }, \
	{ 0x40000001, 0, HV1, 0, 0, 0 }, \
	{ 0x40000002, 0, 0x4f7c, 0x000a0000, 0, 0x5b6 }, \
	{ 0x40000003, 0, 0x2e7f, (flag) << 22, 2, 0 }, \
	{ 0x40000004, 0, 0x24, 0, 0, 0 }, \
	{ 0x4000000c, 0, paravisor, 0xba0 | (isolation), 0, 0 }, \
	NOTHING(0x40000100)

static struct hvp_confidential cc;

static void decode(void)
{
	hvp_confidential_decode(machine_decode(), &cc);
}

static void check(u32 kind, u32 witness, const char *want, const char *why)
{
	const char *got = hvp_answer_name(cc.says[kind][witness].kind);

	ok(!strcmp(got, want), "%s: %s by %s is %s (got %s)", why,
	   hvp_cc_kinds[kind], hvp_cc_witnesses[witness].key, want, got);
}

static void check_encrypted(const char *want, const char *why)
{
	const char *got = hvp_answer_name(cc.encrypted.kind);

	ok(!strcmp(got, want), "%s: encrypted is %s (got %s)", why, want, got);
}

/* Exactly the findings of @mask. */
static void check_findings(u32 mask, const char *why)
{
	u32 i, got = 0;

	for (i = 0; i < HVP_CC_FINDING_COUNT; i++)
		got |= (u32)cc.findings[i] << i;
	ok(got == mask, "%s: findings %#x (got %#x)", why, mask, got);
}

#define FOUND(id) (1U << HVP_CC_FINDING_##id)

static void test_plain(void)
{
	static const struct row kvm_amd[] = { CPU_AMD, KVM_LEAVES, SEV_LEAF(0x1a) };
	static const struct row kvm_intel[] = { CPU_INTEL, NO_TDX_LEAF, KVM_LEAVES };
	static const struct msr_row off[] = { { SEV_MSR, 0, false } };
	static const struct msr_row none[] = { { SEV_MSR, 0, true } };

	START(kvm_amd);
	decode();
	check(HVP_CC_SEV, HVP_CC_BY_CAPABLE, "yes", "bits show through");
	check(HVP_CC_SEV, HVP_CC_BY_ACTIVE, "unknown", "MSR not recorded");
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "unknown", "no driver");
	check_encrypted("unknown", "MSR not recorded");
	check_findings(0, "MSR not recorded");
	START(kvm_amd);
	MSRS(off);
	machine_text(HVP_TEXT_KERNEL_CC, "none");
	decode();
	check(HVP_CC_SEV, HVP_CC_BY_ACTIVE, "no", "MSR 0");
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "no", "no attribute");
	check_encrypted("no", "MSR 0");
	check_findings(FOUND(CAPABLE_ONLY), "MSR 0");
	START(kvm_amd);
	MSRS(none);
	decode();
	check(HVP_CC_SEV, HVP_CC_BY_ACTIVE, "no", "MSR #GP");
	START(kvm_intel);
	decode();
	check(HVP_CC_TDX, HVP_CC_BY_ACTIVE, "no", "leaf 0x21 is zero");
	check(HVP_CC_MEMORY, HVP_CC_BY_HYPERV, "-", "no Hyper-V");
	check_encrypted("no", "neither SEV nor TDX, kernel not heard");
	check_findings(0, "Intel");
}

static void test_sev(void)
{
	static const struct row amd[] = { CPU_AMD, KVM_LEAVES, SEV_LEAF(0x1a) };
	static const struct row not_capable[] = { CPU_AMD, KVM_LEAVES, SEV_LEAF(0) };
	static const struct msr_row sev[] = { { SEV_MSR, 1, false } };
	static const struct msr_row es[] = { { SEV_MSR, 3, false } };
	static const struct msr_row snp[] = { { SEV_MSR, 7, false } };

	START(amd);
	MSRS(sev);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt guest-mem-encrypt");
	decode();
	check(HVP_CC_SEV, HVP_CC_BY_ACTIVE, "yes", "SEV");
	check(HVP_CC_SEV_ES, HVP_CC_BY_ACTIVE, "no", "SEV");
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "yes", "SEV");
	check_findings(0, "SEV that all know");
	START(amd);
	MSRS(es);
	machine_text(HVP_TEXT_KERNEL_CC,
		     "mem-encrypt guest-mem-encrypt guest-state-encrypt");
	decode();
	check(HVP_CC_SEV_ES, HVP_CC_BY_ACTIVE, "yes", "SEV-ES");
	check(HVP_CC_SEV_ES, HVP_CC_BY_KERNEL, "yes", "SEV-ES");
	check(HVP_CC_SEV_SNP, HVP_CC_BY_ACTIVE, "no", "SEV-ES");
	START(amd);
	MSRS(snp);
	machine_text(HVP_TEXT_KERNEL_CC, "none");
	machine_text(HVP_TEXT_CC_DEVICE, "sev-guest");
	decode();
	check(HVP_CC_SEV_SNP, HVP_CC_BY_ACTIVE, "yes", "SNP");
	check(HVP_CC_SEV_SNP, HVP_CC_BY_DEVICE, "yes", "SNP");
	check_encrypted("yes", "SNP");
	check_findings(FOUND(UNAWARE), "SNP and a kernel that does not know");
	START(not_capable);
	MSRS(sev);
	decode();
	check_encrypted("yes", "active and not capable");
	check_findings(FOUND(STATUS_ALONE), "active and not capable");
	/* 5.10 has one word for host and guest. */
	START(amd);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "unknown", "an old kernel");
	START(amd);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt host-mem-encrypt");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "no", "SME");
}

static void test_log(void)
{
	static const struct row plain[] = { CPU_AMD, KVM_LEAVES };
	static const struct row vbs[] = { CPU_INTEL, NO_TDX_LEAF,
					  HYPERV(1, 1, 1) };

	START(plain);
	machine_text(HVP_TEXT_KERNEL_CC_LINE, "AMD SEV SEV-ES SEV-SNP");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_LOG, "yes", "log of SNP");
	check(HVP_CC_SEV, HVP_CC_BY_LOG, "yes", "log of SNP");
	check(HVP_CC_SEV_SNP, HVP_CC_BY_LOG, "yes", "log of SNP");
	check(HVP_CC_TDX, HVP_CC_BY_LOG, "-", "log of SNP");
	check_encrypted("yes", "log of SNP");
	START(plain);
	machine_text(HVP_TEXT_KERNEL_CC_LINE, "Intel TDX");
	decode();
	check(HVP_CC_TDX, HVP_CC_BY_LOG, "yes", "log of TDX");
	check(HVP_CC_SEV, HVP_CC_BY_LOG, "-", "log of TDX");
	START(plain);
	machine_text(HVP_TEXT_KERNEL_CC_LINE, "SME");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_LOG, "-", "log of a host");
	START(vbs);
	machine_text(HVP_TEXT_KERNEL_CC_LINE, "AMD SEV");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_LOG, "-", "log of VBS");
	check_encrypted("no", "log of VBS");
}

static void test_tdx(void)
{
	static const struct row tdx[] = { CPU_INTEL, TDX_LEAF, KVM_LEAVES };
	static const struct row no_tdx[] = { CPU_INTEL, NO_TDX_LEAF, KVM_LEAVES };
	static const struct row both[] = { CPU_AMD, KVM_LEAVES, SEV_LEAF(0x1a),
					   TDX_LEAF };
	static const struct msr_row sev[] = { { SEV_MSR, 1, false } };
	static const char attributes[] =
		"mem-encrypt guest-mem-encrypt guest-state-encrypt tdx-guest";
	struct row rows[HVP_ARRAY_SIZE(both)];

	START(tdx);
	machine_text(HVP_TEXT_KERNEL_CC, attributes);
	decode();
	check(HVP_CC_TDX, HVP_CC_BY_ACTIVE, "yes", "TDX");
	check(HVP_CC_TDX, HVP_CC_BY_KERNEL, "yes", "TDX");
	check(HVP_CC_SEV_ES, HVP_CC_BY_KERNEL, "no", "TDX");
	check_encrypted("yes", "TDX");
	check_findings(0, "TDX that all know");
	START(no_tdx);
	machine_text(HVP_TEXT_KERNEL_CC, attributes);
	decode();
	check_encrypted("yes", "only the kernel says TDX");
	check_findings(FOUND(KERNEL_ALONE), "only the kernel says TDX");
	memcpy(rows, both, sizeof(rows));
	rows[0].eax = 0x21;
	START(rows);
	MSRS(sev);
	decode();
	check_findings(FOUND(TWO), "SEV and TDX");
}

static void test_hyperv(void)
{
	static const struct row paravisor[] = { CPU_AMD, HYPERV(1, 1, 2),
						SEV_LEAF(0) };
	static const struct row enlightened[] = { CPU_AMD, HYPERV(1, 0, 2),
						  SEV_LEAF(0x1a) };
	static const struct row alone[] = { CPU_AMD, HYPERV(1, 0, 2),
					    SEV_LEAF(0) };
	static const struct row tdx[] = { CPU_INTEL, NO_TDX_LEAF,
					  HYPERV(1, 1, 3) };
	static const struct row vbs[] = { CPU_INTEL, NO_TDX_LEAF,
					  HYPERV(1, 1, 1) };
	static const struct row flag[] = { CPU_INTEL, NO_TDX_LEAF,
					   HYPERV(1, 0, 0) };
	static const struct row cca[] = { CPU_INTEL, NO_TDX_LEAF,
					  HYPERV(1, 0, 4) };
	static const struct msr_row snp[] = { { SEV_MSR, 7, false } };

	START(paravisor);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt guest-mem-encrypt");
	decode();
	check(HVP_CC_SEV_SNP, HVP_CC_BY_HYPERV, "yes", "paravisor");
	check(HVP_CC_SEV_SNP, HVP_CC_BY_CAPABLE, "no", "paravisor");
	check(HVP_CC_TDX, HVP_CC_BY_HYPERV, "no", "paravisor");
	check_encrypted("yes", "paravisor");
	check_findings(FOUND(HIDDEN), "paravisor");
	ok(cc.details[HVP_CC_DETAIL_BOUNDARY_BITS].value == 0x2e &&
		   cc.details[HVP_CC_DETAIL_BOUNDARY].kind == HVP_ANSWER_YES,
	   "the shared boundary is bit 46");
	START(enlightened);
	MSRS(snp);
	machine_text(HVP_TEXT_KERNEL_CC, "none");
	decode();
	check_findings(FOUND(UNAWARE), "SNP that the kernel does not know");
	START(alone);
	decode();
	check_findings(FOUND(UNSUPPORTED), "SNP that the CPU does not know");
	START(tdx);
	decode();
	check(HVP_CC_TDX, HVP_CC_BY_HYPERV, "yes", "TDX paravisor");
	check_findings(FOUND(HIDDEN), "TDX paravisor");
	START(vbs);
	decode();
	check(HVP_CC_VBS, HVP_CC_BY_HYPERV, "yes", "VBS");
	check_encrypted("no", "VBS");
	check_findings(0, "VBS");
	START(vbs);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt guest-mem-encrypt");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_KERNEL, "unknown",
	      "VBS, which kernels treat as encrypted");
	check_encrypted("no", "VBS, which kernels treat as encrypted");
	check_findings(0, "VBS, which kernels treat as encrypted");
	START(flag);
	decode();
	check_findings(FOUND(FLAG), "a flag and no type");
	START(cca);
	decode();
	check(HVP_CC_CCA, HVP_CC_BY_HYPERV, "yes", "CCA");
	check_encrypted("yes", "CCA");
}

/* What nobody said is no "no", and one kind is as good as another. */
static void test_silence(void)
{
	static const struct row amd[] = { CPU_AMD, KVM_LEAVES, SEV_LEAF(0x1a) };
	static const struct row no_snp[] = { CPU_AMD, KVM_LEAVES,
					     SEV_LEAF(0x0a) };
	static const struct row hyperv[] = { CPU_AMD, HYPERV(1, 1, 2),
					     SEV_LEAF(0) };
	static const struct msr_row off[] = { { SEV_MSR, 0, false } };
	static const struct msr_row snp[] = { { SEV_MSR, 7, false } };
	struct row cut[HVP_ARRAY_SIZE(hyperv)];
	u32 i, count = 0;

	START(no_snp);
	MSRS(snp);
	decode();
	check(HVP_CC_SEV_SNP, HVP_CC_BY_CAPABLE, "no", "SNP alone");
	check_findings(FOUND(STATUS_ALONE), "SNP alone is not capable");

	START(amd);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt guest-mem-encrypt");
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_ACTIVE, "unknown", "MSR not recorded");
	check_encrypted("yes", "the kernel says so, MSR not recorded");
	check_findings(0, "the kernel says so, MSR not recorded");
	START(amd);
	MSRS(off);
	machine_text(HVP_TEXT_KERNEL_CC, "mem-encrypt guest-mem-encrypt");
	decode();
	check_findings(FOUND(KERNEL_ALONE) | FOUND(CAPABLE_ONLY),
		       "the kernel says so, the MSR denies it");

	/* Leaf +0xc is the one that was not recorded. */
	for (i = 0; i < HVP_ARRAY_SIZE(hyperv); i++)
		if (hyperv[i].leaf != 0x4000000c)
			cut[count++] = hyperv[i];
	machine_start(cut, count);
	MSRS(off);
	decode();
	check(HVP_CC_MEMORY, HVP_CC_BY_ACTIVE, "no", "isolation not recorded");
	check(HVP_CC_MEMORY, HVP_CC_BY_HYPERV, "unknown",
	      "isolation not recorded");
	check_encrypted("unknown", "isolation not recorded");
}

int main(void)
{
	test_plain();
	test_sev();
	test_log();
	test_tdx();
	test_hyperv();
	test_silence();
	return done_testing();
}
