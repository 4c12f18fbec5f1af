// SPDX-License-Identifier: GPL-2.0-only
/*
 * core/registry: what the compiler cannot check in the tables. Run in the root
 * of the tree, or name the list of published numbers as the only argument.
 */
#include "../../core/report.h"
#include "tap.h"

#define PUBLISHED	"tests/lint/published-capabilities.txt"
#define MEANING_MAX	70
#define SPEC_MAX	40

/* ^[a-z0-9]+([.-][a-z0-9]+)*$ */
static bool good_name(const char *name)
{
	bool between = true;

	for (; *name; name++) {
		bool word = (*name >= 'a' && *name <= 'z') ||
			    (*name >= '0' && *name <= '9');

		if (!word && (between || (*name != '.' && *name != '-')))
			return false;
		between = !word;
	}
	return !between;
}

static bool good_text(const char *text, size_t max)
{
	size_t length = strlen(text), i;

	for (i = 0; i < length; i++)
		if (text[i] < ' ' || text[i] > '~' || text[i] == '|')
			return false;
	return length && length <= max;
}

static void test_names(void)
{
	static const char *const bad[] = { "", ".a", "a.", "a..b", "a.-b", "A",
					   "a_b", "a b", "-" };
	u32 i, j, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(bad); i++)
		wrong += good_name(bad[i]);
	ok(!wrong && good_name("a") && good_name("0x.a-b2"),
	   "the check of names itself");

	for (i = wrong = 0; i < HVP_CAP_COUNT; i++)
		if (!good_name(hvp_caps[i].name) ||
		    hvp_cap_find(hvp_caps[i].name) != (int)i) {
			diag("capability %s", hvp_caps[i].name);
			wrong++;
		}
	ok(!wrong, "names of capabilities are well formed, each finds its row");

	for (i = wrong = 0; i < HVP_FIELD_COUNT; i++)
		if (!good_name(hvp_fields[i].name) ||
		    hvp_field_find(hvp_fields[i].name) != (int)i) {
			diag("field %s", hvp_fields[i].name);
			wrong++;
		}
	ok(!wrong, "names of fields are well formed, each finds its row");

	for (i = wrong = 0; i < HVP_CAP_COUNT; i++)
		for (j = 0; j < HVP_FIELD_COUNT; j++)
			wrong += !strcmp(hvp_caps[i].name, hvp_fields[j].name);
	ok(!wrong, "no field has the name of a capability");

	ok(hvp_cap_find("") < 0 && hvp_cap_find("kvm.steal-tim") < 0 &&
		   hvp_field_find("") < 0 &&
		   hvp_field_find("kvm.steal-time") < 0,
	   "names without a row are not found");
}

static void test_texts(void)
{
	u32 i, wrong;

	for (i = wrong = 0; i < HVP_CAP_COUNT; i++)
		if (!good_text(hvp_caps[i].meaning, MEANING_MAX) ||
		    !good_text(hvp_caps[i].spec, SPEC_MAX)) {
			diag("capability %s", hvp_caps[i].name);
			wrong++;
		}
	ok(!wrong, "every capability has a meaning and a specification");
	for (i = wrong = 0; i < HVP_FIELD_COUNT; i++)
		if (!good_text(hvp_fields[i].meaning, MEANING_MAX) ||
		    !good_text(hvp_fields[i].spec, SPEC_MAX)) {
			diag("field %s", hvp_fields[i].name);
			wrong++;
		}
	ok(!wrong, "every field has a meaning and a specification");
	for (i = wrong = 0; i < hvp_sig_count; i++)
		wrong += !good_text(hvp_sigs[i].spec, SPEC_MAX);
	for (i = 0; i < hvp_vendor_count; i++)
		wrong += !good_text(hvp_vendors[i].spec, SPEC_MAX);
	ok(!wrong, "every signature and vendor string has a source");
}

static bool same_place(const struct hvp_cap *a, const struct hvp_cap *b)
{
	if (a->where != b->where || a->abi != b->abi)
		return false;
	if (a->where == HVP_WHERE_ABI || a->where == HVP_WHERE_CALL)
		return true;
	/* A service and its version may both be told by one answer. */
	if (a->where == HVP_WHERE_SMCCC && a->bit >= HVP_SAYS_ANY)
		return a->leaf == b->leaf && a->bit == b->bit;
	return a->leaf == b->leaf && a->subleaf == b->subleaf &&
	       a->reg == b->reg && a->bit == b->bit;
}

static bool holds_bit(const struct hvp_field *field, const struct hvp_cap *cap)
{
	u32 bit = cap->reg * 32U + cap->bit, first = field->reg * 32U;

	return cap->where == HVP_WHERE_CPUID &&
	       field->where == HVP_WHERE_CPUID && cap->abi == field->abi &&
	       cap->leaf == field->leaf && cap->subleaf == field->subleaf &&
	       bit >= first + field->lo && bit <= first + field->hi;
}

static bool overlap(const struct hvp_field *a, const struct hvp_field *b)
{
	u32 width = a->where == HVP_WHERE_SMCCC ? 64 : 32;
	u32 a0 = a->reg * width, b0 = b->reg * width;

	return a->where == b->where && a->abi == b->abi && a->leaf == b->leaf &&
	       a->subleaf == b->subleaf && a0 + a->lo <= b0 + b->hi &&
	       b0 + b->lo <= a0 + a->hi;
}

static void test_places(void)
{
	u32 i, j, wrong;

	for (i = wrong = 0; i < HVP_CAP_COUNT; i++)
		for (j = i + 1; j < HVP_CAP_COUNT; j++)
			if (same_place(&hvp_caps[i], &hvp_caps[j])) {
				diag("%s, %s", hvp_caps[i].name,
				     hvp_caps[j].name);
				wrong++;
			}
	ok(!wrong, "no two capabilities are read from the same place");

	for (i = wrong = 0; i < HVP_CAP_COUNT; i++)
		for (j = 0; j < HVP_FIELD_COUNT; j++)
			if (holds_bit(&hvp_fields[j], &hvp_caps[i])) {
				diag("%s, %s", hvp_caps[i].name,
				     hvp_fields[j].name);
				wrong++;
			}
	ok(!wrong, "no field covers the bit of a capability");

	for (i = wrong = 0; i < HVP_FIELD_COUNT; i++)
		for (j = i + 1; j < HVP_FIELD_COUNT; j++)
			if (overlap(&hvp_fields[i], &hvp_fields[j])) {
				diag("%s, %s", hvp_fields[i].name,
				     hvp_fields[j].name);
				wrong++;
			}
	ok(!wrong, "no two fields overlap");

	for (i = wrong = 0; i < HVP_CAP_COUNT + HVP_FIELD_COUNT; i++) {
		const struct hvp_cap *c = i < HVP_CAP_COUNT ? &hvp_caps[i] :
							      NULL;
		const struct hvp_field *f =
			c ? NULL : &hvp_fields[i - HVP_CAP_COUNT];
		u32 abi = c ? c->abi : f->abi;
		u32 leaf = c ? c->leaf : f->leaf;

		if (abi == HVP_ABI_CPU ||
		    (c ? c->where : f->where) != HVP_WHERE_CPUID)
			continue;
		/* The base leaf is the signature; offsets stay in the base. */
		if (!leaf || leaf >= HVP_BASE_STEP) {
			diag("%s", c ? c->name : f->name);
			wrong++;
		}
	}
	ok(!wrong, "leaves of interfaces are offsets 1 to 0xff");
}

static void test_needs(void)
{
	u32 i, wrong = 0;

	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap *cap = &hvp_caps[i];
		u32 steps = 0, at = i;

		if (cap->needs == HVP_CAP_NONE)
			continue;
		while (hvp_caps[at].needs != HVP_CAP_NONE &&
		       steps++ < HVP_CAP_COUNT)
			at = hvp_caps[at].needs;
		/* An MSR row takes over its prerequisite's state: known first. */
		if (steps >= HVP_CAP_COUNT ||
		    hvp_caps[cap->needs].abi != cap->abi ||
		    (cap->where == HVP_WHERE_MSR && cap->needs >= i)) {
			diag("%s", cap->name);
			wrong++;
		}
	}
	ok(!wrong, "prerequisites are of the same ABI and end somewhere");
}

static void test_signatures(void)
{
	u8 bytes[12];
	u32 i, wrong;

	for (i = wrong = 0; i < hvp_sig_count; i++)
		if (hvp_sig_find((const u8 *)hvp_sigs[i].bytes) !=
			    &hvp_sigs[i] ||
		    !hvp_sigs[i].bytes[0] || hvp_sigs[i].bytes[12] ||
		    hvp_sigs[i].product == HVP_PRODUCT_NONE ||
		    hvp_sigs[i].abis >> HVP_ABI_COUNT) {
			diag("%.12s", hvp_sigs[i].bytes);
			wrong++;
		}
	ok(!wrong && hvp_sig_count, "signatures are unique, each finds its row");

	for (i = wrong = 0; i < hvp_vendor_count; i++)
		if (hvp_vendor_find((const u8 *)hvp_vendors[i].bytes) !=
			    &hvp_vendors[i] ||
		    hvp_vendors[i].bytes[12] ||
		    (hvp_vendors[i].product != HVP_PRODUCT_NONE &&
		     hvp_vendors[i].insn != HVP_INSN_NONE)) {
			diag("%.12s", hvp_vendors[i].bytes);
			wrong++;
		}
	ok(!wrong && hvp_vendor_count,
	   "vendor strings are unique, each finds its row");

	memset(bytes, 0, sizeof(bytes));
	ok(!hvp_sig_find(bytes) && !hvp_vendor_find(bytes),
	   "twelve zero bytes are nobody");
	memcpy(bytes, "KVMKVMKVMKVM", 12);
	ok(!hvp_sig_find(bytes), "all twelve bytes count");
	memcpy(bytes, "KVMKVMKVM\0\0\0", 12);
	ok(hvp_sig_find(bytes) &&
		   hvp_sig_find(bytes)->product == HVP_PRODUCT_KVM &&
		   hvp_sig_find(bytes)->abis & 1U << HVP_ABI_KVM,
	   "KVM's own signature carries KVM's ABI");
	memcpy(bytes, "AuthenticAMD", 12);
	ok(hvp_vendor_find(bytes) &&
		   hvp_vendor_find(bytes)->insn == HVP_INSN_VMMCALL,
	   "AMD calls by VMMCALL");
	memcpy(bytes, "GenuineIntel", 12);
	ok(hvp_vendor_find(bytes) &&
		   hvp_vendor_find(bytes)->insn == HVP_INSN_VMCALL,
	   "Intel calls by VMCALL");
}

static void test_hints(void)
{
	u32 i, j, wrong;

	for (i = wrong = 0; i < hvp_hint_count; i++) {
		const struct hvp_hint *h = &hvp_hints[i];

		wrong += !strcmp(hvp_text_key_name(h->key), "?");
		wrong += h->product == HVP_PRODUCT_NONE;
		/* An empty text is evidence of one thing: the file is there. */
		wrong += !*h->prefix && h->key != HVP_TEXT_PROC_XEN;
	}
	ok(!wrong && hvp_hint_count, "hints name a key and a product");
	for (i = wrong = 0; i < hvp_hint_count; i++)
		for (j = i + 1; j < hvp_hint_count; j++)
			if (hvp_hints[i].key == hvp_hints[j].key &&
			    !strncmp(hvp_hints[i].prefix, hvp_hints[j].prefix,
				     strlen(hvp_hints[i].prefix))) {
				diag("%s hides %s", hvp_hints[i].prefix,
				     hvp_hints[j].prefix);
				wrong++;
			}
	ok(!wrong, "no hint is hidden by a shorter one before it");
}

/* Every number below @count has a name of its own, @count has none. */
static bool names_hold(const char *(*name)(u32), u32 count)
{
	u32 i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j <= i; j++)
			if (!strcmp(name(i), j == i ? "?" : name(j)))
				return false;
	return !strcmp(name(count), "?") && !strcmp(name(0xffffffff), "?");
}

static void test_name_lookups(void)
{
	static const struct {
		const char *what;
		const char *(*name)(u32);
		u32 count;
	} lists[] = {
		{ "keys of ABIs", hvp_abi_key, HVP_ABI_COUNT },
		{ "names of ABIs", hvp_abi_name, HVP_ABI_COUNT },
		{ "keys of products", hvp_product_key, HVP_PRODUCT_COUNT },
		{ "names of products", hvp_product_name, HVP_PRODUCT_COUNT },
		{ "names of states", hvp_state_name, HVP_STATE_COUNT },
		{ "keys of reasons", hvp_reason_key, HVP_REASON_COUNT },
		{ "names of instructions", hvp_insn_name, HVP_INSN_PORT + 1 },
		{ "names of sources", hvp_source_name, HVP_SOURCE_SYSTEM + 1 },
		{ "names of registers", hvp_reg_name, HVP_REG_X0 + 4 },
	};
	static const u16 keys[] = {
#define HVP_TEXT(number, id, key) number,
#include "../../core/texts.def"
#undef HVP_TEXT
	};
	u32 i, wrong;

	for (i = 0; i < HVP_ARRAY_SIZE(lists); i++)
		ok(names_hold(lists[i].name, lists[i].count),
		   "%s: one each, none beyond", lists[i].what);
	for (i = wrong = 0; i < HVP_REASON_COUNT; i++)
		wrong += !strcmp(hvp_reason_hint(i), "?");
	ok(!wrong && !strcmp(hvp_reason_hint(HVP_REASON_COUNT), "?"),
	   "every reason has a hint");
	for (i = wrong = 0; i < HVP_ARRAY_SIZE(keys); i++)
		wrong += hvp_text_key_find(hvp_text_key_name(keys[i])) !=
			 keys[i];
	ok(!wrong && hvp_text_key_find("") < 0 && hvp_text_key_find("?") < 0 &&
		   !strcmp(hvp_text_key_name(0), "?"),
	   "keys of texts round-trip");
}

/* Numbers are ABI: what was published once stays where it was. */
static void test_published(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[128], want[128];
	u32 count = 0, wrong = 0;

	if (!ok(file, "%s can be read", path))
		return;
	while (fgets(line, sizeof(line), file)) {
		if (line[0] == '#')
			continue;
		line[strcspn(line, "\n")] = '\0';
		if (count < HVP_CAP_COUNT)
			snprintf(want, sizeof(want), "%u %s", count,
				 hvp_caps[count].name);
		else
			want[0] = '\0';
		if (strcmp(line, want)) {
			diag("published \"%s\", table \"%s\"", line, want);
			wrong++;
		}
		count++;
	}
	fclose(file);
	ok(count && !wrong, "published numbers kept their names");
	ok(count == HVP_CAP_COUNT, "every capability is in the published list");
}

int main(int argc, char **argv)
{
	test_names();
	test_texts();
	test_places();
	test_needs();
	test_signatures();
	test_hints();
	test_name_lookups();
	test_published(argc > 1 ? argv[1] : PUBLISHED);
	return done_testing();
}
