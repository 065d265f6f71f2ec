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

#define PANIC_DEAD_END	"firmware:unexpected_exception"
#define PANIC_ENTRY	"kernel:panic"
#define PANIC_ROUND	"kernel:touch_softlockup_watchdog"

/* Append "Kernel panic - not syncing: WHY", as the console has it or as the kernel would have said, or what brought a CPU to
 * the dead end; false when nothing of that is the case.  *CPU is who it was, EVENT_NO_CPU: not known. */
bool panic_text(const struct session *session, int *cpu, struct strbuf *out);

/* Was panic() called?  It never returns. */
bool panic_is_seen(const struct session *session);

/* CPU is about to run the instruction at PANIC_ROUND.  True when that shows, for the first time, that panic() has done
 * all that it does. */
bool panic_see_round(struct session *session, const struct cpu *cpu);

/* Has the console's last line just ended a panic?  After that a kernel only loops. */
bool panic_is_over(const struct session *session);

#endif /* SESSION_PANIC_H */
