/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * time.c: time without interrupts.
 *
 * The virtual counter gives the time.  A thread that waits with a timeout puts a struct timer on its CPU's list and
 * calls schedule(); the idle loop looks at the list each time its wfe ends.  What ends it, if nobody sends an event, is
 * the timer's event stream: a wake-up event each time a chosen bit of the counter changes.  It is on only while
 * somebody waits, so that a machine with nothing to do really sleeps.
 */
#define pr_fmt(fmt) "arch_timer: " fmt
#include "time.h"
#include "barrier.h"
#include "list.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"
#include "sysreg.h"

#define EVTSTRM_HZ		10000	/* as Linux: wake about every 100 microseconds */
#define CNTKCTL_EVNTI_SHIFT	4
#define CNTKCTL_EVNTI_MAX	15

struct timer {
	struct list_head entry;
	u64 expires;			/* counter value */
	struct task_struct *task;
};

/* Touched by its own CPU alone, and no interrupt comes between: no lock. */
static DEFINE_PER_CPU(struct list_head, timer_base);

static u64 arch_timer_rate;		/* counts a second */
static u64 sched_clock_epoch;

/* The counter, read no earlier than the instructions before this one. */
static u64 arch_counter_get_cntvct(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

void sched_clock_init(void)
{
	/* The architecture has no fixed frequency: firmware writes it here, and forgets it on some boards. */
	arch_timer_rate = read_sysreg(cntfrq_el0);
	if (!arch_timer_rate)
		arch_timer_rate = 62500000;
	sched_clock_epoch = arch_counter_get_cntvct();
}

void time_init(void)
{
	if (!read_sysreg(cntfrq_el0))
		pr_warn("frequency not available\n");
	pr_info("cp15 timer(s) running at %lu.%02luMHz (virt).\n",
		arch_timer_rate / 1000000, arch_timer_rate / 10000 % 100);
}

u64 sched_clock_us(void)
{
	u64 ticks = arch_counter_get_cntvct() - sched_clock_epoch;

	return ticks / arch_timer_rate * 1000000 + ticks % arch_timer_rate * 1000000 / arch_timer_rate;
}

u64 get_jiffies(void)
{
	return sched_clock_us() / (1000000 / HZ);
}

/* Turn the event stream on: bit n of the counter rises every 2^(n+1) counts. */
static void arch_timer_evtstrm_enable(void)
{
	u64 cntkctl = read_sysreg(cntkctl_el1) & ~(u64)(CNTKCTL_EVNTI_MAX << CNTKCTL_EVNTI_SHIFT);
	unsigned int bit = 0;

	while (bit < CNTKCTL_EVNTI_MAX && (2UL << bit) < arch_timer_rate / EVTSTRM_HZ)
		bit++;
	write_sysreg(cntkctl | bit << CNTKCTL_EVNTI_SHIFT | CNTKCTL_EL1_EVNTEN, cntkctl_el1);
	isb();
}

static void arch_timer_evtstrm_disable(void)
{
	write_sysreg(read_sysreg(cntkctl_el1) & ~CNTKCTL_EL1_EVNTEN, cntkctl_el1);
	isb();
}

static void add_timer(struct timer *timer)
{
	struct list_head *base = this_cpu_ptr(&timer_base);

	if (!base->next)
		INIT_LIST_HEAD(base);
	if (list_empty(base))
		arch_timer_evtstrm_enable();
	list_add_tail(&timer->entry, base);
}

static void del_timer(struct timer *timer)
{
	list_del_init(&timer->entry);
	if (list_empty(this_cpu_ptr(&timer_base)))
		arch_timer_evtstrm_disable();
}

void run_local_timers(void)
{
	struct list_head *base = this_cpu_ptr(&timer_base);
	struct timer *timer;
	u64 now;

	if (!base->next || list_empty(base))
		return;
	now = arch_counter_get_cntvct();
	list_for_each_entry(timer, base, entry)
		if (now >= timer->expires)
			wake_up_process(timer->task);
}

/* Sleep until woken or until the counter reaches EXPIRES.  Returns the counts left, 0 when there are none. */
static u64 schedule_until(u64 expires)
{
	struct timer timer = { .expires = expires, .task = current };
	u64 now;

	add_timer(&timer);
	schedule();
	del_timer(&timer);
	now = arch_counter_get_cntvct();
	return now < expires ? expires - now : 0;
}

long schedule_timeout(long timeout)
{
	u64 left;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	left = schedule_until(arch_counter_get_cntvct() + timeout * arch_timer_rate / HZ);
	/* Round up: 0 means "too late" to the caller. */
	return (left * HZ + arch_timer_rate - 1) / arch_timer_rate;
}

void usleep(u64 us)
{
	u64 expires = arch_counter_get_cntvct() + us * arch_timer_rate / 1000000;

	do {
		set_current_state(TASK_UNINTERRUPTIBLE);
	} while (schedule_until(expires));
}
