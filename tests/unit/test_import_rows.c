// SPDX-License-Identifier: GPL-2.0-only
/* Each shape of a row of registers: read, and broken in the middle. */
#include "test_import.h"

#define SIG	0x40000001, 0x4b4d564b, 0x564b4d56, 0x0000004d

static const struct {
	const char *name;
	const char *format;
	const char *text;
	u32 leaf, subleaf, facts;
} good[] = {
	{ "one CPU", "cpuid -r", "CPU:\n   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n", 0x40000000, 0, 1 },
	{ "no line end", "cpuid -r", "0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d", 0x40000000, 0, 1 },
	{ "subleaf of three digits", "cpuid -r", "   0x0000000d 0x101: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n", 0xd, 0x101, 1 },
	{ "CRLF", "cpuid -r", "   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\r\n", 0x40000000, 0, 1 },
	{ "mail quote", "cpuid -r", "> >    0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n", 0x40000000, 0, 1 },
	{ "string literal", "cpuid -r", "\t\"   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\\n\" +\n", 0x40000000, 0, 1 },
	{ "log prefix", "cpuid -r", "[   12.345678] host: 0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n", 0x40000000, 0, 1 },
	{ "quoted-printable", "cpuid -r", "   0x40000000 0x00: eax=3D0x40000001 ebx=3D0x4b4d564b ecx=3D0x564b4d56 edx=\n=3D0x0000004d\n", 0x40000000, 0, 1 },
	{ "dashes", "aida64", "CPUID 40000000: 40000001-4B4D564B-564B4D56-0000004D [KVMKVMKVM]\r\n", 0x40000000, 0, 1 },
	{ "[SL nn]", "aida64", "CPUID 0000000D: 40000001-4B4D564B-564B4D56-0000004D [SL 1f] [x]\n", 0xd, 0x1f, 1 },
	{ "no colon", "aida64", "    CPU #1 / Core #1 / HTT Unit #1:\n      CPUID 40000000                  40000001-4B4D564B-564B4D56-0000004D [KVM]\n", 0x40000000, 0, 1 },
	{ "tycho", "tycho", "CPUID 40000000:00 = 40000001 4b4d564b 564b4d56 0000004d | |<=>\n", 0x40000000, 0, 1 },
	{ "XML", "rjcp-xml", "\xef\xbb\xbf<?xml version=\"1.0\"?>\n<cpuid>\n<processor>\n<register eax=\"40000000\" ecx=\"00000002\">40000001,4B4D564B,564B4D56,0000004D</register>\n", 0x40000000, 2, 1 },
	{ "guest of VBox.log", "virtualbox", "00:00:01.221649 Gst: 40000000/0003  40000001 4b4d564b 564b4d56 0000004d\n", 0x40000000, 3, 1 },
	{ "guest of vmware.log", "vmware", "2022-11-24T17:46:41.319Z In(05) vmx guest vs. host CPUID guest level 40000000,  a: 0x40000001 0x4b4d564b 0x564b4d56 0x0000004d\n", 0x40000000, 0xa, 1 },
	{ "old vmware.log", "vmware", "vmx| guestCPUID level 40000000, 0: 0x40000001 0x4b4d564b 0x564b4d56 0x0000004d\n", 0x40000000, 0, 1 },
	{ "libcpuid basic", "libcpuid", "basic_cpuid[10]=40000001 4b4d564b 564b4d56 0000004d\n", 10, 0, 1 },
	{ "libcpuid extended", "libcpuid", "ext_cpuid[3]=40000001 4b4d564b 564b4d56 0000004d\n", 0x80000003, 0, 1 },
	{ "libcpuid leaf 11", "libcpuid", "intel_fn11[2]=40000001 4b4d564b 564b4d56 0000004d\n", 0xb, 2, 1 },
	{ "kcpuid", "kcpuid", "0x40000000: EAX=0x40000001, EBX=0x4b4d564b, ECX=0x564b4d56, EDX=0x0000004d\n", 0x40000000, 0, 1 },
	{ "kcpuid subleaf", "kcpuid", "0x00000004: subleafs:\n  2: EAX=0x40000001, EBX=0x4b4d564b, ECX=0x564b4d56, EDX=0x0000004d\n", 4, 2, 1 },
	{ "plain", "plain", "40000000 00000001: 40000001 4b4d564b 564b4d56 0000004d\n", 0x40000000, 1, 1 },
	{ "Julia", "table", "    ((0x40000000, 0x00000001) => (0x40000001, 0x4b4d564b, 0x564b4d56, 0x0000004d)),\n", 0x40000000, 1, 1 },
	{ "C", "table", "\t{ 0x40000000, 0x40000001, 0x4b4d564b, 0x564b4d56, 0x4d }, /* KVM */\n", 0x40000000, 0, 1 },
	{ "suffixes", "table", "\t{ 0x40000000u, 0x0UL, { 0x40000001u, 0x4b4d564bu, 0x564b4d56u, 0x4dul } },\n", 0x40000000, 0, 1 },
	{ "named members", "cpuid -r", "kvm_cpuid_entry2 { function: 0x40000000, index: 0, flags: 0, eax: 0x40000001, ebx: 0x4b4d564b, ecx: 0x564b4d56, edx: 0x4d },\n", 0x40000000, 0, 1 },
	{ "attributes", "cpuid -r", "<cpuid eax_in='0x40000000' ecx_in='0x00' eax='0x40000001' ebx='0x4b4d564b' ecx='0x564b4d56' edx='0x0000004d'/>\n", 0x40000000, 0, 1 },
	{ "x86info", "registers", "eax in: 0x40000000, eax = 40000001 ebx = 4b4d564b ecx = 564b4d56 edx = 0000004d\n", 0x40000000, 0, 1 },
	{ "Go", "table", "\t{0x40000000, 0}: {0x40000001, 0x4b4d564b, 0x564b4d56, 0x4d},\n", 0x40000000, 0, 1 },
	{ "CPU-Z", "register-table", "CPU Thread 0\nFunction\t\teax\t\tebx\t\tecx\t\tedx\n\t0x40000000\t\t0x40000001\t0x4B4D564B\t0x564B4D56\t0x0000004D\n", 0x40000000, 0, 1 },
	{ "OpenHardwareMonitor", "register-table", " CPU Thread: 0\n Function  EAX       EBX       ECX       EDX\n 40000000  40000001  4B4D564B  564B4D56  0000004D\n", 0x40000000, 0, 1 },
	{ "Xen, no subleaf", "xen-cpuid", "  40000000:ffffffff -> 40000001:4b4d564b:564b4d56:0000004d\n", 0x40000000, 0, 1 },
	{ "Xen, subleaf", "xen-cpuid", "  0000000d:00000001 -> 40000001:4b4d564b:564b4d56:0000004d\n", 0xd, 1, 1 },
	{ "Bochs", "bochs", "00000000000i[CPU0  ]i| CPUID[0x40000000]: 40000001 4b4d564b 564b4d56 0000004d\n", 0x40000000, 0, 1 },
	{ "debugger", "registers", "after cpuid of leaf 0x40000000:\nrax: 0000000040000001 rbx: 000000004b4d564b rcx: 00000000564b4d56 rdx: 000000000000004d\n", 0x40000000, 0, 1 },
	{ "by hand", "registers", "CPUID 0x40000000: eax=0x40000001, ebx=4b4d564b, ecx=0x564b4d56, edx=0x4d\n", 0x40000000, 0, 1 },
};

static const struct {
	const char *name;
	const char *text;
	const char *expected;
	size_t line;
	u32 known;	/* registers of leaf 0x40000000 that are to be had */
} broken[] = {
	{ "cut in a value", "CPU:\n   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b\n", "ecx", 2, 3 },
	{ "cut behind a value", "   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b\n", "ecx", 1, 3 },
	{ "too many digits", "   0x40000000 0x00: eax=0x400000011 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n", "eax", 1, 0 },
	{ "letters", "   0x40000000 0x00: eax=0x40000001 ebx=0x4b4dxxxx ecx=0x564b4d56 edx=0x0000004d\n", "ebx", 1, 1 },
	{ "twice the same register", "   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ebx=0x564b4d56 edx=0x0000004d\n", "ecx", 1, 3 },
	{ "aida, missing word", "CPUID 40000000: 40000001-4B4D564B-564B4D56 [KVM]\n", "separator", 1, 0 },
	{ "tycho, missing word", "CPUID 40000000:00 = 40000001 4b4d564b 564b4d56 |\n", "edx", 1, 0 },
	{ "XML, missing word", "<register eax=\"40000000\" ecx=\"00000000\">40000001,4B4D564B</register>\n", "separator", 1, 0 },
	{ "VBox, missing word", "Gst: 40000000/0000  40000001 4b4d564b 564b4d56\n", "blank", 1, 0 },
	{ "vmware, short word", "vmx| guestCPUID level 40000000, 0: 40000001 0x4b4d 56\n", "ecx", 1, 0 },
	{ "libcpuid, short word", "basic_cpuid[0]=4000 4b4d564b 564b4d56 0000004d\n", "eax", 1, 0 },
};

static const char *const not_rows[] = {
	"CPUID 0000000D: value of a leaf was 40000000\n",
	"eax=0x40000001\n",
	"RAX: ffff888003a5c000 RBX: 0000000000000000 RCX: 0000000000000001\n",
	"00000000: 7f454c46 02010100 00000000 00000000\n",
	"MSR 00000832: 0000-0000-0003-00FD\n",
	"{ 0x11223344, 0x55667788, 0x99aabbcc, 0xddeeff00, 0x12345678 },\n",
	"{ 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8 },\n",
	" 40000000  40000001  4B4D564B  564B4D56  0000004D\n",
	"rax: 0000000040000001 rbx: 000000004b4d564b rcx: 00000000564b4d56 rdx: 000000000000004d\n",
};

static void test_good(void)
{
	struct hvp_dump dump;
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(good); i++) {
		int ret = read_string(good[i].text, &dump);

		ok(!ret && !dump.problem_count &&
		   !strcmp(dump.format, good[i].format) &&
		   fact_count(&dump, 0) == good[i].facts &&
		   (has_leaf(&dump, 0, 1, good[i].leaf, good[i].subleaf, 0xf,
			     SIG) ||
		    has_leaf(&dump, 0, 0, good[i].leaf, good[i].subleaf, 0xf,
			     SIG)),
		   "%s: %s", good[i].format, good[i].name);
		if (ret || dump.problem_count)
			diag("%d %s", ret, dump.problems[0].text);
		hvp_dump_free(&dump);
	}
}

static void test_broken(void)
{
	const struct hvp_fact *fact;
	struct hvp_dump dump;
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(broken); i++) {
		int ret = read_string(broken[i].text, &dump);

		fact = ret ? NULL :
		       hvp_facts_cpuid(&dump.machines[0].store.facts,
				       HVP_CPU_ANY, 0x40000000, 0);
		ok(dump.problem_count == 1 &&
		   dump.problems[0].line == broken[i].line &&
		   strstr(dump.problems[0].text, broken[i].expected) &&
		   (fact ? fact->cpuid.known : 0) == broken[i].known,
		   "broken: %s", broken[i].name);
		if (dump.problem_count != 1)
			diag("%zu: %s", dump.problem_count,
			     dump.problems[0].text);
		else
			diag("%zu: %s", dump.problems[0].line,
			     dump.problems[0].text);
		hvp_dump_free(&dump);
	}
}

static void test_not_rows(void)
{
	struct hvp_dump dump;
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(not_rows); i++) {
		ok(read_string(not_rows[i], &dump) == -EBADMSG &&
		   dump.problem_count == 1 && !dump.problems[0].line,
		   "no row: %.40s", not_rows[i]);
		hvp_dump_free(&dump);
	}
}

int main(void)
{
	test_good();
	test_broken();
	test_not_rows();
	return done_testing();
}
