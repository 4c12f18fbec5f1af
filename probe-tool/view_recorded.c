// SPDX-License-Identifier: GPL-2.0-only
/* A view of a recording: what decode, nested and confidential read. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "render.h"

#define FIRST_BYTES	(1U << 16)

/* Everything that @fd has, if a recording can be that long; NULL with errno set. */
static char *read_all(int fd, size_t *bytes)
{
	struct stat st;
	size_t size = FIRST_BYTES;
	char *text, *larger;
	ssize_t got;

	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0) {
		if ((u64)st.st_size > HVP_DUMP_MAX) {
			errno = EFBIG;
			return NULL;
		}
		size = (size_t)st.st_size + 1;
	}
	text = malloc(size);
	*bytes = 0;
	while (text) {
		got = read(fd, text + *bytes, size - *bytes);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		*bytes += (size_t)got;
		if (*bytes < size)
			continue;
		if (*bytes > HVP_DUMP_MAX) {
			got = -1;
			errno = EFBIG;
			break;
		}
		size = 2 * size > HVP_DUMP_MAX ? HVP_DUMP_MAX + 1 : 2 * size;
		larger = realloc(text, size);
		if (!larger)
			free(text);
		text = larger;
	}
	if (!text) {
		errno = ENOMEM;
	} else if (got < 0) {
		free(text);
		text = NULL;
	}
	return text;
}

static int cannot_read(const char *name)
{
	char safe[256];

	hvp_error(errno == EACCES ? "ask its owner for a readable copy" :
		  errno == ENOENT ? "- reads standard input" :
		  errno == EFBIG  ? "a recording has at most 256 MiB" : NULL,
		  "cannot read '%s': %s",
		  hvp_escape(safe, sizeof(safe), name, strlen(name)),
		  strerror(errno));
	return HVP_EXIT_ERROR;
}

/* 0 or negative errno as hvp_dump_read(), 1 when the file cannot be read. */
static int read_dump(const char *name, struct hvp_dump *dump)
{
	bool standard_input = !strcmp(name, "-");
	struct stat st;
	size_t bytes;
	char *text;
	int fd, ret, saved;

	if (!standard_input && !stat(name, &st) && S_ISDIR(st.st_mode))
		return hvp_dump_read_tree(name, dump);
	fd = standard_input ? STDIN_FILENO :
			      open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return 1;
	text = read_all(fd, &bytes);
	saved = errno;
	if (!standard_input)
		close(fd);
	errno = saved;
	if (!text)
		return 1;
	ret = hvp_dump_read(text, bytes, dump);
	free(text);
	return ret;
}

static void tell_problems(const char *name, const struct hvp_dump *dump)
{
	char file[256], text[500];
	size_t i;

	hvp_escape(file, sizeof(file), name, strlen(name));
	for (i = 0; i < dump->problem_count && i < HVP_DUMP_PROBLEMS; i++) {
		const struct hvp_dump_problem *problem = &dump->problems[i];

		hvp_escape(text, sizeof(text), problem->text,
			   strlen(problem->text));
		if (problem->line)
			hvp_error(NULL, "%s:%zu: %s", file, problem->line,
				  text);
		else
			hvp_error(NULL, "%s: %s", file, text);
	}
	if (dump->problem_count > HVP_DUMP_PROBLEMS)
		hvp_error(NULL, "%s: %zu more problems", file,
			  dump->problem_count - HVP_DUMP_PROBLEMS);
}

/* Number from 1 of the machine to show, 0 after an error. */
static u32 choose_machine(const struct hvp_dump *dump, const char *wanted)
{
	unsigned long number;
	char *end;
	size_t i;

	if (!wanted) {
		for (i = 0; i < dump->machine_count; i++)
			if (!strcmp(dump->machines[i].label, "guest"))
				return (u32)i + 1;
		return 1;
	}
	errno = 0;
	number = strtoul(wanted, &end, 10);
	if (*wanted >= '0' && *wanted <= '9' && !*end && !errno && number &&
	    number <= dump->machine_count)
		return (u32)number;
	if (dump->machine_count == 1)
		hvp_error("leave --machine out", "no machine '%s': there is one",
			  wanted);
	else
		hvp_error("their numbers begin at 1",
			  "no machine '%s': there are %zu", wanted,
			  dump->machine_count);
	return 0;
}

int hvp_view_recorded(const struct hvp_request *request, struct hvp_view **out)
{
	static struct hvp_view view;
	static struct hvp_dump dump;
	const char *name = request->names[0];
	int ret;

	if (request->name_count != 1) {
		hvp_error("hvprobe help COMMAND shows what it reads",
			  request->name_count ? "one file at a time" :
						"no file given");
		return HVP_EXIT_USAGE;
	}
	ret = read_dump(name, &dump);
	if (ret > 0)
		return cannot_read(name);
	if (ret == -ENOMEM)
		return hvp_error_memory();
	if (!request->options.quiet)
		tell_problems(name, &dump);
	if (ret || !dump.machine_count) {
		char safe[256];

		hvp_error("hvprobe(1) lists the formats; hvprobe dump writes one",
			  "no facts recognised in '%s'",
			  hvp_escape(safe, sizeof(safe), name, strlen(name)));
		return HVP_EXIT_ERROR;
	}
	view.options = &request->options;
	view.file = name;
	view.dump = &dump;
	view.machine = choose_machine(&dump, request->args[HVP_ARG_MACHINE]);
	if (!view.machine)
		return HVP_EXIT_USAGE;
	hvp_decode(&dump.machines[view.machine - 1].store.facts,
		   HVP_REASON_NOT_IN_DUMP, &view.report);
	*out = &view;
	return HVP_EXIT_YES;
}

int hvp_view_any(const struct hvp_request *request, struct hvp_view **out)
{
	if (request->name_count)
		return hvp_view_recorded(request, out);
	if (request->args[HVP_ARG_MACHINE]) {
		hvp_error("name the file", "--machine is for a recording");
		return HVP_EXIT_USAGE;
	}
	*out = hvp_view_live(&request->options);
	return *out ? HVP_EXIT_YES : HVP_EXIT_ERROR;
}
