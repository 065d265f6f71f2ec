/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv2.h: the Generic Interrupt Controller, architecture version 2 (Arm IHI 0048B), up to 8 CPUs.
 *
 * Two register blocks: the distributor and the CPU interfaces, banked by the CPU that asks.  With the security
 * extensions, accesses made at EL3 are secure and all others are not; without them (a machine without firmware) there
 * is one view and every interrupt starts in group 0, signalled as IRQ.  A CPU past the eighth reads zero and is never
 * interrupted.  No bypass, no GICD_NSACR.
 *
 * The blocks of the virtualization extensions (GICH, GICV) are there where a tree names them, and read as zero: Linux
 * looks at GICH_VTR when it has come in at EL2.  It can be a host then, but runs no guests.
 */
#ifndef DEVICE_GICV2_H
#define DEVICE_GICV2_H

#include "device/gic.h"
#include "machine/device.h"
#include "machine/machine.h"

enum { GICV2_CPU_MAX = 8, GICV2_DIST_SIZE = 0x1000, GICV2_CPU_SIZE = 0x2000 };

struct gicv2;

/* The register blocks, for machine_add_device() with the gicv2.  The distributor's table saves the whole controller. */
extern const struct device_ops gicv2_dist_ops;
extern const struct device_ops gicv2_cpu_ops;
/* GICH and GICV; the object is not used. */
extern const struct device_ops gicv2_virt_ops;

/* For struct gic. */
extern const struct gic_ops gicv2_gic_ops;

/* A controller for the CPUs of MACHINE (borrowed) with interrupts 0 to INTID_COUNT - 1, rounded up to 32, at most 1020;
 * SECURITY: with the security extensions. */
struct gicv2 *gicv2_new(struct machine *machine, unsigned intid_count, bool security);

/* Free it; NULL is allowed. */
void gicv2_free(struct gicv2 *gic);

#endif /* DEVICE_GICV2_H */
