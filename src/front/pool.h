/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/pool.h: checking many files at once, each in a process of its own, with reports in order.
 */
#ifndef FRONT_POOL_H
#define FRONT_POOL_H

#include <stddef.h>

#include "lesson/report.h"

/* Check number INDEX into REPORT. */
typedef void pool_check_fn(void *ctx, size_t index, struct report *report);

/* Number INDEX has been checked; called for 0, 1, 2 ... in that order. */
typedef void pool_done_fn(void *ctx, size_t index, const struct report *report);

/* What is to be done. */
struct pool {
	size_t count;
	unsigned jobs;		/* processes at once; 1: all in this process */
	pool_check_fn *check;
	pool_done_fn *done;
	void *ctx;
};

/* Check all.  A process that crashes is a part that failed. */
void pool_run(const struct pool *pool);

/* Processors that are there. */
unsigned pool_default_jobs(void);

#endif /* FRONT_POOL_H */
