/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv3.h: the Generic Interrupt Controller, architecture version 3 (Arm IHI 0069), up to 64 CPUs.
 *
 * A distributor, one redistributor a CPU (two 64 KiB frames each) and the CPU interface's ICC_ system registers.
 * Affinity routing and the system register interface are always on.  With security, accesses made at EL3 are secure and
 * all others are not; without it (a machine without firmware) GICD_CTLR.DS is fixed at 1.  No LPIs, no ITS, no
 * message based SPIs, no 1-of-N routing.  The virtual interface's ICH_ registers keep what is written and do nothing.
 *
 * Lines: non-secure group 1 is IRQ, all else FIQ.  (The architecture makes it FIQ while the CPU is at EL3; firmware
 * that keeps interrupts masked there cannot tell.)
 */
#ifndef DEVICE_GICV3_H
#define DEVICE_GICV3_H

#include "device/gic.h"
#include "machine/device.h"
#include "machine/machine.h"

enum {
	GICV3_DIST_SIZE = 0x10000,
	GICV3_FRAME_SIZE = 0x20000,	/* of one redistributor */
	GICV3_REGION_MAX = 4,
};

struct gicv3;

/* A run of redistributors in the address space: the object of gicv3_redist_ops. */
struct gicv3_region {
	struct gicv3 *gic;
	unsigned first_cpu, cpu_count;
	uint64_t stride;		/* bytes from one redistributor to the next */
};

/* The distributor's registers, with the gicv3; its table saves the whole controller.  The redistributors', with a
 * gicv3_region. */
extern const struct device_ops gicv3_dist_ops;
extern const struct device_ops gicv3_redist_ops;

/* The ICC_ and ICH_ system registers, with the gicv3. */
extern const struct sysreg_ops gicv3_sysreg_ops;

/* For struct gic. */
extern const struct gic_ops gicv3_gic_ops;

/* A controller for the CPUs of MACHINE (borrowed) with interrupts 0 to INTID_COUNT - 1, rounded up to 32, at most 1020;
 * SECURITY: with two security states. */
struct gicv3 *gicv3_new(struct machine *machine, unsigned intid_count, bool security);

/* Free it; NULL is allowed. */
void gicv3_free(struct gicv3 *gic);

/* Give the next CPUs their redistributors, STRIDE bytes apart, in one more region of SIZE bytes; at most
 * GICV3_REGION_MAX regions.  The object to add to the machine, owned by GIC. */
struct gicv3_region *gicv3_add_region(struct gicv3 *gic, uint64_t size, uint64_t stride);

/* CPUs that have a redistributor; those that have none must not be left. */
unsigned gicv3_redist_count(const struct gicv3 *gic);

#endif /* DEVICE_GICV3_H */
