/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lesson format: what a good lesson comes to, and what is said of each kind of bad one: file, line and word.
 */
#include "lesson/lesson.h"

#include <string.h>

#include "unit.h"

static const char good[] =
	"# 03 Out of the pen {#pen}\n"
	"board: psci-smc · cpus: 2 · shows: 1 2\n"
	"time: 10 min · needs: 02\n"
	"\n"
	"Why it matters.\n"
	"\n"
	"## Find the secondary {#find}\n"
	"CPU1 is *waiting*.\n"
	"\n"
	"```text\n"
	"# not a heading\n"
	"```\n"
	"```smp setup\n"
	"# a comment\n"
	"until cpu0.el == 2\n"
	"```\n"
	"```smp goal\n"
	"cpu1.sym == spin\n"
	"branch_table[1] == -1\n"
	"```\n"
	"> hint: weak\n"
	"\n"
	"> hint: strong,\n"
	"> in two lines\n"
	"```smp solution\n"
	"until cpu1.state == wfe\n"
	"```\n"
	"### quiz: A number?\n"
	"\n"
	"Look closely.\n"
	"```smp predict\n"
	"step\n"
	"```\n"
	"```smp answer\n"
	"cpu1.x0\n"
	"```\n"
	"> why: because\n"
	"### quiz: Which?\n"
	"- [ ] this\n"
	"- [x] that,\n"
	"  rather\n"
	"> hint: think\n"
	"### quiz: What is it called?\n"
	"> answer: the pen | spin\n"
	"> why: so\n"
	"### Aside\n"
	"More prose.\n"
	"## The end {#end}\n"
	"Nothing to do.\n";

static struct lesson *parsed(const char *text)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = lesson_parse(text, strlen(text), "dir/03-pen.md", &err);

	ck_assert_msg(lesson != NULL, "%s", err.text);
	return lesson;
}

START_TEST(reads_header)
{
	struct lesson *lesson = parsed(good);

	ck_assert_str_eq(lesson->id, "03-pen");
	ck_assert_str_eq(lesson->dir, "dir");
	ck_assert_str_eq(lesson->title, "03 Out of the pen");
	ck_assert_str_eq(lesson->anchor, "pen");
	ck_assert_str_eq(lesson->time, "10 min");
	ck_assert_str_eq(lesson->needs, "02");
	ck_assert_uint_eq(lesson->rows, 1u << 1 | 1u << 2);
	ck_assert_str_eq(lesson->machine.value[MACHINE_BOARD], "psci-smc");
	ck_assert_str_eq(lesson->machine.value[MACHINE_CPUS], "2");
	ck_assert_str_eq(lesson->intro, "Why it matters.");
	lesson_free(lesson);
}
END_TEST

START_TEST(reads_steps)
{
	struct lesson *lesson = parsed(good);
	const struct lesson_step *step = &lesson->steps.item[0];

	ck_assert_uint_eq(lesson->steps.len, 2);
	ck_assert_int_eq(lesson_find_step(lesson, "end"), 1);
	ck_assert_int_eq(lesson_find_step(lesson, "none"), -1);
	ck_assert_str_eq(step->title, "Find the secondary");
	ck_assert_uint_eq(step->number, 7);
	ck_assert_ptr_nonnull(strstr(step->prose, "# not a heading"));
	ck_assert_ptr_nonnull(strstr(step->prose, "More prose."));
	ck_assert_uint_eq(step->setup.lines.len, 1);
	ck_assert_uint_eq(step->setup.lines.item[0].number, 15);
	ck_assert_uint_eq(step->goal.lines.len, 2);
	ck_assert_str_eq(step->goal.lines.item[1].text, "branch_table[1] == -1");
	ck_assert_str_eq(step->solution.lines.item[0].text, "until cpu1.state == wfe");
	ck_assert_uint_eq(step->hints.len, 2);
	ck_assert_str_eq(step->hints.item[1], "strong,\nin two lines");
	lesson_free(lesson);
}
END_TEST

START_TEST(reads_quizzes)
{
	struct lesson *lesson = parsed(good);
	const struct lesson_step *step = &lesson->steps.item[0];

	ck_assert_uint_eq(step->quizzes.len, 3);
	ck_assert_int_eq(step->quizzes.item[0].kind, QUIZ_VALUE);
	ck_assert_str_eq(step->quizzes.item[0].prose, "Look closely.");
	ck_assert_str_eq(step->quizzes.item[0].predict.lines.item[0].text, "step");
	ck_assert_str_eq(step->quizzes.item[0].why, "because");
	ck_assert_int_eq(step->quizzes.item[1].kind, QUIZ_CHOICE);
	ck_assert_uint_eq(lesson_quiz_right(&step->quizzes.item[1]), 2);
	ck_assert_str_eq(step->quizzes.item[1].choices.item[1].text, "that, rather");
	ck_assert_str_eq(step->quizzes.item[1].hints.item[0], "think");
	ck_assert_int_eq(step->quizzes.item[2].kind, QUIZ_WORDS);
	ck_assert_str_eq(step->quizzes.item[2].words.item[0], "the pen");
	ck_assert_str_eq(step->quizzes.item[2].words.item[1], "spin");
	lesson_free(lesson);
}
END_TEST

#define HEAD "# T {#t}\ntime: 1 min\n\n"
#define STEP HEAD "## S {#s}\n"

/* A bad lesson, and what its error must contain. */
static const struct { const char *text, *where, *word; } bad[] = {
	{ "", "x.md:0:", "# Title {#anchor}" },
	{ "words\n", "x.md:1:", "'words'" },
	{ "# T\n", "x.md:1:", "no {#anchor}" },
	{ "# T {#T}\n", "x.md:1:", "'{#T}'" },
	{ "# T {#t} more\n", "x.md:1:", "'{#t} more'" },
	{ "# {#t}\n", "x.md:1:", "no title" },
	{ HEAD, "x.md:3:", "no steps" },
	{ "# T {#t}\nboard psci-smc\n", "x.md:2:", "'board psci-smc'" },
	{ "# T {#t}\ncolour: red\n", "x.md:2:", "'colour'" },
	{ "# T {#t}\ncpus: 65\n", "x.md:2:", "'65'" },
	{ "# T {#t}\ncpus: 2 · cpus: 3\n", "x.md:2:", "'cpus'" },
	{ "# T {#t}\nmemory: lots\n", "x.md:2:", "'lots'" },
	{ "# T {#t}\nshows: 25\n", "x.md:2:", "'25'" },
	{ "# T {#t}\ntime: 1 min\n\n# U {#u}\n", "x.md:4:", "'# U {#u}'" },
	{ STEP "## S {#s}\n", "x.md:5:", "anchor 's' is used twice" },
	{ STEP "## S\n", "x.md:5:", "no {#anchor}" },
	{ STEP "```smp gaol\n", "x.md:5:", "'smp gaol'" },
	{ HEAD "```smp goal\nt\n```\n", "x.md:4:", "before the first step" },
	{ STEP "```smp goal\n```\n", "x.md:6:", "empty block" },
	{ STEP "```smp goal\nt\n", "x.md:5:", "nothing ends" },
	{ STEP "```\ncode\n", "x.md:5:", "nothing ends" },
	{ STEP "```smp goal\nt\n```\n```smp goal\nt\n```\n", "x.md:8:", "'smp goal' is there twice" },
	{ STEP "```smp answer\nt\n```\n", "x.md:5:", "'smp answer'" },
	{ HEAD "> hint: h\n", "x.md:4:", "before the first step" },
	{ STEP "> hint:\n", "x.md:5:", "says nothing" },
	{ STEP "> why: w\n", "x.md:5:", "'> why:' belongs to a quiz" },
	{ HEAD "### quiz: Q?\n", "x.md:4:", "before the first step" },
	{ STEP "### quiz:\n", "x.md:5:", "without a question" },
	{ STEP "### quiz: Q?\n\n## T {#u}\n", "x.md:7:", "'Q?' has no answer" },
	{ STEP "### quiz: Q?\n- [x] a\n", "x.md:6:", "only one choice" },
	{ STEP "### quiz: Q?\n- [ ] a\n- [ ] b\n", "x.md:7:", "one choice marked [x]" },
	{ STEP "### quiz: Q?\n- [x] a\n- [x] b\n", "x.md:7:", "one choice marked [x]" },
	{ STEP "### quiz: Q?\n- [x] a\n- [ ] b\n> answer: a\n", "x.md:8:", "both" },
	{ STEP "### quiz: Q?\n```smp goal\nt\n```\n", "x.md:6:", "'smp goal'" },
	{ STEP "\033[2J\n", "x.md:5:", "control character" },
	{ STEP "\xff\n", "x.md:5:", "not UTF-8" },
};

START_TEST(says_what_is_wrong)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = lesson_parse(bad[_i].text, strlen(bad[_i].text), "x.md", &err);

	ck_assert_msg(!lesson, "taken for a lesson: %s", bad[_i].text);
	ck_assert_msg(!strncmp(err.text, bad[_i].where, strlen(bad[_i].where)), "%s: %s", bad[_i].where, err.text);
	ck_assert_msg(strstr(err.text, bad[_i].word) != NULL, "%s: %s", bad[_i].word, err.text);
}
END_TEST

START_TEST(refuses_zero_bytes)
{
	static const char text[] = HEAD "a\0b\n";
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(lesson_parse(text, sizeof(text) - 1, "x.md", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "x.md:4:"));
}
END_TEST

START_TEST(takes_line_ends_of_windows)
{
	struct lesson *lesson = parsed("# T {#t}\r\ntime: 1 min\r\n\r\n## S {#s}\r\ntext\r\n");

	ck_assert_str_eq(lesson->steps.item[0].prose, "text");
	lesson_free(lesson);
}
END_TEST

static struct lesson *translation(const char *text, struct error *err)
{
	return lesson_parse_translation(text, strlen(text), "03-pen.ko.md", err);
}

START_TEST(translates)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = parsed(good);
	struct lesson *words = translation("# 03 펜 {#pen}\n\n왜.\n\n## 찾기 {#find}\n기다린다.\n> hint: 약한\n"
					   "### quiz: 숫자?\n### quiz: 어느 것?\n- [ ] 이것\n- [x] 저것\n", &err);

	ck_assert_msg(words != NULL, "%s", err.text);
	ck_assert_msg(lesson_translate(lesson, words, &err), "%s", err.text);
	ck_assert_str_eq(lesson->title, "03 펜");
	ck_assert_str_eq(lesson->steps.item[0].title, "찾기");
	ck_assert_str_eq(lesson->steps.item[0].hints.item[0], "약한");
	ck_assert_str_eq(lesson->steps.item[0].hints.item[1], "strong,\nin two lines");
	ck_assert_str_eq(lesson->steps.item[0].quizzes.item[1].choices.item[1].text, "저것");
	ck_assert_str_eq(lesson->steps.item[1].title, "The end");
	lesson_free(words);
	lesson_free(lesson);
}
END_TEST

/* A translation that does not fit, and what is said of it. */
static const struct { const char *text, *word; } misfits[] = {
	{ "# T {#pen}\n\n## S {#find}\n```smp goal\nt\n```\n", "a translation has no smp blocks" },
	{ "# T {#pan}\n\n## S {#find}\nx\n", "{#pan}" },
	{ "# T {#pen}\n\n## S {#lost}\nx\n", "no step {#lost}" },
	{ "# T {#pen}\n\n## S {#end}\n> hint: h\n", "more hints" },
	{ "# T {#pen}\n\n## S {#end}\n### quiz: Q?\n", "more quizzes" },
	{ "# T {#pen}\n\n## S {#find}\n### quiz: Q?\n### quiz: R?\n- [x] a\n- [ ] b\n", "another choice" },
	{ "# T {#pen}\n\n## S {#find}\n### quiz: Q?\n### quiz: R?\n- [x] a\n- [ ] b\n- [ ] c\n", "3 choices" },
};

START_TEST(refuses_misfits)
{
	struct error err = ERROR_NONE;
	struct lesson *lesson = parsed(good);
	struct lesson *words = translation(misfits[_i].text, &err);

	ck_assert(!words || !lesson_translate(lesson, words, &err));
	ck_assert_msg(strstr(err.text, misfits[_i].word) != NULL, "%s: %s", misfits[_i].word, err.text);
	lesson_free(words);
	lesson_free(lesson);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("lesson/lesson_parse");
	TCase *tc = tcase_create("parse");

	tcase_add_test(tc, reads_header);
	tcase_add_test(tc, reads_steps);
	tcase_add_test(tc, reads_quizzes);
	tcase_add_loop_test(tc, says_what_is_wrong, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(tc, refuses_zero_bytes);
	tcase_add_test(tc, takes_line_ends_of_windows);
	tcase_add_test(tc, translates);
	tcase_add_loop_test(tc, refuses_misfits, 0, sizeof(misfits) / sizeof(misfits[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
