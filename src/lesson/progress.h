/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/progress.h: which steps of which lessons a learner has done, in one small file.
 *
 * A line "done LESSON ANCHOR" for each step that is done, and "at LESSON ANCHOR" for where the learner left off.
 * Steps are kept by anchor, so that a lesson may be rewritten.
 */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lesson/lesson.h"

/* One line. */
struct progress_entry { char *lesson, *anchor; bool is_done; };

/* All of it; start with VEC_INIT. */
struct progress { struct progress_entry *item; size_t len, size; };

/* Read the file PATH; one that is not there is no progress yet.  False with ERR when it is no such file; PROGRESS then
 * holds what could be read. */
bool progress_load(struct progress *progress, const char *path, struct error *err);

/* Write PROGRESS to the file PATH, all or nothing. */
bool progress_save(const struct progress *progress, const char *path, struct error *err);

/* Note that the step ANCHOR of the lesson ID is done. */
void progress_set_done(struct progress *progress, const char *id, const char *anchor);

/* Note that the learner is at this step. */
void progress_set_at(struct progress *progress, const char *id, const char *anchor);

/* Is the step done? */
bool progress_is_done(const struct progress *progress, const char *id, const char *anchor);

/* How many steps of LESSON, known as ID, are done. */
size_t progress_count(const struct progress *progress, const char *id, const struct lesson *lesson);

/* Index of the step at which the learner left LESSON, 0 when it was never begun. */
size_t progress_at(const struct progress *progress, const char *id, const struct lesson *lesson);

/* Forget the lesson ID. */
void progress_forget(struct progress *progress, const char *id);

/* Free what PROGRESS holds. */
void progress_free(struct progress *progress);

#endif /* LESSON_PROGRESS_H */
