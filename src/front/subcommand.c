/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/subcommand.c: what all subcommands do alike.
 */
#include "front/subcommand.h"

#include <stdio.h>

int subcommand_fail(const struct error *err, enum exit_code code)
{
	fprintf(stderr, "smptutor: %s\n", err->text);
	return code;
}

void subcommand_help(const struct subcommand *subcommand, struct strbuf *out)
{
	strbuf_printf(out, "Usage: smptutor %s %s\n%c%s.\n", subcommand->name, subcommand->args,
		      subcommand->brief[0] & ~0x20, subcommand->brief + 1);
	if (subcommand->text)
		strbuf_printf(out, "\n%s", subcommand->text);
	for (size_t i = 0; subcommand->tables && subcommand->tables[i]; i++)
		options_help(subcommand->tables[i], out);
}

static int print_help(const struct subcommand *subcommand)
{
	struct strbuf text = STRBUF_INIT;

	subcommand_help(subcommand, &text);
	fputs(strbuf_text(&text), stdout);
	strbuf_free(&text);
	return EXIT_REACHED;
}

bool subcommand_begin(const struct subcommand *subcommand, int argc, char **argv, const struct option_target *targets,
		      int *rest, int *code)
{
	struct error err = ERROR_NONE;
	enum options_wish wish;

	if (!options_parse(argc, argv, targets, rest, &wish, &err)) {
		error_prefix(&err, subcommand->name);
		*code = subcommand_fail(&err, EXIT_USAGE);
		return false;
	}
	if (wish == OPTIONS_HELP) {
		*code = print_help(subcommand);
		return false;
	}
	return true;
}
