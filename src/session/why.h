/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/why.h: why a CPU is not online: the chain of causes, from the machine's state and what happened before.
 */
#ifndef SESSION_WHY_H
#define SESSION_WHY_H

#include "base/strbuf.h"
#include "session/session.h"

/* Append the chain for CPU, a cause a line, each the reason of the one before; the last ones say what the guest
 * printed, or what Linux would print.  An online CPU has a line that says so, and who let it out of the pen. */
void why_not_online(const struct session *session, unsigned cpu, struct strbuf *out);

/* The CPUs that should be online and never were, a bit each; 0 while no kernel with an online mask is known. */
uint64_t why_missing(const struct session *session);

/* Append a line for each of them, or for several that are alike (session/groups.h): that it never came online, and
 * why. */
void why_describe_missing(const struct session *session, struct strbuf *out);

#endif /* SESSION_WHY_H */
