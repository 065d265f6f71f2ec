/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/keys.h: keys, and the one table of what they do.
 *
 * The table feeds the application, its help, `help keys`, the man page and the README.  A key either runs a command of
 * session/command.h or asks something of the screen.
 */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct session;

#define UI_CTRL(letter)	((letter) & 0x1f)

/* Keys: characters are their code points, the rest are numbers past Unicode. */
enum {
	UI_KEY_TAB = '\t', UI_KEY_ENTER = '\r', UI_KEY_ESCAPE = 0x1b, UI_KEY_RUBOUT = 0x7f,
	UI_KEY_FIRST_SPECIAL = 0x110000,
	UI_KEY_UP = UI_KEY_FIRST_SPECIAL, UI_KEY_DOWN, UI_KEY_LEFT, UI_KEY_RIGHT,
	UI_KEY_PAGE_UP, UI_KEY_PAGE_DOWN, UI_KEY_TO_START, UI_KEY_TO_END, UI_KEY_DELETE, UI_KEY_BACKTAB,
	UI_KEY_FUNCTION_1, UI_KEY_FUNCTION_3, UI_KEY_FUNCTION_5, UI_KEY_SHIFT_FUNCTION_3,
	UI_KEY_NONE,
};

/* What a key asks of the screen. */
enum key_action {
	ACTION_COMMAND,		/* run the command of the row */
	ACTION_CPU,		/* a digit: that CPU in focus */
	ACTION_CPU_NEXT, ACTION_CPU_PREVIOUS,
	ACTION_PANE_NEXT, ACTION_PANE_PREVIOUS,
	ACTION_BREAK, ACTION_TBREAK, ACTION_WATCH, ACTION_HERE, ACTION_ANSWER,
	ACTION_UP, ACTION_DOWN, ACTION_LEFT, ACTION_RIGHT, ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_TOP, ACTION_BOTTOM,
	ACTION_SEARCH, ACTION_SEARCH_NEXT, ACTION_SEARCH_PREVIOUS,
	ACTION_FOLLOW, ACTION_BACK, ACTION_PC,
	ACTION_ZOOM, ACTION_LAYOUT, ACTION_VIEW_NEXT, ACTION_YANK, ACTION_REDRAW, ACTION_INTERRUPT,
	ACTION_HELP, ACTION_PROMPT, ACTION_QUIT,
};

/* A row. */
struct key_binding {
	int keys[3];			/* alternatives, 0 where there is none */
	const char *name;		/* as it is shown: "Tab", "j Down" */
	const char *group;		/* heading in the help */
	enum key_action action;
	const char *command; /* the line to run; the row counts only where that command exists.  NULL: none */
	const char *help;		/* one line */
};

/* Row INDEX, NULL past the last. */
const struct key_binding *keys_at(size_t index);

/* Can SESSION do what BINDING says?  NULL for a session means any. */
bool keys_is_available(const struct key_binding *binding, const struct session *session);

/* The row of KEY, or NULL. */
const struct key_binding *keys_find(int key, const struct session *session);

/* The key that NAME stands for in tests and in `help keys`: "s", "Tab", "C-c", "Down", "F1", "Space"; UI_KEY_NONE
 * when it is none. */
int keys_parse(const char *name);

/* Append all keys as text, two columns under headings: the help topic "keys". */
void keys_help(const struct session *session, struct strbuf *out);

#endif /* UI_KEYS_H */
