/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/help.h: help, from the tables: what a command does, and topics that are about more than one.
 *
 * Lists of topics come from several places: the session brings what it knows, front ends add theirs (keys, exit codes).
 * Text is plain, at most 100 columns, each paragraph or table ended by a newline.
 */
#ifndef SESSION_HELP_H
#define SESSION_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "session/command.h"

/* A topic.  Its text is `text`, or what `print` appends when that is not NULL. */
struct help_topic {
	const char *name;		/* "memory-model" */
	const char *brief;		/* one line, no full stop */
	const char *text;
	void (*print)(struct strbuf *out);
};

/* A list of topics. */
struct help_topics { const struct help_topic *items; size_t count; };

/* The session's own: commands, conditions, events, expressions, memory-model, milestones. */
extern const struct help_topics help_session_topics;

/* Let SESSION's `help` know TOPICS too. */
void help_add_topics(struct session *session, struct help_topics topics);

/* Append the help on WORD, a topic or a command; "" means the overview.  False with ERR when there is neither. */
bool help_print(const struct session *session, const char *word, struct strbuf *out, struct error *err);

/* Offer the names of all topics and commands that SESSION (may be NULL) knows. */
void help_offer(const struct session *session, struct suggest *suggest);

/* Append the help on one command: how it is called, its shortest form, what it does. */
void help_print_command(const struct session *session, const struct command *command, struct strbuf *out);

/* Append the list of all commands, a line each, by set. */
void help_print_commands(const struct session *session, struct strbuf *out);

#endif /* SESSION_HELP_H */
