/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lint_commands.c: checking commands by the command table.
 */
#include "lesson/lint_commands.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/command.h"
#include "session/condition.h"
#include "session/expr.h"

/* Commands that a file has no use for: they are about the person, or about other files. */
static const char *const out_of_place[] = { "source", "dump", "quit", "hint", "answer", "lesson" };

static bool check_condition(struct session *session, const char *args, struct error *err)
{
	struct condition_list list = CONDITION_LIST_INIT;
	bool ok = condition_parse(&list, session, args, err);

	condition_list_free(&list);
	return ok;
}

static bool check_expr(struct session *session, const char *args, const char **end, struct error *err)
{
	struct expr *expr = expr_parse_prefix(session, args, end, err);
	bool ok = expr;

	expr_free(expr);
	return ok;
}

/* "LVALUE = EXPR" or an expression with more behind it. */
static bool check_exprs(struct session *session, const char *args, struct error *err)
{
	const char *end;

	if (!check_expr(session, args, &end, err))
		return false;
	return *end != '=' || check_expr(session, end + 1, &end, err);
}

static bool check_args(struct session *session, const struct command *command, const char *args, struct error *err)
{
	/* "[COND]": it can be left out. */
	if (command->complete == COMPLETE_CONDITION && (*args || *command->args != '['))
		return check_condition(session, args, err);
	if (*args && (command->complete == COMPLETE_EXPR || command->complete == COMPLETE_SYMBOL))
		return check_exprs(session, args, err);
	return true;
}

static bool is_out_of_place(const char *name)
{
	for (size_t i = 0; i < sizeof(out_of_place) / sizeof(out_of_place[0]); i++)
		if (!strcmp(out_of_place[i], name))
			return true;
	return false;
}

/* One command. */
static bool check_one(struct session *session, const char *text, struct error *err)
{
	const struct command *command;
	const char *args;
	char *word;

	text += strspn(text, " \t");
	word = xstrndup(text, strcspn(text, " \t/"));
	args = text + strcspn(text, " \t");
	args += strspn(args, " \t");
	if (!*word || *word == '#') {
		free(word);
		return true;
	}
	command = command_find(session, word, err);
	free(word);
	if (!command)
		return false;
	if (is_out_of_place(command->name))
		return error_set(err, "'%s' has no place in a lesson's blocks", command->name);
	return check_args(session, command, args, err) || error_prefix(err, command->name);
}

/* The end of the command at TEXT: a ';' outside quotes, or the end. */
static const char *command_end(const char *text)
{
	bool quoted = false;

	for (; *text && (quoted || *text != ';'); text++)
		if (*text == '"')
			quoted = !quoted;
	return text;
}

bool lint_command(struct session *session, const char *line, struct error *err)
{
	while (*line) {
		const char *end = command_end(line);
		char *one = xstrndup(line, (size_t)(end - line));
		bool ok = check_one(session, one, err);

		free(one);
		if (!ok)
			return false;
		line = end + (*end == ';');
	}
	return true;
}
