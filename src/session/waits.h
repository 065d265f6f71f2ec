/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/waits.h: what a sleeping CPU waits for.
 *
 * A CPU that sleeps in wfe sits in a loop that looks at a word in memory.  Its next instructions say which one: the
 * load is found there, so this needs no symbol and holds for anybody's firmware.
 */
#ifndef SESSION_WAITS_H
#define SESSION_WAITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "session/session.h"

struct table_slot;

/* The word that a CPU polls. */
struct wait {
	gpa_t addr;
	unsigned size;			/* bytes, 1 to 8 */
	uint64_t value;			/* what it holds now */
	const struct table_slot *slot;	/* when it is a slot of a table; borrowed */
};

/* What CPU, asleep in wfe, will look at when it wakes; false when its code does not tell. */
bool waits_find(const struct session *session, unsigned cpu, struct wait *wait);

/* Append a clause for CPU, which sleeps: what it waits for, what that is now and by whom, and what would wake it. */
void waits_describe(const struct session *session, unsigned cpu, struct strbuf *out);

/* The same behind where CPU is, "CPU1 sleeps in wfe at ...", on one line without its end; a groups_fn. */
void waits_describe_cpu(const struct session *session, unsigned cpu, struct strbuf *out);

/* Append a line for each CPU that is on, or for several that are alike (session/groups.h). */
void waits_describe_lines(const struct session *session, struct strbuf *out);

/* Append where each CPU that is on is, and for the sleeping ones what they wait for: a clause a CPU. */
void waits_describe_all(const struct session *session, struct strbuf *out);

#endif /* SESSION_WAITS_H */
