/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/strbuf.c: a string that grows by doubling.
 */
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FIRST_SIZE = 64 };

static void reserve(struct strbuf *sb, size_t more)
{
	size_t want = sb->len + more + 1;
	size_t size = sb->size ? sb->size : FIRST_SIZE;

	if (want <= sb->size)
		return;
	while (size < want)
		size *= 2;
	sb->text = xreallocarray(sb->text, size, 1);
	sb->size = size;
}

void strbuf_free(struct strbuf *sb)
{
	free(sb->text);
	*sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_clear(struct strbuf *sb)
{
	sb->len = 0;
	if (sb->text)
		sb->text[0] = '\0';
}

void strbuf_add(struct strbuf *sb, const char *data, size_t len)
{
	reserve(sb, len);
	if (len)
		memcpy(sb->text + sb->len, data, len);
	sb->len += len;
	sb->text[sb->len] = '\0';
}

void strbuf_puts(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_putc(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

void strbuf_vprintf(struct strbuf *sb, const char *fmt, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len <= 0)
		return;
	reserve(sb, len);
	vsnprintf(sb->text + sb->len, len + 1, fmt, args);
	sb->len += len;
}

void strbuf_printf(struct strbuf *sb, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(sb, fmt, args);
	va_end(args);
}

void strbuf_add_base64(struct strbuf *sb, const void *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *byte = data;

	for (size_t i = 0; i < len; i += 3) {
		unsigned bits = (unsigned)byte[i] << 16;

		bits |= i + 1 < len ? (unsigned)byte[i + 1] << 8 : 0;
		bits |= i + 2 < len ? byte[i + 2] : 0u;
		strbuf_putc(sb, digits[bits >> 18]);
		strbuf_putc(sb, digits[bits >> 12 & 63]);
		strbuf_putc(sb, i + 1 < len ? digits[bits >> 6 & 63] : '=');
		strbuf_putc(sb, i + 2 < len ? digits[bits & 63] : '=');
	}
}

void strbuf_pad(struct strbuf *sb, size_t column)
{
	while (sb->len < column)
		strbuf_putc(sb, ' ');
}

const char *strbuf_text(const struct strbuf *sb)
{
	return sb->text ? sb->text : "";
}

char *strbuf_steal(struct strbuf *sb)
{
	char *text = sb->text ? sb->text : xstrdup("");

	*sb = (struct strbuf)STRBUF_INIT;
	return text;
}
