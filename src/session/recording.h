/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/recording.h: a run as a small text file: what it was made of and what was done, so that it can be run again.
 *
 * A machine is deterministic, so a recording holds only what cannot be derived: the options, hashes of the files, the
 * schedule, and what a person did when.  It does not hold the files.  One line a fact, a word first:
 *
 *	smptutor recording 1
 *	program 0.1			who made it; another version may run differently
 *	board psci-smc			options of MACHINE, by their long names, as far as they were given
 *	cpus 4
 *	file kernel a8f2c61e0c7712d3 81920	role, hash and bytes of each file that was read
 *	do 1000 step 1 40		at t=1000: CPU1 alone for 40 instructions; also reg, sysreg, memory,
 *					sched, inject, input, line; notice: a deadlock or
 *					fault that was told there
 *	said 1000 step 40		a command that was given, for the reader
 *	end 280377 88a9de75e1a5f814	where it ended, and machine_hash() there
 *	checksum 5d1f0c2b9e8a7744	of all bytes before this line
 *
 * Numbers are decimal, hashes and checksums 16 hexadecimal digits; in texts, bytes that do not print are \xNN and a
 * backslash is \\.
 */
#ifndef SESSION_RECORDING_H
#define SESSION_RECORDING_H

#include "base/error.h"
#include "base/strbuf.h"
#include "session/session.h"

struct recording;

/* Begin a recording of SESSION, which keeps history and has not been started: the files are read for their hashes.
 * NULL with ERR when one cannot be.  Free with recording_free(). */
struct recording *recording_new(struct session *session, const char *program, struct error *err);
/* Free RECORDING; NULL is allowed. */
void recording_free(struct recording *recording);

/* The command LINE was given at time T. */
void recording_note(struct recording *recording, uint64_t t, const char *line);

/* The run of SESSION ends here: append the whole as text to OUT.  The machine is settled (machine_settle()). */
void recording_finish(struct recording *recording, struct session *session, struct strbuf *out);

/* Append RECORDING as text. */
void recording_format(const struct recording *recording, struct strbuf *out);

/* Read TEXT, LEN bytes.  NULL with ERR (NAME:LINE: what is wrong) when it is no recording, cut short or edited. */
struct recording *recording_parse(const char *name, const char *text, size_t len, struct error *err);

/* Put the options of RECORDING into CONFIG where it has none yet; strings are borrowed from RECORDING.  sched_text is
 * left to the caller: recording_sched_file(). */
void recording_configure(const struct recording *recording, struct session_config *config);

/* File of the saved schedule that was replayed, or NULL. */
const char *recording_sched_file(const struct recording *recording);

/* Load RECORDING into the history of SESSION, made as recording_configure() says and started.  False with ERR when a
 * file or the PROGRAM is another one, or a line asks for what this machine has not. */
bool recording_load(const struct recording *recording, struct session *session, const char *program, struct error *err);

/* Where it ended. */
uint64_t recording_end(const struct recording *recording);

/* Is SESSION, which ran to the end, the machine that was recorded?  False with ERR saying what differs.  Settles it. */
bool recording_check(const struct recording *recording, struct session *session, struct error *err);

#endif /* SESSION_RECORDING_H */
