/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_console.c: what the guest wrote to its UART, and typing into it.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "device/board.h"
#include "session/console.h"
#include "ui/view.h"
#include "ui/vt.h"

/* The screen of a terminal, and which part of the console's text it has seen. */
struct console_screen {
	struct vt *vt;
	size_t seen;		/* bytes of the text */
	uint64_t written;	/* how many had been written then */
	uint64_t epoch;		/* of the model, then */
};

static const struct console *console_of(const struct view *view)
{
	return session_console(view->model->session);
}

/* What came since is put behind; when the text is another one (the machine went back, old lines were dropped), all of
 * it. */
static void catch_up(const struct view *view, struct console_screen *screen)
{
	uint64_t written = console_written(console_of(view));
	size_t len;
	const char *text = console_text(console_of(view), &len);
	bool is_grown = screen->epoch == view->model->epoch && len - screen->seen == written - screen->written;

	if (!is_grown || len < screen->seen) {
		vt_clear(screen->vt);
		screen->seen = 0;
	}
	vt_put(screen->vt, text + screen->seen, len - screen->seen);
	screen->seen = len;
	screen->written = written;
	screen->epoch = view->model->epoch;
}

static void prepare(struct view *view)
{
	struct console_screen *screen;

	if (!view->state) {
		view->state = xzalloc(sizeof(struct console_screen));
		((struct console_screen *)view->state)->vt = vt_new();
	}
	screen = view->state;
	catch_up(view, screen);
	view->count = vt_row_count(screen->vt);
	if (!view->is_free)
		view->cursor = view->count ? view->count - 1 : 0;
}

/* The guest echoes what it has read, and it reads when it runs: until then the title is the only sign. */
static void title(const struct view *view, struct line *out)
{
	const struct pl011 *uart = board_uart(session_board(view->model->session), 0);
	size_t unread = uart ? pl011_input_unread(uart) : 0;

	if (view->model->is_typing && unread)
		line_printf(out, STYLE_FOCUSED, "typing: %zu unread; it is read when the guest runs", unread);
	else if (view->model->is_typing)
		line_add(out, STYLE_FOCUSED, "you type to the guest; C-] ends that");
	else if (unread)
		line_printf(out, STYLE_TITLE, "%zu typed, not read yet", unread);
}

static void line(struct view *view, size_t index, struct line *out)
{
	const struct console_screen *screen = view->state;
	struct strbuf text = STRBUF_INIT;
	bool is_reverse;

	for (size_t at = 0; vt_row_piece(screen->vt, index, &at, &is_reverse, &text); strbuf_clear(&text))
		line_add(out, is_reverse ? STYLE_CURRENT : STYLE_NORMAL, strbuf_text(&text));
	strbuf_free(&text);
}

static bool key(struct view *view, int key, struct strbuf *command)
{
	(void)view;
	if (key != 'i')
		return false;
	strbuf_puts(command, "type");
	return true;
}

static void free_state(struct view *view)
{
	struct console_screen *screen = view->state;

	if (!screen)
		return;
	vt_free(screen->vt);
	free(screen);
}

const struct view_ops view_console = {
	"console",
	"What a terminal would show of what the guest wrote to its UART; --uart and the log have the bytes.\n"
	"\n"
	"  i    type to the guest, also while it runs (C-] ends that); what you type is read when it runs:\n"
	"       c and then i for a dialogue\n"
	"  End  back to the newest line\n",
	title, prepare, line, NULL, key, free_state, NULL,
};
