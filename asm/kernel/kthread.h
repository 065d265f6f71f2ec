/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kthread.h: kernel threads that can be bound to a CPU, parked and unparked.
 */
#ifndef KERNEL_KTHREAD_H
#define KERNEL_KTHREAD_H

#include "completion.h"
#include "types.h"

/* Bits of struct kthread.flags. */
#define KTHREAD_IS_PER_CPU	0
#define KTHREAD_SHOULD_STOP	1
#define KTHREAD_SHOULD_PARK	2
#define KTHREAD_IS_PARKED	3

struct task_struct;

struct kthread {
	unsigned long flags;
	unsigned int cpu;		/* where it belongs, when it is per-CPU */
	int (*threadfn)(void *data);
	void *data;
	struct completion parked;
};

extern struct task_struct *kthreadd_task;

/* pid 2: makes all other kernel threads, so that they come from a clean parent. */
int kthreadd(void *unused);

/* Make a thread for CPU that will run THREADFN(DATA), and leave it parked.  NAMEFMT gets CPU. */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *), void *data, unsigned int cpu, const char *namefmt);

/* Ask TASK to park and, unless it is the caller, wait until it has. */
void kthread_park(struct task_struct *task);

/* Put TASK on its CPU and let it go on. */
void kthread_unpark(struct task_struct *task);

/* Was the running thread asked to end? */
bool kthread_should_stop(void);

/* Was the running thread asked to park? */
bool kthread_should_park(void);

/* Park the running thread, if it was asked to, until it is unparked. */
void kthread_parkme(void);

#endif /* KERNEL_KTHREAD_H */
