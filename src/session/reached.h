/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/reached.h: which milestones (service/milestones.h) were passed, by which CPU, and when.
 */
#ifndef SESSION_REACHED_H
#define SESSION_REACHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/machine.h"
#include "service/milestones.h"

struct loaded;

/* What is known of one milestone in this run. */
struct reached_state {
	const struct milestone *milestone;
	/* the name it has in what is loaded (an alternative, perhaps); NULL: in none of the images */
	const char *symbol;
	gva_t va;			/* where, when symbol is set */
	gpa_t pa;
	uint64_t times;			/* over all CPUs */
	int first_cpu;			/* EVENT_NO_CPU until reached */
	uint64_t first_t, last_t;
	uint64_t cpus;			/* bit n: CPU n passed it */
};

struct reached;

/* Mark in MACHINE the milestones that are in what is LOADED. */
struct reached *reached_new(struct machine *machine, const struct loaded *loaded);
/* Free REACHED; NULL is allowed. */
void reached_free(struct reached *reached);

/* Number of milestones: all of service/milestones.h, in its order. */
size_t reached_count(const struct reached *reached);
/* State of milestone INDEX. */
const struct reached_state *reached_at(const struct reached *reached, size_t index);
/* State of the milestone NAME (its own or an alternative), or NULL. */
const struct reached_state *reached_find(const struct reached *reached, const char *name);
/* When CPU passed milestone INDEX first; false when it has not. */
bool reached_by(const struct reached *reached, size_t index, unsigned cpu, uint64_t *t);

/* The machine is about to run the marked instruction at PA on CPU: count it and emit EVENT_MILESTONE. */
void reached_see(struct reached *reached, const struct cpu *cpu, gpa_t pa);

/* All states, for going back: their size in bytes, */
size_t reached_size(const struct reached *reached);
/* copied into STATE, */
void reached_get(const struct reached *reached, void *state);
/* and copied back. */
void reached_set(struct reached *reached, const void *state);

#endif /* SESSION_REACHED_H */
