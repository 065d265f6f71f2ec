/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/said.h: what commands must say, as tables.
 */
#ifndef UNIT_SAID_H
#define UNIT_SAID_H

#include <stddef.h>

#include "booted.h"

/* What LINE prints has TEXT in it.  A command behind "! " must be refused, with TEXT in its error. */
struct said { const char *line, *text; };

/* Do the COUNT lines of TABLE in SESSION, one after the other. */
void said_check(struct session *session, const struct said *table, size_t count);

/* The same in a session of its own, on BOARD with CPUS. */
void said_booted(const char *board, unsigned cpus, const struct said *table, size_t count);

#define SAID_CHECK(session, table) said_check((session), (table), sizeof(table) / sizeof((table)[0]))
#define SAID_BOOTED(board, cpus, table) said_booted((board), (cpus), (table), sizeof(table) / sizeof((table)[0]))

#endif /* UNIT_SAID_H */
