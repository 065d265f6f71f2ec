/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spin_table.S: the pen, for the build without PSCI.
 *
 * The table is spread over the kernel's RAM: the device tree names one 64-bit
 * word for each CPU, cpu-release-addr, 0 at first.  The kernel writes an entry
 * point there and sends an event.  There is no way back into this pen, and no
 * context id: a CPU can be started once (Linux booting.rst).
 */
#include "firmware.h"

#ifdef FIRMWARE_SPIN_TABLE

	.text

/*
 * init_pen: CPU0 clears the release addresses, so that nobody is released by
 * what happened to be in RAM.
 * Clobbers: x4 to x6
 */
FUNC(init_pen)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_CPU_COUNT]
	add	x4, x4, #BOOT_INFO_CPUS

	// A secondary without one stays in spin_dead; CPU0 may have one that nobody polls.
1:	ldr	x6, [x4, #BOOT_CPU_RELEASE_ADDR]
	cbz	x6, 2f
	str	xzr, [x6]
2:	add	x4, x4, #BOOT_CPU_SIZE
	sub	x5, x5, #1
	cbnz	x5, 1b

	// The zeros must be seen before the flag that vouches for them.
	dmb	ishst
	ldr	x4, =PEN_READY
	ldr	x5, =pen_ready
	str	x4, [x5]
	ret
ENDFUNC(init_pen)

/*
 * spin: poll this CPU's release address, asleep in between, and go where it
 * says; CPU0 need not wait.
 * In:       EL3, interrupts masked
 * Result:   leaves for el2_trampoline with x0 = the address found, x1 = 0
 */
FUNC(spin)
	mrs	x0, mpidr_el1
	ldr	x1, =MPIDR_ID_BITS
	and	x0, x0, x1
	bl	find_logical_id
	cmp	x0, #-1			// a CPU that the board does not list has no release address
	b.eq	spin_dead
	adr	x4, boot_info
	cbz	x0, 2f

	// Its entry in the CPU table says where to look: boot_info + BOOT_INFO_CPUS + id * 16.
	add	x1, x4, x0, lsl #BOOT_CPU_SIZE_SHIFT
	ldr	x1, [x1, #(BOOT_INFO_CPUS + BOOT_CPU_RELEASE_ADDR)]
	cbz	x1, spin_dead
	mov	x3, #0

	// Any sev in the system ends the wfe, and so may nothing at all: only the word tells whether it is our turn.
1:	wfe
	ldr	x2, [x1]
	cmp	x2, x3
	b.eq	1b

	mov	x1, #0			// spin-table passes no context
	b	enter_el2

	// CPU0: straight to its work, at the address where the non-secure world sees it.
2:	adr	x2, start_cpu0
	ldr	x4, [x4, #BOOT_INFO_NS_ROM]
	add	x2, x2, x4
	mov	x1, #0
	b	enter_el2
ENDFUNC(spin)

#endif /* FIRMWARE_SPIN_TABLE */
