/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sched.h: threads and the scheduler.
 *
 * Cooperative: a thread runs until it calls schedule(), on the CPU it was put on.  Threads that could run wait on their
 * CPU's runqueue; with none left the CPU runs its idle thread.
 */
#ifndef KERNEL_SCHED_H
#define KERNEL_SCHED_H

#include "atomic.h"
#include "barrier.h"
#include "list.h"
#include "thread_info.h"

#define STACK_END_MAGIC		0x57AC6E9D

/* task_struct.state: what the thread waits for; wake-ups name the states that they end. */
#define TASK_RUNNING		0x00
#define TASK_INTERRUPTIBLE	0x01
#define TASK_UNINTERRUPTIBLE	0x02
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define TASK_PARKED		0x40
#define TASK_DEAD		0x80

#define CLONE_FS		0x00000200	/* accepted as Linux's callers give them; nothing is shared here */
#define CLONE_FILES		0x00000400

#define TASK_COMM_LEN		16

/* What cpu_switch_to() saves, in its order: the registers a function call must preserve. */
struct cpu_context {
	u64 x19, x20, x21, x22, x23, x24, x25, x26, x27, x28;
	u64 fp, sp, pc;
};

struct kthread;

struct task_struct {
	struct cpu_context cpu_context;	/* first: cpu_switch_to() counts on it */
	unsigned int state;
	bool on_rq;			/* running, or waiting on the runqueue to run */
	int pid;
	char comm[TASK_COMM_LEN];
	struct thread_info *stack;	/* lowest address of its stack */
	struct list_head run_list;	/* on its runqueue, while it waits there */
	struct list_head tasks;		/* on init_task.tasks: all threads */
	struct kthread *kthread;	/* when made by kthread_create() */
};

extern struct task_struct init_task;

#define task_cpu(task)			(READ_ONCE((task)->stack->cpu))
#define task_stack_page(task)		((char *)(task)->stack)
#define __set_current_state(value)	WRITE_ONCE(current->state, value)
/* With the barrier: first be seen as sleeping, then look whether there is reason not to. */
#define set_current_state(value)	do { __set_current_state(value); smp_mb(); } while (0)

/* Must this CPU call schedule()? */
#define need_resched() ((READ_ONCE(current_thread_info()->flags) >> TIF_NEED_RESCHED) & 1)

/* Write a mark where TASK's stack ends, so that one that grew too far can be told. */
void set_task_stack_end_magic(struct task_struct *task);

/* Make the runqueues, and the running thread CPU 0's idle thread. */
void sched_init(void);

/* Tell the scheduler that all CPUs that will come are there. */
void sched_init_smp(void);

/* Make IDLE the idle thread of CPU, and what CPU runs now or first. */
void init_idle(struct task_struct *idle, unsigned int cpu);

/* Does CPU run its idle thread? */
bool idle_cpu(unsigned int cpu);

/* Give the CPU to another thread that can run; one whose state is not TASK_RUNNING then waits to be woken. */
void schedule(void);

/* Make TASK able to run if its state is one of STATES.  True when it was. */
bool wake_up_state(struct task_struct *task, unsigned int states);
/* wake_up_state() for the ordinary ways to sleep. */
bool wake_up_process(struct task_struct *task);

/* Let a thread that never ran before run, on this CPU. */
void wake_up_new_task(struct task_struct *task);

/* Wait until TASK, which is about to sleep, has left its CPU. */
void wait_task_inactive(struct task_struct *task);

/* entry.S: leave PREV and go on where NEXT was left.  Returns when somebody switches back. */
void cpu_switch_to(struct task_struct *prev, struct task_struct *next);

/* entry.S: where a new thread begins. */
void ret_from_fork(void);

/* A new thread's first call: finish the switch that started it. */
void schedule_tail(struct task_struct *prev);

/* Make a thread that runs FN(ARG), and return its pid. */
int kernel_thread(int (*fn)(void *), void *arg, unsigned long flags);

/* Make, but do not start, the idle thread of CPU. */
struct task_struct *fork_idle(unsigned int cpu);

/* The thread with this pid, or NULL. */
struct task_struct *find_task_by_pid(int pid);

/* End the running thread. */
_Noreturn void do_exit(void);

#endif /* KERNEL_SCHED_H */
