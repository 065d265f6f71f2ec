/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hotplug.h: CPUs that come and go, and who is told of it.
 */
#ifndef KERNEL_HOTPLUG_H
#define KERNEL_HOTPLUG_H

#include "cpumask.h"
#include "list.h"

/* What happens to a CPU, in this order, as told to every notifier.  The numbers are Linux's. */
#define CPU_UP_PREPARE		0x0003	/* about to be started */
#define CPU_STARTING		0x000a	/* told on that CPU, before it is online */
#define CPU_ONLINE		0x0002	/* it is up */
#define CPU_UP_CANCELED		0x0004	/* it did not come */
#define CPU_DOWN_PREPARE	0x0005	/* about to be stopped */
#define CPU_DOWN_FAILED		0x0006	/* it could not be stopped */
#define CPU_DYING		0x0008	/* told on that CPU, as its last thread */
#define CPU_DEAD		0x0007	/* it is off */

/* How far a CPU has come, kept per CPU. */
enum cpuhp_state {
	CPUHP_OFFLINE,
	CPUHP_BRINGUP_CPU,
	CPUHP_ONLINE,
};

struct notifier_block {
	int (*notifier_call)(unsigned long action, unsigned int cpu);	/* 0, or an error that forbids it */
	struct list_head entry;
};

extern unsigned int setup_max_cpus;	/* "maxcpus=": no more than these are brought up at boot */

/* Put NB on the list of those who are told. */
void register_cpu_notifier(struct notifier_block *nb);

/* CPU 0, which runs already: note in all masks that it is there. */
void boot_cpu_init(void);

/* CPU 0 has its per-CPU variables now: note there that it is online. */
void boot_cpu_hotplug_init(void);

/* Count how many logical numbers are in use. */
void setup_nr_cpu_ids(void);

/* Start every present CPU. */
void smp_init(void);

/* Start CPU.  0, or an error. */
int cpu_up(unsigned int cpu);

/* Stop CPU.  0, or an error. */
int cpu_down(unsigned int cpu);

/* On a CPU that starts: tell the notifiers. */
void notify_cpu_starting(unsigned int cpu);

/* The idle loop, as which every CPU ends its way up. */
_Noreturn void cpu_startup_entry(enum cpuhp_state state);

/* proc.S: sleep until an event. */
void cpu_do_idle(void);

#endif /* KERNEL_HOTPLUG_H */
