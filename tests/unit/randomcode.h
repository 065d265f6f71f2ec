/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/randomcode.h: small random guest programs that never end: loads, stores, exclusives, events, calls, faults,
 * interrupts.  The same seed gives the same program.
 */
#ifndef UNIT_RANDOMCODE_H
#define UNIT_RANDOMCODE_H

#include "machine/machine.h"

/* A machine whose CPUs run the program of SEED under the schedule SCHED.  It has a device that sends events and raises
 * interrupts.  Free it with randomcode_free(). */
struct randomcode *randomcode_new(uint64_t seed, const char *sched);
/* Free it, machine and all. */
void randomcode_free(struct randomcode *code);

/* Its machine. */
struct machine *randomcode_machine(struct randomcode *code);

/* The next number of the sequence that *STATE is in. */
uint64_t randomcode_draw(uint64_t *state);

/* CPUs that the program of SEED has. */
unsigned randomcode_cpus(uint64_t seed);

#endif /* UNIT_RANDOMCODE_H */
