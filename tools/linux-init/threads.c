/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * threads.c: one thread on each CPU, sharing memory, and the futex that they wait with.
 */
#include "threads.h"

#include "cpus.h"
#include "syscall.h"

enum { STACK_SIZE = 16384 };

/* start.S */
long thread_clone(void (*fn)(void *), void *arg, void *stack_top, uint32_t *gone);

struct thread {
	thread_fn *fn;
	unsigned index, cpu;
	uint32_t alive;		/* cleared by the kernel */
};

static struct thread threads[CPUS_MAX];
static uint8_t stacks[CPUS_MAX][STACK_SIZE] __attribute__((aligned(16)));

void futex_wait(uint32_t *word, uint32_t value)
{
	syscall(SYS_futex, word, FUTEX_WAIT, value, 0);
}

void futex_wake(uint32_t *word, unsigned count)
{
	syscall(SYS_futex, word, FUTEX_WAKE, count, 0);
}

static void begin(void *arg)
{
	const struct thread *thread = arg;

	cpus_bind(thread->cpu);
	thread->fn(thread->index, thread->cpu);
}

static void join(struct thread *thread)
{
	uint32_t alive;

	while ((alive = __atomic_load_n(&thread->alive, __ATOMIC_ACQUIRE)))
		futex_wait(&thread->alive, alive);
}

unsigned threads_run(uint64_t mask, thread_fn *fn)
{
	unsigned count = 0;

	for (unsigned cpu = 0; cpu < CPUS_MAX; cpu++) {
		struct thread *thread = &threads[count];

		if (!(mask >> cpu & 1))
			continue;
		*thread = (struct thread){ .fn = fn, .index = count, .cpu = cpu, .alive = 1 };
		if (thread_clone(begin, thread, stacks[count] + STACK_SIZE, &thread->alive) > 0)
			count++;
	}
	for (unsigned i = 0; i < count; i++)
		join(&threads[i]);
	return count;
}
