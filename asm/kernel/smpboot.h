/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smpboot.h: threads of which every CPU has one, and idle threads.
 */
#ifndef KERNEL_SMPBOOT_H
#define KERNEL_SMPBOOT_H

#include "list.h"

struct task_struct;

/* A kind of per-CPU thread.  All functions run in that thread, on its CPU; those that are NULL are left out. */
struct smp_hotplug_thread {
	struct task_struct **store;			/* per-CPU variable: the thread */
	int (*thread_should_run)(unsigned int cpu);	/* is there work? */
	void (*thread_fn)(unsigned int cpu);		/* do it */
	void (*setup)(unsigned int cpu);		/* once, before its first work */
	void (*park)(unsigned int cpu);			/* before it parks */
	void (*unpark)(unsigned int cpu);		/* when it goes on after that */
	const char *thread_comm;			/* name, with %u for the CPU */
	bool selfparking;				/* parks by itself, at the very end of its CPU */
	struct list_head list;
};

/* Make an idle thread for each possible CPU except this one. */
void idle_threads_init(void);

/* The idle thread of CPU, fit to start on. */
struct task_struct *idle_thread_get(unsigned int cpu);

/* Have one thread of kind HT on each CPU that is online or will be. */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *ht);

/* Make CPU's thread of each kind, parked, where there is none yet. */
int smpboot_create_threads(unsigned int cpu);

/* Let CPU's threads run; CPU is online. */
void smpboot_unpark_threads(unsigned int cpu);

/* Park CPU's threads, but for those that do it themselves. */
void smpboot_park_threads(unsigned int cpu);

#endif /* KERNEL_SMPBOOT_H */
