/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/subcommand.h: a subcommand of the program, as a row.
 *
 * main.c lists them all; help, the manual and completion are made from the list.
 */
#ifndef FRONT_SUBCOMMAND_H
#define FRONT_SUBCOMMAND_H

#include "front/options.h"
#include "session/help.h"

/* What the program returns to who called it. */
enum exit_code {
	EXIT_REACHED = 0,	/* reached, passed, powered off */
	EXIT_FAILED = 1,	/* a check or a golden file failed */
	EXIT_USAGE = 2,		/* usage, or a file that cannot be read or is not what it should be */
	EXIT_FAULT = 3,		/* the guest faulted where nothing handles it */
	EXIT_STUCK = 4,		/* the budget ran out, or every CPU waits for ever */
	EXIT_SKIPPED = 77,
	EXIT_INTERNAL = 99,
};

struct program;

/* A row. */
struct subcommand {
	const char *name;
	const char *args;			/* "[MACHINE] [RUN]" */
	const char *brief;			/* one line, no full stop */
	const char *text;			/* paragraphs for --help and the manual, or NULL */
	const struct option_table *const *tables;	/* NULL-ended; NULL: no options but --help */
	int (*main)(const struct program *program, int argc, char **argv);	/* argv[0] is its name */
};

/* The program: all that help is made of. */
struct program {
	const struct subcommand *const *subcommands;	/* NULL-ended */
	const struct help_topics *const *topics;	/* NULL-ended: of the program, not of the session */
};

/* "smptutor: ERR" as one line on stderr; returns CODE. */
int subcommand_fail(const struct error *err, enum exit_code code);

/* Parse the options of SUBCOMMAND (TARGETS in the order of its tables, NULL-ended), and print its help when asked for. 
 * True when it is to go on, with the other arguments in ARGV[1] to ARGV[*REST]; else *CODE is the exit code. */
bool subcommand_begin(const struct subcommand *subcommand, int argc, char **argv, const struct option_target *targets,
		      int *rest, int *code);

/* Append the --help of SUBCOMMAND. */
void subcommand_help(const struct subcommand *subcommand, struct strbuf *out);

extern const struct subcommand subcommand_run;
extern const struct subcommand subcommand_dtb;
extern const struct subcommand subcommand_help_row;
extern const struct subcommand subcommand_export;
extern const struct subcommand subcommand_lesson;
extern const struct subcommand subcommand_test;

#endif /* FRONT_SUBCOMMAND_H */
