/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c: which subcommand it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "front/help.h"
#include "front/subcommand.h"
#include "front/version.h"
#include "main/replay.h"
#include "main/tui.h"
#include "ui/app.h"

static const struct subcommand *const subcommands[] = {
	&subcommand_tui,
	&subcommand_run,
	&subcommand_lesson,
	&subcommand_test,
	&subcommand_replay,
	&subcommand_dtb,
	&subcommand_export,
	&subcommand_help_row,
	NULL,
};

static const struct help_topics *const topics[] = { &help_program_topics, &app_help_topics, NULL };

static const struct program program = { subcommands, topics };

static const struct subcommand *find(const char *name)
{
	for (size_t i = 0; subcommands[i]; i++)
		if (!strcmp(subcommands[i]->name, name))
			return subcommands[i];
	return NULL;
}

/* WORD is no subcommand: a misspelt one, or an option that wants one before it. */
static void complain(const char *word, struct error *err)
{
	struct suggest other = suggest_start(word);
	char meant[SUGGEST_TEXT_MAX];

	if (*word == '-') {
		error_set(err, "'%s' wants a subcommand before it, like smptutor run %s ... or smptutor tui %s ...",
			  word, word, word);
		return;
	}
	for (size_t i = 0; subcommands[i]; i++)
		suggest_offer(&other, subcommands[i]->name);
	error_set(err, "no subcommand '%s'%s", word, suggest_text(&other, " (smptutor --help lists them)", meant));
}

/* No output is worth anything that did not arrive. */
static int finish(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	fputs("smptutor: stdout: could not be written to its end\n", stderr);
	return code ? code : EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
	const struct subcommand *subcommand = find(argv[1]);
	struct error err = ERROR_NONE;

	if (subcommand)
		return subcommand->main(&program, argc - 1, argv + 1);
	if (!strcmp(argv[1], "--version")) {
		puts("smptutor " PROGRAM_VERSION);
		return EXIT_REACHED;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return help_usage(&program, stdout);
	complain(argv[1], &err);
	return subcommand_fail(&err, EXIT_USAGE);
}

int main(int argc, char **argv)
{
	char *const screen[] = { (char *)subcommand_tui.name, NULL };

	if (argc < 2 && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return subcommand_tui.main(&program, 1, (char **)screen);
	if (argc < 2) {
		help_usage(&program, stderr);
		return EXIT_USAGE;
	}
	return finish(dispatch(argc, argv));
}
