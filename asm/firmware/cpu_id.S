/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpu_id.S: from the hardware's name of a CPU to a small number.
 *
 * MPIDR_EL1 names a CPU by its place (cluster, core, thread): names with gaps,
 * that cannot index a table.  The logical id is the place in boot_info's list.
 */
#include "firmware.h"

	.text

/*
 * find_logical_id: which entry of the CPU table has this name?
 * In:       x0 = affinity fields of an MPIDR (masked with MPIDR_ID_BITS)
 * Out:      x0 = logical id, or -1 when the board has no such CPU
 * Clobbers: x9 to x12
 */
FUNC(find_logical_id)
	adr	x9, boot_info
	ldr	x10, [x9, #BOOT_INFO_CPU_COUNT]
	add	x9, x9, #BOOT_INFO_CPUS
	mov	x11, #0			// the id that x9 points to

	// At most 64 entries: a search is short, and it asks nothing of the numbering.
1:	cmp	x11, x10
	b.hs	2f
	ldr	x12, [x9], #BOOT_CPU_SIZE	// BOOT_CPU_MPIDR is the entry's first field
	cmp	x12, x0
	b.eq	3f
	add	x11, x11, #1
	b	1b

2:	mov	x11, #-1		// not in the list
3:	mov	x0, x11
	ret
ENDFUNC(find_logical_id)
