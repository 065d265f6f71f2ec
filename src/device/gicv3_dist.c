/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv3_dist.c: the distributor's and the redistributors' registers (Arm IHI 0069 12.9, 12.11), and saving.
 *
 * All registers are 32 bits wide but GICD_IROUTER and GICR_TYPER, which are two halves here.
 */
#include <string.h>

#include "device/gicv3.h"
#include "device/gicv3_state.h"

enum {
	GICD_CTLR = 0x0000,
	GICD_TYPER = 0x0004,
	GICD_IIDR = 0x0008,
	GICD_IROUTER = 0x6000, GICD_IROUTER_END = 0x8000,

	GICR_CTLR = 0x0000,
	GICR_IIDR = 0x0004,
	GICR_TYPER = 0x0008, GICR_TYPER_HIGH = 0x000c,
	GICR_WAKER = 0x0014,
	GICR_SGI_FRAME = 0x10000,

	IRQS = 0x0080, IRQS_END = 0x0d80,	/* what gicirq.h answers, in both */
	TARGETS = 0x0800, TARGETS_END = 0x0c00,	/* RAZ/WI with affinity routing */
	ID_BYTES = 0xffd0, ID_BYTES_END = 0x10000,

	GICD_TYPER_SECURITY = 1 << 10,
	GICD_TYPER_ID_BITS = (10 - 1) << 19,
	GICD_TYPER_A3V = 1 << 24,
	GICD_TYPER_NO_1_OF_N = 1 << 25,
	GICR_TYPER_LAST = 1 << 4,
	IIDR_ARM = 0x43b,
};

/* PIDR4 to 7, 0 to 3 (architecture 3), CIDR0 to 3. */
static const uint8_t dist_id[] = { 0x04, 0, 0, 0, 0x92, 0xb4, 0x3b, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
static const uint8_t redist_id[] = { 0x04, 0, 0, 0, 0x93, 0xb4, 0x3b, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

static const uint64_t affinity_mask = UINT64_C(0xff00ffffff);

static bool is_irqs(unsigned offset)
{
	return offset >= IRQS && offset < IRQS_END && !(offset >= TARGETS && offset < TARGETS_END);
}

/* ---- distributor ---- */

static uint32_t read_ctlr(const struct gicv3 *gic, bool nonsecure)
{
	uint32_t ctlr = gic->state.ctlr;

	if (nonsecure)	/* EnableGrp1A and ARE_NS */
		return (ctlr & GICD_CTLR_ENABLE_GRP1NS) | (ctlr & GICD_CTLR_ARE_NS) >> 1;
	return gicv3_is_single(gic) ? ctlr & ~(uint32_t)GICD_CTLR_ARE_NS : ctlr;
}

static void write_ctlr(struct gicv3 *gic, bool nonsecure, uint32_t value)
{
	uint32_t writable = GICD_CTLR_ENABLES;

	if (nonsecure)
		writable = GICD_CTLR_ENABLE_GRP1NS;
	else if (gicv3_is_single(gic))
		writable = GICD_CTLR_ENABLE_GRP0 | GICD_CTLR_ENABLE_GRP1NS;
	gic->state.ctlr = (gic->state.ctlr & ~writable) | (value & writable);
	if (!nonsecure && (value & GICD_CTLR_DS) && !gicv3_is_single(gic)) {
		/* One security state from now on until reset: there is no secure group 1 any more. */
		gic->state.ctlr = (gic->state.ctlr | GICD_CTLR_DS) & ~(uint32_t)GICD_CTLR_ENABLE_GRP1S;
		memset(gic->state.irqs.banked[GIC_BITS_MODIFIER], 0, sizeof(gic->state.irqs.banked[0]));
		memset(gic->state.irqs.shared[GIC_BITS_MODIFIER], 0, sizeof(gic->state.irqs.shared[0]));
	}
}

static uint32_t read_typer(const struct gicv3 *gic)
{
	return (gicv3_is_single(gic) ? 0 : GICD_TYPER_SECURITY) | GICD_TYPER_ID_BITS | GICD_TYPER_A3V |
	       GICD_TYPER_NO_1_OF_N | (gic->state.irqs.words - 1);
}

/* The interrupt that the GICD_IROUTER half at OFFSET belongs to, or 0 when VIEW cannot see it. */
static unsigned routed_intid(const struct gicv3 *gic, const struct gicirq_view *view, unsigned offset)
{
	unsigned intid = (offset - GICD_IROUTER) / 8;

	if (intid < GIC_PRIVATE_COUNT || intid >= gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return 0;
	return view->nonsecure && gicirq_group(&gic->state.irqs, view->cpu, intid) != GIC_GROUP1 ? 0 : intid;
}

static uint32_t read_router(const struct gicv3 *gic, const struct gicirq_view *view, unsigned offset)
{
	unsigned intid = routed_intid(gic, view, offset);

	return intid ? (uint32_t)(gic->state.router[intid] >> (offset & 4) * 8) : 0;
}

static void write_router(struct gicv3 *gic, const struct gicirq_view *view, unsigned offset, uint32_t value,
			 uint32_t lanes)
{
	unsigned intid = routed_intid(gic, view, offset), shift = (offset & 4) * 8;
	uint64_t mask = (uint64_t)lanes << shift & affinity_mask;

	if (!intid)
		return;
	gic->state.router[intid] = (gic->state.router[intid] & ~mask) | ((uint64_t)value << shift & mask);
	gicv3_route(gic, intid);
}

static uint32_t read_dist_word(const void *dev, const struct gicirq_view *view, unsigned offset)
{
	const struct gicv3 *gic = dev;

	if (is_irqs(offset))
		return gicirq_read(&gic->state.irqs, view, offset);
	if (offset >= GICD_IROUTER && offset < GICD_IROUTER_END)
		return read_router(gic, view, offset);
	if (offset >= ID_BYTES && offset < ID_BYTES_END)
		return dist_id[(offset - ID_BYTES) / 4];
	switch (offset) {
	case GICD_CTLR:
		return read_ctlr(gic, view->nonsecure);
	case GICD_TYPER:
		return read_typer(gic);
	case GICD_IIDR:
		return IIDR_ARM;
	default:
		return 0;
	}
}

static bool has_modifiers(const struct gicv3 *gic, unsigned offset)
{
	return offset < 0xd00 || !gicv3_is_single(gic);
}

static void write_dist_word(void *dev, const struct gicirq_view *view, unsigned offset, uint32_t value, uint32_t lanes)
{
	struct gicv3 *gic = dev;

	if (is_irqs(offset) && has_modifiers(gic, offset))
		gicirq_write(&gic->state.irqs, view, offset, value, lanes);
	else if (offset >= GICD_IROUTER && offset < GICD_IROUTER_END)
		write_router(gic, view, offset, value, lanes);
	else if (offset == GICD_CTLR && (lanes & 1))
		write_ctlr(gic, view->nonsecure, value);
}

static struct gicirq_access dist_access(const struct gicv3 *gic, unsigned cpu, uint64_t offset, unsigned size)
{
	/* INTID 0 to 31 are the redistributors'. */
	struct gicirq_view view = { cpu, gicv3_is_nonsecure(gic, cpu), 1, gic->state.irqs.words };

	return (struct gicirq_access){ view, (unsigned)offset, size };
}

static uint64_t dist_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	struct gicirq_access a = dist_access(dev, cpu, offset, size);

	return gicirq_load(dev, &a, read_dist_word);
}

static uint64_t dist_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return dist_peek(dev, cpu, offset, size);
}

static void dist_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct gicirq_access a = dist_access(dev, cpu, offset, size);

	gicirq_store(dev, &a, value, write_dist_word);
	gicv3_update(dev);
}

static void dist_reset(void *dev)
{
	gicv3_reset(dev);
}

const struct device_ops gicv3_dist_ops = {
	.name = "gicv3-dist",
	.reset = dist_reset,
	.read = dist_read,
	.write = dist_write,
	.peek = dist_peek,
	.save = state_dev_save,
	.load = state_dev_load,
};

/* ---- redistributors ---- */

/* GICR_TYPER's upper half: Aff3.Aff2.Aff1.Aff0. */
static uint32_t packed_affinity(const struct gicv3 *gic, unsigned cpu)
{
	uint64_t mpidr = cpu_mpidr(machine_cpu_const(gic->machine, cpu));

	return (uint32_t)((mpidr & 0xffffff) | (mpidr >> 32 & 0xff) << 24);
}

/* GICR_TYPER's lower half: the number of CPU, and whether its redistributor is the last of REGION. */
static uint32_t redist_typer(const struct gicv3_region *region, unsigned cpu)
{
	return cpu << 8 | (cpu + 1 == region->first_cpu + region->cpu_count ? GICR_TYPER_LAST : 0);
}

/* A redistributor's registers; VIEW->cpu is whose it is. */
static uint32_t read_redist_word(const void *dev, const struct gicirq_view *view, unsigned offset)
{
	const struct gicv3_region *region = dev;
	const struct gicv3 *gic = region->gic;
	unsigned cpu = view->cpu;

	if (offset >= GICR_SGI_FRAME)
		return is_irqs(offset - GICR_SGI_FRAME) ?
		       gicirq_read(&gic->state.irqs, view, offset - GICR_SGI_FRAME) : 0;
	if (offset >= ID_BYTES)
		return redist_id[(offset - ID_BYTES) / 4];
	switch (offset) {
	case GICR_IIDR:
		return IIDR_ARM;
	case GICR_TYPER:
		return redist_typer(region, cpu);
	case GICR_TYPER_HIGH:
		return packed_affinity(gic, cpu);
	case GICR_WAKER:
		return view->nonsecure ? 0 : gic->state.cpu[cpu].waker;
	default:	/* GICR_CTLR among them: nothing to enable, and no write is ever pending */
		return 0;
	}
}

static void write_redist_word(void *dev, const struct gicirq_view *view, unsigned offset, uint32_t value,
			      uint32_t lanes)
{
	const struct gicv3_region *region = dev;
	struct gicv3 *gic = region->gic;
	unsigned irqs_offset = offset - GICR_SGI_FRAME;

	if (offset >= GICR_SGI_FRAME) {
		if (is_irqs(irqs_offset) && has_modifiers(gic, irqs_offset))
			gicirq_write(&gic->state.irqs, view, irqs_offset, value, lanes);
	} else if (offset == GICR_WAKER && !view->nonsecure) {
		/* The CPU interface follows at once: ChildrenAsleep is ProcessorSleep. */
		bool sleep = value & GICR_WAKER_PROCESSOR_SLEEP;

		gic->state.cpu[view->cpu].waker = sleep ? GICR_WAKER_ASLEEP : 0;
	}
}

/* An access by CPU at OFFSET of REGION, as one to the frames of the redistributor that is there; false between
 * redistributors and past the last. */
static bool locate(const struct gicv3_region *region, unsigned cpu, uint64_t offset, unsigned size,
		   struct gicirq_access *out)
{
	unsigned n = (unsigned)(offset / region->stride);

	if (n >= region->cpu_count || offset % region->stride >= GICV3_FRAME_SIZE)
		return false;
	out->view = (struct gicirq_view){ region->first_cpu + n, gicv3_is_nonsecure(region->gic, cpu), 0, 1 };
	out->offset = (unsigned)(offset % region->stride);
	out->size = size;
	return true;
}

static uint64_t redist_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	struct gicirq_access a;

	return locate(dev, cpu, offset, size, &a) ? gicirq_load(dev, &a, read_redist_word) : 0;
}

static uint64_t redist_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return redist_peek(dev, cpu, offset, size);
}

static void redist_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	const struct gicv3_region *region = dev;
	struct gicirq_access a;

	if (!locate(region, cpu, offset, size, &a))
		return;
	gicirq_store(dev, &a, value, write_redist_word);
	gicv3_update_cpu(region->gic, a.view.cpu);
}

const struct device_ops gicv3_redist_ops = {
	.name = "gicv3-redist",
	.read = redist_read,
	.write = redist_write,
	.peek = redist_peek,
};
