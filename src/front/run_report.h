/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/run_report.h: how a run ended, in words and numbers, on stderr.
 */
#ifndef FRONT_RUN_REPORT_H
#define FRONT_RUN_REPORT_H

#include "session/session.h"

/* What is known of a run besides its session. */
struct run_end {
	int code;			/* what smptutor returns */
	const char *wanted;		/* what was waited for, or NULL */
	bool is_scripted;		/* commands alone ran the machine, and say themselves what they want to know */
	bool is_deadlock_told;		/* by the log, which is on stdout */
};

/* Tell how the run of SESSION ended: EVENT_STOP into its events, and when it did not end well one short line on
 * stderr, with a line for each CPU (several that are alike: one) when it got stuck, what was broken of the boot
 * protocol, and the registers when it faulted.  CPUs that never came online while the rest idles are told in any
 * case. */
void run_report_end(struct session *session, const struct run_end *end);

/* Instructions by CPU, exceptions by class, SECONDS on the host. */
void run_report_stats(const struct session *session, double seconds);

#endif /* FRONT_RUN_REPORT_H */
