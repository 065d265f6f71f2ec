/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/check.c: goals false before and true after.
 */
#include "lesson/check.h"

#include <stdio.h>

#include "lesson/play.h"
#include "session/run.h"

/* One check. */
struct check {
	const struct lesson *lesson;
	struct play *play;
	struct report *report;
	struct strbuf name;		/* of the part at hand */
};

/* Where the machine stands, and how to see it again. */
static void add_where(const struct check *c, unsigned line, struct strbuf *out)
{
	strbuf_printf(out, "\nwhere:    %s:%u; the machine: ", c->lesson->file, line);
	run_describe_stop(play_session(c->play), out);
	strbuf_printf(out, "\nagain:    smptutor lesson check %s", c->lesson->file);
}

static void fail(const struct check *c, unsigned line, const char *expected, const char *got)
{
	struct strbuf detail = STRBUF_INIT;

	strbuf_printf(&detail, "expected: %s\ngot:      %s", expected, got);
	add_where(c, line, &detail);
	report_add(c->report, VERDICT_FAIL, strbuf_text(&c->name), strbuf_text(&detail));
	strbuf_free(&detail);
}

/* The goal holds where it should not. */
static bool is_open_before(const struct check *c, const struct lesson_step *step)
{
	if (!goal_count(play_goal(c->play)) || !goal_holds(play_goal(c->play), play_session(c->play)))
		return true;
	fail(c, step->goal.number, "the goal is false before the solution", "it is true: there is nothing to do");
	return false;
}

static bool is_reached_after(const struct check *c, const struct lesson_step *step)
{
	const struct goal *goal = play_goal(c->play);
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < goal_count(goal); i++) {
		if (goal_line_holds(goal, play_session(c->play), i))
			continue;
		goal_explain(goal, play_session(c->play), i, &got);
		fail(c, step->goal.lines.item[i].number, goal_text(goal, i), strbuf_text(&got));
		strbuf_free(&got);
		return false;
	}
	return true;
}

/* What an author says is true beside a choice or words. */
static bool is_claim_true(const struct check *c, const struct lesson_quiz *quiz)
{
	struct session *session = play_session(c->play);
	struct goal *claim = quiz->kind == QUIZ_VALUE ? NULL : goal_new(&quiz->answer, session, NULL);
	struct strbuf got = STRBUF_INIT;
	bool ok = true;

	for (size_t i = 0; claim && i < goal_count(claim) && ok; i++) {
		ok = goal_line_holds(claim, session, i);
		if (ok)
			continue;
		goal_explain(claim, session, i, &got);
		fail(c, quiz->answer.lines.item[i].number, goal_text(claim, i), strbuf_text(&got));
	}
	strbuf_free(&got);
	goal_free(claim);
	return ok;
}

static void check_quiz(struct check *c, const struct lesson_step *step, size_t index)
{
	const struct lesson_quiz *quiz = &step->quizzes.item[index];
	struct strbuf answer = STRBUF_INIT;
	struct error err = ERROR_NONE;

	strbuf_clear(&c->name);
	strbuf_printf(&c->name, "%s quiz %zu", step->anchor, index + 1);
	if (!play_predict(c->play, index, &err) || !play_right_answer(c->play, index, &answer, &err))
		fail(c, quiz->number, "the quiz has an answer", err.text);
	else if (is_claim_true(c, quiz))
		report_add(c->report, VERDICT_PASS, strbuf_text(&c->name), "");
	strbuf_free(&answer);
}

/* False when the steps behind cannot be played any more. */
static bool check_step(struct check *c, size_t index)
{
	const struct lesson_step *step = &c->lesson->steps.item[index];
	struct error err = ERROR_NONE;

	strbuf_clear(&c->name);
	strbuf_printf(&c->name, "%s", step->anchor);
	if (!play_setup(c->play, index, &err)) {
		fail(c, step->number, "the setup can be done", err.text);
		return false;
	}
	if (!is_open_before(c, step))
		return false;
	if (!play_solve(c->play, &err)) {
		fail(c, step->number, "the solution can be done", err.text);
		return false;
	}
	if (!is_reached_after(c, step))
		return false;
	report_add(c->report, VERDICT_PASS, strbuf_text(&c->name), "");
	for (size_t i = 0; i < step->quizzes.len; i++)
		check_quiz(c, step, i);
	return true;
}

void check_lesson(const char *path, const struct machine_places *places, struct report *report)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = lesson_load(path, &err);
	struct check c = { .lesson = lesson, .report = report, .name = STRBUF_INIT };
	bool is_skipped = lesson && machine_line_lacks_linux(&lesson->machine, places, &err);

	if (lesson && !is_skipped)
		c.play = play_new(lesson, places, &err);
	if (is_skipped)
		report_add(report, VERDICT_SKIP, "kernel", err.text);
	else if (!c.play)
		report_fail(report, "readable", "%s\nagain:    smptutor lesson check %s", err.text, path);
	for (size_t i = 0; c.play && i < lesson->steps.len; i++)
		if (!check_step(&c, i))
			break;
	strbuf_free(&c.name);
	play_free(c.play);
	lesson_free(lesson);
}
