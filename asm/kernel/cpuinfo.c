/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpuinfo.c: what kind each CPU is, and where it sits.
 */
#include "percpu.h"
#include "printk.h"
#include "smp.h"
#include "thread_info.h"

#define MPIDR_AFFINITY_LEVEL(mpidr, level) (((mpidr) >> ((level) == 3 ? 32 : 8 * (level))) & 0xff)
#define MPIDR_MT_BITMASK	(1UL << 24)

struct cpu_topology {
	int thread_id, core_id, cluster_id;	/* -1: not known, or there is none */
};

static DEFINE_PER_CPU(u64, cpu_midr);
static struct cpu_topology cpu_topology[NR_CPUS];

/*
 * cpuinfo_store_cpu: on each CPU as it starts, for CPUs of one machine may be of different kinds.
 */
void cpuinfo_store_cpu(void)
{
	/* CTR_EL0.L1Ip: how the instruction cache finds a line, by virtual or physical address. */
	static const char *const icache_policy_str[] = { "VPIPT", "RESERVED/UNKNOWN", "VIPT", "PIPT" };
	unsigned int policy = (read_sysreg(ctr_el0) >> 14) & 3;

	*this_cpu_ptr(&cpu_midr) = read_sysreg(midr_el1);
	pr_info("Detected %s I-cache on CPU%d\n", icache_policy_str[policy], smp_processor_id());
}

void init_cpu_topology(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		cpu_topology[cpu] = (struct cpu_topology){ -1, -1, -1 };
}

/*
 * store_cpu_topology: the affinity fields are a path: core within cluster within more of them.  With the MT bit the
 * lowest field is a thread, and everything else one field further up.
 */
void store_cpu_topology(unsigned int cpu)
{
	struct cpu_topology *topo = &cpu_topology[cpu];
	u64 mpidr = read_sysreg(mpidr_el1);

	if (mpidr & MPIDR_MT_BITMASK) {
		topo->thread_id = MPIDR_AFFINITY_LEVEL(mpidr, 0);
		topo->core_id = MPIDR_AFFINITY_LEVEL(mpidr, 1);
		topo->cluster_id = MPIDR_AFFINITY_LEVEL(mpidr, 2) | MPIDR_AFFINITY_LEVEL(mpidr, 3) << 8;
	} else {
		topo->thread_id = -1;
		topo->core_id = MPIDR_AFFINITY_LEVEL(mpidr, 0);
		topo->cluster_id = MPIDR_AFFINITY_LEVEL(mpidr, 1) | MPIDR_AFFINITY_LEVEL(mpidr, 2) << 8 |
				   MPIDR_AFFINITY_LEVEL(mpidr, 3) << 16;
	}
	pr_debug("CPU%u: cluster %d core %d thread %d mpidr 0x%016lx\n", cpu, topo->cluster_id, topo->core_id,
		 topo->thread_id, mpidr);
}
