/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the words of a log line and those who read what is behind them. */
#ifndef HVP_TOOL_IMPORT_LOG_LINE_H
#define HVP_TOOL_IMPORT_LOG_LINE_H

#include "import_log.h"
#include "../core/registry.h"

/** struct hvp_log_line - a line whose words are known */
struct hvp_log_line {
	struct hvp_log_sink *sink;
	const char *start;	/* where the words of the table begin */
	const char *rest;	/* behind them */
	const char *end;
	u32 leaf;
	u8 reg;
	u16 key;
};

/** One register of @leaf, subleaf 0; the others stay unknown. */
void hvp_log_add(struct hvp_log_sink *sink, u32 leaf, u8 reg, u32 value);

/** "0x3e0101" into the register that the line names. */
void hvp_log_read_register(struct hvp_log_line *line);

/** The line as it is, as text. */
void hvp_log_read_whole(struct hvp_log_line *line);

/** Do the lines so far come from an arm64 kernel? */
bool hvp_log_is_arm64(const struct hvp_log_sink *sink);

/** arm64: "0x0 0x0 0x0 0x3)", "PSCIv1.1 detected in firmware.", "EL1". */
void hvp_log_kvm_services(struct hvp_log_line *line);
void hvp_log_psci(struct hvp_log_line *line);
void hvp_log_started_at(struct hvp_log_line *line);

/** "low 0xae7f, high 0x3b8030, hints ...": which words there are varies. */
void hvp_log_hyperv_flags(struct hvp_log_line *line);

/** Kernels before 5.12 begin with the register, without "privilege flags". */
void hvp_log_hyperv_features(struct hvp_log_line *line);

/** "0x1, Group B 0xba2" */
void hvp_log_isolation(struct hvp_log_line *line);

/** Six numbers, in one of two orders. */
void hvp_log_host_build(struct hvp_log_line *line);

#endif
