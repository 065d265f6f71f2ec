/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_classic.S: PSCI as small as it can be: two calls, one way to say no.
 *
 * Enough for a kernel that brings its CPUs up once.  It passes no context id,
 * and one word a CPU is all its state, so the store-exclusive writes the entry
 * point itself: a store that fails, or a CPU that is not off, is DENIED.
 */
#include "firmware.h"

#ifdef FIRMWARE_CLASSIC

	.text

/*
 * psci_call64: do what the SMC asks for.
 * In:       x0 = function id, x1 to x3 = arguments
 * Out:      x0 = result; CPU_OFF does not return
 * Clobbers: x4 to x15
 */
FUNC(psci_call64)
	// CPU_OFF has a 32-bit id alone, for it has no address to pass.
	ldr	x7, =PSCI_CPU_OFF
	cmp	x0, x7
	b.eq	psci_cpu_off

	ldr	x7, =PSCI_CPU_ON_64
	cmp	x0, x7
	b.eq	psci_cpu_on

	// All the rest is not implemented.
	mov	x0, #PSCI_RET_NOT_SUPPORTED
	ret
ENDFUNC(psci_call64)

/*
 * psci_cpu_on: CPU_ON: let a CPU out of the pen.
 * In:       x1 = target's MPIDR, x2 = entry point
 * Out:      x0 = SUCCESS or DENIED
 * Clobbers: x3 to x5, x9 to x15
 */
FUNC(psci_cpu_on)
	mov	x15, x30		// find_logical_id returns through x30
	mov	x14, x2

	mov	x0, x1
	bl	find_logical_id
	mov	x30, x15
	cmp	x0, #-1			// the board has no such CPU
	b.eq	1f

	ldr	x3, =branch_table
	add	x3, x3, x0, lsl #3	// slot = branch_table + id * 8

	// Only a CPU that is off may be sent anywhere, and only by one caller.
	ldr	x4, =ADDR_INVALID
	ldxr	x5, [x3]
	cmp	x4, x5
	b.ne	1f
	stxr	w4, x14, [x3]
	cbnz	w4, 1f			// another CPU wrote to it in between

	// sev is not ordered with stores: without the barrier the target may wake, see the old slot and sleep on.
	dsb	ishst
	sev

	mov	x0, #PSCI_RET_SUCCESS
	ret

1:	mov	x0, #PSCI_RET_DENIED
	ret
ENDFUNC(psci_cpu_on)

#endif /* FIRMWARE_CLASSIC */
