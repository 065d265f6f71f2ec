/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/drive.h: the one door through which a session runs or changes its machine.
 *
 * Everything that decides what the machine will do passes here: instructions run, registers and memory written by hand,
 * schedules, injections, console input.  So this is where a journal of a run can be kept: given the same start, the
 * same calls in the same order make the same machine.
 */
#ifndef SESSION_DRIVE_H
#define SESSION_DRIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/machine.h"
#include "session/session.h"

/* machine_run() in pieces with the progress function between them. */
struct stop drive_run(struct session *session, uint64_t limit);
/* In the past: do what was done by hand at this moment, and run nothing. */
void drive_catch_up(struct session *session);
/* Has the machine run all that the configuration's budget allows?  Then nothing runs any more. */
bool drive_is_spent(const struct session *session);
/* machine_step_cpu(). */
struct stop drive_step(struct session *session, unsigned cpu, uint64_t count);

/* Write a register (enum cpu_reg). */
void drive_set_reg(struct session *session, unsigned cpu, int reg, uint64_t value);
/* A system register by its number; false when there is no such register. */
bool drive_set_sysreg(struct session *session, unsigned cpu, uint32_t reg, uint64_t value);

/* Write SIZE (1, 2, 4 or 8) low bytes of VALUE at the physical address ADDR; false when that is not memory. */
bool drive_set_memory(struct session *session, gpa_t addr, unsigned size, uint64_t value);

/* Change the schedule (machine/sched.h's words). */
bool drive_set_sched(struct session *session, const char *spec, struct error *err);

/* machine_inject(). */
void drive_inject(struct session *session, enum injection what, unsigned cpu, uint64_t n);

/* Make interrupt INTID pending for CPU; false when the board has no such interrupt. */
bool drive_interrupt(struct session *session, unsigned cpu, unsigned intid);

/* The session found out that an event of KIND is due (session/notice.h): tell it. */
void drive_notice(struct session *session, enum event_kind kind);

/* Bytes typed at the guest's console; how many it could take. */
size_t drive_input(struct session *session, const char *text, size_t len);

/* The same from the progress function: the guest gets them before the next piece is run, what it cannot take later.
 * They must hold no NUL. */
void drive_type(struct session *session, const char *text, size_t len);

#endif /* SESSION_DRIVE_H */
