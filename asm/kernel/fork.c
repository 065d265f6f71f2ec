/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork.c: where threads come from.
 *
 * A thread is a stack and a set of registers.  The first one is not made by anybody: its stack is part of the Image,
 * and the entry code just starts to use it.
 */
#include "sched.h"
#include "memblock.h"
#include "mm.h"
#include "printk.h"
#include "string.h"

union thread_union {
	struct thread_info thread_info;
	unsigned long stack[THREAD_SIZE / sizeof(long)];
};

extern union thread_union init_thread_union;

struct task_struct init_task = {
	.state = TASK_RUNNING,
	.comm = "swapper",
	.stack = &init_thread_union.thread_info,
	.tasks = LIST_HEAD_INIT(init_task.tasks),
};

union thread_union init_thread_union __section(".data..init_task") __aligned(THREAD_SIZE) = {
	.thread_info = { .task = &init_task },
};

static struct spinlock tasklist_lock;
static int last_pid;

/* A new task with a stack of its own and nothing else. */
static struct task_struct *dup_task_struct(void)
{
	struct task_struct *task = memblock_alloc(sizeof(*task), 16);

	task->stack = memblock_alloc(THREAD_SIZE, THREAD_SIZE);
	task->stack->task = task;
	INIT_LIST_HEAD(&task->run_list);
	set_task_stack_end_magic(task);
	return task;
}

/*
 * copy_thread: make the saved registers such that cpu_switch_to() "returns" into ret_from_fork, which calls fn(arg).
 */
static void copy_thread(struct task_struct *task, int (*fn)(void *), void *arg)
{
	task->cpu_context.x19 = (u64)fn;
	task->cpu_context.x20 = (u64)arg;
	task->cpu_context.pc = (u64)ret_from_fork;
	task->cpu_context.sp = (u64)task_stack_page(task) + THREAD_START_SP;
}

/*
 * kernel_thread: make a thread and let it run when its turn comes, on the CPU that made it.  The first two calls decide
 * who is pid 1 (kernel_init) and pid 2 (kthreadd).
 */
int kernel_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	struct task_struct *task = dup_task_struct();

	copy_thread(task, fn, arg);
	strscpy(task->comm, current->comm, sizeof(task->comm));
	spin_lock(&tasklist_lock);
	task->pid = ++last_pid;
	list_add_tail(&task->tasks, &init_task.tasks);
	spin_unlock(&tasklist_lock);
	wake_up_new_task(task);
	return task->pid;
}

/*
 * fork_idle: make the thread that CPU will be when it comes up.  It needs no registers: the CPU arrives from its reset
 * with this stack and starts at the top of it.
 */
struct task_struct *fork_idle(unsigned int cpu)
{
	struct task_struct *task = dup_task_struct();

	init_idle(task, cpu);
	return task;
}

struct task_struct *find_task_by_pid(int pid)
{
	struct task_struct *task, *found = NULL;

	spin_lock(&tasklist_lock);
	list_for_each_entry(task, &init_task.tasks, tasks)
		if (task->pid == pid)
			found = task;
	spin_unlock(&tasklist_lock);
	return found;
}

void do_exit(void)
{
	set_current_state(TASK_DEAD);
	schedule();
	panic("a dead thread was run");
}
