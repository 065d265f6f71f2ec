/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/session.h: one machine being looked at and driven: what every front end (run, TUI, lessons, tests) holds.
 *
 * A session owns the machine and its board, the symbols of what was loaded, and what is kept about the run: the CPU in
 * focus, breakpoints (session/breakpoints.h), the events of the past (session/eventring.h), tables (session/tables.h),
 * milestones (session/reached.h) and the guest's console (session/console.h).  It is driven by the commands of
 * session/command.h, or by the functions of session/run.h that those commands are made of.  Nothing here knows a
 * screen, a file format or a clock.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/machine.h"
#include "service/loader.h"

struct board;
struct breakpoints;
struct console;
struct contract;
struct eventring;
struct history;
struct loaded;
struct marks;
struct reached;
struct session;
struct symbols;
struct tables;

/* What a session is made with: the MACHINE options.  session_new() keeps a copy; strings are borrowed for the call. */
struct session_config {
	struct loader_config boot;	/* tree, images, CPU model */
	/* "rr:N", "random:SEED", NULL for the default, or with sched_text a name for messages */
	const char *sched;
	const char *sched_text;		/* contents of a saved schedule to replay, or NULL */
	uint64_t livelock;		/* the watchdog's N, 0: off */
	bool record_sched;		/* keep what was run, for sched_save() */
	bool keep_history;		/* keep snapshots on the way, to be able to go back (session/history.h) */
	/* instructions over all CPUs that may be run since reset, 0: no bound (lessons) */
	uint64_t budget;
	bool is_confined;		/* commands may not read or write files (lessons) */
};

/* Build the board and load what was asked for; session_start() comes next.  NULL with ERR for everything that
 * the user can get wrong.  Free with session_free(). */
struct session *session_new(const struct session_config *config, struct error *err);

/* Let the CPUs leave reset: to be called once, after the sinks that want to see EVENT_RESET were added. */
void session_start(struct session *session);

/* Free SESSION and all it owns.  NULL is allowed. */
void session_free(struct session *session);

/* Build the same machine again, files read anew, and stand before the first instruction.  Breakpoints and watches stay;
 * events, milestones and console start empty.  False with ERR, and the old machine left as it was, when a file went
 * away. */
bool session_reset(struct session *session, struct error *err);

/* ---- what it holds; all borrowed, and void after session_reset() ---- */

/* The machine, to read; change and run it through session/drive.h only. */
struct machine *session_machine(const struct session *session);
/* Its devices. */
struct board *session_board(const struct session *session);
/* Names of everything loaded. */
struct symbols *session_symbols(const struct session *session);
/* Where everything was put: the tree, the images, the entry points; source lines are found through it. */
const struct loaded *session_loaded(const struct session *session);
/* The configuration it was made with. */
const struct session_config *session_config(const struct session *session);

/* Breakpoints and watches. */
struct breakpoints *session_breakpoints(const struct session *session);
/* What happened. */
const struct eventring *session_events(const struct session *session);
/* The slots that secondaries wait for. */
const struct tables *session_tables(const struct session *session);
/* Milestones, reached and to come. */
const struct reached *session_reached(const struct session *session);
/* How CPUs came to the kernel (session/contract.h). */
const struct contract *session_contract(const struct session *session);
/* What the guest wrote. */
struct console *session_console(const struct session *session);
/* The past, or NULL when none is kept. */
struct history *session_history(const struct session *session);
/* Instructions at which the machine stops. */
struct marks *session_marks(const struct session *session);

/* Record this run, of smptutor PROGRAM, from its start: to be called before session_start(), with keep_history.  False with ERR
 * when a file that was read cannot be read again. */
bool session_record(struct session *session, const char *program, struct error *err);
/* Append the recording (session/recording.h) of what was done since the start, or since the last reset, to OUT.  The last thing
 * to be done to a session. */
void session_write_recording(struct session *session, struct strbuf *out);

/* Bytes that the past may take, now and after session_reset().  False with ERR when they are too few. */
bool session_set_history_memory(struct session *session, uint64_t bytes, struct error *err);

/* ---- the CPU in focus ---- */

/* Number of the CPU that commands without "cpu N" mean. */
unsigned session_focus(const struct session *session);
/* Move the focus to CPU, which must exist. */
void session_set_focus(struct session *session, unsigned cpu);

/* ---- what happened ---- */

/* Why the machine stands.  The first ones are what the person asked for; from STOPPED_POWER_OFF on it cannot go on. */
enum stopped {
	STOPPED_START,		/* nothing was run yet */
	STOPPED_STEP,		/* step, next, finish or round is done */
	STOPPED_CONDITION,	/* a condition of `until` holds */
	STOPPED_BREAKPOINT,
	STOPPED_WATCH,
	STOPPED_INTERRUPT,	/* C-c, or the progress function said so */
	STOPPED_BUDGET,		/* the instruction budget ran out */
	STOPPED_IDLE,		/* every CPU that is on idles in its kernel and nothing is pending */
	STOPPED_LIVELOCK,
	STOPPED_SCHEDULE_END,
	STOPPED_POWER_OFF,
	STOPPED_RESET,		/* the guest asked for a reset */
	STOPPED_FAULT,
	STOPPED_DEADLOCK,
};

/* The last stop. */
struct session_stop {
	enum stopped why;
	int cpu;		/* the CPU it is about, or EVENT_NO_CPU */
	uint64_t t;
	gva_t pc;
	/* STOPPED_BREAKPOINT, STOPPED_WATCH: of which; STOPPED_CONDITION: index of the condition */
	unsigned number;
	uint64_t old, value;	/* STOPPED_WATCH */
	/* STOPPED_FAULT, STOPPED_DEADLOCK, STOPPED_LIVELOCK, STOPPED_CONDITION: else ""; until the next run */
	const char *text;
};

/* Why the machine stands now. */
const struct session_stop *session_stop(const struct session *session);

/* Put the last stop among the events, as EVENT_STOP: where a run is over for good. */
void session_note_stop(struct session *session);

/* What the guest's kernel says about CPUs: bit n of its online mask.  False while no kernel with such a mask is loaded.
 * */
bool session_online_mask(const struct session *session, uint64_t *mask);
/* Where that mask lies, 8 bytes. */
bool session_online_location(const struct session *session, gpa_t *pa);

/* Without its symbols nobody knows where a kernel keeps its mask of CPUs, or idles: say so of WHAT, which asks for that.
 * Returns false. */
bool session_complain_symbols(const struct session *session, const char *what, struct error *err);

/* Let FN see every event from now on, after the session's own records have it.  At most SESSION_SINKS. */
enum { SESSION_SINKS = 8 };
void session_add_sink(struct session *session, event_fn *fn, void *ctx);
/* Stop FN with CTX from being called. */
void session_remove_sink(struct session *session, event_fn *fn, void *ctx);

/* Ask the machine for the kinds of MASK (bit n: kind n) on top of what was asked for before. */
void session_want_events(struct session *session, uint64_t mask);

/* ---- long runs ---- */

/* Called now and then (every few milliseconds' worth of instructions) while a command runs the machine; false
 * interrupts the run.  It may read the session and draw; it must not run or change it. */
typedef bool session_progress_fn(void *ctx, struct session *session);

/* Register FN (NULL: none). */
void session_set_progress(struct session *session, session_progress_fn *fn, void *ctx);

/* End the run that is going on at the next end of a slice.  The one call that a signal handler may make. */
void session_interrupt(struct session *session);

#endif /* SESSION_SESSION_H */
