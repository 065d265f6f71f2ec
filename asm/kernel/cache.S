/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cache.S: cache maintenance by address.
 *
 * A CPU with its MMU off reads memory round the caches.  Whatever this kernel leaves for such a CPU must be pushed out
 * to memory first, or the reader sees what was there before.  (QEMU and smptutor have no caches to be stale, and a
 * board in a drawer has: that is why forgetting these calls is found so late.)
 */
#include "asm.h"
#include "boot.h"

	/* The smallest data cache line in bytes: CTR_EL0.DminLine is the log2 of its words. */
	.macro	dcache_line_size, reg, tmp
	mrs	\tmp, ctr_el0
	ubfx	\tmp, \tmp, #16, #4
	mov	\reg, #4
	lsl	\reg, \reg, \tmp
	.endm

	.text

/*
 * __flush_dcache_area: write a range back to memory and drop it from the caches.
 * In:       x0 = address, x1 = size in bytes
 * Clobbers: x0-x3
 */
FUNC(__flush_dcache_area)
	dcache_line_size x2, x3
	add	x1, x0, x1
	sub	x3, x2, #1
	bic	x0, x0, x3
1:	dc	civac, x0
	add	x0, x0, x2
	cmp	x0, x1
	b.lo	1b
	dsb	sy				// done only when memory has it
	ret
ENDFUNC(__flush_dcache_area)

/*
 * __inval_cache_range: drop a range from the caches without writing it back.  Whole lines only: the page tables, for
 * which this is used, are alone on theirs.
 * In:       x0 = first address, x1 = address behind the last
 * Clobbers: x0-x3
 */
FUNC(__inval_cache_range)
	dcache_line_size x2, x3
	sub	x3, x2, #1
	bic	x0, x0, x3
1:	dc	ivac, x0
	add	x0, x0, x2
	cmp	x0, x1
	b.lo	1b
	dsb	sy
	ret
ENDFUNC(__inval_cache_range)
