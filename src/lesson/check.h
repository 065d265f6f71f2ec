/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/check.h: playing a whole lesson by its solutions, to prove that it can be done and that there is something
 * to do.
 *
 * Each goal must be false before its step's solution and true after it; each quiz must have an answer in the machine,
 * and what an author says of the right choice must be true there.
 */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include "lesson/lesson.h"
#include "lesson/report.h"

/* Play the lesson in the file PATH; a part of REPORT for each step ("anchor") and quiz ("anchor quiz 1"), or one
 * that is skipped when it is played on a kernel that was not fetched. */
void check_lesson(const char *path, const struct machine_places *places, struct report *report);

#endif /* LESSON_CHECK_H */
