/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spin.S: the pen, for the builds with PSCI.
 *
 * Each CPU has a slot in branch_table.  While it holds ADDR_INVALID the CPU
 * sleeps; CPU_ON (psci_cpu_on) writes an entry point there and wakes it, and
 * CPU_OFF writes ADDR_INVALID back and returns here.  CPU0 goes the same way,
 * only that its slot is filled from the start.
 *
 * Who may read the tables when?  Memory may hold anything after reset, a
 * table of the boot before included, so a secondary may not trust its slot
 * until CPU0 has written it.  CPU0 therefore fills all the tables first and
 * sets pen_ready last; the others poll pen_ready (pen.S).
 */
#include "firmware.h"

#ifndef FIRMWARE_SPIN_TABLE

	.bss
	.balign	64

/* Per CPU: where it is to go, ADDR_INVALID while it is off. */
DATA(branch_table)
	.space	BOOT_INFO_MAX_CPUS * 8
ENDDATA(branch_table)

/* Per CPU: what x0 holds on arrival, the context id of CPU_ON. */
DATA(context_table)
	.space	BOOT_INFO_MAX_CPUS * 8
ENDDATA(context_table)

/* Per CPU: PSCI_AFFINITY_ON or _ON_PENDING, valid while its slot holds an entry point. */
DATA(power_table)
	.space	BOOT_INFO_MAX_CPUS * 8
ENDDATA(power_table)

	.text

/*
 * init_pen: CPU0 fills the tables: everyone off, itself bound for start_cpu0.
 * Clobbers: x4 to x9
 */
FUNC(init_pen)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_CPU_COUNT]
	ldr	x6, =branch_table
	ldr	x7, =context_table
	ldr	x8, =power_table
	mov	x9, #ADDR_INVALID

	// From the last CPU down to CPU0.
1:	sub	x5, x5, #1
	str	x9, [x6, x5, lsl #3]
	str	xzr, [x7, x5, lsl #3]
	cbnz	x5, 1b

	// CPU0 needs nobody's call: to anyone who asks, it is on its way.
	mov	x9, #PSCI_AFFINITY_ON_PENDING
	str	x9, [x8]
	adr	x9, start_cpu0
	ldr	x4, [x4, #BOOT_INFO_NS_ROM]	// as the non-secure world sees it
	add	x9, x9, x4
	str	x9, [x6]

	// The tables must be seen before the flag that vouches for them.
	dmb	ishst
	ldr	x4, =PEN_READY
	ldr	x5, =pen_ready
	str	x4, [x5]

	sevl				// or CPU0's own wfe, in spin, would wait for a second CPU's sev
	ret
ENDFUNC(init_pen)

/*
 * spin: poll this CPU's slot of branch_table, asleep in between, and go where
 * it says.  CPUs come here from reset and from CPU_OFF.
 * In:       EL3, interrupts masked
 * Result:   leaves for el2_trampoline with x0 = the address found, x1 = the context id
 */
FUNC(spin)
	mrs	x0, mpidr_el1
	ldr	x1, =MPIDR_ID_BITS
	and	x0, x0, x1
	bl	find_logical_id
	cmp	x0, #-1			// a CPU that the board does not list has no slot
	b.eq	spin_dead

	ldr	x1, =branch_table
	mov	x3, #ADDR_INVALID
	add	x1, x1, x0, lsl #3	// slot = branch_table + id * 8

	// Any sev in the system ends the wfe, and so may nothing at all: only the slot tells whether it is our turn.
1:	wfe
	ldr	x2, [x1]
	cmp	x2, x3
	b.eq	1b

	// Claimed, but the caller of CPU_ON has yet to store context and entry; its sev comes after them.
	cmp	x2, #ADDR_CLAIMED
	b.eq	1b

	// The entry was stored last, so the rest is there; without the barrier it might be read too early.
	dmb	ishld
	ldr	x4, =context_table
	ldr	x1, [x4, x0, lsl #3]

	// From here on this CPU is on, for AFFINITY_INFO and for a second CPU_ON.
	ldr	x4, =power_table
	mov	x5, #PSCI_AFFINITY_ON
	str	x5, [x4, x0, lsl #3]

	b	enter_el2
ENDFUNC(spin)

#endif /* !FIRMWARE_SPIN_TABLE */
