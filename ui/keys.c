/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/keys.c: the table of keys.
 */
#include "ui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "session/command.h"

#define RUN	"Running"
#define LOOK	"Looking around"
#define SCREEN	"The screen"
#define LESSON	"In a lesson"

/* The letters of running are gdb's SingleKey ones; their capitals go backwards. */
static const struct key_binding bindings[] = {
	{ { 's' }, "s", RUN, ACTION_COMMAND, "step", "one instruction of the CPU in focus, the others stand still" },
	{ { 'n' }, "n", RUN, ACTION_COMMAND, "next", "the same, over calls, SMC and sleep" },
	{ { 'f' }, "f", RUN, ACTION_COMMAND, "finish", "until the function or handler returns" },
	{ { 'c' }, "c", RUN, ACTION_COMMAND, "continue", "run all CPUs (C-c stops)" },
	{ { 'x' }, "x", RUN, ACTION_COMMAND, "round", "one round: an instruction of every CPU that is awake" },
	{ { 'g' }, "g", RUN, ACTION_COMMAND, "next-event", "run to the next event: sev, wake-up, smc, table, MMU ..." },
	{ { 'm' }, "m", RUN, ACTION_COMMAND, "next-station", "run to the next station of the boot" },
	{ { 'S' }, "S", RUN, ACTION_COMMAND, "back", "one instruction back" },
	{ { 'N' }, "N", RUN, ACTION_COMMAND, "rnext", "back over calls" },
	{ { 'F' }, "F", RUN, ACTION_COMMAND, "rfinish", "back to where the function was called" },
	{ { 'C' }, "C", RUN, ACTION_COMMAND, "rcontinue", "back to the last breakpoint or watch, or the beginning" },
	{ { 'G' }, "G", RUN, ACTION_COMMAND, "previous-event", "back to the event before" },
	{ { 'M' }, "M", RUN, ACTION_COMMAND, "previous-station", "back to the station before" },
	{ { 'b' }, "b", RUN, ACTION_BREAK, NULL, "breakpoint at the cursor of the code view: set or delete" },
	{ { 't' }, "t", RUN, ACTION_TBREAK, NULL, "breakpoint there for once" },
	{ { 'w' }, "w", RUN, ACTION_WATCH, NULL, "watch what you name: stop when it is written" },
	{ { UI_KEY_ENTER, '\n' }, "Enter", RUN, ACTION_HERE, NULL,
	  "act on the line: run to it, show the code of an event, open a milestone" },
	{ { UI_CTRL('c') }, "C-c", RUN, ACTION_INTERRUPT, NULL, "stop a run at once" },

	{ { '0' }, "0 to 9", LOOK, ACTION_CPU, NULL, "that CPU in focus (:cpu N for higher ones)" },
	{ { '>' }, ">", LOOK, ACTION_CPU_NEXT, NULL, "next CPU in focus" },
	{ { '<' }, "<", LOOK, ACTION_CPU_PREVIOUS, NULL, "CPU before" },
	{ { UI_KEY_UP, 'k' }, "Up k", LOOK, ACTION_UP, NULL, "line up" },
	{ { UI_KEY_DOWN, 'j' }, "Down j", LOOK, ACTION_DOWN, NULL, "line down" },
	{ { UI_KEY_LEFT, 'h' }, "Left h", LOOK, ACTION_LEFT, NULL, "group before, close, or scroll left" },
	{ { UI_KEY_RIGHT, 'l' }, "Right l", LOOK, ACTION_RIGHT, NULL, "next group, open, or scroll right" },
	{ { UI_KEY_PAGE_UP, UI_CTRL('b') }, "PgUp C-b", LOOK, ACTION_PAGE_UP, NULL, "page up" },
	{ { UI_KEY_PAGE_DOWN, UI_CTRL('f'), ' ' }, "PgDn Space", LOOK, ACTION_PAGE_DOWN, NULL, "page down" },
	{ { UI_KEY_TO_START }, "Home", LOOK, ACTION_TOP, NULL, "first line" },
	{ { UI_KEY_TO_END }, "End", LOOK, ACTION_BOTTOM, NULL, "last line" },
	{ { '/' }, "/", LOOK, ACTION_SEARCH, NULL, "search in the focused pane" },
	{ { UI_KEY_FUNCTION_3 }, "F3", LOOK, ACTION_SEARCH_NEXT, NULL, "find again" },
	{ { UI_KEY_SHIFT_FUNCTION_3 }, "Shift-F3", LOOK, ACTION_SEARCH_PREVIOUS, NULL, "find again, upwards" },
	{ { '*' }, "*", LOOK, ACTION_FOLLOW, NULL, "follow the symbol on this line: show its code" },
	{ { UI_CTRL('o') }, "C-o", LOOK, ACTION_BACK, NULL, "back to where you were before" },
	{ { '.' }, ".", LOOK, ACTION_PC, NULL, "back to where the CPU in focus is" },

	{ { 'H' }, "H", LESSON, ACTION_COMMAND, "hint", "one more hint" },
	{ { 'a' }, "a", LESSON, ACTION_ANSWER, "answer", "answer the question" },
	{ { ']' }, "]", LESSON, ACTION_COMMAND, "lesson next", "next step, when this one is done" },
	{ { '[' }, "[", LESSON, ACTION_COMMAND, "lesson back", "step before" },

	{ { UI_KEY_TAB }, "Tab", SCREEN, ACTION_PANE_NEXT, NULL, "next pane" },
	{ { UI_KEY_BACKTAB }, "Shift-Tab", SCREEN, ACTION_PANE_PREVIOUS, NULL, "pane before" },
	{ { 'v' }, "v", SCREEN, ACTION_VIEW_NEXT, NULL, "another view in this pane (:view NAME)" },
	{ { 'z' }, "z", SCREEN, ACTION_ZOOM, NULL, "this pane alone, and back" },
	{ { 'L', UI_KEY_FUNCTION_5 }, "L F5", SCREEN, ACTION_LAYOUT, NULL, "next layout" },
	{ { 'y' }, "y", SCREEN, ACTION_YANK, NULL, "copy the line to the clipboard" },
	{ { UI_CTRL('l') }, "C-l", SCREEN, ACTION_REDRAW, NULL, "draw the screen anew" },
	{ { ':' }, ":", SCREEN, ACTION_PROMPT, NULL, "type a command (Tab completes, Up recalls)" },
	{ { '?', UI_KEY_FUNCTION_1 }, "? F1", SCREEN, ACTION_HELP, NULL, "help for the focused pane, and all keys" },
	{ { 'q' }, "q", SCREEN, ACTION_QUIT, NULL, "quit, or close what lies on top" },
};

enum { BINDING_COUNT = sizeof(bindings) / sizeof(bindings[0]) };

const struct key_binding *keys_at(size_t index)
{
	return index < BINDING_COUNT ? &bindings[index] : NULL;
}

bool keys_is_available(const struct key_binding *binding, const struct session *session)
{
	const struct command *command;
	char name[32];

	if (!binding->command || !session)
		return true;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(binding->command, " "), binding->command);
	command = command_find(session, name, NULL);
	return command && !strcmp(command->name, name);
}

static bool has_key(const struct key_binding *binding, int key)
{
	if (binding->action == ACTION_CPU)
		return key >= '0' && key <= '9';
	for (size_t i = 0; i < sizeof(binding->keys) / sizeof(binding->keys[0]); i++)
		if (binding->keys[i] && binding->keys[i] == key)
			return true;
	return false;
}

const struct key_binding *keys_find(int key, const struct session *session)
{
	for (size_t i = 0; i < BINDING_COUNT; i++)
		if (has_key(&bindings[i], key) && keys_is_available(&bindings[i], session))
			return &bindings[i];
	return NULL;
}

static const struct { const char *name; int key;
} names[] = {
	{ "Tab", UI_KEY_TAB },
	{ "Enter", UI_KEY_ENTER },
	{ "Esc", UI_KEY_ESCAPE },
	{ "Backspace", UI_KEY_RUBOUT },
	{ "Space", ' ' },
	{ "Up", UI_KEY_UP },
	{ "Down", UI_KEY_DOWN },
	{ "Left", UI_KEY_LEFT },
	{ "Right", UI_KEY_RIGHT },
	{ "PgUp", UI_KEY_PAGE_UP },
	{ "PgDn", UI_KEY_PAGE_DOWN },
	{ "Home", UI_KEY_TO_START },
	{ "End", UI_KEY_TO_END },
	{ "Del", UI_KEY_DELETE },
	{ "Shift-Tab", UI_KEY_BACKTAB },
	{ "F1", UI_KEY_FUNCTION_1 },
	{ "F3", UI_KEY_FUNCTION_3 },
	{ "F5", UI_KEY_FUNCTION_5 },
	{ "Shift-F3", UI_KEY_SHIFT_FUNCTION_3 },
};

int keys_parse(const char *name)
{
	size_t len = utf8_char_len(name);

	if (len && !name[len])
		return (int)utf8_decode(name);
	if (!strncmp(name, "C-", 2) && name[2] && !name[3])
		return UI_CTRL(name[2]);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i].name, name))
			return names[i].key;
	return UI_KEY_NONE;
}

void keys_help(const struct session *session, struct strbuf *out)
{
	const char *group = "";

	for (size_t i = 0; i < BINDING_COUNT; i++) {
		const struct key_binding *binding = &bindings[i];

		if (!keys_is_available(binding, session))
			continue;
		if (strcmp(group, binding->group))
			strbuf_printf(out, "%s%s\n", *group ? "\n" : "", binding->group);
		group = binding->group;
		strbuf_printf(out, "  %-10s  %s\n", binding->name, binding->help);
	}
}
