/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * time.h: time from the generic timer's counter, and waiting for it without interrupts.
 */
#ifndef KERNEL_TIME_H
#define KERNEL_TIME_H

#include "types.h"

#define HZ			1000	/* one jiffy is a millisecond; no tick counts it, it is read off the counter */
#define MAX_SCHEDULE_TIMEOUT	INT64_MAX
#define msecs_to_jiffies(ms)	((long)(ms))
#define jiffies_to_msecs(j)	((unsigned int)(j))

/* Find the counter's frequency and take its present value as time 0. */
void sched_clock_init(void);

/* Microseconds since sched_clock_init(). */
u64 sched_clock_us(void);

/* Milliseconds since sched_clock_init(). */
u64 get_jiffies(void);

/* Say which timer runs and how fast. */
void time_init(void);

/* Sleep until woken, TIMEOUT jiffies at the most; the caller has set its state.  Returns the jiffies left, 0 when all
 * passed.  MAX_SCHEDULE_TIMEOUT waits for ever. */
long schedule_timeout(long timeout);

/* Sleep US microseconds or a little longer. */
void usleep(u64 us);

/* Wake the threads of this CPU whose time has come: the idle loop's work on each wake-up. */
void run_local_timers(void);

#endif /* KERNEL_TIME_H */
