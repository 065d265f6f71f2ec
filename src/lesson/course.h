/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/course.h: the lessons of a folder: NN-name.md, and zoo/NN-name.md.
 */
#ifndef LESSON_COURSE_H
#define LESSON_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A lesson that is there. */
struct course_entry {
	char *id;	/* "02-the-pen", "zoo/03-wrong-slot" */
	char *path;
};

/* The course, in order: numbered lessons, then the zoo. */
struct course { struct course_entry *item; size_t len, size; };

/* List the lessons in the folder DIR.  False with ERR when it cannot be read or holds none. */
bool course_load(struct course *course, const char *dir, struct error *err);

/* Free what COURSE holds. */
void course_free(struct course *course);

/* The lesson that NAME means: its id, its number ("2", "zoo/3") or its name without the number ("the-pen").  NULL
 * with ERR, which suggests what there is. */
const struct course_entry *course_find(const struct course *course, const char *name, struct error *err);

/* The file of the translation of the lesson in PATH into LANGUAGE ("zh", "ko"); free() it.  It need not be there. */
char *course_translation(const char *path, const char *language);

#endif /* LESSON_COURSE_H */
