/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * firmware.S: a firmware of one's own, as small as it can be: CPU0 sends CPU1 from its pen to `work`, and waits until it
 * has reported.  Other CPUs stay in the pen.  There are mailboxes for MAX_CPUS: one more CPU would take what follows them
 * for its own.
 *
 * All CPUs leave reset together at address 0, in EL3, MMU off.  Code is in the ROM, data in the SRAM.
 */
#define MPIDR_CORE_BITS	8		/* Aff0: this board has one cluster */
#define MAX_CPUS	4

	.bss
	.balign	64
	/* Where a CPU shall go, 0: nowhere yet. */
	.globl	mailbox
	.type	mailbox, %object
mailbox:
	.space	MAX_CPUS * 8
	.size	mailbox, . - mailbox
	/* One byte a CPU: it has done its work. */
	.globl	done
	.type	done, %object
done:
	.space	8
	.size	done, . - done

	.section .text.reset, "ax"
	.globl	_start
	.type	_start, %function
_start:
	mrs	x0, mpidr_el1
	ubfx	x0, x0, #0, #MPIDR_CORE_BITS
	ldr	x1, =mailbox
	add	x1, x1, x0, lsl #3		// mailbox + core * 8
	ldr	x2, =done
	cbnz	x0, pen

	// CPU0: the door of CPU1 first, then the bell.
	adr	x3, work
	str	x3, [x1, #8]
	dsb	ishst
	sev

	// Wait for the report; every look is after an event.
1:	wfe
	ldrb	w3, [x2, #1]
	cbz	w3, 1b
	.size	_start, . - _start

	.globl	finished
	.type	finished, %function
finished:
	wfe
	b	finished
	.size	finished, . - finished

	/* x1 = this CPU's mailbox */
	.globl	pen
	.type	pen, %function
pen:
1:	ldr	x3, [x1]			// look before sleeping: the event may have come already
	cbnz	x3, 2f
	wfe
	b	1b
2:	br	x3
	.size	pen, . - pen

	/* x0 = core, x2 = done */
	.globl	work
	.type	work, %function
work:
	mov	w3, #1
	strb	w3, [x2, x0]
	dsb	ishst
	sev
1:	wfe
	b	1b
	.size	work, . - work
