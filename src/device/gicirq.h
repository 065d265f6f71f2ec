/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicirq.h: the interrupts of a GIC: configuration, pending and active state, priorities and routes.
 *
 * Private to GICv2 and GICv3, whose distributors keep the same bits behind the same register layout (GICD_IGROUPR to
 * GICD_ICFGR; the SGI frame of a redistributor is its first word).  Word 0 of each bitmap, INTID 0 to 31, exists once a
 * CPU.  Nothing here drives a line: after each change the owner asks gicirq_best() again.
 */
#ifndef DEVICE_GICIRQ_H
#define DEVICE_GICIRQ_H

#include <stdbool.h>
#include <stdint.h>

#include "device/gic.h"
#include "machine/types.h"

enum gic_bitmap {
	GIC_BITS_GROUP,		/* group 1 */
	GIC_BITS_MODIFIER,	/* with the group bit clear: secure group 1 (GICv3) */
	GIC_BITS_ENABLED,
	GIC_BITS_LATCHED,	/* pending by an edge or by software */
	GIC_BITS_LEVEL,		/* input wires */
	GIC_BITS_ACTIVE,
	GIC_BITS_EDGE,		/* edge-triggered */
	GIC_BITS_COUNT,
};

enum { GIC_WORD_COUNT = 32 };

/* Plain data: part of the saved state. */
struct gicirq {
	uint32_t words;					/* bitmap words in use, 32 interrupts each */
	uint32_t has_fixed_sgis;			/* GICv2: SGIs are always enabled, sent by GICD_SGIR alone */
	uint32_t banked[GIC_BITS_COUNT][CPU_MAX];	/* word 0 */
	uint32_t shared[GIC_BITS_COUNT][GIC_WORD_COUNT];
	uint8_t private_priority[CPU_MAX][GIC_PRIVATE_COUNT];
	uint8_t priority[GIC_INTID_COUNT + 4];
	uint64_t route[GIC_INTID_COUNT + 4];		/* SPIs: CPUs that may get it */
};

/* Whose view of which words a register access has. */
struct gicirq_view {
	unsigned cpu;
	bool nonsecure;			/* sees group 1 alone, and the lower half of the priorities */
	unsigned first, end;		/* bitmap words that the register block covers */
};

/* An interrupt that could be signalled. */
struct gic_best {
	unsigned intid;			/* GIC_NONE: there is none */
	uint8_t priority;
	enum gic_group group;
};

/* All interrupts as after a reset: group 0, disabled, level-sensitive, priority 0, not routed.  IRQS->words and
 * has_fixed_sgis stay. */
void gicirq_reset(struct gicirq *irqs);

/* Bitmap word N of BITS, as CPU sees it. */
uint32_t *gicirq_word(struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned n);
/* Its value. */
uint32_t gicirq_get_word(const struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned n);

/* One bit of a bitmap. */
bool gicirq_get(const struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned intid);
/* Set or clear it. */
void gicirq_put(struct gicirq *irqs, enum gic_bitmap bits, unsigned cpu, unsigned intid, bool value);

/* Group, priority and routes of INTID for CPU. */
enum gic_group gicirq_group(const struct gicirq *irqs, unsigned cpu, unsigned intid);
/* Priority as the secure side sees it. */
uint8_t gicirq_priority(const struct gicirq *irqs, unsigned cpu, unsigned intid);

/* The input wire of INTID changed to LEVEL. */
void gicirq_set_input(struct gicirq *irqs, unsigned cpu, unsigned intid, bool level);

/* INTID goes from pending to active (and pending while its level stays high). */
void gicirq_activate(struct gicirq *irqs, unsigned cpu, unsigned intid);

/* The interrupt of highest priority among those pending, enabled, not active, routed to CPU and in one of GROUPS
 * (bit n: enum gic_group n); the lowest number of equals. */
struct gic_best gicirq_best(const struct gicirq *irqs, unsigned cpu, unsigned groups);

/* All of OUT but targets of an SGI or PPI, which is CPU alone. */
void gicirq_peek(const struct gicirq *irqs, unsigned cpu, unsigned intid, struct gic_irq_state *out);

/* The 32-bit register at OFFSET (a multiple of 4, 0x080 to 0xd7f without the targets at 0x800). */
uint32_t gicirq_read(const struct gicirq *irqs, const struct gicirq_view *view, unsigned offset);

/* Store the bits of VALUE that are in LANES (whole bytes) to it. */
void gicirq_write(struct gicirq *irqs, const struct gicirq_view *view, unsigned offset, uint32_t value, uint32_t lanes);

/* The bytes of a word that an access of SIZE at OFFSET touches. */
uint32_t gicirq_lanes(unsigned offset, unsigned size);

/* An access to a block of 32-bit registers: by whom, where, and 1 to 8 bytes. */
struct gicirq_access {
	struct gicirq_view view;
	unsigned offset, size;
};

/* The register at OFFSET (a multiple of 4) of BLOCK, as VIEW sees it. */
typedef uint32_t gicirq_read_fn(const void *block, const struct gicirq_view *view, unsigned offset);
/* Store the bytes of VALUE that are in LANES to it. */
typedef void gicirq_write_fn(void *block, const struct gicirq_view *view, unsigned offset, uint32_t value,
			     uint32_t lanes);

/* What access A loads from BLOCK; one of 8 bytes is two registers, the lower one first; not aligned, three. */
uint64_t gicirq_load(const void *block, const struct gicirq_access *a, gicirq_read_fn *read);
/* Store VALUE by access A. */
void gicirq_store(void *block, const struct gicirq_access *a, uint64_t value, gicirq_write_fn *write);

#endif /* DEVICE_GICIRQ_H */
