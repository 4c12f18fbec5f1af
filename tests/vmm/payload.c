// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs a script of instructions and expectations, prints TAP; README.md has the
 * language. A register that a line does not expect to change must not change.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PORT_SERIAL	0x3f8
#define PORT_EXIT	0x501
#define NO_FAULT	(~0ULL)
#define XMM_AT		16		/* index of XMM0's low half */
#define VALUES		(XMM_AT + 12)

extern uint64_t regs_in[VALUES], regs_out[VALUES];
extern uint64_t fault_vector, fault_frame[2], call_page;
extern char insn_vmcall[], insn_vmmcall[], insn_page[], insn_cpuid[];
extern char insn_rdmsr[], insn_wrmsr[];
void payload_issue(void *instruction);
void payload_main(char *script);

static const char *const names[VALUES] = {
	"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11",
	"r12", "r13", "r14", "r15", NULL, "xmm0", NULL, "xmm1", NULL, "xmm2", NULL,
	"xmm3", NULL, "xmm4", NULL, "xmm5", NULL,
};

/* Values that no answer has by chance; RAX as a Hyper-V caller presets it. */
static void poison(void)
{
	unsigned int i;

	for (i = 0; i < VALUES; i++)
		regs_in[i] = 0xa5a5000000000000ULL + 0x0101010101ULL * (i + 1);
	regs_in[0] = 0x80000000;
}

static void out_port(uint16_t port, uint8_t value)
{
	asm volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

/* REP OUTSB: one exit for a whole text. */
static void print_bytes(const char *text, size_t bytes)
{
	asm volatile("cld; rep outsb" : "+S"(text), "+c"(bytes)
		     : "d"((uint16_t)PORT_SERIAL) : "memory");
}

static void print(const char *text)
{
	size_t bytes = 0;

	while (text[bytes])
		bytes++;
	print_bytes(text, bytes);
}

static void print_hex(uint64_t value)
{
	char text[18] = "0x";
	int digits = 1, i;

	while (digits < 16 && value >> 4 * digits)
		digits++;
	for (i = 0; i < digits; i++)
		text[2 + i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
	print_bytes(text, 2 + digits);
}

static void print_number(unsigned int value)
{
	char text[10];
	int at = sizeof(text);

	do
		text[--at] = '0' + value % 10;
	while (value /= 10);
	print_bytes(text + at, sizeof(text) - at);
}

static char *skip_blanks(char *at)
{
	while (*at == ' ' || *at == '\t')
		at++;
	return at;
}

static bool take(char **at, const char *word)
{
	char *from = *at;

	while (*word && *from == *word)
		from++, word++;
	if (*word)
		return false;
	*at = from;
	return true;
}

static uint64_t number(char **at)
{
	uint64_t value = 0, base = 10, digit;
	bool negative = take(at, "-");

	if (take(at, "0x"))
		base = 16;
	for (;; (*at)++) {
		char c = **at;

		digit = c >= '0' && c <= '9' ? c - '0' :
			c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
		if (digit >= base)
			break;
		value = value * base + digit;
	}
	return negative ? -value : value;
}

/* NAME=VALUE, for XMM NAME=LOW:HIGH; returns the index, VALUES if no register. */
static unsigned int assignment(char **at, uint64_t value[2])
{
	unsigned int i;
	char *from;

	for (i = 0; i < VALUES; i++) {
		from = *at;
		if (names[i] && take(&from, names[i]) && take(&from, "="))
			break;
	}
	if (i == VALUES)
		return VALUES;
	value[0] = number(&from);
	value[1] = take(&from, ":") ? number(&from) : 0;
	*at = from;
	return i;
}

static struct { const char *verb; char *instruction; } verbs[] = {
	{ "vmcall ", insn_vmcall }, { "vmmcall ", insn_vmmcall },
	{ "native ", NULL }, { "other ", NULL }, { "page ", insn_page },
	{ "cpuid ", insn_cpuid }, { "rdmsr ", insn_rdmsr }, { "wrmsr ", insn_wrmsr },
};

static bool mismatch(const char *name, uint64_t got, bool first)
{
	print(first ? "# got " : " ");
	print(name);
	print("=");
	print_hex(got);
	return false;
}

/* "peek ADDRESS VALUE" and "poke ADDRESS VALUE" of 64 bits. */
static bool memory(char *at, bool write)
{
	uint64_t *address = (uint64_t *)number(&at);
	uint64_t value;

	at = skip_blanks(at);
	value = number(&at);
	if (write)
		*(volatile uint64_t *)address = value;
	else if (*(volatile uint64_t *)address != value)
		return mismatch("memory", *(volatile uint64_t *)address, true);
	return true;
}

static bool compare(char *expected, const char *code)
{
	uint64_t want[VALUES], vector = NO_FAULT, value[2];
	uint64_t rip = fault_frame[fault_vector == 13];	/* behind the error code */
	bool ignore[VALUES] = { false }, good = true;
	unsigned int i;

	for (i = 0; i < VALUES; i++)
		want[i] = regs_in[i];
	while (*(expected = skip_blanks(expected)) && *expected != '\n') {
		if (take(&expected, "fault=")) {
			vector = number(&expected);
		} else if (take(&expected, "any=")) {
			for (i = 0; i < VALUES; i++)
				if (names[i] && take(&expected, names[i]))
					ignore[i] = true;
		} else {
			i = assignment(&expected, value);
			if (i == VALUES) {
				print("# cannot read: ");
				return false;
			}
			want[i] = value[0];
			if (i >= XMM_AT)
				want[i + 1] = value[1];
		}
	}
	if (fault_vector != vector)
		good = mismatch("fault", fault_vector, good);
	if (fault_vector != NO_FAULT && code != insn_page && rip != (uint64_t)code)
		good = mismatch("rip", rip, good);
	for (i = 0; i < VALUES; i++)
		if (!ignore[i] && i != XMM_AT - 1 && regs_out[i] != want[i])
			good = mismatch(names[i] ? names[i] : "(high half)",
					regs_out[i], good);
	return good;
}

static bool instruction(char *at, char *code)
{
	uint64_t value[2];
	unsigned int i;

	poison();
	for (;;) {
		at = skip_blanks(at);
		if (take(&at, "page=")) {
			call_page = number(&at);
			continue;
		}
		i = assignment(&at, value);
		if (i == VALUES)
			break;
		regs_in[i] = value[0];
		if (i >= XMM_AT)
			regs_in[i + 1] = value[1];
	}
	payload_issue(code);
	return compare(take(&at, "=>") ? at : "", code);
}

static bool execute(char *line)
{
	unsigned int i;

	if (take(&line, "poke "))
		return memory(line, true);
	if (take(&line, "peek "))
		return memory(line, false);
	if (take(&line, "mark ")) {
		out_port(0xf4, (uint8_t)number(&line));
		return true;
	}
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (take(&line, verbs[i].verb))
			return instruction(line, verbs[i].instruction);
	print("# no such verb: ");
	return false;
}

void payload_main(char *script)
{
	bool amd = script[-1], good = true, line_good;
	unsigned int n = 0;
	char *line = script, *end;

	verbs[2].instruction = amd ? insn_vmmcall : insn_vmcall;
	verbs[3].instruction = amd ? insn_vmcall : insn_vmmcall;
	for (; *line; line = *end ? end + 1 : end) {
		for (end = line; *end && *end != '\n'; end++)
			;
		line = skip_blanks(line);
		if (line == end || *line == '#')
			continue;
		line_good = execute(line);
		good = good && line_good;
		print(line_good ? "ok " : "\nnot ok ");
		print_number(++n);
		print(" - ");
		print_bytes(line, end - line);
		print("\n");
	}
	print("1..");
	print_number(n);
	print("\n");
	out_port(PORT_EXIT, !good);
}
