// SPDX-License-Identifier: GPL-2.0-only
/* Dumps in mails, in other encodings, compressed, as trees; and hostile ones. */
#include <sys/stat.h>
#include <unistd.h>
#include "test_import.h"
#include <zlib.h>

#define ROW	"   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n"
#define SIG	0xf, 0x40000001, 0x4b4d564b, 0x564b4d56, 0x0000004d

static bool is_kvm(const struct hvp_dump *dump)
{
	return dump->machine_count == 1 && !dump->problem_count &&
	       has_leaf(dump, 0, 0, 0x40000000, 0, SIG);
}

static void test_encodings(void)
{
	static const char row[] = "CPU:\n" ROW;
	char wide[2 * sizeof(row) + 2];
	struct hvp_dump dump;
	size_t i;

	read_string("\xef\xbb\xbf" ROW, &dump);
	ok(is_kvm(&dump), "UTF-8 with a byte order mark");
	hvp_dump_free(&dump);

	for (i = 0; i < sizeof(row); i++) {
		wide[2 * i + 2] = row[i];
		wide[2 * i + 3] = 0;
	}
	memcpy(wide, "\xff\xfe", 2);
	read_bytes(wide, 2 * sizeof(row), &dump);
	ok(is_kvm(&dump), "UTF-16, little end first");
	hvp_dump_free(&dump);

	for (i = 0; i < sizeof(row); i++) {
		wide[2 * i + 2] = 0;
		wide[2 * i + 3] = row[i];
	}
	memcpy(wide, "\xfe\xff", 2);
	read_bytes(wide, 2 * sizeof(row), &dump);
	ok(is_kvm(&dump), "UTF-16, big end first");
	hvp_dump_free(&dump);

	read_string("From: someone\n\nsee below=20\n"
		    "> CPUID 40000000:00 =3D 40000001 4b4d564b 564b4d56 0=\n"
		    "000004d | =3D\n"
		    "> CPUID 40000001:00 =3D 0000000g 00000000 00000000 00000000 |\n",
		    &dump);
	ok(dump.machine_count == 1 && dump.problem_count == 1 &&
	   dump.problems[0].line == 6 &&
	   has_leaf(&dump, 0, 0, 0x40000000, 0, SIG),
	   "quoted-printable; line numbers are the mail's");
	hvp_dump_free(&dump);

	read_string("CPUID 40000000:00 = 40000001 4b4d564b 564b4d56 0000004d | =\n"
		    "CPUID 40000001:00 = 00000001 00000000 00000000 00000000 | =3D\n",
		    &dump);
	ok(dump.machine_count == 1 && fact_count(&dump, 0) == 2,
	   "an ASCII column that only looks like it");
	hvp_dump_free(&dump);
}

static void test_hopeless(void)
{
	static const char *const texts[] = {
		"", "\n", "hello\n", "{", "{}", "[]", "<cpuid>", "\x1f\x8b",
		"\xff\xfe", "\xff\xfe\x41\x42", "=\n=\n=3D",
	};
	struct hvp_dump dump;
	char *zeros = calloc(1, 1 << 20);
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(texts); i++) {
		ok(read_string(texts[i], &dump) == -EBADMSG &&
		   dump.problem_count && *dump.problems[0].text,
		   "nothing to read in hopeless text %zu", i);
		hvp_dump_free(&dump);
	}
	ok(read_bytes(zeros, 1 << 20, &dump) == -EBADMSG, "zeros");
	hvp_dump_free(&dump);
	memset(zeros, 'e', 1 << 20);
	ok(read_bytes(zeros, 1 << 20, &dump) == -EBADMSG, "one long word");
	hvp_dump_free(&dump);
	memset(zeros, '\n', 1 << 20);
	ok(read_bytes(zeros, 1 << 20, &dump) == -EBADMSG, "line ends");
	hvp_dump_free(&dump);
	free(zeros);
}

static void test_limits(void)
{
	const size_t rows = HVP_DUMP_MACHINES + 100;
	static const char row[] = "CPU:\n" ROW;
	char *text = malloc(rows * (sizeof(row) - 1));
	struct hvp_dump dump;
	size_t i;
	int ret;

	for (i = 0; i < rows; i++)
		memcpy(text + i * (sizeof(row) - 1), row, sizeof(row) - 1);
	ret = hvp_dump_read(text, rows * (sizeof(row) - 1), &dump);
	ok(!ret && dump.machine_count == HVP_DUMP_MACHINES &&
	   dump.problem_count == 1, "%u machines and no more",
	   HVP_DUMP_MACHINES);
	hvp_dump_free(&dump);
	free(text);
}

/* A header of one regular file; data follows in blocks of 512. */
static size_t tar_member(char *to, const char *name, const char *data)
{
	size_t bytes = strlen(data), blocks = (bytes + 511) / 512;

	memset(to, 0, 512 * (1 + blocks));
	snprintf(to, 100, "%s", name);
	snprintf(to + 124, 12, "%011o", (unsigned int)bytes);
	to[156] = '0';
	memcpy(to + 257, "ustar\00000", 8);
	memcpy(to + 512, data, bytes);
	return 512 * (1 + blocks);
}

static size_t make_tar(char tar[8192])
{
	size_t used = 0;

	memset(tar, 0, 8192);
	used += tar_member(tar, "box/proc/cpuinfo",
			   "vendor_id\t: AuthenticAMD\nflags\t\t: fpu vme hypervisor lm\n");
	used += tar_member(tar + used, "box/proc/xen/capabilities", "");
	used += tar_member(tar + used, "box/cpuid-signature.txt", "KVMKVMKVM\n");
	used += tar_member(tar + used, "box/dmidecode.txt",
			   "System Information\n\tManufacturer: QEMU\n\tProduct Name: Box\n"
			   "Chassis Information\n\tManufacturer: Other\n");
	return used + 1024;
}

static bool is_box(const struct hvp_dump *dump)
{
	return has_leaf(dump, 0, 0, 0x40000000, 0, 0xe, 0, 0x4b4d564b,
			0x564b4d56, 0x4d) &&
	       has_leaf(dump, 0, 0, 0, 0, 0xe, 0, 0x68747541, 0x444d4163,
			0x69746e65) &&
	       has_text(dump, HVP_TEXT_CPUINFO_HYPERVISOR, "yes", 3) &&
	       has_text(dump, HVP_TEXT_PROC_XEN, "", 0) &&
	       has_text(dump, HVP_TEXT_DMI_SYS_VENDOR, "QEMU", 4) &&
	       has_text(dump, HVP_TEXT_DMI_PRODUCT, "Box", 3) &&
	       fact_count(dump, 0) == 6;
}

static void test_tar(void)
{
	char tar[8192];
	size_t bytes = make_tar(tar), cut;
	struct hvp_dump dump;

	read_bytes(tar, bytes, &dump);
	ok(is_box(&dump) && !dump.problem_count, "a tar of /proc");
	hvp_dump_free(&dump);

	for (cut = 1; cut < bytes; cut += 97) {
		read_bytes(tar, cut, &dump);
		hvp_dump_free(&dump);
	}
	memcpy(tar + 124, "77777777777", 11);
	read_bytes(tar, bytes, &dump);
	ok(dump.problem_count, "a member larger than its archive");
	hvp_dump_free(&dump);
}

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[256];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "w");
	if (!out)
		return;
	fputs(text, out);
	fclose(out);
}

static void test_directory(void)
{
	static const char *const names[] = { "proc/xen/capabilities", "proc/xen",
		"proc/cpuinfo", "proc", "cpuid-signature.txt", "dmidecode.txt", "" };
	char folder[] = "/tmp/hvprobe-test-XXXXXX", path[256];
	struct hvp_dump dump;
	size_t i;

	if (!mkdtemp(folder)) {
		ok(false, "a folder for the test");
		return;
	}
	snprintf(path, sizeof(path), "%s/proc", folder);
	mkdir(path, 0700);
	ok(hvp_dump_read_tree(folder, &dump) == -EBADMSG && dump.problem_count,
	   "an empty tree");
	hvp_dump_free(&dump);

	snprintf(path, sizeof(path), "%s/proc/xen", folder);
	mkdir(path, 0700);
	write_file(folder, names[0], "");
	write_file(folder, names[2],
		   "vendor_id\t: AuthenticAMD\nflags\t\t: fpu vme hypervisor\n");
	write_file(folder, names[4], "KVMKVMKVM\n");
	write_file(folder, names[5],
		   "System Information\n\tManufacturer: QEMU\n\tProduct Name: Box\n");
	ok(!hvp_dump_read_tree(folder, &dump) && is_box(&dump), "a tree");
	hvp_dump_free(&dump);
	for (i = 0; i < HVP_ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		remove(path);
	}
	ok(hvp_dump_read_tree(folder, &dump) == -ENOENT && dump.problem_count,
	   "a tree that is not there");
	hvp_dump_free(&dump);
}

static size_t compressed(const void *data, size_t bytes, u8 *out, size_t room)
{
	z_stream z = { 0 };

	deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
	z.next_in = (Bytef *)data;
	z.avail_in = (uInt)bytes;
	z.next_out = out;
	z.avail_out = (uInt)room;
	deflate(&z, Z_FINISH);
	room -= z.avail_out;
	deflateEnd(&z);
	return room;
}

static void test_gzip(void)
{
	size_t large = (size_t)100 << 20, bytes, cut;
	struct hvp_dump dump;
	u8 *zeros = calloc(1, large), *out = malloc(1 << 20);
	char tar[8192];

	bytes = compressed(ROW, strlen(ROW), out, 1 << 20);
	read_bytes(out, bytes, &dump);
	ok(is_kvm(&dump), "a compressed text");
	hvp_dump_free(&dump);

	bytes = compressed(tar, make_tar(tar), out, 1 << 20);
	read_bytes(out, bytes, &dump);
	ok(is_box(&dump), "a compressed tar");
	hvp_dump_free(&dump);
	for (cut = 2; cut < bytes; cut += 13) {
		if (read_bytes(out, cut, &dump) != -EBADMSG)
			break;
		hvp_dump_free(&dump);
	}
	ok(cut >= bytes, "a compressed tar cut off anywhere");

	bytes = compressed(zeros, large, out, 1 << 20);
	ok(read_bytes(out, bytes, &dump) == -EBADMSG &&
	   strstr(dump.problems[0].text, "grows"),
	   "%zu bytes that would become %zu", bytes, large);
	hvp_dump_free(&dump);
	free(zeros);
	free(out);
}

int main(void)
{
	test_encodings();
	test_hopeless();
	test_limits();
	test_tar();
	test_directory();
	test_gzip();
	return done_testing();
}
