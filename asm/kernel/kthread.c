/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kthread.c: kernel threads on demand.
 *
 * Who wants a thread writes down what it shall run and wakes kthreadd, which makes it.  A per-CPU thread is made before
 * its CPU runs: it starts on the CPU of kthreadd, parks at once, and is bound to its own CPU when it is unparked there.
 */
#include "kthread.h"
#include "memblock.h"
#include "printk.h"
#include "sched.h"

struct kthread_create_info {
	struct list_head list;
	int (*threadfn)(void *data);
	void *data;
	struct task_struct *result;
	struct completion done;
};

struct task_struct *kthreadd_task;

static LIST_HEAD(kthread_create_list);
static struct spinlock kthread_create_lock;

#define test_flag(k, bit)	((READ_ONCE((k)->flags) >> (bit)) & 1)

bool kthread_should_stop(void)
{
	return test_flag(current->kthread, KTHREAD_SHOULD_STOP);
}

bool kthread_should_park(void)
{
	return test_flag(current->kthread, KTHREAD_SHOULD_PARK);
}

/*
 * kthread_parkme: sleep in the state PARKED, which no ordinary wake-up ends, for as long as SHOULD_PARK stands.
 */
void kthread_parkme(void)
{
	struct kthread *self = current->kthread;

	set_current_state(TASK_PARKED);
	while (kthread_should_park()) {
		if (!test_flag(self, KTHREAD_IS_PARKED)) {
			set_bit(KTHREAD_IS_PARKED, &self->flags);
			complete(&self->parked);
		}
		schedule();
		set_current_state(TASK_PARKED);
	}
	clear_bit(KTHREAD_IS_PARKED, &self->flags);
	__set_current_state(TASK_RUNNING);
}

/* The first function of each such thread: report to the creator, sleep, and run threadfn once woken. */
static int kthread(void *arg)
{
	struct kthread_create_info *create = arg;
	struct kthread *self = memblock_alloc(sizeof(*self), 8);

	self->threadfn = create->threadfn;
	self->data = create->data;
	init_completion(&self->parked);
	current->kthread = self;
	create->result = current;
	__set_current_state(TASK_UNINTERRUPTIBLE);
	complete(&create->done);
	schedule();

	if (kthread_should_park())
		kthread_parkme();
	return self->threadfn(self->data);
}

/*
 * kthreadd: sleep until somebody wants a thread, and make it.  All kernel threads after the first two are its children,
 * and inherit nothing from whoever happened to want them.
 */
int kthreadd(void *unused)
{
	struct kthread_create_info *create;

	scnprintf(current->comm, sizeof(current->comm), "kthreadd");
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (list_empty(&kthread_create_list))
			schedule();
		__set_current_state(TASK_RUNNING);

		spin_lock(&kthread_create_lock);
		while (!list_empty(&kthread_create_list)) {
			create = list_first_entry(&kthread_create_list, struct kthread_create_info, list);
			list_del_init(&create->list);
			spin_unlock(&kthread_create_lock);
			kernel_thread(kthread, create, CLONE_FS | CLONE_FILES);
			spin_lock(&kthread_create_lock);
		}
		spin_unlock(&kthread_create_lock);
	}
}

/* Have kthreadd make a thread, and wait until that sleeps before its first step. */
static struct task_struct *kthread_create(int (*threadfn)(void *), void *data)
{
	struct kthread_create_info create = { .threadfn = threadfn, .data = data };

	init_completion(&create.done);
	spin_lock(&kthread_create_lock);
	list_add_tail(&create.list, &kthread_create_list);
	spin_unlock(&kthread_create_lock);
	wake_up_process(kthreadd_task);
	wait_for_completion(&create.done);
	return create.result;
}

/*
 * kthread_create_on_cpu: the thread parks here, on the CPU of kthreadd, before it has run a line of its function; the
 * CPU it is for need not even be powered.
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *), void *data, unsigned int cpu, const char *namefmt)
{
	struct task_struct *task = kthread_create(threadfn, data);

	scnprintf(task->comm, sizeof(task->comm), namefmt, cpu);
	set_bit(KTHREAD_IS_PER_CPU, &task->kthread->flags);
	task->kthread->cpu = cpu;
	kthread_park(task);
	return task;
}

/*
 * kthread_park: set the flag, wake the thread so that it sees it, and wait until it sleeps in kthread_parkme().
 */
void kthread_park(struct task_struct *task)
{
	struct kthread *kthread = task->kthread;

	set_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
	if (task == current)
		return;		/* it parks when it comes round to ask */
	wake_up_process(task);
	wait_for_completion(&kthread->parked);
}

/* Move a thread that does not run to CPU: from now on it is woken there. */
static void kthread_bind(struct task_struct *task, unsigned int cpu)
{
	wait_task_inactive(task);
	WRITE_ONCE(task->stack->cpu, cpu);
	smp_mb();
}

/*
 * kthread_unpark: the thread sleeps, so it can be moved: to the CPU it was made for, where it then wakes up.
 */
void kthread_unpark(struct task_struct *task)
{
	struct kthread *kthread = task->kthread;

	if (!test_flag(kthread, KTHREAD_SHOULD_PARK))
		return;
	reinit_completion(&kthread->parked);
	if (test_flag(kthread, KTHREAD_IS_PER_CPU))
		kthread_bind(task, kthread->cpu);
	clear_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
	wake_up_state(task, TASK_PARKED);
}
