/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stop_machine.c: one thread a CPU, "migration/N", that takes its CPU away from everybody else.
 *
 * stop_machine() gives all of them the same work: to go together, step by step, through the states of enum
 * multi_stop_state.  While they are at RUN, nothing else runs anywhere.
 */
#include "stop_machine.h"
#include "completion.h"
#include "hotplug.h"
#include "init.h"
#include "kthread.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"
#include "smpboot.h"

struct cpu_stop_done {
	int nr_todo;			/* stoppers that have not finished */
	int ret;
	struct completion completion;
};

struct cpu_stop_work {
	struct list_head list;
	cpu_stop_fn_t fn;
	void *arg;
	struct cpu_stop_done *done;
};

struct cpu_stopper {
	struct spinlock lock;
	struct list_head works;
};

static DEFINE_PER_CPU(struct task_struct *, cpu_stopper_task);
static DEFINE_PER_CPU(struct cpu_stopper, cpu_stopper);
static DEFINE_PER_CPU(struct cpu_stop_work, stop_cpus_work);

enum multi_stop_state {
	MULTI_STOP_NONE,
	MULTI_STOP_PREPARE,		/* everybody is here */
	MULTI_STOP_DISABLE_IRQ,		/* everybody masks interrupts; here they are masked at all times */
	MULTI_STOP_RUN,			/* the chosen CPUs call the function */
	MULTI_STOP_EXIT,
};

struct multi_stop_data {
	cpu_stop_fn_t fn;
	void *data;
	const struct cpumask *active_cpus;
	int num_threads, thread_ack;
	enum multi_stop_state state;
};

static int cpu_stop_should_run(unsigned int cpu)
{
	return !list_empty(&per_cpu(cpu_stopper, cpu).works);
}

static void cpu_stop_signal_done(struct cpu_stop_done *done, int ret)
{
	if (ret)
		done->ret = ret;
	if (!atomic_dec_return(&done->nr_todo))
		complete(&done->completion);
}

/*
 * cpu_stopper_thread: do the next piece of work that was queued for this CPU.
 */
static void cpu_stopper_thread(unsigned int cpu)
{
	struct cpu_stopper *stopper = per_cpu_ptr(&cpu_stopper, cpu);
	struct cpu_stop_work *work;

	spin_lock(&stopper->lock);
	work = list_first_entry(&stopper->works, struct cpu_stop_work, list);
	list_del_init(&work->list);
	spin_unlock(&stopper->lock);
	cpu_stop_signal_done(work->done, work->fn(work->arg));
}

static void cpu_stop_unpark(unsigned int cpu)
{
	pr_debug("migration/%u: active\n", cpu);
}

static void cpu_stop_park(unsigned int cpu)
{
	BUG_ON(cpu_stop_should_run(cpu));
}

static struct smp_hotplug_thread cpu_stop_threads = {
	.store			= &cpu_stopper_task,
	.thread_should_run	= cpu_stop_should_run,
	.thread_fn		= cpu_stopper_thread,
	.thread_comm		= "migration/%u",
	.setup			= cpu_stop_unpark,
	.park			= cpu_stop_park,
	.unpark			= cpu_stop_unpark,
	.selfparking		= true,
};

/*
 * cpu_stop_init: called before the other CPUs start, so that each gets its stopper as it comes up; CPU 0's is made
 * here and now: migration/0, the first per-CPU thread.
 */
static int cpu_stop_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct cpu_stopper *stopper = per_cpu_ptr(&cpu_stopper, cpu);

		stopper->lock.slock = 0;
		INIT_LIST_HEAD(&stopper->works);
	}
	BUG_ON(smpboot_register_percpu_thread(&cpu_stop_threads));
	return 0;
}
early_initcall(cpu_stop_init);

/* Go on to NEWSTATE, for all of them: whoever waits sleeps in wfe. */
static void set_state(struct multi_stop_data *msdata, enum multi_stop_state newstate)
{
	msdata->thread_ack = msdata->num_threads;
	smp_mb();
	WRITE_ONCE(msdata->state, newstate);
	dsb(ishst);
	sev();
}

/* Say that this CPU has done what the present state asks; the last to say so moves everybody on. */
static void ack_state(struct multi_stop_data *msdata)
{
	enum multi_stop_state state = msdata->state;

	if (!atomic_dec_return(&msdata->thread_ack))
		set_state(msdata, state + 1);
}

/*
 * multi_cpu_stop: runs in all stoppers at once.  No CPU is at the next state before every CPU has done with this one.
 */
static int multi_cpu_stop(void *data)
{
	struct multi_stop_data *msdata = data;
	enum multi_stop_state newstate, curstate = MULTI_STOP_NONE;
	int err = 0;

	do {
		newstate = READ_ONCE(msdata->state);
		if (newstate == curstate) {
			wfe();
			continue;
		}
		curstate = newstate;
		if (curstate == MULTI_STOP_RUN && cpumask_test_cpu(smp_processor_id(), msdata->active_cpus))
			err = msdata->fn(msdata->data);
		if (curstate != MULTI_STOP_EXIT)
			ack_state(msdata);
	} while (curstate != MULTI_STOP_EXIT);
	return err;
}

static void cpu_stop_queue_work(unsigned int cpu, struct cpu_stop_work *work)
{
	struct cpu_stopper *stopper = per_cpu_ptr(&cpu_stopper, cpu);

	spin_lock(&stopper->lock);
	list_add_tail(&work->list, &stopper->works);
	spin_unlock(&stopper->lock);
	wake_up_process(per_cpu(cpu_stopper_task, cpu));
}

/* Have FN(ARG) run in the stoppers of all online CPUs, and wait until it has. */
static int stop_cpus(cpu_stop_fn_t fn, void *arg)
{
	struct cpu_stop_done done = { .nr_todo = num_online_cpus() };
	unsigned int cpu;

	init_completion(&done.completion);
	for_each_online_cpu(cpu) {
		struct cpu_stop_work *work = per_cpu_ptr(&stop_cpus_work, cpu);

		*work = (struct cpu_stop_work){ .fn = fn, .arg = arg, .done = &done };
		cpu_stop_queue_work(cpu, work);
	}
	wait_for_completion(&done.completion);
	return done.ret;
}

int stop_machine(cpu_stop_fn_t fn, void *arg, const struct cpumask *cpus)
{
	struct multi_stop_data msdata = {
		.fn = fn,
		.data = arg,
		.active_cpus = cpus,
		.num_threads = num_online_cpus(),
	};

	set_state(&msdata, MULTI_STOP_PREPARE);
	return stop_cpus(multi_cpu_stop, &msdata);
}

void stop_machine_park(unsigned int cpu)
{
	kthread_park(per_cpu(cpu_stopper_task, cpu));
}
