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

/* A lesson on a terminal of lines; SAID: what was last said of how far the learner is. */
struct conversation {
	struct tutor *tutor;
	struct strbuf said;
};

/* Say how far the learner is, when that is news; IS_SHOWN: the text just above has the goal, or the question. */
static void put_status(struct conversation *c, bool is_shown)
{
	struct strbuf text = STRBUF_INIT;

	play_status(c->tutor->play, &text);
	is_shown = is_shown && (!strncmp(strbuf_text(&text), "goal:", 5) || !strncmp(strbuf_text(&text), "question:", 9));
	if (!is_shown && strcmp(strbuf_text(&text), strbuf_text(&c->said)))
		printf("-- %s\n", strbuf_text(&text));
	strbuf_free(&c->said);
	c->said = text;
}

/* One line of the learner's; false when it ends the lesson. */
static bool do_line(struct conversation *c, const char *line)
{
	struct tutor *tutor = c->tutor;
	struct strbuf out = STRBUF_INIT;
	size_t step = play_index(tutor->play);
	struct command_result result = play_execute(tutor->play, line, &out);
	bool is_reached;

	fputs(strbuf_text(&out), stdout);
	strbuf_free(&out);
	if (result.status == COMMAND_QUIT)
		return false;
	if (result.status != COMMAND_OK)
		printf("%s\n", result.error.text);
	is_reached = tutor_look(tutor);
	if (is_reached) {
		puts("** Goal reached.");
		put_question(tutor);
	}
	put_status(c, is_reached || play_index(tutor->play) != step);
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

static void converse(struct conversation *c)
{
	size_t size = 0;
	char *line = NULL;
	bool goes_on = true;

	while (goes_on) {
		prompt(c->tutor);
		if (getline(&line, &size, stdin) < 0) {
			/* C-d: the shell's prompt belongs on a line of its own. */
			fputs(is_on_terminal() ? "\n" : "", stdout);
			break;
		}
		line[strcspn(line, "\n")] = '\0';
		goes_on = do_line(c, line);
	}
	free(line);
}

int lesson_run(struct tutor *tutor, const char *name)
{
	struct conversation conversation = { .tutor = tutor };
	struct error err = ERROR_NONE;

	if (!tutor_open(tutor, name, NULL, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (play_index(tutor->play) == 0)
		put_intro(tutor);
	put_step(tutor);
	tutor_look(tutor);
	put_status(&conversation, true);
	converse(&conversation);
	strbuf_free(&conversation.said);
	return EXIT_REACHED;
}
