/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lint.h: what is wrong with a lesson that can be seen without playing it.
 *
 * Unknown commands, symbols, anchors and lessons; goals that nothing changes or no solution reaches; steps without
 * hints; quizzes without an explanation; translations that do not fit; lines too long to read side by side.
 */
#ifndef LESSON_LINT_H
#define LESSON_LINT_H

#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/report.h"

enum { LINT_COLUMNS = 100 };	/* longest line of prose */

/* Look at the lesson in the file PATH; COURSE (may be NULL) is where the lessons that it names are.  Every finding is
 * a part of REPORT that failed, named FILE:LINE; a clean lesson is one part that passed. */
void lint_lesson(const char *path, const struct course *course, const struct machine_places *places,
		 struct report *report);

/* Does the course as a whole show all rows of the milestones? */
void lint_course(const struct course *course, struct report *report);

#endif /* LESSON_LINT_H */
