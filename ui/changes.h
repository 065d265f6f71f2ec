/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/changes.h: how the CPUs were before the last command, so that views can show what it changed.
 */
#ifndef UI_CHANGES_H
#define UI_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/session.h"

struct changes;

/* Nothing changed yet.  Free with changes_free(). */
struct changes *changes_new(void);
/* Free CHANGES; NULL is allowed. */
void changes_free(struct changes *changes);

/* A command is about to be run: note how everything is. */
void changes_note(struct changes *changes, const struct session *session);
/* The command ran the machine: what was noted is "before" from now on. */
void changes_keep(struct changes *changes);
/* The machine was built anew: nothing is changed. */
void changes_forget(struct changes *changes);

/* Time of "before"; UINT64_MAX while there is none, so that nothing is newer. */
uint64_t changes_time(const struct changes *changes);

/* Does the register REG (enum cpu_reg) of CPU hold another value than before? */
bool changes_in_reg(const struct changes *changes, const struct session *session, unsigned cpu, int reg);
/* The same of the system register at INDEX of service/sysreg.h. */
bool changes_in_sysreg(const struct changes *changes, const struct session *session, unsigned cpu, size_t index);
/* The same of what CPU is doing: state, level, MMU. */
bool changes_in_state(const struct changes *changes, const struct session *session, unsigned cpu);

#endif /* UI_CHANGES_H */
