/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vectors.S: what EL3 does when it is called, which is for one reason only: an
 * SMC from AArch64 below.  Everything else is a mistake, ours or the board's,
 * and ends in unexpected_exception, where a debugger finds ESR_EL3, ELR_EL3
 * and FAR_EL3 as they were.
 */
#include "firmware.h"

/* One of the sixteen entries, 0x80 bytes apart: room for a branch is enough. */
.macro vector_entry target
	.balign	0x80
	b	\target
.endm

	.section .vectors, "ax"

/*
 * vectors: VBAR_EL3 points here; 2 KiB aligned, for the hardware ORs the
 * offset in.  Each group: synchronous, IRQ, FIQ, SError.
 */
	.balign	0x800
FUNC(vectors)
	// From EL3 itself, with SP_EL0 and then with SP_EL3.
	.rept	8
	vector_entry unexpected_exception
	.endr

	// From AArch64 below: the synchronous entry is where an SMC arrives.
	vector_entry lower_sync
	.rept	3
	vector_entry unexpected_exception
	.endr

	// From AArch32 below: SCR_EL3.RW leaves no such level but EL0, which cannot get here.
	.rept	4
	vector_entry unexpected_exception
	.endr
	.balign	0x80
ENDFUNC(vectors)

	.text

/*
 * lower_sync: an SMC, or a trap that should never have been armed.
 * In:       x0 to x3 = function id and arguments (SMCCC)
 * Result:   x0 = psci_call64's answer; all other registers as they were
 */
LOCAL_FUNC(lower_sync)
	// SMCCC 1.1 gives x4 to x17 back to the caller; x18 and up we never touch.
	sub	sp, sp, #SMC_FRAME_SIZE
	stp	x1, x2, [sp, #0]
	stp	x3, x4, [sp, #16]
	stp	x5, x6, [sp, #32]
	stp	x7, x8, [sp, #48]
	stp	x9, x10, [sp, #64]
	stp	x11, x12, [sp, #80]
	stp	x13, x14, [sp, #96]
	stp	x15, x16, [sp, #112]
	stp	x17, x30, [sp, #128]

	// The exception class tells an SMC from everything else that is synchronous.
	mrs	x4, esr_el3
	ubfx	x4, x4, #ESR_EC_SHIFT, #ESR_EC_BITS
	cmp	x4, #ESR_EC_SMC64
	b.ne	unexpected_exception

	bl	psci_call64

	// Back, with the result in x0.
	ldp	x1, x2, [sp, #0]
	ldp	x3, x4, [sp, #16]
	ldp	x5, x6, [sp, #32]
	ldp	x7, x8, [sp, #48]
	ldp	x9, x10, [sp, #64]
	ldp	x11, x12, [sp, #80]
	ldp	x13, x14, [sp, #96]
	ldp	x15, x16, [sp, #112]
	ldp	x17, x30, [sp, #128]
	add	sp, sp, #SMC_FRAME_SIZE
	eret				// ELR_EL3 is past the smc, SPSR_EL3 the caller's PSTATE: nobody changed them
ENDFUNC(lower_sync)

/*
 * unexpected_exception: nothing sensible can be done, so nothing is.
 */
FUNC(unexpected_exception)
	wfe				// sleep, so that the other CPUs can go on
	b	unexpected_exception
ENDFUNC(unexpected_exception)
