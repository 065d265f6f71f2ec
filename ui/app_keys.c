/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/app_keys.c: what keys and the mouse do.
 */
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

enum { GUTTER = 6, BORDER = 2, WHEEL_LINES = 3, SIDEWAYS = 8, END_TYPING = UI_CTRL(']') };

/* Run a formatted line. */
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
		app_tell(app, "the line at the cursor of the code view has no instruction", true);
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

/* Each view is searched by itself: the word may be in another one. */
static void tell_not_found(struct app *app, const struct view *view, const char *text)
{
	struct strbuf words = STRBUF_INIT;

	strbuf_printf(&words, "'%s' is not in this view (%s)", text, view->ops->name);
	app_tell(app, strbuf_text(&words), true);
	strbuf_free(&words);
}

static void search(struct app *app, const char *text, bool is_up)
{
	struct view *view = app_focused_view(app);

	if (!*text)
		text = strbuf_text(&view->found);
	if (*text && !view_search(view, text, is_up))
		tell_not_found(app, view, text);
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

/* A view's help is written in lines for a wide screen: those of a paragraph are one, for the screen to break. */
static void add_paragraphs(const char *text, struct strbuf *out)
{
	bool is_prose = *text != ' ';

	for (; *text; text++) {
		bool is_joint = *text == '\n' && is_prose && text[1] && !strchr(" \n", text[1]);

		strbuf_putc(out, is_joint ? ' ' : *text);
		if (*text == '\n')
			is_prose = text[1] != ' ' && text[1] != '\n';
	}
}

static void show_help(struct app *app)
{
	struct view *view = app_focused_view(app);

	strbuf_clear(&app->model.help);
	strbuf_printf(&app->model.help, "%s: ", view->ops->name);
	add_paragraphs(view->ops->help, &app->model.help);
	strbuf_putc(&app->model.help, '\n');
	keys_help(app->session, &app->model.help);
	strbuf_puts(&app->model.help, "\nThe CPUs at the top\n"
		    "  > is the one in focus; E: its event register is set, X: its monitor is exclusive\n"
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
	app_tell(app, "copied", false);
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
		app_show_next_view(app);
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
		app_follow_symbol(app);
		return true;
	case ACTION_BACK:
		app_go_back(app);
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
		app_tell(app, "nothing runs; q quits", false);
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
		app_tell(app, "the guest does not read its UART: nothing more fits", true);
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
		app_tell(app, "this key does nothing; ? lists those that do", true);
}

bool app_key_running(struct app *app, int key)
{
	char c = (char)(key == UI_KEY_RUBOUT ? '\b' : key);

	if (key == UI_CTRL('c'))
		return false;
	if (app_is_walking(app))
		return true;
	if (!app->model.is_typing) {
		if (key == 'i')
			app_type(app);
	} else if (key == END_TYPING) {
		app->model.is_typing = false;
	} else if (key > 0 && key < 0x80) {
		drive_type(app->session, &c, 1);
	}
	return true;
}

/* ---- pasting ---- */

static void paste_at_prompt(struct app *app, int c)
{
	bool is_end = c == '\r' || c == '\n';

	if (app->asking == ASKING_NOTHING && is_end)
		return;
	if (app->asking == ASKING_NOTHING)
		ask(app, ASKING_COMMAND, "");
	if (is_end || c == '\t' || c >= ' ')
		prompt_got_key(app, is_end ? UI_KEY_ENTER : c == '\t' ? ' ' : c);
}

void app_paste(struct app *app, const int *text, size_t count)
{
	strbuf_clear(&app->message);
	for (size_t i = 0; i < count && !app->is_done; i++) {
		if (app->model.is_typing && text[i] != END_TYPING)
			type_to_guest(app, text[i]);
		else if (!app->model.is_typing)
			paste_at_prompt(app, text[i]);
	}
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

/* The mouse chose the line under it: what does the view make of that? */
static bool point_at(struct app *app, size_t index, int x, int y, bool is_drag)
{
	const struct pane *pane = &app->panes.item[index];
	int left = app->is_zoomed ? 0 : pane->x, top = app->is_zoomed ? app->panes.item[0].y : pane->y;
	struct view *view = &app->views[pane->view];
	struct strbuf command = STRBUF_INIT;
	size_t before = view->cursor;
	bool is_line = view_point(view, y - top - 1);

	/* Dragged along one line, nothing is new. */
	if (is_line && view->ops->point && !(is_drag && view->cursor == before))
		view->ops->point(view, x - left - (left > 0 ? BORDER : 0), is_drag, &command);
	if (command.len)
		app_command(app, command.text);
	strbuf_free(&command);
	return is_line;
}

static void click_pane(struct app *app, size_t index, int x, int y)
{
	const struct pane *pane = &app->panes.item[index];
	int left = app->is_zoomed ? 0 : pane->x;

	app->focus = index;
	app->pressed = (int)index;
	if (point_at(app, index, x, y, false) && pane->view == VIEW_CODE && x - left < GUTTER)
		set_breakpoint(app, "break");
}

static void drag(struct app *app, int pane, int x, int y)
{
	if (pane >= 0 && pane == app->pressed && app->views[app->panes.item[pane].view].ops->point)
		point_at(app, (size_t)pane, x, y, true);
}

static void turn_or_press(struct app *app, enum app_mouse what, int pane, int x, int y)
{
	struct view *view = app->overlay != NO_OVERLAY ? &app->views[app->overlay] :
							 &app->views[app->panes.item[pane].view];

	if (what == APP_WHEEL_UP || what == APP_WHEEL_DOWN)
		view_move(view, what == APP_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
	else if (app->overlay == NO_OVERLAY && what == APP_DRAG)
		drag(app, pane, x, y);
	else if (app->overlay == NO_OVERLAY)
		click_pane(app, (size_t)pane, x, y);
}

void app_mouse(struct app *app, enum app_mouse what, int x, int y)
{
	int cpu, pane = pane_at(app, x, y);

	if (app->overlay != NO_OVERLAY || pane >= 0) {
		turn_or_press(app, what, pane, x, y);
		return;
	}
	app->pressed = -1;
	if (what == APP_CLICK && y < app->panes.item[0].y) {
		cpu = strip_cpu_at(&app->model, app->width, app->height, x, y - 1);
		if (cpu >= 0)
			commandf(app, "cpu %d", cpu);
	}
}
