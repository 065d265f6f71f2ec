/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/panic.h: did the guest give up?  A kernel says so on its console, in words that have not changed for decades;
 * the bundled firmware has a place where a CPU ends that took an exception nobody expected.
 */
#ifndef SESSION_PANIC_H
#define SESSION_PANIC_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "session/session.h"

#define PANIC_DEAD_END	"firmware:unexpected_exception"

/* Append "Kernel panic - not syncing: WHY", as the console has it, or what brought a CPU to the dead end; false when
 * neither is the case.  *CPU is who it was, EVENT_NO_CPU: not known. */
bool panic_text(const struct session *session, int *cpu, struct strbuf *out);

/* Has the console's last line just ended a panic?  After that a kernel only loops. */
bool panic_is_over(const struct session *session);

#endif /* SESSION_PANIC_H */
