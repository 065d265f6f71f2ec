/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/lesson.c: `smptutor lesson`: list, show, run, check, lint, new.
 */
#include "front/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "lesson/lint.h"
#include "lesson/prose.h"

enum { TEXT_WIDTH = 80 };

#define LACKS_LINUX " (a kernel has to be fetched first)"

/* ---- options ---- */

OPTION_TEXT(set_language, struct lesson_options, language)

static bool set_step(void *to, const char *value, struct error *err)
{
	(void)err;
	((struct lesson_options *)to)->step = *value == '#' ? value + 1 : value;
	return true;
}

OPTION_FLAG(set_restart, struct lesson_options, is_restart)
OPTION_FLAG(set_plain, struct lesson_options, is_plain)

static const struct option_row rows[] = {
	{ 0, "lang", "LANG", "zh or ko: the translation, where there is one (default: what LANG says)", set_language },
	{ 0, "step", "ANCHOR", "run: begin at this step", set_step },
	{ 0, "restart", NULL, "run: forget the progress in this lesson", set_restart },
	{ 0, "plain", NULL, "run: a prompt instead of the full screen, on a terminal too", set_plain },
};

static const struct option_table lesson_option_table = { "Lesson", rows, sizeof(rows) / sizeof(rows[0]) };

/* The two letters of the learner's language. */
static const char *language_of(const struct lesson_options *options, char *buffer)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value = options->language;

	for (size_t i = 0; !value && i < 3; i++) {
		value = getenv(variables[i]);
		if (value && !*value)
			value = NULL;
	}
	snprintf(buffer, 3, "%s", value ? value : "");
	return strcmp(buffer, "zh") && strcmp(buffer, "ko") ? NULL : buffer;
}

/* ---- list, show ---- */

static int list(const struct tutor *tutor)
{
	struct error err = ERROR_NONE;

	printf("%-28s %s %5s  %-7s %s\n", "LESSON", "    ", "STEPS", "TIME", "TITLE");
	for (size_t i = 0; i < tutor->course.len; i++) {
		const struct course_entry *entry = &tutor->course.item[i];
		struct lesson *lesson = tutor_load(tutor, entry->path, &err);
		size_t done;

		if (!lesson)
			return subcommand_fail(&err, EXIT_USAGE);
		done = tutor_steps_done(tutor, entry->id, lesson);
		printf("%-28s %s %2zu/%-2zu  %-7s %s%s\n", entry->id,
		       done == lesson->steps.len ? "done"
		       : done			 ? "... "
						 : "    ",
		       done, lesson->steps.len, lesson->time, lesson->title,
		       machine_line_lacks_linux(&lesson->machine, &tutor->machine.places, NULL) ? LACKS_LINUX : "");
		lesson_free(lesson);
	}
	return EXIT_REACHED;
}

static void show_quiz(const struct lesson_quiz *quiz, struct prose *text)
{
	struct strbuf markdown = STRBUF_INIT;

	strbuf_printf(&markdown, "\n**Question:** %s\n", quiz->question);
	if (*quiz->prose)
		strbuf_printf(&markdown, "\n%s\n", quiz->prose);
	for (size_t i = 0; i < quiz->choices.len; i++)
		strbuf_printf(&markdown, "%zu. %s\n", i + 1, quiz->choices.item[i].text);
	prose_add(text, strbuf_text(&markdown), TEXT_WIDTH);
	strbuf_free(&markdown);
}

static void show_step(const struct lesson_step *step, struct prose *text)
{
	struct strbuf markdown = STRBUF_INIT;

	strbuf_printf(&markdown, "\n## %s {#%s}\n\n%s\n", step->title, step->anchor, step->prose);
	prose_add(text, strbuf_text(&markdown), TEXT_WIDTH);
	for (size_t i = 0; i < step->goal.lines.len; i++) {
		strbuf_clear(&markdown);
		strbuf_printf(&markdown, "    goal: %s", step->goal.lines.item[i].text);
		prose_add_line(text, strbuf_text(&markdown), PROSE_CODE);
	}
	for (size_t i = 0; i < step->quizzes.len; i++)
		show_quiz(&step->quizzes.item[i], text);
	strbuf_free(&markdown);
}

static int show(const struct tutor *tutor, const char *name)
{
	struct error err = ERROR_NONE;
	char *path = tutor_find(tutor, name, NULL, &err);
	struct lesson *lesson = path ? tutor_load(tutor, path, &err) : NULL;
	struct prose text = VEC_INIT;

	free(path);
	if (!lesson)
		return subcommand_fail(&err, EXIT_USAGE);
	prose_add_line(&text, lesson->title, PROSE_HEADING);
	prose_add_line(&text, "", PROSE_PLAIN);
	prose_add(&text, lesson->intro, TEXT_WIDTH);
	for (size_t i = 0; i < lesson->steps.len; i++)
		show_step(&lesson->steps.item[i], &text);
	for (size_t i = 0; i < text.len; i++)
		puts(text.item[i].text);
	prose_free(&text);
	lesson_free(lesson);
	return EXIT_REACHED;
}

/* ---- check, lint ---- */

/* The lessons NAMES, all when there are none. */
static bool collect(const struct tutor *tutor, int count, char **names, struct test_files *files, struct error *err)
{
	for (int i = 0; i < count; i++) {
		char *path = tutor_find(tutor, names[i], NULL, err);

		if (!path)
			return false;
		vec_add(files, path);
	}
	for (size_t i = 0; !count && i < tutor->course.len; i++)
		vec_add(files, xstrdup(tutor->course.item[i].path));
	return true;
}

static int check(const struct tutor *tutor, int count, char **names, const struct lesson_options *options)
{
	struct test_files files = VEC_INIT;
	struct error err = ERROR_NONE;
	int code;

	if (collect(tutor, count, names, &files, &err))
		code = test_run(&files, &options->test, &tutor->machine.places);
	else
		code = subcommand_fail(&err, EXIT_USAGE);
	test_files_free(&files);
	return code;
}

static void put_findings(const struct report *report)
{
	for (size_t i = 0; i < report->len; i++)
		if (report->item[i].verdict == VERDICT_FAIL)
			printf("%s: %s\n", report->item[i].name, report->item[i].detail);
}

static int lint(const struct tutor *tutor, int count, char **names)
{
	struct test_files files = VEC_INIT;
	struct report report = VEC_INIT;
	struct error err = ERROR_NONE;
	bool ok = collect(tutor, count, names, &files, &err);
	size_t failed;

	for (size_t i = 0; ok && i < files.len; i++)
		lint_lesson(files.item[i], &tutor->course, &tutor->machine.places, &report);
	if (ok && !count)
		lint_course(&tutor->course, &report);
	put_findings(&report);
	failed = report_count(&report, VERDICT_FAIL);
	if (ok)
		printf("%zu lesson%s, %zu finding%s\n", files.len, files.len == 1 ? "" : "s", failed,
		       failed == 1 ? "" : "s");
	test_files_free(&files);
	report_free(&report);
	if (!ok)
		return subcommand_fail(&err, EXIT_USAGE);
	return failed ? EXIT_FAILED : EXIT_REACHED;
}

/* ---- run ---- */

/* Let the lesson begin where the options want it. */
static bool choose_start(struct tutor *tutor, const char *name, const struct lesson_options *options, struct error *err)
{
	char *id = NULL, *path = tutor_find(tutor, name, &id, err);
	struct lesson *lesson = path ? lesson_load(path, err) : NULL;
	bool ok = lesson;

	if (ok && options->is_restart)
		progress_forget(&tutor->progress, id);
	if (ok && options->step && lesson_find_step(lesson, options->step) < 0)
		ok = error_set(err, "%s: no step {#%s}", path, options->step);
	else if (ok && options->step)
		progress_set_at(&tutor->progress, id, options->step);
	if (ok && (options->is_restart || options->step))
		tutor_save(tutor);
	lesson_free(lesson);
	free(path);
	free(id);
	return ok;
}

/* The full screen, when this program has one and there is a terminal for it. */
static const struct subcommand *find_screen(const struct program *program, const struct lesson_options *options)
{
	if (options->is_plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return NULL;
	for (size_t i = 0; program->subcommands[i]; i++)
		if (!strcmp(program->subcommands[i]->name, "tui"))
			return program->subcommands[i];
	return NULL;
}

static int run(const struct program *program, struct tutor *tutor, const char *name,
	       const struct lesson_options *options)
{
	const struct subcommand *screen = find_screen(program, options);
	char tui[] = "tui", option[] = "--lesson", *copy;
	struct error err = ERROR_NONE;
	int code;

	if (!choose_start(tutor, name, options, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (!screen)
		return lesson_run(tutor, name);
	copy = xstrdup(name);
	code = screen->main(program, 3, (char *[]){ tui, option, copy, NULL });
	free(copy);
	return code;
}

/* ---- the subcommand ---- */

/* What a call of the subcommand came with. */
struct lesson_call {
	const struct program *program;
	struct tutor tutor;
	struct lesson_options options;
	int count;
	char **words;			/* COUNT: the first says what to do */
};

static int with_name(struct lesson_call *call)
{
	struct error err = ERROR_NONE;

	if (call->count != 2) {
		error_set(&err, "lesson %s: wants the name of one lesson ('smptutor lesson list')", call->words[0]);
		return subcommand_fail(&err, EXIT_USAGE);
	}
	if (!strcmp(call->words[0], "show"))
		return show(&call->tutor, call->words[1]);
	return run(call->program, &call->tutor, call->words[1], &call->options);
}

static int with_tutor(struct lesson_call *call)
{
	const char *word = call->words[0];

	if (!strcmp(word, "list"))
		return list(&call->tutor);
	if (!strcmp(word, "check"))
		return check(&call->tutor, call->count - 1, call->words + 1, &call->options);
	if (!strcmp(word, "lint"))
		return lint(&call->tutor, call->count - 1, call->words + 1);
	return with_name(call);
}

static bool is_word(const char *word)
{
	static const char *const words[] = { "list", "show", "run", "check", "lint", "new" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], word))
			return true;
	return false;
}

static int lesson_main(const struct program *program, int argc, char **argv)
{
	struct lesson_call call = { .program = program, .words = argv + 1 };
	const struct option_target targets[] = {
		{ &lesson_option_table, &call.options }, { &test_option_table, &call.options.test }, { NULL, NULL },
	};
	struct error err = ERROR_NONE;
	char language[3];
	int code;

	if (!subcommand_begin(&subcommand_lesson, argc, argv, targets, &call.count, &code))
		return code;
	if (call.count && !strcmp(argv[1], "new") && call.count != 2) {
		error_set(&err, "lesson new: wants the name of one lesson, of which NAME.md will be made");
		return subcommand_fail(&err, EXIT_USAGE);
	}
	if (!call.count || !is_word(argv[1])) {
		error_set(&err, "lesson: list, show NAME, run NAME, check [NAME ...], lint [NAME ...] or new NAME%s%s",
			  call.count ? ", not " : "", call.count ? argv[1] : "");
		return subcommand_fail(&err, EXIT_USAGE);
	}
	if (!strcmp(argv[1], "new"))
		return lesson_new(argv[2]);
	if (!tutor_init(&call.tutor, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	call.tutor.language = language_of(&call.options, language);
	code = with_tutor(&call);
	tutor_free(&call.tutor);
	return code;
}

static const struct option_table *const tables[] = { &lesson_option_table, &test_option_table, NULL };

const struct subcommand subcommand_lesson = {
	"lesson", "list | show NAME | run NAME | check [NAME|FILE ...] | lint [NAME|FILE ...] | new NAME",
	"the course: list it, read, play or prove a lesson, write one",
	"NAME is 02, the-pen or 02-the-pen, zoo/03 for the bug zoo, or the file of a lesson of one's own.\n"
	"check plays every solution: each goal must be false before and true after.  lint looks for unknown symbols,\n"
	"anchors and commands, goals out of reach, missing hints.  Both exit with 1 when they found something.\n",
	tables, lesson_main,
};
