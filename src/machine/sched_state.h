/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sched_state.h: what a schedule is made of, for the two files that know: sched.c (what runs next) and
 * sched_file.c (its text).
 *
 * Private to the scheduler.
 */
#ifndef MACHINE_SCHED_STATE_H
#define MACHINE_SCHED_STATE_H

#include "base/vec.h"
#include "machine/core.h"

enum policy { POLICY_ROUND_ROBIN, POLICY_RANDOM, POLICY_LIST };

/* A burst, or several like it. */
struct burst {
	unsigned cpu;
	uint64_t count;
	uint64_t times;
	bool goes_on;			/* the rest of a slice that steps came between: no poll of devices before it */
};

/* Where the schedule stands: the policy too, since it can be changed on the way. */
struct sched_state {
	enum policy policy;
	uint64_t quantum;
	char name[64];
	struct slice slice;
	unsigned extended;		/* instructions that the slice was given beyond its end */
	bool was_parted;		/* steps came between the parts of the slice */
	unsigned last;			/* the CPU that had the last slice */
	uint64_t random;		/* generator */
	unsigned phase_left, phase_max;	/* random: bursts that are left of this kind, and their longest */
	size_t next;			/* list: the burst that comes next */
	uint64_t repeated;		/* list: how often it was run */
	size_t next_injected;		/* list: the injection that comes next */
};

/* A list to replay, which never changes.  Snapshots that stand somewhere in it hold it, too. */
struct sched_plan {
	unsigned holders;
	VEC(struct burst) list;
	VEC(struct injected) to_inject;
};

struct sched {
	unsigned cpu_count;
	struct sched_plan *plan;
	bool is_recording;
	VEC(struct burst) record;
	VEC(struct injected) injected;
	struct burst open;		/* what was run since the last end of a slice */
	struct sched_state state;
};

/* An empty plan, held once. */
struct sched_plan *sched_plan_new(void);
/* One holder less: the last one frees it. */
void sched_plan_release(struct sched_plan *plan);

/* Begin POLICY anew; VALUE is its quantum or seed. */
void sched_set_policy(struct sched *sched, enum policy policy, uint64_t value);

#endif /* MACHINE_SCHED_STATE_H */
