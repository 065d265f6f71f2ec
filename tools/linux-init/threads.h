/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * threads.h: one thread on each CPU, sharing memory, and the futex that they wait with.
 */
#ifndef LINUX_INIT_THREADS_H
#define LINUX_INIT_THREADS_H

#include <stdint.h>

/* Sleep while WORD holds VALUE. */
void futex_wait(uint32_t *word, uint32_t value);

/* Wake up to COUNT sleepers on WORD. */
void futex_wake(uint32_t *word, unsigned count);

/* What the thread on CPU runs; INDEX counts the threads from 0. */
typedef void thread_fn(unsigned index, unsigned cpu);

/* Run FN in one thread on each CPU of MASK, all at once, and wait for all of them.  How many threads there were. */
unsigned threads_run(uint64_t mask, thread_fn *fn);

#endif /* LINUX_INIT_THREADS_H */
