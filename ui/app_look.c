/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_look.c: where the person is looking: following the machine, another function, and back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/names.h"
#include "ui/app_private.h"

enum { BACK_MAX = 64 };

void app_follow(struct app *app)
{
	for (int id = 0; id < VIEW_PLACEABLE; id++)
		app->views[id].is_free = false;
}

static void remember_place(struct app *app)
{
	struct app_place place = { app->model.is_looking, app->model.look, session_focus(app->session) };

	if (app->back.len == BACK_MAX) {
		memmove(app->back.item, app->back.item + 1, (BACK_MAX - 1) * sizeof(place));
		app->back.len--;
	}
	vec_add(&app->back, place);
}

void app_look_at(struct app *app, gva_t addr)
{
	remember_place(app);
	app->model.is_looking = true;
	app->model.look = addr;
	app->views[VIEW_CODE].is_free = false;
}

void app_look_at_pc(struct app *app)
{
	app->model.is_looking = false;
	app->views[VIEW_CODE].is_free = false;
}

void app_go_back(struct app *app)
{
	struct app_place place;

	if (!app->back.len) {
		app_tell(app, "nowhere to go back to", true);
		return;
	}
	place = app->back.item[--app->back.len];
	app->model.is_looking = place.is_looking;
	app->model.look = place.look;
	if (place.cpu < machine_cpu_count(model_machine(&app->model)))
		session_set_focus(app->session, place.cpu);
	app->views[VIEW_CODE].is_free = false;
	app->model.generation++;
}

void app_follow_symbol(struct app *app)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.";
	struct strbuf line = STRBUF_INIT;
	const char *at;
	bool is_found = false;

	view_current_text(app_focused_view(app), &line);
	at = strbuf_text(&line);
	while (*at && !is_found) {
		size_t len;
		char *word;
		struct name name;

		at += strcspn(at, letters);
		len = strspn(at, letters);
		word = xstrndup(at, len);
		is_found = len && names_find(session_loaded(app->session), word, &name, NULL) && name.is_code;
		if (is_found) {
			app_look_at(app, name.va);
			app_show_view(app, VIEW_CODE);
		}
		free(word);
		at += len;
	}
	if (!is_found)
		app_tell(app, "no function is named on this line", true);
	strbuf_free(&line);
}
