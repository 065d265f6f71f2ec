/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_private.h: the inside of the application, for app*.c.
 */
#ifndef UI_APP_PRIVATE_H
#define UI_APP_PRIVATE_H

#include "base/vec.h"
#include "session/command.h"
#include "ui/app.h"
#include "ui/layout.h"
#include "ui/prompt.h"
#include "ui/view.h"

enum { NO_OVERLAY = -1, KEEP_VIEW = -1 };

/* What is being typed at the bottom of the screen. */
enum asking { ASKING_NOTHING, ASKING_COMMAND, ASKING_SEARCH };

/* A place that C-o goes back to. */
struct app_place { bool is_looking; gva_t look; unsigned cpu; };

struct app {
	struct model model;
	struct session *session;	/* the same as model.session, to run things with */
	struct app_host host;
	struct view views[VIEW_COUNT];

	int width, height;		/* of the screen drawn last */
	size_t layout;
	struct panes panes;
	int placed[LAYOUT_PANES_MAX];	/* view that the person put into a pane, or KEEP_VIEW */
	size_t focus;			/* index of the pane that gets the keys */
	bool is_zoomed;
	int overlay;			/* view that lies on top, or NO_OVERLAY */
	int pressed;			/* index of the pane that was clicked last, or -1 */

	enum asking asking;
	struct prompt *command_prompt, *search_prompt;
	struct strbuf message;
	bool is_error;

	VEC(struct app_place) back;
	bool is_running;
	uint64_t run_start;		/* time at which the present run began */
	double run_seconds;
	bool is_ascii, is_done;
};

/* The view that gets the keys: the overlay, or that of the focused pane. */
struct view *app_focused_view(struct app *app);

/* The screen has another size: place the panes anew; the view that has the focus keeps it where it is still shown. */
void app_set_size(struct app *app, int width, int height);

/* Place the panes for the screen's size. */
void app_place_panes(struct app *app);

/* Show view ID: focus its pane, or put it into the focused one. */
void app_show_view(struct app *app, enum view_id id);

/* Is the machine on its way to a moment of its past?  What is done then was done before. */
bool app_is_walking(const struct app *app);

/* What is typed goes to the guest from now on, and its console is shown. */
void app_type(struct app *app);

/* Put the next view that no pane shows into the focused one. */
void app_show_next_view(struct app *app);

/* Show TEXT as the message until the next key, as an error or not. */
void app_tell(struct app *app, const char *text, bool is_error);

/* Switch to layout INDEX. */
void app_set_layout(struct app *app, size_t index);

/* Let the code view show ADDR, and remember where it was. */
void app_look_at(struct app *app, gva_t addr);
/* Let it follow the CPU in focus again. */
void app_look_at_pc(struct app *app);

/* Go back to where the code view was before the last app_look_at(). */
void app_go_back(struct app *app);
/* Show the code of the first function that the line at the cursor names. */
void app_follow_symbol(struct app *app);

/* Let views follow the machine again that the person had moved. */
void app_follow(struct app *app);

/* The commands of the screen. */
extern const struct command_set app_commands;

/* ---- app_way.c: what commands do ---- */

/* next-event */
bool app_do_next_event(struct command_call *call);
/* previous-event */
bool app_do_previous_event(struct command_call *call);
/* next-station */
bool app_do_next_station(struct command_call *call);
/* previous-station */
bool app_do_previous_station(struct command_call *call);

#endif /* UI_APP_PRIVATE_H */
