/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/help.h: help on the whole program, made from the tables: subcommands, options, commands, topics.
 */
#ifndef FRONT_HELP_H
#define FRONT_HELP_H

#include <stdio.h>

#include "front/subcommand.h"
#include "session/help.h"

/* Topics about the program: exit-codes, files. */
extern const struct help_topics help_program_topics;

/* Print what subcommands there are to FILE; returns EXIT_REACHED. */
int help_usage(const struct program *program, FILE *file);

/* Append the manual page, in man(7)'s roff. */
void help_man(const struct program *program, struct strbuf *out);

/* Append a bash completion script. */
void help_completion(const struct program *program, struct strbuf *out);

#endif /* FRONT_HELP_H */
