/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/grid.c: cells, and windows to write them through.
 */
#include "ui/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "base/width.h"

struct grid {
	int width, height;
	int cursor_x, cursor_y;
	struct cell *cells;
};

static struct cell *at(const struct grid *grid, int x, int y)
{
	assert(x >= 0 && x < grid->width && y >= 0 && y < grid->height);
	return &grid->cells[(size_t)y * (size_t)grid->width + (size_t)x];
}

static void put(struct cell *cell, const char *text, size_t len, enum style style)
{
	memcpy(cell->text, text, len);
	cell->text[len] = '\0';
	cell->style = (uint8_t)style;
}

struct grid *grid_new(int width, int height)
{
	struct grid *grid = xzalloc(sizeof(*grid));

	grid_resize(grid, width, height);
	return grid;
}

void grid_free(struct grid *grid)
{
	if (!grid)
		return;
	free(grid->cells);
	free(grid);
}

void grid_resize(struct grid *grid, int width, int height)
{
	grid->width = width > 0 ? width : 1;
	grid->height = height > 0 ? height : 1;
	grid->cursor_x = grid->cursor_y = -1;
	free(grid->cells);
	grid->cells = xcalloc((size_t)grid->width * (size_t)grid->height, sizeof(*grid->cells));
	for (int y = 0; y < grid->height; y++)
		for (int x = 0; x < grid->width; x++)
			put(at(grid, x, y), " ", 1, STYLE_NORMAL);
}

int grid_width(const struct grid *grid)
{
	return grid->width;
}

int grid_height(const struct grid *grid)
{
	return grid->height;
}

const struct cell *grid_cell(const struct grid *grid, int x, int y)
{
	return at(grid, x, y);
}

void grid_set_cursor(struct grid *grid, int x, int y)
{
	bool is_inside = x >= 0 && x < grid->width && y >= 0 && y < grid->height;

	grid->cursor_x = is_inside ? x : -1;
	grid->cursor_y = is_inside ? y : -1;
}

void grid_cursor(const struct grid *grid, int *x, int *y)
{
	*x = grid->cursor_x;
	*y = grid->cursor_y;
}

/* ---- areas ---- */

struct area area_of_grid(struct grid *grid)
{
	return (struct area){ grid, 0, 0, grid->width, grid->height };
}

static int clamp(int value, int low, int high)
{
	if (value > high)
		value = high;
	return value < low ? low : value;
}

struct area area_part(const struct area *area, int x, int y, int width, int height)
{
	x = clamp(x, 0, area->width);
	y = clamp(y, 0, area->height);
	return (struct area){ area->grid, area->x + x, area->y + y, clamp(width, 0, area->width - x),
			      clamp(height, 0, area->height - y) };
}

/* A combining mark joins the character in the cell before it; one too many is dropped. */
static void combine(const struct area *area, int x, int y, const char *mark, size_t len)
{
	struct cell *cell;
	size_t have;

	if (x < 0 || x >= area->width)
		return;
	cell = at(area->grid, area->x + x, area->y + y);
	have = strlen(cell->text);
	if (!have || have + len >= GRID_CHAR_SIZE)
		return;
	memcpy(cell->text + have, mark, len);
	cell->text[have + len] = '\0';
}

/* Columns X to X + WIDTH of the grid's row Y are about to be written: blank the other half of a wide character that is
 * cut by that. */
static void cut_wide(struct grid *grid, int x, int y, int width)
{
	if (x > 0 && !*at(grid, x, y)->text)
		put(at(grid, x - 1, y), " ", 1, (enum style)at(grid, x - 1, y)->style);
	if (x + width < grid->width && !*at(grid, x + width, y)->text)
		put(at(grid, x + width, y), " ", 1, (enum style)at(grid, x + width, y)->style);
}

/* One character of WIDTH columns at X, Y of AREA, clipped. */
static void put_char(const struct area *area, int x, int y, enum style style, const char *text, size_t len, int width)
{
	bool is_whole = x >= 0 && x + width <= area->width;

	if (is_whole)
		cut_wide(area->grid, area->x + x, area->y + y, width);
	for (int i = 0; i < width; i++) {
		if (x + i < 0 || x + i >= area->width)
			continue;
		if (!is_whole)
			put(at(area->grid, area->x + x + i, area->y + y), " ", 1, style);
		else
			put(at(area->grid, area->x + x + i, area->y + y), text, i ? 0 : len, style);
	}
}

/* Bytes of the character at S in *LEN, and what stands for it on the screen: control characters and stray bytes do not
 * reach a terminal. */
static const char *visible(const char *s, size_t *len, int *width)
{
	unsigned char c = (unsigned char)*s;

	*len = utf8_char_len(s);
	if (*len == 0 || c < ' ' || c == 0x7f || (c == 0xc2 && (unsigned char)s[1] < 0xa0)) {
		*len = *len ? *len : 1;
		*width = 1;
		return c == '\t' ? " " : "?";
	}
	*width = width_of_char(utf8_decode(s));
	return s;
}

int area_text(const struct area *area, int x, int y, enum style style, const char *text)
{
	if (y < 0 || y >= area->height)
		return x;
	while (*text) {
		size_t len;
		int width;
		const char *shown = visible(text, &len, &width);

		if (width)
			put_char(area, x, y, style, shown, shown == text ? len : 1, width);
		else
			combine(area, x - 1, y, text, len);
		x += width;
		text += len;
	}
	return x;
}

void area_line(const struct area *area, int y, const struct line *line, int skip)
{
	const char *text = line_text(line);
	int x = -skip;

	for (size_t i = 0; i < line->text.len;) {
		char one[GRID_CHAR_SIZE] = "";
		size_t len;
		int width;

		visible(text + i, &len, &width);
		memcpy(one, text + i, len);
		x = area_text(area, x, y, line_style(line, i), one);
		i += len;
	}
}

void area_blank(const struct area *area, int y, enum style style)
{
	if (y < 0 || y >= area->height)
		return;
	for (int x = 0; x < area->width; x++)
		put(at(area->grid, area->x + x, area->y + y), " ", 1, style);
}

void area_select(const struct area *area, int y)
{
	if (y < 0 || y >= area->height)
		return;
	for (int x = 0; x < area->width; x++)
		at(area->grid, area->x + x, area->y + y)->is_selected = true;
}

/* ---- glyphs ---- */

static const struct { const char *glyph; char ascii; } plain[] = {
	{ "─", '-' }, { "│", '|' }, { "┬", '+' }, { "┴", '+' }, { "┼", '+' }, { "├", '+' }, { "┤", '+' }, { "└", '`' },
	{ "┌", '+' }, { "┐", '+' }, { "┘", '+' }, { "▸", '>' }, { "◂", '<' }, { "►", '>' }, { "◄", '<' }, { "●", '*' },
	{ "○", 'o' }, { "✓", '+' }, { "·", '.' }, { "⋮", ':' }, { "×", 'x' }, { "…", '~' }, { "—", '-' }, { "–", '-' },
	{ "’", '\'' }, { "▾", 'v' }, { "┃", '!' }, { "→", '>' }, { "←", '<' }, { "↑", '^' }, { "↓", 'v' },
};

static char to_ascii(const char *text)
{
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (!strcmp(plain[i].glyph, text))
			return plain[i].ascii;
	return '?';
}

void grid_to_ascii(struct grid *grid)
{
	for (int i = 0; i < grid->width * grid->height; i++) {
		struct cell *cell = &grid->cells[i];

		if ((unsigned char)cell->text[0] < 0x80 || width_of_char(utf8_decode(cell->text)) == 2)
			continue;
		cell->text[0] = to_ascii(cell->text);
		cell->text[1] = '\0';
	}
}

static bool is_glyph(const struct grid *grid, int x, int y, const char *glyph)
{
	return y >= 0 && y < grid->height && at(grid, x, y)->style == STYLE_BORDER &&
	       !strcmp(at(grid, x, y)->text, glyph);
}

/* Does a horizontal line, or the title in it, reach X, Y? */
static bool is_in_line(const struct grid *grid, int x, int y)
{
	enum style style;

	if (x < 0 || x >= grid->width)
		return false;
	style = (enum style)at(grid, x, y)->style;
	return style == STYLE_TITLE || style == STYLE_FOCUSED ||
	       (style == STYLE_BORDER && strcmp(at(grid, x, y)->text, "│"));
}

void grid_join_lines(struct grid *grid)
{
	static const char *const joints[] = { "─", "┴", "┬", "┼" }, *const left_ends[] = { "─", "└", "┌", "├" };

	for (int y = 0; y < grid->height; y++) {
		for (int x = 0; x < grid->width; x++) {
			const char *const *glyphs = is_in_line(grid, x - 1, y) || x == 0 ? joints : left_ends;
			bool is_up, is_down;

			if (!is_glyph(grid, x, y, "─"))
				continue;
			is_up = is_glyph(grid, x, y - 1, "│");
			is_down = is_glyph(grid, x, y + 1, "│");
			put(at(grid, x, y), glyphs[is_up + 2 * is_down], strlen("─"), STYLE_BORDER);
		}
	}
}

/* ---- as text ---- */

/* End a row in OUT that began at START: no blanks at its end. */
static void end_row(struct strbuf *out, size_t start)
{
	while (out->len > start && out->text[out->len - 1] == ' ')
		out->len--;
	strbuf_putc(out, '\n');
}

void grid_dump_text(const struct grid *grid, struct strbuf *out)
{
	for (int y = 0; y < grid->height; y++) {
		size_t start = out->len;

		for (int x = 0; x < grid->width; x++)
			strbuf_puts(out, at(grid, x, y)->text);
		end_row(out, start);
	}
}

void grid_dump_styles(const struct grid *grid, struct strbuf *out)
{
	for (int y = 0; y < grid->height; y++) {
		size_t start = out->len;

		for (int x = 0; x < grid->width; x++) {
			const struct cell *cell = at(grid, x, y);
			char letter = style_letter((enum style)cell->style);

			strbuf_putc(out, letter == ' ' && cell->is_selected ? '_' : letter);
		}
		end_row(out, start);
	}
}
