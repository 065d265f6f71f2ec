/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lesson.h: one lesson as it stands in its file: steps with prose, blocks of commands, hints and quizzes.
 *
 * The format is described in lessons/README.md.  Reading a lesson runs nothing and needs no machine; lesson/play.h
 * plays one.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "lesson/machine_line.h"

enum { LESSON_SIZE_MAX = 1 << 20 };	/* bytes of a lesson file */
enum { LESSON_ROWS = 24 };		/* rows of the overview of milestones */

/* Texts; grown with vec_push() and its kin. */
struct lesson_texts { char **item; size_t len, size; };

/* A line of a block, and where it stands in the file. */
struct lesson_line { char *text; unsigned number; };

/* The lines of a fenced block; number is 0 when the block is not there, else that of its fence. */
struct lesson_block { VEC(struct lesson_line) lines; unsigned number; };

/* What a quiz wants for an answer. */
enum quiz_kind {
	QUIZ_VALUE,	/* a number, compared with an expression */
	QUIZ_CHOICE,	/* the number of one of the choices */
	QUIZ_WORDS,	/* words, one of several spellings */
};

struct lesson_choice { char *text; bool is_right; unsigned number; };

/* A question. */
struct lesson_quiz {
	char *question;
	unsigned number;			/* line */
	enum quiz_kind kind;
	char *prose;				/* what stands under the question, or "" */
	struct lesson_block predict;		/* run after the answer was given, before it is judged */
	struct lesson_block answer;		/* VALUE: one expression; else what must be true */
	VEC(struct lesson_choice) choices;
	struct lesson_texts words;		/* WORDS: spellings */
	struct lesson_texts hints;		/* weakest first */
	char *why;				/* shown with the verdict, or "" */
};

/* One step. */
struct lesson_step {
	char *title, *anchor;
	unsigned number;			/* line */
	char *prose;				/* Markdown, blocks and hints left out */
	struct lesson_block setup, goal, solution;
	struct lesson_texts hints;		/* weakest first */
	VEC(struct lesson_quiz) quizzes;
};

/* A lesson. */
struct lesson {
	char *id;				/* the file's name without folder and ".md" */
	char *dir;				/* its folder */
	char *file;				/* as it was opened: for messages */
	char *title, *anchor;
	char *time, *needs;			/* from the header; "" when they are not there */
	uint32_t rows;				/* bit n: row n of the milestones is shown (1 to LESSON_ROWS) */
	struct machine_line machine;
	char *intro;				/* Markdown before the first step */
	VEC(struct lesson_step) steps;
};

/* Read the lesson in the LEN bytes at TEXT; FILE names it in messages and gives it its id.  NULL with ERR, which
 * starts with FILE:LINE and cites the word that is wrong.  Free with lesson_free(). */
struct lesson *lesson_parse(const char *text, size_t len, const char *file, struct error *err);

/* The same for a translation: prose, hints and quizzes under the anchors of the original, no smp blocks. */
struct lesson *lesson_parse_translation(const char *text, size_t len, const char *file, struct error *err);

/* Read the lesson in the file PATH. */
struct lesson *lesson_load(const char *path, struct error *err);

/* Free LESSON; NULL is allowed. */
void lesson_free(struct lesson *lesson);

/* Put the words of the translation WORDS in place of those of LESSON; what it does not have stays.  False with ERR when
 * it has a step or a quiz that LESSON has not. */
bool lesson_translate(struct lesson *lesson, const struct lesson *words, struct error *err);

/* Index of the step with ANCHOR, or -1. */
int lesson_find_step(const struct lesson *lesson, const char *anchor);

/* The right choice of a QUIZ_CHOICE, counted from 1. */
unsigned lesson_quiz_right(const struct lesson_quiz *quiz);

#endif /* LESSON_LESSON_H */
