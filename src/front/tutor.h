/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/tutor.h: a lesson being followed by a person: found by name, translated, resumed, its progress kept.
 *
 * What the terminal's screen and the plain prompt of `lesson run` have in common.
 */
#ifndef FRONT_TUTOR_H
#define FRONT_TUTOR_H

#include <stdbool.h>

#include "base/error.h"
#include "front/machine_options.h"
#include "lesson/course.h"
#include "lesson/lesson.h"
#include "lesson/play.h"
#include "lesson/progress.h"

/* The course and the learner's progress in it. */
struct tutor {
	struct machine_options machine;		/* for its places; no option is set */
	char *lesson_dir;			/* owned */
	struct course course;
	struct progress progress;
	char *progress_file;			/* NULL: progress is not kept */
	const char *language;			/* "zh", "ko"; NULL: as written */
	/* the lesson at hand */
	char *id;
	struct lesson *lesson;
	struct play *play;
};

/* Find the course and read the progress.  False with ERR when the lessons are nowhere. */
bool tutor_init(struct tutor *tutor, struct error *err);
/* Free what TUTOR owns, a lesson at hand included. */
void tutor_free(struct tutor *tutor);

/* The path of the lesson that NAME means: one of the course, or a file; free() it.  *ID, if not NULL, gets the name
 * under which its progress is kept; free() it too. */
char *tutor_find(const struct tutor *tutor, const char *name, char **id, struct error *err);

/* Read the lesson in PATH, in the learner's language. */
struct lesson *tutor_load(const struct tutor *tutor, const char *path, struct error *err);

/* Begin the lesson NAME at the step ANCHOR, or (NULL) where the learner left it: tutor->play is then at that step. */
bool tutor_open(struct tutor *tutor, const char *name, const char *anchor, struct error *err);

/* Write the progress to its file. */
void tutor_save(struct tutor *tutor);

/* To be called after every command: looks at the goal, keeps the progress.  True when the goal has just been reached. */
bool tutor_look(struct tutor *tutor);

/* Steps done of the lesson at hand, or of the lesson in PATH known as ID. */
size_t tutor_steps_done(const struct tutor *tutor, const char *id, const struct lesson *lesson);

#endif /* FRONT_TUTOR_H */
