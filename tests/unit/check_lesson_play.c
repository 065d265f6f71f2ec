/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Playing a lesson on the real machine: goals, hints, quizzes, resetting a step, free play, the budget; and what
 * check and lint say of lessons with a mistake.
 */
#include "lesson/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "lesson/check.h"
#include "lesson/lint.h"
#include "lesson/play_commands.h"
#include "session/command.h"
#include "unit.h"

static const struct machine_places places = { .guest_dir = "guest" };

#define HEAD "# T {#t}\nboard: psci-smc · cpus: 2 · time: 1 min\n\n"
#define GOAL(text) "```smp goal\n" text "\n```\n"
#define SOLUTION(text) "```smp solution\n" text "\n```\n"
#define HINT "> hint: do\n\n"

static const char two_steps[] =
	HEAD
	"## One {#one}\nText.\n"
	GOAL("cpu1.state == wfe\ncpu1.sym == spin")
	"> hint: weak\n\n> hint: strong\n"
	SOLUTION("until cpu1.state == wfe")
	"### quiz: What is in the slot?\n```smp answer\nbranch_table[1]\n```\n> hint: look\n\n> why: It is the pen.\n"
	"### quiz: Which level?\n- [ ] EL2\n- [x] EL3\n> why: Firmware.\n"
	"## Two {#two}\nText.\n"
	"```smp setup\ncpu 1\ninject spurious-wake cpu 1\n```\n"
	GOAL("cpu1.x2 == -1 && cpu1.state == running")
	HINT
	SOLUTION("step")
	"### quiz: Predict: is the slot read again?\n```smp predict\nstep 3\n```\n```smp answer\ncpu1.x2\n```\n> why: -1.\n";

/* A lesson being played at its first step; the text is a literal. */
static struct play *playing(const char *text, struct lesson **lesson)
{
	struct error err = ERROR_NONE;
	struct play *play;

	*lesson = lesson_parse(text, strlen(text), "t.md", &err);
	ck_assert_msg(*lesson != NULL, "%s", err.text);
	play = play_new(*lesson, &places, &err);
	ck_assert_msg(play != NULL, "%s", err.text);
	ck_assert_msg(play_begin(play, 0, &err), "%s", err.text);
	return play;
}

static enum command_status do_line(struct play *play, const char *line, struct strbuf *out)
{
	struct command_result result = command_execute(play_session(play), line, out);

	if (result.status != COMMAND_OK)
		strbuf_puts(out, result.error.text);
	return result.status;
}

static void must(struct play *play, const char *line)
{
	struct strbuf out = STRBUF_INIT;

	ck_assert_msg(do_line(play, line, &out) == COMMAND_OK, "%s: %s", line, strbuf_text(&out));
	strbuf_free(&out);
}

static uint64_t value(struct play *play, const char *text)
{
	struct strbuf out = STRBUF_INIT, line = STRBUF_INIT;
	uint64_t v;

	strbuf_printf(&line, "print %s", text);
	ck_assert_int_eq(do_line(play, strbuf_text(&line), &out), COMMAND_OK);
	v = strtoull(strbuf_text(&out), NULL, 0);
	strbuf_free(&line);
	strbuf_free(&out);
	return v;
}

START_TEST(reaches_a_goal)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);

	ck_assert(!play_look(play));
	must(play, "step");
	ck_assert(!play_look(play));
	must(play, "until cpu1.state == wfe");
	ck_assert(play_look(play));
	ck_assert(play_is_reached(play));
	ck_assert(!play_look(play));

	/* Once reached it stays so, wherever the learner goes. */
	must(play, "until idle");
	play_look(play);
	ck_assert(play_is_reached(play));
	ck_assert(!play_is_step_done(play));
	play_free(play);
	lesson_free(lesson);
}
END_TEST

START_TEST(gives_hints_weakest_first)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);

	ck_assert_str_eq(play_hint(play), "weak");
	ck_assert_str_eq(play_hint(play), "strong");
	ck_assert_ptr_null(play_hint(play));
	ck_assert_uint_eq(play_hints_shown(play), 2);
	must(play, "until cpu1.state == wfe");
	play_look(play);
	ck_assert_str_eq(play_hint(play), "look");
	play_free(play);
	lesson_free(lesson);
}
END_TEST

static void answer(struct play *play, const char *text, const char *verdict)
{
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_NONE;

	ck_assert_msg(play_answer(play, text, &out, &err), "%s", err.text);
	ck_assert_msg(strstr(strbuf_text(&out), verdict) != NULL, "%s: %s", text, strbuf_text(&out));
	strbuf_free(&out);
}

/* Answers to the first question, and whether they are right; NULL for one that cannot be read. */
static const struct { const char *answer; const char *verdict; } answers[] = {
	{ "-1", "Right." }, { "0xffffffffffffffff", "Right." }, { "branch_table[1]", "Right." }, { "cpu1.x3", "Right." },
	{ "0", "No." }, { "spin", "No." }, { "?", "The answer is -1" }, { "nonsense", NULL }, { "", NULL },
};

START_TEST(judges_values)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_NONE;
	bool ok;

	ck_assert(!play_answer(play, "-1", &out, &err));
	must(play, "until cpu1.state == wfe");
	play_look(play);
	ok = play_answer(play, answers[_i].answer, &out, &err);
	ck_assert_msg(ok == !!answers[_i].verdict, "%s: %s", answers[_i].answer, err.text);
	if (ok)
		ck_assert_msg(strstr(strbuf_text(&out), answers[_i].verdict) != NULL, "%s", strbuf_text(&out));
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

static const char a_physical_address[] =
	HEAD
	"## One {#one}\nText.\n" GOAL("t == 0")
	"### quiz: Which entry?\n```smp answer\npa(secondary_entry)\n```\n> why: There.\n";

/* The screen calls it "secondary_entry", though the symbol's own value is another address. */
static const struct { const char *answer; const char *verdict; } places_named[] = {
	{ "pa(secondary_entry)", "Right." }, { "secondary_entry", "Right." },
	{ "secondary_entry + 4", "No." }, { "start_kernel", "No." }, { "-1", "No." },
};

START_TEST(judges_places_by_name)
{
	struct lesson *lesson;
	struct play *play = playing(a_physical_address, &lesson);

	play_look(play);
	answer(play, places_named[_i].answer, places_named[_i].verdict);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

START_TEST(finishes_a_step)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct strbuf out = STRBUF_INIT;

	ck_assert_int_eq(do_line(play, "lesson next", &out), COMMAND_ERROR);
	must(play, "until cpu1.state == wfe");
	play_look(play);
	answer(play, "-1", "It is the pen.");
	ck_assert_int_eq(play_open_quiz(play), 1);
	answer(play, "1", "No.");
	answer(play, "el2.", "No.");
	answer(play, "b", "Right. Firmware.");
	ck_assert(play_is_step_done(play));
	must(play, "lesson next");
	ck_assert_uint_eq(play_index(play), 1);
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* A prediction is judged by what comes, and can be made once. */
START_TEST(predicts_then_steps)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct error err = ERROR_NONE;

	ck_assert(play_begin(play, 1, &err));
	must(play, "step");
	ck_assert(play_look(play));
	answer(play, "5", "Not so. The answer is -1");
	ck_assert_uint_eq(value(play, "cpu1.state == wfe"), 1);
	ck_assert_int_eq(play_quiz_state(play, 0), QUIZ_SHOWN);
	ck_assert(play_is_step_done(play));
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* A step begins where its author saw it begin, whatever happened before. */
START_TEST(begins_a_step_anew)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct error err = ERROR_NONE;
	uint64_t t;

	ck_assert(play_begin(play, 1, &err));
	t = value(play, "t");
	must(play, "break start_kernel");
	must(play, "until idle");
	must(play, "set branch_table[1] = 7");
	must(play, "lesson again");
	ck_assert_uint_eq(value(play, "t"), t);
	ck_assert_uint_eq(value(play, "branch_table[1] == -1"), 1);
	must(play, "until idle");
	ck_assert_uint_eq(value(play, "online"), 2);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

static const char three_steps[] =
	HEAD
	"## One {#one}\nText.\n" GOAL("cpu1.state == wfe") HINT SOLUTION("until cpu1.state == wfe\ncpu 1")
	"## Two {#two}\nText.\n```smp setup\nbreak start_kernel\n```\n" GOAL("milestone.start_kernel") HINT
	SOLUTION("continue\nset cpu1.x9 = 77\nstep 5\ndelete")
	"## Three {#three}\nText.\n" GOAL("online == 2") HINT SOLUTION("until online:2");

static uint64_t state(struct play *play)
{
	return machine_hash(session_machine(play_session(play)));
}

/* A step that is begun again from a moment that was kept begins as it did at first, whatever was done meanwhile. */
START_TEST(coming_back_is_as_playing_anew)
{
	static const char *const deeds[] = {
		"until idle", "step 3; set cpu0.x7 = 7", "goto t / 3; inject drop-sev cpu 1; until idle", "goto t / 2",
		"sched rr:1",
		"cpu 0; break spin", "until idle; snapshot here; back 9; set cpu0.x3 = 3; restore here",
	};
	static const size_t order[] = { 2, 2, 1, 1, 0 };
	enum { TRIES = sizeof(order) / sizeof(order[0]) };
	struct lesson *lesson, *other;
	struct play *play = playing(three_steps, &lesson), *anew;
	struct error err = ERROR_NONE;
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < TRIES * sizeof(deeds) / sizeof(deeds[0]); i++) {
		size_t step = order[i % TRIES];

		anew = playing(three_steps, &other);
		ck_assert_msg(play_begin(anew, step, &err) && play_begin(play, step, &err), "%s", err.text);
		ck_assert_uint_eq(state(play), state(anew));
		ck_assert_uint_eq(value(play, "t"), value(anew, "t"));
		ck_assert_uint_eq(session_focus(play_session(play)), session_focus(play_session(anew)));
		must(play, deeds[i / TRIES]);
		play_free(anew);
		lesson_free(other);
	}
	ck_assert(play_begin(play, 2, &err));
	do_line(play, "snapshot", &out);
	ck_assert_ptr_null(strstr(strbuf_text(&out), "future-"));
	ck_assert_ptr_null(strstr(strbuf_text(&out), "here"));
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

static const char missed[] =
	HEAD
	"## One {#one}\nText.\n"
	GOAL("cpu0.sym == start_kernel")
	HINT
	SOLUTION("until cpu0:start_kernel")
	"## Two {#two}\nText.\n"
	"```smp setup\nuntil idle\n```\n"
	GOAL("x0 == 77")
	HINT
	SOLUTION("set x0 = 77");

/* Whoever runs past the goal is told how to come back; a step that begins at the end is not too far. */
START_TEST(tells_the_way_back)
{
	struct lesson *lesson;
	struct play *play = playing(missed, &lesson);
	struct strbuf out = STRBUF_INIT;

	play_execute(play, "until cpu0:start_kernel", &out);
	ck_assert_ptr_null(strstr(strbuf_text(&out), "lesson again"));
	play_execute(play, "continue", &out);
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out), "every CPU idles; the goal is not reached"));
	strbuf_clear(&out);
	play_execute(play, "lesson skip", &out);
	ck_assert_ptr_null(strstr(strbuf_text(&out), "lesson again"));
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

static const char where[] =
	HEAD
	"## One {#one}\nText.\n"
	GOAL("t > 0")
	"> hint: go on,\n> a little\n"
	SOLUTION("step")
	"### quiz: Where is it?\n```smp answer\npa(start_kernel)\n```\n> hint: look\n\n> why: There.\n"
	"### quiz: And from above?\n```smp answer\nstart_kernel\n```\n> hint: look\n\n> why: There.\n"
	"### quiz: Which?\n- [ ] This.\n- [x] That.\n> why: So.\n";

/* What the question says to TEXT. */
static void says(struct play *play, const char *text, const char *words)
{
	struct strbuf out = STRBUF_INIT;

	do_line(play, text, &out);
	ck_assert_msg(strstr(strbuf_text(&out), words) != NULL, "%s: %s", text, strbuf_text(&out));
	strbuf_free(&out);
}

START_TEST(tells_what_is_wrong)
{
	struct lesson *lesson;
	struct play *play = playing(where, &lesson);

	says(play, "lesson next", "the goal is not reached yet");
	says(play, "hint", "go on, a little\n");
	must(play, "step");
	play_look(play);
	says(play, "lesson next", "first answer the question");
	says(play, "answer 5", "No. Try again");
	/* Its name alone would do: it is what the screen shows. */
	says(play, "answer start_kernel + 0", "No, but near: that is its virtual address");
	says(play, "answer pa(start_kernel)", "Right.");
	says(play, "answer pa(start_kernel)", "No, but near: that is its physical address");
	says(play, "answer start_kernel", "Right.");
	says(play, "answer 1", "No. Try again");
	says(play, "answer answer ?", "The answer is 2 (That). So.");
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* A value that a question asks for needs no word before it; commands stay commands. */
START_TEST(takes_answers_without_a_word)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct strbuf out = STRBUF_INIT;
	struct command_result result;

	result = play_execute(play, "-1", &out);
	ck_assert_int_eq(result.status, COMMAND_ERROR);
	must(play, "until cpu1.state == wfe");
	play_look(play);
	result = play_execute(play, "stepp", &out);
	ck_assert_int_eq(result.status, COMMAND_ERROR);
	ck_assert_ptr_nonnull(strstr(result.error.text, "did you mean 'step'"));
	ck_assert_int_eq(play_open_quiz(play), 0);
	ck_assert_int_eq(play_execute(play, "  -1", &out).status, COMMAND_OK);
	ck_assert_int_eq(play_quiz_state(play, 0), QUIZ_RIGHT);
	ck_assert_int_eq(play_execute(play, "print 2", &out).status, COMMAND_OK);
	ck_assert_int_eq(play_open_quiz(play), 1);
	ck_assert_int_eq(play_execute(play, "2", &out).status, COMMAND_OK);
	ck_assert_int_eq(play_open_quiz(play), -1);
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

START_TEST(plays_freely_and_comes_back)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);

	must(play, "lesson free");
	must(play, "until cpu1.state == wfe");
	ck_assert(!play_look(play));
	ck_assert(play_is_free(play));
	must(play, "lesson again");
	ck_assert(!play_is_free(play));
	ck_assert_uint_eq(value(play, "t"), 0);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* The pane may be narrow, and the goal must be legible in it. */
START_TEST(wraps_goals)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct prose prose = VEC_INIT;

	play_text(play, 20, &prose);
	ck_assert_str_eq(prose.item[5].text, "[ ] cpu1.state ==");
	ck_assert_str_eq(prose.item[6].text, "    wfe");
	prose_free(&prose);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

START_TEST(shows_a_step)
{
	struct lesson *lesson;
	struct play *play = playing(two_steps, &lesson);
	struct prose prose = VEC_INIT;
	struct strbuf all = STRBUF_INIT;

	play_hint(play);
	play_text(play, 60, &prose);
	for (size_t i = 0; i < prose.len; i++)
		strbuf_printf(&all, "%s\n", prose.item[i].text);
	ck_assert_str_eq(strbuf_text(&all), "One\n\nText.\n\nGoal:\n[ ] cpu1.state == wfe\n[ ] cpu1.sym == spin\nHint: weak\n");
	strbuf_clear(&all);
	play_status(play, &all);
	ck_assert_str_eq(strbuf_text(&all), "goal: cpu1.state == wfe ... (0 of 2 hold)");
	must(play, "until cpu1.state == wfe");
	must(play, "set cpu1.pc = reset");
	strbuf_clear(&all);
	play_status(play, &all);
	ck_assert_str_eq(strbuf_text(&all), "goal: cpu1.sym == spin ... (1 of 2 hold)");
	strbuf_free(&all);
	prose_free(&prose);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* Commands that a lesson may not use are refused: no file is read or written, and a loop ends. */
START_TEST(is_confined)
{
	struct lesson *lesson;
	struct play *play = playing("# T {#t}\ncpus: 1 · time: 1 min · budget: 100000 · firmware: none · kernel: none\n\n"
				    "## S {#s}\nx\n", &lesson);
	struct strbuf out = STRBUF_INIT;

	ck_assert_int_eq(do_line(play, "source /etc/passwd", &out), COMMAND_ERROR);
	ck_assert_int_eq(do_line(play, "dump events lesson-was-here", &out), COMMAND_ERROR);
	ck_assert_int_ne(access("lesson-was-here", F_OK), 0);
	strbuf_free(&out);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

START_TEST(ends_by_budget)
{
	struct lesson *lesson;
	struct play *play = playing("# T {#t}\ncpus: 2 · time: 1 min · budget: 50000\n\n## S {#s}\nx\n"
				    GOAL("online == 2") HINT SOLUTION("until idle"), &lesson);
	struct error err = ERROR_NONE;

	ck_assert(!play_solve(play, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "budget"));
	ck_assert_uint_eq(value(play, "t"), 50000);
	play_free(play);
	lesson_free(lesson);
}
END_TEST

/* ---- check and lint ---- */

/* Write TEXT to a file that `check` can open; its name is kept until the next call. */
static const char *file_of(const char *text)
{
	static char path[40];
	FILE *file;

	snprintf(path, sizeof(path), "lesson-%d.md", (int)getpid());
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	return path;
}

/* A lesson with a mistake, and what check says of it. */
static const struct { const char *text, *detail; } unsound[] = {
	{ HEAD "## S {#s}\nx\n" GOAL("t == 0") HINT SOLUTION("step"), "there is nothing to do" },
	{ HEAD "## S {#s}\nx\n" GOAL("cpu1.x0 == 0x1234") HINT SOLUTION("step"), "cpu1.x0 is 0" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("cpu 9"), "t.md" },
	{ HEAD "## S {#s}\nx\n```smp setup\nuntil nowhere\n```\n" GOAL("t == 1") HINT SOLUTION("step"), "the setup can be done" },
	{ HEAD "## S {#s}\nx\n" GOAL("t = 1") HINT SOLUTION("step"), ":7:" },
	{ HEAD "## S {#s}\nx\n" GOAL("nowhere == 1") HINT SOLUTION("step"), "nowhere" },
	{ HEAD "## S {#s}\nx\n### quiz: Q?\n```smp answer\nmem64[0x123456789]\n```\n> why: w\n", "the quiz has an answer" },
	{ HEAD "## S {#s}\nx\n### quiz: Q?\n- [x] a\n- [ ] b\n```smp answer\nt == 5\n```\n> why: w\n", "expected: t == 5" },
	{ "# T {#t}\nboard: nowhere · time: 1 min\n\n## S {#s}\nx\n", "nowhere" },
	{ "# T {#t}\ntime: 1 min · firmware: lost.elf\n\n## S {#s}\nx\n", "lost.elf: not found" },
	{ "no lesson\n", ":1:" },
};

START_TEST(check_finds)
{
	struct report report = VEC_INIT;
	const char *path = file_of(unsound[_i].text);
	struct strbuf text = STRBUF_INIT;

	check_lesson(path, &places, &report);
	unlink(path);
	report_write(&report, &text);
	ck_assert_msg(report_count(&report, VERDICT_FAIL) == 1, "%s", strbuf_text(&text));
	if (strcmp(unsound[_i].detail, "t.md"))
		ck_assert_msg(strstr(strbuf_text(&text), unsound[_i].detail) != NULL, "%s", strbuf_text(&text));
	strbuf_free(&text);
	report_free(&report);
}
END_TEST

START_TEST(check_passes)
{
	struct report report = VEC_INIT;
	const char *path = file_of(two_steps);

	check_lesson(path, &places, &report);
	unlink(path);
	ck_assert_uint_eq(report_count(&report, VERDICT_FAIL), 0);
	ck_assert_uint_eq(report.len, 5);
	report_free(&report);
}
END_TEST

/* A lesson that could be better, and the finding. */
static const struct { const char *text, *finding; } sloppy[] = {
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") SOLUTION("step"), "no '> hint:'" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT, "no 'smp solution'" },
	{ HEAD "## S {#s}\n" GOAL("t == 1") HINT SOLUTION("step"), "says nothing" },
	{ HEAD "## S {#s}\nx\n" SOLUTION("step"), "a solution and no goal" },
	{ HEAD "## S {#s}\nx\n" GOAL("1 == 2") HINT SOLUTION("step"), "nothing that the machine does can change it" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("setp"), "no command 'setp'" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("until cpu1:nowhere"), "nowhere" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("until milestone:nowhere"), "no milestone 'nowhere'" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("break nowhere"), "nowhere" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("set x0 = nowhere"), "nowhere" },
	{ HEAD "## S {#s}\nx\n" GOAL("t == 1") HINT SOLUTION("step; source f"), "'source' has no place" },
	{ HEAD "## S {#s}\nx\n" GOAL("uart: one (2)") "> hint: `until uart:one`\n" SOLUTION("until uart:one (2)"),
	  "a hint stops before" },
	{ HEAD "## S {#s}\nx\n### quiz: Q?\n```smp answer\nt\n```\n", "no '> why:'" },
	{ HEAD "## S {#s}\nsee [there](#nowhere)\n", "no such anchor" },
	{ HEAD "## S {#s}\nsee [there](99-nowhere.md)\n", "no such file" },
	{ "# T {#t}\ncpus: 1\n\n## S {#s}\nx\n", "how long" },
	{ HEAD "## S {#s}\nxxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx "
	  "xxxxxxxxx xx\n", "102 columns" },
};

START_TEST(lint_finds)
{
	struct report report = VEC_INIT;
	const char *path = file_of(sloppy[_i].text);
	struct strbuf text = STRBUF_INIT;

	lint_lesson(path, NULL, &places, &report);
	unlink(path);
	report_write(&report, &text);
	ck_assert_msg(report_count(&report, VERDICT_FAIL) == 1, "%s", strbuf_text(&text));
	ck_assert_msg(strstr(strbuf_text(&text), sloppy[_i].finding) != NULL, "%s", strbuf_text(&text));
	strbuf_free(&text);
	report_free(&report);
}
END_TEST

/* A lesson that cannot be read is named once, with its line. */
START_TEST(lint_cites_once)
{
	struct report report = VEC_INIT;
	const char *path = file_of("x\n");
	size_t len = strlen(path);

	lint_lesson(path, NULL, &places, &report);
	unlink(path);
	ck_assert_uint_eq(report.len, 1);
	ck_assert_msg(!strncmp(report.item[0].name, path, len) && !strcmp(report.item[0].name + len, ":1"), "%s",
		      report.item[0].name);
	ck_assert_ptr_null(strstr(report.item[0].detail, path));
	lint_lesson("nonexistent.md", NULL, &places, &report);
	ck_assert_str_eq(report.item[1].name, "nonexistent.md");
	ck_assert_str_eq(report.item[1].detail, "No such file or directory");
	report_free(&report);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("lesson/play");
	TCase *tc = tcase_create("play");

	tcase_add_test(tc, reaches_a_goal);
	tcase_add_test(tc, gives_hints_weakest_first);
	tcase_add_loop_test(tc, judges_values, 0, sizeof(answers) / sizeof(answers[0]));
	tcase_add_loop_test(tc, judges_places_by_name, 0, sizeof(places_named) / sizeof(places_named[0]));
	tcase_add_test(tc, finishes_a_step);
	tcase_add_test(tc, predicts_then_steps);
	tcase_add_test(tc, begins_a_step_anew);
	tcase_add_test(tc, coming_back_is_as_playing_anew);
	tcase_add_test(tc, takes_answers_without_a_word);
	tcase_add_test(tc, plays_freely_and_comes_back);
	tcase_add_test(tc, shows_a_step);
	tcase_add_test(tc, wraps_goals);
	tcase_add_test(tc, tells_what_is_wrong);
	tcase_add_test(tc, tells_the_way_back);
	tcase_add_test(tc, is_confined);
	tcase_add_test(tc, ends_by_budget);
	tcase_add_loop_test(tc, check_finds, 0, sizeof(unsound) / sizeof(unsound[0]));
	tcase_add_test(tc, check_passes);
	tcase_add_loop_test(tc, lint_finds, 0, sizeof(sloppy) / sizeof(sloppy[0]));
	tcase_add_test(tc, lint_cites_once);
	suite_add_tcase(suite, tc);
	return suite;
}
