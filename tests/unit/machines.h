/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Register values of machines, typed in from published recordings and from
 * specifications; each says where from. "corpus X" is a recording of that name
 * kept beside the project, "ref" the interface's specification.
 */
#ifndef HVP_TESTS_MACHINES_H
#define HVP_TESTS_MACHINES_H

#include "../../core/report.h"

struct row {
	u32 leaf, subleaf, eax, ebx, ecx, edx;
};

struct machine {
	const char *name;
	const char *provenance;
	const struct row *rows;
	u32 count;
	u8 kind;		/* expected verdict */
	u8 primary;
	u8 presented;
	u8 interfaces;		/* expected number */
	const char *summary;
};

#define SIG_KVM		0x4b4d564b, 0x564b4d56, 0x0000004d
#define SIG_HYPERV	0x7263694d, 0x666f736f, 0x76482074
#define SIG_LINUX_HV	0x756e694c, 0x564b2078, 0x7648204d
#define SIG_XEN		0x566e6558, 0x65584d4d, 0x4d4d566e
#define SIG_VMWARE	0x61774d56, 0x4d566572, 0x65726177
#define SIG_TCG		0x54474354, 0x43544743, 0x47435447
#define SIG_VBOX	0x786f4256, 0x786f4256, 0x786f4256
#define SIG_BHYVE	0x76796862, 0x68622065, 0x20657679
#define SIG_JAILHOUSE	0x6c69614a, 0x73756f68, 0x00000065
#define SIG_ACRN	0x4e524341, 0x4e524341, 0x4e524341
#define SIG_OPENBSD	0x6e65704f, 0x56445342, 0x38354d4d
#define SIG_NVMM	0x205f5f5f, 0x4d4d564e, 0x5f5f5f20
#define SIG_LKVM	0x4d564b4c, 0x4d564b4c, 0x4d564b4c
#define HV1		0x31237648
#define AMD		{ 0, 0, 0x0d, 0x68747541, 0x444d4163, 0x69746e65 }
#define INTEL		{ 0, 0, 0x0d, 0x756e6547, 0x6c65746e, 0x49656e69 }
#define BIT_SET		{ 1, 0, 0x00a20f10, 0, 0x80002001, 0x078bfbfd }
#define BIT_CLEAR	{ 1, 0, 0x000b0671, 0, 0x7ffafbbf, 0xbfebfbff }
#define NOTHING(base)	{ base, 0, 0, 0, 0, 0 }

static const struct row kvm_plain[] = {
	AMD, BIT_SET, { 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, NOTHING(0x40000100),
};
static const struct row kvm_max_zero[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0, SIG_KVM },
	{ 0x40000001, 0, 0x0100003b, 0, 0, 0 },
};
static const struct row kvm_timing[] = {
	{ 0x40000000, 0, 0x40000010, SIG_KVM },
	{ 0x40000001, 0, 0x01007afb, 0, 0, 0 },
	{ 0x40000010, 0, 0x0027ac3d, 0x000f4240, 0, 0 },
};
static const struct row kvm_passthrough[] = {
	AMD, BIT_SET, { 0x40000000, 0, 0x40000082, SIG_LINUX_HV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x3839, 0x000a0000, 0, 0 },
	{ 0x40000003, 0, 0x00002aff, 0x00000830, 0, 0x00084d12 },
	{ 0x40000080, 0, 0x40000082, SIG_LINUX_HV },
	{ 0x40000081, 0, 0x31235356, 0, 0, 0 },
	{ 0x40000082, 0, 2, 0, 0, 0 },
	{ 0x40000100, 0, 0x40000101, SIG_KVM },
	{ 0x40000101, 0, 0x01007efb, 0, 0, 0 },
};
static const struct row kvm_hv_half_recorded[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000005, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x3839, 0x000a0000, 0, 0 },
	{ 0x40000003, 0, 0x262, 0, 0, 8 },
	{ 0x40000004, 0, 0x20, 0xffffffff, 0, 0 },
	{ 0x40000005, 0, 0xffffffff, 0x40, 0, 0 },
};
static const struct row kvm_second_base[] = {
	INTEL, BIT_SET, { 0x40000100, 0, 0x40000101, SIG_KVM },
	{ 0x40000101, 0, 0x01007efb, 0, 0, 0 },
};
static const struct row kvm_hidden_bit[] = {
	AMD, BIT_CLEAR, { 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01007efb, 0, 0, 0 }, NOTHING(0x40000100),
};
static const struct row hyperv_guest[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000006, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x2580, 0x00060003, 0x12, 0x4690 },
	{ 0x40000003, 0, 0xe7f, 0x8b0, 2, 0x17b2 },
	{ 0x40000004, 0, 0x2c, 0xfff, 0, 0 },
	{ 0x40000005, 0, 0x40, 0x200, 0x2580, 0 },
	{ 0x40000006, 0, 0x4f, 0, 0, 0 },
};
static const struct row hyperv_root[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x4000000c, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x4f7c, 0x000a0000, 1, 0x4aa },
	{ 0x40000003, 0, 0xbfff, 0x002bb9ff, 0x22, 0x71fffbf6 },
	{ 0x40000004, 0, 0x70e14, 0xfff, 0x2e, 0 },
	{ 0x40000005, 0, 0x400, 0x400, 0x5d0, 0 },
	{ 0x40000006, 0, 0x01de00bf, 0, 0, 0 },
	{ 0x40000007, 0, 0x80000007, 3, 0, 0 },
};
static const struct row hyperv_parent[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000005, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000003, 0, 0xe7f, 0x8b1, 2, 0x17b2 },
};
static const struct row hyperv_isolated[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x4000000c, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000003, 0, 0xe7f, 0x4018b1, 2, 0x17b2 },
};
static const struct row hyperv_manager[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000005, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000003, 0, 0xe7f, 0x1000, 2, 0x17b2 },
};
static const struct row hyperv_beyond[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000001, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x3839, 0x000a0000, 0, 0 },
	{ 0x40000003, 0, 0x60, 0x1000, 0, 0 },
	{ 0x40000004, 0, 0x1000, 0, 0, 0 },
};
static const struct row hyperv_nested[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x4000000a, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x4f7c, 0x000a0000, 0, 0x5b6 },
	{ 0x40000003, 0, 0x2e7f, 0x3b8030, 2, 0xed7b2 },
	{ 0x40000004, 0, 0x65e24, 0, 0x2e, 0 },
	{ 0x4000000a, 0, 0xe0101, 0, 0, 0 },
};
static const struct row custom_vendor[] = {
	INTEL, BIT_SET,
	{ 0x40000000, 0, 0x40000006, 0x64726f77, 0x65636150, 0x0a0d0000 },
	{ 0x40000001, 0, HV1, 0, 0, 0 },
	{ 0x40000002, 0, 0x4f7c, 0x000a0000, 0, 7 }, NOTHING(0x40000100),
};
static const struct row vmware_plain[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, SIG_VMWARE },
	{ 0x40000010, 0, 0x002ca5b0, 0x000170b3, 0, 0 },
};
static const struct row vmware_hyperv[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, SIG_VMWARE },
	{ 0x40000001, 0, HV1, 0, 0, 0 }, { 0x40000002, 0, 0, 0, 0, 0 },
	{ 0x40000003, 0, 0xa72, 0, 0, 0x508 },
	{ 0x40000004, 0, 0x20, 0, 0, 0 },
	{ 0x40000005, 0, 0xffffffff, 0, 0, 0 },
	{ 0x40000010, 0, 0x002ad8be, 0x000101d0, 0, 0 },
};
static const struct row xen_time[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000004, SIG_XEN },
	{ 0x40000001, 0, 0x00040002, 0, 0, 0 },
	{ 0x40000002, 0, 1, 0x40000000, 0, 0 },
	{ 0x40000003, 0, 6, 0, 0x00249f24, 1 },
	{ 0x40000003, 1, 0xdc08e6dd, 0x00698ea1, 0xd554839f, 0xffffffff },
	{ 0x40000003, 2, 0x00249f24, 0, 0, 0 },
	{ 0x40000004, 0, 0, 0, 0, 0 },
};
static const struct row xen_mislabelled[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000005, SIG_XEN },
	{ 0x40000001, 0, 0x0004000b, 0, 0, 0 },
	{ 0x40000003, 0, 6, 2, 0x002a9f50, 1 },
	{ 0x40000003, 2, 0x1387329d, 0x00f6b809, 0xb74bc70a, 0xffffffff },
	{ 0x40000004, 0, 0x1c, 0, 0x2b86, 0 },
};
static const struct row xen_viridian[] = {
	AMD, BIT_SET, { 0x40000000, 0, 0x40000006, SIG_HYPERV },
	{ 0x40000001, 0, HV1, 0, 0, 0 }, { 0x40000003, 0, 0x872, 0, 0, 0x408 },
	{ 0x40000100, 0, 0x40000105, SIG_XEN },
	{ 0x40000101, 0, 0x00040011, 0, 0, 0 },
	{ 0x40000102, 0, 1, 0x40000200, 0, 0 },
};
static const struct row xen_pv[] = {
	AMD, BIT_SET, NOTHING(0x40000000), NOTHING(0x40000100),
};
#define ECHO7		0x00000007, 0x00000340, 0x00000340, 0
static const struct row tcg_echo[] = {
	{ 0, 0, 7, 0x68747541, 0x444d4163, 0x69746e65 }, BIT_SET,
	{ 7, 0, ECHO7 }, { 0x40000000, 0, 0x40000001, SIG_TCG },
	NOTHING(0x40000001), { 0x40000100, 0, ECHO7 },
	{ 0x40000200, 0, ECHO7 }, { 0x40001000, 0, ECHO7 },
};
static const struct row bare_metal_echo[] = {
	{ 0, 0, 0x20, 0x756e6547, 0x6c65746e, 0x49656e69 }, BIT_CLEAR,
	{ 0x20, 0, 0, 1, 0, 0 }, { 0x40000000, 0, 0, 1, 0, 0 },
};
static const struct row bare_metal_short[] = { INTEL, BIT_CLEAR };
static const struct row bit_only[] = { INTEL, BIT_SET };
static const struct row nothing_decides[] = {
	{ 0x80000000, 0, 0x80000008, 0, 0, 0 },
};
static const struct row vbox_hyperv[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000006, SIG_VBOX },
	{ 0x40000001, 0, HV1, 0, 0, 0 }, NOTHING(0x40000002),
	{ 0x40000003, 0, 0xaf2, 0x100000, 0, 0x500 },
	{ 0x40000004, 0, 0x130, 0xffffffff, 0, 0 },
};
static const struct row vbox_minimal[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, 0, 0, 0 },
	{ 0x40000010, 0, 0x002ad8be, 0x000101d0, 0, 0 }, NOTHING(0x40000100),
};
static const struct row all_zero_not_vbox[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, 0, 0, 0 },
	{ 0x40000010, 0, 7, 0, 0, 0 }, NOTHING(0x40000100),
};
static const struct row bhyve_repeats[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000000, SIG_BHYVE },
	{ 0x40000001, 0, 0x40000000, SIG_BHYVE },
	{ 0x40000100, 0, 0x40000000, SIG_BHYVE },
	{ 0x40001000, 0, 0x40000000, SIG_BHYVE },
};
static const struct row openbsd_kvm[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0, SIG_OPENBSD },
	{ 0x40000001, 0, 0x01000008, 0, 0, 0 },
	{ 0x40000100, 0, 0x40000101, SIG_KVM },
	{ 0x40000101, 0, 0x0100000a, 0, 0, 0 },
};
static const struct row nvmm_loose[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x16, SIG_NVMM },
	NOTHING(0x40000100),
};
static const struct row jailhouse_cell[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000001, SIG_JAILHOUSE },
	NOTHING(0x40000001),
};
static const struct row jailhouse_root[] = {
	INTEL, BIT_CLEAR, { 0x40000000, 0, 0x40000001, SIG_JAILHOUSE },
	NOTHING(0x40000001),
};
static const struct row acrn_hyperv[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000010, SIG_ACRN },
	{ 0x40000001, 0, HV1, 0, 0, 0 }, { 0x40000003, 0, 0x72, 0, 0, 0 },
	{ 0x40000010, 0, 0x001b7740, 0, 0, 0 },
};
static const struct row tdx_echo[] = {
	{ 0, 0, 0x21, 0x756e6547, 0x6c65746e, 0x49656e69 }, BIT_SET,
	{ 0x21, 0, 0, 0x65746e49, 0x20202020, 0x5844546c },
	{ 0x40000000, 0, 0x40000001, SIG_KVM },
	{ 0x40000001, 0, 0x01000080, 0, 0, 0 },
	{ 0x40000100, 0, 0, 0x65746e49, 0x20202020, 0x5844546c },
};
static const struct row unknown_text[] = {
	INTEL, BIT_SET,
	{ 0x40000000, 0, 0x40000003, 0x42726148, 0x2072756f, 0x00315648 },
	NOTHING(0x40000100),
};
static const struct row kvmtool[] = {
	INTEL, BIT_SET, { 0x40000000, 0, 0x40000001, SIG_LKVM },
	{ 0x40000001, 0, 0x0100003b, 0, 0, 0 },
};
static const struct row arm_emulation[] = {
	{ 0, 0, 0xd, 0x74726956, 0x20555043, 0x206c6175 }, BIT_CLEAR,
};

#define MACHINE(rows, from, kind, primary, presented, count, summary)	\
	{ #rows, from, rows, HVP_ARRAY_SIZE(rows), HVP_VERDICT_##kind,	\
	  HVP_PRODUCT_##primary, HVP_PRODUCT_##presented, count, summary }

static const struct machine machines[] = {
	MACHINE(kvm_plain, "measured on an EPYC guest", GUEST, KVM, NONE, 1,
		"KVM guest"),
	MACHINE(kvm_max_zero, "corpus tp-qemu pc-1.2 SandyBridge", GUEST, KVM,
		NONE, 1, "KVM guest"),
	MACHINE(kvm_timing, "corpus qemu_vmware_cpuid_freq", GUEST, KVM, NONE,
		1, "KVM guest"),
	MACHINE(kvm_passthrough, "measured, QEMU hv-passthrough", PRESENTING,
		KVM, HYPERV, 2, "KVM presenting Hyper-V"),
	MACHINE(kvm_hv_half_recorded, "corpus kvm_hyperv_enlightened_13900K",
		PRESENTING, KVM, HYPERV, 1, "KVM presenting Hyper-V"),
	MACHINE(kvm_second_base, "ref: KVM behind what was not recorded",
		GUEST, KVM, NONE, 1, "KVM guest"),
	MACHINE(kvm_hidden_bit, "ref: QEMU -cpu ...,-hypervisor", GUEST, KVM,
		NONE, 1, "KVM guest"),
	MACHINE(hyperv_guest, "corpus hyperv_2012r2_E5-2680v3", GUEST, HYPERV,
		NONE, 1, "Hyper-V guest"),
	MACHINE(hyperv_root, "corpus ICX_01v", ROOT, HYPERV, NONE, 1,
		"Hyper-V root partition"),
	MACHINE(hyperv_parent, "made up: hyperv_guest with CreatePartitions",
		GUEST, HYPERV, NONE, 1, "Hyper-V guest"),
	MACHINE(hyperv_isolated, "made up: a root's bits and isolation",
		GUEST, HYPERV, NONE, 1, "Hyper-V guest"),
	MACHINE(hyperv_manager, "made up: CpuManagement alone", ROOT, HYPERV,
		NONE, 1, "Hyper-V root partition"),
	MACHINE(hyperv_beyond, "made up: words beyond the maximum leaf", GUEST,
		HYPERV, NONE, 1, "Hyper-V guest"),
	MACHINE(hyperv_nested, "corpus azure_f72s_v2 plus the nested hint",
		GUEST, HYPERV, NONE, 1, "Hyper-V guest, nested"),
	MACHINE(custom_vendor, "ref: QEMU hv-vendor-id", PRESENTING, UNKNOWN,
		HYPERV, 1, "unknown hypervisor presenting Hyper-V"),
	MACHINE(vmware_plain, "corpus vmware_esx_X5570", GUEST, VMWARE, NONE,
		1, "VMware guest"),
	MACHINE(vmware_hyperv, "corpus vmware_hv1_i7-6600U", PRESENTING,
		VMWARE, HYPERV, 1, "VMware presenting Hyper-V"),
	MACHINE(xen_time, "corpus xen42_aws_E5-2676v3", GUEST, XEN, NONE, 1,
		"Xen guest"),
	MACHINE(xen_mislabelled, "corpus xen411_aws_c3.large", GUEST, XEN,
		NONE, 1, "Xen guest"),
	MACHINE(xen_viridian, "measured, Xen 4.17 HVM viridian=1", PRESENTING,
		XEN, HYPERV, 2, "Xen presenting Hyper-V"),
	MACHINE(xen_pv, "corpus xen_pv_dom0_ryzen5950x", UNIDENTIFIED,
		UNKNOWN, NONE, 0, "hypervisor present, not identified"),
	MACHINE(tcg_echo, "measured, QEMU 7.2 -cpu EPYC", EMULATED, TCG, NONE,
		1, "QEMU TCG emulation"),
	MACHINE(bare_metal_echo, "corpus baremetal_13900K_echo", BARE_METAL,
		NONE, NONE, 0, "bare metal"),
	MACHINE(bare_metal_short, "corpus baremetal_Bulldozer", BARE_METAL,
		NONE, NONE, 0, "bare metal"),
	MACHINE(bit_only, "corpus qemu-virtual-cpu-version", UNIDENTIFIED,
		UNKNOWN, NONE, 0, "hypervisor present, not identified"),
	MACHINE(nothing_decides, "ref: leaves 0 and 1 missing", UNKNOWN, NONE,
		NONE, 0, "cannot tell"),
	MACHINE(vbox_hyperv, "corpus vbox7.2_win2022guest", PRESENTING, VBOX,
		HYPERV, 1, "VirtualBox presenting Hyper-V"),
	MACHINE(vbox_minimal, "ref: VirtualBox Minimal provider", GUEST, VBOX,
		NONE, 1, "VirtualBox guest"),
	MACHINE(all_zero_not_vbox, "ref: the same without a clock",
		UNIDENTIFIED, UNKNOWN, NONE, 0,
		"hypervisor present, not identified"),
	MACHINE(bhyve_repeats, "corpus tycho_cpuid_12_bhyve", GUEST, BHYVE,
		NONE, 1, "bhyve guest"),
	MACHINE(openbsd_kvm, "ref: OpenBSD vmm second block", GUEST, OPENBSD,
		NONE, 2, "OpenBSD vmm guest"),
	MACHINE(nvmm_loose, "ref: older NVMM leaves the host's EAX", GUEST,
		NVMM, NONE, 1, "NetBSD NVMM guest"),
	MACHINE(jailhouse_cell, "corpus jailhouse_3393MHz", GUEST, JAILHOUSE,
		NONE, 1, "Jailhouse guest"),
	MACHINE(jailhouse_root, "ref: root cell keeps bit 31 clear", ROOT,
		JAILHOUSE, NONE, 1, "Jailhouse root cell"),
	MACHINE(acrn_hyperv, "ref: ACRN with its Hyper-V option", PRESENTING,
		ACRN, HYPERV, 1, "ACRN presenting Hyper-V"),
	MACHINE(tdx_echo, "ref: Intel rule on a TDX guest of KVM", GUEST, KVM,
		NONE, 1, "KVM guest, TDX guest"),
	MACHINE(unknown_text, "made up: printable, not in the table",
		UNIDENTIFIED, UNKNOWN, NONE, 1,
		"hypervisor present, not identified"),
	MACHINE(kvmtool, "corpus virt-what lkvm", GUEST, KVMTOOL, NONE, 1,
		"kvmtool guest"),
	MACHINE(arm_emulation, "corpus emulated_VirtualCPU_FT2000", EMULATED,
		WINDOWS_ARM, NONE, 0, "Windows on Arm x86 emulation"),
};

#endif
