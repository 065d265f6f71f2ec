/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/past.h: sessions with a past, and whether two of them are at the same moment.
 */
#ifndef UNIT_PAST_H
#define UNIT_PAST_H

#include <stdbool.h>

#include "booted.h"

/* A session with CPUS CPUs on BOARD, started, all events seen; APPEND may be NULL. */
struct session *past_session(const char *board, unsigned cpus, const char *append, bool keep_history);

/* Time and hash of SESSION's machine. */
uint64_t past_now(const struct session *session);
/* Its hash. */
uint64_t past_hash(const struct session *session);

/* Go to time T. */
void past_goto(struct session *session, uint64_t t);

/* Fails (WHAT) unless both stand at the same moment with the same past: time, machine, events, console. */
void past_assert_same(const struct session *a, const struct session *b, const char *what);

/* The next number from the state *STATE: any number will do to start with. */
uint64_t past_draw(uint64_t *state);

#endif /* UNIT_PAST_H */
