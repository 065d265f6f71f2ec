/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/irq.h: the wire from a device to an input of whichever interrupt controller the board has.
 *
 * Interrupts are named by the controller's own numbers (INTID): 16 to 31 are private to a CPU (PPI), from 32 on shared
 * (SPI).  A wire is wiring, not state: it is set when the board is built and never saved.
 */
#ifndef DEVICE_IRQ_H
#define DEVICE_IRQ_H

#include <stdbool.h>
#include <stddef.h>

/* Drive input INTID of the controller SINK to LEVEL; CPU matters for private interrupts alone. */
typedef void irq_set_fn(void *sink, unsigned cpu, unsigned intid, bool level);

/* One wire; all zero is one that ends nowhere. */
struct irq_wire {
	irq_set_fn *set;
	void *sink;
	unsigned intid;
};

/* Drive WIRE to LEVEL. */
static inline void irq_wire_set(const struct irq_wire *wire, unsigned cpu, bool level)
{
	if (wire->set)
		wire->set(wire->sink, cpu, wire->intid, level);
}

#endif /* DEVICE_IRQ_H */
