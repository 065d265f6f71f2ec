/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * atomic.S: locks and bits that several CPUs may change at once.
 *
 * All are built on the pair load-exclusive, store-exclusive: the store happens only if no other CPU wrote to the place
 * since the load, and says so in its status register; otherwise go round again.
 */
#include "asm.h"

	.text

/*
 * spin_lock: take a lock, waiting as long as it takes.
 * In:       x0 = struct spinlock: one word, 0 free, 1 taken
 * Clobbers: x1, x2
 */
FUNC(spin_lock)
	mov	w2, #1
	sevl					// lets the first wfe pass: look before you sleep

	// A taken lock is waited for asleep.  The load-exclusive armed this CPU's monitor, and the store that frees
	// the lock disarms it, which is itself a wake-up event: spin_unlock needs no sev.
1:	wfe
2:	ldaxr	w1, [x0]			// acquire: nothing from inside the lock is read before
	cbnz	w1, 1b
	stxr	w1, w2, [x0]
	cbnz	w1, 2b				// somebody was faster
	ret
ENDFUNC(spin_lock)

/*
 * spin_unlock: give a lock back.
 * In:       x0 = struct spinlock, held by this CPU
 */
FUNC(spin_unlock)
	stlr	wzr, [x0]			// release: everything written inside is seen before this
	ret
ENDFUNC(spin_unlock)

/*
 * set_bit: set one bit of a word that others change too.
 * In:       w0 = bit number 0 to 63, x1 = the 64-bit word
 * Clobbers: x2-x4
 */
FUNC(set_bit)
	mov	x2, #1
	lsl	x2, x2, x0
1:	ldxr	x3, [x1]
	orr	x3, x3, x2
	stlxr	w4, x3, [x1]
	cbnz	w4, 1b
	dmb	ish
	ret
ENDFUNC(set_bit)

/*
 * clear_bit: clear one bit of a word that others change too.
 * In:       w0 = bit number 0 to 63, x1 = the 64-bit word
 * Clobbers: x2-x4
 */
FUNC(clear_bit)
	mov	x2, #1
	lsl	x2, x2, x0
1:	ldxr	x3, [x1]
	bic	x3, x3, x2
	stlxr	w4, x3, [x1]
	cbnz	w4, 1b
	dmb	ish
	ret
ENDFUNC(clear_bit)

/*
 * atomic_dec_return: subtract one.
 * In:       x0 = a 32-bit counter
 * Out:      w0 = its new value
 * Clobbers: x1-x3
 */
FUNC(atomic_dec_return)
	mov	x1, x0
1:	ldxr	w0, [x1]
	sub	w0, w0, #1
	stlxr	w2, w0, [x1]
	cbnz	w2, 1b
	dmb	ish
	ret
ENDFUNC(atomic_dec_return)
