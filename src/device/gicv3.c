/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv3.c: what ties distributor, redistributors and CPU interfaces together: which interrupt reaches which
 * line.
 */
#include "device/gicv3.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/gicv3_state.h"

static const uint64_t state_tag = STATE_TAG('g', 'i', 'c', '3', 1);

struct gicv3 *gicv3_new(struct machine *machine, unsigned intid_count, bool security)
{
	struct gicv3 *gic = xzalloc(sizeof(*gic));

	assert(intid_count > GIC_PRIVATE_COUNT && intid_count <= GIC_INTID_COUNT);
	gic->head = STATE_HEAD(state_tag, gic->state);
	gic->machine = machine;
	gic->cpu_count = machine_cpu_count(machine);
	gic->security = security;
	gic->state.irqs.words = (intid_count + 31) / 32;
	gicv3_reset(gic);
	return gic;
}

void gicv3_free(struct gicv3 *gic)
{
	free(gic);
}

unsigned gicv3_redist_count(const struct gicv3 *gic)
{
	unsigned count = 0;

	for (unsigned i = 0; i < gic->region_count; i++)
		count += gic->region[i].cpu_count;
	return count;
}

struct gicv3_region *gicv3_add_region(struct gicv3 *gic, uint64_t size, uint64_t stride)
{
	struct gicv3_region *region = &gic->region[gic->region_count];
	unsigned first = gicv3_redist_count(gic);

	assert(gic->region_count < GICV3_REGION_MAX && stride >= GICV3_FRAME_SIZE);
	region->gic = gic;
	region->stride = stride;
	region->first_cpu = first;
	region->cpu_count = size / stride < gic->cpu_count - first ? (unsigned)(size / stride) : gic->cpu_count - first;
	gic->region_count++;
	return region;
}

void gicv3_reset_cpu(void *object, unsigned cpu)
{
	struct gicv3 *gic = object;
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	uint32_t waker = iface->waker;

	memset(iface, 0, sizeof(*iface));
	iface->waker = waker;	/* the redistributor is outside the CPU */
	iface->bpr0 = GICPRIO_MIN_BPR0;
	iface->bpr1[BANK_SECURE] = GICPRIO_MIN_BPR0;
	iface->bpr1[BANK_NONSECURE] = GICPRIO_MIN_BPR1;
	gicv3_update_cpu(gic, cpu);
}

void gicv3_reset(struct gicv3 *gic)
{
	gic->state.ctlr = GICD_CTLR_ARE_S | GICD_CTLR_ARE_NS | (gic->security ? 0 : GICD_CTLR_DS);
	gicirq_reset(&gic->state.irqs);
	memset(gic->state.router, 0, sizeof(gic->state.router));
	for (unsigned intid = GIC_PRIVATE_COUNT; intid < gic->state.irqs.words * 32; intid++)
		gicv3_route(gic, intid);
	for (unsigned cpu = 0; cpu < gic->cpu_count; cpu++) {
		/* With one security state nobody but the kernel could wake it, and kernels leave that to firmware. */
		gic->state.cpu[cpu].waker = gic->security ? GICR_WAKER_ASLEEP : 0;
		gicv3_reset_cpu(gic, cpu);
	}
}

void gicv3_route(struct gicv3 *gic, unsigned intid)
{
	int cpu = machine_find_mpidr(gic->machine, gic->state.router[intid]);

	gic->state.irqs.route[intid] = cpu < 0 ? 0 : UINT64_C(1) << cpu;
}

bool gicv3_is_single(const struct gicv3 *gic)
{
	return gic->state.ctlr & GICD_CTLR_DS;
}

bool gicv3_is_nonsecure(const struct gicv3 *gic, unsigned cpu)
{
	return !gicv3_is_single(gic) && cpu_el(machine_cpu_const(gic->machine, cpu)) != 3;
}

struct gic_best gicv3_best(const struct gicv3 *gic, unsigned cpu)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	unsigned groups = (unsigned)iface->igrpen0 << GIC_GROUP0 |
			  (unsigned)iface->igrpen1[BANK_NONSECURE] << GIC_GROUP1 |
			  (unsigned)iface->igrpen1[BANK_SECURE] << GIC_GROUP1_SECURE;

	if (iface->waker & GICR_WAKER_PROCESSOR_SLEEP)
		groups = 0;
	return gicirq_best(&gic->state.irqs, cpu, groups & gic->state.ctlr & GICD_CTLR_ENABLES);
}

uint8_t gicv3_group_part(const struct gicv3 *gic, unsigned cpu, enum gic_group group, uint8_t priority)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gicv3_bank bank = group == GIC_GROUP1_SECURE ? BANK_SECURE : BANK_NONSECURE;

	if (group == GIC_GROUP0 || iface->cbpr[bank])
		return gicprio_group_part(priority, iface->bpr0);
	return gicprio_group_part(priority, group == GIC_GROUP1 ? iface->bpr1[bank] - 1u : iface->bpr1[bank]);
}

bool gicv3_is_signalled(const struct gicv3 *gic, unsigned cpu, struct gic_best best)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];

	if (best.intid == GIC_NONE || best.priority >= iface->pmr)
		return false;
	return gicv3_group_part(gic, cpu, best.group, best.priority) < gicprio_running(&iface->prio);
}

/* The redistributor was told that CPU sleeps, and has something for it (IHI 0069, "Power management": WakeRequest). */
static bool wakes(const struct gicv3 *gic, unsigned cpu)
{
	return gic->state.cpu[cpu].waker & GICR_WAKER_PROCESSOR_SLEEP &&
	       gicirq_best(&gic->state.irqs, cpu, gic->state.ctlr & GICD_CTLR_ENABLES).intid != GIC_NONE;
}

/* The lines that CPU should see. */
static void get_lines(const struct gicv3 *gic, unsigned cpu, bool line[LINE_COUNT])
{
	struct gic_best best = gicv3_best(gic, cpu);
	bool signalled = gicv3_is_signalled(gic, cpu, best);

	line[LINE_IRQ] = signalled && best.group == GIC_GROUP1;
	line[LINE_FIQ] = signalled && best.group != GIC_GROUP1;
	line[LINE_WAKE] = wakes(gic, cpu);
}

void gicv3_update_cpu(struct gicv3 *gic, unsigned cpu)
{
	bool line[LINE_COUNT];

	get_lines(gic, cpu, line);
	for (int i = 0; i < LINE_COUNT; i++)
		machine_set_line(gic->machine, cpu, (enum cpu_line)i, line[i]);
}

void gicv3_update(struct gicv3 *gic)
{
	for (unsigned cpu = 0; cpu < gic->cpu_count; cpu++)
		gicv3_update_cpu(gic, cpu);
}

/* ---- struct gic_ops ---- */

static bool exists(const struct gicv3 *gic, unsigned cpu, unsigned intid)
{
	if (intid >= gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return false;
	return intid >= GIC_PRIVATE_COUNT || cpu < gic->cpu_count;
}

static void update_for(struct gicv3 *gic, unsigned cpu, unsigned intid)
{
	if (intid < GIC_PRIVATE_COUNT)
		gicv3_update_cpu(gic, cpu);
	else
		gicv3_update(gic);
}

static void set_input(void *object, unsigned cpu, unsigned intid, bool level)
{
	struct gicv3 *gic = object;

	if (!exists(gic, cpu, intid))
		return;
	if (gicirq_get(&gic->state.irqs, GIC_BITS_LEVEL, cpu, intid) == level)
		return;
	gicirq_set_input(&gic->state.irqs, cpu, intid, level);
	update_for(gic, cpu, intid);
}

static void set_pending(void *object, unsigned cpu, unsigned intid)
{
	struct gicv3 *gic = object;

	if (!exists(gic, cpu, intid))
		return;
	gicirq_put(&gic->state.irqs, GIC_BITS_LATCHED, cpu, intid, true);
	update_for(gic, cpu, intid);
}

static void irq_state(const void *object, unsigned cpu, unsigned intid, struct gic_irq_state *out)
{
	const struct gicv3 *gic = object;

	memset(out, 0, sizeof(*out));
	if (exists(gic, cpu, intid))
		gicirq_peek(&gic->state.irqs, cpu, intid, out);
}

static void cpu_state_of(const void *object, unsigned cpu, struct gic_cpu_state *out)
{
	const struct gicv3 *gic = object;
	bool line[LINE_COUNT];

	get_lines(gic, cpu, line);
	out->mask = gic->state.cpu[cpu].pmr;
	out->running = gicprio_running(&gic->state.cpu[cpu].prio);
	out->highest = gicv3_best(gic, cpu).intid;
	out->irq = line[LINE_IRQ];
	out->fiq = line[LINE_FIQ];
}

const struct gic_ops gicv3_gic_ops = {
	.set_input = set_input,
	.set_pending = set_pending,
	.irq_state = irq_state,
	.cpu_state = cpu_state_of,
	.reset_cpu = gicv3_reset_cpu,
};
