// SPDX-License-Identifier: GPL-2.0-only
/* Logs, decoded dumps, device trees, Firecracker's JSON: words more than rows. */
#include "test_import.h"

#define X	0, 0, 0

static const struct {
	const char *text;
	u32 leaf, known, eax, ebx, ecx, edx;
} registers[] = {
	{ "[    0.000000] Hyper-V: privilege flags low 0xae7f, high 0x3b8030, hints 0x9a4e24, misc 0xe0bed7b2\n", 0x40000003, 0xb, 0xae7f, 0x3b8030, 0, 0xe0bed7b2 },
	{ "Hyper-V: privilege flags low 0x1, high 0x2, ext 0x3, hints 0x4, misc 0x5\n", 0x40000003, 0xf, 1, 2, 3, 5 },
	{ "Hyper-V: privilege flags low 0x1, high 0x2, ext 0x3, hints 0x4, misc 0x5\n", 0x40000004, 1, 4, X },
	{ "Jan  1 00:00:00 h kernel: [    0.0] Hyper-V: features 0x2e7f, hints 0x2c2c\n", 0x40000003, 1, 0x2e7f, X },
	{ "Hyper-V: features 0x1, privilege high: 0x2, hints 0x4, misc 0x5\n", 0x40000003, 0xb, 1, 2, 0, 5 },
	{ "Hyper-V: Isolation Config: Group A 0x1, Group B 0xba2\n", 0x4000000c, 3, 1, 0xba2, 0, 0 },
	{ "[  +0.000000] Hyper-V: Nested features: 0x3e0101\n", 0x4000000a, 1, 0x3e0101, X },
	{ "Hyper-V: Host Build 10.0.26100.7920-7-1\n", 0x40000002, 0xf, 26100, 0xa0000, 7, 0x1001ef0 },
	{ "Hyper-V Host Build:20348-10.0-1-0.1138\n", 0x40000002, 0xf, 20348, 0xa0000, 1, 1138 },
	{ "vmware: TSC freq read from hypervisor : 2496.003 MHz\n", 0x40000010, 1, 2496003, X },
	{ "vmware: Host bus clock speed read from hypervisor : 66000000 Hz\n", 0x40000010, 2, 0, 66000, 0, 0 },
	{ "Xen version 4.11.\n", 0x40000001, 1, 0x4000b, X },
	{ "Xen version: 4.17.2 (preserve-AD)\n", 0x40000001, 1, 0x40011, X },
	{ "Hypervisor: Origin = \"bhyve bhyve \"\n", 0x40000000, 0xe, 0, 0x76796862, 0x68622065, 0x20657679 },
	{ "  Features2=0xfeda7a17<SSE3,HV>\n", 1, 4, 0, 0, 0xfeda7a17, 0 },
	{ "  Origin=\"GenuineIntel\"  Id=0x506e3  Family=0x6\n  Features=0x9f83fbff<FPU>\n", 1, 9, 0x506e3, 0, 0, 0x9f83fbff },
	{ "  AMD Features2=0x121<LAHF>\n", 0x80000001, 4, 0, 0, 0x121, 0 },
	{ "  Structured Extended Features=0x40f39<FSGSBASE>\n", 7, 2, 0, 0x40f39, 0, 0 },
	{ "Maximum hypervisor CPUID leaf: 0x40000010\nHypervisor vendor string: 'VMwareVMware'\n", 0x40000000, 0xf, 0x40000010, 0x61774d56, 0x4d566572, 0x65726177 },
	{ "   hypervisor_id (0x40000000) = \"KVMKVMKVM\\0\\0\\0\"\n", 0x40000000, 0xe, 0, 0x4b4d564b, 0x564b4d56, 0x4d },
	{ "   hypervisor_id = \"KVMKVMKVM   \"\n", 0x40000000, 0xe, 0, 0x4b4d564b, 0x564b4d56, 0x4d },
	{ "Hypervisor vendor string: 'KVMKVMKVM'\n", 0x40000000, 0xe, 0, 0x4b4d564b, 0x564b4d56, 0x4d },
	{ "Hypervisor vendor string: 'bhyve bhyve'\n", 0x40000000, 0xe, 0, 0x76796862, 0x68622065, 0x20657679 },
	{ "Vendor ID:  AuthenticAMD\n", 0, 0xe, 0, 0x68747541, 0x444d4163, 0x69746e65 },
	{ "{\"cpuid_modifiers\":[{\"leaf\":\"0x40000000\",\"subleaf\":\"0x0\",\"modifiers\":[{\"register\":\"edx\",\"bitmap\":\"0b1001101\"},{\"register\":\"eax\",\"bitmap\":\"0bxx1\"},{\"register\":\"ebx\",\"bitmap\":\"0b11\"}]}]}", 0x40000000, 0xa, 0, 3, 0, 0x4d },
};

static const struct {
	const char *text;
	u16 key;
	const char *bytes;
	size_t count;
} texts[] = {
#define SAYS(k, s)	HVP_TEXT_##k, s, sizeof(s) - 1
	{ "[    0.000000][    T0] Hypervisor detected: Microsoft Hyper-V\n", SAYS(KERNEL_DETECTED, "Microsoft Hyper-V") },
	{ "[    0.000000] Starting gVisor...\n", SAYS(KERNEL_LINE, "Starting gVisor...") },
	{ "[ 0.0] AMD Memory Encryption Features active: SEV SEV-ES\n", SAYS(KERNEL_CC_LINE, "SEV SEV-ES") },
	{ "[ 0.0] [    T0] Memory Encryption Features active: Intel TDX\n", SAYS(KERNEL_CC_LINE, "Intel TDX") },
	{ "[ 0.0] AMD Secure Encrypted Virtualization (SEV) active\n", SAYS(KERNEL_CC_LINE, "(SEV) active") },
	{ "pvbus0 at mainbus0: KVM\n", SAYS(KERNEL_DETECTED, "KVM") },
	{ "[ 0.0] kvm-clock: Using msrs 4b564d01 and 4b564d00\n", SAYS(KERNEL_LINE, "kvm-clock: Using msrs 4b564d01 and 4b564d00") },
	{ "[ 0.0] psci: PSCIv1.0 detected in firmware.\n", SAYS(KERNEL_LINE, "psci: PSCIv1.0 detected in firmware.") },
	{ "smccc: KVM: hypervisor services detected (0x0 0x0 0x0 0x00000003)\n", SAYS(SMCCC_KVM_SERVICES, "0x0 0x0 0x0 0x00000003") },
	{ "smccc: KVM: hypervisor services detected (0x0 0x0 0x0 0x00000003)\n", SAYS(ARCH, "arm64") },
	{ "# dmidecode 3.4\nSystem Information\n\tManufacturer: QEMU\n", SAYS(DMI_SYS_VENDOR, "QEMU") },
	{ "Hypervisor vendor:   Oracle\n", SAYS(LSCPU_VENDOR, "Oracle") },
	{ "Hypervisor vendor: KVM\nFlags:   fpu vme hypervisor lm\n", SAYS(CPUINFO_HYPERVISOR, "yes") },
	{ "Hypervisor vendor: KVM\nFlags:   fpu vme lm\n", SAYS(CPUINFO_HYPERVISOR, "no") },
	{ "hypervisor {\n\tcompatible = \"xen,xen-4.16\\0xen,xen\";\n};\n", SAYS(DT_HYPERVISOR, "xen,xen-4.16\0xen,xen") },
	{ "/ {\n  hypervisor@0 {\n    reg = <0>;\n    compatible = \"linux,kvm\", \"a,b\";\n  };\n};\n", SAYS(DT_HYPERVISOR, "linux,kvm\0a,b") },
	{ "{\"guest_cpu_config\":{\"reg_modifiers\":[{\"addr\":\"0x6030000000140000\",\"bitmap\":\"0b10000000000000001\"}]}}", SAYS(ARM_PSEUDO_REG, "0x6030000000140000=0x10001") },
	{ "{\"guest_cpu_config\":{\"reg_modifiers\":[{\"addr\":\"0x603000000013c000\",\"bitmap\":\"0b1\"}]}}", SAYS(ARCH, "arm64") },
};

static const struct {
	const char *text;
	const char *expected;
} broken[] = {
	{ "Hyper-V: privilege flags low 0xae7f, high nothing\n", "low, high" },
	{ "Hyper-V: privilege flags low 0x123456789\n", "low, high" },
	{ "Hyper-V: Nested features: many\n", "register" },
	{ "Hyper-V: Host Build 10.0.26100\n", "six numbers" },
	{ "Hyper-V: Host Build 10.0-26100.7920-7-0\n", "1.2.3.4-5-6" },
	{ "Hyper-V: Host Build 10.0.26100.99999999-7-0\n", "smaller" },
	{ "Hyper-V: Host Build 99999999999999999999.0.1.1-7-0\n", "six numbers" },
	{ "vmware: TSC freq read from hypervisor : much MHz\n", "frequency" },
	{ "Xen version 4\n", "major.minor" },
	{ "Hypervisor: Origin = bhyve\n", "quotes" },
	{ "{\"cpuid_modifiers\":[{\"leaf\":\"0x1\",\"subleaf\":\"0x0\",\"modifiers\":[{\"register\":\"efx\",\"bitmap\":\"0b1\"}]}]}", "entry 1" },
	{ "{\"cpuid_modifiers\":[{\"leaf\":\"0x1\",\"subleaf\":\"0x0\",\"modifiers\":[{\"register\":\"eax\",\"bitmap\":\"0b2\"}]}]}", "entry 1" },
	{ "{\"cpuid_modifiers\":{}}", "not an array" },
	{ "{\"cpuid_modifiers\":[", "" },
};

static void test_conflict(void)
{
	struct hvp_dump dump;

	read_string("Hyper-V: Nested features: 0x1\n"
		    "Hyper-V: Nested features: 0x2\n", &dump);
	ok(dump.machine_count == 1 && dump.problem_count == 1 &&
	   dump.problems[0].line == 2 &&
	   has_leaf(&dump, 0, 0, 0x4000000a, 0, 1, 1, X),
	   "a log that contradicts itself");
	hvp_dump_free(&dump);

	read_string("[    0.0] Linux version 6.1 (gcc 12)\n"
		    "Hyper-V: Nested features: 0x1\n"
		    "[    0.0] Linux version 6.12 (gcc 12)\n"
		    "Hyper-V: Nested features: 0x2\n", &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   has_leaf(&dump, 1, 0, 0x4000000a, 0, 1, 2, X),
	   "two boots in one log");
	hvp_dump_free(&dump);
}

int main(void)
{
	struct hvp_dump dump;
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(registers); i++) {
		read_string(registers[i].text, &dump);
		ok(!dump.problem_count &&
		   has_leaf(&dump, 0, 0, registers[i].leaf, 0,
			    registers[i].known, registers[i].eax,
			    registers[i].ebx, registers[i].ecx,
			    registers[i].edx),
		   "0x%08x of %.30s", registers[i].leaf,
		   registers[i].text + strspn(registers[i].text, " \t"));
		hvp_dump_free(&dump);
	}
	for (i = 0; i < HVP_ARRAY_SIZE(texts); i++) {
		read_string(texts[i].text, &dump);
		ok(!dump.problem_count &&
		   has_text(&dump, texts[i].key, texts[i].bytes,
			    texts[i].count), "text %s", texts[i].bytes);
		hvp_dump_free(&dump);
	}
	for (i = 0; i < HVP_ARRAY_SIZE(broken); i++) {
		read_string(broken[i].text, &dump);
		ok(dump.problem_count &&
		   strstr(dump.problems[0].text, broken[i].expected),
		   "broken: %.*s", (int)strcspn(broken[i].text, "\n"),
		   broken[i].text);
		diag("%s", dump.problems[0].text);
		hvp_dump_free(&dump);
	}
	test_conflict();
	return done_testing();
}
