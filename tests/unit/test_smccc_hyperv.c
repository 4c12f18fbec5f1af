// SPDX-License-Identifier: GPL-2.0-only
/* core/: what Hyper-V's registers hold on arm64, which is not what leaves hold. */
#include "smccc_ask.h"
#include "tap.h"

#define PRIVILEGES	HVP_SMCCC_QUERY_HYPERV_PRIVILEGES
#define FEATURES	HVP_SMCCC_QUERY_HYPERV_FEATURES
#define HARDWARE	HVP_SMCCC_QUERY_HYPERV_HARDWARE

/* TLFS feature-discovery, tables of arm64; bits counted through the register. */
static const struct {
	u8 query;
	u8 bit;
	const char *cap;
} moved[] = {
	{ PRIVILEGES, 64, "hyperv.guest-debugging" },
	{ PRIVILEGES, 65, "hyperv.performance-monitor" },
	{ PRIVILEGES, 66, "hyperv.cpu-dynamic-partitioning" },
	{ PRIVILEGES, 67, "hyperv.guest-idle-state" },
	{ PRIVILEGES, 68, "hyperv.hypervisor-sleep-state" },
	{ PRIVILEGES, 69, "hyperv.numa-distance-query" },
	{ PRIVILEGES, 70, "hyperv.frequency-msrs" },
	{ PRIVILEGES, 71, "hyperv.synthetic-machine-check" },
	{ PRIVILEGES, 72, "hyperv.guest-crash-msrs" },
	{ PRIVILEGES, 74, "hyperv.disable-hypervisor" },
	{ PRIVILEGES, 76, "hyperv.sint-polling-mode" },
	{ PRIVILEGES, 77, "hyperv.direct-synthetic-timers" },
	{ FEATURES, 0, "hyperv.use-reset-msr" },
	{ FEATURES, 1, "hyperv.use-relaxed-timing" },
	{ FEATURES, 2, "hyperv.use-synthetic-cluster-ipi" },
	{ FEATURES, 3, "hyperv.use-ex-processor-masks" },
	{ FEATURES, 4, "hyperv.nested" },
	{ FEATURES, 5, "hyperv.use-synced-timeline" },
	{ FEATURES, 21, "hyperv.use-hypercall-for-mmio" },
	{ FEATURES, 22, "hyperv.use-gpa-pinning-hypercall" },
	{ FEATURES, 23, "hyperv.wake-vps" },
	{ HARDWARE, 0, "hyperv.hw-arch-performance-counters" },
	{ HARDWARE, 1, "hyperv.hw-slat" },
	{ HARDWARE, 2, "hyperv.hw-dma-remapping" },
	{ HARDWARE, 3, "hyperv.hw-interrupt-remapping" },
	{ HARDWARE, 4, "hyperv.hw-memory-patrol-scrubber" },
	{ HARDWARE, 5, "hyperv.hw-dma-protection" },
	{ HARDWARE, 6, "hyperv.hw-synthetic-timers-volatile" },
};

/* The leaf that x64 has in place of the register; the registers follow it. */
static u32 leaf_of(u32 query)
{
	return query == PRIVILEGES ? 3 : query == FEATURES ? 4 : 6;
}

static void ask_hyperv(u64 low, u64 high)
{
	hyperv_value[0] = low;
	hyperv_value[1] = high;
	ASK(hyperv_machine);
}

static const char *wanted(u32 query, u32 bit)
{
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(moved); i++)
		if (moved[i].query == query && moved[i].bit == bit)
			return moved[i].cap;
	/* Privileges are a 64-bit mask of both. */
	for (i = 0; query == PRIVILEGES && bit < 64 && i < HVP_CAP_COUNT; i++)
		if (hvp_caps[i].where == HVP_WHERE_CPUID &&
		    hvp_caps[i].abi == HVP_ABI_HYPERV &&
		    hvp_caps[i].leaf == 3 && hvp_caps[i].reg == bit / 32 &&
		    hvp_caps[i].bit == bit % 32)
			return hvp_caps[i].name;
	return "";
}

/* Names of what the register's bits advertise, one after the other. */
static const char *advertised(u32 query)
{
	static char text[256];
	u32 i, at = 0;

	text[0] = '\0';
	for (i = 0; i < HVP_CAP_COUNT; i++) {
		const struct hvp_cap *cap = &hvp_caps[i];

		if (cap->where == HVP_WHERE_CPUID &&
		    cap->abi == HVP_ABI_HYPERV && cap->leaf == leaf_of(query) &&
		    report.caps[i].state != HVP_STATE_ABSENT && at < 200)
			at += (u32)snprintf(text + at, sizeof(text) - at, "%s",
					    cap->name);
	}
	return text;
}

static void test_bits(void)
{
	static const u8 queries[] = { PRIVILEGES, FEATURES, HARDWARE };
	u32 i, bit, wrong = 0;

	for (i = 0; i < HVP_ARRAY_SIZE(queries); i++)
		for (bit = 0; bit < 128; bit++) {
			ask_hyperv(bit < 64 ? 1ULL << bit : 0,
				   bit < 64 ? 0 : 1ULL << (bit - 64));
			if (!strcmp(advertised(queries[i]),
				    wanted(queries[i], bit)))
				continue;
			diag("register 0x%llx bit %u is %s, not %s",
			     (unsigned long long)
				     hvp_smccc_queries[queries[i]].args[3],
			     bit, advertised(queries[i]),
			     wanted(queries[i], bit));
			wrong++;
		}
	ok(!wrong, "each bit of the three registers is what arm64 has there");
}

static u8 field_state(const char *name)
{
	int n = hvp_field_find(name);

	return n < 0 ? HVP_STATE_COUNT : report.fields[n].state;
}

static void test_fields(void)
{
	int spin = hvp_field_find("hyperv.spin-retries");

	ask_hyperv(~0ULL, ~0ULL);
	ok(field_state("hyperv.max-c-state") == HVP_STATE_ABSENT,
	   "no C-states in 0x200");
	ask_hyperv(0xfffULL << 32, ~0ULL);
	ok(report.fields[spin].state == HVP_STATE_ADVERTISED &&
		   report.fields[spin].value == 0xfff,
	   "spin retries in bits 63:32 of 0x201");
	ok(field_state("hyperv.physical-address-bits") == HVP_STATE_ABSENT,
	   "no width of addresses behind them");
	ask_hyperv(~0ULL, ~0ULL);
	ok(field_state("hyperv.hypervisor-level") == HVP_STATE_ABSENT &&
		   field_state("hyperv.device-domain-width") ==
			   HVP_STATE_ABSENT,
	   "no level and no width in 0x203");
}

/* HV_STATUS_ACCESS_DENIED for all but the version. */
static void test_refused(void)
{
	int post = hvp_cap_find("hyperv.post-messages");
	int ipi = hvp_cap_find("hyperv.use-synthetic-cluster-ipi");
	int spin = hvp_field_find("hyperv.spin-retries");

	hyperv_status = 6;
	ask_hyperv(~0ULL, ~0ULL);
	hyperv_status = 0;
	ok(report.caps[post].state == HVP_STATE_UNKNOWN &&
		   report.caps[post].reason == HVP_REASON_CALL_REFUSED &&
		   report.caps[ipi].state == HVP_STATE_UNKNOWN &&
		   report.fields[spin].state == HVP_STATE_UNKNOWN,
	   "a register that was refused says neither yes nor no");
	ok(report.caps[hvp_cap_find("hyperv.mwait")].state == HVP_STATE_ABSENT,
	   "what no register holds is absent even so");
	ok(report.fields[hvp_field_find("hyperv.version.build")].value == 26100,
	   "one that was not refused is read");
}

int main(void)
{
	test_bits();
	test_fields();
	test_refused();
	return done_testing();
}
