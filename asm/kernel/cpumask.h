/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpumask.h: sets of CPUs, one bit each, and the four sets that tell how far each CPU has come.
 *
 * possible: the tree describes it and it may ever run; present: it can be booted now; online: it runs the scheduler;
 * active: threads may be moved to it.  NR_CPUS is 64, so a set is one word.
 */
#ifndef KERNEL_CPUMASK_H
#define KERNEL_CPUMASK_H

#include "types.h"

struct cpumask {
	unsigned long bits[1];
};

extern struct cpumask __cpu_possible_mask, __cpu_present_mask, __cpu_online_mask, __cpu_active_mask;
extern unsigned int nr_cpu_ids;		/* one more than the highest possible CPU */

#define cpumask_test_cpu(cpu, mask)	((READ_ONCE((mask)->bits[0]) >> (cpu)) & 1)
#define cpumask_of(cpu)			((struct cpumask){ { 1UL << (cpu) } })
#define cpu_possible(cpu)		cpumask_test_cpu(cpu, &__cpu_possible_mask)
#define cpu_present(cpu)		cpumask_test_cpu(cpu, &__cpu_present_mask)
#define cpu_online(cpu)			cpumask_test_cpu(cpu, &__cpu_online_mask)
#define cpu_is_offline(cpu)		(!cpu_online(cpu))

#define for_each_cpu(cpu, mask)	\
	for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++) if (cpumask_test_cpu(cpu, mask))
#define for_each_possible_cpu(cpu)	for_each_cpu(cpu, &__cpu_possible_mask)
#define for_each_present_cpu(cpu)	for_each_cpu(cpu, &__cpu_present_mask)
#define for_each_online_cpu(cpu)	for_each_cpu(cpu, &__cpu_online_mask)

/* How many CPUs are in MASK. */
unsigned int cpumask_weight(const struct cpumask *mask);
#define num_possible_cpus()		cpumask_weight(&__cpu_possible_mask)
#define num_online_cpus()		cpumask_weight(&__cpu_online_mask)

/* Put CPU into one of the four sets, or take it out. */
void set_cpu_possible(unsigned int cpu, bool possible);
/* See set_cpu_possible(). */
void set_cpu_present(unsigned int cpu, bool present);
/* See set_cpu_possible().  A CPU sets itself online; only then may others count on it. */
void set_cpu_online(unsigned int cpu, bool online);
/* See set_cpu_possible(). */
void set_cpu_active(unsigned int cpu, bool active);

#endif /* KERNEL_CPUMASK_H */
