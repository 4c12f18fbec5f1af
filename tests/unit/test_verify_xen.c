// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-tool/call_xen.c: what is read out of the bytes that Xen returns, and out
 * of bytes that Xen would not. Vectors from Xen 4.17, and made up.
 */
#include "../../probe-tool/call_xen.h"
#include "tap.h"

static struct hvp_plan plan;
static struct hvp_xen_answer answer;

static void made(u32 row, u64 result, const void *bytes, u32 count)
{
	memset(&plan, 0, sizeof(plan));
	plan.abi_call = &hvp_abi_calls[row];
	plan.call.abi = HVP_ABI_XEN;
	plan.call.outcome = HVP_OUTCOME_VALUE;
	plan.call.result = result;
	plan.call.output_bytes = count;
	memcpy(plan.output, bytes, count);
	hvp_xen_answer_read(&plan, &answer);
}

static bool is_bytes(u8 kind, const void *bytes, u32 length)
{
	return answer.kind == kind && answer.length == length &&
	       !memcmp(answer.bytes, bytes, length);
}

static void test_numbers(void)
{
	static const u32 features[] = { 0, 0x228f0 };

	made(HVP_ABI_CALL_XEN_VERSION, 0x40011, "", 0);
	ok(answer.kind == HVP_XEN_ANSWER_VERSION && answer.value == 0x40011,
	   "a version");
	made(HVP_ABI_CALL_XEN_VERSION, 0, "", 0);
	ok(!answer.kind, "0 is no version");
	made(HVP_ABI_CALL_XEN_VERSION, (u64)-38, "", 0);
	ok(!answer.kind, "nor is an error");
	made(HVP_ABI_CALL_XEN_PAGESIZE, 4096, "", 0);
	ok(!answer.kind, "a call whose result says it all");
	made(HVP_ABI_CALL_XEN_GET_FEATURES, 0, features, sizeof(features));
	ok(answer.kind == HVP_XEN_ANSWER_FEATURES && answer.value == 0x228f0,
	   "features");
	made(HVP_ABI_CALL_XEN_GET_FEATURES, 0, features, 4);
	ok(!answer.kind, "half of them are none");
	made(HVP_ABI_CALL_XEN_GET_FEATURES, (u64)-22, features,
	     sizeof(features));
	ok(!answer.kind, "refused features are none");
}

static void test_texts(void)
{
	made(HVP_ABI_CALL_XEN_EXTRAVERSION, 0, ".7\0\0", 4);
	ok(is_bytes(HVP_XEN_ANSWER_TEXT, ".7", 2), "a text");
	made(HVP_ABI_CALL_XEN_CHANGESET, 0, "\0\0\0\0", 4);
	ok(is_bytes(HVP_XEN_ANSWER_TEXT, "", 0), "an empty one");
	made(HVP_ABI_CALL_XEN_CAPABILITIES, 0, "xen", 3);
	ok(is_bytes(HVP_XEN_ANSWER_TEXT, "xen", 3),
	   "one without end stops with the buffer");
	made(HVP_ABI_CALL_XEN_EXTRAVERSION, (u64)-1, ".7", 2);
	ok(!answer.kind, "a refused one is none");
	plan.call.result = 0;
	plan.call.outcome = HVP_OUTCOME_FAULT;
	hvp_xen_answer_read(&plan, &answer);
	ok(!answer.kind, "nor is one that raised an exception");
}

static void test_build_id(void)
{
	static const u8 bytes[] = { 124, 0, 0, 0, 0x15, 0x1b, 0x37, 0x3f };

	made(HVP_ABI_CALL_XEN_BUILD_ID, 4, bytes, sizeof(bytes));
	ok(is_bytes(HVP_XEN_ANSWER_BUILD_ID, bytes + 4, 4),
	   "a build id is as long as the result says");
	made(HVP_ABI_CALL_XEN_BUILD_ID, 5, bytes, sizeof(bytes));
	ok(!answer.kind, "never longer than the buffer");
	made(HVP_ABI_CALL_XEN_BUILD_ID, (u64)-1, bytes, sizeof(bytes));
	ok(!answer.kind, "Xen permits it to dom0 only");
	made(HVP_ABI_CALL_XEN_BUILD_ID, 0, bytes, 3);
	ok(!answer.kind, "a buffer too short for a length");
}

static void test_names(void)
{
	char text[HVP_XEN_FEATURES_TEXT];

	ok(!strcmp(hvp_xen_features_text(0x228f0, text),
		   "pae_pgdir_above_4gb mmu_pt_update_preserve_ad "
		   "highmem_assist gnttab_map_avail_bits dom0 "
		   "memory_op_vnode_supported direct_mapped"),
	   "bits of a PV dom0 by name");
	ok(!strcmp(hvp_xen_features_text(0x80000001, text),
		   "writable_page_tables 0x80000000"),
	   "one without a name as a number");
	ok(!*hvp_xen_features_text(0, text), "none");
	ok(strlen(hvp_xen_features_text(~0U, text)) + 1 < sizeof(text) &&
		   strstr(text, " 0xffe00000"),
	   "all of them fit");
}

int main(void)
{
	test_numbers();
	test_texts();
	test_build_id();
	test_names();
	return done_testing();
}
