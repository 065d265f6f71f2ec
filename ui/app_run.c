/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_run.c: running commands, and showing what they said and changed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lesson/play.h"
#include "lesson/play_commands.h"
#include "ui/app_private.h"

/* Show what a command printed: one line as the message, more in the output view. */
static void show_output(struct app *app, const struct strbuf *out)
{
	const char *text = strbuf_text(out);
	size_t len = strcspn(text, "\n");

	if (!*text)
		return;
	if (!text[len] || !text[len + 1]) {
		char *line = xstrndup(text, len);

		app_tell(app, line, false);
		free(line);
		return;
	}
	strbuf_clear(&app->model.output);
	strbuf_puts(&app->model.output, text);
	app->views[VIEW_OUTPUT].top = app->views[VIEW_OUTPUT].cursor = 0;
	app->overlay = VIEW_OUTPUT;
}

/* The machine may be another one now, and is at another time: what views keep of it is void. */
static void after_run(struct app *app, const struct loaded *before)
{
	app->model.epoch++;
	if (session_loaded(app->session) != before || !machine_time(model_machine(&app->model)))
		changes_forget(app->model.changes);
	else
		changes_keep(app->model.changes);
	app_look_at_pc(app);
	app_follow(app);
}

/* Is what LINE printed the step that the lesson pane shows? */
static bool is_step_text(const struct app *app, const char *line, const struct command_result *result)
{
	return app->model.play && result->ran && !strncmp(line, "lesson", strlen("lesson"));
}

static struct command_result execute(struct app *app, const char *name, const char *line, struct strbuf *out)
{
	if (name)
		return command_execute_text(app->session, name, line, out);
	return app->model.play ? play_execute(app->model.play, line, out) : command_execute(app->session, line, out);
}

/* Run LINE, or (NAME not NULL) the lines of the file called so. */
static void run(struct app *app, const char *name, const char *line)
{
	const struct loaded *loaded = session_loaded(app->session);
	struct strbuf out = STRBUF_INIT;
	struct command_result result;

	changes_note(app->model.changes, app->session);
	app->is_running = true;
	app->run_start = machine_time(model_machine(&app->model));
	app->run_seconds = 0;
	result = execute(app, name, line, &out);
	app->is_running = false;
	if (result.ran)
		after_run(app, loaded);
	app->model.generation++;
	if (!is_step_text(app, line, &result))
		show_output(app, &out);
	if (error_is_set(&result.error))
		app_tell(app, result.error.text, true);
	if (result.status == COMMAND_QUIT)
		app->is_done = true;
	strbuf_free(&out);
}

void app_command(struct app *app, const char *line)
{
	run(app, NULL, line);
}

void app_script(struct app *app, const char *name, const char *text)
{
	run(app, name, text);
}
