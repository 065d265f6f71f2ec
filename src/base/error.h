/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/error.h: what the user or the host did wrong, in one line.
 *
 * A function that can fail for such a reason takes a `struct error *err` last and returns false or NULL with the line
 * set: what was wrong, in which file, at which offset or line, and what would be right.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum { ERROR_TEXT_SIZE = 512 };

/* One error.  Start it with ERROR_NONE; the text is empty until error_set(). */
struct error {
	char text[ERROR_TEXT_SIZE];	/* one line, no newline at the end */
};

#define ERROR_NONE { "" }

/* Set ERR (may be NULL) to the formatted line; a line that is too long is cut.  Returns false, so that a function can
 * `return error_set(...)`. */
bool error_set(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same for a function that returns a pointer. */
void *error_null(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Put "PREFIX: " before the text that ERR already has.  Returns false. */
bool error_prefix(struct error *err, const char *prefix);

/* Has an error been set? */
bool error_is_set(const struct error *err);

#endif /* BASE_ERROR_H */
