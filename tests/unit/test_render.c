// SPDX-License-Identifier: GPL-2.0-only
/* probe-tool/render_common.c: hostile bytes to text, masks, signed fields. */
#include "../../probe-tool/render_common.c"
#include "tap.h"

static const struct {
	const char *in;
	size_t bytes;
	const char *out;
} escapes[] = {
	{ "", 0, "" },
	{ "KVM", 3, "KVM" },
	{ "a\0b", 3, "a\\0b" },
	{ "a\\b", 3, "a\\\\b" },
	{ "\033[31m", 5, "\\x1b[31m" },
	{ "\n\t\x7f", 3, "\\x0a\\x09\\x7f" },
	{ "\xc3\xa9", 2, "\xc3\xa9" },
	{ "\xc3", 1, "\\xc3" },
	{ "\xc3(", 2, "\\xc3(" },
	{ "\xc0\xaf", 2, "\\xc0\\xaf" },			/* overlong */
	{ "\xe0\x80\xaf", 3, "\\xe0\\x80\\xaf" },		/* overlong */
	{ "\xed\xa0\x80", 3, "\\xed\\xa0\\x80" },		/* surrogate */
	{ "\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80" },	/* too high */
	{ "\xc2\x9b", 2, "\\xc2\\x9b" },			/* C1 control */
	{ "\xc2\x9f", 2, "\\xc2\\x9f" },			/* the last */
	{ "\xc2\xa0", 2, "\xc2\xa0" },
	{ "\xe2\x80\xae", 3, "\\xe2\\x80\\xae" },		/* right to left */
	{ "\xe2\x80\x8a", 3, "\xe2\x80\x8a" },
	{ "\xe2\x80\x8b", 3, "\\xe2\\x80\\x8b" },		/* no width */
	{ "\xe2\x80\x8f", 3, "\\xe2\\x80\\x8f" },
	{ "\xe2\x80\x90", 3, "\xe2\x80\x90" },
	{ "\xe2\x80\xa7", 3, "\xe2\x80\xa7" },
	{ "\xe2\x80\xa8", 3, "\\xe2\\x80\\xa8" },		/* a line ends */
	{ "\xe2\x80\xaf", 3, "\xe2\x80\xaf" },
	{ "\xe2\x81\xa5", 3, "\xe2\x81\xa5" },
	{ "\xe2\x81\xa6", 3, "\\xe2\\x81\\xa6" },		/* isolates */
	{ "\xe2\x81\xa9", 3, "\\xe2\\x81\\xa9" },
	{ "\xe2\x81\xaa", 3, "\xe2\x81\xaa" },
	{ "\xef\xbb\xbf", 3, "\\xef\\xbb\\xbf" },		/* byte order mark */
	{ "\xf4\x8f\xbf\xbf", 4, "\xf4\x8f\xbf\xbf" },
	{ "\xf0\x9f\x90\xa7", 4, "\xf0\x9f\x90\xa7" },
};

static void test_escape(void)
{
	char out[64];
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(escapes); i++)
		if (!ok(!strcmp(hvp_escape(out, sizeof(out), escapes[i].in,
					   escapes[i].bytes), escapes[i].out),
			"escape %u", i))
			diag("got %s", out);
	ok(!strcmp(hvp_escape(out, 4, "abcdef", 6), "abc"), "cut to fit");
	ok(!strcmp(hvp_escape(out, 4, "ab\033", 3), "ab"),
	   "an escape is not cut in two");
	ok(!strcmp(hvp_escape(out, 1, "a", 1), ""), "room for nothing");
}

static void test_signature(void)
{
	static const u8 kvm[12] = "KVMKVMKVM";
	static const u8 gap[12] = "a\0b";
	static const u8 zeros[12];
	u8 high[12];
	char text[HVP_SIGNATURE_TEXT], hex[25];

	memset(high, 0xff, sizeof(high));
	ok(!strcmp(hvp_signature_text(kvm, text, true), "KVMKVMKVM"),
	   "final zeros left out");
	ok(!strcmp(hvp_signature_text(kvm, text, false),
		   "KVMKVMKVM\\0\\0\\0"), "final zeros shown");
	ok(!strcmp(hvp_signature_text(gap, text, true), "a\\0b"),
	   "a zero between stays");
	ok(!strcmp(hvp_signature_text(zeros, text, true), ""), "all zero");
	ok(strlen(hvp_signature_text(high, text, true)) == 48,
	   "the longest text fits");
	ok(!strcmp(hvp_signature_hex(kvm, hex), "4b564d4b564d4b564d000000"),
	   "hex in the order of the bytes");
}

static void test_mask(void)
{
	static struct hvp_report report;
	char text[HVP_MASK_TEXT], wanted[HVP_MASK_TEXT];
	size_t digits = 16 * ((HVP_CAP_COUNT + 63) / 64);

	memset(wanted, '0', sizeof(wanted));
	wanted[1] = 'x';
	wanted[2 + digits] = '\0';
	ok(!strcmp(hvp_mask_text(&report, text), wanted), "empty mask");
	report.caps[1].state = HVP_STATE_ADVERTISED;
	report.caps[2].state = HVP_STATE_UNKNOWN;
	report.caps[3].state = HVP_STATE_BROKEN;
	report.caps[4].state = HVP_STATE_UNADVERTISED;
	report.caps[64].state = HVP_STATE_VERIFIED;
	wanted[1 + digits] = '2';
	wanted[digits] = '1';
	wanted[1 + digits - 16] = '1';
	if (!ok(!strcmp(hvp_mask_text(&report, text), wanted),
		"advertised, verified and unadvertised count"))
		diag("got %s wanted %s", text, wanted);
}

static void test_fields(void)
{
	struct hvp_field field = { .lo = 0, .hi = 7, .special = "none" };

	ok(hvp_field_signed(&field, 0x7f) == 127, "positive");
	ok(hvp_field_signed(&field, 0xfe) == -2, "negative of 8 bits");
	ok(hvp_field_is_special(&field, 0xff), "all ones is special");
	ok(!hvp_field_is_special(&field, 0xfe), "anything else is not");
	field.hi = 63;
	ok(hvp_field_signed(&field, ~0ULL) == -1, "negative of 64 bits");
	ok(hvp_field_is_special(&field, ~0ULL), "all ones of 64 bits");
	field.special = "";
	ok(!hvp_field_is_special(&field, ~0ULL), "no special value named");
}

static void test_names(void)
{
	struct hvp_fact call = { .kind = HVP_FACT_CALL };

	ok(!strcmp(hvp_exception_name(6), "#UD"), "#UD");
	ok(!strcmp(hvp_exception_name(9), "#?"), "a vector without a name");
	ok(!strcmp(hvp_exception_name(255), "#?"), "a vector out of range");
	call.call.abi = HVP_ABI_KVM;
	call.call.number = 1;
	ok(hvp_call_name(&call), "a known call has a name");
	call.call.args[0] = 1;
	ok(!hvp_call_name(&call), "with another argument it is another call");
}

/* Hostile: the same leaf on many CPUs, and leaves at both ends of the range. */
static void test_leaves(void)
{
	static struct hvp_fact items[16];
	static u32 slots[32];
	static struct hvp_report report;
	static const u32 wanted[] = { 0x40000000, 0x40000003, 0x40000003,
				      0x400000ff };
	struct hvp_facts facts;
	const struct hvp_fact **leaves;
	struct hvp_fact fact;
	u32 i, count;

	hvp_facts_init(&facts, items, 16, slots, 32);
	report.facts = &facts;
	report.cpu = 1;
	for (i = 0; i < 4; i++) {
		hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 1, wanted[3 - i],
				   i == 1, 0, 0, 0, 0);
		hvp_facts_add(&facts, &fact, NULL);
	}
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 0, 0x40000001, 0, 0, 0, 0,
			   0);
	hvp_facts_add(&facts, &fact, NULL);
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_USER, 1, 0x40000100, 0, 0, 0, 0,
			   0);
	hvp_facts_add(&facts, &fact, NULL);
	leaves = hvp_interface_leaves(&report, 0x40000000, &count);
	ok(leaves && count == 4, "leaves of this base and CPU only");
	for (i = 0; leaves && i < count; i++)
		ok(leaves[i]->cpuid.leaf == wanted[i] &&
		   leaves[i]->cpuid.subleaf == (i == 2), "leaf %u in order", i);
	free(leaves);
}

int main(void)
{
	test_escape();
	test_signature();
	test_mask();
	test_fields();
	test_names();
	test_leaves();
	return done_testing();
}
