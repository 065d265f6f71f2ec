/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/tui.c: the loop: read a key, let the application have it, draw.
 *
 * Here is the only clock: while the machine runs, the screen is drawn ten times a second and C-c is looked for.
 */
#include "ui/tui.h"

#include <time.h>

#include "ui/app.h"

static const double frame_seconds = 0.1;

struct tui {
	struct terminal *term;
	struct app *app;
	struct grid *grid;
	struct term_event pending;	/* read too early; TERM_NOTHING: none */
	double run_began, drawn;	/* seconds; run_began 0: nothing runs */
};

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void draw(struct tui *tui)
{
	int width, height;

	term_size(tui->term, &width, &height);
	grid_resize(tui->grid, width, height);
	app_draw(tui->app, tui->grid);
	term_show(tui->term, tui->grid);
}

/* ---- what the application asks for ---- */

static bool progress(void *ctx, struct app *app)
{
	struct tui *tui = ctx;
	double now = seconds_now();
	struct term_event event;

	if (!tui->run_began)
		tui->run_began = tui->drawn = now;
	if (now - tui->drawn >= frame_seconds) {
		app_set_run_seconds(app, now - tui->run_began);
		draw(tui);
		tui->drawn = now;
	}
	while ((event = term_read(tui->term, false)).what != TERM_NOTHING)
		if (event.what == TERM_CLOSED || (event.what == TERM_KEY && !app_key_running(app, event.key)))
			return false;
	return true;
}

static void copy(void *ctx, const char *text)
{
	term_copy(((struct tui *)ctx)->term, text);
}

static void redraw(void *ctx)
{
	term_redraw(((struct tui *)ctx)->term);
}

static void set_mouse(void *ctx, bool on)
{
	term_set_mouse(((struct tui *)ctx)->term, on);
}

/* ---- the loop ---- */

static bool is_drag(const struct term_event *event)
{
	return event->what == TERM_MOUSE && event->mouse == APP_DRAG;
}

/* The next input.  A mouse is quicker than a machine that goes along with it: of its moves only the last counts. */
static struct term_event next_input(struct tui *tui)
{
	struct term_event event = tui->pending;

	tui->pending.what = TERM_NOTHING;
	if (event.what == TERM_NOTHING)
		event = term_read(tui->term, true);
	while (is_drag(&event)) {
		struct term_event next = term_read(tui->term, false);

		if (!is_drag(&next)) {
			tui->pending = next;
			break;
		}
		event = next;
	}
	return event;
}

/* One piece of input; false when there will be no more. */
static bool take(struct tui *tui)
{
	struct term_event event = next_input(tui);

	tui->run_began = 0;
	if (event.what == TERM_KEY)
		app_key(tui->app, event.key);
	else if (event.what == TERM_PASTE)
		app_paste(tui->app, event.pasted, event.pasted_count);
	else if (event.what == TERM_MOUSE)
		app_mouse(tui->app, event.mouse, event.x, event.y);
	else if (event.what == TERM_RESIZE)
		term_redraw(tui->term);
	return event.what != TERM_CLOSED;
}

static void attend(const struct tui_options *options, struct app *app)
{
	if (options->attend)
		options->attend(options->ctx, app);
}

static void run_script(struct tui *tui, const struct tui_options *options)
{
	if (options->settings)
		app_script(tui->app, options->settings_name, options->settings);
	if (options->script)
		app_script(tui->app, options->script_name, options->script);
	else if (!options->settings)
		app_set_message(tui->app, "All CPUs stand at reset. The keys below lead on; ? explains all of them.");
}

bool tui_main(struct session *session, const struct tui_options *options, struct error *err)
{
	struct tui tui = { 0 };
	struct app_host host = { progress, copy, redraw, set_mouse, &tui };

	tui.term = term_open(&options->term, err);
	if (!tui.term)
		return false;
	tui.app = app_new(session, &host);
	tui.grid = grid_new(1, 1);
	app_set_ascii(tui.app, term_is_ascii(tui.term));
	run_script(&tui, options);
	attend(options, tui.app);
	draw(&tui);
	while (!app_is_done(tui.app) && take(&tui)) {
		attend(options, tui.app);
		draw(&tui);
	}
	app_free(tui.app);
	grid_free(tui.grid);
	term_close(tui.term);
	return true;
}
