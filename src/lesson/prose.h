/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/prose.h: the Markdown of a lesson as lines of text that fit a width.
 *
 * Every line comes with a second string of the same length in bytes that says what each byte is; a front end picks
 * colours by it.  What is understood: paragraphs, headings, lists, quotes, fenced code, tables (kept as they are),
 * `code`, **strong**, *emphasis* and [links](address), of which the text is kept.
 */
#ifndef LESSON_PROSE_H
#define LESSON_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "base/vec.h"

/* What a byte of a line is. */
enum prose_style {
	PROSE_PLAIN = ' ', PROSE_CODE = 'c', PROSE_STRONG = 's', PROSE_EMPHASIS = 'e', PROSE_HEADING = 'h',
	PROSE_MARK = 'm',
};

/* A line: both strings are owned and of the same length. */
struct prose_line { char *text, *style; };

/* Lines; start with VEC_INIT. */
struct prose { struct prose_line *item; size_t len, size; };

/* Append MARKDOWN, wrapped to WIDTH columns (at least 20), to PROSE.  What cannot be broken (code, a long word) is
 * longer. */
void prose_add(struct prose *prose, const char *markdown, unsigned width);

/* Append one line TEXT, all of it STYLE. */
void prose_add_line(struct prose *prose, const char *text, enum prose_style style);

/* Append TEXT, all of it STYLE, wrapped to WIDTH columns; lines behind the first are indented by INDENT. */
void prose_add_words(struct prose *prose, const char *text, enum prose_style style, unsigned indent, unsigned width);

/* Does a blank belong between two lines of a paragraph, one that begins at START and ends before END, and the one at
 * NEXT? Chinese and Japanese have none. */
bool prose_joins_with_blank(const char *start, const char *end, const char *next);

/* Append TEXT as one line: where its file breaks lines means nothing. */
void prose_put_unwrapped(const char *text, struct strbuf *out);

/* Free what PROSE holds and make it empty. */
void prose_free(struct prose *prose);

/* Columns that the LEN bytes at TEXT take on a terminal: East Asian wide characters two, combining ones none. */
unsigned prose_columns(const char *text, size_t len);

#endif /* LESSON_PROSE_H */
