/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/cpu_on.h: calls of CPU_ON, found among the events of the past.
 */
#ifndef SESSION_CPU_ON_H
#define SESSION_CPU_ON_H

#include "machine/event.h"
#include "session/session.h"

/* A call of CPU_ON; its events are borrowed until the next one comes. */
struct cpu_on {
	const struct event *call;	/* NULL: there was none */
	const struct event *store;	/* the slot that got its entry point; NULL: none, or not the firmware's doing */
	const struct event *back;	/* its return; NULL: not yet */
};

/* The last CPU_ON that was called for the MPIDR of CPU. */
struct cpu_on cpu_on_for(const struct session *session, unsigned cpu);

/* The last CPU_ON whose entry point was stored to the slot of CPU, whomever it was called for. */
struct cpu_on cpu_on_into(const struct session *session, unsigned cpu);

#endif /* SESSION_CPU_ON_H */
