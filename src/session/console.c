/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * session/console.c: what the guest wrote to its UART.
 */
#include "session/console.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"

struct console {
	struct strbuf text;
	uint64_t written;
	console_fn *listener;
	void *ctx;
};

struct console *console_new(void)
{
	return xzalloc(sizeof(struct console));
}

void console_free(struct console *console)
{
	if (!console)
		return;
	strbuf_free(&console->text);
	free(console);
}

const char *console_text(const struct console *console, size_t *len)
{
	if (len)
		*len = console->text.len;
	return strbuf_text(&console->text);
}

uint64_t console_written(const struct console *console)
{
	return console->written;
}

/* Forget the older half, up to the end of a line. */
static void drop_old(struct strbuf *text)
{
	const char *half = text->text + text->len / 2;
	const char *line = memchr(half, '\n', (size_t)(text->text + text->len - half));
	char *rest = xstrdup(line ? line + 1 : half);

	strbuf_clear(text);
	strbuf_puts(text, rest);
	free(rest);
}

void console_put_again(struct console *console, char c)
{
	console->written++;
	/* A NUL would end the text for everyone who reads it. */
	if (c)
		strbuf_putc(&console->text, c);
	if (console->text.len >= CONSOLE_MAX)
		drop_old(&console->text);
}

void console_put(struct console *console, char c)
{
	console_put_again(console, c);
	if (console->listener)
		console->listener(console->ctx, c);
}

void console_set_listener(struct console *console, console_fn *fn, void *ctx)
{
	console->listener = fn;
	console->ctx = ctx;
}

void console_truncate(struct console *console, uint64_t written)
{
	uint64_t back = console->written - written;

	if (written >= console->written)
		return;
	console->written = written;
	console->text.len = back < console->text.len ? console->text.len - back : 0;
	if (console->text.text)
		console->text.text[console->text.len] = '\0';
}
