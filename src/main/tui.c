/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main/tui.c: `smptutor tui`.
 *
 * Without a lesson the screen shows the machine that the options ask for, and (started without anything) the list of
 * lessons beside it.  Opening a lesson ends that screen and begins another one on the lesson's own machine.
 */
#include "main/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "front/machine_options.h"
#include "front/rc.h"
#include "front/recorded.h"
#include "front/tutor.h"
#include "service/file.h"
#include "session/command.h"
#include "ui/app.h"
#include "ui/tui.h"

enum { SCRIPT_MAX = 1 << 20 };

/* What was asked for, and what is open. */
struct screen {
	struct machine_options machine;
	struct tui_options options;
	struct rc rc;
	const char *script, *lesson, *record;	/* of the options; NULL: none */
	struct tutor tutor;
	bool has_tutor;
	struct app *known;		/* the application that was told of the lesson */
	bool has_notes;			/* there is something odd about the machine that is shown */
	struct strbuf list;
	struct lesson_text text;
	char *wish;			/* lesson to open next; NULL: leave */
};

/* ---- options ---- */

OPTION_TEXT(set_script, struct screen, script)
OPTION_TEXT(set_lesson, struct screen, lesson)
OPTION_TEXT(set_record, struct screen, record)
OPTION_FLAG(set_ascii, struct screen, options.term.is_ascii)
OPTION_FLAG(set_no_mouse, struct screen, options.term.has_no_mouse)

static bool set_color(void *to, const char *value, struct error *err)
{
	bool *has_no_color = &((struct screen *)to)->options.term.has_no_color;

	*has_no_color = !strcmp(value, "never");
	return *has_no_color || !strcmp(value, "auto") || !strcmp(value, "always") ||
	       error_set(err, "'%s' is none of auto, always and never", value);
}

static const struct option_row rows[] = {
	{ 'x', "script", "FILE", "first run the commands in FILE, one a line", set_script },
	{ 0, "lesson", "NAME", "open this lesson; its machine is its own", set_lesson },
	{ 0, "record", "FILE", "write down what is done, to do it again (smptutor replay FILE)", set_record },
	{ 0, "ascii", NULL, "draw lines and arrows with plain characters", set_ascii },
	{ 0, "no-mouse", NULL, "leave the mouse to the terminal", set_no_mouse },
	{ 0, "color", "WHEN", "auto (default; NO_COLOR is honoured), always or never", set_color },
};

static const struct option_table screen_option_table = { "Screen", rows, sizeof(rows) / sizeof(rows[0]) };

/* ---- lessons ---- */

/* Could the lesson NAME be begun?  What it lacks must be said here, while there is still a screen. */
static bool can_open(const struct tutor *tutor, const char *name, struct error *err)
{
	char *path = tutor_find(tutor, name, NULL, err);
	struct lesson *lesson = path ? tutor_load(tutor, path, err) : NULL;
	bool ok = lesson && !machine_line_lacks_linux(&lesson->machine, &tutor->machine.places, err);

	lesson_free(lesson);
	free(path);
	return ok;
}

/* The lesson behind the one that is open, the first when none is; NULL with ERR when there is none. */
static const char *next_lesson(const struct tutor *tutor, struct error *err)
{
	const struct course *course = &tutor->course;
	size_t next = 0;

	if (tutor->play) {
		while (next < course->len && strcmp(course->item[next].id, tutor->id))
			next++;
		next++;
	}
	if (next < course->len)
		return course->item[next].id;
	return error_null(err, "open: which lesson? none follows this one");
}

static bool do_open(struct command_call *call)
{
	struct screen *screen = call->ctx;
	const char *name = call->args;

	if (!screen->has_tutor)
		return error_set(call->err, "open: the lessons are nowhere");
	if (!*name)
		name = next_lesson(&screen->tutor, call->err);
	if (!name || !can_open(&screen->tutor, name, call->err))
		return false;
	free(screen->wish);
	screen->wish = xstrdup(name);
	call->quit = true;
	return true;
}

static const struct command commands[] = {
	{ "open", "[LESSON]", "begin a lesson, on its own machine",
	  "By its number, its name, or the file it is in; without, the one that follows.\n",
	  COMPLETE_NONE, NULL, do_open, NULL },
};

static const struct command_set command_set = { "Lessons", commands, 1 };

/* The lessons, a line each, as Markdown code: as it stands. */
static void list_lessons(struct screen *screen)
{
	struct tutor *tutor = &screen->tutor;

	strbuf_puts(&screen->list,
		    "Choose a lesson with Down and Enter. Or look around on the machine beside: Tab goes "
		    "there and back.\n\n```\n");
	for (size_t i = 0; i < tutor->course.len; i++) {
		const struct course_entry *entry = &tutor->course.item[i];
		struct lesson *lesson = tutor_load(tutor, entry->path, NULL);
		size_t done = lesson ? tutor_steps_done(tutor, entry->id, lesson) : 0;
		const char *state = done ? "begun" : "";

		if (lesson && done == lesson->steps.len)
			state = "done";
		else if (lesson && machine_line_lacks_linux(&lesson->machine, &tutor->machine.places, NULL))
			state = "needs a kernel";
		if (lesson)
			strbuf_printf(&screen->list, "%-22s %s\n", entry->id, state);
		lesson_free(lesson);
	}
	strbuf_puts(&screen->list, "```\n");
	screen->text = (struct lesson_text){ "choose one", strbuf_text(&screen->list) };
}

/* After each key: the lesson looks for its goal. */
static void attend(void *ctx, struct app *app)
{
	struct screen *screen = ctx;
	struct play *play = screen->has_tutor ? screen->tutor.play : NULL;

	if (screen->known != app) {
		screen->known = app;
		app_set_play(app, play);
		app_set_lesson(app, screen->text.text ? &screen->text : NULL);
		if (play || screen->text.text)
			app_command(app, "view lesson");
		/* In a lesson its goal stands there. */
		app_set_message(app, play ? "" :
				screen->text.text ? "Enter opens a lesson. Or press m, and watch the machine boot." :
				"All CPUs stand at reset. The keys below lead on; ? explains all of them.");
		if (screen->has_notes)
			app_command(app, "info notes");
	}
	if (play && tutor_look(&screen->tutor))
		app_set_message(app, play_open_quiz(play) >= 0 ? "Goal reached. Now a question: a answers it." :
				play_is_last(play) ? "Goal reached. The lesson is done; :open begins the next one." :
				"Goal reached. ] goes on to the next step.");
}

/* ---- running ---- */

/* The screen on SESSION, until a lesson is wished for or the person leaves. */
static bool show(struct screen *screen, struct session *session, struct error *err)
{
	screen->known = NULL;
	/* A lesson's machine may be broken on purpose. */
	screen->has_notes = !screen->tutor.play && session_loaded(session)->notes.len;
	command_add_set(session, &command_set, screen);
	return tui_main(session, &screen->options, err);
}

static bool show_machine(struct screen *screen, struct error *err)
{
	char *text = NULL;
	struct session *session;
	bool ok;

	if (screen->script) {
		text = file_read_text(screen->script, SCRIPT_MAX, err);
		if (!text)
			return false;
	}
	screen->options.script = text;
	screen->options.script_name = screen->script;
	screen->machine.config.keep_history = true;
	session = session_new(&screen->machine.config, err);
	ok = session && recorded_begin(session, screen->record, err);
	if (ok)
		session_start(session);
	ok = ok && show(screen, session, err) && recorded_end(session, screen->record, err);
	session_free(session);
	screen->options.script = NULL;
	free(text);
	return ok;
}

static bool show_lesson(struct screen *screen, struct error *err)
{
	char *name = screen->wish;
	bool ok;

	screen->wish = NULL;
	screen->text.text = NULL;
	ok = tutor_open(&screen->tutor, name, NULL, err) && show(screen, play_session(screen->tutor.play), err);
	free(name);
	return ok;
}

static bool run(struct screen *screen, bool is_plain, struct error *err)
{
	struct error own = ERROR_NONE;
	bool ok = true;

	screen->has_tutor = tutor_init(&screen->tutor, &own);
	if (screen->lesson && !screen->has_tutor)
		return error_set(err, "%s", own.text);
	if (screen->has_tutor && is_plain)
		list_lessons(screen);
	if (screen->lesson)
		screen->wish = xstrdup(screen->lesson);
	else
		ok = show_machine(screen, err);
	while (ok && screen->wish)
		ok = show_lesson(screen, err);
	return ok;
}

static void release(struct screen *screen)
{
	if (screen->has_tutor)
		tutor_free(&screen->tutor);
	machine_options_free(&screen->machine);
	rc_free(&screen->rc);
	strbuf_free(&screen->list);
	free(screen->wish);
}

static int tui_subcommand(const struct program *program, int argc, char **argv)
{
	struct screen screen = { .list = STRBUF_INIT };
	const struct option_target targets[] = {
		{ &machine_option_table, &screen.machine }, { &screen_option_table, &screen }, { NULL, NULL },
	};
	struct error err = ERROR_NONE;
	int rest, code = EXIT_REACHED;

	(void)program;
	if (!machine_options_init(&screen.machine, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (!subcommand_begin(&subcommand_tui, argc, argv, targets, &rest, &code)) {
		release(&screen);
		return code;
	}
	screen.options.attend = attend;
	screen.options.ctx = &screen;
	if (!rc_load(&screen.rc, &err)) {
		release(&screen);
		return subcommand_fail(&err, EXIT_USAGE);
	}
	screen.options.settings = screen.rc.text;
	screen.options.settings_name = screen.rc.path;
	if (screen.machine.wants_board_list) {
		code = machine_options_print_boards(&screen.machine);
		release(&screen);
		return code;
	}
	if (rest)
		error_set(&err, "tui: '%s' is no option (a board is -b NAME, a lesson --lesson NAME)", argv[1]);
	if (rest || !run(&screen, argc == 1, &err))
		code = subcommand_fail(&err, EXIT_USAGE);
	release(&screen);
	return code;
}

static const struct option_table *const tables[] = { &machine_option_table, &screen_option_table, NULL };

const struct subcommand subcommand_tui = {
	"tui",
	"[MACHINE] [SCREEN]",
	"the full screen: all CPUs at once, every step one key away",
	"? explains the keys of the pane that has the focus; 'smptutor help keys' lists all.  Without options it\n"
	"begins at the list of lessons.  At least 80x24; TERM must be a terminal that can move its cursor.\n",
	tables,
	tui_subcommand,
};
