/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_console.c: what the guest wrote to its UART, and typing into it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "device/board.h"
#include "session/console.h"
#include "ui/view.h"

struct console_lines {
	VEC(size_t) starts;	/* byte at which each line begins */
	uint64_t written;	/* when that was looked at */
	uint64_t epoch;		/* of the model, then */
};

static const struct console *console_of(const struct view *view)
{
	return session_console(view->model->session);
}

static void find_lines(const struct view *view, struct console_lines *lines)
{
	const char *text = console_text(console_of(view), NULL), *at = text;

	if (lines->epoch == view->model->epoch && lines->written == console_written(console_of(view)))
		return;
	lines->epoch = view->model->epoch;
	lines->written = console_written(console_of(view));
	vec_clear(&lines->starts);
	while (*at) {
		vec_add(&lines->starts, (size_t)(at - text));
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
}

static void prepare(struct view *view)
{
	struct console_lines *lines;

	if (!view->state)
		view->state = xzalloc(sizeof(struct console_lines));
	lines = view->state;
	find_lines(view, lines);
	view->count = lines->starts.len;
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
	const struct console_lines *lines = view->state;
	const char *text = console_text(console_of(view), NULL) + lines->starts.item[index];
	size_t len = strcspn(text, "\n");

	while (len && text[len - 1] == '\r')
		len--;
	line_printf(out, STYLE_NORMAL, "%.*s", (int)len, text);
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
	struct console_lines *lines = view->state;

	if (!lines)
		return;
	vec_free(&lines->starts);
	free(lines);
}

const struct view_ops view_console = {
	"console",
	"What the guest wrote to its UART.\n"
	"\n"
	"  i    type to the guest, also while it runs (C-] ends that); what you type is read when it runs:\n"
	"       c and then i for a dialogue\n"
	"  End  back to the newest line\n",
	title, prepare, line, NULL, key, free_state, NULL,
};
