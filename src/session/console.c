/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/console.c: what the guest wrote to its UART.
 */
#include "session/console.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"

/* What the console held at one moment. */
struct console_moment {
	unsigned users;
	uint64_t written;
	char *text;
	size_t len;
};

struct console {
	struct strbuf text;
	uint64_t written;
	struct console_moment *moment;	/* the last one made: it is shared until something is written */
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
	console_moment_free(console->moment);
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

struct console_moment *console_moment(struct console *console)
{
	struct console_moment *moment = console->moment;

	if (!moment || moment->written != console->written) {
		console_moment_free(moment);
		moment = xzalloc(sizeof(*moment));
		moment->users = 1;
		moment->written = console->written;
		moment->len = console->text.len;
		moment->text = xmemdup(strbuf_text(&console->text), moment->len + 1);
		console->moment = moment;
	}
	moment->users++;
	return moment;
}

void console_moment_free(struct console_moment *moment)
{
	if (!moment || --moment->users)
		return;
	free(moment->text);
	free(moment);
}

size_t console_moment_size(const struct console_moment *moment)
{
	return (sizeof(*moment) + moment->len) / moment->users;
}

void console_go_to(struct console *console, struct console_moment *moment)
{
	strbuf_clear(&console->text);
	strbuf_add(&console->text, moment->text, moment->len);
	console->written = moment->written;
	moment->users++;
	console_moment_free(console->moment);
	console->moment = moment;
}
