/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ui/app.c: what keys and the mouse do.
 */
#include "ui/app.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/breakpoints.h"
#include "session/drive.h"
#include "session/names.h"
#include "ui/app_private.h"
#include "ui/keys.h"
#include "ui/strip.h"
#include "ui/view_code.h"

enum { WHEEL_LINES = 3, SIDEWAYS = 8, BACK_MAX = 64, END_TYPING = UI_CTRL(']') };

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

static void set_message(struct app *app, const char *text, bool is_error)
{
	strbuf_clear(&app->message);
	strbuf_puts(&app->message, text);
	app->is_error = is_error;
}

void app_set_message(struct app *app, const char *text)
{
	set_message(app, text, false);
}

/* ---- panes ---- */

void app_place_panes(struct app *app)
{
	int strip = strip_height(&app->model, app->width, app->height);

	app->panes = layout_place(app->layout, model_has_lesson(&app->model), app->width, 1 + strip, app->height - strip - 3);
	for (size_t i = 0; i < app->panes.count; i++)
		if (app->placed[i] != KEEP_VIEW)
			app->panes.item[i].view = (enum view_id)app->placed[i];
	if (app->focus >= app->panes.count)
		app->focus = 0;
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

static int pane_of(const struct app *app, enum view_id id)
{
	for (size_t i = 0; i < app->panes.count; i++)
		if (app->panes.item[i].view == id)
			return (int)i;
	return -1;
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

/* The next view that no pane shows. */
static void show_next_view(struct app *app)
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

/* ---- looking around ---- */

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

static void go_back(struct app *app)
{
	struct app_place place;

	if (!app->back.len) {
		set_message(app, "nowhere to go back to", true);
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

/* Show the code of the first symbol that the line at the cursor names. */
static void follow_symbol(struct app *app)
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
		set_message(app, "no function is named on this line", true);
	strbuf_free(&line);
}

/* ---- commands ---- */

/* Show what a command printed: one line as the message, more in the output view. */
static void show_output(struct app *app, const struct strbuf *out)
{
	const char *text = strbuf_text(out);
	size_t len = strcspn(text, "\n");

	if (!*text)
		return;
	if (!text[len] || !text[len + 1]) {
		char *line = xstrndup(text, len);

		set_message(app, line, false);
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
	result = name ? command_execute_text(app->session, name, line, &out) : command_execute(app->session, line, &out);
	app->is_running = false;
	if (result.ran)
		after_run(app, loaded);
	app->model.generation++;
	if (!is_step_text(app, line, &result))
		show_output(app, &out);
	if (error_is_set(&result.error))
		set_message(app, result.error.text, true);
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

static void __attribute__((format(printf, 2, 3))) commandf(struct app *app, const char *fmt, ...)
{
	struct strbuf line = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&line, fmt, args);
	va_end(args);
	app_command(app, strbuf_text(&line));
	strbuf_free(&line);
}

static void set_breakpoint(struct app *app, const char *command)
{
	const struct breakpoint *there;
	gva_t addr;
	gpa_t pa;

	if (!view_code_address(&app->views[VIEW_CODE], &addr)) {
		set_message(app, "the line at the cursor of the code view has no instruction", true);
		return;
	}
	there = names_physical(session_loaded(app->session), session_focus(app->session), addr, &pa) ?
		breakpoints_on(session_breakpoints(app->session), pa) : NULL;
	if (there)
		commandf(app, "delete %u", there->number);
	else
		commandf(app, "%s 0x%" PRIx64, command, addr);
}

/* ---- the prompt ---- */

static void ask(struct app *app, enum asking what, const char *text)
{
	app->asking = what;
	prompt_start(what == ASKING_COMMAND ? app->command_prompt : app->search_prompt, text);
}

static void search(struct app *app, const char *text, bool is_up)
{
	struct view *view = app_focused_view(app);

	if (!*text)
		text = strbuf_text(&view->found);
	if (*text && !view_search(view, text, is_up))
		set_message(app, "not found", true);
}

static void prompt_got_key(struct app *app, int key)
{
	struct prompt *prompt = app->asking == ASKING_COMMAND ? app->command_prompt : app->search_prompt;
	enum asking what = app->asking;
	enum prompt_state state = prompt_key(prompt, key);
	char *text;

	if (state == PROMPT_EDITING)
		return;
	app->asking = ASKING_NOTHING;
	if (state == PROMPT_CANCELLED)
		return;
	text = xstrdup(prompt_text(prompt));
	if (what == ASKING_COMMAND)
		app_command(app, text);
	else
		search(app, text, false);
	free(text);
}

/* ---- keys ---- */

static void show_help(struct app *app)
{
	struct view *view = app_focused_view(app);

	strbuf_clear(&app->model.help);
	strbuf_printf(&app->model.help, "%s: %s\n", view->ops->name, view->ops->help);
	keys_help(app->session, &app->model.help);
	strbuf_puts(&app->model.help, "\nThe CPUs at the top\n  > is the one in focus; E: its event register is set, X: its monitor is exclusive\n"
		    "\nMore\n  :help lists the commands and topics, :help NAME explains one\n");
	app->views[VIEW_HELP].top = app->views[VIEW_HELP].cursor = 0;
	app->overlay = VIEW_HELP;
}

static void copy_line(struct app *app)
{
	struct strbuf text = STRBUF_INIT;

	view_current_text(app_focused_view(app), &text);
	if (app->host.copy)
		app->host.copy(app->host.ctx, strbuf_text(&text));
	set_message(app, "copied", false);
	strbuf_free(&text);
}

static void move_focus(struct app *app, size_t by)
{
	if (app->panes.count)
		app->focus = (app->focus + by) % app->panes.count;
}

static void move_cpu(struct app *app, unsigned by)
{
	unsigned count = machine_cpu_count(model_machine(&app->model));

	commandf(app, "cpu %u", (session_focus(app->session) + by) % count);
}

static void leave(struct app *app)
{
	if (app->overlay != NO_OVERLAY)
		app->overlay = NO_OVERLAY;
	else if (app->is_zoomed)
		app->is_zoomed = false;
	else
		app_command(app, "quit");
}

/* Keys that move in the focused view. */
static bool move(struct app *app, enum key_action action)
{
	struct view *view = app_focused_view(app);
	long page = view->height > 2 ? view->height - 1 : 1;

	switch (action) {
	case ACTION_UP:
		view_move(view, -1);
		return true;
	case ACTION_DOWN:
		view_move(view, 1);
		return true;
	case ACTION_PAGE_UP:
		view_move(view, -page);
		return true;
	case ACTION_PAGE_DOWN:
		view_move(view, page);
		return true;
	case ACTION_TOP:
		view_move(view, -(long)view->count);
		return true;
	case ACTION_BOTTOM:
		view_move(view, (long)view->count);
		view->is_free = view->ops == &view_code;
		return true;
	case ACTION_LEFT: case ACTION_RIGHT:
		view_scroll_sideways(view, action == ACTION_LEFT ? -SIDEWAYS : SIDEWAYS);
		return true;
	default:
		return false;
	}
}

/* Keys about the screen. */
static bool arrange(struct app *app, enum key_action action)
{
	switch (action) {
	case ACTION_PANE_NEXT:
		move_focus(app, 1);
		return true;
	case ACTION_PANE_PREVIOUS:
		move_focus(app, app->panes.count - 1);
		return true;
	case ACTION_ZOOM:
		app->is_zoomed = !app->is_zoomed;
		return true;
	case ACTION_LAYOUT:
		app_set_layout(app, (app->layout + 1) % layout_count());
		return true;
	case ACTION_VIEW_NEXT:
		show_next_view(app);
		return true;
	case ACTION_YANK:
		copy_line(app);
		return true;
	case ACTION_REDRAW:
		if (app->host.redraw)
			app->host.redraw(app->host.ctx);
		return true;
	case ACTION_HELP:
		show_help(app);
		return true;
	case ACTION_QUIT:
		leave(app);
		return true;
	default:
		return false;
	}
}

/* Keys that look elsewhere or ask. */
static bool look(struct app *app, enum key_action action)
{
	switch (action) {
	case ACTION_SEARCH:
		ask(app, ASKING_SEARCH, "");
		return true;
	case ACTION_SEARCH_NEXT: case ACTION_SEARCH_PREVIOUS:
		search(app, "", action == ACTION_SEARCH_PREVIOUS);
		return true;
	case ACTION_FOLLOW:
		follow_symbol(app);
		return true;
	case ACTION_BACK:
		go_back(app);
		return true;
	case ACTION_PC:
		app_look_at_pc(app);
		return true;
	case ACTION_PROMPT:
		ask(app, ASKING_COMMAND, "");
		return true;
	case ACTION_WATCH:
		ask(app, ASKING_COMMAND, "watch ");
		return true;
	case ACTION_ANSWER:
		ask(app, ASKING_COMMAND, "answer ");
		return true;
	default:
		return false;
	}
}

static void act(struct app *app, const struct key_binding *binding, int key)
{
	if (move(app, binding->action) || arrange(app, binding->action) || look(app, binding->action))
		return;
	switch (binding->action) {
	case ACTION_COMMAND:
		app_command(app, binding->command);
		break;
	case ACTION_CPU:
		commandf(app, "cpu %c", key);
		break;
	case ACTION_CPU_NEXT:
		move_cpu(app, 1);
		break;
	case ACTION_CPU_PREVIOUS:
		move_cpu(app, machine_cpu_count(model_machine(&app->model)) - 1);
		break;
	case ACTION_BREAK:
		set_breakpoint(app, "break");
		break;
	case ACTION_TBREAK:
		set_breakpoint(app, "tbreak");
		break;
	case ACTION_INTERRUPT:
		set_message(app, "nothing runs; q quits", false);
		break;
	default:
		break;
	}
}

/* The focused view goes first; it answers with a command. */
static bool view_got_key(struct app *app, int key)
{
	struct view *view = app_focused_view(app);
	struct strbuf command = STRBUF_INIT;
	bool is_taken = view->ops->key && view->ops->key(view, key, &command);

	if (command.len)
		app_command(app, command.text);
	strbuf_free(&command);
	return is_taken;
}

static void type_to_guest(struct app *app, int key)
{
	char c = (char)(key == UI_KEY_RUBOUT ? '\b' : key);

	if (key == END_TYPING) {
		app->model.is_typing = false;
		return;
	}
	if (key < 0x80 && !drive_input(app->session, &c, 1))
		set_message(app, "the guest does not read its UART: nothing more fits", true);
}

void app_key(struct app *app, int key)
{
	const struct key_binding *binding;

	strbuf_clear(&app->message);
	if (app->model.is_typing) {
		type_to_guest(app, key);
		return;
	}
	if (app->asking != ASKING_NOTHING) {
		prompt_got_key(app, key);
		return;
	}
	if (key == UI_KEY_ESCAPE && app->overlay != NO_OVERLAY) {
		app->overlay = NO_OVERLAY;
		return;
	}
	if (view_got_key(app, key))
		return;
	binding = keys_find(key, app->session);
	if (binding)
		act(app, binding, key);
	else
		set_message(app, "this key does nothing; ? lists those that do", true);
}

/* ---- the mouse ---- */

static int pane_at(const struct app *app, int x, int y)
{
	if (app->is_zoomed)
		return (int)app->focus;
	for (size_t i = 0; i < app->panes.count; i++) {
		const struct pane *pane = &app->panes.item[i];

		if (x >= pane->x && x < pane->x + pane->width && y >= pane->y && y < pane->y + pane->height)
			return (int)i;
	}
	return -1;
}

static void click_pane(struct app *app, size_t index, int x, int y)
{
	enum { GUTTER = 6 };
	const struct pane *pane = &app->panes.item[index];
	int left = app->is_zoomed ? 0 : pane->x, top = app->is_zoomed ? app->panes.item[0].y : pane->y;
	struct view *view = &app->views[pane->view];

	app->focus = index;
	if (view_point(view, y - top - 1) && pane->view == VIEW_CODE && x - left < GUTTER)
		set_breakpoint(app, "break");
}

void app_mouse(struct app *app, enum app_mouse what, int x, int y)
{
	int cpu, pane = pane_at(app, x, y);
	struct view *view;

	if (app->overlay != NO_OVERLAY || pane >= 0) {
		view = app->overlay != NO_OVERLAY ? &app->views[app->overlay] : &app->views[app->panes.item[pane].view];
		if (what != APP_CLICK)
			view_move(view, what == APP_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
		else if (app->overlay == NO_OVERLAY)
			click_pane(app, (size_t)pane, x, y);
		return;
	}
	if (what == APP_CLICK && y < app->panes.item[0].y) {
		cpu = strip_cpu_at(&app->model, app->width, app->height, x, y - 1);
		if (cpu >= 0)
			commandf(app, "cpu %d", cpu);
	}
}
