/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/idle.h: is a machine in which everyone sleeps at rest, or stuck?
 */
#ifndef SESSION_IDLE_H
#define SESSION_IDLE_H

#include <stdbool.h>

#include "session/session.h"

/* Everyone sleeps.  Is this rest: does every CPU that is on sleep in its kernel's idle loop?  A CPU that the
 * firmware keeps in its pen, and that nobody has asked for, is off. */
bool idle_is_rest(const struct session *session);

/* Could it be told?  Not for a kernel without symbols: its idle loop has no name.  One that has names, if not that
 * of an idle loop, may go to rest in its own way; firmware alone, too. */
bool idle_is_known(const struct session *session);

/* Does CPU stand in its kernel's idle loop? */
bool idle_is_idling(const struct session *session, unsigned cpu);

#endif /* SESSION_IDLE_H */
