/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hammer.c: threads on all CPUs that get in each other's way, a bounded number of times.
 */
#include "hammer.h"

#include "cpus.h"
#include "print.h"
#include "syscall.h"
#include "threads.h"

enum { LOCK_TURNS = 200, RING_ROUNDS = 50, SIGNAL_ROUNDS = 50, FLOAT_TURNS = 50 };

static unsigned thread_count;

/* ---- a lock ---- */

enum { FREE, TAKEN, CONTENDED };

static uint32_t lock;
static unsigned long counted;

static void take_lock(void)
{
	uint32_t seen = FREE;

	if (__atomic_compare_exchange_n(&lock, &seen, TAKEN, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(&lock, CONTENDED, __ATOMIC_ACQUIRE) != FREE)
		futex_wait(&lock, CONTENDED);
}

static void release_lock(void)
{
	if (__atomic_exchange_n(&lock, FREE, __ATOMIC_RELEASE) == CONTENDED)
		futex_wake(&lock, 1);
}

static void count_under_lock(unsigned index, unsigned cpu)
{
	(void)index, (void)cpu;
	for (unsigned i = 0; i < LOCK_TURNS; i++) {
		take_lock();
		counted++;
		/* Give way while holding it, so that the others must sleep. */
		if (i % 8 == 0)
			syscall(SYS_sched_yield, 0, 0, 0, 0);
		release_lock();
	}
}

bool hammer_lock(uint64_t mask)
{
	unsigned count = threads_run(mask, count_under_lock);

	print_line("lock: %d threads counted to %d", (long)count, (long)counted);
	return counted == (unsigned long)count * LOCK_TURNS;
}

/* ---- a ring of futexes ---- */

static uint32_t turn;

static void pass_token(unsigned index, unsigned cpu)
{
	(void)cpu;
	for (unsigned round = 0; round < RING_ROUNDS; round++) {
		uint32_t seen, mine = round * thread_count + index;

		while ((seen = __atomic_load_n(&turn, __ATOMIC_ACQUIRE)) != mine)
			futex_wait(&turn, seen);
		__atomic_store_n(&turn, mine + 1, __ATOMIC_RELEASE);
		futex_wake(&turn, thread_count);
	}
}

bool hammer_ring(uint64_t mask)
{
	thread_count = cpus_count(mask);
	threads_run(mask, pass_token);
	print_line("ring: the token went %d places", (long)turn);
	return turn == thread_count * RING_ROUNDS;
}

/* ---- signals ---- */

static uint32_t tids[CPUS_MAX];
static uint32_t present, hops;

static void send_on(int number, void *info, void *context)
{
	uint32_t hop = __atomic_add_fetch(&hops, 1, __ATOMIC_ACQ_REL);

	(void)info, (void)context;
	if (hop < thread_count * SIGNAL_ROUNDS)
		syscall(SYS_tgkill, syscall(SYS_getpid, 0, 0, 0, 0), tids[hop % thread_count], number, 0);
	else
		futex_wake(&hops, thread_count);
}

static void await_signals(unsigned index, unsigned cpu)
{
	uint32_t last = thread_count * SIGNAL_ROUNDS, seen;

	(void)cpu;
	tids[index] = (uint32_t)syscall(SYS_gettid, 0, 0, 0, 0);
	/* The last one to come begins. */
	if (__atomic_add_fetch(&present, 1, __ATOMIC_ACQ_REL) == thread_count)
		syscall(SYS_tgkill, syscall(SYS_getpid, 0, 0, 0, 0), tids[0], SIGUSR1, 0);
	while ((seen = __atomic_load_n(&hops, __ATOMIC_ACQUIRE)) < last)
		futex_wait(&hops, seen);
}

bool hammer_signals(uint64_t mask)
{
	struct sigaction action = { .handler = send_on };

	thread_count = cpus_count(mask);
	syscall(SYS_rt_sigaction, SIGUSR1, &action, 0, sizeof(action.mask));
	threads_run(mask, await_signals);
	print_line("signals: %d handled", (long)hops);
	return hops == thread_count * SIGNAL_ROUNDS;
}

/* ---- floating point ---- */

static uint32_t right_sums;

/* Two threads of each CPU, so that the registers change hands at each turn. */
static void sum(unsigned index, unsigned cpu)
{
	double total = index, step = 0.5 + cpu;

	for (unsigned i = 0; i < FLOAT_TURNS; i++) {
		total += step;
		/* The compiler keeps both in registers that a system call preserves. */
		__asm__ volatile("" : "+w"(total), "+w"(step));
		syscall(SYS_sched_yield, 0, 0, 0, 0);
	}
	if (total == index + FLOAT_TURNS * (0.5 + cpu))
		__atomic_add_fetch(&right_sums, 1, __ATOMIC_RELAXED);
}

static void sum_beside(unsigned index, unsigned cpu)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0);
	int status = -1;

	if (pid == 0) {
		right_sums = 0;
		sum(index + 1, cpu);
		syscall(SYS_exit_group, right_sums != 1, 0, 0, 0);
	}
	sum(index, cpu);
	if (syscall(SYS_wait4, pid, &status, 0, 0) == pid && status == 0)
		__atomic_add_fetch(&right_sums, 1, __ATOMIC_RELAXED);
}

bool hammer_floats(uint64_t mask)
{
	unsigned count = threads_run(mask, sum_beside);

	print_line("floating point: %d sums of %d are right", (long)right_sums, 2L * count);
	return right_sums == 2 * count;
}
