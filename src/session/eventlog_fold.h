/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog_fold.h: what would flood a log for people, as one line.
 *
 * A kernel that waits in wfe lets the timer send an event now and then, so that a lost sev ends a wait late instead of
 * never.  A CPU that nothing comes for wakes by it, looks, and sleeps again, many thousand times.  The first time is
 * told; what follows is counted, and told when that CPU does anything else, or the run ends.
 */
#ifndef SESSION_EVENTLOG_FOLD_H
#define SESSION_EVENTLOG_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/event.h"
#include "machine/machine.h"

struct loaded;

/* How far a CPU is: it woke by the stream, and slept again; that is what may repeat. */
enum fold_stage { FOLD_NOTHING, FOLD_WOKE, FOLD_SLEEPS };

/* All zero to begin with. */
struct eventlog_fold {
	struct {
		enum fold_stage stage;
		struct event wake;		/* the last one that was folded, or the first one */
		gva_t sleep_pc;
		uint64_t times;			/* wakes folded since a line told of them */
		bool is_awake;			/* after the last of them */
	} cpu[CPU_MAX];
	uint64_t last;				/* time of the last event */
};

/* EVENT, the next one, comes to a text log that has wfe-wake.  Append to OUT the lines that are due before it.  True
 * when EVENT is to be told itself, false when it is folded. */
bool eventlog_fold_take(struct eventlog_fold *fold, const struct loaded *loaded, const struct event *event,
			struct strbuf *out);

/* The log ends at T: append the lines that are due. */
void eventlog_fold_end(struct eventlog_fold *fold, const struct loaded *loaded, uint64_t t, struct strbuf *out);

#endif /* SESSION_EVENTLOG_FOLD_H */
