// SPDX-License-Identifier: GPL-2.0-only
/* hvprobe: which paravirtual interfaces a machine offers, with evidence. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "tool.h"

#ifndef HVP_VERSION
#error "define HVP_VERSION as the content of the file VERSION"
#endif

static int cmd_help(const struct hvp_request *request);

const struct hvp_command hvp_commands[] = {
	{ "report", "", "Report interfaces, capabilities and verdict (default)",
	  "Exits 3 when the facts do not tell what this machine is.\n",
	  hvp_cmd_report, 0 },
	{ "caps", "[NAME]...", "List capabilities, or check the named ones",
	  "Without names: all that are not absent. With names: exits 0 when every\n"
	  "one is available, 1 when one is not, 3 when that cannot be told.\n",
	  hvp_cmd_caps,
	  1U << HVP_ARG_MASK | 1U << HVP_ARG_ALL | 1U << HVP_ARG_SET },
	{ "explain", "", "Show how the verdict was reached, step by step",
	  "Each step is a rule with the registers or text that it rests on.\n",
	  hvp_cmd_explain, 0 },
	{ "dump", "", "Record this machine's facts for decode",
	  "The JSON on standard output decodes anywhere to the same report.\n",
	  hvp_cmd_dump, 1U << HVP_ARG_FORMAT },
	{ "decode", "FILE|DIRECTORY|-", "Report the machine of a recording",
	  "Reads hvprobe's own dumps and those of other programs; the format is\n"
	  "recognised from the content.\n",
	  hvp_cmd_decode, 1U << HVP_ARG_FACTS | 1U << HVP_ARG_MACHINE },
	{ "nested", "[FILE]", "Tell whether this guest is nested and can nest",
	  "Lists the VMX controls as offered by the CPU, as eVMCS v1 has them, and as\n"
	  "usable under eVMCS. FILE is a recording. Exits 0 when the guest can be a\n"
	  "hypervisor, 1 when not, 3 when that cannot be told.\n",
	  hvp_cmd_nested, 1U << HVP_ARG_MACHINE },
	{ "confidential", "[FILE]", "Tell who says that memory is encrypted",
	  "One table of who says what, whom to believe, and where they disagree. FILE\n"
	  "is a recording. Exits 0 when someone says that memory is encrypted, 1 when\n"
	  "not, 3 when that cannot be told.\n",
	  hvp_cmd_confidential, 1U << HVP_ARG_MACHINE },
	{ "verify", "[NAME]...", "Exercise what is advertised, tell what works",
	  "NAME is an interface, a capability, or capability/check. Exits 0 when\n"
	  "nothing is broken, 1 when something is, 3 when the module is missing for\n"
	  "what there is to try, or a named one is unknown.\n",
	  hvp_cmd_verify, 1U << HVP_ARG_ALL | 1U << HVP_ARG_TAP },
	{ "call", "INTERFACE CALL [ARGUMENT]...",
	  "Make one hypercall and decode the result",
	  "INTERFACE is hyperv, kvm, xen, vmware or smccc; CALL a name, or a number with\n"
	  "arguments. Exits 0 when the call succeeded, 1 when the hypervisor refused\n"
	  "it, 3 when it could not be made.\n",
	  hvp_cmd_call,
	  1U << HVP_ARG_DRY_RUN | 1U << HVP_ARG_SHAPE | 1U << HVP_ARG_REG |
	  1U << HVP_ARG_IN | 1U << HVP_ARG_OUT_BYTES | 1U << HVP_ARG_REPS |
	  1U << HVP_ARG_IN_HEADER | 1U << HVP_ARG_IN_ELEMENT |
	  1U << HVP_ARG_OUT_HEADER | 1U << HVP_ARG_OUT_ELEMENT |
	  1U << HVP_ARG_VAR_QWORDS },
	{ "bench", "[KIND]...", "Measure what exits to the hypervisor cost",
	  "Without names: every kind that this machine has, in less than 2 seconds.\n"
	  "Exits 3 when a named kind, or every one, could not be measured.\n",
	  hvp_cmd_bench, 0 },
	{ "help", "[COMMAND]", "Explain a command", "", cmd_help, 0 },
};

const u32 hvp_command_count = HVP_ARRAY_SIZE(hvp_commands);

const struct hvp_command *hvp_command_find(const char *name)
{
	u32 i;

	for (i = 0; i < hvp_command_count; i++)
		if (!strcmp(hvp_commands[i].name, name))
			return &hvp_commands[i];
	return NULL;
}

static int help_for(const char *name)
{
	const struct hvp_command *command = name ? hvp_command_find(name) : NULL;

	if (name && !command) {
		hvp_error("hvprobe --help lists the commands",
			  "unknown command '%s'", name);
		return HVP_EXIT_USAGE;
	}
	hvp_help_print(command);
	return HVP_EXIT_YES;
}

static int cmd_help(const struct hvp_request *request)
{
	return help_for(request->name_count ? request->names[0] : NULL);
}

static int run(int argc, char **argv)
{
	struct hvp_request request;
	int status = hvp_request_parse(argc, argv, &request);

	if (status)
		return status;
	if (request.version) {
		puts("hvprobe " HVP_VERSION);
		return HVP_EXIT_YES;
	}
	if (request.help)
		return help_for(request.command);
	return hvp_command_find(request.command ? request.command : "report")
		->run(&request);
}

/*
 * So that no file of ours becomes standard output: the null device the wrong way
 * round, so that using it is still an error.
 */
static bool fill_closed(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			return false;
	return true;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 16];
	int status;

	if (!fill_closed()) {
		hvp_error(NULL, "cannot open /dev/null: %s", strerror(errno));
		return HVP_EXIT_ERROR;
	}
	/* A closed pipe is an error of writing, told like any other. */
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	status = run(argc, argv);
	if (fflush(stdout) || ferror(stdout) || close(STDOUT_FILENO)) {
		hvp_error("nothing after this point was written",
			  "cannot write standard output: %s", strerror(errno));
		return HVP_EXIT_ERROR;
	}
	return status;
}
