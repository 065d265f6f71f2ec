/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_text.c: views that are text from somewhere else: a command's output, help.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "ui/view.h"
#include "ui/words.h"

/* A line of the text: its bytes and what it is. */
struct piece {
	size_t start, len;
	enum style style;
	const char *text;
	bool goes_on;		/* with the line of the text that the piece before began, */
	int indent;		/* so many columns from the edge */
};

struct text {
	VEC(struct piece) pieces;
};

static struct text *text_of(struct view *view)
{
	if (!view->state)
		view->state = xzalloc(sizeof(struct text));
	vec_clear(&((struct text *)view->state)->pieces);
	return view->state;
}

/* Where a LINE that is too long goes on: under what is said of a key ("  u     run until ..."), or under its begin. */
static int indent_of(const char *line, int width)
{
	size_t len = strcspn(line, "\n"), column = strspn(line, " "), gap = column;

	while (column && gap + 1 < len && strncmp(line + gap, "  ", 2))
		gap++;
	if (column && gap + 1 < len)
		column = gap + strspn(line + gap, " ");
	return (int)column < width / 2 ? (int)column : 0;
}

static void add_text(const struct view *view, struct text *to, enum style style, const char *text)
{
	struct piece piece = { .style = style, .text = text };
	int indent = 0, room;
	size_t at = 0;

	while (text && text[at]) {
		piece.goes_on = at && text[at - 1] != '\n';
		if (!piece.goes_on)
			indent = indent_of(text + at, view->width);
		piece.indent = piece.goes_on ? indent : 0;
		room = view->width - piece.indent;
		words_wrap(text, room, &at, &piece.start, &piece.len);
		vec_add(&to->pieces, piece);
	}
}

static void text_line(struct view *view, size_t index, struct line *out)
{
	const struct text *text = view->state;
	const struct piece *piece = &text->pieces.item[index];

	line_printf(out, piece->style, "%*s%.*s", piece->indent, "", (int)piece->len, piece->text + piece->start);
}

static void free_state(struct view *view)
{
	struct text *text = view->state;

	if (!text)
		return;
	vec_free(&text->pieces);
	free(text);
}

/* ---- output of a command, help ---- */

static void prepare_output(struct view *view)
{
	struct text *text = text_of(view);

	add_text(view, text, STYLE_NORMAL, strbuf_text(&view->model->output));
	view->count = text->pieces.len;
}

const struct view_ops view_output = {
	"output",
	"What the last command printed.  q or Esc closes it.\n",
	NULL, prepare_output, text_line, NULL, NULL, free_state, NULL,
};

static void prepare_help(struct view *view)
{
	struct text *text = text_of(view);

	add_text(view, text, STYLE_NORMAL, strbuf_text(&view->model->help));
	/* Headings are the lines that are not indented and are followed by one that is. */
	for (size_t i = 0; i + 1 < text->pieces.len; i++) {
		struct piece *piece = &text->pieces.item[i], *next = piece + 1;

		if (piece->len && !piece->goes_on && piece->text[piece->start] != ' ' && next->len &&
		    !next->goes_on && next->text[next->start] == ' ')
			piece->style = STYLE_HEADING;
	}
	view->count = text->pieces.len;
}

const struct view_ops view_help = {
	"help",
	"Help.  q or Esc closes it.\n",
	NULL, prepare_help, text_line, NULL, NULL, free_state, NULL,
};
