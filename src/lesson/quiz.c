/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/quiz.c: what is right for an answer.
 */
#include "lesson/quiz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/expr.h"
#include "session/names.h"

/* Are A and B the same words?  Case, blanks and quotes do not count. */
static bool is_same(const char *a, const char *b)
{
	static const char skipped[] = " \t`'\"().";

	for (;; a++, b++) {
		a += strspn(a, skipped);
		b += strspn(b, skipped);
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
	}
}

/* The number of the choice that TEXT repeats; 0: of none. */
static uint64_t find_choice(const struct lesson_quiz *quiz, const char *text)
{
	for (size_t i = 0; i < quiz->choices.len; i++)
		if (is_same(quiz->choices.item[i].text, text))
			return i + 1;
	return 0;
}

/* The letter, the number or the words of a choice. */
static bool read_choice(const struct lesson_quiz *quiz, const char *text, uint64_t *value, struct error *err)
{
	char *end;

	*value = strtoull(text, &end, 10);
	if (isalpha((unsigned char)*text) && !text[1])
		*value = (uint64_t)(tolower((unsigned char)*text) - 'a') + 1;
	else if (!isdigit((unsigned char)*text) || *end)
		*value = find_choice(quiz, text);
	return (*value >= 1 && *value <= quiz->choices.len) ||
	       error_set(err, "answer: '%s' is none of the choices 1 to %zu", text, quiz->choices.len);
}

bool quiz_read(const struct lesson_quiz *quiz, const struct session *session, const char *text,
	       struct quiz_answer *answer, struct error *err)
{
	*answer = (struct quiz_answer){ .text = text };
	if (!*text)
		return error_set(err, "answer: what? a %s", quiz->kind == QUIZ_CHOICE ? "number of a choice" :
				 quiz->kind == QUIZ_WORDS ? "word or two" : "value: a number, a symbol, an expression");
	if (quiz->kind == QUIZ_CHOICE)
		return read_choice(quiz, text, &answer->value, err);
	if (quiz->kind == QUIZ_VALUE)
		return expr_value(session, text, &answer->value, err) || error_prefix(err, "answer");
	for (size_t i = 0; i < quiz->words.len; i++)
		answer->is_right |= is_same(quiz->words.item[i], text);
	return true;
}

/* The value that the expression in the lesson has now, as the learner would write it to compare. */
static bool machine_value(const struct lesson_quiz *quiz, const struct session *session, struct expr **expr,
			  uint64_t *value, struct error *err)
{
	*expr = expr_parse(session, quiz->answer.lines.item[0].text, err);
	if (*expr && expr_eval(*expr, session, value, err))
		return true;
	expr_free(*expr);
	*expr = NULL;
	return false;
}

/* A 32-bit register compares in 32 bits: -1 is 0xffffffff there. */
static bool is_equal(uint64_t answer, uint64_t value)
{
	return answer == value || (value <= UINT32_MAX && (int64_t)answer < 0 && (uint32_t)answer == value &&
				   (int64_t)answer >= INT32_MIN);
}

/* Is TEXT how VALUE is shown, "spin+0x28"?  A symbol's value is where it was linked; both its addresses are shown as
 * it. */
static bool is_shown_as(const struct session *session, uint64_t value, const char *text)
{
	struct strbuf shown = STRBUF_INIT;
	bool is_so;

	names_format(session_loaded(session), value, &shown);
	is_so = is_same(strbuf_text(&shown), text);
	strbuf_free(&shown);
	return is_so;
}

bool quiz_judge(const struct lesson_quiz *quiz, const struct session *session, const struct quiz_answer *answer,
		bool *is_right, struct error *err)
{
	struct expr *expr;
	uint64_t value;

	if (quiz->kind == QUIZ_WORDS)
		*is_right = answer->is_right;
	else if (quiz->kind == QUIZ_CHOICE)
		*is_right = quiz->choices.item[answer->value - 1].is_right;
	if (quiz->kind != QUIZ_VALUE)
		return true;
	if (!machine_value(quiz, session, &expr, &value, err))
		return false;
	expr_free(expr);
	*is_right = is_equal(answer->value, value) || is_shown_as(session, value, answer->text);
	return true;
}

const char *quiz_near_miss(const struct lesson_quiz *quiz, const struct session *session,
			   const struct quiz_answer *answer)
{
	const struct loaded *loaded = session_loaded(session);
	unsigned cpu = session_focus(session);
	uint64_t value;
	struct expr *expr;
	gpa_t pa;

	if (quiz->kind != QUIZ_VALUE || !machine_value(quiz, session, &expr, &value, NULL))
		return NULL;
	expr_free(expr);
	if (names_physical(loaded, cpu, answer->value, &pa) && pa == value)
		return "that is its virtual address, and the physical one is meant: pa()";
	if (names_physical(loaded, cpu, value, &pa) && pa == answer->value)
		return "that is its physical address, and the virtual one is meant";
	return NULL;
}

bool quiz_right_answer(const struct lesson_quiz *quiz, const struct session *session, struct strbuf *out,
		       struct error *err)
{
	struct expr *expr;
	const char *text;
	uint64_t value;
	unsigned right;

	switch (quiz->kind) {
	case QUIZ_WORDS:
		strbuf_puts(out, quiz->words.item[0]);
		return true;
	case QUIZ_CHOICE:
		right = lesson_quiz_right(quiz);
		text = quiz->choices.item[right - 1].text;
		/* Without its full stop: a sentence goes on behind it. */
		strbuf_printf(out, "%u (%.*s)", right, (int)(strlen(text) - (text[strlen(text) - 1] == '.')), text);
		return true;
	default:
		if (!machine_value(quiz, session, &expr, &value, err))
			return false;
		expr_format(expr, session, value, out);
		expr_free(expr);
		return true;
	}
}
