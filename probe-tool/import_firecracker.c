// SPDX-License-Identifier: GPL-2.0-only
/* Firecracker CPU templates and fingerprints: JSON with registers in binary. */
#include <stdio.h>
#include <stdlib.h>
#include <json-c/json.h>
#include "../core/registry.h"
#include "import_firecracker.h"
#include "import_scan.h"

#define HEAD_BYTES	((size_t)64 << 10)
#define JSON_MAX	((size_t)64 << 20)
#define DEPTH_MAX	16

/* One-reg ids of KVM's firmware pseudo-registers on arm64, whatever the size. */
#define ARM64_FIRMWARE_MASK	0xff0f00000ffd0000ULL
#define ARM64_FIRMWARE		0x6000000000140000ULL

static bool get_hex(struct json_object *object, const char *field, u64 *out)
{
	struct json_object *value;
	struct hvp_number number;
	const char *text, *end;

	if (!json_object_object_get_ex(object, field, &value) ||
	    !json_object_is_type(value, json_type_string))
		return false;
	text = json_object_get_string(value);
	end = text + json_object_get_string_len(value);
	if (hvp_scan_hex(text, end, &number) != end)
		return false;
	*out = number.value;
	return true;
}

/*
 * "0b0100...": 1 known, 0 has a digit that is neither 0 nor 1 (x: the template
 * leaves it alone) or bits above @width, negative no binary number.
 */
static int get_bitmap(struct json_object *object, u32 width, u64 *out)
{
	struct json_object *value;
	const char *text;
	int i, length;
	u64 bits = 0;
	int known = 1;

	if (!json_object_object_get_ex(object, "bitmap", &value) ||
	    !json_object_is_type(value, json_type_string))
		return -1;
	text = json_object_get_string(value);
	length = json_object_get_string_len(value);
	if (length < 3 || text[0] != '0' || text[1] != 'b')
		return -1;
	for (i = 2; i < length; i++) {
		if (text[i] == '_')
			continue;
		if (text[i] != '0' && text[i] != '1' && text[i] != 'x')
			return -1;
		if (text[i] == 'x')
			known = 0;
		if (bits >> (width - 1))
			known = 0;
		bits = bits << 1 | (text[i] == '1');
	}
	*out = bits;
	return known;
}

static int register_number(struct json_object *object)
{
	static const char *const names[] = { "eax", "ebx", "ecx", "edx" };
	struct json_object *value;
	size_t i;

	if (!json_object_object_get_ex(object, "register", &value) ||
	    !json_object_is_type(value, json_type_string))
		return -1;
	for (i = 0; i < HVP_ARRAY_SIZE(names); i++)
		if (!strcmp(json_object_get_string(value), names[i]))
			return (int)i;
	return -1;
}

static int read_cpuid(struct json_object *object, struct hvp_store *store)
{
	struct json_object *modifiers;
	struct hvp_fact fact;
	u64 leaf, subleaf = 0, bits;
	size_t i;

	if (!get_hex(object, "leaf", &leaf) || leaf > 0xffffffff ||
	    !get_hex(object, "subleaf", &subleaf) || subleaf > 0xffffffff ||
	    !json_object_object_get_ex(object, "modifiers", &modifiers) ||
	    !json_object_is_type(modifiers, json_type_array))
		return -EBADMSG;
	hvp_fact_set_cpuid(&fact, HVP_SOURCE_DUMP, HVP_CPU_ANY, (u32)leaf,
			   (u32)subleaf, 0, 0, 0, 0);
	fact.cpuid.known = 0;
	for (i = 0; i < json_object_array_length(modifiers); i++) {
		struct json_object *one = json_object_array_get_idx(modifiers,
								    i);
		int reg = register_number(one);
		int known = get_bitmap(one, 32, &bits);

		if (reg < 0 || known < 0)
			return -EBADMSG;
		if (!known)
			continue;
		fact.cpuid.regs[reg] = (u32)bits;
		fact.cpuid.known |= 1U << reg;
	}
	return fact.cpuid.known ? hvp_store_add(store, &fact, NULL) : 0;
}

static int read_msr(struct json_object *object, struct hvp_store *store)
{
	struct hvp_fact fact = {
		.kind = HVP_FACT_MSR,
		.source = HVP_SOURCE_DUMP,
		.cpu = HVP_CPU_ANY,
	};
	u64 index, value;
	int known = get_bitmap(object, 64, &value);

	if (!get_hex(object, "addr", &index) || index > 0xffffffff || known < 0)
		return -EBADMSG;
	fact.msr.index = (u32)index;
	fact.msr.value = value;
	return known ? hvp_store_add(store, &fact, NULL) : 0;
}

static int read_arm_register(struct json_object *object,
			     struct hvp_store *store)
{
	char text[64];
	u64 id, value;
	int known, length;

	if (!get_hex(object, "addr", &id))
		return -EBADMSG;
	if ((id & ARM64_FIRMWARE_MASK) != ARM64_FIRMWARE)
		return 0;
	known = get_bitmap(object, 64, &value);
	if (known <= 0)
		return known ? -EBADMSG : 0;
	length = snprintf(text, sizeof(text), "0x%llx=0x%llx",
			  (unsigned long long)id, (unsigned long long)value);
	return hvp_store_text(store, HVP_SOURCE_DUMP, HVP_TEXT_ARM_PSEUDO_REG,
			      text, (size_t)length);
}

static const struct list {
	const char *name;
	int (*read)(struct json_object *object, struct hvp_store *store);
	bool arm64;
} lists[] = {
	{ "cpuid_modifiers", read_cpuid, false },
	{ "msr_modifiers", read_msr, false },
	{ "reg_modifiers", read_arm_register, true },
};

static int read_list(const struct list *list, struct json_object *array,
		     struct hvp_dump *dump)
{
	struct hvp_store *store = &dump->machines[0].store;
	size_t i;
	int ret;

	if (!json_object_is_type(array, json_type_array)) {
		hvp_dump_problem(dump, 0, "\"%s\" is not an array", list->name);
		return 0;
	}
	if (list->arm64 && hvp_store_text(store, HVP_SOURCE_DUMP, HVP_TEXT_ARCH,
					  "arm64", 5) < 0)
		return -ENOMEM;
	for (i = 0; i < json_object_array_length(array); i++) {
		ret = list->read(json_object_array_get_idx(array, i), store);
		if (ret == -ENOMEM)
			return ret;
		if (ret < 0)
			hvp_dump_problem(dump, 0, "%s: entry %zu %s",
					 list->name, i + 1, ret == -EEXIST ?
					 "conflicts with an earlier one" :
					 "lacks a number or a bitmap");
	}
	return 0;
}

static int read_root(struct json_object *root, struct hvp_dump *dump)
{
	struct json_object *config, *value;
	size_t i;
	int ret = 0;

	/* A fingerprint wraps a template. */
	if (!json_object_object_get_ex(root, "guest_cpu_config", &config) ||
	    !json_object_is_type(config, json_type_object))
		config = root;
	if (!hvp_dump_machine(dump, "", 0))
		return -ENOMEM;
	for (i = 0; i < HVP_ARRAY_SIZE(lists) && !ret; i++)
		if (json_object_object_get_ex(config, lists[i].name, &value))
			ret = read_list(&lists[i], value, dump);
	return ret;
}

static int read_firecracker(const char *text, size_t bytes,
			    struct hvp_dump *dump)
{
	struct json_tokener *tokener;
	struct json_object *root;
	int ret = -EBADMSG;

	if (bytes > JSON_MAX) {
		hvp_dump_problem(dump, 0, "more than %zu MiB of JSON",
				 JSON_MAX >> 20);
		return -EBADMSG;
	}
	tokener = json_tokener_new_ex(DEPTH_MAX);
	if (!tokener)
		return -ENOMEM;
	root = json_tokener_parse_ex(tokener, text, (int)bytes);
	if (root && json_object_is_type(root, json_type_object))
		ret = read_root(root, dump);
	else
		hvp_dump_problem(dump, 0, "%s at byte %zu",
				 json_tokener_error_desc(
					 json_tokener_get_error(tokener)),
				 json_tokener_get_parse_end(tokener));
	json_object_put(root);
	json_tokener_free(tokener);
	return ret;
}

static int score_firecracker(const char *text, size_t bytes)
{
	const char *end = text + (bytes < HEAD_BYTES ? bytes : HEAD_BYTES);

	if (!hvp_is_object(text, end))
		return 0;
	return hvp_find(text, end, "\"cpuid_modifiers\"") ||
	       hvp_find(text, end, "\"reg_modifiers\"") ? 90 : 0;
}

const struct hvp_importer hvp_import_firecracker = {
	.key = "firecracker",
	.score = score_firecracker,
	.read = read_firecracker,
};
