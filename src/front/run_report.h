/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * front/run_report.h: how a run ended, in words and numbers, on stderr.
 */
#ifndef FRONT_RUN_REPORT_H
#define FRONT_RUN_REPORT_H

#include "session/session.h"

/* Tell how the run of SESSION ended: EVENT_STOP into its events, and on stderr one line when CODE is not 0; for a fault
 * the CPU's registers follow.  WANTED is what was waited for, or NULL. */
void run_report_end(struct session *session, int code, const char *wanted);

/* Instructions by CPU, exceptions by class, SECONDS on the host. */
void run_report_stats(const struct session *session, double seconds);

#endif /* FRONT_RUN_REPORT_H */
