/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/litmus.h: running litmus tests: every final state is allowed, and every allowed one is reached.
 */
#ifndef FRONT_LITMUS_H
#define FRONT_LITMUS_H

#include "lesson/report.h"

enum {
	LITMUS_QUANTA = 16,		/* rr:1 to rr:16 */
	LITMUS_SEEDS = 200,		/* random:0 to random:199 */
};

/* Run the test in the file PATH under all those schedules, and add one part to REPORT, with how often each state was
 * seen.  The format is described in front/litmus_file.h. */
void litmus_check(const char *path, struct report *report);

#endif /* FRONT_LITMUS_H */
