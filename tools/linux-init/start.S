/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * start.S: where the kernel enters the init, and where a new thread begins.
 */

	.equ	SYS_EXIT, 93
	.equ	SYS_CLONE, 220
	/* CLONE_VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, CHILD_CLEARTID */
	.equ	THREAD_FLAGS, 0x250f00

	.text

/*
 * _start: the kernel's entry into a program.
 * In:  sp = the arguments, which an init does without
 */
	.globl	_start
_start:
	mov	x29, xzr
	mov	x30, xzr
	bl	init_main
	b	.

/*
 * thread_clone: a thread that runs a function and exits.
 * In:       x0 = function, x1 = its argument, x2 = top of its stack (multiple of 16),
 *           x3 = word that the kernel clears, with a futex wake, when the thread is gone
 * Out:      x0 = its thread id, or a negative errno
 * Clobbers: x1-x4, x8
 */
	.globl	thread_clone
	.type	thread_clone, %function
thread_clone:
	/* The child finds what to call on its own stack. */
	stp	x0, x1, [x2, #-16]!
	mov	x1, x2
	mov	x4, x3
	mov	x2, xzr
	mov	x3, xzr
	ldr	x0, =THREAD_FLAGS
	mov	x8, #SYS_CLONE
	svc	#0
	cbz	x0, 1f
	ret
1:	ldp	x1, x0, [sp], #16
	mov	x29, xzr
	blr	x1
	mov	x0, xzr
	mov	x8, #SYS_EXIT
	svc	#0
	b	.

	.section .note.GNU-stack, "", %progbits
