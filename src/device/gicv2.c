/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv2.c: what ties distributor and CPU interfaces together: which interrupt reaches which line.
 */
#include "device/gicv2.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/gicv2_state.h"

static const uint64_t state_tag = STATE_TAG('g', 'i', 'c', '2', 1);

struct gicv2 *gicv2_new(struct machine *machine, unsigned intid_count, bool security)
{
	struct gicv2 *gic = xzalloc(sizeof(*gic));
	unsigned cpus = machine_cpu_count(machine);

	assert(intid_count > GIC_PRIVATE_COUNT && intid_count <= GIC_INTID_COUNT);
	gic->head = STATE_HEAD(state_tag, gic->state);
	gic->machine = machine;
	gic->cpu_count = cpus < GICV2_CPU_MAX ? cpus : GICV2_CPU_MAX;
	gic->security = security;
	gic->state.irqs.words = (intid_count + 31) / 32;
	gic->state.irqs.has_fixed_sgis = true;
	gicv2_dist_ops.reset(gic);
	return gic;
}

void gicv2_free(struct gicv2 *gic)
{
	free(gic);
}

bool gicv2_is_nonsecure(const struct gicv2 *gic, unsigned cpu)
{
	return gic->security && cpu_el(machine_cpu_const(gic->machine, cpu)) != 3;
}

struct gic_best gicv2_best(const struct gicv2 *gic, unsigned cpu)
{
	/* Bits 0 and 1 of both control registers enable groups 0 and 1: the numbers of enum gic_group. */
	unsigned groups = gic->state.ctlr & gic->state.cpu[cpu].ctlr & (GICD_CTLR_ENABLE_GRP0 | GICD_CTLR_ENABLE_GRP1);

	return gicirq_best(&gic->state.irqs, cpu, groups);
}

uint8_t gicv2_group_part(const struct gicv2 *gic, unsigned cpu, enum gic_group group, uint8_t priority)
{
	const struct gicv2_cpu *iface = &gic->state.cpu[cpu];
	bool own = group == GIC_GROUP1 && !(iface->ctlr & GICC_CTLR_CBPR);

	return gicprio_group_part(priority, own ? iface->abpr - 1u : iface->bpr);
}

bool gicv2_is_signalled(const struct gicv2 *gic, unsigned cpu, struct gic_best best)
{
	const struct gicv2_cpu *iface = &gic->state.cpu[cpu];

	if (best.intid == GIC_NONE || best.priority >= iface->pmr)
		return false;
	return gicv2_group_part(gic, cpu, best.group, best.priority) < gicprio_running(&iface->prio);
}

/* The lines that CPU should see.  Only the most urgent interrupt decides, so at most one is high. */
static void get_lines(const struct gicv2 *gic, unsigned cpu, bool line[LINE_COUNT])
{
	struct gic_best best = gicv2_best(gic, cpu);
	bool signalled = gicv2_is_signalled(gic, cpu, best);
	bool as_fiq = best.group == GIC_GROUP0 && (gic->state.cpu[cpu].ctlr & GICC_CTLR_FIQ_EN);

	line[LINE_IRQ] = signalled && !as_fiq;
	line[LINE_FIQ] = signalled && as_fiq;
}

void gicv2_update(struct gicv2 *gic)
{
	bool line[LINE_COUNT];

	for (unsigned cpu = 0; cpu < gic->cpu_count; cpu++) {
		get_lines(gic, cpu, line);
		machine_set_line(gic->machine, cpu, LINE_IRQ, line[LINE_IRQ]);
		machine_set_line(gic->machine, cpu, LINE_FIQ, line[LINE_FIQ]);
	}
}

/* ---- struct gic_ops ---- */

static bool exists(const struct gicv2 *gic, unsigned cpu, unsigned intid)
{
	if (intid >= gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return false;
	return intid >= GIC_PRIVATE_COUNT || cpu < gic->cpu_count;
}

static void set_input(void *object, unsigned cpu, unsigned intid, bool level)
{
	struct gicv2 *gic = object;

	if (!exists(gic, cpu, intid))
		return;
	if (gicirq_get(&gic->state.irqs, GIC_BITS_LEVEL, cpu, intid) == level)
		return;
	gicirq_set_input(&gic->state.irqs, cpu, intid, level);
	gicv2_update(gic);
}

static void set_pending(void *object, unsigned cpu, unsigned intid)
{
	struct gicv2 *gic = object;

	if (!exists(gic, cpu, intid))
		return;
	gicirq_put(&gic->state.irqs, GIC_BITS_LATCHED, cpu, intid, true);
	if (intid < GIC_SGI_COUNT)
		gic->state.cpu[cpu].sgi_sources[intid] |= (uint8_t)(1u << cpu);
	gicv2_update(gic);
}

static void irq_state(const void *object, unsigned cpu, unsigned intid, struct gic_irq_state *out)
{
	const struct gicv2 *gic = object;

	memset(out, 0, sizeof(*out));
	if (exists(gic, cpu, intid))
		gicirq_peek(&gic->state.irqs, cpu, intid, out);
}

static void cpu_state_of(const void *object, unsigned cpu, struct gic_cpu_state *out)
{
	const struct gicv2 *gic = object;
	bool line[LINE_COUNT];

	memset(out, 0, sizeof(*out));
	out->highest = GIC_NONE;
	out->running = GIC_IDLE_PRIORITY;
	if (cpu >= gic->cpu_count)
		return;
	get_lines(gic, cpu, line);
	out->mask = gic->state.cpu[cpu].pmr;
	out->running = gicprio_running(&gic->state.cpu[cpu].prio);
	out->highest = gicv2_best(gic, cpu).intid;
	out->irq = line[LINE_IRQ];
	out->fiq = line[LINE_FIQ];
}

const struct gic_ops gicv2_gic_ops = {
	.set_input = set_input,
	.set_pending = set_pending,
	.irq_state = irq_state,
	.cpu_state = cpu_state_of,
	/* The memory-mapped CPU interface is outside the CPU, and keeps its state when that is reset. */
	.reset_cpu = NULL,
};
