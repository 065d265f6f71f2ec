/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/tui.h: `smptutor tui`: a session on a terminal.
 */
#ifndef UI_TUI_H
#define UI_TUI_H

#include "base/error.h"
#include "session/session.h"
#include "ui/term.h"

struct app;

/* What the screen is started with. */
struct tui_options {
	struct term_options term;
	const char *settings;		/* the person's own commands, run before anything; NULL: none */
	const char *settings_name;	/* for messages */
	const char *script;		/* commands to run first, contents of a file; NULL: none */
	const char *script_name;	/* for messages */
	/* Called once the application is there, before the first drawing, and after each key; NULL allowed.  A lesson
	 * shows itself here with app_set_lesson(). */
	void (*attend)(void *ctx, struct app *app);
	void *ctx;
};

/* Show SESSION, which has been started, until the person quits.  False with ERR when the terminal is not one for a
 * screen. */
bool tui_main(struct session *session, const struct tui_options *options, struct error *err);

#endif /* UI_TUI_H */
