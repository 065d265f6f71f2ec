/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * thread_info.h: who am I: the answer is in the stack pointer.
 *
 * Every kernel stack is THREAD_SIZE bytes at a multiple of THREAD_SIZE, with a struct thread_info at its lowest
 * address.  So a CPU that has nothing but its stack pointer knows the thread it runs and its own logical number: this
 * is why secondary_data needs to hold no more than a stack.
 */
#ifndef KERNEL_THREAD_INFO_H
#define KERNEL_THREAD_INFO_H

#include "memory.h"
#include "types.h"

#define TIF_NEED_RESCHED	1	/* bit number: schedule() should be called soon */

struct task_struct;

struct thread_info {
	unsigned long flags;		/* TIF_* */
	struct task_struct *task;
	unsigned int cpu;		/* logical number of the CPU that runs it */
};

register unsigned long current_stack_pointer asm("sp");

/* The running thread's thread_info. */
static __always_inline struct thread_info *current_thread_info(void)
{
	return (struct thread_info *)(current_stack_pointer & ~(THREAD_SIZE - 1UL));
}

#define current			(current_thread_info()->task)
#define smp_processor_id()	(READ_ONCE(current_thread_info()->cpu))

#endif /* KERNEL_THREAD_INFO_H */
