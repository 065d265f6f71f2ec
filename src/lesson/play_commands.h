/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/play_commands.h: the commands that a learner has beside those of the machine.
 */
#ifndef LESSON_PLAY_COMMANDS_H
#define LESSON_PLAY_COMMANDS_H

#include "session/command.h"

struct play;

/* hint, answer, lesson: their context is a play. */
extern const struct command_set play_commands;

/* Give them to PLAY's session. */
void play_commands_add(struct play *play);

/* Do LINE, as command_execute() does.  While a question is open, what is no command is the answer to it. */
struct command_result play_execute(const struct play *play, const char *line, struct strbuf *out);

#endif /* LESSON_PLAY_COMMANDS_H */
