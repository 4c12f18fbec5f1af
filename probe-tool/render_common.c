// SPDX-License-Identifier: GPL-2.0-only
/* What both renderers need: safe text, names, order. */
#include <stdio.h>
#include <stdlib.h>
#include "render.h"
#include "../core/hypercalls.h"
#include "../core/proof.h"

/* Bytes of the valid UTF-8 sequence at @s that may be shown as it is, or 0. */
static size_t utf8_length(const u8 *s, size_t left)
{
	static const u32 least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length, i;
	u32 code;

	length = s[0] < 0x80 ? 1 : s[0] >> 5 == 6 ? 2 : s[0] >> 4 == 14 ? 3 :
		 s[0] >> 3 == 30 ? 4 : 0;
	if (!length || length > left)
		return 0;
	if (length == 1)
		return s[0] >= 0x20 && s[0] != 0x7f && s[0] != '\\';
	code = s[0] & (0x7fU >> length);
	for (i = 1; i < length; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		code = code << 6 | (s[i] & 0x3f);
	}
	/* C1 controls, direction marks and separators rearrange a terminal. */
	if (code < least[length] || code > 0x10ffff || code < 0xa0 ||
	    (code >= 0xd800 && code <= 0xdfff) ||
	    (code >= 0x200b && code <= 0x200f) ||
	    (code >= 0x2028 && code <= 0x202e) ||
	    (code >= 0x2066 && code <= 0x2069) || code == 0xfeff)
		return 0;
	return length;
}

char *hvp_escape(char *out, size_t size, const void *bytes, size_t count)
{
	const u8 *in = bytes;
	size_t at = 0, i = 0, length;
	char piece[8];

	while (i < count) {
		length = utf8_length(in + i, count - i);
		if (length) {
			memcpy(piece, in + i, length);
			piece[length] = '\0';
		} else if (!in[i]) {
			strcpy(piece, "\\0");
		} else if (in[i] == '\\') {
			strcpy(piece, "\\\\");
		} else {
			snprintf(piece, sizeof(piece), "\\x%02x", in[i]);
		}
		if (at + strlen(piece) >= size)
			break;
		memcpy(out + at, piece, strlen(piece));
		at += strlen(piece);
		i += length ? length : 1;
	}
	out[at] = '\0';
	return out;
}

char *hvp_signature_text(const u8 bytes[12], char out[HVP_SIGNATURE_TEXT],
			 bool trim)
{
	size_t count = 12, i, at = 0;

	while (trim && count && !bytes[count - 1])
		count--;
	for (i = 0; i < count; i++)
		at += strlen(hvp_escape(out + at, HVP_SIGNATURE_TEXT - at,
					bytes + i, 1));
	out[at] = '\0';
	return out;
}

char *hvp_signature_hex(const u8 bytes[12], char out[25])
{
	int i;

	for (i = 0; i < 12; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
	return out;
}

const char *hvp_exception_name(u32 vector)
{
	static const char *const names[32] = {
		[0] = "#DE", [1] = "#DB", [3] = "#BP", [4] = "#OF",
		[5] = "#BR", [6] = "#UD", [7] = "#NM", [8] = "#DF",
		[10] = "#TS", [11] = "#NP", [12] = "#SS", [13] = "#GP",
		[14] = "#PF", [16] = "#MF", [17] = "#AC", [18] = "#MC",
		[19] = "#XM", [20] = "#VE", [21] = "#CP", [28] = "#HV",
		[29] = "#VC", [30] = "#SX",
	};

	return vector < 32 && names[vector] ? names[vector] : "#?";
}

const char *hvp_call_name(const struct hvp_fact *fact)
{
	u32 i;

	for (i = 0; i < hvp_proof_call_count; i++)
		if (hvp_proof_calls[i].abi == fact->call.abi &&
		    hvp_proof_calls[i].number == fact->call.number &&
		    !memcmp(hvp_proof_calls[i].args, fact->call.args,
			    sizeof(fact->call.args)))
			return hvp_proof_calls[i].name;
	for (i = 0; i < HVP_ABI_CALL_COUNT; i++)
		if (hvp_abi_calls[i].abi == fact->call.abi &&
		    hvp_abi_calls[i].number == fact->call.number &&
		    !memcmp(hvp_abi_calls[i].args, fact->call.args,
			    sizeof(fact->call.args)))
			return hvp_abi_calls[i].name;
	return NULL;
}

char *hvp_mask_text(const struct hvp_report *report, char out[HVP_MASK_TEXT])
{
	u64 mask[HVP_MASK_WORDS];
	int words = (HVP_CAP_COUNT + 63) / 64;
	int i, at = 2;

	hvp_report_mask(report, mask);
	memcpy(out, "0x", 3);
	for (i = words - 1; i >= 0; i--)
		at += snprintf(out + at, (size_t)(HVP_MASK_TEXT - at),
			       "%016llx", (unsigned long long)mask[i]);
	return out;
}

const char *hvp_class_key(u32 class)
{
	return class == HVP_BASE_ECHO	? "echo" :
	       class == HVP_BASE_REPEAT ? "repeat" :
	       class == HVP_BASE_JUNK	? "junk" : NULL;
}

const char *hvp_class_why(u32 class)
{
	return hvp_rule_text(class == HVP_BASE_ECHO   ? HVP_RULE_ECHO :
			     class == HVP_BASE_REPEAT ? HVP_RULE_REPEAT :
							HVP_RULE_JUNK);
}

static int by_leaf(const void *left, const void *right)
{
	const struct hvp_fact *a = *(const struct hvp_fact *const *)left;
	const struct hvp_fact *b = *(const struct hvp_fact *const *)right;

	if (a->cpuid.leaf != b->cpuid.leaf)
		return a->cpuid.leaf < b->cpuid.leaf ? -1 : 1;
	return a->cpuid.subleaf < b->cpuid.subleaf ? -1 :
	       a->cpuid.subleaf > b->cpuid.subleaf;
}

static bool belongs(const struct hvp_report *report,
		    const struct hvp_fact *fact, u32 base)
{
	return hvp_facts_decode(report->facts, fact) &&
	       fact->cpuid.leaf - base < HVP_BASE_STEP &&
	       (fact->cpu == report->cpu || fact->cpu == HVP_CPU_ANY);
}

const struct hvp_fact **hvp_interface_leaves(const struct hvp_report *report,
					     u32 base, u32 *count)
{
	const struct hvp_fact **leaves;
	const struct hvp_fact *fact = NULL;
	u32 found = 0;

	while ((fact = hvp_facts_next(report->facts, fact)))
		found += belongs(report, fact, base);
	leaves = calloc(found + 1, sizeof(*leaves));
	*count = 0;
	while (leaves && (fact = hvp_facts_next(report->facts, fact)))
		if (belongs(report, fact, base))
			leaves[(*count)++] = fact;
	if (leaves)
		qsort(leaves, *count, sizeof(*leaves), by_leaf);
	return leaves;
}

bool hvp_fact_has_registers(const struct hvp_fact *fact)
{
	return fact->kind == HVP_FACT_CPUID &&
	       fact->outcome == HVP_OUTCOME_VALUE;
}

static u32 field_width(const struct hvp_field *field)
{
	return field->hi - field->lo + 1U;
}

int64_t hvp_field_signed(const struct hvp_field *field, u64 value)
{
	u32 width = field_width(field);

	if (width < 64 && value >> (width - 1) & 1)
		value |= ~0ULL << width;
	return (int64_t)value;
}

bool hvp_field_is_special(const struct hvp_field *field, u64 value)
{
	u32 width = field_width(field);

	return *field->special &&
	       value == (width < 64 ? (1ULL << width) - 1 : ~0ULL);
}
