/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_commands.c: the commands that only a screen has, and those that keys need.
 */
#include "ui/app_private.h"

#include <stdio.h>
#include <string.h>

#include "service/file.h"
#include "session/drive.h"
#include "session/expr.h"
#include "ui/keys.h"

/* ---- what is shown ---- */

/* What follows the view's name: an address for code and memory. */
static bool show_address(struct app *app, enum view_id id, const char *expr, struct error *err)
{
	uint64_t value = 0;

	if (*expr && !expr_value(app->session, expr, &value, err))
		return false;
	if (id == VIEW_CODE && *expr) {
		app_look_at(app, value);
	} else if (id == VIEW_CODE) {
		app_look_at_pc(app);
	} else {
		app->model.has_memory = *expr != '\0';
		app->model.memory = value;
		app->views[id].is_free = false;
	}
	return true;
}

static bool do_view(struct command_call *call)
{
	struct app *app = call->ctx;
	size_t len = strcspn(call->args, " \t");
	char name[32];
	int id;

	snprintf(name, sizeof(name), "%.*s", (int)len, call->args);
	id = view_find_name(name);
	if (id < 0 || (id >= VIEW_PLACEABLE && id != VIEW_OUTPUT))
		return error_set(call->err,
				 "no view '%s'; there are code, registers, tables, monitors, milestones, timeline, "
				 "console, memory, devicetree, psci, events, lesson, output",
				 name);
	if (id == VIEW_OUTPUT) {
		app->overlay = id;
		return true;
	}
	if ((id == VIEW_CODE || id == VIEW_MEMORY) &&
	    !show_address(app, (enum view_id)id, call->args + len + strspn(call->args + len, " \t"), call->err))
		return false;
	app_show_view(app, (enum view_id)id);
	return true;
}

static bool do_layout(struct command_call *call)
{
	struct app *app = call->ctx;
	int index = *call->args ? layout_find(call->args) : (int)((app->layout + 1) % layout_count());

	if (index < 0)
		return error_set(call->err, "no layout '%s'; there are boot, code, events, kernel", call->args);
	app_set_layout(app, (size_t)index);
	return true;
}

static bool do_zoom(struct command_call *call)
{
	struct app *app = call->ctx;

	app->is_zoomed = !app->is_zoomed;
	return true;
}

/* "on" or "off". */
static bool parse_switch(struct command_call *call, bool *on)
{
	*on = !strcmp(call->args, "on");
	return *on || !strcmp(call->args, "off") || error_set(call->err, "%s on, or %s off", call->name, call->name);
}

static bool do_mouse(struct command_call *call)
{
	struct app *app = call->ctx;
	bool on;

	if (!parse_switch(call, &on))
		return false;
	if (app->host.set_mouse)
		app->host.set_mouse(app->host.ctx, on);
	return true;
}

static bool do_ascii(struct command_call *call)
{
	struct app *app = call->ctx;

	return parse_switch(call, &app->is_ascii);
}

static bool do_dump_screen(struct command_call *call)
{
	struct app *app = call->ctx;
	struct grid *grid = grid_new(app->width, app->height);
	struct strbuf text = STRBUF_INIT;
	bool ok, was_running = app->is_running;

	if (!*call->args)
		return error_set(call->err, "dump-screen: into which file?");
	/* As it looks between commands, not while this one is being done. */
	app->is_running = false;
	app_draw(app, grid);
	app->is_running = was_running;
	grid_dump_text(grid, &text);
	ok = file_write(call->args, strbuf_text(&text), text.len, call->err);
	strbuf_free(&text);
	grid_free(grid);
	return ok;
}

/* ---- the guest's console ---- */

void app_type(struct app *app)
{
	app->model.is_typing = true;
	app_show_view(app, VIEW_CONSOLE);
}

static bool do_type(struct command_call *call)
{
	struct app *app = call->ctx;
	struct strbuf text = STRBUF_INIT;
	size_t sent;

	if (!*call->args) {
		app_type(app);
		return true;
	}
	strbuf_printf(&text, "%s\r", call->args);
	sent = drive_input(app->session, text.text, text.len);
	strbuf_free(&text);
	return sent || error_set(call->err, "the guest's UART takes nothing more");
}

/* ---- the table ---- */

static const struct command items[] = {
	{ "view", "NAME [EXPR]", "show a view: in its pane, or in the focused one",
	  "code and memory take an address: 'view code spin', 'view memory branch_table'.\n", COMPLETE_WORD,
	  "code registers tables monitors milestones timeline console memory devicetree psci events lesson output",
	  do_view, NULL },
	{ "layout", "[NAME]", "another arrangement of panes: boot, code, events, kernel", NULL, COMPLETE_WORD,
	  "boot code events kernel", do_layout, NULL },
	{ "zoom", "", "the focused pane alone, and back", NULL, COMPLETE_NONE, NULL, do_zoom, NULL },
	{ "next-event", "",
	  "run until something happens: an exception, a sleep, a wake-up, sev, PSCI, a table store, the MMU",
	  "Functions passed and lines printed do not count.  The CPU that it happened to gets the focus.\n",
	  COMPLETE_NONE, NULL, app_do_next_event, NULL },
	{ "next-station", "",
	  "run to the next station of the boot: the pen, the kernel's entry, CPU_ON, the secondary ...",
	  "There is one at least for each row of the road (help milestones).  After the last one it runs until all\n"
	  "CPUs idle.\n", COMPLETE_NONE, NULL, app_do_next_station, NULL },
	{ "previous-event", "", "go back to where 'next-event' would have stopped last", NULL, COMPLETE_NONE, NULL,
	  app_do_previous_event, NULL },
	{ "previous-station", "", "go back to the station of the boot that was passed last", NULL, COMPLETE_NONE, NULL,
	  app_do_previous_station, NULL },
	{ "type", "[TEXT]",
	  "send TEXT and a carriage return to the guest's UART; without TEXT, what is typed goes there",
	  "C-] ends typing.\n", COMPLETE_NONE, NULL, do_type, NULL },
	{ "dump-screen", "FILE", "write what the screen shows to a file", NULL, COMPLETE_FILE, NULL, do_dump_screen,
	  NULL },
	{ "mouse", "on|off", "let the mouse focus, scroll and set breakpoints, or leave it to the terminal", NULL,
	  COMPLETE_WORD, "on off", do_mouse, NULL },
	{ "ascii", "on|off", "draw lines and arrows with plain characters", NULL, COMPLETE_WORD, "on off", do_ascii,
	  NULL },
};

const struct command_set app_commands = { "The screen", items, sizeof(items) / sizeof(items[0]) };

/* ---- help topics ---- */

static void print_keys(struct strbuf *out)
{
	keys_help(NULL, out);
	strbuf_puts(out, "\nPanes have keys of their own, as i in the console, which types to the guest:\n"
		    "? explains those of the pane in focus.\n");
}

static const struct help_topic topics[] = {
	{ "keys", "what the keys of the screen do", NULL, print_keys },
};

const struct help_topics app_help_topics = { topics, sizeof(topics) / sizeof(topics[0]) };
