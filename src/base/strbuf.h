/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/strbuf.h: a string that grows.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

/* A growing string.  STRBUF_INIT is an empty one; text is NUL-terminated once anything was added. */
struct strbuf {
	char *text;	/* owned; NULL while empty: read it through strbuf_text() */
	size_t len;	/* bytes, without the NUL */
	size_t size;	/* bytes allocated */
};

#define STRBUF_INIT { NULL, 0, 0 }

/* Free what SB holds and make it empty. */
void strbuf_free(struct strbuf *sb);

/* Make SB empty but keep its memory. */
void strbuf_clear(struct strbuf *sb);

/* Append the LEN bytes at DATA, which may be NULL when LEN is 0. */
void strbuf_add(struct strbuf *sb, const char *data, size_t len);

/* Append the string S. */
void strbuf_puts(struct strbuf *sb, const char *s);

/* Append the character C. */
void strbuf_putc(struct strbuf *sb, char c);

/* Append formatted text. */
void strbuf_printf(struct strbuf *sb, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Append formatted text, arguments as a va_list. */
void strbuf_vprintf(struct strbuf *sb, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));

/* Append the LEN bytes at DATA as base64 (RFC 4648, with padding). */
void strbuf_add_base64(struct strbuf *sb, const void *data, size_t len);

/* Append spaces until the text is COLUMN bytes long; nothing when it already is. */
void strbuf_pad(struct strbuf *sb, size_t column);

/* The text, "" while empty; borrowed until the next change of SB. */
const char *strbuf_text(const struct strbuf *sb);

/* Hand the text over (free() it) and make SB empty; never NULL. */
char *strbuf_steal(struct strbuf *sb);

#endif /* BASE_STRBUF_H */
