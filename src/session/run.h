/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/run.h: ways to run the machine: what step, next, finish, continue, round, run-others and until do.
 *
 * Each returns session_stop(), and moves the focus to the CPU that the stop is about.  Breakpoints, watches, the
 * progress function and session_interrupt() end any of them early.
 */
#ifndef SESSION_RUN_H
#define SESSION_RUN_H

#include <stdint.h>

#include "base/strbuf.h"
#include "session/condition.h"
#include "session/session.h"

#define RUN_DEFAULT_BUDGET	UINT64_C(2000000000)	/* instructions over all CPUs */

/* Run COUNT instructions of CPU alone; the others stand still.  A CPU that is off or asleep runs nothing, and the stop
 * says so. */
const struct session_stop *run_step(struct session *session, unsigned cpu, uint64_t count);

/* As run_step(), but a call (BL, BLR, SVC, HVC, SMC) counts as one instruction, and so does a WFE or WFI with the sleep
 * that it begins: meanwhile all CPUs run by the schedule. */
const struct session_stop *run_next(struct session *session, unsigned cpu, uint64_t count);

/* Run by the schedule until CPU has returned from its present function or exception handler. */
const struct session_stop *run_finish(struct session *session, unsigned cpu);

/* Run by the schedule for at most BUDGET instructions over all CPUs. */
const struct session_stop *run_continue(struct session *session, uint64_t budget);

/* One instruction of every CPU that is awake, COUNT times, in the order of their numbers. */
const struct session_stop *run_round(struct session *session, uint64_t count);

/* The same without CPU. */
const struct session_stop *run_others(struct session *session, unsigned cpu, uint64_t count);

/* Run by the schedule until one of the conditions of LIST holds; number says which.  One that holds already stops at
 * once. */
const struct session_stop *run_until(struct session *session, struct condition_list *list, uint64_t budget);

/* The machine was taken elsewhere in time: that is the last stop now. */
void run_arrived(struct session *session);
/* The same when STOP was hit there: it counts as hit, and its CPU comes into focus. */
void run_arrived_at(struct session *session, const struct stop *stop);

/* Append the stop in words, one line without a newline: "CPU1 at spin+0x28: breakpoint 2". */
void run_describe_stop(const struct session *session, struct strbuf *out);
/* The part of that about what the tree lacks: when the run ended badly, this is more often the cause than what it ended
 * in. */
void run_describe_missing(const struct session *session, struct strbuf *out);

#endif /* SESSION_RUN_H */
