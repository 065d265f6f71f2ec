/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reset.S: the first instructions of every CPU.
 *
 * All CPUs leave reset together, at address 0, at EL3, with the MMU and the
 * caches off, and know nothing of one another: the same code runs on each, and
 * only MPIDR_EL1 tells which one it is.  CPU0 (the first in boot_info's table)
 * sets up what is shared, the others wait for that; then all go to the pen.
 */
#include "firmware.h"

	.section .reset, "ax"

/*
 * reset: where the hardware starts.
 * In:       EL3, MMU off, interrupts masked; no register means anything
 * Result:   does not return: every CPU ends in spin, or in a loop whose name says why
 */
FUNC(reset)
	// A ROM whose blank was never filled in knows neither the CPUs nor the kernel.
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_MAGIC_OFF]
	ldr	x6, =BOOT_INFO_MAGIC
	cmp	x5, x6
	b.ne	no_boot_info

	bl	init_el3		// what each CPU must set for itself

	// Who am I?  MPIDR_EL1 also holds flags that are no part of the name.
	mrs	x0, mpidr_el1
	ldr	x1, =MPIDR_ID_BITS
	and	x0, x0, x1
	bl	find_logical_id
	cbnz	x0, 1f

	// CPU0 sets up what all share: the interrupt distributor, then the pen.
	bl	init_gic_distributor
	bl	init_gic_cpu
	bl	init_pen
	b	spin

	// The others must not look at the pen before CPU0 is done with it.
1:	bl	wait_pen
	bl	init_gic_cpu
	b	spin
ENDFUNC(reset)

/*
 * init_el3: this CPU's own system registers.
 * In:       EL3
 * Clobbers: x4 to x6
 */
LOCAL_FUNC(init_el3)
	// EL3 itself: MMU and data cache stay off, an exception has somewhere to go.
	ldr	x4, =SCTLR_EL3_RES1
	msr	sctlr_el3, x4
	ldr	x4, =vectors
	msr	vbar_el3, x4

	// Below EL3 is the non-secure world, in AArch64, which may call up with HVC and SMC (SMD stays 0).
	mov	x4, #(SCR_EL3_NS | SCR_EL3_RES1 | SCR_EL3_HCE | SCR_EL3_RW)

	// Pointer authentication would trap to us unless both bits are set; they exist only where it does.
	mrs	x5, id_aa64isar1_el1
	ubfx	x5, x5, #ID_AA64ISAR1_EL1_APA_SHIFT, #8
	cbz	x5, 1f
	orr	x4, x4, #(SCR_EL3_APK | SCR_EL3_API)
1:	msr	scr_el3, x4
	isb				// the registers below belong to the world just chosen

	// No debug, performance or floating-point access of the kernel's traps to us: we could not answer.
	msr	mdcr_el3, xzr
	mrs	x5, id_aa64pfr0_el1
	ubfx	x5, x5, #ID_AA64PFR0_EL1_SVE_SHIFT, #4
	cbz	x5, 2f

	// Where there is SVE, the kernel may use all of its vector length, the same on each CPU.
	mov	x4, #CPTR_EL3_EZ
	msr	cptr_el3, x4
	isb
	mov	x4, #ZCR_EL3_LEN_MAX
	msr	ZCR_EL3, x4
	b	3f
2:	msr	cptr_el3, xzr

	// The hardware does not know how fast its counter runs; only EL3 may tell the kernel.
3:	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_CNTFRQ]
	msr	cntfrq_el0, x5
	isb
	ret
ENDFUNC(init_el3)

/*
 * no_boot_info: the loader has not filled in the block; nothing can be done.
 */
LOCAL_FUNC(no_boot_info)
1:	wfe				// sleep for good: a wake-up changes nothing
	b	1b
ENDFUNC(no_boot_info)
