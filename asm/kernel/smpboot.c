/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smpboot.c: what must exist for each CPU before it can start: its idle thread and its per-CPU threads.
 */
#include "smpboot.h"
#include "hotplug.h"
#include "kthread.h"
#include "memblock.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"

/* Where a per-CPU thread is in its life: it has never run its function; it works; it has parked after working. */
enum {
	HP_THREAD_NONE,
	HP_THREAD_ACTIVE,
	HP_THREAD_PARKED,
};

struct smpboot_thread_data {
	unsigned int cpu;
	unsigned int status;		/* HP_THREAD_* */
	struct smp_hotplug_thread *ht;
};

static DEFINE_PER_CPU(struct task_struct *, idle_threads);
static LIST_HEAD(hotplug_threads);

/*
 * idle_threads_init: an idle thread for every CPU that might come.  To a CPU that starts, its idle thread is the stack
 * it starts on.
 */
void idle_threads_init(void)
{
	unsigned int cpu, boot_cpu = smp_processor_id();

	per_cpu(idle_threads, boot_cpu) = current;
	for_each_possible_cpu(cpu)
		if (cpu != boot_cpu)
			per_cpu(idle_threads, cpu) = fork_idle(cpu);
}

struct task_struct *idle_thread_get(unsigned int cpu)
{
	struct task_struct *idle = per_cpu(idle_threads, cpu);

	/* A CPU that was off before left its idle thread somewhere in cpu_die(): it begins anew. */
	init_idle(idle, cpu);
	return idle;
}

/* Handle a change of state that was asked for.  True when there was one: then look again from the start. */
static bool smpboot_change_state(struct smpboot_thread_data *td)
{
	struct smp_hotplug_thread *ht = td->ht;
	void (*fn)(unsigned int cpu) = td->status == HP_THREAD_NONE ? ht->setup : ht->unpark;

	if (kthread_should_park()) {
		__set_current_state(TASK_RUNNING);
		if (ht->park && td->status == HP_THREAD_ACTIVE) {
			ht->park(td->cpu);
			td->status = HP_THREAD_PARKED;
		}
		kthread_parkme();
		return true;
	}
	if (td->status == HP_THREAD_ACTIVE)
		return false;
	BUG_ON(td->cpu != smp_processor_id());
	__set_current_state(TASK_RUNNING);
	if (fn)
		fn(td->cpu);
	td->status = HP_THREAD_ACTIVE;
	return true;
}

/*
 * smpboot_thread_fn: the life of every per-CPU thread.  First time on its CPU: NONE -> ACTIVE.  Work comes: do it.  Its
 * CPU goes: ACTIVE -> PARKED, asleep until the CPU is back, then PARKED -> ACTIVE.
 */
static int smpboot_thread_fn(void *data)
{
	struct smpboot_thread_data *td = data;
	struct smp_hotplug_thread *ht = td->ht;

	while (!kthread_should_stop()) {
		/* Be asleep before looking for work: who brings some later wakes us. */
		set_current_state(TASK_INTERRUPTIBLE);
		if (smpboot_change_state(td))
			continue;
		BUG_ON(td->cpu != smp_processor_id());
		if (!ht->thread_should_run(td->cpu)) {
			schedule();
		} else {
			__set_current_state(TASK_RUNNING);
			ht->thread_fn(td->cpu);
		}
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/*
 * __smpboot_create_thread: make CPU's thread of one kind.  It comes parked: the CPU may not even run yet.
 */
static int __smpboot_create_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct smpboot_thread_data *td;

	if (*per_cpu_ptr(ht->store, cpu))
		return 0;
	td = memblock_alloc(sizeof(*td), 8);
	td->cpu = cpu;
	td->ht = ht;
	*per_cpu_ptr(ht->store, cpu) = kthread_create_on_cpu(smpboot_thread_fn, td, cpu, ht->thread_comm);
	return 0;
}

/*
 * smpboot_create_threads: one thread of each registered kind for CPU, before it is started.
 */
int smpboot_create_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;
	int ret;

	list_for_each_entry(ht, &hotplug_threads, list) {
		ret = __smpboot_create_thread(ht, cpu);
		if (ret)
			return ret;
	}
	return 0;
}

static void smpboot_unpark_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	kthread_unpark(*per_cpu_ptr(ht->store, cpu));
}

/*
 * smpboot_unpark_threads: CPU is online, its threads may move there and run: the first thing the scheduler gives a new
 * CPU to do.
 */
void smpboot_unpark_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;

	list_for_each_entry(ht, &hotplug_threads, list)
		smpboot_unpark_thread(ht, cpu);
}

/*
 * smpboot_park_threads: CPU is about to go.  A self-parking thread does it later: it is the one that takes it down.
 */
void smpboot_park_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;

	list_for_each_entry(ht, &hotplug_threads, list)
		if (!ht->selfparking)
			kthread_park(*per_cpu_ptr(ht->store, cpu));
}

/*
 * smpboot_register_percpu_thread: a thread now for each CPU that is online (at boot that is CPU 0 alone); every other
 * CPU gets its own in _cpu_up(), from the list to which the kind is added here.
 */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *ht)
{
	unsigned int cpu;
	int ret;

	for_each_online_cpu(cpu) {
		ret = __smpboot_create_thread(ht, cpu);
		if (ret)
			return ret;
		smpboot_unpark_thread(ht, cpu);
	}
	list_add_tail(&ht->list, &hotplug_threads);
	return 0;
}
