/* SPDX-License-Identifier: GPL-2.0-only */
/* Views to bytes on standard output. No bit is interpreted here. */
#ifndef HVP_TOOL_RENDER_H
#define HVP_TOOL_RENDER_H

#include "tool.h"
#include "../core/confidential.h"
#include "../core/nested.h"

/** Selection of capabilities: a row is printed when its element is not 0. */
typedef u8 hvp_selection[HVP_CAP_COUNT + 1];

/** Print the report as the options ask; the exit status. */
int hvp_report_put(const struct hvp_view *view);

void hvp_render_report_text(const struct hvp_view *view);
void hvp_render_caps_text(const struct hvp_view *view,
			  const hvp_selection wanted);
void hvp_render_explain_text(const struct hvp_view *view);

void hvp_render_nested_text(const struct hvp_view *view,
			    const struct hvp_nested *nested);
void hvp_render_confidential_text(const struct hvp_view *view,
				  const struct hvp_confidential *cc);

/** 0 or -ENOMEM. */
int hvp_render_nested_json(const struct hvp_view *view,
			   const struct hvp_nested *nested);
int hvp_render_confidential_json(const struct hvp_view *view,
				 const struct hvp_confidential *cc);
int hvp_render_report_json(const struct hvp_view *view);
int hvp_render_caps_json(const struct hvp_view *view,
			 const hvp_selection wanted);
int hvp_render_explain_json(const struct hvp_view *view);

/** The text that `cpuid -r` would print. */
void hvp_render_cpuid(const struct hvp_facts *facts);

/**
 * Make @count hostile bytes printable: valid UTF-8 without control characters
 * stays, a zero becomes \0, a backslash \\, anything else \xNN. Cut to fit
 * @size; returns @out.
 */
char *hvp_escape(char *out, size_t size, const void *bytes, size_t count);

#define HVP_SIGNATURE_TEXT	49

/** The 12 bytes, each non-ASCII one escaped; @trim leaves out final zeros. */
char *hvp_signature_text(const u8 bytes[12], char out[HVP_SIGNATURE_TEXT],
			 bool trim);

/** 24 hex digits in the order of the bytes. */
char *hvp_signature_hex(const u8 bytes[12], char out[25]);

/** "#UD" and the like; "#?" for a vector without a name. */
const char *hvp_exception_name(u32 vector);

/** Name of the call that @fact records, NULL when it is no known one. */
const char *hvp_call_name(const struct hvp_fact *fact);

#define HVP_MASK_TEXT	(3 + 16 * HVP_MASK_WORDS)

/** "0x" and 16 digits per word, highest word first, as many as there are. */
char *hvp_mask_text(const struct hvp_report *report, char out[HVP_MASK_TEXT]);

/** Why bases of enum hvp_base_class @class are no interface, NULL: they are. */
const char *hvp_class_key(u32 class);
const char *hvp_class_why(u32 class);

/** CPUID facts of the decoded CPU in base..base+0xff, sorted; free() it. */
const struct hvp_fact **hvp_interface_leaves(const struct hvp_report *report,
					     u32 base, u32 *count);

/** Can @fact be printed as registers? */
bool hvp_fact_has_registers(const struct hvp_fact *fact);

/** Value of @field as a signed or unsigned number of its width. */
int64_t hvp_field_signed(const struct hvp_field *field, u64 value);
bool hvp_field_is_special(const struct hvp_field *field, u64 value);

/* ---- text only ---- */

/** Start and end a heading, or the colour of a capability state. */
void hvp_bold(const struct hvp_view *view, const char *text);
void hvp_put_state(const struct hvp_view *view, u32 state, int width);

/** An answer: its name in a colour, the number, or why it is unknown. */
void hvp_put_answer(const struct hvp_view *view, const struct hvp_answer *answer,
		    bool number);
/** Its name only, padded to @width. */
void hvp_put_answer_name(const struct hvp_view *view,
			 const struct hvp_answer *answer, int width);

/** Print words of @text, further lines indented; cursor is at @column. */
void hvp_put_wrapped(const struct hvp_view *view, int column, int indent,
		     const char *text);

/** Print the @count names in columns; cursor is at @indent already. */
void hvp_put_columns(const struct hvp_view *view, int indent,
		     const char *const *names, u32 count);

/** Evidence in one line or more, indented. */
void hvp_put_fact(const struct hvp_view *view, int indent,
		  const struct hvp_fact *fact);

/** Parts of the report. */
void hvp_put_interfaces(const struct hvp_view *view);
void hvp_put_capabilities(const struct hvp_view *view);
void hvp_put_unknowns(const struct hvp_view *view);
void hvp_put_calls(const struct hvp_view *view);

/* ---- arm64 (render_smccc.c) ---- */

/** "arm64, EL1, HVC by device tree" */
char *hvp_arm64_text(const struct hvp_report *report, char *out, size_t size);

/** "hvc #0x0: 0x80000001 arch-features(0x80008000): 0x0 0x0 0x0 0x0" */
char *hvp_smccc_fact_text(const struct hvp_fact *fact, char *out, size_t size);

char *hvp_smccc_difference_text(const struct hvp_difference *difference,
				char *out, size_t size);

/** False when it was found without one. */
bool hvp_interface_uid(const struct hvp_interface *itf,
		       char out[HVP_SMCCC_UID_TEXT]);

/** Name of the function of an SMCCC fact, NULL when it has none. */
const char *hvp_smccc_fact_name(const struct hvp_fact *fact);

#endif
