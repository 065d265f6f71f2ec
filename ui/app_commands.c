/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ui/app_commands.c: the commands that only a screen has, and those that keys need.
 */
#include "ui/app_private.h"

#include <stdio.h>
#include <string.h>

#include "service/file.h"
#include "service/milestones.h"
#include "session/drive.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/expr.h"
#include "session/reached.h"
#include "session/run.h"
#include "ui/keys.h"
#include "ui/stations.h"
#include "ui/words.h"

/* Refuse arguments. */
static bool is_plain(struct command_call *call)
{
	return !*call->args || error_set(call->err, "%s takes no arguments, but there is '%s'", call->name, call->args);
}

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

static bool do_type(struct command_call *call)
{
	struct app *app = call->ctx;
	struct strbuf text = STRBUF_INIT;
	size_t sent;

	if (!*call->args) {
		app->model.is_typing = true;
		app_show_view(app, VIEW_CONSOLE);
		return true;
	}
	strbuf_printf(&text, "%s\r", call->args);
	sent = drive_input(app->session, text.text, text.len);
	strbuf_free(&text);
	return sent || error_set(call->err, "the guest's UART takes nothing more");
}

/* ---- the next event ---- */

/* What a person who waits for something to happen means: not every function passed, not every line printed. */
static uint64_t event_kinds(void)
{
	static const enum event_kind dull[] = { EVENT_RESET, EVENT_MILESTONE, EVENT_UART, EVENT_STOP };
	uint64_t mask = eventlog_default_mask();

	for (size_t i = 0; i < sizeof(dull) / sizeof(dull[0]); i++)
		mask &= ~(UINT64_C(1) << dull[i]);
	return mask;
}

static void add_kinds(struct condition_list *list, const struct session *session, uint64_t kinds)
{
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_printf(&text, "event:%s", eventlog_kind_name((enum event_kind)kind));
		if (kinds >> kind & 1)
			condition_parse(list, session, text.text, NULL);
		strbuf_free(&text);
	}
}

/* What the events of KINDS from number FROM on are told as: a sev that woke somebody, else the first. */
static const struct event *main_event(const struct eventring *ring, uint64_t from, uint64_t kinds)
{
	const struct event *first = NULL;

	for (uint64_t n = from; n < eventring_next(ring); n++) {
		const struct event *event = eventring_at(ring, n);

		if (event && event->kind == EVENT_SEV && event->u.sev.woke)
			return event;
		if (!first && event && kinds >> event->kind & 1)
			first = event;
	}
	return first;
}

/* "CPU0: sev ▸ CPU1 CPU2". */
static void tell_event(const struct app *app, const struct event *event, struct strbuf *out)
{
	strbuf_printf(out, "CPU%d: ", event->cpu);
	words_event(&app->model, event, out);
	if (event->kind == EVENT_SEV && event->u.sev.woke)
		strbuf_puts(out, " ▸");
	for (unsigned n = 0; event->kind == EVENT_SEV && n < CPU_MAX; n++)
		if (event->u.sev.woke >> n & 1)
			strbuf_printf(out, " CPU%u", n);
}

static bool do_next_event(struct command_call *call)
{
	struct app *app = call->ctx;
	struct condition_list list = CONDITION_LIST_INIT;
	uint64_t from = eventring_next(session_events(call->session));
	const struct event *event;

	if (!is_plain(call))
		return false;
	add_kinds(&list, call->session, event_kinds());
	run_until(call->session, &list, RUN_DEFAULT_BUDGET);
	condition_list_free(&list);
	call->ran = true;
	event = session_stop(call->session)->why == STOPPED_CONDITION ?
		main_event(session_events(call->session), from, event_kinds()) : NULL;
	if (!event || event->cpu < 0) {
		run_describe_stop(call->session, call->out);
		return true;
	}
	session_set_focus(call->session, (unsigned)event->cpu);
	tell_event(app, event, call->out);
	return true;
}

/* ---- the next station ---- */

/* Where the run to STATION (NULL: to idle) ended. */
static void tell_station(const struct session *session, const struct milestone *station, struct strbuf *out)
{
	const struct session_stop *stop = session_stop(session);

	if (station && stop->why == STOPPED_CONDITION)
		strbuf_printf(out, "CPU%d is at %s: %s", stop->cpu, station->name, station->title);
	else
		run_describe_stop(session, out);
}

static bool do_next_station(struct command_call *call)
{
	struct condition_list list = CONDITION_LIST_INIT;
	struct strbuf text = STRBUF_INIT;
	const struct milestone *station = stations_next(call->session);
	bool ok;

	if (!is_plain(call))
		return false;
	if (station)
		strbuf_printf(&text, "milestone:%s", station->name);
	else
		strbuf_puts(&text, "idle");
	ok = condition_parse(&list, call->session, text.text, call->err);
	if (ok) {
		run_until(call->session, &list, RUN_DEFAULT_BUDGET);
		call->ran = true;
		tell_station(call->session, station, call->out);
	}
	condition_list_free(&list);
	strbuf_free(&text);
	return ok;
}

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
	  COMPLETE_NONE, NULL, do_next_event, NULL },
	{ "next-station", "",
	  "run to the next station of the boot: the pen, the kernel's entry, CPU_ON, the secondary ...",
	  "There is one at least for each row of the road (help milestones).  After the last one it runs until all\n"
	  "CPUs idle.\n", COMPLETE_NONE, NULL, do_next_station, NULL },
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
}

static const struct help_topic topics[] = {
	{ "keys", "what the keys of the screen do", NULL, print_keys },
};

const struct help_topics app_help_topics = { topics, sizeof(topics) / sizeof(topics[0]) };
