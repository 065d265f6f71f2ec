/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/lesson_run.c: `smptutor lesson run` without a screen: a prompt, for scripts, dumb terminals and screen readers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "front/lesson.h"
#include "lesson/play_commands.h"

enum { TEXT_WIDTH = 80 };

static void put_prose(const struct prose *text)
{
	for (size_t i = 0; i < text->len; i++)
		puts(text->item[i].text);
}

/* The step, and how far it is. */
static void put_step(const struct tutor *tutor)
{
	struct prose text = VEC_INIT;

	printf("\n%s, step %zu of %zu: ", tutor->lesson->title, play_index(tutor->play) + 1, tutor->lesson->steps.len);
	play_text(tutor->play, TEXT_WIDTH, &text);
	put_prose(&text);
	prose_free(&text);
}

static void put_intro(const struct tutor *tutor)
{
	struct prose text = VEC_INIT;

	prose_add(&text, tutor->lesson->intro, TEXT_WIDTH);
	put_prose(&text);
	prose_free(&text);
}

static void put_question(const struct tutor *tutor)
{
	struct prose text = VEC_INIT;

	play_quiz_text(tutor->play, TEXT_WIDTH, &text);
	put_prose(&text);
	prose_free(&text);
}

static void put_status(const struct tutor *tutor)
{
	struct strbuf text = STRBUF_INIT;

	play_status(tutor->play, &text);
	printf("-- %s\n", strbuf_text(&text));
	strbuf_free(&text);
}

/* One line of the learner's; false when it ends the lesson. */
static bool do_line(struct tutor *tutor, const char *line)
{
	struct strbuf out = STRBUF_INIT;
	struct command_result result = play_execute(tutor->play, line, &out);

	fputs(strbuf_text(&out), stdout);
	strbuf_free(&out);
	if (result.status == COMMAND_QUIT)
		return false;
	if (result.status != COMMAND_OK)
		printf("%s\n", result.error.text);
	if (tutor_look(tutor)) {
		puts("** Goal reached.");
		put_question(tutor);
	}
	put_status(tutor);
	return true;
}

static bool is_on_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void prompt(const struct tutor *tutor)
{
	if (is_on_terminal())
		printf("%.2s> ", tutor->lesson->id);
	fflush(stdout);
}

static void converse(struct tutor *tutor)
{
	size_t size = 0;
	char *line = NULL;
	bool goes_on = true;

	while (goes_on) {
		prompt(tutor);
		if (getline(&line, &size, stdin) < 0) {
			/* C-d: the shell's prompt belongs on a line of its own. */
			fputs(is_on_terminal() ? "\n" : "", stdout);
			break;
		}
		line[strcspn(line, "\n")] = '\0';
		goes_on = do_line(tutor, line);
	}
	free(line);
}

int lesson_run(struct tutor *tutor, const char *name)
{
	struct error err = ERROR_NONE;

	if (!tutor_open(tutor, name, NULL, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (play_index(tutor->play) == 0)
		put_intro(tutor);
	put_step(tutor);
	tutor_look(tutor);
	put_status(tutor);
	converse(tutor);
	return EXIT_REACHED;
}
