/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history.h: going back, and what was done when.
 *
 * A machine is deterministic but for what a person does to it.  So a history is a journal of just that (steps outside
 * the schedule, values set, injections, input) and snapshots on the way: any moment is reached by restoring the
 * snapshot before it and running on.  A moment is a time and the number of journal entries that have been applied.
 *
 * Doing something new in the past starts another future.  The one that was there stays reachable by a name.
 */
#ifndef SESSION_HISTORY_H
#define SESSION_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/machine.h"

struct condition_list;
struct eventring_moment;
struct history;
struct session;

enum {
	HISTORY_MIN_MEMORY = 16 << 20,		/* bytes: the least budget */
	HISTORY_DEFAULT_MEMORY = 256 << 20,
};

/* The name of the future that is not a change of another one. */
#define HISTORY_FIRST_FUTURE	"main"

/* A history of SESSION that starts now, of at most so many bytes of MEMORY.  Free with history_free() before the
 * machine. */
struct history *history_new(struct session *session, uint64_t memory);
/* Free HISTORY; NULL is allowed. */
void history_free(struct history *history);

/* Bytes that snapshots may take, HISTORY_MIN_MEMORY or more.  The first and the last one are kept all the same. */
void history_set_memory(struct history *history, uint64_t bytes);

/* ---- what session/drive.c does; all take over the running and changing when the past is being walked ---- */

/* What somebody did to the machine. */
enum entry_kind {
	ENTRY_STEP, ENTRY_REG, ENTRY_SYSREG, ENTRY_MEMORY, ENTRY_SCHED, ENTRY_INJECT, ENTRY_INPUT, ENTRY_LINE,
	ENTRY_NOTICE,		/* nothing was done, but the session found something out (session/notice.h) */
};

struct entry {
	uint64_t t;		/* when */
	enum entry_kind kind;
	unsigned cpu;
	/* STEP: instructions; REG, SYSREG: which; MEMORY: address; INJECT: what; INPUT: bytes; LINE: intid;
	 * NOTICE: enum event_kind */
	uint64_t number;
	uint64_t value;		/* REG, SYSREG, MEMORY: the value; INJECT: n */
	unsigned size;		/* MEMORY: bytes */
	char *text;		/* SCHED: the words; INPUT: the bytes; owned by the journal */
};

/* Run by the schedule for at most LIMIT instructions, keeping snapshots; in the past, along what was done then. */
struct stop history_run(struct history *history, uint64_t limit);

/* In the past: do what was done by hand at this moment, and run nothing. */
void history_catch_up(struct history *history);

/* Do ENTRY (its text is copied) now and keep it in the journal; in the past, that starts another future, unless it is
 * a step of the CPU that ran then anyway.  STOP (may be NULL) is set for ENTRY_STEP.  False when the machine refused:
 * then nothing is changed. */
bool history_do(struct history *history, const struct entry *entry, struct stop *stop);

/* The session found out that an event of its own KIND (session/notice.h) is due now: tell it, and keep that it was told.
 * Where it has been told at this moment, nothing happens. */
void history_notice(struct history *history, enum event_kind kind);

/* ---- going; each is false with ERR, everything as it was, when the person ends it ---- */

/* Go to time T, 0 to history_end(), after what was done by hand at T.  False with ERR when it is outside. */
bool history_go(struct history *history, uint64_t t, struct error *err);

/* Go back to before the COUNTth last instruction of CPU.  False with ERR when it has not run so many. */
bool history_back(struct history *history, unsigned cpu, uint64_t count, struct error *err);

/* Bytes that snapshots take, shared memory counted once. */
uint64_t history_bytes(const struct history *history);
/* How many snapshots. */
size_t history_keep_count(const struct history *history);
/* Bytes that they may take. */
uint64_t history_memory(const struct history *history);

/* Time of the end of this future. */
uint64_t history_end(const struct history *history);
/* Is the machine before that end? */
bool history_is_past(const struct history *history);

/* The events up to the end of this future, borrowed until the machine goes anywhere; NULL: it stands at the end, or the
 * end has not been seen since another future was left. */
const struct eventring_moment *history_ahead(const struct history *history);

/* Is the machine just running along the past, to get somewhere or to look for something? */
bool history_is_walking(const struct history *history);

/* ---- looking back ---- */

/* Called while the past is looked through: at the start of each stretch (the answer does not count), after each stop
 * of the machine, at the end of each piece.  True when this moment is what is looked for. */
typedef bool history_look_fn(void *ctx, struct session *session, const struct stop *stop);

/* How to look. */
struct history_look {
	history_look_fn *fn;
	void *ctx;
	bool is_close;		/* after each instruction */
};

/* The last moment before now at which LOOK says yes, into *T; UINT64_MAX: never.  The machine is then where it was.
 * False with ERR when the person ended it. */
bool history_find_last(struct history *history, const struct history_look *look, uint64_t *t, struct error *err);

/* The last store to [ADDR, ADDR + LEN), 8 bytes at most. */
struct history_store {
	uint64_t t;
	int cpu;		/* EVENT_NO_CPU: by hand, or by a device */
	bool by_device;
	gva_t pc;
	gpa_t addr;
	unsigned size;
	uint64_t old, value;	/* of history_who(): what was asked for, all of it, before and after */
};
/* Find it, into *STORE.  False with ERR when nothing was stored there before now, or the person ended it. */
bool history_who(struct history *history, gpa_t addr, uint64_t len, struct history_store *store, struct error *err);

/* The last moment before now at which a condition of LIST came true (an expression: became so), into *T; UINT64_MAX:
 * never.  False with ERR when the person ended it. */
bool history_when(struct history *history, struct condition_list *list, uint64_t *t, struct error *err);

/* A store was seen while looking back; what the session's watch function calls. */
void history_see_store(struct history *history, const struct history_store *store);

/* ---- futures and named moments ---- */

/* Name of the present future: "main", and "future-1" and so on for those begun by changing the past. */
const char *history_future(const struct history *history);

/* Give the present moment NAME; an old one of that name is replaced.  False with ERR when futures are called so. */
bool history_name(struct history *history, const char *name, struct error *err);

/* Go to the moment, or the end of the future, called NAME.  False with ERR when there is none, or the person ended
 * it. */
bool history_restore(struct history *history, const char *name, struct error *err);

/* Let the present moment be the end of the only future there is, called "main": what came after it, and other
 * futures, are forgotten.  Names stay for moments on the way here. */
void history_forget(struct history *history);

/* The present future and the names there are, one a line. */
void history_list(const struct history *history, struct strbuf *out);

/* ---- for recordings ---- */

/* Let what COUNT ENTRIES (copied) say be done from the start until END_T be the future of HISTORY, which stands at
 * its start and has none yet. */
void history_load(struct history *history, const struct entry *entries, size_t count, uint64_t end_t);

/* Entries of the journal up to now. */
size_t history_entry_count(const struct history *history);
/* Entry INDEX, borrowed. */
const struct entry *history_entry(const struct history *history, size_t index);

#endif /* SESSION_HISTORY_H */
