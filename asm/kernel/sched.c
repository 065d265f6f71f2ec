/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sched.c: who runs next on this CPU, and how another CPU gets something to do.
 *
 * One runqueue a CPU, first come first served.  Its lock is taken before a thread is left and given back by the thread
 * that is entered, so that nobody sees a thread half switched.
 */
#include "sched.h"
#include "hotplug.h"
#include "init.h"
#include "percpu.h"
#include "printk.h"
#include "string.h"

struct rq {
	struct spinlock lock;
	unsigned int nr_running;	/* threads that run or could, without the idle thread */
	unsigned long nr_switches;
	struct task_struct *curr, *idle;
	struct list_head queue;		/* those that could run and do not */
};

static DEFINE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu)	per_cpu_ptr(&runqueues, cpu)
#define this_rq()	this_cpu_ptr(&runqueues)

/* The mark lies just above thread_info: a stack that grows down into it has used all its room. */
void set_task_stack_end_magic(struct task_struct *task)
{
	*(u32 *)(task->stack + 1) = STACK_END_MAGIC;
}

/* A CPU that starts comes in as its idle thread: nothing has to be found for it to run. */
void init_idle(struct task_struct *idle, unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	spin_lock(&rq->lock);
	scnprintf(idle->comm, sizeof(idle->comm), "swapper/%u", cpu);
	idle->state = TASK_RUNNING;
	idle->stack->flags = 0;
	idle->stack->cpu = cpu;
	rq->curr = rq->idle = idle;
	spin_unlock(&rq->lock);
}

/*
 * sched_init: an empty runqueue for every possible CPU.  The thread that has run since the first instruction of C was
 * made by nobody; here it gets its name, swapper/0, and its future: to be CPU 0's idle thread.
 */
void sched_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct rq *rq = cpu_rq(cpu);

		rq->lock.slock = 0;
		INIT_LIST_HEAD(&rq->queue);
	}
	init_idle(current, smp_processor_id());
}

/*
 * idle_cpu: true when nobody but its idle thread is left on CPU, running or waiting to.
 */
bool idle_cpu(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	return READ_ONCE(rq->curr) == rq->idle && !READ_ONCE(rq->nr_running);
}

/*
 * resched_curr: ask the CPU of RQ to call schedule().  Linux sends a reschedule interrupt to wake it from wfi; here the
 * flag and an event do: an idle CPU sleeps in wfe and looks at the flag when it wakes.  The barrier makes the flag
 * visible before the event.
 */
static void resched_curr(struct rq *rq)
{
	set_bit(TIF_NEED_RESCHED, &rq->curr->stack->flags);
	if (rq == this_rq())
		return;
	dsb(ishst);
	sev();
}

static void enqueue_task(struct rq *rq, struct task_struct *task)
{
	task->on_rq = true;
	rq->nr_running++;
	list_add_tail(&task->run_list, &rq->queue);
	resched_curr(rq);
}

/* Lock the runqueue TASK belongs to; a thread that does not run may be moved meanwhile. */
static struct rq *task_rq_lock(struct task_struct *task)
{
	for (;;) {
		unsigned int cpu = task_cpu(task);
		struct rq *rq = cpu_rq(cpu);

		spin_lock(&rq->lock);
		if (task_cpu(task) == cpu)
			return rq;
		spin_unlock(&rq->lock);
	}
}

/*
 * wake_up_state: a thread that has not left its CPU yet (it said that it sleeps and did not get to schedule()) just
 * gets its state back, and schedule() will keep it; any other goes to the end of its queue.
 */
bool wake_up_state(struct task_struct *task, unsigned int states)
{
	struct rq *rq = task_rq_lock(task);
	bool woken = task->state & states;

	if (woken) {
		WRITE_ONCE(task->state, TASK_RUNNING);
		if (!task->on_rq)
			enqueue_task(rq, task);
	}
	spin_unlock(&rq->lock);
	return woken;
}

bool wake_up_process(struct task_struct *task)
{
	return wake_up_state(task, TASK_NORMAL);
}

/*
 * wake_up_new_task: a new thread starts where its maker is; from there on it is a thread like any other.
 */
void wake_up_new_task(struct task_struct *task)
{
	struct rq *rq = this_rq();

	spin_lock(&rq->lock);
	task->stack->cpu = smp_processor_id();
	task->state = TASK_RUNNING;
	enqueue_task(rq, task);
	spin_unlock(&rq->lock);
}

/*
 * wait_task_inactive: under the runqueue's lock no switch is half done, so what is seen there is final.
 */
void wait_task_inactive(struct task_struct *task)
{
	bool inactive;

	do {
		struct rq *rq = task_rq_lock(task);

		inactive = !task->on_rq && rq->curr != task;
		spin_unlock(&rq->lock);
		if (!inactive)
			schedule();
	} while (!inactive);
}

/* Decide what becomes of the thread that calls schedule(): back to the end of the queue, or asleep. */
static void put_prev_task(struct rq *rq, struct task_struct *prev)
{
	if (prev == rq->idle)
		return;
	if (prev->state == TASK_RUNNING) {
		list_add_tail(&prev->run_list, &rq->queue);
		return;
	}
	prev->on_rq = false;
	rq->nr_running--;
}

static struct task_struct *pick_next_task(struct rq *rq)
{
	struct task_struct *next;

	if (list_empty(&rq->queue))
		return rq->idle;
	next = list_first_entry(&rq->queue, struct task_struct, run_list);
	list_del_init(&next->run_list);
	return next;
}

/* The new thread's half of a switch: its CPU's runqueue is still locked. */
static void finish_task_switch(void)
{
	spin_unlock(&this_rq()->lock);
}

void schedule_tail(struct task_struct *prev)
{
	finish_task_switch();
}

static void context_switch(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	rq->curr = next;
	rq->nr_switches++;
	cpu_switch_to(prev, next);
	/* Perhaps long after, perhaps on another CPU: `rq` means nothing any more. */
	finish_task_switch();
}

/*
 * schedule: the only place where a CPU goes from one thread to another.  It returns when somebody switches back.
 */
void schedule(void)
{
	struct rq *rq = this_rq();
	struct task_struct *prev = rq->curr, *next;

	spin_lock(&rq->lock);
	BUG_ON(*(u32 *)(prev->stack + 1) != STACK_END_MAGIC);
	clear_bit(TIF_NEED_RESCHED, &prev->stack->flags);
	put_prev_task(rq, prev);
	next = pick_next_task(rq);
	if (next != prev)
		context_switch(rq, prev, next);
	else
		spin_unlock(&rq->lock);
}

/* The scheduler's part in a CPU's coming and going: only an active CPU is given threads. */
static int sched_cpu_notify(unsigned long action, unsigned int cpu)
{
	if (action == CPU_ONLINE || action == CPU_DOWN_FAILED)
		set_cpu_active(cpu, true);
	else if (action == CPU_DOWN_PREPARE)
		set_cpu_active(cpu, false);
	return 0;
}

static struct notifier_block sched_notifier = { .notifier_call = sched_cpu_notify };

static int migration_init(void)
{
	register_cpu_notifier(&sched_notifier);
	return 0;
}
early_initcall(migration_init);

/*
 * sched_init_smp: Linux builds its scheduling domains here, from the topology of the CPUs that came.  With one queue a
 * CPU and no balancing between them there are none to build: threads stay where they are put, and a secondary CPU
 * runs nothing but its idle thread until somebody puts one there.
 */
void sched_init_smp(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		pr_debug("sched: CPU%u: %lu switches, %u running\n", cpu, cpu_rq(cpu)->nr_switches,
			 cpu_rq(cpu)->nr_running);
}
