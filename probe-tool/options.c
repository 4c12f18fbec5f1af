// SPDX-License-Identifier: GPL-2.0-only
/* The command line: one option table gives parsing and help. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include "tool.h"

enum global {
	G_JSON = HVP_ARG_COUNT, G_QUIET, G_VERBOSE, G_NO_DRIVER, G_DEEP,
	G_ALL_CPUS, G_STATS, G_COLOR, G_VERSION, G_HELP,
};

struct option {
	int id;			/* enum hvp_arg or enum global */
	char letter;
	const char *name;
	const char *value;	/* name of its value, NULL for a flag */
	const char *help;
};

static const struct option options[] = {
	{ G_JSON, 'J', "json", NULL, "print JSON" },
	{ G_QUIET, 'q', "quiet", NULL, "print nothing, only exit" },
	{ G_VERBOSE, 'v', "verbose", NULL, "add meanings and sources" },
	{ G_NO_DRIVER, 0, "no-driver", NULL, "do not ask hvprobe.ko" },
	{ G_DEEP, 0, "deep", NULL, "read all 256 bases and every leaf" },
	{ G_ALL_CPUS, 0, "all-cpus", NULL, "read the leaves on every CPU" },
	{ G_STATS, 0, "stats", NULL, "add what collecting cost" },
	{ G_COLOR, 0, "color", "WHEN", "auto, always or never" },
	{ G_VERSION, 0, "version", NULL, "print the version" },
	{ G_HELP, 'h', "help", NULL, "print help, also for a command" },
	{ HVP_ARG_MASK, 0, "mask", NULL, "print the bitmask as one hex word" },
	{ HVP_ARG_ALL, 0, "all", NULL, "list absent ones, too" },
	{ HVP_ARG_SET, 0, "set", NULL, "list available ones only" },
	{ HVP_ARG_FORMAT, 0, "format", "FORMAT",
	  "json (default), or cpuid for the text of cpuid -r" },
	{ HVP_ARG_FACTS, 0, "facts", NULL, "print the facts, not the report" },
	{ HVP_ARG_MACHINE, 0, "machine", "N",
	  "which machine of the file, from 1" },
	{ HVP_ARG_TAP, 0, "tap", NULL, "print TAP version 13" },
	{ HVP_ARG_DRY_RUN, 0, "dry-run", NULL,
	  "show control word and registers, make no call" },
	{ HVP_ARG_SHAPE, 0, "shape", "SHAPE",
	  "auto (default), slow, fast or xmm" },
	{ HVP_ARG_REG, 0, "reg", "REGISTER",
	  "register to read, again for more" },
	{ HVP_ARG_IN, 0, "in", "HEX", "bytes of input, header and list" },
	{ HVP_ARG_OUT_BYTES, 0, "out-bytes", "N", "bytes of output" },
	{ HVP_ARG_REPS, 0, "reps", "N", "elements of a rep call" },
	{ HVP_ARG_IN_HEADER, 0, "in-header", "N", "bytes of the input header" },
	{ HVP_ARG_IN_ELEMENT, 0, "in-element", "N",
	  "bytes of an input list element" },
	{ HVP_ARG_OUT_HEADER, 0, "out-header", "N", "bytes of fixed output" },
	{ HVP_ARG_OUT_ELEMENT, 0, "out-element", "N",
	  "bytes of an output list element" },
	{ HVP_ARG_VAR_QWORDS, 0, "var-qwords", "N",
	  "qwords of variable header in the input" },
};

static void help_options(u32 args, bool global)
{
	char left[40];
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(options); i++) {
		const struct option *o = &options[i];

		if (o->id < HVP_ARG_COUNT ? !(args & 1U << o->id) : !global)
			continue;
		snprintf(left, sizeof(left), "%c%c%c --%s%s%s",
			 o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
			 o->letter ? ',' : ' ', o->name, o->value ? "=" : "",
			 o->value ? o->value : "");
		printf("  %-20s %s\n", left, o->help);
	}
}

void hvp_help_print(const struct hvp_command *command)
{
	u32 i;

	if (command) {
		printf("Usage: hvprobe %s [OPTION]...%s%s\n\n%s.\n%s",
		       command->name, *command->operands ? " " : "",
		       command->operands, command->summary, command->about);
		if (command->args) {
			puts("\nOptions:");
			help_options(command->args, false);
		}
		puts("\nGlobal options:");
		help_options(0, true);
		return;
	}
	puts("Usage: hvprobe [OPTION]... [COMMAND] [ARGUMENT]...\n\n"
	     "Reports the paravirtual interfaces that this machine offers.\n\n"
	     "Commands:");
	for (i = 0; i < hvp_command_count; i++)
		printf("  %-20s %s\n", hvp_commands[i].name,
		       hvp_commands[i].summary);
	puts("\nGlobal options, before or after the command:");
	help_options(0, true);
	puts("\nExit status: 0 done or yes, 1 no, 2 usage, 3 cannot tell, 4 error.\n"
	     "hvprobe help COMMAND explains one command; hvprobe(1) everything.");
}

static int set_color(struct hvp_request *request, const char *when)
{
	if (!strcmp(when, "always"))
		request->options.color = true;
	else if (!strcmp(when, "never"))
		request->options.color = false;
	else if (strcmp(when, "auto"))
		return HVP_EXIT_USAGE;
	return 0;
}

static int apply(struct hvp_request *request, const struct option *o,
		 const char *value)
{
	struct hvp_options *to = &request->options;

	switch (o->id) {
	case G_JSON: to->json = true; break;
	case G_QUIET: to->quiet = true; break;
	case G_VERBOSE: to->verbose = true; break;
	case G_NO_DRIVER: to->no_driver = true; break;
	case G_DEEP: to->deep = true; break;
	case G_ALL_CPUS: to->all_cpus = true; break;
	case G_STATS: to->stats = true; break;
	case G_VERSION: request->version = true; break;
	case G_HELP: request->help = true; break;
	case G_COLOR:
		if (!set_color(request, value))
			break;
		hvp_error("use --color=auto, --color=always or --color=never",
			  "'%s' is no value for --color", value);
		return HVP_EXIT_USAGE;
	case HVP_ARG_REG:
		if (request->reg_count == HVP_REG_ARGS) {
			hvp_error("make several calls",
				  "--reg is given more than %d times",
				  HVP_REG_ARGS);
			return HVP_EXIT_USAGE;
		}
		request->regs[request->reg_count++] = value;
		request->args[o->id] = value;
		break;
	default: request->args[o->id] = value;
	}
	return 0;
}

static const struct option *find(const char *name, size_t length, char letter)
{
	u32 i;

	for (i = 0; i < HVP_ARRAY_SIZE(options); i++) {
		const struct option *o = &options[i];

		if (letter ? o->letter == letter :
			     strlen(o->name) == length &&
				     !strncmp(o->name, name, length))
			return o;
	}
	return NULL;
}

static int unknown_option(const char *arg)
{
	hvp_error("hvprobe --help lists the options", "unknown option '%s'",
		  arg);
	return HVP_EXIT_USAGE;
}

/* Returns how many further words were used up, or -1 after an error. */
static int parse_long(struct hvp_request *request, const char *arg,
		      const char *next)
{
	size_t length = strcspn(arg + 2, "=");
	const char *value = arg[2 + length] ? arg + 2 + length + 1 : NULL;
	const struct option *o = find(arg + 2, length, 0);
	int used = 0;

	if (!o) {
		unknown_option(arg);
		return -1;
	}
	if (!o->value && value) {
		hvp_error("give it without a value", "--%s takes no value",
			  o->name);
		return -1;
	}
	if (o->value && !value) {
		if (!next) {
			hvp_error("hvprobe --help shows what it takes",
				  "--%s needs a value", o->name);
			return -1;
		}
		value = next;
		used = 1;
	}
	return apply(request, o, value ? value : "") ? -1 : used;
}

static int parse_letters(struct hvp_request *request, const char *arg)
{
	const struct option *o;
	const char *at;

	for (at = arg + 1; *at; at++) {
		o = find(NULL, 0, *at);
		if (!o)
			return unknown_option(arg);
		apply(request, o, "");
	}
	return 0;
}

static void look_at_terminal(struct hvp_options *to)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	struct winsize size;

	to->width = 80;
	if (ioctl(1, TIOCGWINSZ, &size))
		return;
	to->color = !(no_color && *no_color) && term && strcmp(term, "dumb");
	if (size.ws_col)
		to->width = size.ws_col < 60 ? 60 :
			    size.ws_col > 120 ? 120 : size.ws_col;
}

static int check_args(const struct hvp_request *request)
{
	const struct hvp_command *command = hvp_command_find(
		request->command ? request->command : "report");
	u32 i;

	if (!command) {
		hvp_error("hvprobe --help lists the commands",
			  "unknown command '%s'", request->command);
		return HVP_EXIT_USAGE;
	}
	for (i = 0; i < HVP_ARRAY_SIZE(options); i++) {
		int id = options[i].id;

		if (id >= HVP_ARG_COUNT || !request->args[id] ||
		    command->args & 1U << id)
			continue;
		hvp_error("hvprobe help COMMAND lists a command's options",
			  "%s takes no option '--%s'", command->name,
			  options[i].name);
		return HVP_EXIT_USAGE;
	}
	if (request->name_count && !*command->operands) {
		hvp_error("hvprobe decode FILE reads a file",
			  "%s takes no argument, but '%s' is given",
			  command->name, request->names[0]);
		return HVP_EXIT_USAGE;
	}
	return 0;
}

int hvp_request_parse(int argc, char **argv, struct hvp_request *request)
{
	bool ended = false;
	int i, used;

	memset(request, 0, sizeof(*request));
	look_at_terminal(&request->options);
	/* Operands move to the front of argv, over what has been read. */
	request->names = argv;
	for (i = 1; i < argc; i++) {
		char *arg = argv[i];

		if (ended || arg[0] != '-' || !arg[1]) {
			if (!request->command && !ended)
				request->command = arg;
			else
				request->names[request->name_count++] = arg;
		} else if (!strcmp(arg, "--")) {
			ended = true;
		} else if (arg[1] == '-') {
			used = parse_long(request, arg,
					  i + 1 < argc ? argv[i + 1] : NULL);
			if (used < 0)
				return HVP_EXIT_USAGE;
			i += used;
		} else if (parse_letters(request, arg)) {
			return HVP_EXIT_USAGE;
		}
	}
	return request->help || request->version ? 0 : check_args(request);
}
