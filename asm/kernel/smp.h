/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smp.h: the Arm half of bringing CPUs up and down.
 */
#ifndef KERNEL_SMP_H
#define KERNEL_SMP_H

#include "types.h"

#define MPIDR_HWID_BITMASK	0xff00ffffffUL	/* the affinity fields: what tells one CPU from another */
#define INVALID_HWID		(~0UL)

struct task_struct;

/* What a starting CPU must be told, read before it has anything of its own. */
struct secondary_data {
	void *stack;
};

extern struct secondary_data secondary_data;
extern u32 __boot_cpu_mode[2];			/* head.S: BOOT_CPU_MODE_* */

/* The MPIDR of each logical CPU, or INVALID_HWID. */
extern u64 __cpu_logical_map[NR_CPUS];
#define cpu_logical_map(cpu) (__cpu_logical_map[cpu])

/* head.S: where a CPU enters the kernel, by PSCI and by spin-table.  Their physical addresses are given away. */
void secondary_entry(void);
/* See secondary_entry(). */
void secondary_holding_pen(void);

/* Read the cpu nodes of the tree: which CPUs are possible, their MPIDRs and enable-methods. */
void smp_init_cpus(void);

/* Move CPU 0 to its own copy of the per-CPU variables. */
void smp_prepare_boot_cpu(void);

/* Make ready to start up to MAX_CPUS CPUs: those that can be started become present. */
void smp_prepare_cpus(unsigned int max_cpus);

/* Start CPU on the stack of IDLE and wait until it is online.  0, or an error. */
int __cpu_up(unsigned int cpu, struct task_struct *idle);

/* All CPUs that will come are here. */
void smp_cpus_done(unsigned int max_cpus);

/* A started CPU's first C function, called from head.S. */
_Noreturn void secondary_start_kernel(void);

/* On the CPU that goes: take it out of the online mask.  -EOPNOTSUPP when it cannot be switched off. */
int __cpu_disable(void);

/* Wait until CPU has said its farewell, and make sure that it is off. */
void __cpu_die(unsigned int cpu);

/* On the CPU that goes, in its idle thread: switch it off. */
_Noreturn void cpu_die(void);

/* topology.c: forget, or note from its MPIDR, where a CPU sits. */
void init_cpu_topology(void);
/* See init_cpu_topology(). */
void store_cpu_topology(unsigned int cpu);

/* cpuinfo.c: note what kind of CPU this is, and say what its instruction cache is like. */
void cpuinfo_store_cpu(void);

#endif /* KERNEL_SMP_H */
