/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history_private.h: the inside of a history, for history.c (doing), history_keeps.c (snapshots on the way),
 * history_walk.c (going along what was done) and history_futures.c (other futures and named moments).
 *
 * A moment is a time and the number of journal entries applied.  At equal times the one with fewer entries is earlier.
 */
#ifndef SESSION_HISTORY_PRIVATE_H
#define SESSION_HISTORY_PRIVATE_H

#include "base/vec.h"
#include "session/history.h"
#include "session/journal.h"
#include "session/records.h"

struct moment { uint64_t t; size_t applied; };

/* A snapshot of everything at one moment. */
struct keep {
	struct moment at;
	struct snapshot *snapshot;
	struct records *records;
	uint64_t instructions[CPU_MAX];	/* cpu_instructions() of each CPU */
};

/* Another future, or a moment with a name: the journal that leads there, and on. */
struct named {
	char *name;
	char *future;			/* the future that it lies on; its own name when it is a future */
	struct journal journal;
	uint64_t end_t;
	struct moment at;
};

struct history {
	struct session *session;
	struct journal journal;
	size_t applied;			/* entries done */
	size_t sealed;			/* entries that must stay as they are: a keep or a name was made after them */
	uint64_t end_t;			/* time of the end of this future */
	struct moment seen;		/* front ends were told what happened up to here */
	char *future;			/* its name */
	unsigned futures;		/* begun so far, but for the first */
	struct eventring_moment *ahead;	/* events up to the end, as it was left last; or NULL */
	VEC(struct named *) names;

	VEC(struct keep *) keeps;	/* in the order of their moments; the first is the start */
	uint64_t interval;		/* instructions between keeps, as time passes */
	uint64_t memory;		/* budget in bytes */

	uint64_t unasked;		/* instructions walked since the person was asked */
	struct history_store *store;	/* of history_who() */
	bool found_store;
};

/* The present moment. */
struct moment history_now(const struct history *history);
/* The machine of HISTORY. */
struct machine *history_machine(const struct history *history);
/* Is A before B, or B itself? */
bool history_is_by(struct moment a, struct moment b);
/* The next entry that is to be done when the machine goes on, or NULL. */
const struct entry *history_next_entry(const struct history *history);

/* The machine leaves the end of this future, if it stands there: remember what happened until then. */
void history_leave_end(struct history *history);
/* There is nothing ahead any more. */
void history_forget_ahead(struct history *history);

/* ---- history_keeps.c ---- */

/* The present moment, in no list. */
struct keep *keep_new(struct history *history);
/* Free KEEP. */
void keep_free(struct history *history, struct keep *keep);
/* Put everything back to KEEP. */
void keep_restore(struct history *history, const struct keep *keep);

/* Index of the last keep at or before AT. */
size_t keeps_find(const struct history *history, struct moment at);
/* Add KEEP to the list, unless there is one of the same moment; it is then freed. */
void keeps_add(struct history *history, struct keep *keep);
/* Take the keep INDEX off the list and free it. */
void keeps_remove(struct history *history, size_t index);
/* Make the list sparse far from now, and fit for the budget. */
void keeps_thin(struct history *history);

/* ---- history_walk.c ---- */

/* Along what was done: at most LIMIT instructions, and not past the end. */
struct stop history_walk_along(struct history *history, uint64_t limit);
/* Entries that are done when the clock shows T, before the next instruction. */
size_t history_applied_at(const struct history *history, uint64_t t);
/* Go to the moment AT.  False with ERR, everything as it was, when the person ends it. */
bool history_go_to(struct history *history, struct moment at, struct error *err);
/* The same from a moment that is none of the present future: there is no end to be left. */
bool history_come_to(struct history *history, struct moment at, struct error *err);

/* ENTRY_MEMORY is about to be done on the way: history_who() may be looking for it. */
void history_see_poke(struct history *history, const struct entry *entry);

/* ---- history_futures.c ---- */

/* A new future begins now; the one that was keeps its name. */
void history_diverge(struct history *history);
/* Free all names. */
void history_free_names(struct history *history);

#endif /* SESSION_HISTORY_PRIVATE_H */
