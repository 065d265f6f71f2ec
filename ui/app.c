/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app.c: the application's life, its panes, its message.
 */
#include "ui/app.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ui/app_private.h"
#include "ui/strip.h"

/* ---- life ---- */

static void complete(void *ctx, const char *line, size_t len, struct completions *c)
{
	struct app *app = ctx;

	command_complete(app->session, line, len, c);
}

static bool progress(void *ctx, struct session *session)
{
	struct app *app = ctx;

	(void)session;
	app->model.generation++;
	return !app->host.progress || app->host.progress(app->host.ctx, app);
}

struct app *app_new(struct session *session, const struct app_host *host)
{
	struct app *app = xzalloc(sizeof(*app));

	app->session = session;
	app->host = *host;
	model_init(&app->model, session);
	for (int id = 0; id < VIEW_COUNT; id++)
		view_init(&app->views[id], (enum view_id)id, &app->model);
	app->command_prompt = prompt_new();
	app->search_prompt = prompt_new();
	prompt_set_completer(app->command_prompt, complete, app);
	app->width = LAYOUT_MIN_WIDTH;
	app->height = LAYOUT_MIN_HEIGHT;
	app->overlay = NO_OVERLAY;
	app->pressed = -1;
	app_set_layout(app, 0);
	command_add_set(session, &app_commands, app);
	help_add_topics(session, app_help_topics);
	session_set_progress(session, progress, app);
	return app;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	session_set_progress(app->session, NULL, NULL);
	for (int id = 0; id < VIEW_COUNT; id++)
		view_release(&app->views[id]);
	prompt_free(app->command_prompt);
	prompt_free(app->search_prompt);
	model_release(&app->model);
	strbuf_free(&app->message);
	vec_free(&app->back);
	free(app);
}

bool app_is_done(const struct app *app)
{
	return app->is_done;
}

void app_set_ascii(struct app *app, bool on)
{
	app->is_ascii = on;
}

void app_set_run_seconds(struct app *app, double seconds)
{
	app->run_seconds = seconds;
}

void app_tell(struct app *app, const char *text, bool is_error)
{
	strbuf_clear(&app->message);
	strbuf_puts(&app->message, text);
	app->is_error = is_error;
}

void app_set_message(struct app *app, const char *text)
{
	app_tell(app, text, false);
}

/* ---- panes ---- */

void app_place_panes(struct app *app)
{
	int strip = strip_height(&app->model, app->width, app->height);

	app->panes = layout_place(app->layout, model_has_lesson(&app->model), app->width, 1 + strip,
				  app->height - strip - 3);
	for (size_t i = 0; i < app->panes.count; i++)
		if (app->placed[i] != KEEP_VIEW)
			app->panes.item[i].view = (enum view_id)app->placed[i];
	if (app->focus >= app->panes.count)
		app->focus = 0;
}

static int pane_of(const struct app *app, enum view_id id)
{
	for (size_t i = 0; i < app->panes.count; i++)
		if (app->panes.item[i].view == id)
			return (int)i;
	return -1;
}

void app_set_size(struct app *app, int width, int height)
{
	enum view_id id = app->panes.item[app->focus].view;
	int pane;

	if (app->width == width && app->height == height)
		return;
	app->width = width;
	app->height = height;
	app_place_panes(app);
	pane = pane_of(app, id);
	if (pane >= 0)
		app->focus = (size_t)pane;
}

void app_set_layout(struct app *app, size_t index)
{
	app->layout = index;
	app->focus = 0;
	app->is_zoomed = false;
	for (size_t i = 0; i < LAYOUT_PANES_MAX; i++)
		app->placed[i] = KEEP_VIEW;
	app_place_panes(app);
}

void app_set_play(struct app *app, const struct play *play)
{
	app->model.play = play;
	app_place_panes(app);
}

void app_set_lesson(struct app *app, const struct lesson_text *lesson)
{
	app->model.lesson = lesson;
	app_place_panes(app);
}

struct view *app_focused_view(struct app *app)
{
	if (app->overlay != NO_OVERLAY)
		return &app->views[app->overlay];
	return &app->views[app->panes.item[app->focus].view];
}

void app_show_view(struct app *app, enum view_id id)
{
	int pane = pane_of(app, id);

	app->overlay = NO_OVERLAY;
	if (pane >= 0) {
		app->focus = (size_t)pane;
		return;
	}
	app->placed[app->focus] = (int)id;
	app_place_panes(app);
}

void app_show_next_view(struct app *app)
{
	int id = (int)app->panes.item[app->focus].view;

	for (int i = 0; i < VIEW_PLACEABLE; i++) {
		id = (id + 1) % VIEW_PLACEABLE;
		if (pane_of(app, (enum view_id)id) < 0 && (id != VIEW_LESSON || model_has_lesson(&app->model)))
			break;
	}
	app->placed[app->focus] = id;
	app_place_panes(app);
}
