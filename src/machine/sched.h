/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sched.h: which CPU runs next, and for how long.
 *
 * rr:N gives each CPU that can run N instructions in turn; random:SEED draws CPU and burst from a generator of its own;
 * a list replays what was saved, to the instruction.  With N of SCHED_EXACT_BELOW or more a slice runs on to the end
 * of the basic block in which its count is reached, so that slices end where the fast profile of the engine can end
 * them; below that it is exactly N instructions.  Either way the run is the same from machine to machine.
 *
 * Forward progress: of store-exclusives that contend, one succeeds, since only another CPU's store makes one fail.  But
 * CPUs that also store plainly between the pair can part each other's pairs for ever when they run in lockstep.  So a
 * CPU that has lost its reservation SCHED_PATIENCE times in a row keeps its slice, once it has a reservation again,
 * until it has used that, for at most SCHED_EXTENSION instructions.  A list is not meddled with: what it says is run.
 */
#ifndef MACHINE_SCHED_H
#define MACHINE_SCHED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/types.h"

enum {
	SCHED_DEFAULT_QUANTUM = 1000,
	SCHED_EXACT_BELOW = 64,		/* quanta below this end exactly, not at the end of a basic block */
	SCHED_RANDOM_MAX_LOG2 = 6,	/* random: bursts are 1 to 2^n instructions, n anew from 0 to 6 ... */
	SCHED_RANDOM_PHASE = 64,	/* ... for so many bursts at a time */
	SCHED_PATIENCE = 8,		/* failed store-exclusives in a row, by loss, before the slice is extended */
	SCHED_EXTENSION = 64,		/* instructions by which it is extended at most */
};

struct sched;

/* Set the policy from text: "rr", "rr:N", "random", "random:SEED".  False with ERR saying what would be right. */
bool sched_set(struct sched *sched, const char *spec, struct error *err);

/* Replay TEXT, the contents of a saved schedule; NAME is for messages ("FILE:LINE: ..."). */
bool sched_set_list(struct sched *sched, const char *name, const char *text, struct error *err);

/* The policy as text, for the status line: borrowed until the next sched_set(). */
const char *sched_name(const struct sched *sched);

/* Start (ON) keeping what is run and injected from here on, or stop. */
void sched_record(struct sched *sched, bool on);
/* Append the saved form of what was recorded to OUT. */
void sched_save(const struct sched *sched, struct strbuf *out);

#endif /* MACHINE_SCHED_H */
