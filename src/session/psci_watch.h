/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/psci_watch.h: PSCI calls into firmware that runs in the guest, seen from outside.
 *
 * The emulator's own PSCI says what it is asked and what it answers.  Firmware in the guest does not: there a call is
 * an SMC (or HVC) exception with a PSCI function id in x0, and its answer is x0 at the exception return to where it
 * came from.
 */
#ifndef SESSION_PSCI_WATCH_H
#define SESSION_PSCI_WATCH_H

#include "machine/event.h"

struct session;

/* EVENT was seen: make EVENT_PSCI_CALL or EVENT_PSCI_RETURN of it when it is one. */
void psci_watch_see(struct session *session, const struct event *event);

#endif /* SESSION_PSCI_WATCH_H */
