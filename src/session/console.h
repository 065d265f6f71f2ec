/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/console.h: what the guest wrote to its UART, as text, and the way in for what a person types.
 */
#ifndef SESSION_CONSOLE_H
#define SESSION_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

enum { CONSOLE_MAX = 4 << 20 };	/* bytes kept; older ones are dropped by whole lines */

struct console;

/* Called with each byte that the guest writes. */
typedef void console_fn(void *ctx, char c);

/* An empty console. */
struct console *console_new(void);
/* Free CONSOLE; NULL is allowed. */
void console_free(struct console *console);

/* Everything kept, NUL-terminated, borrowed until the next byte; *LEN may be NULL. */
const char *console_text(const struct console *console, size_t *len);

/* Bytes written since the start, kept or not. */
uint64_t console_written(const struct console *console);

/* The guest wrote C. */
void console_put(struct console *console, char c);
/* The same once more, after going back: nobody is told. */
void console_put_again(struct console *console, char c);

/* Let FN see each byte from now on (NULL: nobody). */
void console_set_listener(struct console *console, console_fn *fn, void *ctx);

/* What the console holds at one moment; moments between which nothing was written share it. */
struct console_moment;

/* The present moment.  Free with console_moment_free(). */
struct console_moment *console_moment(struct console *console);
/* Free MOMENT; NULL is allowed. */
void console_moment_free(struct console_moment *moment);
/* Bytes that MOMENT takes, by its share. */
size_t console_moment_size(const struct console_moment *moment);

/* The machine went to MOMENT, back or forth: hold what was held then.  The listener is told nothing. */
void console_go_to(struct console *console, struct console_moment *moment);

#endif /* SESSION_CONSOLE_H */
