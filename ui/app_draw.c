/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_draw.c: the whole screen: bar, strip, panes, message and hints.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "lesson/play.h"
#include "machine/sched.h"
#include "session/history.h"
#include "session/run.h"
#include "ui/app_private.h"
#include "ui/keys.h"
#include "ui/stations.h"
#include "ui/strip.h"
#include "ui/words.h"

/* ---- the bar at the top ---- */

static const char *board_name(const struct app *app)
{
	const struct loader_config *boot = &session_config(app->session)->boot;
	const struct loaded *loaded = session_loaded(app->session);
	const char *file = loaded->inside_tree.size ? loaded->firmware.file : boot->dtb;
	const char *slash = file ? strrchr(file, '/') : NULL;

	if (file)
		return slash ? slash + 1 : file;
	return boot->board ? boot->board : LOADER_DEFAULT_BOARD;
}

/* Where in which past the machine stands. */
static void add_past(const struct app *app, struct line *out)
{
	const struct history *history = session_history(app->session);

	if (!history)
		return;
	if (history_is_past(history)) {
		line_add(out, STYLE_BAR, " of ");
		line_time(out, STYLE_BAR, history_end(history));
	}
	if (strcmp(history_future(history), HISTORY_FIRST_FUTURE))
		line_printf(out, STYLE_BAR, "  %s", history_future(history));
}

bool app_is_walking(const struct app *app)
{
	const struct history *history = session_history(app->session);

	return history && history_is_walking(history);
}

static void add_running(const struct app *app, uint64_t now, struct line *out)
{
	uint64_t ran = now - app->run_start;

	if (app_is_walking(app)) {
		line_add(out, STYLE_CURRENT, " IN THE PAST ");
		line_add(out, STYLE_KEY, "  C-c stops");
		return;
	}
	line_add(out, STYLE_CURRENT, " RUNNING ");
	line_time(out, STYLE_BAR, ran);
	line_add(out, STYLE_BAR, " instructions");
	if (app->run_seconds > 0)
		line_printf(out, STYLE_BAR, ", %.1f M/s", (double)ran / app->run_seconds / 1e6);
	line_add(out, STYLE_KEY, "  C-c stops");
}

static void draw_bar(const struct app *app, const struct area *area)
{
	enum { HELP_COLUMNS = 8 };
	struct machine *machine = model_machine(&app->model);
	struct line line = LINE_INIT;
	uint64_t now = machine_time(machine);
	bool has_help;

	area_blank(area, 0, STYLE_BAR);
	line_printf(&line, STYLE_BAR, " smptutor  %s  %u CPU%s  t=", board_name(app), machine_cpu_count(machine),
		    machine_cpu_count(machine) == 1 ? "" : "s");
	line_time(&line, STYLE_BAR, now);
	if (!app->is_running)
		add_past(app, &line);
	line_printf(&line, STYLE_BAR, "  %s ", sched_name(machine_sched(machine)));
	has_help = !app->is_running && line_width(&line) < area->width - HELP_COLUMNS;
	if (app->is_running)
		add_running(app, now, &line);
	else if (app->model.play)
		line_printf(&line, STYLE_BAR, " %s", play_lesson(app->model.play)->title);
	/* The pane has the lesson's title as well; who is lost needs the key. */
	if (has_help)
		line_cut(&line, area->width - HELP_COLUMNS - 1);
	area_line(area, 0, &line, 0);
	if (has_help)
		area_text(area, area->width - HELP_COLUMNS, 0, STYLE_KEY, "? help ");
	line_free(&line);
}

/* ---- panes ---- */

/* Text that goes on below says so: nobody scrolls what looks complete. */
static void draw_more(const struct area *area, const struct view *view)
{
	struct line more = LINE_INIT;
	struct area place;

	if (view_is_text(view) && view_lines_below(view)) {
		line_printf(&more, STYLE_KEY, " ▾ %zu more ", view_lines_below(view));
		place = area_part(area, area->width - line_width(&more) - 1, 0, line_width(&more), 1);
		area_line(&place, 0, &more, 0);
	}
	line_free(&more);
}

static void draw_title(const struct area *area, const struct view *view, bool is_focused)
{
	struct area row = area_part(area, 1, 0, area->width - 2, 1);
	struct line title = LINE_INIT, more = LINE_INIT;

	for (int x = 0; x < area->width; x++)
		area_text(area, x, 0, STYLE_BORDER, "─");
	line_printf(&title, is_focused ? STYLE_FOCUSED : STYLE_TITLE, " %s ", view->ops->name);
	if (view->ops->title)
		view->ops->title(view, &more);
	/* One that goes on with a line places itself (the timeline's lanes). */
	if (more.text.len && line_style(&more, 0) != STYLE_BORDER) {
		line_add(&title, STYLE_TITLE, "· ");
		line_add(&more, STYLE_TITLE, " ");
	}
	area_line(&row, 0, &title, 0);
	row = area_part(&row, line_width(&title), 0, row.width, 1);
	area_line(&row, 0, &more, 0);
	draw_more(area, view);
	line_free(&title);
	line_free(&more);
}

static void draw_pane(struct app *app, const struct area *screen, const struct pane *pane, bool is_focused)
{
	struct area area = area_part(screen, pane->x, pane->y, pane->width, pane->height);
	bool has_left = pane->x > 0;
	int left = has_left ? 2 : 0;
	struct area inside = area_part(&area, left, 1, area.width - left, area.height - 1);
	struct view *view = &app->views[pane->view];

	for (int y = 1; has_left && y < area.height; y++)
		area_text(&area, 0, y, STYLE_BORDER, "│");
	view_draw(view, &inside, is_focused);
	draw_title(&area, view, is_focused);
}

static void draw_panes(struct app *app, const struct area *screen)
{
	int top = app->panes.item[0].y;
	struct pane whole = { app->panes.item[app->focus].view, 0, top, screen->width, screen->height - 2 - top };

	if (app->is_zoomed) {
		draw_pane(app, screen, &whole, app->overlay == NO_OVERLAY);
		return;
	}
	for (size_t i = 0; i < app->panes.count; i++)
		draw_pane(app, screen, &app->panes.item[i], i == app->focus && app->overlay == NO_OVERLAY);
}

static void draw_overlay(struct app *app, const struct area *screen)
{
	int top = app->panes.item[0].y;
	struct pane pane = { (enum view_id)app->overlay, 0, top, screen->width, screen->height - 2 - top };
	struct area area = area_part(screen, pane.x, pane.y, pane.width, pane.height);

	for (int y = 0; y < area.height; y++)
		area_blank(&area, y, STYLE_NORMAL);
	draw_pane(app, screen, &pane, true);
}

/* ---- the two lines at the bottom ---- */

/* TEXT in the line above the last; what is longer takes as many lines as it needs from the panes. */
static void draw_wrapped(const struct area *screen, enum style style, const char *text)
{
	enum { MOST_LINES = 8 };
	size_t at = 0, start[MOST_LINES], len[MOST_LINES];
	int count = 0;

	while (count < MOST_LINES && words_wrap(text, screen->width - 2, &at, &start[count], &len[count]))
		count++;
	for (int i = 0; i < count; i++) {
		struct line line = LINE_INIT;
		struct area row = area_part(screen, 1, screen->height - 1 - count + i, screen->width - 1, 1);

		line_printf(&line, style, "%.*s", (int)len[i], text + start[i]);
		area_blank(screen, screen->height - 1 - count + i, STYLE_NORMAL);
		area_line(&row, 0, &line, 0);
		line_free(&line);
	}
}

static void draw_message(const struct app *app, const struct area *screen)
{
	int y = screen->height - 2;
	struct strbuf stop = STRBUF_INIT;

	if (app->asking == ASKING_COMMAND && *prompt_choices(app->command_prompt)) {
		area_text(screen, 1, y, STYLE_DIM, prompt_choices(app->command_prompt));
		return;
	}
	if (app->message.len) {
		draw_wrapped(screen, app->is_error ? STYLE_ERROR : STYLE_MESSAGE, app->message.text);
		return;
	}
	if (app->is_running)
		return;
	if (app->model.play)
		play_status(app->model.play, &stop);
	else
		run_describe_stop(app->session, &stop);
	area_text(screen, 1, y, app->model.play ? STYLE_EXPLAIN : STYLE_DIM, strbuf_text(&stop));
	strbuf_free(&stop);
}

static void draw_prompt(const struct app *app, const struct area *screen)
{
	const struct prompt *prompt = app->asking == ASKING_COMMAND ? app->command_prompt : app->search_prompt;
	int y = screen->height - 1, cursor = prompt_cursor(prompt) + 1;
	/* A line longer than the screen is scrolled so that the cursor is seen. */
	int skip = cursor >= screen->width ? cursor - screen->width + 1 : 0;

	area_text(screen, -skip, y, STYLE_PROMPT, app->asking == ASKING_COMMAND ? ":" : "/");
	area_text(screen, 1 - skip, y, STYLE_PROMPT, prompt_text(prompt));
	grid_set_cursor(screen->grid, screen->x + cursor - skip, screen->y + y);
}

/* A key and what it does, if the room is enough. */
static void hint(struct line *line, int width, const char *key, const char *what)
{
	if (line_width(line) + (int)strlen(key) + (int)strlen(what) + 3 > width)
		return;
	line_add(line, STYLE_NORMAL, line->text.len ? "  " : " ");
	line_add(line, STYLE_KEY, key);
	line_printf(line, STYLE_DIM, " %s", what);
}

/* What the focused view offers, shortest first. */
static const struct { enum view_id view; const char *key, *what;
} view_hints[] = {
	{ VIEW_CODE, "b", "break" },
	{ VIEW_CODE, "Right", "instructions" },
	{ VIEW_REGS, "Right", "next group" },
	{ VIEW_TABLES, "Enter", "who wrote it" },
	{ VIEW_MILESTONES, "Enter", "open" },
	{ VIEW_MILESTONES, "u", "run to it" },
	{ VIEW_TIMELINE, "Left", "back" },
	{ VIEW_TIMELINE, "Right", "on" },
	{ VIEW_TIMELINE, "Enter", "show its code" },
	{ VIEW_CONSOLE, "i", "type" },
	{ VIEW_PSCI, "Enter", "show its code" },
	{ VIEW_EVENTS, "Enter", "show its code" },
	{ VIEW_LESSON, "Space", "page" },
};

static void add_view_hints(struct app *app, struct line *line, int width)
{
	enum view_id id = app->panes.item[app->focus].view;

	if (id == VIEW_LESSON && !app->model.play)
		hint(line, width, "Enter", "open the lesson");
	for (size_t i = 0; i < sizeof(view_hints) / sizeof(view_hints[0]); i++)
		if (view_hints[i].view == id)
			hint(line, width, view_hints[i].key, view_hints[i].what);
}

/* Nothing is ahead of a machine that has come to its end. */
static void add_station_hint(const struct app *app, struct line *line, int width)
{
	const struct milestone *station = stations_next(app->session);
	struct strbuf what = STRBUF_INIT;

	if (stations_is_end(app->session))
		return;
	strbuf_printf(&what, "on to: %s", station ? station->title : "all idle");
	hint(line, width, "m", what.text);
	strbuf_free(&what);
}

/* A lesson leads; without one, the road does. */
static void add_first_hints(const struct app *app, struct line *line, int width)
{
	const struct play *play = app->model.play;

	if (!play) {
		add_station_hint(app, line, width);
		return;
	}
	if (play_is_step_done(play))
		hint(line, width, play_is_last(play) ? ":open" : "]", play_is_last(play) ? "next lesson" : "next step");
	else if (play_open_quiz(play) >= 0)
		hint(line, width, "a", "answer");
	hint(line, width, "H", "hint");
}

static void draw_hints(struct app *app, const struct area *screen)
{
	/* Room for the two keys that nobody may have to guess. */
	enum { RESERVED = sizeof("  : command  q quit") - 1 };
	struct line line = LINE_INIT;
	int width = screen->width;

	if (app->overlay != NO_OVERLAY) {
		hint(&line, width, "q", "close");
		hint(&line, width, "/", "search");
		hint(&line, width, "Up Down", "scroll");
	} else if (app->is_running) {
		hint(&line, width, "C-c", "stop");
		if (app->model.is_typing)
			hint(&line, width, "C-]", "end typing");
		else if (!app_is_walking(app))
			hint(&line, width, "i", "type to the guest");
	} else if (app->model.is_typing) {
		hint(&line, width, "C-]", "back to smptutor");
	} else {
		add_first_hints(app, &line, width - RESERVED);
		hint(&line, width - RESERVED, "g", "next event");
		hint(&line, width - RESERVED, "s", "step");
		hint(&line, width - RESERVED, "n", "next");
		hint(&line, width - RESERVED, "Tab", "pane");
		hint(&line, width, ":", "command");
		hint(&line, width, "q", "quit");
		add_view_hints(app, &line, width);
		hint(&line, width, "L", "layout");
		hint(&line, width, "z", "zoom");
		hint(&line, width, "S", "step back");
		hint(&line, width, "c", "run");
	}
	area_line(screen, screen->height - 1, &line, 0);
	line_free(&line);
}

/* ---- all of it ---- */

static void draw_too_small(const struct app *app, const struct area *screen)
{
	struct line line = LINE_INIT;

	line_printf(&line, STYLE_NORMAL, "smptutor needs %dx%d; this is %dx%d", LAYOUT_MIN_WIDTH, LAYOUT_MIN_HEIGHT,
		    app->width, app->height);
	area_line(screen, 0, &line, 0);
	area_text(screen, 0, 1, STYLE_DIM, "Make it larger, or q quits.");
	line_free(&line);
}

static void draw_everything(struct app *app, const struct area *screen)
{
	int strip = strip_height(&app->model, screen->width, screen->height);
	struct area strip_area = area_part(screen, 0, 1, screen->width, strip);

	app_place_panes(app);
	draw_bar(app, screen);
	strip_draw(&app->model, &strip_area);
	draw_panes(app, screen);
	grid_join_lines(screen->grid);
	if (app->overlay != NO_OVERLAY)
		draw_overlay(app, screen);
	draw_message(app, screen);
	if (app->asking != ASKING_NOTHING)
		draw_prompt(app, screen);
	else
		draw_hints(app, screen);
}

void app_draw(struct app *app, struct grid *grid)
{
	struct area screen;

	app_set_size(app, grid_width(grid), grid_height(grid));
	grid_resize(grid, app->width, app->height);
	screen = area_of_grid(grid);
	if (app->width < LAYOUT_MIN_WIDTH || app->height < LAYOUT_MIN_HEIGHT)
		draw_too_small(app, &screen);
	else
		draw_everything(app, &screen);
	if (app->is_ascii)
		grid_to_ascii(grid);
}
