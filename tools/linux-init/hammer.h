/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hammer.h: threads on all CPUs that get in each other's way, a bounded number of times.
 */
#ifndef LINUX_INIT_HAMMER_H
#define LINUX_INIT_HAMMER_H

#include <stdbool.h>
#include <stdint.h>

/* Each of these runs one thread on each CPU of MASK, says what came of it, and is false when that is wrong. */

/* A lock made of a futex, which all of them take to count. */
bool hammer_lock(uint64_t mask);

/* A token that goes round by futex, each thread asleep until it comes. */
bool hammer_ring(uint64_t mask);

/* A signal that goes round, each handler sending it on. */
bool hammer_signals(uint64_t mask);

/* Sums in floating point, kept across switches to other threads of the same CPU. */
bool hammer_floats(uint64_t mask);

#endif /* LINUX_INIT_HAMMER_H */
