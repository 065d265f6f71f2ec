/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/quiz.h: reading what a learner answers, and judging it.
 */
#ifndef LESSON_QUIZ_H
#define LESSON_QUIZ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "lesson/lesson.h"
#include "session/session.h"

/* An answer that could be read. */
struct quiz_answer {
	uint64_t value;		/* VALUE: what was meant; CHOICE: its number */
	const char *text;	/* VALUE: as it was typed, borrowed */
	bool is_right;		/* WORDS: known at once */
};

/* Read TEXT as an answer to QUIZ: an expression (a number, a symbol) evaluated in SESSION as it is now, the number, letter
 * or words of a choice, or words.  False with ERR when it is none. */
bool quiz_read(const struct lesson_quiz *quiz, const struct session *session, const char *text,
	       struct quiz_answer *answer, struct error *err);

/* Is ANSWER right, with SESSION's machine as it is now?  A value may also be given as the screen shows it: the name of
 * the place that it is an address of, "secondary_entry" for its physical address, too.  False with ERR when the
 * expression in the lesson has no value. */
bool quiz_judge(const struct lesson_quiz *quiz, const struct session *session, const struct quiz_answer *answer,
		bool *is_right, struct error *err);

/* What is wrong with an ANSWER that names the right place by its other address (secondary_entry for
 * pa(secondary_entry)), in words; NULL for any other. */
const char *quiz_near_miss(const struct lesson_quiz *quiz, const struct session *session,
			   const struct quiz_answer *answer);

/* Append the right answer. */
bool quiz_right_answer(const struct lesson_quiz *quiz, const struct session *session, struct strbuf *out,
		       struct error *err);

#endif /* LESSON_QUIZ_H */
