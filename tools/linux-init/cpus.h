/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpus.h: which CPUs are online, and programs on each of them.
 */
#ifndef LINUX_INIT_CPUS_H
#define LINUX_INIT_CPUS_H

#include <stdbool.h>
#include <stdint.h>

enum { CPUS_MAX = 64 };

/* The CPUs that are online, bit n for CPU n; 0 when sysfs does not say. */
uint64_t cpus_online(void);

/* How many bits MASK has. */
unsigned cpus_count(uint64_t mask);

/* Bind the calling thread to CPU; false when the kernel will not. */
bool cpus_bind(unsigned cpu);

/* The CPU that this runs on. */
unsigned cpus_here(void);

/* Say which CPUs are online, in the kernel's words. */
void cpus_print(void);

/* Run a child process on each CPU of MASK, one after the other; each says where it is.  How many were right. */
unsigned cpus_run_children(uint64_t mask);

/* Take CPU offline and online again through sysfs, and run a child on it, when the kernel lets it.  False when it went
 * wrong. */
bool cpus_replug(unsigned cpu);

#endif /* LINUX_INIT_CPUS_H */
