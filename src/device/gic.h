/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gic.h: what the board, the session and the views ask of an interrupt controller, whichever version it is.
 */
#ifndef DEVICE_GIC_H
#define DEVICE_GIC_H

#include <stdbool.h>
#include <stdint.h>

#include "device/irq.h"

enum {
	GIC_SGI_COUNT = 16,		/* INTID 0 to 15: software generated */
	GIC_PRIVATE_COUNT = 32,		/* INTID 0 to 31: SGIs and PPIs, one set a CPU */
	GIC_INTID_COUNT = 1020,		/* numbers that an interrupt can have */
	GIC_NONE_SECURE = 1020,		/* the special numbers that an acknowledge can return */
	GIC_NONE_NONSECURE = 1021,
	GIC_NONE_GROUP1 = 1022,
	GIC_NONE = 1023,
	GIC_IDLE_PRIORITY = 0xff,	/* running priority of a CPU that handles no interrupt */
};

/* The groups.  A controller without security states has no secure group 1. */
enum gic_group { GIC_GROUP0, GIC_GROUP1, GIC_GROUP1_SECURE, GIC_GROUP_COUNT };

/* All that is known of one interrupt, as the secure side sees it. */
struct gic_irq_state {
	bool enabled, pending, active;
	bool level;			/* the input wire */
	bool edge;			/* edge-triggered by configuration */
	enum gic_group group;
	uint8_t priority;
	uint64_t targets;		/* bit n: CPU n may get it */
};

/* The CPU interface of one CPU, as the secure side sees it. */
struct gic_cpu_state {
	uint8_t mask;			/* PMR */
	uint8_t running;		/* running priority, GIC_IDLE_PRIORITY when idle */
	unsigned highest;		/* highest priority pending interrupt that is enabled, or GIC_NONE */
	bool irq, fiq;			/* the lines to the CPU */
};

/* What every version offers. */
struct gic_ops {
	/* An input wire changed (see irq_set_fn). */
	irq_set_fn *set_input;
	/* Make INTID pending as by software; CPU matters for private interrupts. */
	void (*set_pending)(void *gic, unsigned cpu, unsigned intid);
	/* Look, without side effects. */
	void (*irq_state)(const void *gic, unsigned cpu, unsigned intid, struct gic_irq_state *out);
	void (*cpu_state)(const void *gic, unsigned cpu, struct gic_cpu_state *out);
	/* CPU went through a reset, and with it what of the controller is inside the CPU; NULL: nothing is. */
	void (*reset_cpu)(void *gic, unsigned cpu);
};

/* A controller: the table and its object.  ops is NULL when the board has none. */
struct gic {
	const struct gic_ops *ops;
	void *object;
	unsigned version;		/* 0 (none), 2 or 3 */
	unsigned intid_count;		/* numbers below this exist */
};

#endif /* DEVICE_GIC_H */
