/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/output.h: where a run's output goes: event log, console, what commands print.
 *
 * Files are opened only once there is a machine, so that a mistake on the command line leaves no half-made file.
 */
#ifndef FRONT_OUTPUT_H
#define FRONT_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "session/eventlog.h"
#include "session/eventlog_fold.h"
#include "session/session.h"

/* An event log being written. */
struct output_log {
	FILE *file;
	enum eventlog_format format;
	uint64_t mask;			/* kinds that are written (bit n: kind n) */
	struct session *session;
	struct strbuf line;		/* room for one */
	struct eventlog_fold fold;	/* of a text log that has wfe-wake */
};

/* Open PATH for writing, "-" meaning stdout; NULL with ERR. */
FILE *output_open(const char *path, struct error *err);

/* Could PATH be opened?  Nothing is created or changed; false with ERR.  NULL and "-" can. */
bool output_check(const char *path, struct error *err);

/* Close FILE unless it is stdout, and remove PATH when that is a plain file: the run did not come about. */
void output_discard(FILE *file, const char *path);

/* Close FILE unless it is stdout, and see whether all was written; PATH is for ERR. */
bool output_close(FILE *file, const char *path, struct error *err);

/* Log what has happened up to now, as far as it is kept: for a log that starts late. */
void output_log_past(struct output_log *log);

/* Write the events of SESSION to LOG (its file, format and mask are set) from now on. */
void output_log_start(struct output_log *log, struct session *session);
/* Stop. */
void output_log_end(struct output_log *log);

#endif /* FRONT_OUTPUT_H */
