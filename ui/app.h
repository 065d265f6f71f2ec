/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app.h: the application without its terminal: keys go in, a grid comes out.
 *
 * It knows no curses and no clock, so a test can drive it with a text file.  What only a terminal can do (draw while
 * the machine runs, notice C-c, copy to the clipboard) it asks of a host.
 */
#ifndef UI_APP_H
#define UI_APP_H

#include <stdbool.h>

#include "session/help.h"
#include "session/session.h"
#include "ui/grid.h"
#include "ui/model.h"

struct app;

/* What the host of an application does.  Entries may be NULL. */
struct app_host {
	/* The machine runs: draw if it is time to, and return false when the person wants it stopped.  To be called
	 * by a host that draws: app_draw(). */
	bool (*progress)(void *ctx, struct app *app);
	/* Put TEXT on the clipboard. */
	void (*copy)(void *ctx, const char *text);
	/* Draw the whole screen anew. */
	void (*redraw)(void *ctx);
	/* Switch mouse and plain characters on or off. */
	void (*set_mouse)(void *ctx, bool on);
	void *ctx;
};

/* An application that looks at SESSION, which stays the caller's and must outlive it.  HOST is copied.  The commands of
 * the screen are added to SESSION.  Free with app_free(). */
struct app *app_new(struct session *session, const struct app_host *host);
/* Free APP; NULL is allowed. */
void app_free(struct app *app);

/* KEY (ui/keys.h) was pressed. */
void app_key(struct app *app, int key);

/* KEY was pressed while the machine runs, as the host's progress function saw: C-c stops it, i begins to type to the
 * guest, and then what is typed goes there.  Others do nothing: they were not meant for what the screen will show when
 * the run is over; on the way to the past none does.  False when the machine shall stop. */
bool app_key_running(struct app *app, int key);

/* COUNT characters were pasted.  They go to the guest when what is typed goes there; else their lines are commands, and
 * what is behind the last line's end waits at the prompt.  They are no keys: among them are a quit and a step back. */
void app_paste(struct app *app, const int *text, size_t count);

enum app_mouse { APP_CLICK, APP_DRAG, APP_WHEEL_UP, APP_WHEEL_DOWN };
/* The mouse did WHAT at column X, row Y.  A drag is the mouse on the move with its button held since the last click. */
void app_mouse(struct app *app, enum app_mouse what, int x, int y);

/* Run LINE as if it had been typed at the prompt. */
void app_command(struct app *app, const char *line);

/* Run the commands of TEXT, the contents of the file NAME. */
void app_script(struct app *app, const char *name, const char *text);

/* Draw everything to GRID, in its size. */
void app_draw(struct app *app, struct grid *grid);

/* Does the person want to leave? */
bool app_is_done(const struct app *app);

/* Show TEXT as the message; the next key takes it away. */
void app_set_message(struct app *app, const char *text);

/* Draw lines and arrows as plain characters. */
void app_set_ascii(struct app *app, bool on);

/* Show the lesson PLAY beside the panes: it is the one that SESSION belongs to, and outlives the application. */
void app_set_play(struct app *app, const struct play *play);

/* Show LESSON there instead (borrowed); NULL: nothing. */
void app_set_lesson(struct app *app, const struct lesson_text *lesson);

/* Host seconds since the present run began, for its rate; 0 where no clock is. */
void app_set_run_seconds(struct app *app, double seconds);

/* Help topics of the screen: "keys". */
extern const struct help_topics app_help_topics;

#endif /* UI_APP_H */
