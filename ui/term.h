/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/term.h: the terminal: keys from it, grids to it; the one door to ncurses.
 *
 * The terminal is given back as it was found whatever ends the program: a return, exit(), a signal, a crash.
 */
#ifndef UI_TERM_H
#define UI_TERM_H

#include <stdbool.h>

#include "base/error.h"
#include "ui/app.h"
#include "ui/grid.h"

/* What a terminal is opened with. */
struct term_options {
	bool is_ascii;		/* lines and arrows as plain characters */
	bool has_no_mouse;	/* leave the mouse to the terminal */
	bool has_no_color;	/* attributes only */
};

struct terminal;

/* What came from the terminal. */
enum term_input { TERM_NOTHING, TERM_KEY, TERM_PASTE, TERM_MOUSE, TERM_RESIZE, TERM_CLOSED };

/* One piece of input. */
struct term_event {
	enum term_input what;
	int key;			/* KEY: of ui/keys.h */
	const int *pasted;		/* PASTE: its characters, until the next term_read() */
	size_t pasted_count;
	enum app_mouse mouse;		/* MOUSE */
	int x, y;
};

/* Take the terminal over.  NULL with ERR when there is none, or it is one that cannot move its cursor.  There can be
 * one at a time.  Free with term_close(). */
struct terminal *term_open(const struct term_options *options, struct error *err);
/* Give the terminal back; NULL is allowed. */
void term_close(struct terminal *term);

/* Columns and rows now. */
void term_size(const struct terminal *term, int *width, int *height);

/* Must lines and arrows be plain characters here (asked for, or no UTF-8 in this locale)? */
bool term_is_ascii(const struct terminal *term);

/* Show GRID. */
void term_show(struct terminal *term, const struct grid *grid);

/* The next input; with WAIT false TERM_NOTHING when there is none yet. */
struct term_event term_read(struct terminal *term, bool wait);

/* Throw away what was typed meanwhile. */
void term_flush(struct terminal *term);

/* Draw all of the screen again the next time. */
void term_redraw(struct terminal *term);

/* Let the mouse be ours, or the terminal's. */
void term_set_mouse(struct terminal *term, bool on);

/* Put TEXT on the clipboard, where the terminal lets programs do that (OSC 52). */
void term_copy(struct terminal *term, const char *text);

#endif /* UI_TERM_H */
