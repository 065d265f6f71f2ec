/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/goal.c: asking the machine whether a goal is reached.
 */
#include "lesson/goal.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/console.h"
#include "session/expr.h"

/* A line: one of the three is set. */
struct goal_line {
	const char *text;	/* borrowed from the lesson */
	struct expr *expr;
	const char *uart;
	int stopped;		/* enum stopped, or -1 */
};

struct goal { VEC(struct goal_line) lines; };

static const struct { const char *word; enum stopped why; } endings[] = {
	{ "idle", STOPPED_IDLE }, { "off", STOPPED_POWER_OFF }, { "fault", STOPPED_FAULT },
	{ "deadlock", STOPPED_DEADLOCK }, { "livelock", STOPPED_LIVELOCK },
};

/* What stands behind PREFIX, or NULL. */
static const char *after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	if (strncmp(text, prefix, len))
		return NULL;
	return text + len + strspn(text + len, " \t");
}

static bool parse_stopped(struct goal_line *line, const char *word, struct error *err)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (!strcmp(endings[i].word, word))
			line->stopped = (int)endings[i].why;
	return line->stopped >= 0 ||
	       error_set(err, "'%s': a machine stops idle, off, or by fault, deadlock, livelock", word);
}

static bool parse_line(struct goal_line *line, struct session *session, struct error *err)
{
	const char *word = after(line->text, "stopped:");

	line->uart = after(line->text, "uart:");
	if (word)
		return parse_stopped(line, word, err);
	if (line->uart)
		return *line->uart || error_set(err, "'uart:' wants the text to look for");
	line->expr = expr_parse(session, line->text, err);
	if (!line->expr)
		return false;
	session_want_events(session, expr_events(line->expr));
	return true;
}

struct goal *goal_new(const struct lesson_block *block, struct session *session, struct error *err)
{
	struct goal *goal = xzalloc(sizeof(*goal));

	for (size_t i = 0; i < block->lines.len; i++) {
		struct goal_line *line = vec_push(&goal->lines);
		struct error own = ERROR_NONE;

		line->text = block->lines.item[i].text;
		line->stopped = -1;
		if (parse_line(line, session, &own))
			continue;
		error_set(err, "%u: %s", block->lines.item[i].number, own.text);
		goal_free(goal);
		return NULL;
	}
	return goal;
}

void goal_free(struct goal *goal)
{
	if (!goal)
		return;
	for (size_t i = 0; i < goal->lines.len; i++)
		expr_free(goal->lines.item[i].expr);
	vec_free(&goal->lines);
	free(goal);
}

size_t goal_count(const struct goal *goal)
{
	return goal->lines.len;
}

const char *goal_text(const struct goal *goal, size_t index)
{
	return goal->lines.item[index].text;
}

/* `until idle` stops for its condition, which is as good as stopping by itself. */
static bool is_stopped(const struct session_stop *stop, const struct goal_line *line)
{
	if (stop->why == STOPPED_CONDITION)
		return !strcmp(stop->text, after(line->text, "stopped:"));
	return (int)stop->why == line->stopped;
}

bool goal_line_holds(const struct goal *goal, const struct session *session, size_t index)
{
	const struct goal_line *line = &goal->lines.item[index];
	uint64_t value;

	if (line->uart)
		return strstr(console_text(session_console(session), NULL), line->uart);
	if (line->stopped >= 0)
		return is_stopped(session_stop(session), line);
	return expr_eval(line->expr, session, &value, NULL) && value;
}

bool goal_holds(const struct goal *goal, const struct session *session)
{
	for (size_t i = 0; i < goal->lines.len; i++)
		if (!goal_line_holds(goal, session, i))
			return false;
	return true;
}

bool goal_can_change(const struct goal *goal, size_t index)
{
	const struct goal_line *line = &goal->lines.item[index];

	return !line->expr || expr_depends(line->expr);
}

void goal_explain(const struct goal *goal, const struct session *session, size_t index, struct strbuf *out)
{
	const struct goal_line *line = &goal->lines.item[index];
	struct strbuf parts = STRBUF_INIT;
	struct error err = ERROR_NONE;
	uint64_t value;

	strbuf_printf(out, "%s: ", line->text);
	if (!line->expr) {
		strbuf_puts(out, goal_line_holds(goal, session, index) ? "true" : "false");
		return;
	}
	if (!expr_eval(line->expr, session, &value, &err)) {
		strbuf_puts(out, err.text);
		return;
	}
	expr_explain(line->expr, session, &parts);
	strbuf_printf(out, "%s%s%s", value ? "true" : "false", parts.len ? ": " : "", strbuf_text(&parts));
	strbuf_free(&parts);
}
