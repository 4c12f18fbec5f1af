/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the JSON renderer; each returns an object that the caller owns. */
#ifndef HVP_TOOL_RENDER_JSON_H
#define HVP_TOOL_RENDER_JSON_H

#include <json-c/json.h>
#include "render.h"

#define HVP_REPORT_VERSION	1

void hvp_json_add_string(struct json_object *to, const char *key,
			 const char *value);
/** A name from a table, null where the number that was recorded has none. */
void hvp_json_add_name(struct json_object *to, const char *key,
		       const char *name);
void hvp_json_add_number(struct json_object *to, const char *key, u64 value);
/** "0x%08x", or as many digits as @value needs. */
void hvp_json_add_hex(struct json_object *to, const char *key, u64 value);
void hvp_json_add_cpu(struct json_object *to, const char *key, u32 cpu);
/** Escaped as hvp_escape() does. */
void hvp_json_add_bytes(struct json_object *to, const char *key,
			const void *bytes, size_t count);

/** A document of @schema with what all have: version, tool, source. */
struct json_object *hvp_json_head(const struct hvp_view *view,
				  const char *schema);
/** 0 or -ENOMEM. */
int hvp_json_print(struct json_object *root);

/** Leaf, subleaf and registers; null for one that was not recorded. */
struct json_object *hvp_json_leaf(const struct hvp_fact *fact);
/** Any fact as evidence. */
struct json_object *hvp_json_fact(const struct hvp_fact *fact);

struct json_object *hvp_json_verdict(const struct hvp_view *view);
struct json_object *hvp_json_interfaces(const struct hvp_report *report);
struct json_object *hvp_json_rejected(const struct hvp_report *report);
struct json_object *hvp_json_caps(const struct hvp_report *report,
				  const hvp_selection wanted);
struct json_object *hvp_json_fields(const struct hvp_report *report);
struct json_object *hvp_json_unlisted(const struct hvp_report *report);
struct json_object *hvp_json_differences(const struct hvp_report *report);
struct json_object *hvp_json_disagreements(const struct hvp_view *view);
struct json_object *hvp_json_calls(const struct hvp_report *report);
struct json_object *hvp_json_driver(const struct hvp_view *view);
struct json_object *hvp_json_source(const struct hvp_view *view);

/* ---- arm64 (render_json_smccc.c) ---- */

/** Function, arguments and answer of an SMCCC fact. */
void hvp_json_add_smccc(struct json_object *to, const struct hvp_fact *fact);

/** All of them. */
struct json_object *hvp_json_smccc(const struct hvp_report *report);

/** What stands for a CPU's name. */
void hvp_json_add_arm64(struct json_object *to,
			const struct hvp_report *report);

struct json_object *hvp_json_smccc_difference(const struct hvp_difference *d);

#endif
