/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/grid.h: a screen as data: one character and one style a cell.
 *
 * Views write through an area, a window that clips.  A character of two columns takes two cells, the second of them
 * empty; one that would stick out of its area becomes a blank.  Lines and arrows are written in Unicode;
 * grid_to_ascii() turns them into plain characters for a terminal that draws them too wide.
 */
#ifndef UI_GRID_H
#define UI_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/line.h"
#include "ui/style.h"

enum { GRID_CHAR_SIZE = 12 };	/* a character with its combining marks, and a NUL */

/* One cell. */
struct cell {
	char text[GRID_CHAR_SIZE];	/* "" for the right half of a wide character */
	uint8_t style;			/* enum style */
	bool is_selected;		/* the cursor is on this line */
};

struct grid;

/* A grid of blanks.  Free with grid_free(). */
struct grid *grid_new(int width, int height);
/* Free GRID; NULL is allowed. */
void grid_free(struct grid *grid);

/* Change the size; all cells become blanks. */
void grid_resize(struct grid *grid, int width, int height);

/* Columns of GRID. */
int grid_width(const struct grid *grid);
/* Rows of GRID. */
int grid_height(const struct grid *grid);
/* The cell at X, Y, which must be inside. */
const struct cell *grid_cell(const struct grid *grid, int x, int y);

/* Where a person types: -1, -1 for nowhere. */
void grid_set_cursor(struct grid *grid, int x, int y);
/* The same, asked. */
void grid_cursor(const struct grid *grid, int *x, int *y);

/* A window of a grid; what is written outside of it is lost. */
struct area {
	struct grid *grid;
	int x, y, width, height;
};

/* All of GRID. */
struct area area_of_grid(struct grid *grid);
/* A part of AREA, clipped to it. */
struct area area_part(const struct area *area, int x, int y, int width, int height);

/* Write TEXT at column X of row Y of AREA.  Returns the column behind it, which may be outside. */
int area_text(const struct area *area, int x, int y, enum style style, const char *text);

/* Write LINE to row Y, leaving out its first SKIP columns; the rest of the row stays. */
void area_line(const struct area *area, int y, const struct line *line, int skip);

/* Fill row Y with blanks of STYLE. */
void area_blank(const struct area *area, int y, enum style style);

/* Mark row Y as the one that the cursor is on. */
void area_select(const struct area *area, int y);

/* Replace what is not ASCII and not a wide character by an ASCII character that looks like it. */
void grid_to_ascii(struct grid *grid);

/* Join the horizontal lines of GRID to the vertical ones above and below them. */
void grid_join_lines(struct grid *grid);

/* Append the rows as text, blanks at their ends left out. */
void grid_dump_text(const struct grid *grid, struct strbuf *out);

/* Append the rows as letters of styles in the same places: a selected blank of STYLE_NORMAL is '_', any other selected
 * cell keeps its letter. */
void grid_dump_styles(const struct grid *grid, struct strbuf *out);

#endif /* UI_GRID_H */
