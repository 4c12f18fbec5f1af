// SPDX-License-Identifier: GPL-2.0-only
/* Which machine and which CPU a row of registers is put down to. */
#include "test_import.h"

#define ROW(leaf, sub, eax)	\
	"   0x" leaf " 0x" sub ": eax=0x" eax " ebx=0x00000002 ecx=0x00000003 edx=0x00000004\n"
#define AIDA(leaf, eax)	\
	"CPUID " leaf ": " eax "-00000002-00000003-00000004\r\n"

/* Leaves are told apart by EAX alone; the other registers are 2, 3, 4. */
static bool has(const struct hvp_dump *dump, size_t machine, u32 cpu, u32 leaf,
		u32 subleaf, u32 eax)
{
	return has_leaf(dump, machine, cpu, leaf, subleaf, 0xf, eax, 2, 3, 4);
}

static void test_cpus(void)
{
	struct hvp_dump dump;

	read_string("CPU 0:\n" ROW("00000000", "00", "0000000a")
		    ROW("00000001", "00", "00000011")
		    "CPU 1:\n" ROW("00000000", "00", "0000000a")
		    ROW("00000001", "00", "00000022"), &dump);
	ok(dump.machine_count == 1 && !dump.problem_count &&
	   has(&dump, 0, 0, 1, 0, 0x11) && has(&dump, 0, 1, 1, 0, 0x22),
	   "two CPUs with headings");
	hvp_dump_free(&dump);

	read_string("CPU#000 AffMask: 0x0000000000000001 \r\n"
		    AIDA("00000001", "00000011")
		    "CPU#001 AffMask: 0x0000000000000002 \r\n"
		    AIDA("00000001", "00000022")
		    "------[ CPUID Registers / Logical CPU #2 ]------\r\n\r\n"
		    "allcpu: Package 0 / Core 1 / Thread 0: Valid\r\n"
		    AIDA("00000001", "00000033")
		    "------[ Logical CPU #3 ]------\r\n"
		    AIDA("00000001", "00000044")
		    "CPUID Registers (CPU #4):\r\n"
		    AIDA("00000001", "00000055"), &dump);
	ok(dump.machine_count == 1 && !dump.problem_count &&
	   has(&dump, 0, 0, 1, 0, 0x11) && has(&dump, 0, 1, 1, 0, 0x22) &&
	   has(&dump, 0, 2, 1, 0, 0x33) && has(&dump, 0, 3, 1, 0, 0x44) &&
	   has(&dump, 0, 4, 1, 0, 0x55), "every heading of AIDA64");
	hvp_dump_free(&dump);

	read_string(AIDA("00000000", "0000000a") AIDA("00000001", "00000011")
		    "\r\n\r\n"
		    AIDA("00000000", "0000000a") AIDA("00000001", "00000022"),
		    &dump);
	ok(dump.machine_count == 1 && !dump.problem_count &&
	   has(&dump, 0, 0, 1, 0, 0x11) && has(&dump, 0, 1, 1, 0, 0x22),
	   "leaf 0 again with the same values is the next CPU");
	hvp_dump_free(&dump);

	read_string("<cpuid>\n<processor>\n"
		    "<register eax=\"00000001\" ecx=\"00000000\">00000011,00000002,00000003,00000004</register>\n"
		    "</processor>\n<processor>\n"
		    "<register eax=\"00000001\" ecx=\"00000000\">00000022,00000002,00000003,00000004</register>\n",
		    &dump);
	ok(dump.machine_count == 1 && has(&dump, 0, 0, 1, 0, 0x11) &&
	   has(&dump, 0, 1, 1, 0, 0x22), "XML processors are counted");
	hvp_dump_free(&dump);

	read_string("[CPU0  ]i| CPUID[0x00000001]: 00000011 00000002 00000003 00000004\n"
		    "[CPU1  ]i| CPUID[0x00000001]: 00000022 00000002 00000003 00000004\n",
		    &dump);
	ok(dump.machine_count == 1 && has(&dump, 0, 0, 1, 0, 0x11) &&
	   has(&dump, 0, 1, 1, 0, 0x22), "Bochs names the CPU on every row");
	hvp_dump_free(&dump);
}

static void test_subleaves(void)
{
	struct hvp_dump dump;

	read_string(AIDA("00000004", "00000011") AIDA("00000004", "00000022")
		    AIDA("00000004", "00000033") AIDA("00000005", "00000044")
		    AIDA("40000003", "00000055"), &dump);
	ok(has(&dump, 0, 0, 4, 0, 0x11) && has(&dump, 0, 0, 4, 1, 0x22) &&
	   has(&dump, 0, 0, 4, 2, 0x33) && has(&dump, 0, 0, 5, 0, 0x44) &&
	   has(&dump, 0, 0, 0x40000003, 0, 0x55),
	   "equal leaves in a row are subleaves in order");
	hvp_dump_free(&dump);
}

static void test_machines(void)
{
	struct hvp_dump dump;

	read_string("CPU:\n" ROW("00000000", "00", "0000000a")
		    "CPU:\n" ROW("00000000", "00", "0000000b"), &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   has(&dump, 0, 0, 0, 0, 0xa) && has(&dump, 1, 0, 0, 0, 0xb),
	   "CPU: again is another machine");
	hvp_dump_free(&dump);

	read_string("the old host\n" ROW("00000000", "00", "0000000a")
		    ROW("40000001", "00", "00000011") "\nthe new host\n"
		    ROW("00000000", "00", "0000000a")
		    ROW("40000001", "00", "00000022"), &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   has(&dump, 0, 0, 0x40000001, 0, 0x11) &&
	   has(&dump, 1, 0, 0, 0, 0xa) &&
	   has(&dump, 1, 0, 0x40000001, 0, 0x22) &&
	   !strcmp(dump.machines[0].label, "the old host") &&
	   !strcmp(dump.machines[1].label, "the new host"),
	   "a title divides, also where the first rows are equal");
	hvp_dump_free(&dump);

	read_string("a title\n" ROW("00000000", "00", "0000000a")
		    "some remark\n" ROW("00000001", "00", "0000000b"), &dump);
	ok(dump.machine_count == 1 && fact_count(&dump, 0) == 2 &&
	   !*dump.machines[0].label, "a remark divides nothing");
	hvp_dump_free(&dump);

	read_string(ROW("00000000", "00", "0000000a")
		    ROW("00000001", "00", "00000011")
		    ROW("00000000", "00", "0000000b"), &dump);
	ok(dump.machine_count == 2 && has(&dump, 1, 0, 0, 0, 0xb),
	   "leaf 0 with other values is another machine");
	hvp_dump_free(&dump);

	read_string("CPU 0:\n" ROW("00000001", "00", "0000000a")
		    "CPU 1:\n" ROW("00000001", "00", "0000000b")
		    "CPU 0:\n" ROW("00000001", "00", "0000000c"), &dump);
	ok(dump.machine_count == 2 && fact_count(&dump, 0) == 2 &&
	   has(&dump, 1, 0, 1, 0, 0xc), "CPU 0 again is another machine");
	hvp_dump_free(&dump);
}

static void test_policies(void)
{
	struct hvp_dump dump;

	read_string("Raw policy: 2 leaves, 0 MSRs\n CPUID:\n"
		    "  leaf     subleaf  -> eax      ebx      ecx      edx\n"
		    "  00000000:ffffffff -> 0000000a:00000002:00000003:00000004\n"
		    "Host policy: 2 leaves, 0 MSRs\n CPUID:\n"
		    "  leaf     subleaf  -> eax      ebx      ecx      edx\n"
		    "  00000000:ffffffff -> 0000000b:00000002:00000003:00000004\n",
		    &dump);
	ok(dump.machine_count == 2 && has(&dump, 0, 0, 0, 0, 0xa) &&
	   has(&dump, 1, 0, 0, 0, 0xb) &&
	   !strncmp(dump.machines[1].label, "Host policy", 11),
	   "policies of xen-cpuid are machines");
	hvp_dump_free(&dump);
}

static void test_conflicts(void)
{
	struct hvp_dump dump;

	read_string("CPU:\n" ROW("40000001", "00", "00000011")
		    ROW("40000002", "00", "00000005")
		    ROW("40000001", "00", "00000022"), &dump);
	ok(dump.machine_count == 1 && dump.problem_count == 1 &&
	   dump.problems[0].line == 4 &&
	   strstr(dump.problems[0].text, "line 2") &&
	   has(&dump, 0, 0, 0x40000001, 0, 0x11),
	   "another value for the same leaf is reported, the first stays");
	hvp_dump_free(&dump);

	read_string("CPU:\n" ROW("40000001", "00", "00000011")
		    ROW("40000001", "00", "00000011"), &dump);
	ok(dump.machine_count == 1 && !dump.problem_count &&
	   fact_count(&dump, 0) == 1, "the same value again is nothing");
	hvp_dump_free(&dump);
}

static void test_two_sides(void)
{
	struct hvp_dump dump;

	read_string("00:00:01 Gst: 40000000/0000  00000001 00000002 00000003 00000004\n"
		    "00:00:01 Hst:                00000011 00000002 00000003 00000004\n"
		    "00:00:01 Hst: 40000007/0000  00000022 00000002 00000003 00000004\n",
		    &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   !strcmp(dump.machines[0].label, "guest") &&
	   !strcmp(dump.machines[1].label, "host") &&
	   has(&dump, 0, 0, 0x40000000, 0, 1) &&
	   has(&dump, 1, 0, 0x40000000, 0, 0x11) &&
	   has(&dump, 1, 0, 0x40000007, 0, 0x22) &&
	   fact_count(&dump, 0) == 1, "VBox.log: guest, then host");
	hvp_dump_free(&dump);

	read_string("vmx guest vs. host CPUID guest level 00000000,  0: 0x00000001 0x00000002 0x00000003 0x00000004\n"
		    "vmx guest vs. host CPUID guest level 00000001,  0: 0x00000005 0x00000002 0x00000003 0x00000004\n"
		    "vmx guest vs. host CPUID *host level 00000001,  0: 0x00000006 0x00000002 0x00000003 0x00000004\n"
		    "vmx guest vs. host CPUID guest level 40000000,  0: 0x40000010 0x00000002 0x00000003 0x00000004\n",
		    &dump);
	ok(dump.machine_count == 2 && has(&dump, 0, 0, 1, 0, 5) &&
	   has(&dump, 1, 0, 1, 0, 6) && has(&dump, 1, 0, 0, 0, 1) &&
	   fact_count(&dump, 1) == 2,
	   "vmware.log: the host is as the guest where it says nothing, but for the hypervisor's leaves");
	hvp_dump_free(&dump);

	read_string("vmx hostCPUID level 00000001, 0: 0x00000006 0x00000002 0x00000003 0x00000004\n"
		    "vmx guest vs. host CPUID guest level 00000000,  0: 0x00000001 0x00000002 0x00000003 0x00000004\n"
		    "vmx guest vs. host CPUID *host level 00000001,  0: 0x00000007 0x00000002 0x00000003 0x00000004\n",
		    &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   has(&dump, 0, 0, 0, 0, 1) && has(&dump, 1, 0, 1, 0, 6) &&
	   fact_count(&dump, 1) == 1, "vmware.log: the host's own list counts");
	hvp_dump_free(&dump);
}

static void test_diff(void)
{
	struct hvp_dump dump;

	read_string("2c2\n<" ROW("40000001", "00", "00000011") "---\n>"
		    ROW("40000001", "00", "00000022"), &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   !strcmp(dump.machines[0].label, "old") &&
	   !strcmp(dump.machines[1].label, "new") &&
	   has(&dump, 0, 0, 0x40000001, 0, 0x11) &&
	   has(&dump, 1, 0, 0x40000001, 0, 0x22), "both sides of a diff");
	hvp_dump_free(&dump);

	read_string("--- a\n+++ b\n@@ -1,3 +1,3 @@\n CPU 3:\n "
		    ROW("40000000", "00", "00000001")
		    "-" ROW("40000001", "00", "00000011")
		    "+" ROW("40000001", "00", "00000022"), &dump);
	ok(dump.machine_count == 2 && !dump.problem_count &&
	   has(&dump, 0, 3, 0x40000000, 0, 1) &&
	   has(&dump, 1, 3, 0x40000000, 0, 1) &&
	   has(&dump, 0, 3, 0x40000001, 0, 0x11) &&
	   has(&dump, 1, 3, 0x40000001, 0, 0x22),
	   "a unified diff, with rows of both");
	hvp_dump_free(&dump);
}

/* Found by fuzzing. */
static void test_tangles(void)
{
	struct hvp_dump dump;

	read_string("a title\nVendor ID: AuthenticAMD\n"
		    ROW("00000000", "00", "0000000a"), &dump);
	ok(dump.machine_count == 2 && dump.problem_count == 1,
	   "a title begins another machine once, not for ever");
	hvp_dump_free(&dump);

	read_string("CPU 0:\n" ROW("00000001", "00", "0000000a")
		    "Gst: 00000001/0000  0000000a 00000002 00000003 00000004\n"
		    "CPU 1:\n" ROW("00000001", "00", "0000000b"), &dump);
	ok(dump.machine_count == 1 && fact_count(&dump, 0) == 3 &&
	   has_leaf(&dump, 0, HVP_CPU_ANY, 1, 0, 0xf, 0xa, 2, 3, 4) &&
	   has(&dump, 0, 0, 1, 0, 0xa) && has(&dump, 0, 1, 1, 0, 0xb),
	   "a row of no CPU is not made one of CPU 0 when there is one");
	hvp_dump_free(&dump);

	read_string("CPU 1:\n"
		    "[CPU551608 ]i| CPUID[0x00000001]: 0000000a 00000002 00000003 00000004\n"
		    ROW("00000002", "00", "0000000b"), &dump);
	ok(dump.machine_count == 1 && has(&dump, 0, 1, 1, 0, 0xa) &&
	   has(&dump, 0, 1, 2, 0, 0xb), "a CPU that nobody has");
	hvp_dump_free(&dump);
}

int main(void)
{
	test_cpus();
	test_subleaves();
	test_machines();
	test_policies();
	test_conflicts();
	test_two_sides();
	test_diff();
	test_tangles();
	return done_testing();
}
