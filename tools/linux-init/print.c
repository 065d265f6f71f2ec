/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c: lines on the console, and small files read and written.
 */
#include "print.h"

#include <stdarg.h>

#include "syscall.h"

struct line {
	char text[256];
	size_t len;
};

static void put(struct line *line, char c)
{
	if (line->len < sizeof(line->text) - 1)
		line->text[line->len++] = c;
}

static void put_string(struct line *line, const char *s)
{
	while (*s)
		put(line, *s++);
}

static void put_number(struct line *line, long value)
{
	unsigned long rest = value < 0 ? -(unsigned long)value : (unsigned long)value;
	char digits[20];
	unsigned count = 0;

	if (value < 0)
		put(line, '-');
	do
		digits[count++] = '0' + rest % 10;
	while (rest /= 10);
	while (count)
		put(line, digits[--count]);
}

static size_t length_of(const char *s)
{
	size_t len = 0;

	while (s[len])
		len++;
	return len;
}

void print_line(const char *format, ...)
{
	struct line line;
	va_list args;

	line.len = 0;
	va_start(args, format);
	put_string(&line, "smptutor init: ");
	for (; *format; format++) {
		if (*format != '%')
			put(&line, *format);
		else if (*++format == 's')
			put_string(&line, va_arg(args, const char *));
		else
			put_number(&line, va_arg(args, long));
	}
	va_end(args);
	line.text[line.len++] = '\n';
	syscall(SYS_write, 1, line.text, line.len, 0);
}

bool read_line(const char *path, char *text, size_t size)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
	long len;

	if (fd < 0)
		return false;
	len = syscall(SYS_read, fd, text, size - 1, 0);
	syscall(SYS_close, fd, 0, 0, 0);
	if (len <= 0)
		return false;
	text[len] = '\0';
	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = '\0';
	return true;
}

long write_file(const char *path, const char *text)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY, 0);
	long result;

	if (fd < 0)
		return fd;
	result = syscall(SYS_write, fd, text, length_of(text), 0);
	syscall(SYS_close, fd, 0, 0, 0);
	return result;
}

unsigned parse_number(const char *text, const char **end)
{
	unsigned value = 0;

	while (*text >= '0' && *text <= '9')
		value = value * 10 + (unsigned)(*text++ - '0');
	*end = text;
	return value;
}
