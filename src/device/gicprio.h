/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicprio.h: the arithmetic of interrupt priorities, shared by GICv2 and GICv3.
 *
 * Five bits are implemented, as in GIC-400 and GIC-600: 32 levels for the secure side, the less urgent 16 of them for
 * the non-secure one, which sees those shifted up to the full range.  Lower numbers are more urgent.
 */
#ifndef DEVICE_GICPRIO_H
#define DEVICE_GICPRIO_H

#include <stdbool.h>
#include <stdint.h>

#include "device/gic.h"

enum {
	GICPRIO_BITS = 5,
	GICPRIO_SHIFT = 8 - GICPRIO_BITS,
	GICPRIO_MASK = 0xff & ~((1 << GICPRIO_SHIFT) - 1),
	GICPRIO_MIN_BPR0 = GICPRIO_SHIFT - 1,	/* the least binary point: every implemented bit is group priority */
	GICPRIO_MIN_BPR1 = GICPRIO_SHIFT,	/* the same for group 1, whose binary point counts one more */
};

/* Active priorities of one CPU: bit n of a group's word is set while an interrupt of group priority n << GICPRIO_SHIFT
 * is being handled. */
struct gicprio {
	uint32_t active[GIC_GROUP_COUNT];
};

/* PRIORITY as the non-secure side sees it; what is out of its range reads 0. */
uint8_t gicprio_to_nonsecure(uint8_t priority);

/* The priority that the non-secure side means by VALUE. */
uint8_t gicprio_from_nonsecure(uint8_t value);

/* A running priority as the non-secure side sees it. */
uint8_t gicprio_running_to_nonsecure(uint8_t running);

/* The part of PRIORITY that decides preemption: bits above binary point BPR (as BPR0 counts: 0 to 7). */
uint8_t gicprio_group_part(uint8_t priority, unsigned bpr);

/* The group priority that CPU handles at present, GIC_IDLE_PRIORITY when none. */
uint8_t gicprio_running(const struct gicprio *prio);

/* Group that the running priority belongs to, or GIC_GROUP_COUNT when idle. */
enum gic_group gicprio_running_group(const struct gicprio *prio);

/* An interrupt of GROUP with group priority PART begins to be handled. */
void gicprio_raise(struct gicprio *prio, enum gic_group group, uint8_t part);

/* The most urgent one of GROUP ends; false when none was being handled. */
bool gicprio_drop(struct gicprio *prio, enum gic_group group);

#endif /* DEVICE_GICPRIO_H */
