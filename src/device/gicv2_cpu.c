/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv2_cpu.c: the CPU interfaces' registers (Arm IHI 0048B 4.4): acknowledge, end, mask.
 *
 * Each register has a pure read; what acknowledging does besides comes after it.
 */
#include "device/gicv2.h"
#include "device/gicv2_state.h"

enum {
	GICC_CTLR = 0x00, GICC_PMR = 0x04, GICC_BPR = 0x08, GICC_IAR = 0x0c, GICC_EOIR = 0x10, GICC_RPR = 0x14,
	GICC_HPPIR = 0x18, GICC_ABPR = 0x1c, GICC_AIAR = 0x20, GICC_AEOIR = 0x24, GICC_AHPPIR = 0x28,
	GICC_APR0 = 0xd0, GICC_NSAPR0 = 0xe0, GICC_IIDR = 0xfc, GICC_DIR = 0x1000,

	GICC_IIDR_GIC400 = 0x0202143b,
	INTID_MASK = 0x3ff, SOURCE_SHIFT = 10,
	NONSECURE_LEVELS = 16,		/* the non-secure side's half of the 32 active priority bits */

	CTLR_SECURE_MASK = 0x7ff,
	CTLR_SINGLE_MASK = 0x3ff,	/* without the security extensions there is one EOImode bit */
};

/* The bits that the non-secure side has in GICC_CTLR, and where the secure side sees them. */
static const struct { uint32_t nonsecure, secure; } ctlr_bits[] = {
	{ 1 << 0, GICC_CTLR_ENABLE_GRP1 },
	{ 1 << 5, GICC_CTLR_FIQ_BYP_DIS_GRP1 },
	{ 1 << 6, GICC_CTLR_IRQ_BYP_DIS_GRP1 },
	{ 1 << 9, GICC_CTLR_EOI_MODE_NS },
};

/* One access: by which CPU, to whose view. */
struct access {
	struct gicv2 *gic;
	unsigned cpu;
	bool nonsecure;
	struct gicv2_cpu *iface;
};

static uint32_t read_ctlr(const struct access *a)
{
	uint32_t value = 0;

	if (!a->nonsecure)
		return a->iface->ctlr;
	for (unsigned i = 0; i < sizeof(ctlr_bits) / sizeof(ctlr_bits[0]); i++)
		if (a->iface->ctlr & ctlr_bits[i].secure)
			value |= ctlr_bits[i].nonsecure;
	return value;
}

static void write_ctlr(const struct access *a, uint32_t value)
{
	uint32_t ctlr = a->iface->ctlr;

	if (!a->nonsecure) {
		a->iface->ctlr = value & (a->gic->security ? CTLR_SECURE_MASK : CTLR_SINGLE_MASK);
		return;
	}
	for (unsigned i = 0; i < sizeof(ctlr_bits) / sizeof(ctlr_bits[0]); i++) {
		ctlr &= ~ctlr_bits[i].secure;
		if (value & ctlr_bits[i].nonsecure)
			ctlr |= ctlr_bits[i].secure;
	}
	a->iface->ctlr = ctlr;
}

static void write_pmr(const struct access *a, uint32_t value)
{
	if (!a->nonsecure)
		a->iface->pmr = value & GICPRIO_MASK;
	else if (a->iface->pmr & 0x80)	/* a mask in the secure half is not the non-secure side's to lower */
		a->iface->pmr = gicprio_from_nonsecure((uint8_t)value);
}

static uint8_t at_least(uint32_t value, uint8_t least)
{
	value &= 7;
	return value < least ? least : (uint8_t)value;
}

static uint32_t read_bpr(const struct access *a)
{
	if (!a->nonsecure)
		return a->iface->bpr;
	if (!(a->iface->ctlr & GICC_CTLR_CBPR))
		return a->iface->abpr;
	return a->iface->bpr < 7 ? a->iface->bpr + 1u : 7;
}

static void write_bpr(const struct access *a, uint32_t value)
{
	if (!a->nonsecure)
		a->iface->bpr = at_least(value, GICPRIO_MIN_BPR0);
	else if (!(a->iface->ctlr & GICC_CTLR_CBPR))
		a->iface->abpr = at_least(value, GICPRIO_MIN_BPR1);
}

static bool is_split(const struct access *a)
{
	return a->iface->ctlr & (a->nonsecure ? GICC_CTLR_EOI_MODE_NS : GICC_CTLR_EOI_MODE_S);
}

/* BEST as this access may name it: the interrupt, or a special number (4.4.4, 4.4.11); ALIAS: by GICC_AIAR and kin,
 * which are about group 1 alone. */
static uint32_t name_interrupt(const struct access *a, struct gic_best best, bool alias)
{
	unsigned source;

	if (best.intid == GIC_NONE)
		return GIC_NONE;
	if (best.group == GIC_GROUP0 && (a->nonsecure || alias))
		return GIC_NONE;
	if (best.group == GIC_GROUP1 && !a->nonsecure && !alias && !(a->iface->ctlr & GICC_CTLR_ACK_CTL))
		return GIC_NONE_GROUP1;
	if (best.intid >= GIC_SGI_COUNT)
		return best.intid;
	source = (unsigned)__builtin_ctz(a->iface->sgi_sources[best.intid] | 0x100);
	return best.intid | (source & 7) << SOURCE_SHIFT;
}

static uint32_t read_iar(const struct access *a, bool alias)
{
	struct gic_best best = gicv2_best(a->gic, a->cpu);

	if (!gicv2_is_signalled(a->gic, a->cpu, best))
		return GIC_NONE;
	return name_interrupt(a, best, alias);
}

static void emit(const struct access *a, enum event_kind kind, unsigned intid)
{
	struct event event = { .kind = kind };

	event.u.irq.intid = intid;
	event.u.irq.targets = UINT64_C(1) << a->cpu;
	machine_emit(a->gic->machine, (int)a->cpu, &event);
}

/* The interrupt that a read of GICC_IAR returned as VALUE becomes active. */
static void acknowledge(const struct access *a, uint32_t value)
{
	struct gicirq *irqs = &a->gic->state.irqs;
	unsigned intid = value & INTID_MASK;
	enum gic_group group;

	if (intid >= GIC_INTID_COUNT)
		return;
	group = gicirq_group(irqs, a->cpu, intid);
	gicprio_raise(&a->iface->prio, group,
		      gicv2_group_part(a->gic, a->cpu, group, gicirq_priority(irqs, a->cpu, intid)));
	gicirq_activate(irqs, a->cpu, intid);
	if (intid < GIC_SGI_COUNT) {
		a->iface->sgi_sources[intid] &= (uint8_t)~(1u << (value >> SOURCE_SHIFT));
		gicirq_put(irqs, GIC_BITS_LATCHED, a->cpu, intid, a->iface->sgi_sources[intid] != 0);
	}
	emit(a, EVENT_IRQ, intid);
	gicv2_update(a->gic);
}

/* May this access end or deactivate INTID? */
static bool may_end(const struct access *a, unsigned intid, bool alias)
{
	if (intid >= a->gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return false;
	return !(a->nonsecure || alias) || gicirq_group(&a->gic->state.irqs, a->cpu, intid) == GIC_GROUP1;
}

static void write_eoir(const struct access *a, uint32_t value, bool alias)
{
	struct gicirq *irqs = &a->gic->state.irqs;
	unsigned intid = value & INTID_MASK;

	if (!may_end(a, intid, alias) || !gicprio_drop(&a->iface->prio, gicirq_group(irqs, a->cpu, intid)))
		return;
	if (!is_split(a))
		gicirq_put(irqs, GIC_BITS_ACTIVE, a->cpu, intid, false);
	emit(a, EVENT_EOI, intid);
}

static void write_dir(const struct access *a, uint32_t value)
{
	/* With EOImode 0 a write is UNPREDICTABLE; here it does nothing. */
	if (is_split(a) && may_end(a, value & INTID_MASK, false))
		gicirq_put(&a->gic->state.irqs, GIC_BITS_ACTIVE, a->cpu, value & INTID_MASK, false);
}

static uint32_t read_apr(const struct access *a)
{
	return a->nonsecure ? a->iface->prio.active[GIC_GROUP1] >> NONSECURE_LEVELS : a->iface->prio.active[GIC_GROUP0];
}

static void write_apr(const struct access *a, uint32_t value)
{
	if (a->nonsecure)
		a->iface->prio.active[GIC_GROUP1] = value << NONSECURE_LEVELS;
	else
		a->iface->prio.active[GIC_GROUP0] = value;
}

static uint32_t read_rpr(const struct access *a)
{
	uint8_t running = gicprio_running(&a->iface->prio);

	return a->nonsecure ? gicprio_running_to_nonsecure(running) : running;
}

/* The registers that the secure side has alone. */
static uint32_t read_secure_word(const struct access *a, unsigned offset)
{
	switch (offset) {
	case GICC_ABPR:
		return a->iface->abpr;
	case GICC_AIAR:
		return read_iar(a, true);
	case GICC_AHPPIR:
		return name_interrupt(a, gicv2_best(a->gic, a->cpu), true);
	case GICC_NSAPR0:
		return a->iface->prio.active[GIC_GROUP1];
	default:
		return 0;
	}
}

static uint32_t read_word(const struct access *a, unsigned offset)
{
	switch (offset) {
	case GICC_CTLR:
		return read_ctlr(a);
	case GICC_PMR:
		return a->nonsecure ? gicprio_to_nonsecure(a->iface->pmr) : a->iface->pmr;
	case GICC_BPR:
		return read_bpr(a);
	case GICC_IAR:
		return read_iar(a, false);
	case GICC_RPR:
		return read_rpr(a);
	case GICC_HPPIR:
		return name_interrupt(a, gicv2_best(a->gic, a->cpu), false);
	case GICC_APR0:
		return read_apr(a);
	case GICC_IIDR:
		return GICC_IIDR_GIC400;
	default:
		return a->nonsecure ? 0 : read_secure_word(a, offset);
	}
}

static void write_secure_word(const struct access *a, unsigned offset, uint32_t value)
{
	if (offset == GICC_ABPR)
		a->iface->abpr = at_least(value, GICPRIO_MIN_BPR1);
	else if (offset == GICC_AEOIR)
		write_eoir(a, value, true);
	else if (offset == GICC_NSAPR0)
		a->iface->prio.active[GIC_GROUP1] = value;
}

static void write_word(const struct access *a, unsigned offset, uint32_t value)
{
	switch (offset) {
	case GICC_CTLR:
		write_ctlr(a, value);
		break;
	case GICC_PMR:
		write_pmr(a, value);
		break;
	case GICC_BPR:
		write_bpr(a, value);
		break;
	case GICC_EOIR:
		write_eoir(a, value, false);
		break;
	case GICC_APR0:
		write_apr(a, value);
		break;
	case GICC_DIR:
		write_dir(a, value);
		break;
	default:
		if (!a->nonsecure)
			write_secure_word(a, offset, value);
	}
}

static struct access access_by(const struct gicv2 *gic, unsigned cpu)
{
	/* Reads go through the same struct as writes; those of a const controller change nothing. */
	struct gicv2 *mutable_gic = (struct gicv2 *)gic;

	return (struct access){ mutable_gic, cpu, gicv2_is_nonsecure(gic, cpu), &mutable_gic->state.cpu[cpu] };
}

static uint64_t cpu_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	const struct gicv2 *gic = dev;
	struct access a;

	if (cpu >= gic->cpu_count || offset >= GICV2_CPU_SIZE)
		return 0;
	a = access_by(gic, cpu);
	return (read_word(&a, offset & ~3u) & gicirq_lanes(offset, size)) >> (offset & 3) * 8;
}

static uint64_t cpu_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	struct gicv2 *gic = dev;
	uint64_t value = cpu_peek(gic, cpu, offset, size), whole = cpu_peek(gic, cpu, offset, sizeof(uint32_t));
	struct access a;

	if (cpu >= gic->cpu_count)
		return value;
	a = access_by(gic, cpu);
	/* A part of the register says less than is acknowledged. */
	if (offset == GICC_IAR || (offset == GICC_AIAR && !a.nonsecure))
		acknowledge(&a, (uint32_t)whole);
	return value;
}

static void cpu_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct gicv2 *gic = dev;
	struct access a;

	(void)size;
	if (cpu >= gic->cpu_count || offset >= GICV2_CPU_SIZE)
		return;
	a = access_by(gic, cpu);
	write_word(&a, (unsigned)offset, (uint32_t)value);
	gicv2_update(gic);
}

const struct device_ops gicv2_cpu_ops = {
	.name = "gicv2-cpu",
	.read = cpu_read,
	.write = cpu_write,
	.peek = cpu_peek,
};

/* Without a read or a write in the table, all is zero and stays so. */
const struct device_ops gicv2_virt_ops = { .name = "gicv2-virt" };
