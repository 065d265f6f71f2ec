/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * completion.c: one thread waits until another has done something.
 *
 * `done` counts, so that it does not matter who comes first: a secondary CPU may be up before the boot CPU starts to
 * wait for it.
 */
#include "completion.h"
#include "sched.h"
#include "time.h"

struct waiter {
	struct list_head entry;
	struct task_struct *task;
};

void init_completion(struct completion *x)
{
	x->done = 0;
	x->lock.slock = 0;
	INIT_LIST_HEAD(&x->wait);
}

void reinit_completion(struct completion *x)
{
	WRITE_ONCE(x->done, 0);
}

/*
 * complete: when called on a secondary CPU for the boot CPU's sake, this is where the one wakes the other: the waiter
 * goes onto the runqueue of the CPU where it fell asleep, and that CPU gets an event.
 */
void complete(struct completion *x)
{
	struct waiter *first;

	spin_lock(&x->lock);
	x->done++;
	if (!list_empty(&x->wait)) {
		first = list_first_entry(&x->wait, struct waiter, entry);
		wake_up_process(first->task);
	}
	spin_unlock(&x->lock);
}

/* Sleep, with x->lock held before and after, until done or out of time.  Returns what is left of TIMEOUT. */
static long do_wait_for_common(struct completion *x, long timeout)
{
	struct waiter self = { .task = current };

	list_add_tail(&self.entry, &x->wait);
	do {
		/* Be asleep before the lock goes: a complete() that comes now finds somebody to wake. */
		__set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock(&x->lock);
		timeout = schedule_timeout(timeout);
		spin_lock(&x->lock);
	} while (!x->done && timeout);
	list_del_init(&self.entry);
	return timeout;
}

/*
 * wait_for_completion_timeout: how the boot CPU waits for a secondary.  It does not spin: its thread leaves the CPU,
 * and until the other calls complete() or time is up, the boot CPU too runs its idle thread.
 */
long wait_for_completion_timeout(struct completion *x, long timeout)
{
	spin_lock(&x->lock);
	if (!x->done)
		timeout = do_wait_for_common(x, timeout);
	if (!x->done) {
		spin_unlock(&x->lock);
		return 0;
	}
	x->done--;
	spin_unlock(&x->lock);
	return timeout ? timeout : 1;
}

void wait_for_completion(struct completion *x)
{
	wait_for_completion_timeout(x, MAX_SCHEDULE_TIMEOUT);
}
