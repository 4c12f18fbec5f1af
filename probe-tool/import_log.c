// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines that tell of a hypervisor in words: boot logs, lscpu, decoded dumps.
 * Where a kernel prints a register, the register is the fact; where it prints
 * a judgement, its words are.
 */
#include "import_log_line.h"
#include "import_signature.h"

#define LINE_MAX_BYTES	512U	/* kept of a line that is kept whole */

/**
 * struct log_words - words that make a line one of ours
 * @format: key of the format
 * @words: as they are printed
 * @read: what to do with the line; the other members are for it
 */
struct log_words {
	const char *format;
	const char *words;
	void (*read)(struct hvp_log_line *line);
	u32 leaf;
	u8 reg;
	u16 key;
};

static void add_text(struct hvp_log_sink *sink, u16 key, const char *text,
		     const char *end)
{
	while (end > text && end[-1] == '"')
		end--;
	if (hvp_store_text(sink->store, HVP_SOURCE_DUMP, key, text,
			   (size_t)(end - text)) == -ENOMEM)
		sink->error = -ENOMEM;
}

void hvp_log_add(struct hvp_log_sink *sink, u32 leaf, u8 reg,
			 u32 value)
{
	struct hvp_fact fact;
	int ret;

	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, HVP_CPU_ANY, leaf, 0, 0, 0,
			   0, 0);
	fact.cpuid.regs[reg] = value;
	fact.cpuid.known = 1U << reg;
	ret = hvp_store_add(sink->store, &fact, NULL);
	if (ret < 0)
		sink->error = ret;
}

static void read_text(struct hvp_log_line *line)
{
	const char *start = hvp_skip_blanks(line->rest, line->end);

	add_text(line->sink, line->key, start, line->end);
}

void hvp_log_read_whole(struct hvp_log_line *line)
{
	const char *end = line->end;

	if (end - line->start > LINE_MAX_BYTES)
		end = line->start + LINE_MAX_BYTES;
	add_text(line->sink, HVP_TEXT_KERNEL_LINE, line->start, end);
}

void hvp_log_read_register(struct hvp_log_line *line)
{
	const char *p = hvp_skip_blanks(line->rest, line->end);
	struct hvp_number number;

	if (!hvp_scan_hex(p, line->end, &number) || number.digits > 8)
		line->sink->expected = "a register of up to 8 hex digits";
	else
		hvp_log_add(line->sink, line->leaf, line->reg,
			     (u32)number.value);
}

/* "2496.003 MHz" or "66000000 Hz", in the leaf's kHz. */
static void read_frequency(struct hvp_log_line *line)
{
	const char *p = hvp_skip_blanks(line->rest, line->end);
	u64 whole, part = 0, khz;

	p = hvp_scan_decimal(p, line->end, &whole);
	if (p && line->end - p > 3 && *p == '.') {
		p = hvp_scan_decimal(p + 1, line->end, &part);
		if (part > 999)
			p = NULL;
	}
	if (!p || whole > 0xffffffff) {
		line->sink->expected = "a frequency";
		return;
	}
	p = hvp_skip_blanks(p, line->end);
	if (hvp_skip_word(p, line->end, "MHz"))
		khz = whole * 1000 + part;
	else
		khz = whole / 1000;
	if (khz > 0xffffffff)
		line->sink->expected = "a smaller frequency";
	else
		hvp_log_add(line->sink, line->leaf, line->reg, (u32)khz);
}

static void read_xen_version(struct hvp_log_line *line)
{
	const char *p = line->rest;
	u64 major, minor;

	if (p < line->end && *p == ':')
		p++;
	p = hvp_skip_blanks(p, line->end);
	/* Two words that people write, too. */
	if (p == line->end || !hvp_is_digit(*p))
		return;
	p = hvp_scan_decimal(p, line->end, &major);
	if (!p || p == line->end || *p != '.' ||
	    !hvp_scan_decimal(p + 1, line->end, &minor) || major > 0xffff ||
	    minor > 0xffff)
		line->sink->expected = "major.minor";
	else
		hvp_log_add(line->sink, 0x40000001, HVP_EAX,
			     (u32)(major << 16 | minor));
}

/* 'KVMKVMKVM', "KVMKVMKVM\0\0\0": quoted, as the bytes or as escapes. */
static void read_signature(struct hvp_log_line *line)
{
	const char *start = line->rest, *end = line->end;
	int ret;

	while (start < end && *start != '"' && *start != '\'')
		start++;
	while (end > start + 1 && *start != end[-1])
		end--;
	if (end - start < 2) {
		line->sink->expected = "a signature in quotes";
		return;
	}
	ret = hvp_signature_add(line->sink->store, line->leaf, start + 1,
				(size_t)(end - start) - 2);
	if (ret < 0)
		line->sink->error = ret;
}

static void read_vendor(struct hvp_log_line *line)
{
	const char *p = line->rest;
	int ret;

	while (p < line->end && (hvp_is_blank(*p) || *p == ':' || *p == '"'))
		p++;
	if (line->end - p < 12)
		return;
	ret = hvp_signature_add(line->sink->store, 0, p, 12);
	if (ret < 0)
		line->sink->error = ret;
}

/* FreeBSD's second line: Origin="GenuineIntel"  Id=0x506e3  Family=... */
static void read_origin(struct hvp_log_line *line)
{
	const char *id = hvp_find(line->rest, line->end, "Id=0x");
	struct hvp_log_line number = *line;

	read_vendor(line);
	if (!id)
		return;
	number.rest = id + 3;
	number.leaf = 1;
	number.reg = HVP_EAX;
	hvp_log_read_register(&number);
}

/* The flag is an answer when it is missing, too. */
static void read_cpu_flags(struct hvp_log_line *line)
{
	const char *flag = hvp_find(line->rest, line->end, " hypervisor");

	if (!hvp_find(line->rest, line->end, " fpu "))
		return;
	flag = flag ? "yes" : "no";
	add_text(line->sink, HVP_TEXT_CPUINFO_HYPERVISOR, flag,
		 flag + strlen(flag));
}

#define LOG	"kernel-log"
#define BSD	"freebsd-log"
#define TEXT	"decoded-text"
#define LSCPU	"lscpu"

#define WORDS(f, w, r)		{ .format = f, .words = w, .read = r }
#define SAYS(f, w, k)		{ .format = f, .words = w, .read = read_text, \
				  .key = HVP_TEXT_##k }
#define HOLDS(f, w, r, l, x)	{ .format = f, .words = w, .read = r, \
				  .leaf = l, .reg = HVP_##x }

static const struct log_words anywhere[] = {
	SAYS(LOG, "Hypervisor detected: ", KERNEL_DETECTED),
	WORDS(LOG, "Hyper-V: privilege flags", hvp_log_hyperv_flags),
	WORDS(LOG, "Hyper-V: features", hvp_log_hyperv_features),
	WORDS(LOG, "HyperV: features", hvp_log_hyperv_features),
	HOLDS(LOG, "Hyper-V: Nested features:", hvp_log_read_register, 0x4000000a, EAX),
	WORDS(LOG, "Hyper-V: Isolation Config: Group A", hvp_log_isolation),
	WORDS(LOG, "Hyper-V: Host Build", hvp_log_host_build),
	WORDS(LOG, "Hyper-V Host Build", hvp_log_host_build),
	WORDS(LOG, "Hyper-V: ", hvp_log_read_whole),
	HOLDS(LOG, "vmware: TSC freq read from hypervisor :", read_frequency, 0x40000010, EAX),
	HOLDS(LOG, "vmware: Host bus clock speed read from hypervisor :", read_frequency, 0x40000010, EBX),
	WORDS(LOG, "vmware: hypercall mode", hvp_log_read_whole),
	WORDS(LOG, "Starting gVisor...", hvp_log_read_whole),
	SAYS(LOG, "Memory Encryption Features active:", KERNEL_CC_LINE),
	SAYS(LOG, "AMD Secure Encrypted Virtualization ", KERNEL_CC_LINE),
	WORDS(LOG, "kvm-clock: ", hvp_log_read_whole),
	WORDS(LOG, "Booting paravirtualized kernel", hvp_log_read_whole),
	WORDS(LOG, "Xen version", read_xen_version),
	WORDS(LOG, "smccc: KVM: hypervisor services detected (", hvp_log_kvm_services),
	WORDS(LOG, "psci: ", hvp_log_psci),
	WORDS(LOG, "CPU: All CPU(s) started at ", hvp_log_started_at),
	WORDS(LOG, "DMI: ", hvp_log_read_whole),
	WORDS(LOG, "Detected virtualization ", hvp_log_read_whole),
	SAYS("openbsd-log", "pvbus0 at mainbus0: ", KERNEL_DETECTED),
	HOLDS(BSD, "Hypervisor: Origin = ", read_signature, 0x40000000, EAX),
	SAYS(LSCPU, "Hypervisor vendor: ", LSCPU_VENDOR),
	HOLDS(TEXT, "Maximum hypervisor CPUID leaf:", hvp_log_read_register, 0x40000000, EAX),
	HOLDS(TEXT, "Hypervisor vendor string:", read_signature, 0x40000000, EAX),
	HOLDS(TEXT, "hypervisor_id", read_signature, 0x40000000, EAX),
};

/* Words that mean something only where a line begins. */
static const struct log_words at_start[] = {
	WORDS(BSD, "Origin=\"", read_origin),
	HOLDS(BSD, "Features=", hvp_log_read_register, 1, EDX),
	HOLDS(BSD, "Features2=", hvp_log_read_register, 1, ECX),
	HOLDS(BSD, "AMD Features=", hvp_log_read_register, 0x80000001, EDX),
	HOLDS(BSD, "AMD Features2=", hvp_log_read_register, 0x80000001, ECX),
	HOLDS(BSD, "Structured Extended Features=", hvp_log_read_register, 7, EBX),
	HOLDS(BSD, "Structured Extended Features2=", hvp_log_read_register, 7, ECX),
	HOLDS(BSD, "Structured Extended Features3=", hvp_log_read_register, 7, EDX),
	WORDS(LSCPU, "Vendor ID:", read_vendor),
	WORDS("cpuinfo", "vendor_id\t:", read_vendor),
	WORDS(LSCPU, "Flags:", read_cpu_flags),
	WORDS("cpuinfo", "flags\t\t:", read_cpu_flags),
};

bool hvp_log_is_boot(const struct hvp_line *line)
{
	const char *p = hvp_find(line->text, line->text + line->bytes,
				 "Linux version ");

	return p && p - line->text < 64 && hvp_find(p, line->text + line->bytes,
						    "gcc");
}

static_assert(HVP_ARRAY_SIZE(anywhere) <= 32, "one bit each in .starts");

void hvp_log_init(struct hvp_log_sink *sink)
{
	size_t i;

	memset(sink, 0, sizeof(*sink));
	for (i = 0; i < HVP_ARRAY_SIZE(anywhere); i++)
		sink->starts[(u8)*anywhere[i].words] |= 1U << i;
}

static const struct log_words *find_at_start(struct hvp_log_line *line)
{
	size_t i;

	for (i = 0; i < HVP_ARRAY_SIZE(at_start); i++) {
		line->rest = hvp_skip_word(line->start, line->end,
					   at_start[i].words);
		if (line->rest)
			return &at_start[i];
	}
	return NULL;
}

static const struct log_words *find_anywhere(struct hvp_log_line *line)
{
	const char *p;
	u32 wanted;
	size_t i;

	for (p = line->start; p < line->end; p++) {
		wanted = line->sink->starts[(u8)*p];
		if (!wanted || (p > line->start && hvp_is_word(p[-1])))
			continue;
		for (i = 0; wanted; i++, wanted >>= 1) {
			size_t bytes = strlen(anywhere[i].words);

			if (!(wanted & 1) || (size_t)(line->end - p) < bytes ||
			    memcmp(p, anywhere[i].words, bytes))
				continue;
			line->start = p;
			line->rest = p + bytes;
			return &anywhere[i];
		}
	}
	return NULL;
}

static bool is_hyperv(const struct hvp_log_line *line)
{
	static const char name[] = "Hyper-V";
	size_t bytes = sizeof(name) - 1;

	return (size_t)(line->end - line->start) >= bytes &&
	       !memcmp(line->start, name, bytes);
}

const char *hvp_log_line(struct hvp_log_sink *sink, const struct hvp_line *line)
{
	const struct log_words *words;
	struct hvp_log_line found = {
		.sink = sink, .end = line->text + line->bytes,
	};

	found.start = hvp_skip_blanks(line->text, found.end);
	words = find_at_start(&found);
	if (!words)
		words = find_anywhere(&found);
	if (!words)
		return NULL;
	found.leaf = words->leaf;
	found.reg = words->reg;
	found.key = words->key;
	/* The words are x86's, the bits behind them are not. */
	if (is_hyperv(&found) && hvp_log_is_arm64(sink))
		hvp_log_read_whole(&found);
	else
		words->read(&found);
	return words->format;
}
