/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lint.c: looking at a lesson without playing it.
 */
#include "lesson/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "lesson/lint_commands.h"
#include "lesson/play.h"
#include "lesson/prose.h"
#include "service/file.h"

/* One lesson being looked at. */
struct lint {
	const struct lesson *lesson;
	const struct course *course;
	struct play *play;
	struct report *report;
};

static void found(const struct lint *lint, unsigned line, const char *text)
{
	struct strbuf name = STRBUF_INIT;

	strbuf_printf(&name, "%s:%u", lint->lesson->file, line);
	report_add(lint->report, VERDICT_FAIL, strbuf_text(&name), text);
	strbuf_free(&name);
}

static void found_word(const struct lint *lint, unsigned line, const char *before, const char *word, const char *after)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s'%s'%s", before, word, after);
	found(lint, line, strbuf_text(&text));
	strbuf_free(&text);
}

/* ---- commands ---- */

static void lint_block(const struct lint *lint, const struct lesson_block *block)
{
	for (size_t i = 0; i < block->lines.len; i++) {
		struct error err = ERROR_NONE;

		if (!lint_command(play_session(lint->play), block->lines.item[i].text, &err))
			found(lint, block->lines.item[i].number, err.text);
	}
}

/* ---- goals, hints ---- */

/* Does HINT let the machine run until some of WORDS are on the console, and stop there before they have ended? */
static bool stops_too_early(const char *hint, const char *words)
{
	static const char until[] = "`until uart:";
	const char *at = strstr(hint, until), *end, *found;
	char *part;

	end = at ? strchr(at + strlen(until), '`') : NULL;
	if (!end)
		return false;
	part = xstrndup(at + strlen(until), (size_t)(end - at) - strlen(until));
	found = strstr(words, part);
	end = found ? found + strlen(part) : "";
	free(part);
	return *end;
}

static void lint_hints(const struct lint *lint, const struct lesson_step *step)
{
	static const char kind[] = "uart: ";

	for (size_t i = 0; i < step->goal.lines.len; i++) {
		const struct lesson_line *line = &step->goal.lines.item[i];

		for (size_t j = 0; !strncmp(line->text, kind, strlen(kind)) && j < step->hints.len; j++)
			if (stops_too_early(step->hints.item[j], line->text + strlen(kind)))
				found_word(lint, line->number, "", line->text,
					   ": a hint stops before all of it is written");
	}
}

static void lint_goal(const struct lint *lint, const struct lesson_step *step)
{
	struct goal *goal = goal_new(&step->goal, play_session(lint->play), NULL);

	if (!step->solution.number)
		found_word(lint, step->goal.number, "the goal of ", step->anchor,
			   " cannot be reached: no 'smp solution'");
	if (!step->hints.len)
		found_word(lint, step->number, "step ", step->anchor, " has a goal and no '> hint:'");
	for (size_t i = 0; goal && i < goal_count(goal); i++)
		if (!goal_can_change(goal, i))
			found_word(lint, step->goal.lines.item[i].number, "", goal_text(goal, i),
				   ": nothing that the machine does can change it");
	goal_free(goal);
	lint_hints(lint, step);
}

static void lint_step(const struct lint *lint, const struct lesson_step *step)
{
	if (step->goal.number)
		lint_goal(lint, step);
	else if (step->solution.number)
		found_word(lint, step->solution.number, "step ", step->anchor, " has a solution and no goal");
	if (!*step->prose)
		found_word(lint, step->number, "step ", step->anchor, " says nothing");
	lint_block(lint, &step->setup);
	lint_block(lint, &step->solution);
	for (size_t i = 0; i < step->quizzes.len; i++) {
		const struct lesson_quiz *quiz = &step->quizzes.item[i];

		lint_block(lint, &quiz->predict);
		if (!*quiz->why)
			found_word(lint, quiz->number, "quiz ", quiz->question, " has no '> why:'");
		if (quiz->kind == QUIZ_VALUE && quiz->answer.lines.len > 1)
			found_word(lint, quiz->number, "quiz ", quiz->question, " has more than one answer");
	}
}

/* ---- links ---- */

/* The anchor "#..." in the lesson in the file PATH. */
static bool has_anchor(const char *path, const char *anchor)
{
	struct lesson *lesson = lesson_load(path, NULL);
	bool has = lesson && (lesson_find_step(lesson, anchor) >= 0 || !strcmp(lesson->anchor, anchor));

	lesson_free(lesson);
	return has;
}

/* TARGET, what stands in the brackets of a link. */
static void lint_target(const struct lint *lint, unsigned line, const char *target)
{
	size_t len = strcspn(target, "#");
	struct strbuf path = STRBUF_INIT;

	if (strstr(target, "://"))
		return;
	if (len)
		strbuf_printf(&path, "%s/%.*s", lint->lesson->dir, (int)len, target);
	else
		strbuf_puts(&path, lint->lesson->file);
	if (access(strbuf_text(&path), R_OK) != 0)
		found_word(lint, line, "link to ", target, ": there is no such file");
	else if (target[len] && !has_anchor(strbuf_text(&path), target + len + 1))
		found_word(lint, line, "link to ", target, ": there is no such anchor");
	strbuf_free(&path);
}

static void lint_links(const struct lint *lint, unsigned number, const char *line)
{
	for (const char *at = line; (at = strstr(at, "](")); ) {
		char *target;

		at += 2;
		target = xstrndup(at, strcspn(at, ")"));
		lint_target(lint, number, target);
		free(target);
	}
}

/* ---- lines ---- */

static void lint_width(const struct lint *lint, unsigned number, const char *line)
{
	char text[60];
	unsigned columns = prose_columns(line, strlen(line));

	if (columns <= LINT_COLUMNS || *line == '|' || *line == '#')
		return;
	snprintf(text, sizeof(text), "%u columns; a lesson keeps to %d", columns, LINT_COLUMNS);
	found(lint, number, text);
}

static void lint_lines(const struct lint *lint, const char *path)
{
	struct bytes bytes = BYTES_NONE;
	unsigned number = 0;
	char *text, *at, *line;

	if (!file_read(path, LESSON_SIZE_MAX, &bytes, NULL))
		return;
	at = text = xstrndup((const char *)bytes.data, bytes.size);
	bytes_free(&bytes);
	while ((line = strsep(&at, "\n"))) {
		number++;
		lint_width(lint, number, line);
		lint_links(lint, number, line);
	}
	free(text);
}

/* ---- header and translations ---- */

static void lint_header(const struct lint *lint)
{
	char *needs = xstrdup(lint->lesson->needs), *save, *word;

	if (!*lint->lesson->time)
		found(lint, 2, "the header does not say how long it takes ('time: 10 min')");
	for (word = strtok_r(needs, " ,", &save); word && lint->course; word = strtok_r(NULL, " ,", &save))
		if (!course_find(lint->course, word, NULL))
			found_word(lint, 2, "needs: ", word, " is no lesson");
	free(needs);
}

/* ERR cites the file where that is at fault, "PATH:3: ...", and so does a finding. */
static void lint_error(struct report *report, const char *path, const struct error *err)
{
	const char *end = strncmp(err->text, path, strlen(path)) ? NULL : strstr(err->text + strlen(path), ": ");
	char *name = end ? xstrndup(err->text, (size_t)(end - err->text)) : xstrdup(path);

	report_add(report, VERDICT_FAIL, name, end ? end + 2 : err->text);
	free(name);
}

static void lint_translation(const struct lint *lint, const char *language)
{
	char *path = course_translation(lint->lesson->file, language);
	struct bytes bytes = BYTES_NONE;
	struct error err = ERROR_NONE;
	struct lesson *words = NULL, *whole = NULL;

	if (access(path, F_OK) == 0 && file_read(path, LESSON_SIZE_MAX, &bytes, &err))
		words = lesson_parse_translation((const char *)bytes.data, bytes.size, path, &err);
	if (words)
		whole = lesson_load(lint->lesson->file, &err);
	if (whole)
		lesson_translate(whole, words, &err);
	if (error_is_set(&err))
		lint_error(lint->report, path, &err);
	bytes_free(&bytes);
	lesson_free(words);
	lesson_free(whole);
	free(path);
}

void lint_lesson(const char *path, const struct course *course, const struct machine_places *places,
		 struct report *report)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = lesson_load(path, &err);
	struct lint lint = { lesson, course, NULL, report };
	size_t before = report->len;
	/* Without its kernel there are no symbols to hold its commands against. */
	bool is_half = lesson && machine_line_lacks_linux(&lesson->machine, places, NULL);

	if (lesson && !is_half)
		lint.play = play_new(lesson, places, &err);
	if (!lint.play && !is_half) {
		lint_error(report, path, &err);
		lesson_free(lesson);
		return;
	}
	for (size_t i = 0; lint.play && i < lesson->steps.len; i++)
		lint_step(&lint, &lesson->steps.item[i]);
	lint_header(&lint);
	lint_lines(&lint, path);
	lint_translation(&lint, "zh");
	lint_translation(&lint, "ko");
	if (report->len == before)
		report_add(report, VERDICT_PASS, path, "");
	play_free(lint.play);
	lesson_free(lesson);
}

void lint_course(const struct course *course, struct report *report)
{
	uint32_t rows = 0;
	bool is_whole = true;

	for (size_t i = 0; i < course->len; i++) {
		struct lesson *lesson = lesson_load(course->item[i].path, NULL);

		rows |= lesson ? lesson->rows : 0;
		lesson_free(lesson);
	}
	for (unsigned row = 1; row <= LESSON_ROWS; row++) {
		if (rows >> row & 1)
			continue;
		report_fail(report, "course", "row %u of the milestones is shown by no lesson ('shows:' in a header)",
			    row);
		is_whole = false;
	}
	if (is_whole)
		report_add(report, VERDICT_PASS, "course", "");
}
