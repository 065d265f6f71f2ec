/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/recorded.h: recordings (session/recording.h) as files.
 */
#ifndef FRONT_RECORDED_H
#define FRONT_RECORDED_H

#include "base/error.h"
#include "front/machine_options.h"
#include "session/recording.h"
#include "session/session.h"

/* Record SESSION, which keeps history and was not started.  PATH NULL: do not. */
bool recorded_begin(struct session *session, const char *path, struct error *err);

/* Write the recording of SESSION to PATH; the last thing to be done to it.  PATH NULL: there is none. */
bool recorded_end(struct session *session, const char *path, struct error *err);

/* The machine that the recording in PATH was made on, started, with what was done then as its future.  Options that
 * are set in MACHINE (names of files, above all) win over the recorded ones.  *RECORDING is freed after the session.
 * NULL with ERR. */
struct session *recorded_open(const char *path, struct machine_options *machine, struct recording **recording,
			      struct error *err);

#endif /* FRONT_RECORDED_H */
