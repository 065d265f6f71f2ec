/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/psci_state.h: which CPUs are on, as PSCI sees it.
 *
 * The emulator knows.  Firmware in the guest keeps it in memory: a CPU whose slot of branch_table holds no address is
 * off; one that has an address and has not left the pen with it is on its way.
 */
#ifndef SESSION_PSCI_STATE_H
#define SESSION_PSCI_STATE_H

#include "base/strbuf.h"
#include "session/session.h"

/* AFFINITY_INFO's words, and two that it has not. */
enum psci_state { PSCI_STATE_UNKNOWN, PSCI_STATE_OFF, PSCI_STATE_ON_PENDING, PSCI_STATE_ON, PSCI_STATE_SUSPENDED,
	PSCI_STATE_COUNT };

/* The state of CPU; unknown where there is no PSCI, or before the firmware has set up its table. */
enum psci_state psci_state_of(const struct session *session, unsigned cpu);

/* "off", "on-pending", "on", "on, suspended", "not known". */
const char *psci_state_word(enum psci_state state);

/* Append the states of all CPUs on one line, "ON: CPU0   ON_PENDING: CPU1   OFF: CPU2-CPU3". */
void psci_state_put_all(const struct session *session, struct strbuf *out);

#endif /* SESSION_PSCI_STATE_H */
