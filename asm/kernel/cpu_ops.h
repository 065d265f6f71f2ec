/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpu_ops.h: enable-methods: how a CPU is started and stopped.
 */
#ifndef KERNEL_CPU_OPS_H
#define KERNEL_CPU_OPS_H

#include "types.h"

struct device_node;

/* An enable-method.  What is NULL cannot be done.  All but cpu_die return 0 or an error. */
struct cpu_operations {
	const char *name;			/* as in the tree */
	int (*cpu_init)(const struct device_node *dn, unsigned int cpu);	/* read what the node says */
	int (*cpu_prepare)(unsigned int cpu);	/* see whether the CPU can be started */
	int (*cpu_boot)(unsigned int cpu);	/* start it */
	int (*cpu_disable)(unsigned int cpu);	/* on that CPU: may it go? */
	void (*cpu_die)(unsigned int cpu);	/* on that CPU: switch off */
	int (*cpu_kill)(unsigned int cpu);	/* on another CPU: is it off? */
};

extern const struct cpu_operations *cpu_ops[NR_CPUS];
extern const struct cpu_operations smp_spin_table_ops, cpu_psci_ops;

/* Set cpu_ops[CPU] from the enable-method of the node DN.  0, or an error after a message. */
int cpu_read_ops(const struct device_node *dn, unsigned int cpu);

/* cpu_read_ops() for CPU 0, which may do without an enable-method: it runs. */
void cpu_read_bootcpu_ops(void);

/* What setup_arch() calls for that. */
void init_bootcpu_ops(void);

#endif /* KERNEL_CPU_OPS_H */
