/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/prose.c: Markdown to wrapped lines with styles.
 *
 * Lines of a paragraph are gathered as one run of characters, each with its style; the run is then cut into words and
 * the words into lines.  Before a Chinese character a line may be broken as well, for Chinese has no blanks.
 */
#include "lesson/prose.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/width.h"

#define CODE_INDENT	"    "

enum { WIDTH_MIN = 20, TAB_STOP = 8 };

/* Text with a style for each byte. */
struct run { struct strbuf text, style; };
#define RUN_INIT { STRBUF_INIT, STRBUF_INIT }

/* What the lines so far belong to. */
struct wrapper {
	struct prose *prose;
	unsigned width;
	struct run para;		/* the paragraph so far */
	unsigned indent;		/* of its lines behind the first, in columns */
	bool in_code;
};

/* ---- columns ---- */

/* Bytes of the character at S: a stray byte counts as one. */
static size_t char_bytes(const char *s)
{
	size_t len = utf8_char_len(s);

	return len ? len : 1;
}

unsigned prose_columns(const char *text, size_t len)
{
	unsigned columns = 0;

	for (const char *at = text; at < text + len && *at; at += char_bytes(at))
		columns += (unsigned)width_of_char(utf8_decode(at));
	return columns;
}

/* ---- runs ---- */

static void run_free(struct run *run)
{
	strbuf_free(&run->text);
	strbuf_free(&run->style);
}

static void run_add(struct run *run, const char *text, size_t len, char style)
{
	strbuf_add(&run->text, text, len);
	while (run->style.len < run->text.len)
		strbuf_putc(&run->style, style);
}

/* RUN becomes the next line. */
static void put_line(struct prose *prose, struct run *run)
{
	struct prose_line *line = vec_push(prose);

	line->text = strbuf_steal(&run->text);
	line->style = strbuf_steal(&run->style);
}

void prose_add_line(struct prose *prose, const char *text, enum prose_style style)
{
	struct run run = RUN_INIT;

	run_add(&run, text, strlen(text), (char)style);
	put_line(prose, &run);
}

/* ---- Markdown inside a line ---- */

/* The length of the span that MARK opens at S ("**strong**"): its text; 0 when nothing closes it. */
static size_t span_len(const char *s, const char *mark)
{
	size_t len = strlen(mark);
	const char *end;

	if (strncmp(s, mark, len) || !s[len] || isspace((unsigned char)s[len]))
		return 0;
	end = strstr(s + len, mark);
	return end ? (size_t)(end - s) - len : 0;
}

/* Take the span in STYLE that MARK opens at *S; false when there is none. */
static bool take_span(struct run *run, const char **s, const char *mark, char style)
{
	size_t len = span_len(*s, mark);

	if (!len)
		return false;
	run_add(run, *s + strlen(mark), len, style);
	*s += len + 2 * strlen(mark);
	return true;
}

/* "[text](address)" at *S: the text. */
static bool take_link(struct run *run, const char **s)
{
	const char *close = **s == '[' ? strchr(*s, ']') : NULL;
	const char *end = close && close[1] == '(' ? strchr(close, ')') : NULL;

	if (!end)
		return false;
	run_add(run, *s + 1, (size_t)(close - *s) - 1, PROSE_PLAIN);
	*s = end + 1;
	return true;
}

static void add_inline(struct run *run, const char *s, char style)
{
	while (*s) {
		size_t len = char_bytes(s);

		if (take_span(run, &s, "`", PROSE_CODE) || take_span(run, &s, "**", PROSE_STRONG) ||
		    take_span(run, &s, "*", PROSE_EMPHASIS) || take_link(run, &s))
			continue;
		run_add(run, s, len, style);
		s += len;
	}
}

/* ---- wrapping ---- */

/* May a line begin with C although no blank stands before it?  With kana and Chinese characters it may, with their
 * punctuation not, and Korean has blanks. */
static bool can_begin_line(uint32_t c)
{
	return (c >= 0x3041 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || c >= 0x20000;
}

/* Bytes from AT to the next place where a line may end. */
static size_t word_len(const char *at)
{
	bool is_wide = width_of_char(utf8_decode(at)) == 2;
	size_t len = char_bytes(at);

	while (at[len] && at[len] != ' ' && !(is_wide && can_begin_line(utf8_decode(at + len)))) {
		is_wide = width_of_char(utf8_decode(at + len)) == 2;
		len += char_bytes(at + len);
	}
	return len;
}

static void indent_run(struct run *run, unsigned columns)
{
	while (columns--)
		run_add(run, " ", 1, PROSE_PLAIN);
}

/* Cut the paragraph into lines. */
static void end_paragraph(struct wrapper *w)
{
	const char *text = strbuf_text(&w->para.text), *style = strbuf_text(&w->para.style);
	struct run line = RUN_INIT;
	unsigned columns = 0;

	for (size_t at = 0; text[at]; ) {
		size_t blanks = strspn(text + at, " ");
		size_t len = text[at + blanks] ? word_len(text + at + blanks) : 0;
		unsigned wanted = (unsigned)blanks + prose_columns(text + at + blanks, len);

		if (columns > w->indent && columns + wanted > w->width) {
			put_line(w->prose, &line);
			indent_run(&line, w->indent);
			columns = w->indent;
			at += blanks;
			blanks = 0;
			wanted = prose_columns(text + at, len);
		}
		for (size_t i = 0; i < blanks + len; i++)
			run_add(&line, text + at + i, 1, style[at + i]);
		columns += wanted;
		at += blanks + len;
	}
	if (line.text.len)
		put_line(w->prose, &line);
	run_free(&line);
	strbuf_clear(&w->para.text);
	strbuf_clear(&w->para.style);
	w->indent = 0;
}

void prose_add_words(struct prose *prose, const char *text, enum prose_style style, unsigned indent, unsigned width)
{
	struct wrapper w = { .prose = prose, .width = width, .para = RUN_INIT, .indent = indent };

	run_add(&w.para, text, strlen(text), (char)style);
	end_paragraph(&w);
	run_free(&w.para);
}

/* ---- joining lines ---- */

static bool is_wide_mark(uint32_t c)
{
	return (c >= 0x3001 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff60);
}

/* The character that ends before END, in a text that begins at START. */
static uint32_t last_char(const char *start, const char *end)
{
	const char *at = end;

	while (at > start && at[-1] && (at[-1] & 0xc0) == 0x80)
		at--;
	return at > start ? utf8_decode(at - 1) : 0;
}

bool prose_joins_with_blank(const char *start, const char *end, const char *next)
{
	uint32_t before = last_char(start, end), after = utf8_decode(next);

	if (is_wide_mark(before) || is_wide_mark(after))
		return false;
	return !can_begin_line(before) || !can_begin_line(after);
}

void prose_put_unwrapped(const char *text, struct strbuf *out)
{
	for (const char *at = text; *at; at++) {
		if (*at != '\n')
			strbuf_putc(out, *at);
		else if (prose_joins_with_blank(text, at, at + 1))
			strbuf_putc(out, ' ');
	}
}

/* ---- lines of Markdown ---- */

/* Columns of the mark of a list item at the start of LINE ("- ", "12. "), blanks before it included; 0: it is none. */
static unsigned item_indent(const char *line)
{
	size_t blanks = strspn(line, " ");
	size_t digits = strspn(line + blanks, "0123456789");

	if ((line[blanks] == '-' || line[blanks] == '*') && line[blanks + 1] == ' ')
		return (unsigned)blanks + 2;
	if (digits && line[blanks + digits] == '.' && line[blanks + digits + 1] == ' ')
		return (unsigned)(blanks + digits) + 2;
	return 0;
}

static bool joins_with_blank(const struct strbuf *text, const char *next)
{
	return prose_joins_with_blank(text->text, text->text + text->len, next);
}

static void paragraph_line(struct wrapper *w, const char *line)
{
	unsigned item = item_indent(line);

	if (item) {
		end_paragraph(w);
		w->indent = item;
		run_add(&w->para, line, item, PROSE_MARK);
		line += item;
	}
	line += strspn(line, " ");
	if (!item && w->para.text.len && joins_with_blank(&w->para.text, line))
		run_add(&w->para, " ", 1, PROSE_PLAIN);
	add_inline(&w->para, line, PROSE_PLAIN);
}

/* A line that stands for itself: heading, table row, fence. */
static bool special_line(struct wrapper *w, const char *line)
{
	if (!strncmp(line, "```", 3)) {
		end_paragraph(w);
		w->in_code = true;
		return true;
	}
	if (*line == '#') {
		end_paragraph(w);
		line += strspn(line, "#");
		prose_add_line(w->prose, line + strspn(line, " "), PROSE_HEADING);
		return true;
	}
	if (*line != '|')
		return false;
	end_paragraph(w);
	prose_add_line(w->prose, line, PROSE_PLAIN);
	return true;
}

/* LINE of a fence: as it stands, its tabs to every eighth column.  Where there is no room for that they are two blanks:
 * better crooked than cut off. */
static void code_line(struct wrapper *w, const char *line)
{
	struct strbuf wide = STRBUF_INIT, narrow = STRBUF_INIT;

	strbuf_puts(&wide, CODE_INDENT);
	strbuf_puts(&narrow, CODE_INDENT);
	for (; *line; line++) {
		unsigned blanks = *line == '\t' ? TAB_STOP - prose_columns(wide.text, wide.len) % TAB_STOP : 0;

		if (blanks) {
			strbuf_printf(&wide, "%*s", (int)blanks, "");
			strbuf_puts(&narrow, narrow.text[narrow.len - 1] == ' ' ? "" : "  ");
		} else {
			strbuf_putc(&wide, *line);
			strbuf_putc(&narrow, *line);
		}
	}
	prose_add_line(w->prose, prose_columns(wide.text, wide.len) > w->width ? narrow.text : wide.text, PROSE_CODE);
	strbuf_free(&wide);
	strbuf_free(&narrow);
}

static void markdown_line(struct wrapper *w, const char *line)
{
	if (w->in_code && !strncmp(line, "```", 3)) {
		w->in_code = false;
	} else if (w->in_code) {
		code_line(w, line);
	} else if (!line[strspn(line, " \t")]) {
		end_paragraph(w);
		prose_add_line(w->prose, "", PROSE_PLAIN);
	} else if (!special_line(w, line)) {
		if (*line == '>')
			line += 1 + (line[1] == ' ');
		paragraph_line(w, line);
	}
}

void prose_add(struct prose *prose, const char *markdown, unsigned width)
{
	struct wrapper w = { .prose = prose, .width = width < WIDTH_MIN ? WIDTH_MIN : width, .para = RUN_INIT };

	while (*markdown) {
		size_t len = strcspn(markdown, "\n");
		char *line = xstrndup(markdown, len);

		markdown_line(&w, line);
		free(line);
		markdown += len + (markdown[len] == '\n');
	}
	end_paragraph(&w);
	run_free(&w.para);
}

void prose_free(struct prose *prose)
{
	for (size_t i = 0; i < prose->len; i++) {
		free(prose->item[i].text);
		free(prose->item[i].style);
	}
	vec_free(prose);
}
