/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_lesson.c: the lesson beside the machine: the step with its goal, hints and questions, or the list of lessons.
 *
 * What a step says comes from lesson/play.h, wrapped and with its meanings; here they only get styles.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lesson/play.h"
#include "ui/keys.h"
#include "ui/view.h"
#include "ui/words.h"

enum { LEAST_WIDTH = 20 };

struct lesson_lines {
	struct prose prose;
	size_t step;			/* shown last, from 1; 0: none */
	int width;			/* of the pane then */
	size_t clicked;			/* line of the list, from 1; 0: none */
};

/* The name of the lesson that a line of the list is about, its length in *LEN; NULL for any other line. */
static const char *lesson_of(const char *text, size_t *len)
{
	size_t blank = strspn(text, " ");

	*len = strcspn(text + blank, " ");
	return blank && *len && strpbrk(text + blank, "0123456789") ? text + blank : NULL;
}

/* The first lesson of the list. */
static size_t first_lesson(const struct prose *prose)
{
	size_t len;

	for (size_t i = 0; i < prose->len; i++)
		if (lesson_of(prose->item[i].text, &len))
			return i;
	return 0;
}

/* A step begins at its top; what a goal, a hint or a question adds to it comes into sight. */
static void follow(struct view *view, struct lesson_lines *lines)
{
	size_t step = play_index(view->model->play) + 1;

	if (lines->step != step)
		view->cursor = view->top = 0;
	else if (lines->width == view->width && lines->prose.len > view->count)
		view->cursor = lines->prose.len - 1;
	lines->step = step;
	lines->width = view->width;
}

/* What is said before the first step stands above it. */
static void add_step(const struct play *play, unsigned width, struct prose *out)
{
	const char *intro = play_lesson(play)->intro;

	if (!play_index(play) && *intro) {
		prose_add(out, intro, width);
		prose_add_line(out, "", PROSE_PLAIN);
	}
	play_text(play, width, out);
}

static void prepare(struct view *view)
{
	const struct model *model = view->model;
	unsigned width = view->width > LEAST_WIDTH ? (unsigned)view->width : LEAST_WIDTH;
	struct lesson_lines *lines;

	if (!view->state)
		view->state = xzalloc(sizeof(struct lesson_lines));
	lines = view->state;
	prose_free(&lines->prose);
	if (model->play)
		add_step(model->play, width, &lines->prose);
	else if (model->lesson)
		prose_add(&lines->prose, model->lesson->text, width);
	if (model->play)
		follow(view, lines);
	view->count = lines->prose.len;
	if (!view->is_free && !model->play)
		view->cursor = first_lesson(&lines->prose);
}

static void title(const struct view *view, struct line *out)
{
	const struct play *play = view->model->play;

	if (play)
		/* The step first: a narrow pane cuts the title off. */
		line_printf(out, STYLE_TITLE, "%zu/%zu · %s", play_index(play) + 1, play_lesson(play)->steps.len,
			    play_lesson(play)->title);
	else if (view->model->lesson)
		line_add(out, STYLE_TITLE, view->model->lesson->title);
}

static enum style style_of(char prose)
{
	switch (prose) {
	case PROSE_CODE:
		return STYLE_SYMBOL;
	case PROSE_STRONG: case PROSE_HEADING:
		return STYLE_HEADING;
	case PROSE_EMPHASIS:
		return STYLE_EXPLAIN;
	case PROSE_MARK:
		return STYLE_DONE;
	default:
		return STYLE_NORMAL;
	}
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct lesson_lines *lines = view->state;
	const struct prose_line *prose = &lines->prose.item[index];

	for (size_t at = 0; prose->text[at];) {
		size_t len = 1;

		while (prose->text[at + len] && prose->style[at + len] == prose->style[at])
			len++;
		line_printf(out, style_of(prose->style[at]), "%.*s", (int)len, prose->text + at);
		at += len;
	}
}

/* The command that opens the lesson of the line. */
static void open_line(struct view *view, struct strbuf *command)
{
	struct strbuf text = STRBUF_INIT;
	const char *name;
	size_t len;

	view_current_text(view, &text);
	name = lesson_of(strbuf_text(&text), &len);
	if (name)
		strbuf_printf(command, "open %.*s", (int)len, name);
	strbuf_free(&text);
}

/* In the list, Enter opens the lesson of the line, */
static bool key(struct view *view, int key, struct strbuf *command)
{
	if ((key != UI_KEY_ENTER && key != '\n') || view->model->play)
		return false;
	open_line(view, command);
	return true;
}

/* and so does a second click on it: the first chooses, or only focuses the pane. */
static void point(struct view *view, int column, bool is_drag, struct strbuf *command)
{
	struct lesson_lines *lines = view->state;

	(void)column;
	if (view->model->play || is_drag)
		return;
	if (lines->clicked == view->cursor + 1)
		open_line(view, command);
	lines->clicked = view->cursor + 1;
}

static void free_state(struct view *view)
{
	struct lesson_lines *lines = view->state;

	if (!lines)
		return;
	prose_free(&lines->prose);
	free(lines);
}

const struct view_ops view_lesson = {
	"lesson",
	"The step of the lesson: what to look at, its goal ([x] holds, [ ] does not yet), hints and questions.\n"
	"\n"
	"  Space  page down        Down  line down\n"
	"  H  one more hint        a  answer the question\n"
	"  ]  next step            [  step before\n"
	"\n"
	"In the list of lessons, Enter or a second click opens it.  :lesson again starts a step anew.\n",
	title, prepare, line, NULL, key, free_state, point,
};
