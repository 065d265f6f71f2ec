/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pen.S: what the pens of both kinds (spin.S, spin_table.S) have in common.
 *
 * CPU0 prepares what the others will poll, and sets pen_ready last; until
 * then memory may hold anything, a word of the boot before included.  A reset
 * that we make ourselves clears pen_ready again (psci_power.S); power-up
 * leaves memory that holds this one 64-bit pattern once in 2^64 times.
 */
#include "firmware.h"

	.bss
	.balign	64

/* PEN_READY once what CPUs poll can be trusted. */
DATA(pen_ready)
	.space	8
ENDDATA(pen_ready)

	.text

/*
 * wait_pen: a secondary waits until the words that it will poll can be trusted.
 * Clobbers: x4 to x6
 */
FUNC(wait_pen)
	ldr	x4, =pen_ready
	ldr	x5, =PEN_READY

	// CPU0 needs a few hundred instructions: not worth going to sleep for.
1:	yield
	ldr	x6, [x4]
	cmp	x6, x5
	b.ne	1b

	dmb	ishld			// no such word may be read earlier than the flag
	ret
ENDFUNC(wait_pen)

/*
 * spin_dead: a CPU without a logical id, or a place to poll, sleeps here for ever.
 */
FUNC(spin_dead)
	wfe				// everyone's sev wakes it; there is nothing to look at
	b	spin_dead
ENDFUNC(spin_dead)
