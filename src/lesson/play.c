/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/play.c: steps, goals and quizzes of a lesson on its machine.
 */
#include "lesson/play.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lesson/play_commands.h"
#include "lesson/quiz.h"
#include "lesson/starts.h"
#include "session/breakpoints.h"
#include "session/command.h"
#include "session/expr.h"
#include "session/run.h"

/* A quiz of the step being played. */
struct played_quiz { enum quiz_state state; size_t hints; };

struct play {
	const struct lesson *lesson;
	struct session *session;
	VEC(struct goal *) goals;		/* one a step */
	struct starts starts;
	size_t index;
	bool is_reached, is_free;
	size_t hints;
	VEC(struct played_quiz) quizzes;	/* of the step */
};

/* ---- making one ---- */

/* Set "FILE:REST" as the error. */
static bool fail(const struct play *play, const char *rest, struct error *err)
{
	return error_set(err, "%s:%s", play->lesson->file, rest);
}

static bool fail_line(const struct play *play, unsigned number, const char *text, struct error *err)
{
	return error_set(err, "%s:%u: %s", play->lesson->file, number, text);
}

static bool resolve_answer(struct play *play, const struct lesson_quiz *quiz, struct error *err)
{
	struct error own = ERROR_NONE;
	struct goal *answer = goal_new(&quiz->answer, play->session, &own);

	goal_free(answer);
	return answer || fail(play, own.text, err);
}

static bool resolve_step(struct play *play, const struct lesson_step *step, struct error *err)
{
	struct error own = ERROR_NONE;
	struct goal *goal = goal_new(&step->goal, play->session, &own);

	if (!goal)
		return fail(play, own.text, err);
	vec_add(&play->goals, goal);
	for (size_t i = 0; i < step->quizzes.len; i++)
		if (!resolve_answer(play, &step->quizzes.item[i], err))
			return false;
	return true;
}

static bool resolve(struct play *play, struct error *err)
{
	for (size_t i = 0; i < play->lesson->steps.len; i++)
		if (!resolve_step(play, &play->lesson->steps.item[i], err))
			return false;
	return true;
}

static struct session *make_session(const struct lesson *lesson, const struct machine_places *places, struct error *err)
{
	struct session_config config;
	struct machine_owned owned;
	struct session *session = NULL;

	if (machine_line_config(&lesson->machine, lesson->dir, places, &config, &owned, err)) {
		config.is_confined = config.keep_history = true;
		config.budget = machine_line_budget(&lesson->machine);
		session = session_new(&config, err);
	}
	machine_owned_free(&owned);
	if (!session)
		error_prefix(err, lesson->file);
	return session;
}

struct play *play_new(const struct lesson *lesson, const struct machine_places *places, struct error *err)
{
	struct play *play = xzalloc(sizeof(*play));

	play->lesson = lesson;
	play->session = make_session(lesson, places, err);
	if (!play->session || !resolve(play, err)) {
		play_free(play);
		return NULL;
	}
	play_commands_add(play);
	session_start(play->session);
	return play;
}

void play_free(struct play *play)
{
	if (!play)
		return;
	for (size_t i = 0; i < play->goals.len; i++)
		goal_free(play->goals.item[i]);
	vec_free(&play->goals);
	starts_free(&play->starts);
	vec_free(&play->quizzes);
	session_free(play->session);
	free(play);
}

const struct lesson *play_lesson(const struct play *play)
{
	return play->lesson;
}

struct session *play_session(const struct play *play)
{
	return play->session;
}

/* ---- steps ---- */

size_t play_index(const struct play *play)
{
	return play->index;
}

const struct lesson_step *play_step(const struct play *play)
{
	return &play->lesson->steps.item[play->index];
}

const struct goal *play_goal(const struct play *play)
{
	return play->goals.item[play->index];
}

/* Do the lines of BLOCK; what they print is not wanted. */
static bool run_block(struct play *play, const struct lesson_block *block, struct error *err)
{
	for (size_t i = 0; i < block->lines.len; i++) {
		const struct lesson_line *line = &block->lines.item[i];
		struct strbuf out = STRBUF_INIT;
		struct command_result result = command_execute(play->session, line->text, &out);

		strbuf_free(&out);
		if (result.status == COMMAND_QUIT)
			return fail_line(play, line->number, "'quit' has no place in a lesson", err);
		if (result.status != COMMAND_OK)
			return fail_line(play, line->number, result.error.text, err);
		if (result.ran && session_stop(play->session)->why == STOPPED_BUDGET)
			return fail_line(play, line->number,
					 "the budget of the lesson ran out ('budget: N' in its header)", err);
	}
	return true;
}

static void enter(struct play *play, size_t index)
{
	play->index = index;
	play->hints = 0;
	play->is_reached = play->is_free = false;
	vec_clear(&play->quizzes);
	for (size_t i = 0; i < play_step(play)->quizzes.len; i++)
		vec_add(&play->quizzes, ((struct played_quiz){ QUIZ_OPEN, 0 }));
}

bool play_setup(struct play *play, size_t index, struct error *err)
{
	enter(play, index);
	return run_block(play, &play_step(play)->setup, err);
}

bool play_solve(struct play *play, struct error *err)
{
	return run_block(play, &play_step(play)->solution, err);
}

/* The commands that quizzes let predict belong to the step: those after it count on them. */
static bool replay(struct play *play, size_t index, struct error *err)
{
	if (!play_setup(play, index, err) || !play_solve(play, err))
		return false;
	for (size_t i = 0; i < play_step(play)->quizzes.len; i++)
		if (!play_predict(play, i, err))
			return false;
	return true;
}

static bool reset(struct play *play, struct error *err)
{
	if (!session_reset(play->session, err))
		return false;
	session_set_focus(play->session, session_loaded(play->session)->boot_cpu);
	return true;
}

bool play_begin(struct play *play, size_t index, struct error *err)
{
	size_t from;

	breakpoints_delete(session_breakpoints(play->session), play->session, 0);
	from = starts_resume(&play->starts, play->session, index);
	if (!from && !reset(play, err))
		return false;
	for (; from < index; from++) {
		starts_keep(&play->starts, play->session, from);
		if (!replay(play, from, err))
			return false;
	}
	starts_keep(&play->starts, play->session, index);
	if (!play_setup(play, index, err))
		return false;
	play_look(play);
	return true;
}

bool play_look(struct play *play)
{
	if (play->is_reached || play->is_free || !goal_holds(play_goal(play), play->session))
		return false;
	play->is_reached = true;
	return true;
}

bool play_is_reached(const struct play *play)
{
	return play->is_reached;
}

bool play_is_step_done(const struct play *play)
{
	return play->is_reached && play_open_quiz(play) < 0;
}

bool play_is_last(const struct play *play)
{
	return play->index + 1 == play->lesson->steps.len;
}

void play_set_free(struct play *play, bool is_free)
{
	play->is_free = is_free;
}

bool play_is_free(const struct play *play)
{
	return play->is_free;
}

/* ---- help and quizzes ---- */

static const struct lesson_quiz *quiz_at(const struct play *play, size_t index)
{
	return &play_step(play)->quizzes.item[index];
}

const char *play_hint(struct play *play)
{
	const struct lesson_texts *hints = &play_step(play)->hints;
	size_t *shown = &play->hints;
	int open = play_open_quiz(play);

	if (open >= 0) {
		hints = &quiz_at(play, (size_t)open)->hints;
		shown = &play->quizzes.item[open].hints;
	}
	return *shown < hints->len ? hints->item[(*shown)++] : NULL;
}

size_t play_hints_shown(const struct play *play)
{
	return play->hints;
}

int play_open_quiz(const struct play *play)
{
	for (size_t i = 0; play->is_reached && i < play->quizzes.len; i++)
		if (play->quizzes.item[i].state == QUIZ_OPEN)
			return (int)i;
	return -1;
}

enum quiz_state play_quiz_state(const struct play *play, size_t index)
{
	return play->quizzes.item[index].state;
}

bool play_predict(struct play *play, size_t index, struct error *err)
{
	return run_block(play, &quiz_at(play, index)->predict, err);
}

bool play_right_answer(const struct play *play, size_t index, struct strbuf *out, struct error *err)
{
	return quiz_right_answer(quiz_at(play, index), play->session, out, err);
}

/* The question is over, by the right answer or by telling it. */
static void settle(struct play *play, size_t index, bool is_right, struct strbuf *out)
{
	const struct lesson_quiz *quiz = quiz_at(play, index);

	strbuf_puts(out, is_right ? "Right." : "Not so.");
	if (!is_right) {
		strbuf_puts(out, " The answer is ");
		play_right_answer(play, index, out, NULL);
		strbuf_putc(out, '.');
	}
	play->quizzes.item[index].state = is_right ? QUIZ_RIGHT : QUIZ_SHOWN;
	strbuf_puts(out, *quiz->why ? " " : "");
	prose_put_unwrapped(quiz->why, out);
	strbuf_putc(out, '\n');
}

/* A wrong answer that may be followed by another. */
static void say_no(const struct play *play, const struct lesson_quiz *quiz, const struct quiz_answer *answer,
		   struct strbuf *out)
{
	const char *near = quiz_near_miss(quiz, play->session, answer);

	strbuf_printf(out, "No%s%s. Try again; 'hint' helps, 'answer ?' tells.\n", near ? ", but near: " : "",
		      near ? near : "");
}

bool play_answer(struct play *play, const char *text, struct strbuf *out, struct error *err)
{
	int index = play_open_quiz(play);
	const struct lesson_quiz *quiz = index >= 0 ? quiz_at(play, (size_t)index) : NULL;
	bool gives_up = !strcmp(text, "?"), is_right = false;
	struct quiz_answer answer;

	if (!quiz)
		return error_set(err, "no question is open%s", play->is_reached ? "" : ": the goal comes first");
	if (!gives_up && !quiz_read(quiz, play->session, text, &answer, err))
		return false;
	if (!play_predict(play, (size_t)index, err))
		return false;
	if (!gives_up && !quiz_judge(quiz, play->session, &answer, &is_right, err))
		return false;
	/* A prediction can be made once: now everybody sees what came. */
	if (is_right || gives_up || quiz->predict.number)
		settle(play, (size_t)index, is_right, out);
	else
		say_no(play, quiz, &answer, out);
	return true;
}

/* ---- what a pane shows ---- */

static void add_goal(const struct play *play, unsigned width, struct prose *out)
{
	enum { BOX = 4 };
	struct strbuf line = STRBUF_INIT;

	for (size_t i = 0; i < goal_count(play_goal(play)); i++) {
		bool holds = play->is_reached || goal_line_holds(play_goal(play), play->session, i);

		strbuf_clear(&line);
		strbuf_printf(&line, "[%c] %s", holds ? 'x' : ' ', goal_text(play_goal(play), i));
		prose_add_words(out, strbuf_text(&line), PROSE_CODE, BOX, width);
	}
	strbuf_free(&line);
}

static void add_labelled(struct prose *out, const char *label, const char *text, unsigned width)
{
	struct strbuf whole = STRBUF_INIT;

	strbuf_printf(&whole, "**%s** %s", label, text);
	prose_add(out, strbuf_text(&whole), width);
	strbuf_free(&whole);
}

static void add_quiz(const struct play *play, size_t index, unsigned width, struct prose *out)
{
	const struct lesson_quiz *quiz = quiz_at(play, index);
	struct strbuf text = STRBUF_INIT;

	prose_add_line(out, "", PROSE_PLAIN);
	add_labelled(out, "Question:", quiz->question, width);
	prose_add(out, quiz->prose, width);
	for (size_t i = 0; i < quiz->choices.len; i++)
		strbuf_printf(&text, "%zu. %s\n", i + 1, quiz->choices.item[i].text);
	prose_add(out, strbuf_text(&text), width);
	strbuf_free(&text);
	for (size_t i = 0; i < play->quizzes.item[index].hints; i++)
		add_labelled(out, "Hint:", quiz->hints.item[i], width);
	prose_add_line(out, quiz->choices.len ? "(answer NUMBER)" : "(answer VALUE)", PROSE_MARK);
}

void play_quiz_text(const struct play *play, unsigned width, struct prose *out)
{
	int open = play_open_quiz(play);

	if (open >= 0)
		add_quiz(play, (size_t)open, width, out);
}

void play_text(const struct play *play, unsigned width, struct prose *out)
{
	const struct lesson_step *step = play_step(play);

	prose_add_line(out, step->title, PROSE_HEADING);
	prose_add_line(out, "", PROSE_PLAIN);
	prose_add(out, step->prose, width);
	if (goal_count(play_goal(play))) {
		prose_add_line(out, "", PROSE_PLAIN);
		prose_add_line(out, play->is_reached ? "Goal, reached:" : "Goal:", PROSE_HEADING);
		add_goal(play, width, out);
	}
	for (size_t i = 0; i < play->hints; i++)
		add_labelled(out, "Hint:", step->hints.item[i], width);
	play_quiz_text(play, width, out);
}

void play_status(const struct play *play, struct strbuf *out)
{
	const struct goal *goal = play_goal(play);
	size_t held = 0, first = goal_count(goal);
	int open = play_open_quiz(play);

	if (play->is_free) {
		strbuf_puts(out, "free play ('lesson again' leads back to the step)");
	} else if (open >= 0) {
		strbuf_printf(out, "question: %s", quiz_at(play, (size_t)open)->question);
	} else if (play->is_reached) {
		strbuf_puts(out, play_is_last(play) ? "lesson done" : "step done: 'lesson next' goes on");
	} else {
		for (size_t i = 0; i < goal_count(goal); i++) {
			bool holds = goal_line_holds(goal, play->session, i);

			held += holds;
			first = !holds && first == goal_count(goal) ? i : first;
		}
		strbuf_printf(out, "goal: %s", goal_text(goal, first < goal_count(goal) ? first : 0));
		if (goal_count(goal) > 1)
			strbuf_printf(out, " ... (%zu of %zu hold)", held, goal_count(goal));
	}
}
