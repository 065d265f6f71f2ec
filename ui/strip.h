/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/strip.h: the strip of all CPUs that is always on the screen.
 *
 * A line a CPU where that takes no more than a quarter of the screen; else a grid of cells and a line on the one in
 * focus.
 */
#ifndef UI_STRIP_H
#define UI_STRIP_H

#include "ui/grid.h"
#include "ui/model.h"

/* Rows that the strip takes on a screen of WIDTH by HEIGHT. */
int strip_height(const struct model *model, int width, int height);

/* Draw it into AREA, which is as high as strip_height() said. */
void strip_draw(const struct model *model, const struct area *area);

/* The CPU that is shown at X, Y of the strip of a screen of WIDTH by HEIGHT, or -1. */
int strip_cpu_at(const struct model *model, int width, int height, int x, int y);

#endif /* UI_STRIP_H */
