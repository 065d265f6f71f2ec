/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GICv3: what Linux's irq-gic-v3.c and the firmware rely on, as scripts of accesses; routing by affinity; regions.
 */
#include "device/gicv3.h"

#include <stdlib.h>

#include "gic_script.h"
#include "unit.h"

#define ICC_PMR		SYSREG(3, 0, 4, 6, 0)
#define ICC_IAR0	SYSREG(3, 0, 12, 8, 0)
#define ICC_EOIR0	SYSREG(3, 0, 12, 8, 1)
#define ICC_HPPIR0	SYSREG(3, 0, 12, 8, 2)
#define ICC_BPR0	SYSREG(3, 0, 12, 8, 3)
#define ICC_AP0R0	SYSREG(3, 0, 12, 8, 4)
#define ICC_AP1R0	SYSREG(3, 0, 12, 9, 0)
#define ICC_DIR		SYSREG(3, 0, 12, 11, 1)
#define ICC_RPR		SYSREG(3, 0, 12, 11, 3)
#define ICC_SGI1R	SYSREG(3, 0, 12, 11, 5)
#define ICC_ASGI1R	SYSREG(3, 0, 12, 11, 6)
#define ICC_SGI0R	SYSREG(3, 0, 12, 11, 7)
#define ICC_IAR1	SYSREG(3, 0, 12, 12, 0)
#define ICC_EOIR1	SYSREG(3, 0, 12, 12, 1)
#define ICC_HPPIR1	SYSREG(3, 0, 12, 12, 2)
#define ICC_BPR1	SYSREG(3, 0, 12, 12, 3)
#define ICC_CTLR	SYSREG(3, 0, 12, 12, 4)
#define ICC_SRE_EL1	SYSREG(3, 0, 12, 12, 5)
#define ICC_IGRPEN0	SYSREG(3, 0, 12, 12, 6)
#define ICC_IGRPEN1	SYSREG(3, 0, 12, 12, 7)
#define ICC_SRE_EL2	SYSREG(3, 4, 12, 9, 5)
#define ICC_SRE_EL3	SYSREG(3, 6, 12, 12, 5)
#define ICC_CTLR_EL3	SYSREG(3, 6, 12, 12, 4)
#define ICC_IGRPEN1_EL3	SYSREG(3, 6, 12, 12, 7)
#define ICH_VTR		SYSREG(3, 4, 12, 11, 1)
#define ICH_LR0		SYSREG(3, 4, 12, 12, 0)

enum {
	GICD_CTLR = 0x000, GICD_TYPER = 0x004, GICD_IGROUPR = 0x080, GICD_ISENABLER = 0x100, GICD_ISPENDR = 0x200,
	GICD_ISACTIVER = 0x300, GICD_ICACTIVER = 0x380, GICD_IPRIORITYR = 0x400, GICD_ITARGETSR = 0x800,
	GICD_ICFGR = 0xc00, GICD_IGRPMODR = 0xd00, GICD_SGIR = 0xf00, GICD_IROUTER = 0x6000, GICD_PIDR2 = 0xffe8,

	GICR_TYPER = 0x0008, GICR_WAKER = 0x0014, GICR_PIDR2 = 0xffe8,
	GICR_IGROUPR0 = 0x10080, GICR_ISENABLER0 = 0x10100, GICR_ICENABLER0 = 0x10180, GICR_ISPENDR0 = 0x10200,
	GICR_IPRIORITYR = 0x10400, GICR_ICFGR0 = 0x10c00, GICR_ICFGR1 = 0x10c04, GICR_IGRPMODR0 = 0x10d00,
	RD1 = GICV3_FRAME_SIZE,		/* CPU 1's frames */

	UART = 33, UART_BIT = 1 << 1, TIMER = 27,
	NS_FIQ = 5, SECURE_FIQ = 4,	/* SCR_EL3: FIQ with NS, and without */
};

/* What Linux does on CPU, whose redistributor is at RD; it is the same with one security state or on firmware. */
#define LINUX_DIST_INIT \
	{ D_W, 0, GICD_CTLR, 0 }, { D_W, 0, GICD_IGROUPR + 4, 0xffffffff }, \
	{ D_W, 0, GICD_IPRIORITYR + 32, 0xa0a0a0a0 }, \
	{ D_W, 0, GICD_CTLR, 0x13 }, { D_W8, 0, GICD_IROUTER + 8 * UART, 0 }
#define LINUX_CPU_INIT(cpu, rd) \
	{ C_W, cpu, (rd) + GICR_IGROUPR0, 0xffffffff }, { C_W, cpu, (rd) + GICR_IPRIORITYR, 0xa0a0a0a0 }, \
	{ C_W, cpu, (rd) + GICR_IPRIORITYR + 24, 0xa0a0a0a0 }, { C_W, cpu, (rd) + GICR_ISENABLER0, 0xffff }, \
	{ MSR, cpu, ICC_SRE_EL1, 7 }, { MSR, cpu, ICC_PMR, 0xf0 }, { MSR, cpu, ICC_BPR1, 0 }, \
	{ MSR, cpu, ICC_CTLR, 0 }, \
	{ MSR, cpu, ICC_AP1R0, 0 }, { MSR, cpu, ICC_IGRPEN1, 1 }
/* What firmware does for a non-secure kernel. */
#define FIRMWARE_INIT(cpu, rd) \
	{ EL, cpu, 0, 3 }, { D_W, cpu, GICD_CTLR, 0x37 }, { D_W, cpu, GICD_IGROUPR + 4, 0xffffffff }, \
	{ C_W, cpu, (rd) + GICR_WAKER, 0 }, { C_W, cpu, (rd) + GICR_IGROUPR0, 0xffffffff }, \
	{ MSR, cpu, ICC_SRE_EL3, 0xf }, { MSR, cpu, ICC_PMR, 0xff }, { MSR, cpu, ICC_IGRPEN1_EL3, 1 }, { EL, cpu, 0, 1 }

static const struct step identification[] = {
	{ D_R, 0, GICD_CTLR, 0x50 }, { D_R, 0, GICD_TYPER, 1 << 25 | 1 << 24 | 9 << 19 | 2 },
	{ D_R, 0, GICD_PIDR2, 0x3b }, { C_R, 0, GICR_PIDR2, 0x3b },
	{ C_R8, 0, GICR_TYPER, 0 }, { C_R8, 0, RD1 + GICR_TYPER, UINT64_C(1) << 32 | 1 << 8 | 1 << 4 },
	{ C_R, 0, RD1 + GICR_TYPER + 4, 1 },
	{ C_R, 0, GICR_WAKER, 0 }, { C_R, 0, GICR_ICFGR0, 0xaaaaaaaa }, { C_R, 0, 2 * RD1 + GICR_TYPER, 0 },
	{ MRS, 0, ICC_SRE_EL1, 7 }, { MRS, 0, ICC_CTLR, 4 << 8 | 1 << 15 }, { MRS, 0, ICC_IAR1, GIC_NONE },
	{ MRS, 0, ICC_RPR, 0xff }, { MRS, 0, ICC_BPR1, 3 },
	{ END, 0, 0, 0 },
};

/* INTID 0 to 31 are the redistributors'; the GICv2 ways are gone. */
static const struct step raz[] = {
	{ D_W, 0, GICD_ISENABLER, 0xffffffff }, { D_R, 0, GICD_ISENABLER, 0 }, { C_R, 0, GICR_ISENABLER0, 0 },
	{ D_W, 0, GICD_IPRIORITYR, 0xa0a0a0a0 }, { D_R, 0, GICD_IPRIORITYR, 0 }, { C_R, 0, GICR_IPRIORITYR, 0 },
	{ D_W, 0, GICD_ITARGETSR + 32, 0xffffffff }, { D_R, 0, GICD_ITARGETSR + 32, 0 },
	{ D_W, 0, GICD_SGIR, 1 << 24 | 1 }, { C_R, 0, RD1 + GICR_ISPENDR0, 0 },
	{ D_W, 0, GICD_IGRPMODR + 4, 1 }, { D_R, 0, GICD_IGRPMODR + 4, 0 },
	{ END, 0, 0, 0 },
};

static const struct step spi[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1), { D_R, 0, GICD_CTLR, 0x53 },
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 }, { IRQ, 0, 0, 1 }, { IRQ, 1, 0, 0 },
	{ MRS, 0, ICC_HPPIR1, UART }, { PEEK_MRS, 0, ICC_IAR1, UART }, { IRQ, 0, 0, 1 },
	{ MRS, 0, ICC_IAR1, UART }, { IRQ, 0, 0, 0 }, { MRS, 0, ICC_RPR, 0xa0 }, { MRS, 0, ICC_AP1R0, 1 << 20 },
	{ D_R, 0, GICD_ISACTIVER + 4, UART_BIT }, { MSR, 0, ICC_EOIR1, UART }, { IRQ, 0, 0, 1 },
	{ INPUT, 0, UART, 0 }, { IRQ, 0, 0, 0 }, { MRS, 0, ICC_RPR, 0xff },
	{ END, 0, 0, 0 },
};

static const struct step routing[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1), { D_W, 0, GICD_ISENABLER + 4, UART_BIT },
	{ INPUT, 0, UART, 1 }, { D_W8, 0, GICD_IROUTER + 8 * UART, 1 }, { D_R8, 0, GICD_IROUTER + 8 * UART, 1 },
	{ IRQ, 0, 0, 0 }, { IRQ, 1, 0, 1 },
	{ D_W8, 0, GICD_IROUTER + 8 * UART, 0x100 }, { IRQ, 1, 0, 0 },		/* nobody */
	{ D_W8, 0, GICD_IROUTER + 8 * UART, UINT64_C(1) << 31 }, { D_R8, 0, GICD_IROUTER + 8 * UART, 0 },
	{ IRQ, 0, 0, 1 },
	{ D_W8, 0, GICD_IROUTER + 8 * TIMER, 1 }, { D_R8, 0, GICD_IROUTER + 8 * TIMER, 0 },
	{ END, 0, 0, 0 },
};

static const struct step ppi[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1),
	{ C_W, 0, GICR_ISENABLER0, 1 << TIMER }, { INPUT, 0, TIMER, 1 }, { INPUT, 1, TIMER, 1 },
	{ IRQ, 0, 0, 1 }, { IRQ, 1, 0, 0 }, { C_W, 0, RD1 + GICR_ISENABLER0, 1 << TIMER }, { IRQ, 1, 0, 1 },
	{ MRS, 1, ICC_IAR1, TIMER }, { INPUT, 1, TIMER, 0 }, { MSR, 1, ICC_EOIR1, TIMER }, { IRQ, 1, 0, 0 },
	{ C_W, 0, GICR_ICENABLER0, 1 << TIMER }, { IRQ, 0, 0, 0 },
	{ C_W, 0, GICR_ICFGR1, 2u << 22 }, { C_R, 0, GICR_ICFGR1, 2u << 22 },
	{ INPUT, 0, TIMER, 0 }, { INPUT, 0, TIMER, 1 }, { INPUT, 0, TIMER, 0 }, { C_R, 0, GICR_ISPENDR0, 1 << TIMER },
	{ END, 0, 0, 0 },
};

/* By affinity and list, to all others; to itself; to nobody. */
static const struct step sgis[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1),
	{ MSR, 0, ICC_SGI1R, 3 << 24 | 2 }, { IRQ, 1, 0, 1 }, { IRQ, 0, 0, 0 }, { C_R, 0, RD1 + GICR_ISPENDR0, 8 },
	{ MRS, 1, ICC_IAR1, 3 }, { MSR, 1, ICC_EOIR1, 3 }, { IRQ, 1, 0, 0 },
	{ MSR, 0, ICC_SGI1R, UINT64_C(1) << 40 | 4 << 24 }, { IRQ, 1, 0, 1 }, { IRQ, 0, 0, 0 },
	{ MSR, 0, ICC_SGI1R, 1 }, { IRQ, 0, 0, 1 }, { MRS, 0, ICC_IAR1, 0 },
	{ MSR, 0, ICC_SGI1R, 1 << 16 | 5 << 24 | 1 }, { C_R, 0, GICR_ISPENDR0, 0 },	/* Aff1 1: no such CPU */
	{ END, 0, 0, 0 },
};

static const struct step priorities[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), { D_W, 0, GICD_ISENABLER + 4, 0xff },
	{ D_W, 0, GICD_IPRIORITYR + 32, 0x4080a0f0 }, { INPUT, 0, 32, 1 }, { IRQ, 0, 0, 0 },
	{ INPUT, 0, 33, 1 }, { MRS, 0, ICC_IAR1, 33 }, { INPUT, 0, 34, 1 }, { IRQ, 0, 0, 1 }, { MRS, 0, ICC_IAR1, 34 },
	{ MRS, 0, ICC_RPR, 0x80 }, { MSR, 0, ICC_PMR, 0x40 }, { INPUT, 0, 35, 1 }, { IRQ, 0, 0, 0 },
	{ MRS, 0, ICC_IAR1, GIC_NONE }, { MSR, 0, ICC_PMR, 0xf0 }, { MSR, 0, ICC_BPR1, 7 }, { IRQ, 0, 0, 1 },
	{ MSR, 0, ICC_EOIR1, 34 }, { MRS, 0, ICC_RPR, 0xa0 }, { MRS, 0, ICC_IAR1, 35 }, { MRS, 0, ICC_RPR, 0 },
	{ MSR, 0, ICC_EOIR0, 35 }, { MRS, 0, ICC_RPR, 0 },	/* the other group's register does not end it */
	{ END, 0, 0, 0 },
};

static const struct step split_end[] = {
	LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { MSR, 0, ICC_CTLR, 2 },
	{ MRS, 0, ICC_CTLR, 4 << 8 | 1 << 15 | 2 },
	{ INPUT, 0, UART, 1 }, { MRS, 0, ICC_IAR1, UART }, { MSR, 0, ICC_EOIR1, UART }, { MRS, 0, ICC_RPR, 0xff },
	{ D_R, 0, GICD_ISACTIVER + 4, UART_BIT }, { IRQ, 0, 0, 0 }, { MSR, 0, ICC_DIR, UART }, { IRQ, 0, 0, 1 },
	{ END, 0, 0, 0 },
};

/* With one security state group 0 is everybody's, and FIQ. */
static const struct step single_group0[] = {
	{ D_W, 0, GICD_CTLR, 0x13 }, { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { MSR, 0, ICC_PMR, 0xf0 },
	{ MSR, 0, ICC_IGRPEN0, 1 }, { INPUT, 0, UART, 1 }, { FIQ, 0, 0, 1 }, { IRQ, 0, 0, 0 },
	{ MRS, 0, ICC_IAR1, GIC_NONE }, { MRS, 0, ICC_IAR0, UART }, { MSR, 0, ICC_EOIR0, UART },
	{ MRS, 0, ICC_RPR, 0xff },
	{ MSR, 0, ICC_BPR0, 0 }, { MRS, 0, ICC_BPR0, 2 },
	{ END, 0, 0, 0 },
};

/* Linux on firmware: asleep until woken, shifted priorities, no way to the secure half. */
static const struct step nonsecure[] = {
	{ C_R, 0, GICR_WAKER, 0 }, { C_W, 0, GICR_WAKER, 0 }, { EL, 0, 0, 3 }, { C_R, 0, GICR_WAKER, 6 },
	{ D_R, 0, GICD_CTLR, 0x30 }, { D_R, 0, GICD_TYPER, 1 << 25 | 1 << 24 | 9 << 19 | 1 << 10 | 2 }, { EL, 0, 0, 1 },
	FIRMWARE_INIT(0, 0), FIRMWARE_INIT(1, RD1),
	{ D_R, 0, GICD_IGROUPR + 4, 0 }, LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1),
	{ D_R, 0, GICD_CTLR, 0x12 },
	{ MRS, 0, ICC_PMR, 0xf0 }, { D_R, 0, GICD_IPRIORITYR + 32, 0xa0a0a0a0 }, { MRS, 0, ICC_BPR1, 3 },
	{ EL, 0, 0, 3 }, { MRS, 0, ICC_PMR, 0xf8 }, { D_R, 0, GICD_IPRIORITYR + 32, 0xd0d0d0d0 },
	{ D_R, 0, GICD_CTLR, 0x37 },
	{ EL, 0, 0, 1 },
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 }, { IRQ, 0, 0, 1 }, { FIQ, 0, 0, 0 },
	{ MRS, 0, ICC_IAR1, UART }, { MRS, 0, ICC_RPR, 0xa0 }, { MRS, 0, ICC_AP1R0, 1 << 10 },
	{ EL, 0, 0, 3 }, { MRS, 0, ICC_RPR, 0xd0 }, { MRS, 0, ICC_AP1R0, 1 << 26 }, { EL, 0, 0, 1 },
	{ MSR, 0, ICC_EOIR1, UART }, { MRS, 0, ICC_RPR, 0xff },
	{ MSR, 0, ICC_SGI1R, 1 << 24 | 2 }, { IRQ, 1, 0, 1 },
	{ MRS_UNDEF, 0, ICC_SRE_EL2, 0 }, { MRS_UNDEF, 0, ICC_CTLR_EL3, 0 }, { EL, 0, 0, 2 },
	{ MRS, 0, ICC_SRE_EL2, 0xf },
	{ MRS_UNDEF, 0, ICC_SRE_EL3, 0 }, { MRS_UNDEF, 0, ICC_EOIR1, 0 },
	{ END, 0, 0, 0 },
};

/* A redistributor that sleeps forwards nothing. */
static const struct step waker[] = {
	FIRMWARE_INIT(0, 0), LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0),
	{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 }, { IRQ, 0, 0, 1 },
	{ EL, 0, 0, 3 }, { C_W, 0, GICR_WAKER, 2 }, { C_R, 0, GICR_WAKER, 6 }, { IRQ, 0, 0, 0 },
	{ C_W, 0, GICR_WAKER, 0 }, { IRQ, 0, 0, 1 },
	{ END, 0, 0, 0 },
};

/* Group 0 and secure group 1 are FIQ, and EL3 names them by its own registers, or by a special number. */
static const struct step secure_groups[] = {
	FIRMWARE_INIT(0, 0), { EL, 0, 0, 3 }, { MSR, 0, ICC_IGRPEN0, 1 }, { MSR, 0, ICC_IGRPEN1_EL3, 3 },
	{ MRS, 0, ICC_IGRPEN1_EL3, 3 }, { D_W, 0, GICD_IGROUPR + 4, ~7u }, { D_W, 0, GICD_IGRPMODR + 4, 2 },
	{ D_W, 0, GICD_IPRIORITYR + 32, 0xd0201080 }, { D_W, 0, GICD_ISENABLER + 4, 0xf },
	{ EL, 0, 0, 1 }, { D_R, 0, GICD_ISENABLER + 4, 8 },
	{ INPUT, 0, 35, 1 }, { IRQ, 0, 0, 1 }, { EL, 0, 0, 3 }, { MRS, 0, ICC_HPPIR0, GIC_NONE_NONSECURE },
	{ MRS, 0, ICC_IAR1, 35 }, { MSR, 0, ICC_EOIR1, 35 },	/* SCR_EL3.NS is set: the non-secure group */
	{ INPUT, 0, 33, 1 }, { FIQ, 0, 0, 1 }, { IRQ, 0, 0, 0 }, { EL, 0, 0, 1 }, { MRS, 0, ICC_IAR1, GIC_NONE },
	{ EL, 0, 0, 3 }, { MRS, 0, ICC_IAR0, GIC_NONE_SECURE }, { MRS, 0, ICC_IAR1, GIC_NONE },
	{ SCR, 0, 0, SECURE_FIQ },
	{ MRS, 0, ICC_IAR1, 33 }, { INPUT, 0, 33, 0 }, { MSR, 0, ICC_EOIR1, 33 }, { SCR, 0, 0, NS_FIQ },
	{ INPUT, 0, 34, 1 }, { FIQ, 0, 0, 1 }, { MRS, 0, ICC_IAR0, 34 }, { MRS, 0, ICC_RPR, 0x20 },
	{ MRS, 0, ICC_AP0R0, 1 << 4 },
	{ EL, 0, 0, 1 }, { MRS, 0, ICC_RPR, 0 }, { MSR, 0, ICC_EOIR1, 34 }, { EL, 0, 0, 3 }, { MRS, 0, ICC_RPR, 0x20 },
	{ MSR, 0, ICC_EOIR0, 34 }, { MRS, 0, ICC_RPR, 0xff },
	{ END, 0, 0, 0 },
};

/* Each SGI register makes interrupts of one group alone. */
static const struct step secure_sgis[] = {
	FIRMWARE_INIT(0, 0), FIRMWARE_INIT(1, RD1), { EL, 0, 0, 3 },
	{ C_W, 0, RD1 + GICR_IGROUPR0, 0xfffffffc },
	{ C_W, 0, RD1 + GICR_IGRPMODR0, 2 },	/* SGI 0: G0, 1: G1S, 2: G1NS */
	{ EL, 0, 0, 1 }, { MSR, 0, ICC_SGI1R, 2 }, { MSR, 0, ICC_SGI1R, 1 << 24 | 2 }, { MSR, 0, ICC_SGI0R, 2 },
	{ MSR, 0, ICC_ASGI1R, 1 << 24 | 2 }, { EL, 0, 0, 3 }, { C_R, 0, RD1 + GICR_ISPENDR0, 0 },
	{ MSR, 0, ICC_SGI0R, 2 }, { C_R, 0, RD1 + GICR_ISPENDR0, 1 }, { SCR, 0, 0, SECURE_FIQ },
	{ MSR, 0, ICC_SGI1R, 1 << 24 | 2 }, { C_R, 0, RD1 + GICR_ISPENDR0, 3 },
	{ MSR, 0, ICC_ASGI1R, 2 << 24 | 2 }, { C_R, 0, RD1 + GICR_ISPENDR0, 7 },
	{ END, 0, 0, 0 },
};

/* The copies of banked registers, ICC_CTLR_EL3's view of them, and DS, which is for good. */
static const struct step banks[] = {
	{ EL, 0, 0, 3 }, { MSR, 0, ICC_BPR1, 5 }, { SCR, 0, 0, SECURE_FIQ }, { MRS, 0, ICC_BPR1, 2 },
	{ MSR, 0, ICC_BPR1, 4 },
	{ MSR, 0, ICC_CTLR_EL3, 0x1f }, { MRS, 0, ICC_CTLR_EL3, 4 << 8 | 1 << 15 | 0x1f }, { MRS, 0, ICC_BPR1, 2 },
	{ SCR, 0, 0, NS_FIQ }, { MRS, 0, ICC_BPR1, 3 }, { EL, 0, 0, 1 }, { MRS, 0, ICC_CTLR, 4 << 8 | 1 << 15 | 3 },
	{ MSR, 0, ICC_CTLR, 0 }, { MRS, 0, ICC_CTLR, 4 << 8 | 1 << 15 | 1 }, { EL, 0, 0, 3 },
	{ D_W, 0, GICD_IGRPMODR + 4, 1 }, { D_W, 0, GICD_CTLR, 0x40 }, { D_W, 0, GICD_CTLR, 0 },
	{ D_R, 0, GICD_CTLR, 0x50 },
	{ D_R, 0, GICD_IGRPMODR + 4, 0 }, { EL, 0, 0, 1 }, { D_W, 0, GICD_IGROUPR + 4, 5 },
	{ D_R, 0, GICD_IGROUPR + 4, 5 },
	{ END, 0, 0, 0 },
};

/* The virtual interface keeps what a hypervisor writes. */
static const struct step virtual_interface[] = {
	{ EL, 0, 0, 2 }, { MRS, 0, ICH_VTR, UINT32_C(4) << 29 | 4 << 26 | 3 },
	{ MSR, 0, ICH_LR0, UINT64_C(0x5000000000001b) },
	{ MRS, 0, ICH_LR0, UINT64_C(0x5000000000001b) }, { MRS, 1, ICC_RPR, 0xff }, { EL, 0, 0, 1 },
	{ MRS_UNDEF, 0, ICH_LR0, 0 },
	{ END, 0, 0, 0 },
};

static const struct scenario {
	const char *name;
	bool security;
	const struct step *steps;
} scenarios[] = {
	{ "identification", false, identification },
	{ "read as zero", false, raz },
	{ "SPI", false, spi },
	{ "routing", false, routing },
	{ "PPI", false, ppi },
	{ "SGIs", false, sgis },
	{ "priorities", false, priorities },
	{ "split end", false, split_end },
	{ "group 0, one state", false, single_group0 },
	{ "virtual interface", false, virtual_interface },
	{ "non-secure", true, nonsecure },
	{ "waker", true, waker },
	{ "secure groups", true, secure_groups },
	{ "secure SGIs", true, secure_sgis },
	{ "banks", true, banks },
};

static struct script_target target_for(struct machine *machine, struct gicv3 *gic)
{
	return (struct script_target){
		machine, &gicv3_dist_ops, &gicv3_redist_ops, gic, gicv3_add_region(gic, 0x100000, GICV3_FRAME_SIZE),
		&gicv3_sysreg_ops, &gicv3_gic_ops, gic,
	};
}

START_TEST(scenario)
{
	const struct scenario *s = &scenarios[_i];
	struct machine *machine = fake_machine_new(2);
	struct gicv3 *gic = gicv3_new(machine, 96, s->security);
	struct script_target target = target_for(machine, gic);

	script_run(&target, s->name, s->steps);
	gicv3_free(gic);
	free(machine);
}
END_TEST

/* 64 CPUs in clusters of 16: each is reached by its affinity, from each of two regions. */
START_TEST(sixty_four_cpus)
{
	static const struct step cluster_sgi[] = {
		{ D_W, 0, GICD_CTLR, 0x13 }, { C_W, 0, 63 * RD1 + GICR_IGROUPR0, 0xffffffff },
		{ C_W, 0, 63 * RD1 + GICR_ISENABLER0, 0xffff }, { MSR, 63, ICC_PMR, 0xf0 }, { MSR, 63, ICC_IGRPEN1, 1 },
		{ MSR, 0, ICC_SGI1R, 3 << 16 | 1 << 15 }, { IRQ, 63, 0, 1 }, { MRS, 63, ICC_IAR1, 0 },
		{ MSR, 63, ICC_EOIR1, 0 }, { MSR, 0, ICC_SGI1R, UINT64_C(1) << 40 }, { IRQ, 63, 0, 1 },
		{ D_W8, 0, GICD_IROUTER + 8 * UART, 0x30f }, { D_W, 0, GICD_IGROUPR + 4, UART_BIT },
		{ D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { MRS, 63, ICC_IAR1, 0 }, { MSR, 63, ICC_EOIR1, 0 },
		{ INPUT, 0, UART, 1 }, { MRS, 63, ICC_IAR1, UART }, { END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(64);
	struct gicv3 *gic = gicv3_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);
	struct gicv3_region *first = target.second_dev, *second;

	for (unsigned i = 0; i < 64; i++)
		machine->cpu[i].mpidr = i / 16 << 8 | i % 16;
	ck_assert_uint_eq(first->cpu_count, 8);
	second = gicv3_add_region(gic, 0x1000000, GICV3_FRAME_SIZE);
	ck_assert_uint_eq(second->cpu_count, 56);
	ck_assert_uint_eq(gicv3_redist_count(gic), 64);
	ck_assert_uint_eq(gicv3_redist_ops.read(second, 0, 55 * RD1 + GICR_TYPER, 8),
			  UINT64_C(0x30f) << 32 | 63 << 8 | 1 << 4);
	first->cpu_count = 64;	/* for the script, which knows one region */
	script_run(&target, "64 CPUs", cluster_sgi);
	gicv3_free(gic);
	free(machine);
}
END_TEST

/* A reset of the CPU takes its interface with it, not the redistributor. */
START_TEST(reset_of_one_cpu)
{
	static const struct step before[] = {
		LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), LINUX_CPU_INIT(1, RD1), { MSR, 0, ICC_SGI1R, 3 << 24 | 2 },
		{ IRQ, 1, 0, 1 }, { END, 0, 0, 0 },
	};
	static const struct step after[] = {
		{ IRQ, 1, 0, 0 }, { MRS, 1, ICC_PMR, 0 }, { MRS, 1, ICC_IGRPEN1, 0 },
		{ C_R, 0, RD1 + GICR_ISPENDR0, 8 },
		{ MRS, 0, ICC_PMR, 0xf0 }, { END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(2);
	struct gicv3 *gic = gicv3_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);

	script_run(&target, "before", before);
	gicv3_gic_ops.reset_cpu(gic, 1);
	script_run(&target, "after", after);
	gicv3_free(gic);
	free(machine);
}
END_TEST

START_TEST(save_and_load)
{
	static const struct step before[] = {
		LINUX_DIST_INIT, LINUX_CPU_INIT(0, 0), { D_W, 0, GICD_ISENABLER + 4, UART_BIT }, { INPUT, 0, UART, 1 },
		{ MRS, 0, ICC_IAR1, UART }, { END, 0, 0, 0 },
	};
	static const struct step after[] = {
		{ MRS, 0, ICC_RPR, 0xa0 }, { MSR, 0, ICC_EOIR1, UART }, { IRQ, 0, 0, 1 }, { END, 0, 0, 0 },
	};
	struct machine *machine = fake_machine_new(2);
	struct gicv3 *gic = gicv3_new(machine, 96, false);
	struct script_target target = target_for(machine, gic);
	struct strbuf saved = STRBUF_INIT;
	struct gic_irq_state irq;
	struct device_blob blob;

	script_run(&target, "before", before);
	gicv3_dist_ops.save(gic, &saved);
	gicv3_dist_ops.reset(gic);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(gicv3_dist_ops.load(gic, &blob));
	gicv3_gic_ops.irq_state(gic, 0, UART, &irq);
	ck_assert(irq.active && irq.pending && irq.group == GIC_GROUP1 && irq.targets == 1);
	script_run(&target, "after", after);
	strbuf_free(&saved);
	gicv3_free(gic);
	free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/gicv3");
	TCase *tcase = tcase_create("gicv3");

	tcase_add_loop_test(tcase, scenario, 0, sizeof(scenarios) / sizeof(scenarios[0]));
	tcase_add_test(tcase, sixty_four_cpus);
	tcase_add_test(tcase, reset_of_one_cpu);
	tcase_add_test(tcase, save_and_load);
	suite_add_tcase(suite, tcase);
	return suite;
}
