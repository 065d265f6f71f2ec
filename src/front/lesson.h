/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
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
	bool is_plain;			/* --plain */
};

/* Follow the lesson NAME at a plain prompt: commands from standard input, text to standard output.  With --step or
 * --restart the progress has been changed so that it begins there. */
int lesson_run(struct tutor *tutor, const char *name);

/* Write a new lesson NAME.md to begin with, in the working folder. */
int lesson_new(const char *name);

#endif /* FRONT_LESSON_H */
