/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lesson.c: a lesson in memory: reading its file, letting go of it, putting a translation over it.
 */
#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "service/file.h"

static void free_block(struct lesson_block *block)
{
	for (size_t i = 0; i < block->lines.len; i++)
		free(block->lines.item[i].text);
	vec_free(&block->lines);
}

static void free_texts(struct lesson_texts *texts)
{
	for (size_t i = 0; i < texts->len; i++)
		free(texts->item[i]);
	vec_free(texts);
}

static void free_quiz(struct lesson_quiz *quiz)
{
	free(quiz->question);
	free(quiz->prose);
	free(quiz->why);
	free_block(&quiz->predict);
	free_block(&quiz->answer);
	for (size_t i = 0; i < quiz->choices.len; i++)
		free(quiz->choices.item[i].text);
	vec_free(&quiz->choices);
	free_texts(&quiz->words);
	free_texts(&quiz->hints);
}

static void free_step(struct lesson_step *step)
{
	free(step->title);
	free(step->anchor);
	free(step->prose);
	free_block(&step->setup);
	free_block(&step->goal);
	free_block(&step->solution);
	free_texts(&step->hints);
	for (size_t i = 0; i < step->quizzes.len; i++)
		free_quiz(&step->quizzes.item[i]);
	vec_free(&step->quizzes);
}

void lesson_free(struct lesson *lesson)
{
	if (!lesson)
		return;
	for (size_t i = 0; i < lesson->steps.len; i++)
		free_step(&lesson->steps.item[i]);
	vec_free(&lesson->steps);
	machine_line_free(&lesson->machine);
	free(lesson->id);
	free(lesson->dir);
	free(lesson->file);
	free(lesson->title);
	free(lesson->anchor);
	free(lesson->time);
	free(lesson->needs);
	free(lesson->intro);
	free(lesson);
}

struct lesson *lesson_load(const char *path, struct error *err)
{
	struct bytes bytes = BYTES_NONE;
	struct lesson *lesson;

	if (!file_read(path, LESSON_SIZE_MAX, &bytes, err))
		return NULL;
	lesson = lesson_parse((const char *)bytes.data, bytes.size, path, err);
	bytes_free(&bytes);
	return lesson;
}

int lesson_find_step(const struct lesson *lesson, const char *anchor)
{
	for (size_t i = 0; i < lesson->steps.len; i++)
		if (!strcmp(lesson->steps.item[i].anchor, anchor))
			return (int)i;
	return -1;
}

unsigned lesson_quiz_right(const struct lesson_quiz *quiz)
{
	for (size_t i = 0; i < quiz->choices.len; i++)
		if (quiz->choices.item[i].is_right)
			return (unsigned)i + 1;
	return 0;
}

/* ---- translations ---- */

/* Put TEXT in place of *OLD unless it is empty. */
static void replace(char **old, const char *text)
{
	if (!*text)
		return;
	free(*old);
	*old = xstrdup(text);
}

static bool translate_quiz(struct lesson_quiz *quiz, const struct lesson_quiz *words, const char *file,
			   struct error *err)
{
	if (words->choices.len && words->choices.len != quiz->choices.len)
		return error_set(err, "%s:%u: %zu choices, where the original has %zu", file, words->number,
				 words->choices.len, quiz->choices.len);
	if (words->choices.len && lesson_quiz_right(words) != lesson_quiz_right(quiz))
		return error_set(err, "%s:%u: another choice is marked as right than in the original", file,
				 words->number);
	replace(&quiz->question, words->question);
	replace(&quiz->prose, words->prose);
	replace(&quiz->why, words->why);
	for (size_t i = 0; i < words->choices.len; i++)
		replace(&quiz->choices.item[i].text, words->choices.item[i].text);
	for (size_t i = 0; i < words->words.len; i++)
		vec_add(&quiz->words, xstrdup(words->words.item[i]));
	for (size_t i = 0; i < words->hints.len && i < quiz->hints.len; i++)
		replace(&quiz->hints.item[i], words->hints.item[i]);
	return true;
}

static bool translate_step(struct lesson_step *step, const struct lesson_step *words, const char *file,
			   struct error *err)
{
	if (words->quizzes.len > step->quizzes.len)
		return error_set(err, "%s:%u: {#%s} has more quizzes than in the original", file, words->number,
				 step->anchor);
	if (words->hints.len > step->hints.len)
		return error_set(err, "%s:%u: {#%s} has more hints than in the original", file, words->number,
				 step->anchor);
	replace(&step->title, words->title);
	replace(&step->prose, words->prose);
	for (size_t i = 0; i < words->hints.len; i++)
		replace(&step->hints.item[i], words->hints.item[i]);
	for (size_t i = 0; i < words->quizzes.len; i++)
		if (!translate_quiz(&step->quizzes.item[i], &words->quizzes.item[i], file, err))
			return false;
	return true;
}

bool lesson_translate(struct lesson *lesson, const struct lesson *words, struct error *err)
{
	if (strcmp(lesson->anchor, words->anchor))
		return error_set(err, "%s:1: the anchor is {#%s}, that of the original {#%s}", words->file,
				 words->anchor, lesson->anchor);
	for (size_t i = 0; i < words->steps.len; i++) {
		const struct lesson_step *from = &words->steps.item[i];
		int to = lesson_find_step(lesson, from->anchor);

		if (to < 0)
			return error_set(err, "%s:%u: no step {#%s} in the original", words->file, from->number,
					 from->anchor);
		if (!translate_step(&lesson->steps.item[to], from, words->file, err))
			return false;
	}
	replace(&lesson->title, words->title);
	replace(&lesson->intro, words->intro);
	return true;
}
