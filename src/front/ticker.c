/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/ticker.c: a line that is written over itself.
 */
#include "front/ticker.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "machine/machine.h"

/* Who has waited so long wonders; more often, and it could not be read. */
static const double patience_seconds = 1.0, between_seconds = 0.2;

double ticker_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool tick(void *ctx, struct session *session)
{
	struct ticker *ticker = ctx;
	double now = ticker_seconds();
	int width;

	if (now - ticker->began < patience_seconds || now - ticker->shown < between_seconds)
		return true;
	ticker->shown = now;
	width = fprintf(stderr, "\rrunning: t=%" PRIu64 " million instructions, C-c stops",
			machine_time(session_machine(session)) / 1000000) - 1;
	fprintf(stderr, "%*s", width < ticker->width ? ticker->width - width : 0, "");
	ticker->width = width;
	return true;
}

void ticker_start(struct ticker *ticker, struct session *session, bool is_quiet)
{
	*ticker = (struct ticker){ .began = ticker_seconds() };
	if (isatty(STDERR_FILENO) && (is_quiet || !isatty(STDOUT_FILENO)))
		session_set_progress(session, tick, ticker);
}

void ticker_clear(struct ticker *ticker)
{
	if (ticker->width)
		fprintf(stderr, "\r%*s\r", ticker->width, "");
	ticker->width = 0;
}
