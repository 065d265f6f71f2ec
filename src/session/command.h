/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command.h: the command language: what the prompt, keys, scripts, lessons, tests and the rc file all say.
 *
 * Commands are rows of tables.  The session brings its own; a front end adds rows for what only it can
 * do with command_add_set().  Help, completion, the shortest form of each name and the manual come from these tables.
 * A command prints into a strbuf; who called decides where that goes.
 */
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "session/session.h"

/* How a command ended, the worst last. */
enum command_status {
	COMMAND_OK,
	COMMAND_FAILED,		/* `expect` or `goal` was false: the error says what the values were */
	COMMAND_ERROR,		/* it could not be done as written: the error says why; nothing was changed */
	COMMAND_QUIT,		/* `quit` */
};

/* What one line came to. */
struct command_result {
	enum command_status status;
	bool ran;		/* the machine was run: session_stop() is new */
	struct error error;	/* FAILED and ERROR: one line */
};

/* What the words after a command's name are, for completion. */
enum command_complete {
	COMPLETE_NONE,
	COMPLETE_SYMBOL,	/* code and data symbols */
	COMPLETE_EXPR,		/* symbols, registers, cpuN. */
	COMPLETE_CONDITION,	/* milestone:, cpuN:, event: ... and expressions */
	COMPLETE_COMMAND,	/* names of commands and of help topics */
	COMPLETE_WORD,		/* the words of the row's `words` */
	COMPLETE_CPU,
	COMPLETE_FILE,
};

/* One call of a command. */
struct command_call {
	struct session *session;
	void *ctx;			/* of the set that the command is in */
	const char *name;		/* the whole name, whatever was typed */
	const char *format;		/* what stood behind a '/', "" if nothing: the "4xg" of x/4xg */
	const char *args;		/* the rest of the line, blanks trimmed */
	struct strbuf *out;
	struct error *err;
	bool ran;			/* set by a command that ran the machine */
	bool failed;			/* set, with err, by an expectation that is false */
	bool quit;
};

/* A row.  `run` returns false with call->err when the line is wrong. */
struct command {
	const char *name;
	const char *args;		/* "[N]", "SYM|ADDR [cpu N] [if EXPR]": for help */
	const char *brief;		/* one line, no full stop */
	const char *text;		/* paragraphs for `help NAME` and the manual; NULL: the brief says it all */
	enum command_complete complete;
	const char *words;		/* COMPLETE_WORD: "cpus regs monitors" */
	bool (*run)(struct command_call *call);
	const char *alias;		/* a letter that wins over any other name it starts (gdb's s, n, c), or NULL */
};

/* Rows that belong together. */
struct command_set {
	const char *title;		/* "Running", "Looking": the heading in help */
	const struct command *items;
	size_t count;
};

/* The session's own sets, for help without a session: NULL when INDEX is past the last. */
const struct command_set *commands_at(size_t index);

/* Add a front end's SET (it must outlive SESSION); CTX is handed to its commands. */
void command_add_set(struct session *session, const struct command_set *set, void *ctx);

/* The sets of SESSION (NULL: the session's own ones), in the order added: NULL when INDEX is past the last. */
const struct command_set *command_set_at(const struct session *session, size_t index);

/* Do LINE, which may be empty or a comment (#), and append what it prints to OUT.  Several commands on a line are
 * separated by ';' outside quotes. */
struct command_result command_execute(struct session *session, const char *line, struct strbuf *out);

/* Could LINE be done, as far as can be told without doing it: are there its commands, and what they wait for?  False
 * with ERR. */
bool command_check(const struct session *session, const char *line, struct error *err);

/* The same for all lines of TEXT, contents of the file NAME. */
bool command_check_text(const struct session *session, const char *name, const char *text, struct error *err);

/* Do the commands of TEXT (contents of the file NAME, which messages cite as NAME:LINE), ending at the first that does
 * not end in COMMAND_OK. */
struct command_result command_execute_text(struct session *session, const char *name, const char *text,
					   struct strbuf *out);

/* The command that WORD names (whole, shortest form, or alias).  NULL with ERR ("no command 'foo'; did you mean ...",
 * or "'re' could be: restore, round, run-others") when there is not exactly one. */
const struct command *command_find(const struct session *session, const char *word, struct error *err);

/* Length of the shortest form of COMMAND's name among all of SESSION's commands. */
size_t command_shortest(const struct session *session, const struct command *command);

/* Names that could stand at the end of the first LEN bytes of LINE; each is a whole word.  *START is where the word
 * that they replace begins.  Free with command_completions_free(). */
struct completions { VEC(char *) words; size_t start; };
/* Fill in C. */
void command_complete(const struct session *session, const char *line, size_t len, struct completions *c);
/* Free what C holds. */
void command_completions_free(struct completions *c);

#endif /* SESSION_COMMAND_H */
