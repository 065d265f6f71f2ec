/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/line.h: one line of a view: UTF-8 text, and beside it a style for each byte.
 *
 *	struct line line = LINE_INIT;
 *	line_add(&line, STYLE_DIM, "slot ");
 *	line_printf(&line, STYLE_CHANGED, "%u", slot);
 *	line_pad(&line, 20);
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "ui/style.h"

/* Start it with LINE_INIT, free it with line_free(). */
struct line {
	struct strbuf text;
	struct strbuf styles;	/* enum style, a byte for each byte of text */
};

#define LINE_INIT { STRBUF_INIT, STRBUF_INIT }

/* Free what LINE holds and make it empty. */
void line_free(struct line *line);

/* Make LINE empty but keep its memory. */
void line_clear(struct line *line);

/* Append TEXT, which is all of one STYLE. */
void line_add(struct line *line, enum style style, const char *text);

/* Append formatted text. */
void line_printf(struct line *line, enum style style, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Append blanks until LINE is COLUMN columns wide; one blank when it is already that wide, and not empty. */
void line_pad(struct line *line, int column);

/* Append TEXT in a field of COLUMNS columns: cut or padded to exactly that. */
void line_field(struct line *line, enum style style, int columns, const char *text);

/* Cut LINE off behind COLUMNS columns. */
void line_cut(struct line *line, int columns);

/* Give all of LINE from the byte START on STYLE. */
void line_restyle(struct line *line, size_t start, enum style style);

/* Columns that LINE takes. */
int line_width(const struct line *line);

/* The text, borrowed until the next change. */
const char *line_text(const struct line *line);

/* The style of the byte at INDEX. */
enum style line_style(const struct line *line, size_t index);

/* Append T with a blank between groups of three digits, as "1 204 551". */
void line_time(struct line *line, enum style style, unsigned long long t);

#endif /* UI_LINE_H */
