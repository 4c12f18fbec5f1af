// SPDX-License-Identifier: GPL-2.0-only
/* Reads what facts_json.c writes; several documents are several machines. */
#include <stdlib.h>
#include <json-c/json.h>
#include "facts_json.h"
#include "facts_parse.h"
#include "import_scan.h"

#define HEAD_BYTES	4096U
#define JSON_MAX	((size_t)64 << 20)	/* json-c needs many times that */
#define DEPTH_MAX	16

static int add_fact(struct hvp_machine *machine, struct json_object *object,
		    struct hvp_trouble *trouble)
{
	struct hvp_fact fact = { 0 };
	const void *bytes = NULL;
	u8 *data = NULL;
	int ret = -EBADMSG;

	if (hvp_fact_parse(object, &fact, &data, &bytes, trouble))
		ret = hvp_store_add(&machine->store, &fact, bytes);
	free(data);
	return ret;
}

static int read_facts(struct json_object *facts, struct hvp_machine *machine,
		      struct hvp_dump *dump)
{
	size_t i, count = json_object_array_length(facts);

	for (i = 0; i < count; i++) {
		struct hvp_trouble trouble = { NULL, NULL };
		int ret = add_fact(machine, json_object_array_get_idx(facts, i),
				   &trouble);

		if (ret == -ENOMEM)
			return ret;
		if (ret == -EEXIST)
			hvp_dump_problem(dump, 0, "fact %zu conflicts with an earlier one, which stays",
					 i + 1);
		else if (ret < 0)
			hvp_dump_problem(dump, 0, "fact %zu: \"%s\": expected %s",
					 i + 1,
					 trouble.field ? trouble.field : "data",
					 trouble.expected ? trouble.expected :
					 "less of it");
	}
	return 0;
}

static int read_document(struct json_object *root, struct hvp_dump *dump)
{
	struct json_object *value, *facts;
	struct hvp_machine *machine;
	struct hvp_trouble trouble;
	const char *label = "";
	u64 version = 0;

	if (!json_object_object_get_ex(root, "schema", &value) ||
	    !json_object_is_type(value, json_type_string) ||
	    strcmp(json_object_get_string(value), HVP_FACTS_SCHEMA)) {
		hvp_dump_problem(dump, 0, "\"schema\" is not \"%s\"",
				 HVP_FACTS_SCHEMA);
		return -EBADMSG;
	}
	if (!hvp_json_number(root, "version", ~0ULL, false, &version, &trouble) ||
	    version != HVP_FACTS_VERSION) {
		hvp_dump_problem(dump, 0, "facts of version %llu, this program reads version %d",
				 (unsigned long long)version,
				 HVP_FACTS_VERSION);
		return -EBADMSG;
	}
	if (!json_object_object_get_ex(root, "facts", &facts) ||
	    !json_object_is_type(facts, json_type_array)) {
		hvp_dump_problem(dump, 0, "\"facts\" is not an array");
		return -EBADMSG;
	}
	if (json_object_object_get_ex(root, "label", &value))
		label = json_object_get_string(value);
	machine = hvp_dump_machine(dump, label ? label : "",
				   label ? strlen(label) : 0);
	return machine ? read_facts(facts, machine, dump) : -ENOMEM;
}

static size_t line_of(const char *text, size_t offset)
{
	size_t i, line = 1;

	for (i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

static int read_json(const char *text, size_t bytes, struct hvp_dump *dump)
{
	struct json_tokener *tokener;
	size_t at = 0;
	int ret = 0;

	if (bytes > JSON_MAX) {
		hvp_dump_problem(dump, 0, "more than %zu MiB of JSON",
				 JSON_MAX >> 20);
		return -EBADMSG;
	}
	tokener = json_tokener_new_ex(DEPTH_MAX);
	if (!tokener)
		return -ENOMEM;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
			       JSON_TOKENER_ALLOW_TRAILING_CHARS);
	while (!ret) {
		struct json_object *root;
		enum json_tokener_error error;

		while (at < bytes && (hvp_is_blank(text[at]) ||
				      text[at] == '\n' || text[at] == '\r'))
			at++;
		if (at == bytes)
			break;
		json_tokener_reset(tokener);
		root = json_tokener_parse_ex(tokener, text + at,
					     (int)(bytes - at));
		error = json_tokener_get_error(tokener);
		at += json_tokener_get_parse_end(tokener);
		if (root && json_object_is_type(root, json_type_object)) {
			ret = read_document(root, dump);
		} else {
			hvp_dump_problem(dump, line_of(text, at), "%s",
					 error == json_tokener_continue ?
					 "the JSON ends in the middle" :
					 error == json_tokener_success ?
					 "expected an object" :
					 json_tokener_error_desc(error));
			ret = -EBADMSG;
		}
		json_object_put(root);
	}
	json_tokener_free(tokener);
	return ret == -EBADMSG && dump->machine_count ? 0 : ret;
}

static int score_json(const char *text, size_t bytes)
{
	const char *end = text + (bytes < HEAD_BYTES ? bytes : HEAD_BYTES);

	if (!hvp_is_object(text, end))
		return 0;
	return hvp_find(text, end, "\"" HVP_FACTS_SCHEMA "\"") ? 100 : 0;
}

const struct hvp_importer hvp_import_json = {
	.key = HVP_FACTS_SCHEMA,
	.score = score_json,
	.read = read_json,
};
