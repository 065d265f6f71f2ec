/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * completion.h: one thread waits until another has done something.
 */
#ifndef KERNEL_COMPLETION_H
#define KERNEL_COMPLETION_H

#include "atomic.h"
#include "list.h"

struct completion {
	unsigned int done;		/* complete() calls not yet waited for */
	struct spinlock lock;
	struct list_head wait;		/* threads that wait */
};

#define COMPLETION_INITIALIZER(name)	{ .wait = LIST_HEAD_INIT((name).wait) }
#define DECLARE_COMPLETION(name)	struct completion name = COMPLETION_INITIALIZER(name)

/* Make X new: nothing done, nobody waiting. */
void init_completion(struct completion *x);

/* Forget complete() calls that nobody waited for. */
void reinit_completion(struct completion *x);

/* Say that it is done, and wake the one who has waited longest. */
void complete(struct completion *x);

/* Sleep until it is done. */
void wait_for_completion(struct completion *x);

/* Sleep until it is done or TIMEOUT jiffies have passed.  Returns the jiffies left, at least 1, or 0
 * when it was too late. */
long wait_for_completion_timeout(struct completion *x, long timeout);

#endif /* KERNEL_COMPLETION_H */
