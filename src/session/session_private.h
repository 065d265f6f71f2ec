/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/session_private.h: the inside of a session, for the files of this folder that work on it: session.c, drive.c,
 * run.c, command.c.  Front ends have session.h.
 */
#ifndef SESSION_SESSION_PRIVATE_H
#define SESSION_SESSION_PRIVATE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "session/command.h"
#include "session/help.h"
#include "session/session.h"

struct condition_list;
struct disasm;

/* A front end's commands. */
struct session_commands { const struct command_set *set; void *ctx; };

/* The first call of panic(), and the last round of the loop that it ends in. */
struct session_panic {
	bool is_seen, is_over;
	unsigned cpu;
	uint64_t t;
	char why[256];
	gva_t round_from;			/* who called, 0: no round yet */
	uint64_t round_written;			/* bytes that the console had then */
};

/* The registers that a call keeps (Arm DEN0028, SMCCC, "Register use"): x18 to x30. */
enum { CALL_KEPT_FIRST = 18, CALL_KEPT_LAST = 30 };

/* A PSCI call into guest firmware that has not come back. */
struct session_call {
	bool pending;
	uint32_t fn;
	gva_t back;
	uint64_t kept[CALL_KEPT_LAST - CALL_KEPT_FIRST + 1];
};

/* An address that a guest has when one of its symbols is known. */
struct session_place { bool is_known; gpa_t pa; };

struct session {
	struct session_config config;		/* its strings are in `strings` */
	VEC(char *) strings;

	/* made anew by session_reset() */
	struct loaded *loaded;
	struct eventring *events;
	struct tables *tables;
	struct reached *reached;
	struct contract *contract;
	struct console *console;
	struct marks *marks;
	struct session_call calls[CPU_MAX];
	struct history *history;		/* NULL: none is kept */
	bool is_muted;				/* what happens was seen before: the sinks are not told */
	bool has_online;
	gpa_t online;
	struct session_place dead_end;		/* where the firmware keeps a CPU after a fault */
	uint64_t dead_since[CPU_MAX];		/* time at which a CPU came there, 0: it has not */
	struct session_place panic_entry;	/* the kernel's panic() */
	struct session_place panic_round;	/* what its last loop calls in each round */
	struct session_panic panic;

	struct recording *recording;		/* or NULL */

	/* what the person set */
	struct breakpoints *breakpoints;
	unsigned focus;
	uint64_t event_mask;
	uint64_t history_memory;		/* bytes that the past may take */

	struct session_stop stop;
	struct disasm *disasm;			/* made when first needed */
	char *stop_text;			/* owns stop.text */
	struct condition_list *waiting;		/* conditions of the run that is going on */
	bool has_given_up;			/* the guest has just said that it cannot go on */
	bool is_condition_seen;			/* one of them may hold now */
	int seen_by;				/* by what this CPU did, or EVENT_NO_CPU */
	volatile sig_atomic_t is_interrupted;

	struct { event_fn *fn; void *ctx; } sinks[SESSION_SINKS];
	session_progress_fn *progress;
	uint64_t unasked;			/* instructions run since it was called last */
	struct strbuf typed;			/* for the guest, as soon as a piece of the run is over */
	void *progress_ctx;
	VEC(struct session_commands) commands;
	VEC(struct help_topics) topics;
	unsigned source_depth;			/* `source` inside `source` */
};

/* Hand EVENT to the records and the sinks of SESSION: the machine's observer, and the session for events of its own. */
void session_see(struct session *session, const struct event *event);

/* Set the last stop; TEXT is copied. */
void session_set_stop(struct session *session, enum stopped why, int cpu, const char *text);

#endif /* SESSION_SESSION_PRIVATE_H */
