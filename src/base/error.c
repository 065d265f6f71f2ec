/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/error.c: one-line errors.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 0)))
static void set_text(struct error *err, const char *fmt, va_list args)
{
	if (err)
		vsnprintf(err->text, sizeof(err->text), fmt, args);
}

bool error_set(struct error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	set_text(err, fmt, args);
	va_end(args);
	return false;
}

void *error_null(struct error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	set_text(err, fmt, args);
	va_end(args);
	return NULL;
}

bool error_prefix(struct error *err, const char *prefix)
{
	char old[ERROR_TEXT_SIZE];

	if (!err)
		return false;
	memcpy(old, err->text, sizeof(old));
	if (snprintf(err->text, sizeof(err->text), "%s: %s", prefix, old) < 0)
		err->text[0] = '\0';
	return false;
}

bool error_is_set(const struct error *err)
{
	return err->text[0] != '\0';
}
