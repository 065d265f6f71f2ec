/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/panic.h: did the guest give up?  A kernel says so on its console, in words that have not changed for decades;
 * the bundled firmware has a place where a CPU ends that took an exception nobody expected.  A kernel whose console is not
 * there yet, or not where anybody looks, is known by its call of panic().
 */
#ifndef SESSION_PANIC_H
#define SESSION_PANIC_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "session/session.h"

/* A new machine: find and mark the places where a guest gives up.  Nothing was seen of it yet. */
void panic_find(struct session *session);

/* CPU is about to run the instruction at PA, which is marked.  True when the guest gave up with that: a CPU came to the
 * firmware's dead end, or panic() has done, for the first time, all that it does. */
bool panic_see(struct session *session, const struct cpu *cpu, gpa_t pa);

/* Append "Kernel panic - not syncing: WHY", as the console has it or as the kernel would have said, or what brought a CPU to
 * the dead end; false when nothing of that is the case.  *CPU is who it was, EVENT_NO_CPU: not known. */
bool panic_text(const struct session *session, int *cpu, struct strbuf *out);

/* Was panic() called?  It never returns. */
bool panic_is_seen(const struct session *session);

/* Has the console's last line just ended a panic?  After that a kernel only loops. */
bool panic_is_over(const struct session *session);

#endif /* SESSION_PANIC_H */
