/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_sets.h: the session's own commands, a file a set.  Private to command*.c.
 */
#ifndef SESSION_COMMAND_SETS_H
#define SESSION_COMMAND_SETS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/command.h"

extern const struct command_set commands_run;		/* step, next, continue, until ... */
extern const struct command_set commands_stops;		/* break, watch, delete ... */
extern const struct command_set commands_data;		/* x, print, set, list, disassemble ... */
extern const struct command_set commands_history;	/* back, goto, who, snapshot ... */
extern const struct command_set commands_info;		/* info, explain */
extern const struct command_set commands_session;	/* cpu, sched, expect, source, help, quit ... */

/* `info WORD`: prints what it knows. */
struct command_info {
	const char *name;
	const char *brief;
	bool (*print)(struct command_call *call, const char *args);
};

/* The count in the arguments, 1 when there are none; false with the error set when it is no number, or 0. */
bool command_count(struct command_call *call, uint64_t *count);

/* "cpu N" at the start of *ARGS, stepped over with the blanks behind it; *CPU is untouched when it is not there.  False
 * with the error set when there is no such CPU. */
bool command_take_cpu(struct command_call *call, const char **args, unsigned *cpu);

/* Is WORD the first word of *ARGS?  Then step over it and the blanks behind it. */
bool command_take_word(const char **args, const char *word);

/* Does ARGS of `set` begin with the name of a setting (history.memory), not of a register or of memory? */
bool command_is_setting(const char *args);
/* `set` for such: "history.memory 64M". */
bool command_set_setting(struct command_call *call);

/* Refuse arguments that a command does not take. */
bool command_no_args(struct command_call *call);

#endif /* SESSION_COMMAND_SETS_H */
