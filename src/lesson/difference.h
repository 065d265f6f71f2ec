/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/difference.h: two texts line by line, as `diff -u` shows them.
 */
#ifndef LESSON_DIFFERENCE_H
#define LESSON_DIFFERENCE_H

#include "base/strbuf.h"

/* Append the lines in which A and B differ, with up to three equal ones around: "-" from A, "+" from B. */
void difference_print(const char *a, const char *b, struct strbuf *out);

#endif /* LESSON_DIFFERENCE_H */
