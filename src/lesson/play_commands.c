/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/play_commands.c: hint, answer, lesson.
 */
#include "lesson/play_commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lesson/play.h"

enum { TEXT_WIDTH = 80 };

static bool do_hint(struct command_call *call)
{
	const char *hint = play_hint(call->ctx);

	if (!hint)
		return error_set(call->err, "hint: there is none left; 'lesson solution' shows the commands");
	prose_put_unwrapped(hint, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

/* Where the prompt begins with the word already, one may type it once more: "'answer ?' tells", the screen says. */
static bool do_answer(struct command_call *call)
{
	static const char word[] = "answer ";
	bool is_again = !strncmp(call->args, word, strlen(word));

	call->ran = true;
	return play_answer(call->ctx, call->args + (is_again ? strlen(word) : 0), call->out, call->err);
}

/* ---- lesson WORD ---- */

static bool put_text(struct command_call *call)
{
	struct prose text = VEC_INIT;

	play_text(call->ctx, TEXT_WIDTH, &text);
	for (size_t i = 0; i < text.len; i++)
		strbuf_printf(call->out, "%s\n", text.item[i].text);
	prose_free(&text);
	return true;
}

static bool begin(struct command_call *call, size_t index)
{
	call->ran = true;
	return play_begin(call->ctx, index, call->err) && put_text(call);
}

static bool do_next(struct command_call *call)
{
	const struct play *play = call->ctx;

	if (!play_is_step_done(play))
		return error_set(call->err, "lesson next: %s ('lesson skip' goes on all the same)",
				 play_is_reached(play) ? "first answer the question" : "the goal is not reached yet");
	if (play_is_last(play))
		return error_set(call->err, "lesson next: this was the last step; the lesson is done%s",
				 command_find(call->session, "open", NULL) ? " (:open begins the next one)" : "");
	return begin(call, play_index(play) + 1);
}

static bool do_skip(struct command_call *call)
{
	const struct play *play = call->ctx;

	if (play_is_last(play))
		return error_set(call->err, "lesson skip: this is the last step");
	return begin(call, play_index(play) + 1);
}

static bool do_back(struct command_call *call)
{
	size_t index = play_index(call->ctx);

	return index ? begin(call, index - 1) : error_set(call->err, "lesson back: this is the first step");
}

static bool do_again(struct command_call *call)
{
	return begin(call, play_index(call->ctx));
}

static bool do_free(struct command_call *call)
{
	play_set_free(call->ctx, true);
	strbuf_puts(call->out, "Free play: go where you like; 'lesson again' leads back to the step.\n");
	return true;
}

static bool do_solution(struct command_call *call)
{
	const struct lesson_block *solution = &play_step(call->ctx)->solution;

	for (size_t i = 0; i < solution->lines.len; i++)
		strbuf_printf(call->out, "%s\n", solution->lines.item[i].text);
	if (!solution->lines.len)
		strbuf_puts(call->out, "Nothing has to be done here.\n");
	return true;
}

static bool do_goal(struct command_call *call)
{
	const struct play *play = call->ctx;
	const struct goal *goal = play_goal(play);

	for (size_t i = 0; i < goal_count(goal); i++) {
		goal_explain(goal, call->session, i, call->out);
		strbuf_putc(call->out, '\n');
	}
	play_status(play, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

static const struct { const char *word; bool (*run)(struct command_call *call); } words[] = {
	{ "text", put_text }, { "goal", do_goal }, { "next", do_next }, { "back", do_back }, { "again", do_again },
	{ "skip", do_skip }, { "solution", do_solution }, { "free", do_free },
};

static bool do_lesson(struct command_call *call)
{
	if (!*call->args)
		return put_text(call);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].word, call->args))
			return words[i].run(call);
	return error_set(call->err, "lesson: text, goal, next, back, again, skip, solution or free, not '%s'",
			 call->args);
}

static const struct command items[] = {
	{ "hint", "", "one more hint for the step or the question", "They come weakest first.", COMPLETE_NONE, NULL,
	  do_hint, NULL },
	{ "answer", "VALUE", "answer the question that is open",
	  "A number, a symbol or an expression; the number of a choice; or words.  'answer ?' gives up and tells.",
	  COMPLETE_EXPR, NULL, do_answer, NULL },
	{ "lesson", "text|goal|next|back|again|skip|solution|free", "the step, and the way through the lesson",
	  "text shows the step, goal how far you are.  next goes on when the step is done, skip in any case, back to\n"
	  "the step before.  again begins the step anew, with the machine as it was then.  solution shows the\n"
	  "commands that do it.  free lets you go anywhere; again leads back.",
	  COMPLETE_WORD, "text goal next back again skip solution free", do_lesson, NULL },
};

const struct command_set play_commands = { "Lesson", items, sizeof(items) / sizeof(items[0]) };

void play_commands_add(struct play *play)
{
	command_add_set(play_session(play), &play_commands, play);
}

/* ---- answers without a word ---- */

/* Is LINE empty, a comment, or does it begin with a command? */
static bool is_command(const struct session *session, const char *line)
{
	size_t len = strcspn(line, " \t/;#");
	char *word = xstrndup(line, len);
	bool is = !len || command_find(session, word, NULL);

	free(word);
	return is;
}

/* Is the machine where nothing more will happen, and the goal of the step was not reached on the way? */
static bool is_too_far(const struct play *play)
{
	const struct session_stop *stop = session_stop(play_session(play));
	bool is_end = stop->why == STOPPED_IDLE || stop->why >= STOPPED_POWER_OFF;

	return is_end && !play_is_reached(play) && !play_is_free(play) &&
	       !goal_holds(play_goal(play), play_session(play));
}

/* What the run of LINE said, and, where a learner went past the goal, how to come back. */
static void add_way_back(const struct play *play, const char *line, struct strbuf *out)
{
	static const char way[] =
		"; the goal is not reached: if this is too far, 'lesson again' begins the step anew\n";
	char *word = xstrndup(line, strcspn(line, " \t"));
	const struct command *command = command_find(play_session(play), word, NULL);

	if ((!command || strcmp(command->name, "lesson")) && is_too_far(play)) {
		while (out->len && out->text[out->len - 1] == '\n')
			out->text[--out->len] = 0;
		strbuf_puts(out, way);
	}
	free(word);
}

static struct command_result execute(const struct play *play, const char *line, struct strbuf *out)
{
	struct session *session = play_session(play);
	struct command_result result, plain;
	struct strbuf answer = STRBUF_INIT;

	line += strspn(line, " \t");
	if (play_open_quiz(play) < 0 || is_command(session, line))
		return command_execute(session, line, out);
	strbuf_printf(&answer, "answer %s", line);
	result = command_execute(session, strbuf_text(&answer), out);
	strbuf_clear(&answer);
	if (result.status == COMMAND_ERROR) {
		plain = command_execute(session, line, out);
		strbuf_printf(&answer, "%s; and as an %s", plain.error.text, result.error.text);
		error_set(&result.error, "%s", strbuf_text(&answer));
	}
	strbuf_free(&answer);
	return result;
}

struct command_result play_execute(const struct play *play, const char *line, struct strbuf *out)
{
	struct command_result result = execute(play, line, out);

	if (result.ran && result.status == COMMAND_OK)
		add_way_back(play, line + strspn(line, " \t"), out);
	return result;
}
