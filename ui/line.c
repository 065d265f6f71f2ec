/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/line.c: text with its meanings.
 */
#include "base/width.h"
#include "ui/line.h"

#include <stdio.h>
#include <string.h>


void line_free(struct line *line)
{
	strbuf_free(&line->text);
	strbuf_free(&line->styles);
}

void line_clear(struct line *line)
{
	strbuf_clear(&line->text);
	strbuf_clear(&line->styles);
}

/* Bring the styles to the length of the text. */
static void fill(struct line *line, enum style style)
{
	while (line->styles.len < line->text.len)
		strbuf_putc(&line->styles, (char)style);
}

void line_add(struct line *line, enum style style, const char *text)
{
	strbuf_puts(&line->text, text);
	fill(line, style);
}

void line_printf(struct line *line, enum style style, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&line->text, fmt, args);
	va_end(args);
	fill(line, style);
}

void line_pad(struct line *line, int column)
{
	int width = line_width(line);

	if (width >= column && width > 0)
		strbuf_putc(&line->text, ' ');
	for (; width < column; width++)
		strbuf_putc(&line->text, ' ');
	fill(line, STYLE_NORMAL);
}

void line_field(struct line *line, enum style style, int columns, const char *text)
{
	size_t len = width_fit(text, columns);
	int width = 0;

	if (len) {
		size_t start = line->text.len;

		strbuf_add(&line->text, text, len);
		width = width_of_text(line->text.text + start);
	}
	fill(line, style);
	for (; width < columns; width++)
		strbuf_putc(&line->text, ' ');
	fill(line, STYLE_NORMAL);
}

void line_cut(struct line *line, int columns)
{
	size_t len = width_fit(line_text(line), columns);

	if (len == line->text.len)
		return;
	line->text.text[len] = line->styles.text[len] = 0;
	line->text.len = line->styles.len = len;
}

void line_restyle(struct line *line, size_t start, enum style style)
{
	for (size_t i = start; i < line->styles.len; i++)
		line->styles.text[i] = (char)style;
}

int line_width(const struct line *line)
{
	return width_of_text(line_text(line));
}

const char *line_text(const struct line *line)
{
	return strbuf_text(&line->text);
}

enum style line_style(const struct line *line, size_t index)
{
	return (enum style)line->styles.text[index];
}

void line_time(struct line *line, enum style style, unsigned long long t)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%llu", t);

	for (int i = 0; i < len; i++)
		line_printf(line, style, i && (len - i) % 3 == 0 ? " %c" : "%c", digits[i]);
}
