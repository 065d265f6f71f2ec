/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv3_state.h: the inside of GICv3.  Private to gicv3*.c.
 */
#ifndef DEVICE_GICV3_STATE_H
#define DEVICE_GICV3_STATE_H

#include "device/gicirq.h"
#include "device/gicprio.h"
#include "device/gicv3.h"
#include "device/state.h"

/* GICD_CTLR as the secure side sees it; the enables are in the order of enum gic_group. */
enum {
	GICD_CTLR_ENABLE_GRP0 = 1 << 0,
	GICD_CTLR_ENABLE_GRP1NS = 1 << 1,
	GICD_CTLR_ENABLE_GRP1S = 1 << 2,
	GICD_CTLR_ENABLES = 7,
	GICD_CTLR_ARE_S = 1 << 4,
	GICD_CTLR_ARE_NS = 1 << 5,
	GICD_CTLR_DS = 1 << 6,
};

/* ProcessorSleep, ChildrenAsleep, and both, as they always are. */
enum {
	GICR_WAKER_PROCESSOR_SLEEP = 1 << 1,
	GICR_WAKER_CHILDREN_ASLEEP = 1 << 2,
	GICR_WAKER_ASLEEP = GICR_WAKER_PROCESSOR_SLEEP | GICR_WAKER_CHILDREN_ASLEEP,
};

/* The two copies of what is banked by security state; the non-secure one serves where there is but one state. */
enum gicv3_bank { BANK_SECURE, BANK_NONSECURE, BANK_COUNT };

enum { GICV3_LR_COUNT = 4 };

/* One CPU: its redistributor (besides the interrupts) and its CPU interface. */
struct gicv3_cpu {
	uint32_t waker;
	uint8_t pmr, bpr0, bpr1[BANK_COUNT];
	uint8_t igrpen0, igrpen1[BANK_COUNT];
	uint8_t cbpr[BANK_COUNT], eoimode[BANK_COUNT], eoimode_el3;
	struct gicprio prio;
	uint64_t ich_hcr, ich_vmcr, ich_ap0r, ich_ap1r;
	uint64_t ich_lr[GICV3_LR_COUNT];
};

struct gicv3_state {
	uint32_t ctlr;
	struct gicirq irqs;
	uint64_t router[GIC_INTID_COUNT + 4];
	struct gicv3_cpu cpu[CPU_MAX];
};

struct gicv3 {
	struct state_head head;
	struct machine *machine;
	unsigned cpu_count;
	bool security;
	unsigned region_count;
	struct gicv3_region region[GICV3_REGION_MAX];
	struct gicv3_state state;
};

/* Has the controller one security state (GICD_CTLR.DS)? */
bool gicv3_is_single(const struct gicv3 *gic);

/* Is an access by CPU non-secure? */
bool gicv3_is_nonsecure(const struct gicv3 *gic, unsigned cpu);

/* The highest priority pending interrupt of CPU that all enables let through. */
struct gic_best gicv3_best(const struct gicv3 *gic, unsigned cpu);

/* Would BEST interrupt CPU: is it above the mask and the running priority? */
bool gicv3_is_signalled(const struct gicv3 *gic, unsigned cpu, struct gic_best best);

/* Group priority of an interrupt of GROUP with PRIORITY on CPU. */
uint8_t gicv3_group_part(const struct gicv3 *gic, unsigned cpu, enum gic_group group, uint8_t priority);

/* Something that only CPU sees changed: drive its lines. */
void gicv3_update_cpu(struct gicv3 *gic, unsigned cpu);

/* Something changed: drive all lines. */
void gicv3_update(struct gicv3 *gic);

/* Back to reset. */
void gicv3_reset(struct gicv3 *gic);
/* One CPU's interface. */
void gicv3_reset_cpu(void *gic, unsigned cpu);

/* Route INTID by its GICD_IROUTER. */
void gicv3_route(struct gicv3 *gic, unsigned intid);

#endif /* DEVICE_GICV3_STATE_H */
