/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv2_state.h: the inside of GICv2.  Private to gicv2*.c.
 */
#ifndef DEVICE_GICV2_STATE_H
#define DEVICE_GICV2_STATE_H

#include "device/gicirq.h"
#include "device/gicprio.h"
#include "device/gicv2.h"
#include "device/state.h"

/* GICC_CTLR as the secure side sees it. */
enum {
	GICC_CTLR_ENABLE_GRP0 = 1 << 0,
	GICC_CTLR_ENABLE_GRP1 = 1 << 1,
	GICC_CTLR_ACK_CTL = 1 << 2,
	GICC_CTLR_FIQ_EN = 1 << 3,
	GICC_CTLR_CBPR = 1 << 4,
	GICC_CTLR_FIQ_BYP_DIS_GRP0 = 1 << 5,
	GICC_CTLR_IRQ_BYP_DIS_GRP0 = 1 << 6,
	GICC_CTLR_FIQ_BYP_DIS_GRP1 = 1 << 7,
	GICC_CTLR_IRQ_BYP_DIS_GRP1 = 1 << 8,
	GICC_CTLR_EOI_MODE_S = 1 << 9,
	GICC_CTLR_EOI_MODE_NS = 1 << 10,
};

enum { GICD_CTLR_ENABLE_GRP0 = 1 << 0, GICD_CTLR_ENABLE_GRP1 = 1 << 1 };

/* The CPU interface of one CPU. */
struct gicv2_cpu {
	uint32_t ctlr;
	uint8_t pmr, bpr, abpr;
	uint8_t sgi_sources[GIC_SGI_COUNT];	/* pending SGIs: bit n: sent by CPU n */
	struct gicprio prio;
};

struct gicv2_state {
	uint32_t ctlr;
	struct gicirq irqs;
	struct gicv2_cpu cpu[GICV2_CPU_MAX];
};

struct gicv2 {
	struct state_head head;
	struct machine *machine;
	unsigned cpu_count;		/* at most GICV2_CPU_MAX */
	bool security;
	struct gicv2_state state;
};

/* Is an access by CPU non-secure? */
bool gicv2_is_nonsecure(const struct gicv2 *gic, unsigned cpu);

/* The highest priority pending interrupt of CPU that both enables let through. */
struct gic_best gicv2_best(const struct gicv2 *gic, unsigned cpu);

/* Would BEST interrupt CPU: is it above the mask and the running priority? */
bool gicv2_is_signalled(const struct gicv2 *gic, unsigned cpu, struct gic_best best);

/* Group priority of an interrupt of GROUP with PRIORITY on CPU. */
uint8_t gicv2_group_part(const struct gicv2 *gic, unsigned cpu, enum gic_group group, uint8_t priority);

/* Something changed: drive the lines of all CPUs. */
void gicv2_update(struct gicv2 *gic);

#endif /* DEVICE_GICV2_STATE_H */
