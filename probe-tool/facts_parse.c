// SPDX-License-Identifier: GPL-2.0-only
/* One fact from its JSON object; the counterpart of facts_json.c. */
#include <stdlib.h>
#include <json-c/json.h>
#include "facts_parse.h"
#include "facts_words.h"
#include "import_scan.h"

static bool fail(struct hvp_trouble *trouble, const char *field,
		 const char *expected)
{
	trouble->field = field;
	trouble->expected = expected;
	return false;
}

static bool number_from(struct json_object *value, u64 max, u64 *out)
{
	struct hvp_number number;
	const char *text, *end;

	if (json_object_is_type(value, json_type_int)) {
		if (json_object_get_int64(value) < 0)
			return false;
		*out = json_object_get_uint64(value);
		return *out <= max;
	}
	if (!json_object_is_type(value, json_type_string))
		return false;
	text = json_object_get_string(value);
	end = text + json_object_get_string_len(value);
	if (hvp_scan_hex(text, end, &number) != end || !number.prefixed)
		return false;
	*out = number.value;
	return *out <= max;
}

bool hvp_json_number(struct json_object *object, const char *field, u64 max,
		       bool optional, u64 *out, struct hvp_trouble *trouble)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, field, &value))
		return optional || fail(trouble, field, "a number");
	if (!number_from(value, max, out))
		return fail(trouble, field,
			    "a number in range, \"0x\" before hexadecimal digits");
	return true;
}

static bool get_word(struct json_object *object, const char *field,
		     const struct hvp_words *words, u64 max, bool optional,
		     u64 *out, struct hvp_trouble *trouble)
{
	struct json_object *value;
	int number;

	if (!json_object_object_get_ex(object, field, &value))
		return optional || fail(trouble, field, "a name");
	if (json_object_is_type(value, json_type_int))
		return number_from(value, max, out) ||
		       fail(trouble, field, "a smaller number");
	number = json_object_is_type(value, json_type_string) ?
		 hvp_word_find(words, json_object_get_string(value)) : -1;
	if (number < 0)
		return fail(trouble, field, "a name that this version knows");
	*out = (u64)number;
	return true;
}

static bool get_bytes(struct json_object *object, const char *field,
		      u8 *out, size_t bytes, struct hvp_trouble *trouble)
{
	struct json_object *value;
	const char *text;
	size_t i;

	if (!json_object_object_get_ex(object, field, &value) ||
	    !json_object_is_type(value, json_type_string) ||
	    (size_t)json_object_get_string_len(value) != 2 * bytes)
		return fail(trouble, field, "hexadecimal digits, two a byte");
	text = json_object_get_string(value);
	for (i = 0; i < bytes; i++) {
		u8 high = hvp_hex_digit[(u8)text[2 * i]];
		u8 low = hvp_hex_digit[(u8)text[2 * i + 1]];

		if ((high | low) > 15)
			return fail(trouble, field, "hexadecimal digits");
		out[i] = (u8)(high << 4 | low);
	}
	return true;
}

static bool read_cpuid(struct json_object *object, struct hvp_fact *fact,
		       struct hvp_trouble *trouble)
{
	static const char *const names[] = { "eax", "ebx", "ecx", "edx" };
	u64 leaf = 0, subleaf = 0, known = 0, how = 0, value;
	u32 r;

	if (!hvp_json_number(object, "leaf", 0xffffffff, false, &leaf, trouble) ||
	    !hvp_json_number(object, "subleaf", 0xffffffff, true, &subleaf, trouble))
		return false;
	for (r = 0; r < 4; r++) {
		value = 0;
		if (!hvp_json_number(object, names[r], 0xffffffff, true, &value,
				trouble))
			return false;
		fact->cpuid.regs[r] = (u32)value;
		if (json_object_object_get_ex(object, names[r], NULL))
			known |= 1U << r;
	}
	if (!hvp_json_number(object, "known", 0xffffffff, true, &known,
			     trouble) ||
	    !get_word(object, "how", &hvp_words_how, 0xffffffff, true, &how,
		      trouble))
		return false;
	fact->cpuid.leaf = (u32)leaf;
	fact->cpuid.subleaf = (u32)subleaf;
	fact->cpuid.known = (u32)known;
	fact->cpuid.how = (u32)how;
	return true;
}

static bool read_msr(struct json_object *object, struct hvp_fact *fact,
		     struct hvp_trouble *trouble)
{
	u64 index = 0, value = 0;
	bool faulted = fact->outcome != HVP_OUTCOME_VALUE;

	if (!hvp_json_number(object, "index", 0xffffffff, false, &index, trouble) ||
	    !hvp_json_number(object, "value", ~0ULL, faulted, &value, trouble))
		return false;
	fact->msr.index = (u32)index;
	fact->msr.value = value;
	return true;
}

static bool read_args(struct json_object *object, __u64 *out, size_t room,
		      struct hvp_trouble *trouble)
{
	struct json_object *args;
	size_t i;
	u64 arg;

	if (!json_object_object_get_ex(object, "args", &args))
		return true;
	if (!json_object_is_type(args, json_type_array) ||
	    json_object_array_length(args) > room)
		return fail(trouble, "args", "a few numbers");
	for (i = 0; i < json_object_array_length(args); i++) {
		if (!number_from(json_object_array_get_idx(args, i), ~0ULL,
				 &arg))
			return fail(trouble, "args", "a few numbers");
		out[i] = arg;
	}
	return true;
}

static bool read_call(struct json_object *object, struct hvp_fact *fact,
		      struct hvp_trouble *trouble)
{
	u64 abi = 0, insn = 0, purpose = 0, number = 0, result = 0;

	if (!get_word(object, "abi", &hvp_words_abi, 0xffff, false, &abi,
		      trouble) ||
	    !get_word(object, "insn", &hvp_words_insn, 0xff, false, &insn,
		      trouble) ||
	    !get_word(object, "purpose", &hvp_words_purpose, 0xff, true,
		      &purpose, trouble) ||
	    !hvp_json_number(object, "number", ~0ULL, false, &number, trouble) ||
	    !hvp_json_number(object, "result", ~0ULL, true, &result, trouble))
		return false;
	fact->call.abi = (u16)abi;
	fact->call.insn = (u8)insn;
	fact->call.purpose = (u8)purpose;
	fact->call.number = number;
	fact->call.result = result;
	return read_args(object, fact->call.args,
			 HVP_ARRAY_SIZE(fact->call.args), trouble);
}

static bool read_smccc(struct json_object *object, struct hvp_fact *fact,
		       struct hvp_trouble *trouble)
{
	u64 function = 0, conduit = 0, immediate = 0, purpose = 0;
	u64 registers = 0;

	if (!hvp_json_number(object, "function", 0xffffffff, false, &function,
			     trouble) ||
	    !hvp_json_number(object, "conduit", 0xffffffff, false, &conduit,
			     trouble) ||
	    !hvp_json_number(object, "immediate", 0xffff, true, &immediate,
			     trouble) ||
	    !hvp_json_number(object, "registers", 0xff, true, &registers,
			     trouble) ||
	    !get_word(object, "purpose", &hvp_words_purpose, 0xff, true,
		      &purpose, trouble))
		return false;
	fact->smccc.function = (u32)function;
	fact->smccc.conduit = (u32)conduit;
	fact->smccc.immediate = (u16)immediate;
	fact->smccc.registers = (u8)registers;
	fact->smccc.purpose = (u8)purpose;
	return read_args(object, fact->smccc.args,
			 HVP_ARRAY_SIZE(fact->smccc.args), trouble);
}

static bool read_head(struct json_object *object, struct hvp_fact *fact,
		      struct hvp_trouble *trouble)
{
	u64 kind = 0, source = 0, cpu = HVP_CPU_ANY, outcome = 0, vector = 0;
	u64 reason = 0;

	if (!get_word(object, "kind", &hvp_words_kind, 0xffff, false, &kind,
		      trouble) ||
	    !get_word(object, "source", &hvp_words_source, 0xff, true, &source,
		      trouble) ||
	    !hvp_json_number(object, "cpu", 0xffffffff, true, &cpu, trouble) ||
	    !get_word(object, "outcome", &hvp_words_outcome, 0xff, true,
		      &outcome, trouble) ||
	    !hvp_json_number(object, "vector", 0xff, true, &vector, trouble) ||
	    !get_word(object, "reason", &hvp_words_reason, 0xff, true, &reason,
		      trouble))
		return false;
	fact->kind = (u16)kind;
	fact->source = (u8)source;
	fact->cpu = (u32)cpu;
	fact->outcome = (u8)outcome;
	fact->vector = (u8)vector;
	fact->reason = (u8)reason;
	return true;
}

static bool read_body(struct json_object *object, struct hvp_fact *fact,
		      struct hvp_trouble *trouble)
{
	u64 key = 0;

	switch (fact->kind) {
	case HVP_FACT_CPUID:
		return read_cpuid(object, fact, trouble);
	case HVP_FACT_MSR:
		return read_msr(object, fact, trouble);
	case HVP_FACT_CALL:
		return read_call(object, fact, trouble);
	case HVP_FACT_SMCCC:
		return read_smccc(object, fact, trouble);
	case HVP_FACT_TEXT:
		if (!get_word(object, "key", &hvp_words_text, 0xffff, false,
			      &key, trouble))
			return false;
		fact->text.key = (u16)key;
		return true;
	}
	return json_object_object_get_ex(object, "raw", NULL) ||
	       fail(trouble, "kind", "a kind that this version knows");
}

/* The bytes behind the fact, in @data (to be freed) or inside @object. */
static bool read_data(struct json_object *object, struct hvp_fact *fact,
		     u8 **data, const void **bytes, struct hvp_trouble *trouble)
{
	struct json_object *value;
	size_t length;

	if (json_object_object_get_ex(object, "text", &value)) {
		if (!json_object_is_type(value, json_type_string))
			return fail(trouble, "text", "a string");
		*bytes = json_object_get_string(value);
		fact->data_bytes = (u32)json_object_get_string_len(value);
		return true;
	}
	if (!json_object_object_get_ex(object, "data", &value))
		return true;
	length = json_object_is_type(value, json_type_string) ?
		 (size_t)json_object_get_string_len(value) / 2 : 0;
	*data = malloc(length + 1);
	if (!*data || !get_bytes(object, "data", *data, length, trouble))
		return *data ? false : fail(trouble, "data", "less of it");
	*bytes = *data;
	fact->data_bytes = (u32)length;
	return true;
}

static bool read_raw(struct json_object *object, struct hvp_fact *fact,
		     struct hvp_trouble *trouble)
{
	struct hvp_fact raw;

	if (!json_object_object_get_ex(object, "raw", NULL))
		return true;
	if (!get_bytes(object, "raw", (u8 *)&raw, sizeof(raw), trouble))
		return false;
	if (raw.kind != fact->kind || raw.cpu != fact->cpu ||
	    raw.data_bytes != fact->data_bytes)
		return fail(trouble, "raw", "the record that the rest tells");
	*fact = raw;
	return true;
}

bool hvp_fact_parse(struct json_object *object, struct hvp_fact *fact,
		    u8 **data, const void **bytes, struct hvp_trouble *trouble)
{
	if (!json_object_is_type(object, json_type_object))
		return fail(trouble, "fact", "an object");
	return read_head(object, fact, trouble) &&
	       read_body(object, fact, trouble) &&
	       read_data(object, fact, data, bytes, trouble) &&
	       read_raw(object, fact, trouble);
}
