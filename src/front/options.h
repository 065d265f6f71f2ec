/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/options.h: command-line options as tables, from which parsing, --help, the manual and completion all come.
 *
 * Options are GNU's: -n 5, -n5, --max 5, --max=5; they may stand among the arguments, and "--" ends them.
 */
#ifndef FRONT_OPTIONS_H
#define FRONT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

/* A row.  `set` takes VALUE (NULL for an option without one) into what the table is about, or says what is wrong. */
struct option_row {
	char letter;			/* 0: none */
	const char *name;
	const char *value;		/* what it takes: "FILE"; NULL: nothing */
	const char *help;
	bool (*set)(void *to, const char *value, struct error *err);
};

/* A table of options about one thing. */
struct option_table {
	const char *title;		/* "Machine" */
	const struct option_row *rows;
	size_t count;
};

/* A table and where its values go. */
struct option_target { const struct option_table *table; void *to; };

/* What options_parse() found besides options. */
enum options_wish { OPTIONS_RUN, OPTIONS_HELP };

/* Parse ARGV[1] on: options of TARGETS (ended by a NULL table) are set, --help is noted in WISH, the other arguments
 * are moved to the front of ARGV from index 1 on and counted in *REST.  False with ERR for a line that is wrong. */
bool options_parse(int argc, char **argv, const struct option_target *targets, int *rest, enum options_wish *wish,
		   struct error *err);

/* Append the table for --help. */
void options_help(const struct option_table *table, struct strbuf *out);

/* Most setters only keep what they get.  OPTION_TEXT defines FN, a `set` that keeps its value (borrowed) in FIELD of
 * TYPE; OPTION_FLAG one for an option without a value, that makes FIELD true. */
#define OPTION_TEXT(fn, type, field) \
	static bool fn(void *to, const char *value, struct error *err) \
	{ \
		(void)err; \
		((type *)to)->field = value; \
		return true; \
	}
#define OPTION_FLAG(fn, type, field) \
	static bool fn(void *to, const char *value, struct error *err) \
	{ \
		(void)value; \
		(void)err; \
		((type *)to)->field = true; \
		return true; \
	}

/* A decimal or 0x number with nothing behind it. */
bool options_number(const char *text, uint64_t *value, struct error *err);
/* The same with K, M or G behind it. */
bool options_size(const char *text, uint64_t *value, struct error *err);

#endif /* FRONT_OPTIONS_H */
