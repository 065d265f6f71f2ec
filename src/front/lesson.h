/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * front/lesson.h: what the words of `smptutor lesson` do.
 */
#ifndef FRONT_LESSON_H
#define FRONT_LESSON_H

#include <stdbool.h>

#include "front/subcommand.h"
#include "front/test.h"
#include "front/tutor.h"

/* The options of `lesson`. */
struct lesson_options {
	struct test_options test;
	const char *language;		/* --lang, else what LANG says */
	const char *step;		/* --step */
	bool is_restart;		/* --restart */
};

/* Follow the lesson NAME at a plain prompt: commands from standard input, text to standard output. */
int lesson_run(struct tutor *tutor, const char *name, const struct lesson_options *options);

/* Write a new lesson NAME.md to begin with, in the working folder. */
int lesson_new(const char *name);

#endif /* FRONT_LESSON_H */
