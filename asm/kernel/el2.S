/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * el2.S: from EL2 to EL1.
 *
 * Firmware hands us EL2 if the CPU has it, since only there could a hypervisor be started.  This kernel runs at EL1:
 * it opens everything that EL2 could trap, leaves a stub behind at EL2's vectors, and returns one level lower.
 */
#include "asm.h"
#include "sysreg.h"
#include "boot.h"

	.text

/*
 * el2_setup: make sure that this CPU runs at EL1.
 * In:       x30 = where to go on, at EL1; EL1 or EL2, MMU off
 * Out:      w20 = BOOT_CPU_MODE_EL1 or BOOT_CPU_MODE_EL2, the level we came from
 * Clobbers: x0, x1
 */
FUNC(el2_setup)
	msr	spsel, #1			// use SP_ELx, not SP_EL0
	mov	w20, #BOOT_CPU_MODE_EL1
	mrs	x0, currentel
	cmp	x0, #CURRENT_EL_EL2
	b.ne	5f
	mov	w20, #BOOT_CPU_MODE_EL2

	// EL1 is AArch64, and no other bit: no stage 2, nothing routed or trapped to EL2, SMC goes straight to EL3.
	ldr	x0, =HCR_EL2_RW
	msr	hcr_el2, x0
	isb

	// Counter and timer belong to EL1, and its virtual time is the physical one.
	mrs	x0, cnthctl_el2
	orr	x0, x0, #CNTHCTL_EL2_EL1PCTEN | CNTHCTL_EL2_EL1PCEN
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr

	// EL1 reads MIDR_EL1 and MPIDR_EL1 through these two: without them every CPU would believe to be CPU 0.
	mrs	x0, midr_el1
	mrs	x1, mpidr_el1
	msr	vpidr_el2, x0
	msr	vmpidr_el2, x1

	// No trap of floating point, of AArch32 coprocessors, or of stage 2's VMID.
	mov	x0, #CPTR_EL2_RES1
	msr	cptr_el2, x0
	msr	hstr_el2, xzr
	msr	vttbr_el2, xzr

	// All performance counters are EL1's, if there are any (PMUVer 0 and 15 mean none).
	mrs	x1, id_aa64dfr0_el1
	sbfx	x0, x1, #8, #4
	cmp	x0, #1
	mov	x0, xzr
	b.lt	1f
	mrs	x0, pmcr_el0
	ubfx	x0, x0, #11, #5
1:	msr	mdcr_el2, x0

	// EL1 starts with its MMU and caches off, whatever ran there before.
	ldr	x0, =SCTLR_EL1_RES1
	msr	sctlr_el1, x0

	// A later HVC finds the stub.  `adr`: EL2 keeps its MMU off, so it needs the physical address.
	adr_l	x0, __hyp_stub_vectors
	msr	vbar_el2, x0

	// "Return" to our caller, one level down and with every interrupt masked.
	mov	x0, #(SPSR_M_EL1H | SPSR_DAIF)
	msr	spsr_el2, x0
	msr	elr_el2, x30
	eret

5:	ret
ENDFUNC(el2_setup)

/*
 * hyp_stub_hvc: nobody lives at EL2.  Whatever was asked, the answer is PSCI's NOT_SUPPORTED, so that a tree which
 * names the conduit hvc on a machine without hypervisor fails with a message.
 */
LOCAL_FUNC(hyp_stub_hvc)
	mov	x0, #-1
	eret
ENDFUNC(hyp_stub_hvc)

	/* One vector that sleeps for ever: an exception at EL2 that this kernel never causes. */
	.macro	hyp_invalid
	.balign	128
1:	wfe
	b	1b
	.endm

	/* 16 vectors of 128 bytes; only the 9th, "synchronous from lower AArch64", is real. */
	.balign	2048
FUNC(__hyp_stub_vectors)
	.rept	8
	hyp_invalid
	.endr
	.balign	128
	b	hyp_stub_hvc
	.rept	7
	hyp_invalid
	.endr
ENDFUNC(__hyp_stub_vectors)
