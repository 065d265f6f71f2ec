/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/ticker.h: how far a long run is, for somebody who waits at a terminal.
 *
 * One line on stderr, written over itself; it is gone before anything else is printed.
 */
#ifndef FRONT_TICKER_H
#define FRONT_TICKER_H

#include <stdbool.h>

#include "session/session.h"

struct ticker {
	double began, shown;	/* host seconds */
	int width;		/* of the line that stands there, 0: none */
};

/* Seconds on the host's clock, which never goes back. */
double ticker_seconds(void);

/* Tell of SESSION's runs from now on, when stderr is a terminal and stdout is none, or (IS_QUIET) gets nothing of the
 * run.  TICKER must outlive SESSION's runs. */
void ticker_start(struct ticker *ticker, struct session *session, bool is_quiet);

/* Take the line away. */
void ticker_clear(struct ticker *ticker);

#endif /* FRONT_TICKER_H */
