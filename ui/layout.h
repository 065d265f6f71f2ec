/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/layout.h: which views stand where.
 *
 * A layout is rows of panes, given for three sizes of screens; what does not fit is left out from the end.  Pure
 * arithmetic: nothing here knows what a view is but its number.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/view.h"

enum {
	LAYOUT_MIN_WIDTH = 80, LAYOUT_MIN_HEIGHT = 24,
	LAYOUT_PANES_MAX = 10,
};

/* A pane: its first row is the title, and its first column a line unless it is at the left edge. */
struct pane {
	enum view_id view;
	int x, y, width, height;
};

/* The panes of a screen. */
struct panes {
	struct pane item[LAYOUT_PANES_MAX];
	size_t count;
};

/* Number of layouts. */
size_t layout_count(void);
/* The name of layout INDEX: "boot". */
const char *layout_name(size_t index);
/* The layout called NAME, or -1. */
int layout_find(const char *name);

/* Place layout INDEX in WIDTH by HEIGHT columns and rows, from 0, TOP on.  WITH_LESSON puts the lesson beside them,
 * or in place of the last pane where the screen is narrow. */
struct panes layout_place(size_t index, bool with_lesson, int width, int top, int height);

#endif /* UI_LAYOUT_H */
