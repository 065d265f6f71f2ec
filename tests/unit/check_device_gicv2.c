/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GICv2: what Linux's irq-gic.c and the firmware rely on, as scripts of register accesses; state; peeking.
 */
#include "device/gicv2.h"

#include <stdlib.h>
#include <string.h>

#include "gic_script.h"
#include "unit.h"

enum {
	GICD_CTLR = 0x000, GICD_TYPER = 0x004, GICD_IGROUPR = 0x080, GICD_ISENABLER = 0x100, GICD_ICENABLER = 0x180,
	GICD_ISPENDR = 0x200, GICD_ICPENDR = 0x280, GICD_ISACTIVER = 0x300, GICD_ICACTIVER = 0x380,
	GICD_IPRIORITYR = 0x400, GICD_ITARGETSR = 0x800, GICD_ICFGR = 0xc00, GICD_SGIR = 0xf00,
	GICD_CPENDSGIR = 0xf10, GICD_SPENDSGIR = 0xf20, GICD_PIDR2 = 0xfe8, GICD_CIDR0 = 0xff0,

	GICC_CTLR = 0x00, GICC_PMR = 0x04, GICC_BPR = 0x08, GICC_IAR = 0x0c, GICC_EOIR = 0x10, GICC_RPR = 0x14,
	GICC_HPPIR = 0x18, GICC_ABPR = 0x1c, GICC_AIAR = 0x20, GICC_AEOIR = 0x24, GICC_APR0 = 0xd0, GICC_NSAPR0 = 0xe0,
	GICC_IIDR = 0xfc, GICC_DIR = 0x1000,

	UART = 33, UART_BIT = 1 << 1,	/* an SPI, and its bit in word 1 */
	TIMER = 27, TIMER_BIT = 1 << 27,
};

/* What Linux does before it takes interrupts on CPU: distributor on, all priorities 0xa0, mask 0xf0, interface on. */
#define LINUX_DIST_INIT(cpu) \
	{ D_W, cpu, GICD_CTLR, 0 }, { D_W, cpu, GICD_ITARGETSR + 32, 0x01010101 }, \
	{ D_W, cpu, GICD_IPRIORITYR + 32, 0xa0a0a0a0 }, { D_W, cpu, GICD_ICENABLER + 4, 0xffffffff }, \
	{ D_W, cpu, GICD_CTLR, 1 }
#define LINUX_CPU_INIT(cpu) \
	{ D_W, cpu, GICD_ICENABLER, 0xffff0000 }, { D_W, cpu, GICD_ISENABLER, 0xffff }, \
	{ D_W, cpu, GICD_IPRIORITYR, 0xa0a0a0a0 }, { D_W, cpu, GICD_IPRIORITYR + 4, 0xa0a0a0a0 }, \
	{ D_W, cpu, GICD_IPRIORITYR + 24, 0xa0a0a0a0 }, { C_W, cpu, GICC_PMR, 0xf0 }, \
	{ C_W, cpu, GICC_APR0, 0 }, { C_W, cpu, GICC_CTLR, 1 }
/* What firmware does first: everything in group 1, the mask open to the non-secure side. */
#define FIRMWARE_INIT(cpu) \
	{ EL, cpu, 0, 3 }, { D_W, cpu, GICD_IGROUPR, 0xffffffff }, { D_W, cpu, GICD_IGROUPR + 4, 0xffffffff }, \
	{ D_W, cpu, GICD_CTLR, 3 }, { C_W, cpu, GICC_PMR, 0xff }, { C_W, cpu, GICC_CTLR, 3 }, { EL, cpu, 0, 1 }

static const struct step identification[] = {
	{ D_R, 0, GICD_TYPER, 1 << 5 | 2 },
	{ D_R, 0, GICD_PIDR2, 0x2b }, { D_R, 0, GICD_CIDR0, 0x0d },
	{ C_R, 0, GICC_IIDR, 0x0202143b },
	{ D_R, 0, GICD_ISENABLER, 0xffff }, { D_R, 0, GICD_ICFGR, 0xaaaaaaaa }, { D_R, 0, GICD_ICFGR + 4, 0 },
	{ D_R, 1, GICD_ITARGETSR, 0x02020202 }, { D_R, 0, GICD_ITARGETSR, 0x01010101 },
	{ C_R, 0, GICC_IAR, GIC_NONE }, { C_R, 0, GICC_RPR, 0xff },
	{ END, 0, 0, 0 },
};

/* A wire that goes high, is acknowledged, stays pending while high, and ends. */
static const struct step level_spi[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), LINUX_CPU_INIT(1),
	{ INPUT, 0, UART, 1 }, { IRQ, 0, 0, 0 },
	{ D_R, 0, GICD_ISPENDR + 4, UART_BIT },
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { IRQ, 0, 0, 1 }, { IRQ, 1, 0, 0 },
	{ C_R, 0, GICC_HPPIR, UART }, { IRQ, 0, 0, 1 },
	{ C_R, 0, GICC_IAR, UART }, { IRQ, 0, 0, 0 }, { C_R, 0, GICC_RPR, 0xa0 },
	{ D_R, 0, GICD_ISACTIVER + 4, UART_BIT }, { D_R, 0, GICD_ISPENDR + 4, UART_BIT },
	{ C_R, 0, GICC_IAR, GIC_NONE },
	{ C_W, 0, GICC_EOIR, UART }, { IRQ, 0, 0, 1 },		/* still high: again */
	{ C_R, 0, GICC_IAR, UART }, { INPUT, 0, UART, 0 }, { C_W, 0, GICC_EOIR, UART },
	{ IRQ, 0, 0, 0 }, { D_R, 0, GICD_ISPENDR + 4, 0 }, { D_R, 0, GICD_ISACTIVER + 4, 0 },
	{ C_R, 0, GICC_RPR, 0xff },
	{ END, 0, 0, 0 },
};

/* An edge is remembered; a second one while active makes it pending again. */
static const struct step edge_spi[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0),
	{ D_W, 0, GICD_ICFGR + 8, 1 << 3 }, { D_R, 0, GICD_ICFGR + 8, 1 << 3 },
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT },
	{ INPUT, 0, UART, 1 }, { INPUT, 0, UART, 0 }, { IRQ, 0, 0, 1 },
	{ C_R, 0, GICC_IAR, UART }, { D_R, 0, GICD_ISPENDR + 4, 0 },
	{ INPUT, 0, UART, 1 }, { D_R, 0, GICD_ISPENDR + 4, UART_BIT }, { IRQ, 0, 0, 0 },
	{ C_W, 0, GICC_EOIR, UART }, { IRQ, 0, 0, 1 }, { D_W, 0, GICD_ICPENDR + 4, UART_BIT }, { IRQ, 0, 0, 0 },
	{ END, 0, 0, 0 },
};

/* Software can latch a level-sensitive interrupt; clearing the latch does not lower the wire. */
static const struct step software_pending[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT },
	{ D_W, 0, GICD_ISPENDR + 4, UART_BIT }, { IRQ, 0, 0, 1 }, { C_R, 0, GICC_IAR, UART },
	{ C_W, 0, GICC_EOIR, UART },
	{ IRQ, 0, 0, 0 },
	{ INPUT, 0, UART, 1 }, { D_W, 0, GICD_ICPENDR + 4, UART_BIT }, { IRQ, 0, 0, 1 },
	{ END, 0, 0, 0 },
};

/* Targets choose the CPU; byte accesses change one interrupt. */
static const struct step targets[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), LINUX_CPU_INIT(1), { D_W, 0, GICD_ISENABLER + 4, UART_BIT },
	{ D_W1, 0, GICD_ITARGETSR + UART, 2 }, { D_R, 0, GICD_ITARGETSR + 32, 0x01010201 },
	{ D_R1, 0, GICD_ITARGETSR + UART, 2 },
	{ INPUT, 0, UART, 1 }, { IRQ, 0, 0, 0 }, { IRQ, 1, 0, 1 },
	{ D_W1, 0, GICD_ITARGETSR + UART, 3 }, { IRQ, 0, 0, 1 }, { IRQ, 1, 0, 1 },
	{ C_R, 1, GICC_IAR, UART }, { IRQ, 0, 0, 0 }, { C_R, 0, GICC_IAR, GIC_NONE },	/* 1 of N */
	{ C_W, 1, GICC_EOIR, UART }, { IRQ, 0, 0, 1 },
	{ D_W1, 0, GICD_ITARGETSR + UART, 0xf0 }, { D_R1, 0, GICD_ITARGETSR + UART, 0 }, { IRQ, 0, 0, 0 },
	{ END, 0, 0, 0 },
};

/* A private interrupt is each CPU's own. */
static const struct step private_timer[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), LINUX_CPU_INIT(1),
	{ D_W, 0, GICD_ISENABLER, TIMER_BIT }, { D_R, 1, GICD_ISENABLER, 0xffff },
	{ INPUT, 0, TIMER, 1 }, { INPUT, 1, TIMER, 1 }, { IRQ, 0, 0, 1 }, { IRQ, 1, 0, 0 },
	{ D_W, 1, GICD_ISENABLER, TIMER_BIT }, { IRQ, 1, 0, 1 }, { C_R, 1, GICC_IAR, TIMER }, { IRQ, 0, 0, 1 },
	{ INPUT, 0, TIMER, 0 }, { IRQ, 0, 0, 0 },
	{ END, 0, 0, 0 },
};

/* SGIs: list, all others, self; each source counts; the acknowledge names it. */
static const struct step sgis[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), LINUX_CPU_INIT(1),
	{ D_W, 0, GICD_SGIR, 2 << 16 | 3 }, { IRQ, 1, 0, 1 }, { IRQ, 0, 0, 0 },
	{ D_W, 1, GICD_SGIR, 2u << 24 | 3 }, { D_R, 1, GICD_SPENDSGIR, 3u << 24 }, { D_R, 1, GICD_ISPENDR, 8 },
	{ C_R, 1, GICC_IAR, 3 }, { C_W, 1, GICC_EOIR, 3 }, { IRQ, 1, 0, 1 },
	{ C_R, 1, GICC_IAR, 1 << 10 | 3 }, { C_W, 1, GICC_EOIR, 1 << 10 | 3 }, { IRQ, 1, 0, 0 },
	/* A byte of the register names no source, but the acknowledge is of that interrupt all the same. */
	{ D_W, 1, GICD_SGIR, 2u << 24 | 3 }, { C_R1, 1, GICC_IAR, 3 }, { D_R, 1, GICD_SPENDSGIR, 0 },
	{ C_W, 1, GICC_EOIR, 1 << 10 | 3 },
	{ D_W, 0, GICD_SGIR, 1 << 24 | 7 }, { IRQ, 1, 0, 1 }, { IRQ, 0, 0, 0 },
	{ D_W, 1, GICD_CPENDSGIR + 4, 1u << 24 }, { IRQ, 1, 0, 0 },
	{ D_W, 1, GICD_ISPENDR, 8 }, { IRQ, 1, 0, 0 },		/* not by this register */
	{ D_W, 1, GICD_ICENABLER, 0xffff }, { D_R, 1, GICD_ISENABLER, 0xffff },
	{ END, 0, 0, 0 },
};

/* Mask, preemption by a higher group priority, and the running priority. */
static const struct step priorities[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, 0xff },
	{ D_W, 0, GICD_IPRIORITYR + 32, 0x4080a0f7 }, { D_R, 0, GICD_IPRIORITYR + 32, 0x4080a0f0 },
	{ INPUT, 0, 32, 1 }, { IRQ, 0, 0, 0 },			/* 0xf0 is not above the mask 0xf0 */
	{ INPUT, 0, 33, 1 }, { IRQ, 0, 0, 1 }, { C_R, 0, GICC_IAR, 33 }, { IRQ, 0, 0, 0 },
	{ INPUT, 0, 34, 1 }, { IRQ, 0, 0, 1 }, { C_R, 0, GICC_IAR, 34 }, { C_R, 0, GICC_RPR, 0x80 },
	{ C_W, 0, GICC_PMR, 0x40 }, { INPUT, 0, 35, 1 }, { IRQ, 0, 0, 0 }, { C_R, 0, GICC_IAR, GIC_NONE },
	{ C_W, 0, GICC_PMR, 0xf0 }, { IRQ, 0, 0, 1 }, { C_R, 0, GICC_IAR, 35 }, { C_R, 0, GICC_RPR, 0x40 },
	{ C_R, 0, GICC_APR0, 1 << 8 | 1 << 16 | 1 << 20 },
	{ C_W, 0, GICC_EOIR, 35 }, { C_R, 0, GICC_RPR, 0x80 }, { C_W, 0, GICC_EOIR, 34 }, { C_R, 0, GICC_RPR, 0xa0 },
	{ END, 0, 0, 0 },
};

/* Of two that are equally urgent the lower number comes first, whichever was there earlier. */
static const struct step equals[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, 0xff },
	{ INPUT, 0, 35, 1 }, { INPUT, 0, 33, 1 }, { C_R, 0, GICC_IAR, 33 }, { INPUT, 0, 33, 0 },
	{ C_W, 0, GICC_EOIR, 33 }, { C_R, 0, GICC_IAR, 35 },
	{ END, 0, 0, 0 },
};

/* With binary point 5 only bits 7:6 preempt. */
static const struct step binary_point[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, 0xff }, { C_W, 0, GICC_BPR, 5 },
	{ D_W, 0, GICD_IPRIORITYR + 32, 0x78a08098 },
	{ INPUT, 0, 34, 1 }, { C_R, 0, GICC_IAR, 34 }, { C_R, 0, GICC_RPR, 0x80 },
	{ INPUT, 0, 33, 1 }, { IRQ, 0, 0, 0 }, { INPUT, 0, 35, 1 }, { IRQ, 0, 0, 1 },
	{ C_W, 0, GICC_BPR, 0 }, { C_R, 0, GICC_BPR, 2 },
	{ END, 0, 0, 0 },
};

/* EOImode 1, as Linux uses it when it can be a host: EOIR drops the priority, DIR deactivates. */
static const struct step split_end[] = {
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { C_W, 0, GICC_CTLR, 0x201 },
	{ INPUT, 0, UART, 1 }, { C_R, 0, GICC_IAR, UART }, { C_W, 0, GICC_EOIR, UART }, { C_R, 0, GICC_RPR, 0xff },
	{ D_R, 0, GICD_ISACTIVER + 4, UART_BIT }, { IRQ, 0, 0, 0 },
	{ C_W, 0, GICC_DIR, UART }, { D_R, 0, GICD_ISACTIVER + 4, 0 }, { IRQ, 0, 0, 1 },
	{ C_W, 0, GICC_CTLR, 1 }, { C_R, 0, GICC_IAR, UART }, { C_W, 0, GICC_DIR, UART },
	{ D_R, 0, GICD_ISACTIVER + 4, UART_BIT },		/* no DIR in EOImode 0 */
	{ D_W, 0, GICD_ICACTIVER + 4, UART_BIT }, { D_R, 0, GICD_ISACTIVER + 4, 0 },
	{ END, 0, 0, 0 },
};

/* Linux on firmware: the non-secure views, and no way to the secure half. */
static const struct step nonsecure[] = {
	FIRMWARE_INIT(0), FIRMWARE_INIT(1),
	{ D_R, 0, GICD_TYPER, 1 << 10 | 1 << 5 | 2 }, { D_R, 0, GICD_IGROUPR, 0 },
	LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_R, 0, GICD_CTLR, 1 }, { C_R, 0, GICC_CTLR, 1 },
	{ D_R, 0, GICD_IPRIORITYR + 32, 0xa0a0a0a0 }, { C_R, 0, GICC_PMR, 0xf0 }, { C_R, 0, GICC_BPR, 3 },
	{ EL, 0, 0, 3 }, { D_R, 0, GICD_IPRIORITYR + 32, 0xd0d0d0d0 }, { C_R, 0, GICC_PMR, 0xf8 },
	{ D_R, 0, GICD_CTLR, 3 }, { C_R, 0, GICC_CTLR, 3 }, { EL, 0, 0, 1 },
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 }, { IRQ, 0, 0, 1 }, { FIQ, 0, 0, 0 },
	{ C_R, 0, GICC_IAR, UART }, { C_R, 0, GICC_RPR, 0xa0 }, { C_R, 0, GICC_APR0, 1 << 10 },
	{ EL, 0, 0, 3 }, { C_R, 0, GICC_NSAPR0, 1 << 26 }, { C_R, 0, GICC_RPR, 0xd0 }, { EL, 0, 0, 1 },
	{ C_W, 0, GICC_EOIR, UART }, { C_R, 0, GICC_RPR, 0xff },
	{ END, 0, 0, 0 },
};

/* Group 0 is invisible below EL3 and a FIQ when FIQEn says so; its secure priority preempts. */
static const struct step secure_fiq[] = {
	FIRMWARE_INIT(0), { EL, 0, 0, 3 },
	{ D_W, 0, GICD_IGROUPR + 4, ~(uint32_t)UART_BIT }, { D_W, 0, GICD_ISENABLER + 4, 3 },
	{ D_W, 0, GICD_ITARGETSR + 32, 0x0101 }, { D_W, 0, GICD_IPRIORITYR + 32, 0x10d0 }, { C_W, 0, GICC_CTLR, 0xb },
	{ EL, 0, 0, 1 },
	{ INPUT, 0, 32, 1 }, { IRQ, 0, 0, 1 }, { INPUT, 0, UART, 1 }, { FIQ, 0, 0, 1 }, { IRQ, 0, 0, 0 },
	{ D_R, 0, GICD_ISPENDR + 4, 1 }, { D_R, 0, GICD_IPRIORITYR + 32, 0xa0 }, { D_R, 0, GICD_ITARGETSR + 32, 1 },
	{ C_R, 0, GICC_IAR, GIC_NONE }, { C_R, 0, GICC_HPPIR, GIC_NONE },
	{ D_W, 0, GICD_ICENABLER + 4, UART_BIT }, { FIQ, 0, 0, 1 },
	{ EL, 0, 0, 3 }, { C_R, 0, GICC_IAR, UART }, { FIQ, 0, 0, 0 }, { C_R, 0, GICC_RPR, 0x10 },
	{ EL, 0, 0, 1 }, { C_R, 0, GICC_RPR, 0 }, { C_W, 0, GICC_EOIR, UART },
	{ EL, 0, 0, 3 }, { C_R, 0, GICC_RPR, 0x10 }, { INPUT, 0, UART, 0 }, { C_W, 0, GICC_EOIR, UART },
	{ C_R, 0, GICC_IAR, GIC_NONE_GROUP1 }, { C_R, 0, GICC_AIAR, 32 }, { C_W, 0, GICC_AEOIR, 32 },
	{ C_W, 0, GICC_CTLR, 0xf }, { C_R, 0, GICC_IAR, 32 },
	{ END, 0, 0, 0 },
};

/* A mask in the secure half is not lowered from below; BPR is the non-secure copy there. */
static const struct step secure_mask[] = {
	FIRMWARE_INIT(0), { EL, 0, 0, 3 }, { C_W, 0, GICC_PMR, 0x40 }, { C_W, 0, GICC_BPR, 6 }, { EL, 0, 0, 1 },
	{ C_R, 0, GICC_PMR, 0 }, { C_W, 0, GICC_PMR, 0xf0 }, { C_W, 0, GICC_BPR, 4 }, { C_R, 0, GICC_BPR, 4 },
	{ C_W, 0, GICC_ABPR, 7 }, { C_R, 0, GICC_ABPR, 0 },
	{ EL, 0, 0, 3 }, { C_R, 0, GICC_PMR, 0x40 }, { C_R, 0, GICC_BPR, 6 }, { C_R, 0, GICC_ABPR, 4 },
	{ C_W, 0, GICC_CTLR, 0x13 }, { EL, 0, 0, 1 }, { C_R, 0, GICC_BPR, 7 },	/* CBPR: the secure one and one more */
	{ END, 0, 0, 0 },
};

/* From below EL3 an SGI goes only where it is in group 1; from EL3 NSATT says which group is meant. */
static const struct step secure_sgis[] = {
	FIRMWARE_INIT(0), FIRMWARE_INIT(1), { EL, 1, 0, 3 }, { D_W, 1, GICD_IGROUPR, 0xfffffffe }, { EL, 1, 0, 1 },
	{ D_W, 0, GICD_SGIR, 2 << 16 }, { IRQ, 1, 0, 0 }, { D_W, 0, GICD_SGIR, 2 << 16 | 1 }, { IRQ, 1, 0, 1 },
	{ D_R, 1, GICD_ISPENDR, 2 }, { D_W, 1, GICD_CPENDSGIR, 0x100 },
	{ EL, 0, 0, 3 }, { D_W, 0, GICD_SGIR, 2 << 16 | 1 }, { D_W, 0, GICD_SGIR, 2 << 16 | 1 << 15 | 2 },
	{ D_W, 0, GICD_SGIR, 2 << 16 }, { EL, 1, 0, 3 }, { D_R, 1, GICD_ISPENDR, 5 },
	{ END, 0, 0, 0 },
};

static const struct scenario {
	const char *name;
	bool security;
	const struct step *steps;
} scenarios[] = {
	{ "identification", false, identification },
	{ "level SPI", false, level_spi },
	{ "edge SPI", false, edge_spi },
	{ "software pending", false, software_pending },
	{ "targets", false, targets },
	{ "private timer", false, private_timer },
	{ "SGIs", false, sgis },
	{ "priorities", false, priorities },
	{ "equals", false, equals },
	{ "binary point", false, binary_point },
	{ "split end", false, split_end },
	{ "non-secure", true, nonsecure },
	{ "secure FIQ", true, secure_fiq },
	{ "secure mask", true, secure_mask },
	{ "secure SGIs", true, secure_sgis },
};

static struct script_target target_for(struct machine *machine, struct gicv2 *gic)
{
	return (struct script_target){
		machine, &gicv2_dist_ops, &gicv2_cpu_ops, gic, gic, NULL, &gicv2_gic_ops, gic,
	};
}

START_TEST(scenario)
{
	const struct scenario *s = &scenarios[_i];
	struct machine *machine = fake_machine_new(2);
	struct gicv2 *gic = gicv2_new(machine, 96, s->security);
	struct script_target target = target_for(machine, gic);

	script_run(&target, s->name, s->steps);
	gicv2_free(gic);
	free(machine);
}
END_TEST

START_TEST(ninth_cpu_has_none)
{
	struct machine *machine = fake_machine_new(9);
	struct gicv2 *gic = gicv2_new(machine, 96, false);
	struct gic_cpu_state state;

	gicv2_dist_ops.write(gic, 8, GICD_CTLR, 4, 1);
	ck_assert_uint_eq(gicv2_dist_ops.read(gic, 0, GICD_CTLR, 4), 0);
	ck_assert_uint_eq(gicv2_dist_ops.read(gic, 8, GICD_TYPER, 4), 0);
	ck_assert_uint_eq(gicv2_cpu_ops.read(gic, 8, GICC_IAR, 4), 0);
	gicv2_gic_ops.set_input(gic, 8, TIMER, true);
	gicv2_gic_ops.cpu_state(gic, 8, &state);
	ck_assert_uint_eq(state.highest, GIC_NONE);
	ck_assert_uint_eq(gicv2_dist_ops.read(gic, 0, GICD_TYPER, 4), 7 << 5 | 2);
	gicv2_free(gic);
	free(machine);
}
END_TEST

/* Acknowledge, end and SGI are told; looking is not. */
START_TEST(events)
{
	static const struct step steps[] = {
		LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), LINUX_CPU_INIT(1), { D_W, 0, GICD_SGIR, 2 << 16 | 5 },
		{ C_R, 1, GICC_HPPIR, 5 }, { C_R, 1, GICC_IAR, 5 }, { C_W, 1, GICC_EOIR, 5 }, { END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(2);
	struct gicv2 *gic = gicv2_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);

	script_run(&target, "events", steps);
	ck_assert_uint_eq(fake_event(machine, 0, EVENT_SGI)->event.u.irq.targets, 2);
	ck_assert_int_eq(fake_event(machine, 0, EVENT_SGI)->event.cpu, 0);
	ck_assert_uint_eq(fake_event(machine, 1, EVENT_IRQ)->event.u.irq.intid, 5);
	ck_assert_int_eq(fake_event(machine, 1, EVENT_IRQ)->event.cpu, 1);
	ck_assert_uint_eq(fake_event(machine, 2, EVENT_EOI)->event.u.irq.intid, 5);
	ck_assert_uint_eq(machine->event_count, 3);
	gicv2_free(gic);
	free(machine);
}
END_TEST

START_TEST(peeking_changes_nothing)
{
	static const struct step steps[] = {
		LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 },
		{ END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(2);
	struct gicv2 *gic = gicv2_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);
	struct gic_irq_state irq;
	struct gic_cpu_state cpu;

	script_run(&target, "peek", steps);
	ck_assert_uint_eq(gicv2_cpu_ops.peek(gic, 0, GICC_IAR, 4), UART);
	ck_assert_uint_eq(gicv2_cpu_ops.peek(gic, 0, GICC_IAR, 4), UART);
	gicv2_gic_ops.irq_state(gic, 0, UART, &irq);
	ck_assert(irq.enabled && irq.pending && !irq.active && irq.level && !irq.edge);
	ck_assert_uint_eq(irq.priority, 0xa0);
	ck_assert_uint_eq(irq.targets, 1);
	gicv2_gic_ops.cpu_state(gic, 0, &cpu);
	ck_assert_uint_eq(cpu.highest, UART);
	ck_assert(cpu.irq && !cpu.fiq);
	gicv2_gic_ops.set_pending(gic, 1, 4);
	ck_assert_uint_eq(gicv2_dist_ops.read(gic, 1, GICD_SPENDSGIR + 4, 4), 2);
	gicv2_free(gic);
	free(machine);
}
END_TEST

/* A restored controller goes on where the saved one stood; a blob that is cut short is refused whole. */
START_TEST(save_and_load)
{
	static const struct step before[] = {
		LINUX_DIST_INIT(0), LINUX_CPU_INIT(0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 },
		{ C_R, 0, GICC_IAR, UART }, { END, 0, 0, 0 },
	};
	static const struct step after[] = {
		{ C_R, 0, GICC_RPR, 0xa0 }, { C_W, 0, GICC_EOIR, UART }, { IRQ, 0, 0, 1 }, { END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(2);
	struct gicv2 *gic = gicv2_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);
	struct strbuf saved = STRBUF_INIT;
	struct device_blob blob;

	script_run(&target, "before", before);
	gicv2_dist_ops.save(gic, &saved);
	gicv2_dist_ops.reset(gic);
	ck_assert_uint_eq(gicv2_cpu_ops.read(gic, 0, GICC_RPR, 4), 0xff);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len - 1, 0 };
	ck_assert(!gicv2_dist_ops.load(gic, &blob));
	ck_assert_uint_eq(gicv2_cpu_ops.read(gic, 0, GICC_RPR, 4), 0xff);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(gicv2_dist_ops.load(gic, &blob));
	ck_assert_uint_eq(blob.pos, blob.len);
	script_run(&target, "after", after);
	strbuf_free(&saved);
	gicv2_free(gic);
	free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/gicv2");
	TCase *tcase = tcase_create("gicv2");

	tcase_add_loop_test(tcase, scenario, 0, sizeof(scenarios) / sizeof(scenarios[0]));
	tcase_add_test(tcase, ninth_cpu_has_none);
	tcase_add_test(tcase, events);
	tcase_add_test(tcase, peeking_changes_nothing);
	tcase_add_test(tcase, save_and_load);
	suite_add_tcase(suite, tcase);
	return suite;
}
