/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pgtable.S: the first page tables, built with the MMU off.
 *
 * Two trees of three levels (512 GiB, 1 GiB, 2 MiB an entry).  swapper maps the whole kernel at PAGE_OFFSET and hangs
 * in an empty table for the fixmap, which C fills.  idmap maps one block, the one that holds __turn_mmu_on, to its own
 * physical address: needed for the few instructions between MMU on and the jump to the high address.
 * Blocks are readable, writable and executable alike; a kernel with something to protect splits them later.
 */
#include "asm.h"
#include "memory.h"
#include "boot.h"

	/* Let entry number VIRT[SHIFT+8:SHIFT] of table TBL point to the next table NEXT.  Clobbers x10, x11. */
	.macro	table_entry, tbl, virt, shift, next
	ubfx	x10, \virt, #\shift, #9
	orr	x11, \next, #PTE_TYPE_TABLE
	str	x11, [\tbl, x10, lsl #3]
	.endm

	.text

/*
 * __create_page_tables: build both trees.
 * In:       x24 = PHYS_OFFSET, x28 = PHYS_OFFSET - PAGE_OFFSET
 * Out:      x25 = idmap_pg_dir, x26 = swapper_pg_dir, physical
 * Clobbers: x0-x4, x7, x10-x13
 */
FUNC(__create_page_tables)
	mov	x7, x30
	adr_l	x25, idmap_pg_dir
	adr_l	x26, swapper_pg_dir

	// Stores made with the cache off would lie hidden under stale cached lines: drop those first.
	adr_l	x0, __pgtables_start
	adr_l	x1, __pgtables_end
	bl	__inval_cache_range

	// An entry of zero is invalid: an access there faults.
	adr_l	x0, __pgtables_start
	adr_l	x1, __pgtables_end
1:	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b

	// Identity map: virtual = physical, so one address gives both the indices and the block.
	adr_l	x0, __turn_mmu_on
	adr_l	x1, idmap_pud
	adr_l	x2, idmap_pmd
	table_entry x25, x0, PGDIR_SHIFT, x1
	table_entry x1, x0, PUD_SHIFT, x2
	lsr	x3, x0, #SECTION_SHIFT
	lsl	x3, x3, #SECTION_SHIFT		// the block's physical base
	ubfx	x4, x0, #SECTION_SHIFT, #9
	ldr	x12, =SECTION_NORMAL
	orr	x3, x3, x12
	str	x3, [x2, x4, lsl #3]

	// High map, upper levels: PAGE_OFFSET and, 1 GiB higher, the fixmap.
	ldr	x0, =PAGE_OFFSET
	ldr	x3, =FIXADDR_START
	adr_l	x1, swapper_pud
	adr_l	x2, swapper_pmd
	adr_l	x4, fixmap_pmd
	table_entry x26, x0, PGDIR_SHIFT, x1
	table_entry x1, x0, PUD_SHIFT, x2
	table_entry x1, x3, PUD_SHIFT, x4

	// High map, blocks: virtual PAGE_OFFSET + n * 2 MiB -> PHYS_OFFSET + n * 2 MiB, up to _end.
	adr_l	x13, _end
	mov	x0, x24
1:	orr	x3, x0, x12
	str	x3, [x2], #8
	add	x0, x0, #SECTION_SIZE
	cmp	x0, x13
	b.lo	1b

	// The same hazard the other way round: lines fetched meanwhile by speculation are old.
	dmb	sy
	adr_l	x0, __pgtables_start
	adr_l	x1, __pgtables_end
	bl	__inval_cache_range
	ret	x7
ENDFUNC(__create_page_tables)

	/* A zero-filled table that takes no room in the Image. */
	.macro	table, name
DATA(\name)
	.zero	PAGE_SIZE
ENDDATA(\name)
	.endm

	.section .pgtables, "aw", %nobits
	.balign	PAGE_SIZE
	table	idmap_pg_dir
	table	idmap_pud
	table	idmap_pmd
	table	swapper_pg_dir
	table	swapper_pud
	table	swapper_pmd
	table	fixmap_pmd

	/* Free pages, handed out by memblock_alloc(). */
	.section .arena, "aw", %nobits
	.zero	ARENA_SIZE
