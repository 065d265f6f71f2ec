/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_cpu.S: CPU_ON and AFFINITY_INFO of PSCI 1.1.
 *
 * A CPU's state is read off two words that change one at a time:
 *	branch_table slot	power_table	state
 *	ADDR_INVALID		(any)		OFF
 *	ADDR_CLAIMED		(any)		ON_PENDING
 *	an entry point		ON_PENDING	ON_PENDING
 *	an entry point		ON		ON
 * The slot goes INVALID -> CLAIMED by store-exclusive, so that of several
 * callers one wins; the winner fills in the rest and stores the entry point
 * last.  The CPU itself then writes ON (spin.S), and its CPU_OFF is the single
 * store of ADDR_INVALID: at no moment do the two words tell a lie.
 */
#include "firmware.h"

#if !defined(FIRMWARE_CLASSIC) && !defined(FIRMWARE_SPIN_TABLE)

	.text

/*
 * psci_cpu_on: CPU_ON: let a CPU out of the pen.
 * In:       x1 = target's MPIDR, x2 = entry point, x3 = context id
 * Out:      x0 = SUCCESS, ALREADY_ON, ON_PENDING, INVALID_PARAMETERS or INVALID_ADDRESS
 * Clobbers: x4 to x15
 *
 * The target enters at EL2, the highest non-secure level, as the boot CPU did,
 * also when the caller has gone down to EL1 by now: booting.rst wants all CPUs
 * to start at the same level.  A refused call changes nothing.
 */
FUNC(psci_cpu_on)
	mov	x15, x30		// find_logical_id returns through x30
	mov	x14, x2

	// A name with bits outside the affinity fields is no CPU's: the search below finds none.
	mov	x0, x1
	bl	find_logical_id
	mov	x13, x0
	cmp	x0, #-1
	b.eq	3f

	bl	check_entry_point
	mov	x30, x15
	cbnz	x0, 4f

	ldr	x5, =branch_table
	ldr	x6, =power_table
	ldr	x7, =context_table
	add	x5, x5, x13, lsl #3

	// Win the slot.  The store fails when anybody wrote to it since the load: then look again at what it holds.
	mov	x4, #ADDR_INVALID
	mov	x9, #ADDR_CLAIMED
1:	ldxr	x8, [x5]
	cmp	x8, x4
	b.ne	2f
	stxr	w10, x9, [x5]
	cbnz	w10, 1b

	// Ours: nobody else writes these until the target has run, and it does not look before the entry is there.
	mov	x8, #PSCI_AFFINITY_ON_PENDING
	str	x8, [x6, x13, lsl #3]
	str	x3, [x7, x13, lsl #3]
	dmb	ishst			// the entry must not be seen before the context
	str	x14, [x5]

	// sev is not ordered with stores: without the barrier the target may wake, see the old slot and sleep on.
	dsb	ishst
	sev

	mov	x0, #PSCI_RET_SUCCESS
	ret

	// Not off, so it is on or about to be.  The reservation is of no more use.
2:	clrex
	mov	x0, #PSCI_RET_ON_PENDING
	cmp	x8, #ADDR_CLAIMED
	b.eq	4f
	ldr	x8, [x6, x13, lsl #3]
	cmp	x8, #PSCI_AFFINITY_ON
	b.ne	4f
	mov	x0, #PSCI_RET_ALREADY_ON
	ret

3:	mov	x0, #PSCI_RET_INVALID_PARAMETERS
	mov	x30, x15
4:	ret
ENDFUNC(psci_cpu_on)

/*
 * check_entry_point: can a CPU be sent to this physical address?
 * In:       x2 = entry point
 * Out:      x0 = 0, or INVALID_ADDRESS
 * Clobbers: x4
 *
 * Instructions are 4-byte aligned (which also keeps ADDR_INVALID and
 * ADDR_CLAIMED out of branch_table), physical addresses have at most 48 bits,
 * and the firmware's own memory is not the non-secure world's to run in.
 */
FUNC(check_entry_point)
	tst	x2, #3
	b.ne	2f
	lsr	x4, x2, #48
	cbnz	x4, 2f

	// The ROM is at 0, so one comparison does; the secure SRAM needs two.
	ldr	x4, =__rom_end
	cmp	x2, x4
	b.lo	2f
	ldr	x4, =__sram_start
	cmp	x2, x4
	b.lo	1f
	ldr	x4, =__sram_end
	cmp	x2, x4
	b.lo	2f

1:	mov	x0, #0			// a place like any other
	ret
2:	mov	x0, #PSCI_RET_INVALID_ADDRESS
	ret
ENDFUNC(check_entry_point)

/*
 * psci_affinity_info: AFFINITY_INFO: is a CPU, or any CPU of a cluster, on?
 * In:       x1 = MPIDR, w2 = lowest affinity level that counts, 0 to 3
 * Out:      x0 = PSCI_AFFINITY_ON, _OFF or _ON_PENDING, or INVALID_PARAMETERS
 * Clobbers: x4 to x12
 *
 * A cluster is on when one of its CPUs is, off when all are.
 */
FUNC(psci_affinity_info)
	mov	x0, #PSCI_RET_INVALID_PARAMETERS
	cmp	w2, #3
	b.hi	4f
	ldr	x4, =MPIDR_ID_BITS
	bics	xzr, x1, x4
	b.ne	4f

	// Fields below the level do not count: level 1 drops Aff0, level 2 Aff1 too.  (Nothing is in bits 31:24.)
	lsl	w5, w2, #3
	lsr	x4, x4, x5
	lsl	x4, x4, x5

	adr	x5, boot_info
	ldr	x6, [x5, #BOOT_INFO_CPU_COUNT]
	add	x5, x5, #BOOT_INFO_CPUS
	ldr	x7, =branch_table
	ldr	x8, =power_table

	// Each CPU of the board: is it one that was meant?
1:	ldr	x9, [x5], #BOOT_CPU_SIZE
	eor	x9, x9, x1
	tst	x9, x4
	b.ne	3f

	// Its state, by the table at the top of this file.
	mov	x10, #PSCI_AFFINITY_OFF
	ldr	x9, [x7]
	cmp	x9, #ADDR_INVALID
	b.eq	2f
	mov	x10, #PSCI_AFFINITY_ON_PENDING
	cmp	x9, #ADDR_CLAIMED
	b.eq	2f
	ldr	x10, [x8]

	// ON (0) settles it; else ON_PENDING (2) outweighs OFF (1), which outweighs "no such CPU" (-2).
2:	cbz	x10, 5f
	cmp	x10, x0
	csel	x0, x10, x0, gt

3:	add	x7, x7, #8
	add	x8, x8, #8
	sub	x6, x6, #1
	cbnz	x6, 1b
4:	ret

5:	mov	x0, #PSCI_AFFINITY_ON
	ret
ENDFUNC(psci_affinity_info)

#endif /* !FIRMWARE_CLASSIC && !FIRMWARE_SPIN_TABLE */
