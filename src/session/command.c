/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command.c: finding the command that a line means, and running it.
 */
#include "session/command.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "session/command_sets.h"
#include "session/condition.h"
#include "session/recording.h"
#include "session/session_private.h"

enum { SOURCE_DEPTH_MAX = 8 };

static const struct command_set *const sets[] = {
	&commands_run, &commands_history, &commands_stops, &commands_data, &commands_info, &commands_session,
};

enum { SET_COUNT = sizeof(sets) / sizeof(sets[0]) };

const struct command_set *commands_at(size_t index)
{
	return index < SET_COUNT ? sets[index] : NULL;
}

void command_add_set(struct session *session, const struct command_set *set, void *ctx)
{
	vec_add(&session->commands, ((struct session_commands){ set, ctx }));
}

const struct command_set *command_set_at(const struct session *session, size_t index)
{
	if (index < SET_COUNT)
		return sets[index];
	index -= SET_COUNT;
	return session && index < session->commands.len ? session->commands.item[index].set : NULL;
}

/* ---- finding ---- */

/* The row numbered INDEX over all sets, and the context of its set; NULL past the last. */
static const struct command *row_at(const struct session *session, size_t index, void **ctx)
{
	const struct command_set *set;

	for (size_t i = 0; (set = command_set_at(session, i)); i++) {
		if (index < set->count) {
			if (ctx)
				*ctx = i < SET_COUNT ? NULL : session->commands.item[i - SET_COUNT].ctx;
			return &set->items[index];
		}
		index -= set->count;
	}
	return NULL;
}

static bool is_alias(const struct command *command, const char *word)
{
	return command->alias && !strcmp(command->alias, word);
}

/* The rows whose names start with WORD, separated by ", ". */
static void list_matches(const struct session *session, const char *word, struct strbuf *out)
{
	const struct command *row;

	for (size_t i = 0; (row = row_at(session, i, NULL)); i++)
		if (!strncmp(row->name, word, strlen(word)))
			strbuf_printf(out, "%s%s", out->len ? ", " : "", row->name);
}

/* No command or several: say which. */
static const struct command *complain(const struct session *session, const char *word, struct error *err)
{
	struct suggest other = suggest_start(word);
	struct strbuf matches = STRBUF_INIT;
	const struct command *row;
	char meant[SUGGEST_TEXT_MAX];

	list_matches(session, word, &matches);
	for (size_t i = 0; (row = row_at(session, i, NULL)); i++)
		suggest_offer(&other, row->name);
	if (matches.len)
		error_set(err, "'%s' could be: %s", word, matches.text);
	else
		error_set(err, "no command '%s'%s", word, suggest_text(&other, " (help lists them)", meant));
	strbuf_free(&matches);
	return NULL;
}

static const struct command *find(const struct session *session, const char *word, void **ctx, struct error *err)
{
	const struct command *row, *match = NULL;
	void *match_ctx = NULL, *row_ctx;
	unsigned matches = 0;

	for (size_t i = 0; (row = row_at(session, i, &row_ctx)); i++) {
		if (is_alias(row, word) || !strcmp(row->name, word)) {
			*ctx = row_ctx;
			return row;
		}
		if (!strncmp(row->name, word, strlen(word))) {
			match = row;
			match_ctx = row_ctx;
			matches++;
		}
	}
	*ctx = match_ctx;
	return matches == 1 ? match : complain(session, word, err);
}

const struct command *command_find(const struct session *session, const char *word, struct error *err)
{
	void *ctx;

	return find(session, word, &ctx, err);
}

size_t command_shortest(const struct session *session, const struct command *command)
{
	const struct command *row;
	size_t len = 1;

	for (size_t i = 0; (row = row_at(session, i, NULL)); i++) {
		size_t same = 0;

		if (row == command)
			continue;
		while (row->name[same] && row->name[same] == command->name[same])
			same++;
		if (same >= len)
			len = same + 1;
		/* Another one's alias wins over a prefix. */
		if (row->alias && strlen(row->alias) == len && !strncmp(row->alias, command->name, len))
			len++;
	}
	return len < strlen(command->name) ? len : strlen(command->name);
}

/* ---- running ---- */

static char *trimmed(const char *start, size_t len)
{
	while (len && isspace((unsigned char)*start)) {
		start++;
		len--;
	}
	while (len && isspace((unsigned char)start[len - 1]))
		len--;
	return xstrndup(start, len);
}

/* Length of the command's name at the start of LINE: letters and '-'. */
static size_t name_length(const char *line)
{
	size_t len = 0;

	while (isalpha((unsigned char)line[len]) || line[len] == '-' || line[len] == '_')
		len++;
	return len ? len : strcspn(line, " \t/");
}

static enum command_status status_of(const struct command_call *call, bool ok)
{
	if (call->failed)
		return COMMAND_FAILED;
	if (!ok)
		return COMMAND_ERROR;
	return call->quit ? COMMAND_QUIT : COMMAND_OK;
}

/* LINE starts with the name of a command. */
static void run_command(struct session *session, const char *line, struct strbuf *out, struct command_result *result)
{
	size_t len = name_length(line), format = 0;
	char *word = xstrndup(line, len), *slash, *args;
	struct command_call call = { .session = session, .out = out, .err = &result->error };
	const struct command *command = find(session, word, &call.ctx, &result->error);
	bool ok = false;

	if (line[len] == '/')
		format = strcspn(line + len, " \t");
	slash = xstrndup(line + len + (format > 0), format ? format - 1 : 0);
	args = trimmed(line + len + format, strlen(line + len + format));
	if (session->recording)
		recording_note(session->recording, machine_time(session_machine(session)), line);
	if (command) {
		call.name = command->name;
		call.format = slash;
		call.args = args;
		ok = command->run(&call);
	}
	if (command && error_is_set(&result->error) &&
	    strncmp(result->error.text, command->name, strlen(command->name)))
		error_prefix(&result->error, command->name);
	result->status = status_of(&call, ok);
	result->ran |= call.ran;
	free(word);
	free(slash);
	free(args);
}

/* Length of the first command of LINE: up to a ';' outside quotes. */
static size_t command_length(const char *line)
{
	char quote = '\0';
	size_t len = 0;

	for (; line[len]; len++) {
		if (quote && line[len] == quote)
			quote = '\0';
		else if (!quote && (line[len] == '"' || line[len] == '\''))
			quote = line[len];
		else if (!quote && line[len] == ';')
			break;
	}
	return len;
}

/* The next command of *LINE, which is moved past it, without blanks around it (free() it); "" for a comment, NULL when
 * there is none. */
static char *next_command(const char **line)
{
	size_t len = command_length(*line);
	char *one;

	if (!**line)
		return NULL;
	one = trimmed(*line, len);
	/* The rest of a comment is comment. */
	if (*one == '#') {
		len = strlen(*line);
		*one = '\0';
	}
	*line += len + ((*line)[len] == ';');
	return one;
}

struct command_result command_execute(struct session *session, const char *line, struct strbuf *out)
{
	struct command_result result = { .status = COMMAND_OK, .error = ERROR_NONE };
	char *one;

	while (result.status == COMMAND_OK && (one = next_command(&line))) {
		if (*one)
			run_command(session, one, out, &result);
		free(one);
	}
	return result;
}

/* What ARGS wait for does not depend on where the machine stands, but for "cpuN:ADDRESS". */
static bool check_condition(const struct session *session, const char *args, struct error *err)
{
	struct condition_list list = CONDITION_LIST_INIT;
	bool ok = !*args || !strncmp(args, "cpu", 3) || condition_parse(&list, session, args, err);

	condition_list_free(&list);
	return ok;
}

static bool check_one(const struct session *session, const char *one, struct error *err)
{
	size_t len = name_length(one);
	char *word = xstrndup(one, len);
	const struct command *command = command_find(session, word, err);
	bool ok = command;

	if (command && command->complete == COMPLETE_CONDITION)
		ok = check_condition(session, one + len + strspn(one + len, " \t"), err) || error_prefix(err, word);
	free(word);
	return ok;
}

bool command_check(const struct session *session, const char *line, struct error *err)
{
	bool ok = true;
	char *one;

	while (ok && (one = next_command(&line))) {
		ok = !*one || check_one(session, one, err);
		free(one);
	}
	return ok;
}

/* ERR is about line NUMBER of the file NAME; false. */
static bool cite_line(const char *name, unsigned number, struct error *err)
{
	char prefix[300];

	snprintf(prefix, sizeof(prefix), "%.280s:%u", name, number);
	return error_prefix(err, prefix);
}

bool command_check_text(const struct session *session, const char *name, const char *text, struct error *err)
{
	bool ok = true;

	for (unsigned number = 1; ok && *text; number++) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		ok = command_check(session, line, err) || cite_line(name, number, err);
		free(line);
		text += len + (text[len] == '\n');
	}
	return ok;
}

struct command_result command_execute_text(struct session *session, const char *name, const char *text,
					   struct strbuf *out)
{
	struct command_result result = { .status = COMMAND_OK, .error = ERROR_NONE };
	bool ran = false;

	if (session->source_depth >= SOURCE_DEPTH_MAX) {
		result.status = COMMAND_ERROR;
		error_set(&result.error, "%s: files that source files, more than %d deep", name, SOURCE_DEPTH_MAX);
		return result;
	}
	session->source_depth++;
	for (unsigned number = 1; *text && result.status == COMMAND_OK; number++) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		result = command_execute(session, line, out);
		ran |= result.ran;
		if (error_is_set(&result.error))
			cite_line(name, number, &result.error);
		free(line);
		text += len + (text[len] == '\n');
	}
	session->source_depth--;
	result.ran = ran;
	return result;
}
