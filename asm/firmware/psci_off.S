/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_off.S: CPU_OFF: back into the pen.  The same in both builds with PSCI.
 */
#include "firmware.h"

#ifndef FIRMWARE_SPIN_TABLE

	.text

/*
 * psci_cpu_off: the calling CPU gives up its slot and sleeps.
 * Result:   does not return; a later CPU_ON starts it as from reset
 *
 * Hardware that cuts the power would first have to write its caches back.
 * This CPU only rests: its caches stay coherent with the others'.
 */
FUNC(psci_cpu_off)
	mrs	x0, mpidr_el1
	ldr	x1, =MPIDR_ID_BITS
	and	x0, x0, x1
	bl	find_logical_id		// only a CPU that has a slot can have come here

	// All the kernel did on this CPU is done before another CPU may learn that it is off.
	ldr	x1, =branch_table
	mov	x3, #ADDR_INVALID
	dsb	sy
	str	x3, [x1, x0, lsl #3]

	// This store is the moment: a CPU_ON that comes before we reach the wfe leaves its event waiting for us.
	b	spin
ENDFUNC(psci_cpu_off)

#endif /* !FIRMWARE_SPIN_TABLE */
