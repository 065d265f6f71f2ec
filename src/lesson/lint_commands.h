/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lint_commands.h: is a line of commands one that could be run?  Nothing is run to find out.
 */
#ifndef LESSON_LINT_COMMANDS_H
#define LESSON_LINT_COMMANDS_H

#include <stdbool.h>

#include "base/error.h"
#include "session/session.h"

/* Look at LINE, one or more commands: names, and what their tables say of the arguments.  False with ERR for the first
 * that is wrong. */
bool lint_command(struct session *session, const char *line, struct error *err);

#endif /* LESSON_LINT_COMMANDS_H */
