/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/layout.c: the layouts, and placing them.
 */
#include "ui/layout.h"

#include <string.h>

enum { ROWS_MAX = 5, COLUMNS_MAX = 3, SIZES = 3, LESSON_MIN = 34, LESSON_BESIDE = 110 };

/* A pane with its share of the width; another one may stand below it in the same row. */
struct column { enum view_id view; int share; bool has_below; enum view_id below; };

/* A row: its share of the height, the least it is worth having with, and its panes. */
struct row {
	int share, least;
	struct column panes[COLUMNS_MAX];
};

struct layout {
	const char *name;
	struct row rows[SIZES][ROWS_MAX];	/* small (80x24), medium (120x40), large (200x60) */
};

#define PANE(view, share)		{ VIEW_##view, share, false, 0 }
#define STACK(view, share, below)	{ VIEW_##view, share, true, VIEW_##below }

static const struct layout layouts[] = {
	{ "boot", {
		{ { 4, 9, { PANE(CODE, 5), STACK(TABLES, 3, REGS) } },
		  { 3, 5, { PANE(TIMELINE, 1) } } },
		{ { 8, 9, { PANE(CODE, 6), PANE(REGS, 4) } },
		  { 4, 5, { PANE(TABLES, 4), PANE(MILESTONES, 6) } },
		  { 5, 5, { PANE(TIMELINE, 1) } },
		  { 2, 3, { PANE(CONSOLE, 1) } } },
		{ { 10, 12, { PANE(CODE, 5), PANE(REGS, 3), PANE(MILESTONES, 4) } },
		  { 4, 6, { PANE(TABLES, 5), PANE(MONITORS, 4), PANE(PSCI, 5) } },
		  { 7, 6, { PANE(TIMELINE, 1) } },
		  { 3, 4, { PANE(CONSOLE, 1) } } },
	} },
	{ "code", {
		{ { 6, 8, { PANE(CODE, 1) } },
		  { 3, 4, { PANE(REGS, 1) } } },
		{ { 6, 9, { PANE(CODE, 6), PANE(REGS, 4) } },
		  { 2, 4, { PANE(MEMORY, 6), PANE(MONITORS, 4) } } },
		{ { 6, 12, { PANE(CODE, 6), PANE(REGS, 4) } },
		  { 2, 6, { PANE(MEMORY, 6), PANE(MONITORS, 4) } } },
	} },
	{ "events", {
		{ { 1, 8, { PANE(TIMELINE, 1) } } },
		{ { 3, 9, { PANE(TIMELINE, 1) } },
		  { 2, 6, { PANE(EVENTS, 1) } } },
		{ { 3, 12, { PANE(TIMELINE, 1) } },
		  { 2, 8, { PANE(EVENTS, 6), PANE(PSCI, 4) } } },
	} },
	{ "kernel", {
		{ { 3, 7, { PANE(MILESTONES, 1) } },
		  { 2, 4, { PANE(CONSOLE, 1) } } },
		{ { 3, 9, { PANE(MILESTONES, 6), PANE(PSCI, 5) } },
		  { 2, 6, { PANE(CONSOLE, 1) } } },
		{ { 3, 12, { PANE(MILESTONES, 5), PANE(PSCI, 4), PANE(TREE, 4) } },
		  { 2, 8, { PANE(CONSOLE, 1) } } },
	} },
};

size_t layout_count(void)
{
	return sizeof(layouts) / sizeof(layouts[0]);
}

const char *layout_name(size_t index)
{
	return layouts[index].name;
}

int layout_find(const char *name)
{
	for (size_t i = 0; *name && i < layout_count(); i++)
		if (!strncmp(layouts[i].name, name, strlen(name)))
			return (int)i;
	return -1;
}

static size_t size_of(int width, int height)
{
	if (width >= 180 && height >= 40)
		return 2;
	return width >= 110 && height >= 26 ? 1 : 0;
}

static int panes_in(const struct row *row)
{
	int count = 0;

	while (count < COLUMNS_MAX && row->panes[count].share)
		count++;
	return count;
}

/* Rows that fit: the last ones go first. */
static int rows_that_fit(const struct row *rows, int height)
{
	int count = 0, need = 0;

	while (count < ROWS_MAX && rows[count].share && need + rows[count].least <= height)
		need += rows[count++].least;
	return count ? count : 1;
}

/* One column of a row, which may be two panes. */
static void place_column(const struct column *column, int x, int y, int width, int height, struct panes *out)
{
	int upper = column->has_below ? (height + 1) / 2 : height;

	out->item[out->count++] = (struct pane){ column->view, x, y, width, upper };
	if (column->has_below)
		out->item[out->count++] = (struct pane){ column->below, x, y + upper, width, height - upper };
}

static void place_row(const struct row *row, int width, int y, int height, struct panes *out)
{
	int count = panes_in(row), shares = 0, done = 0, x = 0;

	for (int i = 0; i < count; i++)
		shares += row->panes[i].share;
	for (int i = 0; i < count; i++) {
		int end;

		done += row->panes[i].share;
		end = width * done / shares;
		place_column(&row->panes[i], x, y, end - x, height, out);
		x = end;
	}
}

/* What is over the least heights is given out by share. */
static void place_rows(const struct row *rows, int width, int top, int height, struct panes *out)
{
	int count = rows_that_fit(rows, height), shares = 0, over = height, given = 0, done = 0, y = top;

	for (int i = 0; i < count; i++) {
		shares += rows[i].share;
		over -= rows[i].least;
	}
	for (int i = 0; i < count; i++) {
		int more;

		done += rows[i].share;
		more = (over > 0 ? over : 0) * done / shares - given;
		given += more;
		place_row(&rows[i], width, y, i == count - 1 ? top + height - y : rows[i].least + more, out);
		y += rows[i].least + more;
	}
}

struct panes layout_place(size_t index, bool with_lesson, int width, int top, int height)
{
	struct panes panes = { .count = 0 };
	int lesson = width * 3 / 10 > LESSON_MIN ? width * 3 / 10 : LESSON_MIN;

	if (!with_lesson || width < LESSON_BESIDE) {
		place_rows(layouts[index].rows[size_of(width, height)], width, top, height, &panes);
		/* No room beside the panes: in place of the last one. */
		if (with_lesson)
			panes.item[panes.count - 1].view = VIEW_LESSON;
		return panes;
	}
	place_rows(layouts[index].rows[size_of(width - lesson, height)], width - lesson, top, height, &panes);
	panes.item[panes.count++] = (struct pane){ VIEW_LESSON, width - lesson, top, lesson, height };
	return panes;
}
