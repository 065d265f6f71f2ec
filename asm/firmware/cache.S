/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cache.S: clean and invalidate this CPU's caches, one line after the other.
 *
 * What is in a cache at reset is UNKNOWN, and the kernel will switch it on: no
 * stale line may come up then.  Set/way operations are the one way to reach
 * every line without knowing an address, and work on this CPU's caches only;
 * so each CPU walks its own, up to the Level of Unification Inner Shareable.
 * The levels beyond that are shared: other CPUs may be using them, and no
 * set/way loop can empty a cache that others fill.
 */
#include "firmware.h"

	.text

/*
 * flush_caches: walk all data and unified caches that are this CPU's own.
 * In:       the MMU and the data cache off; any exception level from EL1
 * Clobbers: x0 to x10
 */
FUNC(flush_caches)
	dsb	sy			// earlier stores are done before lines are written back

	// How many levels are ours, and which kind of cache each one is.
	mrs	x0, clidr_el1
	ubfx	x1, x0, #CLIDR_LOUIS_SHIFT, #CLIDR_FIELD_BITS
	mov	x2, #0			// the level at hand, from 0

	// Ctype<n>, three bits a level, says whether this level holds data at all.
1:	cmp	x2, x1
	b.hs	5f
	add	x3, x2, x2, lsl #1	// level * 3
	lsr	x3, x0, x3
	and	x3, x3, #((1 << CLIDR_FIELD_BITS) - 1)
	cmp	x3, #CLIDR_CTYPE_DATA
	b.lo	4f

	// Select it, and only then read its shape.
	lsl	x3, x2, #CSSELR_LEVEL_SHIFT
	msr	csselr_el1, x3
	isb
	mrs	x4, ccsidr_el1

	// The operand of dc cisw: the way in the topmost bits, the set above the line's offset, the level in bits 3:1.
	and	x5, x4, #((1 << CCSIDR_LINE_BITS) - 1)
	add	x5, x5, #4		// log2(line size in bytes) = where the set begins
	ubfx	x6, x4, #CCSIDR_WAYS_SHIFT, #CCSIDR_WAYS_BITS
	clz	w7, w6			// the shift that brings the highest way up to bit 31
	ubfx	x4, x4, #CCSIDR_SETS_SHIFT, #CCSIDR_SETS_BITS

	// For every set, every way; both count down to 0.
2:	lsl	x8, x4, x5
	orr	x8, x8, x3
	mov	x9, x6
3:	lsl	w10, w9, w7
	orr	x10, x10, x8
	dc	cisw, x10
	subs	x9, x9, #1
	b.ge	3b
	subs	x4, x4, #1
	b.ge	2b

4:	add	x2, x2, #1
	b	1b

	// Complete before anyone relies on it; then drop instructions fetched before memory was right.
5:	dsb	sy
	ic	iallu
	dsb	sy
	isb
	ret
ENDFUNC(flush_caches)
