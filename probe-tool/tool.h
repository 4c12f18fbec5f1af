/* SPDX-License-Identifier: GPL-2.0-only */
/* What every command of the tool shares. */
#ifndef HVP_TOOL_TOOL_H
#define HVP_TOOL_TOOL_H

#include <stdbool.h>
#include "dump.h"
#include "../core/report.h"

/** enum hvp_exit - exit statuses, a contract (hvprobe(1)). */
enum hvp_exit {
	HVP_EXIT_YES		= 0,	/* done, pass, yes */
	HVP_EXIT_NO		= 1,	/* no, not met, different */
	HVP_EXIT_USAGE		= 2,
	HVP_EXIT_UNKNOWN	= 3,	/* cannot tell from here */
	HVP_EXIT_ERROR		= 4,
};

/** struct hvp_options - global options, before or after the command. */
struct hvp_options {
	bool json;
	bool quiet;
	bool verbose;
	bool no_driver;
	bool deep;
	bool all_cpus;
	bool stats;
	bool color;		/* decided: stdout is a terminal, NO_COLOR unset */
	int width;		/* columns to fit text in */
};

/** enum hvp_arg - options that belong to one command. */
enum hvp_arg {
	HVP_ARG_MASK,
	HVP_ARG_ALL,
	HVP_ARG_SET,
	HVP_ARG_FORMAT,
	HVP_ARG_FACTS,
	HVP_ARG_MACHINE,
	HVP_ARG_TAP,
	HVP_ARG_DRY_RUN,
	HVP_ARG_SHAPE,
	HVP_ARG_REG,
	HVP_ARG_IN,
	HVP_ARG_OUT_BYTES,
	HVP_ARG_REPS,
	HVP_ARG_IN_HEADER,
	HVP_ARG_IN_ELEMENT,
	HVP_ARG_OUT_HEADER,
	HVP_ARG_OUT_ELEMENT,
	HVP_ARG_VAR_QWORDS,
	HVP_ARG_COUNT
};

#define HVP_REG_ARGS	16	/* of --reg, which can be given several times */

/**
 * struct hvp_request - a parsed command line
 * @command: the command's name, NULL when none was given
 * @args: value of each option given ("" for a flag), NULL when not given
 * @regs: values of --reg
 * @names: operands after the command
 */
struct hvp_request {
	struct hvp_options options;
	const char *command;
	const char *args[HVP_ARG_COUNT];
	const char *regs[HVP_REG_ARGS];
	u32 reg_count;
	char **names;
	int name_count;
	bool help;
	bool version;
};

struct hvp_command {
	const char *name;
	const char *operands;	/* as in the synopsis */
	const char *summary;
	const char *about;	/* further lines of its help */
	int (*run)(const struct hvp_request *request);
	u32 args;		/* 1 << enum hvp_arg it takes */
};

extern const struct hvp_command hvp_commands[];
extern const u32 hvp_command_count;

/** Parse; 0, or HVP_EXIT_USAGE after saying what is wrong. */
int hvp_request_parse(int argc, char **argv, struct hvp_request *request);

/** The command called @name, NULL when there is none. */
const struct hvp_command *hvp_command_find(const char *name);

/** Print the tool's help, or that of @command. */
void hvp_help_print(const struct hvp_command *command);

int hvp_cmd_report(const struct hvp_request *request);
int hvp_cmd_caps(const struct hvp_request *request);
int hvp_cmd_explain(const struct hvp_request *request);
int hvp_cmd_dump(const struct hvp_request *request);
int hvp_cmd_decode(const struct hvp_request *request);
int hvp_cmd_verify(const struct hvp_request *request);
int hvp_cmd_call(const struct hvp_request *request);
int hvp_cmd_bench(const struct hvp_request *request);
int hvp_cmd_nested(const struct hvp_request *request);
int hvp_cmd_confidential(const struct hvp_request *request);

/** struct hvp_live_stats - what collecting cost. */
struct hvp_live_stats {
	u32 cpuid_executions;
	u32 cpus;
};

/**
 * Collect with the CPUID instruction, executed as &enum hvp_cpuid_how says. 0,
 * also when the forced form is illegal here, which becomes a fact; -ENOSYS not
 * x86; -EPERM the instruction faults in this process; -ENOMEM.
 */
int hvp_source_live(struct hvp_store *store, const struct hvp_options *options,
		    u32 how, struct hvp_live_stats *stats);

/**
 * Does the kernel say Xen (source_system has been read) where plain CPUID does
 * not? Only then is the forced form worth a signal.
 */
bool hvp_source_xen_is_hidden(const struct hvp_store *store);

/** enum hvp_driver_state - how much of the driver could be used. */
enum hvp_driver_state {
	HVP_DRIVER_ABSENT,
	HVP_DRIVER_USED,
	HVP_DRIVER_UNREADABLE,	/* loaded, this user may not open it */
	HVP_DRIVER_OTHER_ABI,
	HVP_DRIVER_FAILED,
};

#define HVP_DISAGREEMENT_MAX	16

/** struct hvp_driver - what the driver says of itself. */
struct hvp_driver {
	u8 state;		/* enum hvp_driver_state */
	int error;		/* errno when state is FAILED */
	char version[16];
	char instruction[32];
	char proof[256];
	/* Facts of the driver that contradict one read in user mode. */
	u32 disagreement_count;
	struct hvp_fact disagreements[HVP_DISAGREEMENT_MAX];
};

/**
 * Add the facts of /dev/hvprobe and describe the driver. 0; -ENOENT no driver
 * loaded; -EACCES loaded but not readable by this user; -EPROTO other ABI
 * version; -errno.
 */
int hvp_source_driver(struct hvp_store *store, struct hvp_driver *driver);

/** Add /proc, /sys and DMI texts. */
void hvp_source_system(struct hvp_store *store);

/** The text in a file, if it can be read, as fact with @key. */
void hvp_source_file(struct hvp_store *store, u16 key, const char *path);

/**
 * Add what the kernel's log tells, of @key only unless that is 0. Nothing where
 * it may not be read.
 */
void hvp_source_log(struct hvp_store *store, u16 key);

/** What only arm64 shows: device tree, FADT, SoC, the kernel's log. */
void hvp_source_arm64(struct hvp_store *store);

/**
 * struct hvp_view - a report and where it comes from, as renderers see it
 * @file: name of the recording, NULL when live
 * @format: key of the importer, NULL when live
 * @dump: the recording, NULL when live
 * @machine: which machine of the recording, from 1
 * @driver: NULL when not live or --no-driver
 */
struct hvp_view {
	const struct hvp_options *options;
	struct hvp_report report;
	struct hvp_driver *driver;
	struct hvp_live_stats stats;
	const char *file;
	const struct hvp_dump *dump;
	u32 machine;
	struct hvp_store store;
	struct hvp_driver driver_storage;
};

/** Collect from this machine into @view->store. 0 or -ENOMEM. */
int hvp_view_collect(struct hvp_view *view, const struct hvp_options *options);

/** The one view of a live command: collect and decode; NULL after an error. */
struct hvp_view *hvp_view_live(const struct hvp_options *options);

/** The view of the one recording that @request names; an exit status. */
int hvp_view_recorded(const struct hvp_request *request, struct hvp_view **out);

/** That of the recording if @request names one, else the live one. */
int hvp_view_any(const struct hvp_request *request, struct hvp_view **out);

/** HVP_EXIT_YES, or HVP_EXIT_UNKNOWN when there is no verdict. */
int hvp_view_status(const struct hvp_view *view);

/** Does someone say that this guest is encrypted (hvprobe confidential)? */
bool hvp_view_encrypted(const struct hvp_view *view);

/** Is capability @number one that can be counted on? */
bool hvp_cap_available(const struct hvp_report *report, u32 number);

/** Print "hvprobe: ..." on stderr, with a hint that names the fix if not NULL. */
void hvp_error(const char *hint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Say that there is no memory; HVP_EXIT_ERROR. */
int hvp_error_memory(void);

#endif
