/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stop_machine.h: run a function while all CPUs do nothing else.
 */
#ifndef KERNEL_STOP_MACHINE_H
#define KERNEL_STOP_MACHINE_H

struct cpumask;

typedef int (*cpu_stop_fn_t)(void *arg);

/* Hold all online CPUs still and run FN(ARG) on those in CPUS.  Returns what FN returned, 0 or an error. */
int stop_machine(cpu_stop_fn_t fn, void *arg, const struct cpumask *cpus);

/* In CPU's own stopper thread: park it when it has finished what it does. */
void stop_machine_park(unsigned int cpu);

#endif /* KERNEL_STOP_MACHINE_H */
