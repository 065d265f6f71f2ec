/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view.h: a view: a list of styled lines about the machine, with a cursor.
 *
 * Each view is a table of functions in a file of its own.  What all lists can do (move, scroll, search, draw) is done
 * here, once.  A view changes nothing: a key that it understands answers with the command to run.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/grid.h"
#include "ui/line.h"
#include "ui/model.h"

struct view;

/* A kind of view.  Entries that are functions may be NULL, but for prepare and line. */
struct view_ops {
	const char *name;		/* "code": for the command `view` */
	const char *help;		/* first line: what it shows; then its own keys and what it means */
	/* Append the title, the name left out when it would only repeat it. */
	void (*title)(const struct view *view, struct line *out);
	/* Look at the machine: set view->count, and view->cursor unless view->is_free. */
	void (*prepare)(struct view *view);
	/* Append line INDEX, below view->count, to OUT. */
	void (*line)(struct view *view, size_t index, struct line *out);
	/* Append line INDEX, from 0, of what stands below the list whatever is scrolled; false when there is none. */
	bool (*footer)(struct view *view, size_t index, struct line *out);
	/* KEY was pressed: true when it is the view's; a command to run is appended to COMMAND. */
	bool (*key)(struct view *view, int key, struct strbuf *command);
	/* Free view->state. */
	void (*free)(struct view *view);
	/* The mouse chose the line at the cursor, in COLUMN, or was dragged onto it: a command to run, if any, is
	 * appended to COMMAND. */
	void (*point)(struct view *view, int column, bool is_drag, struct strbuf *command);
};

/* One of them, as it stands on the screen. */
struct view {
	const struct view_ops *ops;
	const struct model *model;
	void *state;			/* the view's own, made by its prepare */
	size_t count;			/* lines */
	size_t top, cursor;		/* line at the top of the pane; line that the cursor is on */
	int skip;			/* columns scrolled off to the left */
	int width, height;		/* columns and rows of the list: set before prepare */
	unsigned group;			/* which of its groups it shows */
	bool is_free;			/* the person moved the cursor: do not follow the machine */
	struct strbuf found;		/* what was searched for last */
};

enum view_id {
	VIEW_CODE, VIEW_REGS, VIEW_TABLES, VIEW_MONITORS, VIEW_MILESTONES, VIEW_TIMELINE, VIEW_CONSOLE, VIEW_MEMORY,
	VIEW_TREE, VIEW_PSCI, VIEW_EVENTS, VIEW_LESSON, VIEW_OUTPUT, VIEW_HELP,
	VIEW_COUNT,
	VIEW_PLACEABLE = VIEW_OUTPUT,	/* those before can stand in a pane; output and help lie on top */
};

/* The kind numbered ID. */
const struct view_ops *view_ops_at(enum view_id id);
/* The view called NAME (a start of it is enough), or -1. */
int view_find_name(const char *name);

/* Make VIEW one of kind ID that looks at MODEL. */
void view_init(struct view *view, enum view_id id, const struct model *model);
/* Free what VIEW holds. */
void view_release(struct view *view);

/* Draw VIEW into AREA, the line at the cursor marked when IS_FOCUSED. */
void view_draw(struct view *view, const struct area *area, bool is_focused);

/* Is it text to be read, in which the cursor is only a place? */
bool view_is_text(const struct view *view);
/* Lines below those that were drawn last. */
size_t view_lines_below(const struct view *view);

/* Move the cursor by DELTA lines.  Text scrolls at once, a list when the cursor comes to its edge. */
void view_move(struct view *view, long delta);
/* Put the cursor on the line shown in row ROW of the pane; false when there is none. */
bool view_point(struct view *view, int row);
/* Scroll sideways by DELTA columns. */
void view_scroll_sideways(struct view *view, int delta);

/* Find TEXT from the line after the cursor on (upwards when IS_UP), around the end; false when it is nowhere. */
bool view_search(struct view *view, const char *text, bool is_up);

/* Append the text of the line at the cursor. */
void view_current_text(struct view *view, struct strbuf *out);

/* The kinds, a file each. */
extern const struct view_ops view_code, view_regs, view_tables, view_monitors, view_milestones, view_timeline,
	view_console, view_memory, view_tree, view_psci, view_events, view_lesson, view_output, view_help;

#endif /* UI_VIEW_H */
