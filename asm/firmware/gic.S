/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gic.S: hand all interrupts to the non-secure world.
 *
 * After reset every interrupt is secure (group 0), and a non-secure kernel can
 * neither see nor enable it.  Only secure code can move them to group 1.
 * Arm IHI 0048 (GICv2) and IHI 0069 (GICv3).  Does nothing on a board without
 * a GIC, and enables no interrupt: that is the kernel's.
 */
#include "firmware.h"

#define GIC_VERSION_3		3

/* Distributor. */
#define GICD_CTLR		0x000
#define GICD_TYPER		0x004
#define GICD_IGROUPR0		0x080	/* a bit an interrupt, 32 a register; 0 is banked by CPU in GICv2 */
#define GICD_TYPER_LINES_BITS	5	/* how many such registers there are, minus 1 */
#define GICD_CTLR_ARE_S		(1 << 4)	/* GICv3: route by affinity, secure */
#define GICD_CTLR_ARE_NS	(1 << 5)	/* and non-secure */

/* GICv2 CPU interface. */
#define GICC_PMR		0x004
#define GIC_PRIORITY_LOWEST	0xff

/* GICv3 redistributor: two frames a CPU, four with GICv4's virtual ones. */
#define GICR_TYPER		0x0008
#define GICR_WAKER		0x0014
#define GICR_SGI_FRAME		0x10000
#define GICR_IGROUPR0		0x0080	/* in the SGI frame */
#define GICR_STRIDE		0x20000
#define GICR_STRIDE_V4		0x40000
#define GICR_TYPER_VLPIS_BIT	1
#define GICR_TYPER_LAST_BIT	4
#define GICR_WAKER_PROCESSOR_SLEEP	(1 << 1)
#define GICR_WAKER_CHILDREN_ASLEEP_BIT	2

	.text

/*
 * init_gic_distributor: CPU0 moves the shared interrupts to group 1.
 * In:       EL3
 * Clobbers: x4 to x7
 */
FUNC(init_gic_distributor)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_GICD]
	cbz	x5, 3f

	// GICv3 routes by affinity, or its redistributors do not count: set before any other register is touched.
	ldr	x6, [x4, #BOOT_INFO_GIC_VERSION]
	cmp	x6, #GIC_VERSION_3
	b.ne	1f
	mov	w6, #(GICD_CTLR_ARE_S | GICD_CTLR_ARE_NS)
	str	w6, [x5, #GICD_CTLR]

	// Register 0 is each CPU's own affair (init_gic_cpu); the rest, 1 to ITLinesNumber, is shared.
1:	ldr	w4, [x5, #GICD_TYPER]
	and	w4, w4, #((1 << GICD_TYPER_LINES_BITS) - 1)
	add	x5, x5, #GICD_IGROUPR0
	mov	w7, #-1
2:	cbz	w4, 3f
	str	w7, [x5, w4, uxtw #2]
	sub	w4, w4, #1
	b	2b
3:	ret
ENDFUNC(init_gic_distributor)

/*
 * init_gic_cpu: each CPU moves its private interrupts to group 1 and lets the
 * kernel use its CPU interface.
 * In:       EL3; the distributor is set up
 * Clobbers: x4 to x8
 */
FUNC(init_gic_cpu)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_GIC_VERSION]
	cmp	x5, #GIC_VERSION_3
	b.eq	init_gicv3_cpu

	// GICv2: the same address shows each CPU its own register 0.
	ldr	x5, [x4, #BOOT_INFO_GICD]
	cbz	x5, 1f
	mov	w6, #-1
	str	w6, [x5, #GICD_IGROUPR0]

	// The reset value masks all priorities, and the kernel can change only the lower half of the range.
	ldr	x5, [x4, #BOOT_INFO_GICC]
	cbz	x5, 1f
	mov	w6, #GIC_PRIORITY_LOWEST
	str	w6, [x5, #GICC_PMR]
1:	ret
ENDFUNC(init_gic_cpu)

/*
 * init_gicv3_cpu: the same for GICv3, where each CPU has a redistributor.
 * In:       x4 = boot_info; EL3
 * Clobbers: x4 to x8
 */
LOCAL_FUNC(init_gicv3_cpu)
	// The kernel's access goes through system registers; without our leave it would trap.
	mov	x5, #(ICC_SRE_SRE | ICC_SRE_DFB | ICC_SRE_DIB | ICC_SRE_ENABLE)
	msr	ICC_SRE_EL3, x5
	isb
	msr	ICC_SRE_EL2, x5
	isb

	// Put our affinity as GICR_TYPER[63:32] does: Aff3.Aff2.Aff1.Aff0, one byte each.
	ldr	x5, [x4, #BOOT_INFO_GICR]
	cbz	x5, 4f
	mrs	x6, mpidr_el1
	lsr	x7, x6, #32
	bfi	x6, x7, #24, #8		// Aff3 goes over the flags in bits 31:24

	// The redistributors lie in a row, in no order one may count on: look for the one with our name.
1:	ldr	x7, [x5, #GICR_TYPER]
	lsr	x8, x7, #32
	cmp	w8, w6
	b.eq	2f
	tbnz	x7, #GICR_TYPER_LAST_BIT, 5f
	mov	x8, #GICR_STRIDE
	add	x5, x5, x8
	tbz	x7, #GICR_TYPER_VLPIS_BIT, 1b
	mov	x8, #(GICR_STRIDE_V4 - GICR_STRIDE)
	add	x5, x5, x8
	b	1b

	// It sleeps after reset, and passes on no interrupt until it says that it is awake.
2:	ldr	w7, [x5, #GICR_WAKER]
	and	w7, w7, #~GICR_WAKER_PROCESSOR_SLEEP
	str	w7, [x5, #GICR_WAKER]
3:	ldr	w7, [x5, #GICR_WAKER]
	tbnz	w7, #GICR_WAKER_CHILDREN_ASLEEP_BIT, 3b

	// Private interrupts to group 1.
	mov	x8, #GICR_SGI_FRAME
	add	x5, x5, x8
	mov	w7, #-1
	str	w7, [x5, #GICR_IGROUPR0]
4:	ret

	// That was the last one of its row; a board of many clusters has more rows.
5:	ldr	x5, [x4, #BOOT_INFO_GICR_MORE]
	add	x4, x4, #8
	cbnz	x5, 1b
	ret
ENDFUNC(init_gicv3_cpu)
