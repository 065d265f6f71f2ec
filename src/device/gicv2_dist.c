/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv2_dist.c: the distributor's registers (Arm IHI 0048B 4.3), and saving the controller.
 */
#include <string.h>

#include "device/gicv2.h"
#include "device/gicv2_state.h"

enum {
	GICD_CTLR = 0x000,
	GICD_TYPER = 0x004,
	GICD_IIDR = 0x008,
	GICD_IRQS = 0x080, GICD_IRQS_END = 0xd00,	/* what gicirq.h answers, but for the targets */
	GICD_ITARGETSR = 0x800, GICD_ITARGETSR_END = 0xc00,
	GICD_SGIR = 0xf00,
	GICD_CPENDSGIR = 0xf10,
	GICD_SPENDSGIR = 0xf20, GICD_SPENDSGIR_END = 0xf30,
	GICD_ID = 0xfd0,

	GICD_TYPER_SECURITY = 1 << 10,
	GICD_IIDR_GIC400 = 0x0200143b,
};

/* GICD_PIDR4 to 7, 0 to 3, CIDR0 to 3 of a GIC-400. */
static const uint8_t id_bytes[] = { 0x04, 0, 0, 0, 0x90, 0xb4, 0x2b, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

static void dist_reset(void *dev)
{
	struct gicv2 *gic = dev;

	gic->state.ctlr = 0;
	gicirq_reset(&gic->state.irqs);
	memset(gic->state.cpu, 0, sizeof(gic->state.cpu));
	for (unsigned cpu = 0; cpu < GICV2_CPU_MAX; cpu++) {
		gic->state.cpu[cpu].bpr = GICPRIO_MIN_BPR0;
		gic->state.cpu[cpu].abpr = GICPRIO_MIN_BPR1;
	}
	gicv2_update(gic);
}

/* May VIEW see interrupt INTID? */
static bool sees(const struct gicv2 *gic, const struct gicirq_view *view, unsigned intid)
{
	return !view->nonsecure || gicirq_group(&gic->state.irqs, view->cpu, intid) == GIC_GROUP1;
}

static uint32_t read_targets(const struct gicv2 *gic, const struct gicirq_view *view, unsigned offset)
{
	unsigned first = offset - GICD_ITARGETSR;
	uint32_t value = 0;

	if (gic->cpu_count == 1 || first / 32 >= view->end)
		return 0;	/* RAZ/WI in a uniprocessor implementation */
	for (unsigned i = 0; i < 4; i++) {
		const uint64_t *route = &gic->state.irqs.route[first + i];

		if (sees(gic, view, first + i))
			value |= (first < GIC_PRIVATE_COUNT ? 1u << view->cpu : (uint32_t)*route) << i * 8;
	}
	return value;
}

static void write_targets(struct gicv2 *gic, const struct gicirq_view *view, unsigned offset, uint32_t value,
			  uint32_t lanes)
{
	unsigned first = offset - GICD_ITARGETSR;
	unsigned there = (1u << gic->cpu_count) - 1;

	if (gic->cpu_count == 1 || first < GIC_PRIVATE_COUNT || first / 32 >= view->end)
		return;
	for (unsigned i = 0; i < 4; i++)
		if ((lanes >> i * 8 & 1) && sees(gic, view, first + i))
			gic->state.irqs.route[first + i] = value >> i * 8 & there;
}

/* Set or clear the sources of an SGI on CPU, and with them whether it is pending. */
static void put_sgi_sources(struct gicv2 *gic, unsigned cpu, unsigned sgi, uint8_t sources)
{
	gic->state.cpu[cpu].sgi_sources[sgi] = sources;
	gicirq_put(&gic->state.irqs, GIC_BITS_LATCHED, cpu, sgi, sources != 0);
}

static uint32_t read_sgi_sources(const struct gicv2 *gic, const struct gicirq_view *view, unsigned offset)
{
	unsigned first = offset & 0xc;
	uint32_t value = 0;

	for (unsigned i = 0; i < 4; i++)
		if (sees(gic, view, first + i))
			value |= (uint32_t)gic->state.cpu[view->cpu].sgi_sources[first + i] << i * 8;
	return value;
}

static void write_sgi_sources(struct gicv2 *gic, const struct gicirq_view *view, unsigned offset, uint32_t value)
{
	unsigned first = offset & 0xc;

	for (unsigned i = 0; i < 4; i++) {
		uint8_t bits = (uint8_t)(value >> i * 8);
		uint8_t now = gic->state.cpu[view->cpu].sgi_sources[first + i];

		if (sees(gic, view, first + i))
			put_sgi_sources(gic, view->cpu, first + i, offset < GICD_SPENDSGIR ? now & ~bits : now | bits);
	}
}

/* The CPUs that GICD_SGIR VALUE written by CPU names. */
static unsigned sgi_targets(const struct gicv2 *gic, unsigned cpu, uint32_t value)
{
	unsigned all = (1u << gic->cpu_count) - 1;

	switch (value >> 24 & 3) {
	case 0:
		return value >> 16 & all;
	case 1:
		return all & ~(1u << cpu);
	case 2:
		return 1u << cpu;
	default:
		return 0;
	}
}

/* The non-secure side can only send what is in group 1 at the target; the secure side says with NSATT which group it
 * means (4.3.15, "SGI generation when the GIC implements the Security Extensions"). */
static bool sgi_is_forwarded(const struct gicv2 *gic, const struct gicirq_view *view, unsigned target, uint32_t value)
{
	bool want_group1 = view->nonsecure || (value >> 15 & 1);

	if (!gic->security)
		return true;
	return (gicirq_group(&gic->state.irqs, target, value & 15) == GIC_GROUP1) == want_group1;
}

static void write_sgir(struct gicv2 *gic, const struct gicirq_view *view, uint32_t value)
{
	unsigned sgi = value & 15, targets = sgi_targets(gic, view->cpu, value), sent = 0;
	struct event event = { .kind = EVENT_SGI };

	for (unsigned cpu = 0; cpu < gic->cpu_count; cpu++) {
		if (!(targets >> cpu & 1) || !sgi_is_forwarded(gic, view, cpu, value))
			continue;
		put_sgi_sources(gic, cpu, sgi, gic->state.cpu[cpu].sgi_sources[sgi] | (uint8_t)(1u << view->cpu));
		sent |= 1u << cpu;
	}
	event.u.irq.intid = sgi;
	event.u.irq.targets = sent;
	machine_emit(gic->machine, (int)view->cpu, &event);
}

static uint32_t read_typer(const struct gicv2 *gic)
{
	return (gic->security ? GICD_TYPER_SECURITY : 0) | (gic->cpu_count - 1) << 5 | (gic->state.irqs.words - 1);
}

static uint32_t read_ctlr(const struct gicv2 *gic, bool nonsecure)
{
	return nonsecure ? gic->state.ctlr >> 1 & 1 : gic->state.ctlr;
}

static void write_ctlr(struct gicv2 *gic, bool nonsecure, uint32_t value)
{
	if (nonsecure)
		gic->state.ctlr = (gic->state.ctlr & GICD_CTLR_ENABLE_GRP0) | (value & 1) << 1;
	else
		gic->state.ctlr = value & (GICD_CTLR_ENABLE_GRP0 | GICD_CTLR_ENABLE_GRP1);
}

static uint32_t read_word(const void *dev, const struct gicirq_view *view, unsigned offset)
{
	const struct gicv2 *gic = dev;

	if (offset >= GICD_ITARGETSR && offset < GICD_ITARGETSR_END)
		return read_targets(gic, view, offset);
	if (offset >= GICD_IRQS && offset < GICD_IRQS_END)
		return gicirq_read(&gic->state.irqs, view, offset);
	if (offset >= GICD_CPENDSGIR && offset < GICD_SPENDSGIR_END)
		return read_sgi_sources(gic, view, offset);
	if (offset >= GICD_ID && offset < GICV2_DIST_SIZE)
		return id_bytes[(offset - GICD_ID) / 4];
	switch (offset) {
	case GICD_CTLR:
		return read_ctlr(gic, view->nonsecure);
	case GICD_TYPER:
		return read_typer(gic);
	case GICD_IIDR:
		return GICD_IIDR_GIC400;
	default:
		return 0;
	}
}

static void write_word(void *dev, const struct gicirq_view *view, unsigned offset, uint32_t value, uint32_t lanes)
{
	struct gicv2 *gic = dev;

	if (offset >= GICD_ITARGETSR && offset < GICD_ITARGETSR_END)
		write_targets(gic, view, offset, value, lanes);
	else if (offset >= GICD_IRQS && offset < GICD_IRQS_END)
		gicirq_write(&gic->state.irqs, view, offset, value, lanes);
	else if (offset >= GICD_CPENDSGIR && offset < GICD_SPENDSGIR_END)
		write_sgi_sources(gic, view, offset, value & lanes);
	else if (offset == GICD_CTLR && (lanes & 1))
		write_ctlr(gic, view->nonsecure, value);
	else if (offset == GICD_SGIR && lanes == UINT32_MAX)
		write_sgir(gic, view, value);
}

/* No register is wider than 32 bits, and of a wider access the lower half counts.  False: CPU has no view, or nothing is
 * at OFFSET. */
static bool locate(const struct gicv2 *gic, unsigned cpu, uint64_t offset, unsigned size, struct gicirq_access *out)
{
	if (cpu >= gic->cpu_count || offset >= GICV2_DIST_SIZE)
		return false;
	out->view = (struct gicirq_view){ cpu, gicv2_is_nonsecure(gic, cpu), 0, gic->state.irqs.words };
	out->offset = (unsigned)offset;
	out->size = size < 4 ? size : 4;
	return true;
}

static uint64_t dist_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	struct gicirq_access a;

	return locate(dev, cpu, offset, size, &a) ? gicirq_load(dev, &a, read_word) : 0;
}

static uint64_t dist_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return dist_peek(dev, cpu, offset, size);
}

static void dist_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct gicirq_access a;

	if (!locate(dev, cpu, offset, size, &a))
		return;
	gicirq_store(dev, &a, value, write_word);
	gicv2_update(dev);
}

const struct device_ops gicv2_dist_ops = {
	.name = "gicv2-dist",
	.reset = dist_reset,
	.read = dist_read,
	.write = dist_write,
	.peek = dist_peek,
	.save = state_dev_save,
	.load = state_dev_load,
};
