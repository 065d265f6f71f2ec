/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * entry.S: the exception vectors, and the two ends of a thread switch.
 *
 * Nothing here ever returns from an exception: this kernel has no user space and takes no interrupts, so every
 * exception at EL1 is a bug.  The vectors save the registers where traps.c can print them.
 */
#include "asm.h"
#include "sysreg.h"
#include "traps.h"

	.text

/*
 * cpu_switch_to: leave one thread and go on with another.
 * In:  x0 = struct task_struct to leave, x1 = the one to enter; both begin with struct cpu_context
 * Out: x0 = the thread that was left, seen from the thread that was entered
 * Only what a function call preserves is saved: to its caller, schedule() is an ordinary, slow function.
 */
FUNC(cpu_switch_to)
	mov	x9, sp
	stp	x19, x20, [x0, #0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x9, [x0, #80]
	str	x30, [x0, #96]			// its pc: where it called us

	// The new thread's stack pointer is also its identity: see current_thread_info().
	ldp	x19, x20, [x1, #0]
	ldp	x21, x22, [x1, #16]
	ldp	x23, x24, [x1, #32]
	ldp	x25, x26, [x1, #48]
	ldp	x27, x28, [x1, #64]
	ldp	x29, x9, [x1, #80]
	ldr	x30, [x1, #96]
	mov	sp, x9
	ret
ENDFUNC(cpu_switch_to)

/*
 * ret_from_fork: a new thread's first instruction, for cpu_switch_to "returns" here.
 * In: x0 = the thread that ran before; x19 = function, x20 = its argument, as kernel_thread() left them
 */
FUNC(ret_from_fork)
	bl	schedule_tail			// unlock the runqueue that the switch came with
	mov	x0, x20
	blr	x19
	bl	do_exit				// the thread function returned
ENDFUNC(ret_from_fork)

	/* One of the 16 vectors: REASON is its number.  x0 to x2 are saved here to have registers to work with. */
	.macro	ventry, reason
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	stp	x0, x1, [sp, #0]
	str	x2, [sp, #16]
	mov	x1, #\reason
	b	el1_entry
	.endm

	/* Same level with SP_EL0, same level, lower AArch64, lower AArch32: synchronous, IRQ, FIQ, SError each. */
	.balign	2048
FUNC(vectors)
	ventry	0
	ventry	1
	ventry	2
	ventry	3
	ventry	EL1_SYNC
	ventry	5
	ventry	6
	ventry	7
	ventry	8
	ventry	9
	ventry	10
	ventry	11
	ventry	12
	ventry	13
	ventry	14
	ventry	15
ENDFUNC(vectors)

/*
 * el1_entry: save the rest of struct pt_regs and report.
 * In: sp = struct pt_regs with x0 to x2 in it, x1 = number of the vector.  Never returns.
 */
LOCAL_FUNC(el1_entry)
	str	x3, [sp, #24]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]

	// Where it happened: the stack pointer before our frame, pc and pstate.
	add	x9, sp, #PT_REGS_SIZE
	stp	x30, x9, [sp, #PT_REGS_LR]
	mrs	x9, elr_el1
	mrs	x10, spsr_el1
	stp	x9, x10, [sp, #PT_REGS_PC]

	mov	x0, sp
	mrs	x2, esr_el1
	mrs	x3, far_el1
	cmp	x1, #EL1_SYNC
	b.eq	1f
	bl	bad_mode			// never returns
1:	bl	el1_sync			// never returns
ENDFUNC(el1_entry)
