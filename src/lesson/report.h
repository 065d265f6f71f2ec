/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/report.h: what became of the parts of a file that was checked: passed, failed with the reason, skipped.
 *
 * A report can be written as text and read again, so that a file can be checked in another process.
 */
#ifndef LESSON_REPORT_H
#define LESSON_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_SKIP };

/* A part: "find", and lines on what was wrong ("" when nothing was). */
struct report_item { char *name; enum verdict verdict; char *detail; };

/* Parts of one file; start with VEC_INIT. */
struct report { struct report_item *item; size_t len, size; };

/* Add a part. */
void report_add(struct report *report, enum verdict verdict, const char *name, const char *detail);

/* Add a part that failed, with a formatted detail. */
void report_fail(struct report *report, const char *name, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* How many parts have VERDICT. */
size_t report_count(const struct report *report, enum verdict verdict);

/* Append REPORT to OUT as text. */
void report_write(const struct report *report, struct strbuf *out);
/* Add the parts that report_write() wrote as TEXT; false when it was cut short. */
bool report_read(struct report *report, const char *text);

/* Free what REPORT holds and make it empty. */
void report_free(struct report *report);

#endif /* LESSON_REPORT_H */
