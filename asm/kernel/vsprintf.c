/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vsprintf.c: printf formatting: %c %s %d %u %x %p %%, with 0, a width, and l or ll.
 */
#include "printk.h"
#include "string.h"

/* Where the text goes.  What does not fit is dropped. */
struct sink {
	char *buf;
	size_t size, len;
};

/* One conversion, between the % and its letter. */
struct spec {
	unsigned int width;
	char pad;		/* ' ' or '0' */
	bool is_long;
};

static void put(struct sink *out, char c)
{
	if (out->len + 1 < out->size)
		out->buf[out->len++] = c;
}

static void put_text(struct sink *out, const struct spec *spec, const char *text)
{
	size_t len = strlen(text);

	for (size_t n = len; n < spec->width; n++)
		put(out, spec->pad);
	for (size_t n = 0; n < len; n++)
		put(out, text[n]);
}

static void put_number(struct sink *out, struct spec *spec, u64 value, unsigned int base)
{
	char digits[24], *p = digits + sizeof(digits);

	*--p = '\0';
	do {
		*--p = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	put_text(out, spec, p);
}

static void put_signed(struct sink *out, struct spec *spec, s64 value)
{
	if (value < 0) {
		put(out, '-');
		spec->width -= spec->width > 0;
		value = -value;
	}
	put_number(out, spec, value, 10);
}

static const char *parse_spec(struct spec *spec, const char *fmt)
{
	*spec = (struct spec){ .pad = ' ' };
	if (*fmt == '0') {
		spec->pad = '0';
		fmt++;
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		spec->width = spec->width * 10 + (*fmt - '0');
	for (; *fmt == 'l' || *fmt == 'z'; fmt++)
		spec->is_long = true;
	return fmt;
}

size_t vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct sink out = { buf, size, 0 };
	struct spec spec;

	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			put(&out, *fmt);
			continue;
		}
		fmt = parse_spec(&spec, fmt + 1);
		switch (*fmt) {
		case 'c': put(&out, va_arg(args, int)); break;
		case 's': put_text(&out, &spec, va_arg(args, const char *)); break;
		case 'd': put_signed(&out, &spec, spec.is_long ? va_arg(args, long) : va_arg(args, int)); break;
		case 'u': put_number(&out, &spec, spec.is_long ? va_arg(args, u64) : va_arg(args, u32), 10); break;
		case 'x': put_number(&out, &spec, spec.is_long ? va_arg(args, u64) : va_arg(args, u32), 16); break;
		case 'p': put_number(&out, &spec, va_arg(args, u64), 16); break;
		default:  put(&out, *fmt); break;
		}
	}
	buf[out.len] = '\0';
	return out.len;
}

size_t scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	size_t len;

	va_start(args, fmt);
	len = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}
