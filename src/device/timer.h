/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/timer.h: the generic timer of every CPU (Arm ARM D11): counter views, five timers, event streams.
 *
 * The counter is the machine's (machine_ticks()).  A timer drives its private interrupt as a level.  What
 * CNTKCTL_EL1 and CNTHCTL_EL2 trap is the machine's to know: it asks here only for accesses that do not.  No
 * memory-mapped timers, no FEAT_ECV.
 */
#ifndef DEVICE_TIMER_H
#define DEVICE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "device/irq.h"
#include "machine/device.h"
#include "machine/machine.h"

/* In the order of the interrupts of a device tree's timer node ("arm,armv8-timer"). */
enum timer_kind { TIMER_PHYS_SECURE, TIMER_PHYS, TIMER_VIRT, TIMER_HYP, TIMER_HYP_VIRT, TIMER_KIND_COUNT };

/* One timer, for the views. */
struct timer_view {
	bool enabled, masked;		/* CTL.ENABLE, CTL.IMASK */
	bool met;			/* CTL.ISTATUS: the condition holds */
	uint64_t compare;		/* CVAL */
	uint64_t count;			/* the counter that it compares with, now */
};

struct timer;

/* For machine_add_device() with size 0 (time, reset and state), and machine_add_sysregs(). */
extern const struct device_ops timer_device_ops;
extern const struct sysreg_ops timer_sysreg_ops;

/* Timers for the CPUs of MACHINE (borrowed). */
struct timer *timer_new(struct machine *machine);

/* Free it; NULL is allowed. */
void timer_free(struct timer *timer);

/* There is firmware, whose work it is to set CNTFRQ_EL0: after a reset it is UNKNOWN (Arm ARM D17.11.10), here 0. */
void timer_forget_frequency(struct timer *timer);

/* Connect the output of the timers of KIND. */
void timer_connect(struct timer *timer, enum timer_kind kind, const struct irq_wire *wire);

/* CPU went through a reset: its timers and event streams are off. */
void timer_reset_cpu(struct timer *timer, unsigned cpu);

/* Look at one timer. */
void timer_peek(const struct timer *timer, unsigned cpu, enum timer_kind kind, struct timer_view *out);

#endif /* DEVICE_TIMER_H */
