/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the lesson layer does with text: prose wrapped to a width, differences, reports, progress, names of lessons.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "lesson/course.h"
#include "lesson/difference.h"
#include "lesson/progress.h"
#include "lesson/prose.h"
#include "lesson/report.h"
#include "unit.h"

/* Markdown, a width, and the lines that come of it, joined by '|'. */
static const struct { const char *markdown; unsigned width; const char *lines; } proses[] = {
	{ "one two\nthree", 40, "one two three" },
	{ "one two three four five six", 20, "one two three four|five six" },
	{ "one\n\ntwo", 40, "one||two" },
	{ "# Title\ntext", 40, "Title|text" },
	{ "- one two three four five\n- six", 20, "- one two three four|  five|- six" },
	{ "1. one\n2. two", 40, "1. one|2. two" },
	{ "> quoted\n> more", 40, "quoted more" },
	{ "```\nas  it is\n```\nafter", 40, "    as  it is|after" },
	{ "```\n1:\twfe\t\tsleep\n\tb\t1b\n```\n", 40, "    1:  wfe             sleep|        b       1b" },
	{ "```\n1:\twfe\t\tsleep\n\tb\t1b\n```\n", 20, "    1:  wfe  sleep|        b       1b" },
	{ "`code` and **strong** and *soft* and [a link](to.md)", 60, "code and strong and soft and a link" },
	{ "a * b and 2 * 3", 40, "a * b and 2 * 3" },
	{ "| a | b |\n|---|---|", 20, "| a | b |||---|---|" },
	{ "averyveryverylongwordthatdoesnotfit x", 20, "averyveryverylongwordthatdoesnotfit|x" },
	{ "이것은 한국어 문장이다", 20, "이것은 한국어|문장이다" },
	{ "这是一个没有空格的很长的中文句子", 20, "这是一个没有空格的很|长的中文句子" },
	{ "中文的一行\n和下一行，\nCPU 与\n行", 40, "中文的一行和下一行，CPU 与行" },
	{ "한국어 한\n줄", 40, "한국어 한 줄" },
	{ "", 40, "" },
};

START_TEST(wraps_prose)
{
	struct prose prose = VEC_INIT;
	struct strbuf joined = STRBUF_INIT;

	prose_add(&prose, proses[_i].markdown, proses[_i].width);
	for (size_t i = 0; i < prose.len; i++) {
		strbuf_printf(&joined, "%s%s", i ? "|" : "", prose.item[i].text);
		ck_assert_uint_eq(strlen(prose.item[i].text), strlen(prose.item[i].style));
	}
	ck_assert_str_eq(strbuf_text(&joined), proses[_i].lines);
	strbuf_free(&joined);
	prose_free(&prose);
}
END_TEST

START_TEST(styles_prose)
{
	struct prose prose = VEC_INIT;

	prose_add(&prose, "a `b` **c**", 40);
	ck_assert_str_eq(prose.item[0].text, "a b c");
	ck_assert_str_eq(prose.item[0].style, "  c s");
	prose_free(&prose);
}
END_TEST

START_TEST(counts_columns)
{
	ck_assert_uint_eq(prose_columns("abc", 3), 3);
	ck_assert_uint_eq(prose_columns("中文", strlen("中文")), 4);
	ck_assert_uint_eq(prose_columns("e\xcc\x81", 3), 1);
}
END_TEST

static const struct { const char *a, *b, *difference; } differences[] = {
	{ "a\nb\n", "a\nc\n", " a\n-b\n+c\n" },
	{ "a\n", "a\nb\n", " a\n+b\n" },
	{ "a\nb\n", "b\n", "-a\n b\n" },
	{ "", "a\n", "+a\n" },
	{ "1\n2\n3\n4\n5\nx\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\ny\n6\n7\n8\n9\n", " 3\n 4\n 5\n-x\n+y\n 6\n 7\n 8\n" },
};

START_TEST(shows_differences)
{
	struct strbuf out = STRBUF_INIT;

	difference_print(differences[_i].a, differences[_i].b, &out);
	ck_assert_str_eq(strbuf_text(&out), differences[_i].difference);
	strbuf_free(&out);
}
END_TEST

START_TEST(reports_travel_as_text)
{
	struct report report = VEC_INIT, copy = VEC_INIT;
	struct strbuf text = STRBUF_INIT;

	report_add(&report, VERDICT_PASS, "find", "");
	report_fail(&report, "open", "expected: %d\ngot: %d", 1, 2);
	report_add(&report, VERDICT_SKIP, "late", "no kernel");
	report_write(&report, &text);
	ck_assert(report_read(&copy, strbuf_text(&text)));
	ck_assert_uint_eq(copy.len, 3);
	ck_assert_str_eq(copy.item[1].name, "open");
	ck_assert_str_eq(copy.item[1].detail, "expected: 1\ngot: 2");
	ck_assert_uint_eq(report_count(&copy, VERDICT_SKIP), 1);
	report_free(&copy);
	text.text[text.len - 4] = '\0';
	ck_assert(!report_read(&copy, strbuf_text(&text)));
	report_free(&copy);
	report_free(&report);
	strbuf_free(&text);
}
END_TEST

static const char lesson_text[] = "# T {#t}\ntime: 1 min\n\n## A {#a}\nx\n## B {#b}\nx\n";

START_TEST(keeps_progress)
{
	struct progress progress = VEC_INIT;
	struct error err = ERROR_NONE;
	struct lesson *lesson = lesson_parse(lesson_text, strlen(lesson_text), "t.md", &err);
	char path[] = "progressXXXXXX";

	close(mkstemp(path));
	unlink(path);
	ck_assert(progress_load(&progress, path, &err));
	ck_assert_uint_eq(progress_at(&progress, "t", lesson), 0);
	progress_set_done(&progress, "t", "a");
	progress_set_at(&progress, "t", "a");
	progress_set_at(&progress, "t", "b");
	ck_assert_msg(progress_save(&progress, path, &err), "%s", err.text);
	progress_free(&progress);
	ck_assert_msg(progress_load(&progress, path, &err), "%s", err.text);
	ck_assert_uint_eq(progress_count(&progress, "t", lesson), 1);
	ck_assert(progress_is_done(&progress, "t", "a"));
	ck_assert_uint_eq(progress_at(&progress, "t", lesson), 1);
	progress_forget(&progress, "t");
	ck_assert_uint_eq(progress.len, 0);
	progress_free(&progress);
	lesson_free(lesson);
	unlink(path);
}
END_TEST

START_TEST(refuses_other_files_as_progress)
{
	struct progress progress = VEC_INIT;
	struct error err = ERROR_NONE;
	char path[] = "progressXXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_eq(write(fd, "done a b\nhello\n", 15), 15);
	close(fd);
	ck_assert(!progress_load(&progress, path, &err));
	ck_assert_ptr_nonnull(strstr(err.text, ":2:"));
	progress_free(&progress);
	unlink(path);
}
END_TEST

static void make_file(const char *dir, const char *name)
{
	char path[100];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs("x\n", file);
	fclose(file);
}

static const struct { const char *name, *id; } names[] = {
	{ "00-tour", "00-tour" }, { "0", "00-tour" }, { "02", "02-pen" }, { "2", "02-pen" }, { "pen", "02-pen" },
	{ "zoo/2", "zoo/02-pen" }, { "zoo/02-pen", "zoo/02-pen" }, { "7", NULL }, { "", NULL }, { "README", NULL },
};

START_TEST(finds_lessons)
{
	static const char *const files[] = {
		"02-pen.md", "00-tour.md", "02-pen.ko.md", "README.md", "zoo/02-pen.md", "zoo/10-late.md",
	};
	struct course course = VEC_INIT;
	struct error err = ERROR_NONE;
	char dir[] = "courseXXXXXX", command[40];

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(command, sizeof(command), "%s/zoo", dir);
	ck_assert_int_eq(mkdir(command, 0700), 0);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		make_file(dir, files[i]);
	ck_assert_msg(course_load(&course, dir, &err), "%s", err.text);
	ck_assert_uint_eq(course.len, 4);
	ck_assert_str_eq(course.item[0].id, "00-tour");
	ck_assert_str_eq(course.item[3].id, "zoo/10-late");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct course_entry *entry = course_find(&course, names[i].name, &err);

		ck_assert_msg(!entry == !names[i].id, "%s", names[i].name);
		if (entry)
			ck_assert_str_eq(entry->id, names[i].id);
	}
	course_free(&course);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("lesson/text");
	TCase *tc = tcase_create("text");

	tcase_add_loop_test(tc, wraps_prose, 0, sizeof(proses) / sizeof(proses[0]));
	tcase_add_test(tc, styles_prose);
	tcase_add_test(tc, counts_columns);
	tcase_add_loop_test(tc, shows_differences, 0, sizeof(differences) / sizeof(differences[0]));
	tcase_add_test(tc, reports_travel_as_text);
	tcase_add_test(tc, keeps_progress);
	tcase_add_test(tc, refuses_other_files_as_progress);
	tcase_add_test(tc, finds_lessons);
	suite_add_tcase(suite, tc);
	return suite;
}
