/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/booted.h: a session on a bundled board, for tests of the session layer.  The guests are in guest/, where make puts
 * them.
 */
#ifndef UNIT_BOOTED_H
#define UNIT_BOOTED_H

#include "session/command.h"
#include "session/session.h"

/* A session with CPUS CPUs on BOARD, at its first instruction. */
struct session *booted(const char *board, unsigned cpus);

/* Do LINE, which must end in STATUS; what it printed, to be freed. */
char *booted_do(struct session *session, const char *line, enum command_status status);

/* Do LINE, which must work; what it printed is dropped. */
void booted_ok(struct session *session, const char *line);

#endif /* UNIT_BOOTED_H */
