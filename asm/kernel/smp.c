/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smp.c: starting the other CPUs, the Arm half.
 *
 * How a CPU is started stands in the tree and is hidden behind cpu_ops[]; what it is started with is secondary_data: a
 * stack.  The boot CPU waits for cpu_running, the new CPU for nothing.
 */
#include "smp.h"
#include "boot.h"
#include "completion.h"
#include "cpu_ops.h"
#include "hotplug.h"
#include "mm.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"
#include "time.h"

#define CPU_ONLINE_TIMEOUT_MS	1000	/* 5000 in later Linux */
#define CPU_DEATH_TIMEOUT_MS	5000

struct secondary_data secondary_data __section(".mmuoff.data") __aligned(64);

static DECLARE_COMPLETION(cpu_running);
static DECLARE_COMPLETION(cpu_died);

/*
 * smp_prepare_boot_cpu: from here on CPU 0's per-CPU variables are its own copy, not the model.
 */
void smp_prepare_boot_cpu(void)
{
	set_my_cpu_offset(per_cpu_offset(smp_processor_id()));
	cpuinfo_store_cpu();
}

/*
 * smp_prepare_cpus: a possible CPU whose enable-method finds nothing missing becomes present, that is: worth a try.
 * For spin-table this is where CPUs leave the firmware's pen for the kernel's own.
 */
void smp_prepare_cpus(unsigned int max_cpus)
{
	unsigned int cpu;

	init_cpu_topology();
	store_cpu_topology(smp_processor_id());
	if (max_cpus == 0)
		return;
	for_each_possible_cpu(cpu) {
		if (cpu == smp_processor_id() || !cpu_ops[cpu])
			continue;
		if (!cpu_ops[cpu]->cpu_prepare(cpu))
			set_cpu_present(cpu, true);
	}
}

/*
 * boot_secondary: let the enable-method start the CPU: cpu_psci_cpu_boot() or smp_spin_table_cpu_boot().
 */
static int boot_secondary(unsigned int cpu, struct task_struct *idle)
{
	if (cpu_ops[cpu]->cpu_boot)
		return cpu_ops[cpu]->cpu_boot(cpu);
	return -EOPNOTSUPP;
}

/*
 * __cpu_up: hand over a stack, start the CPU, and wait for it to say that it is online.  The stack's address is flushed
 * to memory: the other CPU comes with its caches off, and would read what was there before.
 */
int __cpu_up(unsigned int cpu, struct task_struct *idle)
{
	int ret;

	secondary_data.stack = task_stack_page(idle) + THREAD_START_SP;
	__flush_dcache_area(&secondary_data, sizeof(secondary_data));

	/* One that came too late for the last wait must not end this one. */
	reinit_completion(&cpu_running);
	ret = boot_secondary(cpu, idle);
	if (ret == 0) {
		wait_for_completion_timeout(&cpu_running, msecs_to_jiffies(CPU_ONLINE_TIMEOUT_MS));
		if (!cpu_online(cpu)) {
			pr_crit("CPU%u: failed to come online\n", cpu);
			ret = -EIO;
		}
	} else {
		pr_err("CPU%u: failed to boot: %d\n", cpu, ret);
	}

	/* The stack has been used, or must not be any more. */
	secondary_data.stack = NULL;
	__flush_dcache_area(&secondary_data, sizeof(secondary_data));
	return ret;
}

/* TTBR0 has the identity map in it, needed once; nothing shall be found there any more. */
static void cpu_uninstall_idmap(void)
{
	extern u64 swapper_pg_dir[];

	/* Indices 0 to 255 of this table are empty, and those are all that TTBR0's half of the addresses can have. */
	write_sysreg(__pa(swapper_pg_dir), ttbr0_el1);
	isb();
	asm volatile("tlbi vmalle1" : : : "memory");
	dsb(nsh);
	isb();
}

/*
 * secondary_start_kernel: the first C function of a CPU that was started.  It runs on the stack of its idle thread, so
 * it knows its own number; it makes itself known step by step, and the moment it is online the boot CPU goes on.
 */
void secondary_start_kernel(void)
{
	unsigned int cpu = smp_processor_id();

	set_my_cpu_offset(per_cpu_offset(cpu));
	cpu_uninstall_idmap();
	cpuinfo_store_cpu();
	notify_cpu_starting(cpu);
	store_cpu_topology(cpu);
	pr_info("CPU%u: Booted secondary processor 0x%010lx [0x%08x]\n", cpu,
		read_sysreg(mpidr_el1) & MPIDR_HWID_BITMASK, (u32)read_sysreg(midr_el1));

	/* First the mask, then the signal: whoever is woken by it reads the mask. */
	set_cpu_online(cpu, true);
	complete(&cpu_running);

	cpu_startup_entry(CPUHP_ONLINE);
}

/* Did all CPUs enter the kernel at the same level?  set_cpu_boot_mode_flag in head.S wrote it down. */
static void hyp_mode_check(void)
{
	if (__boot_cpu_mode[0] != __boot_cpu_mode[1])
		pr_warn("CPU: CPUs started in inconsistent modes\n");
	else
		pr_info("CPU: All CPU(s) started at EL%d\n", __boot_cpu_mode[0] == BOOT_CPU_MODE_EL2 ? 2 : 1);
}

/*
 * smp_cpus_done: the boot CPU has finished with the others, whether they came or not.
 */
void smp_cpus_done(unsigned int max_cpus)
{
	pr_info("SMP: Total of %u processors activated.\n", num_online_cpus());
	hyp_mode_check();
}

/*
 * __cpu_disable: on the CPU that goes.  A CPU that nothing can switch off, as with spin-table, may not go: it would
 * keep running code and a stack that are given to somebody else.
 */
int __cpu_disable(void)
{
	unsigned int cpu = smp_processor_id();

	if (!cpu_ops[cpu] || !cpu_ops[cpu]->cpu_die)
		return -EOPNOTSUPP;
	if (cpu_ops[cpu]->cpu_disable && cpu_ops[cpu]->cpu_disable(cpu))
		return -EPERM;
	reinit_completion(&cpu_died);
	set_cpu_online(cpu, false);
	return 0;
}

/*
 * __cpu_die: on a CPU that stays.  "I am about to die" is all that a CPU can say of its own end; that it is really off
 * only the firmware knows.
 */
void __cpu_die(unsigned int cpu)
{
	int err;

	if (!wait_for_completion_timeout(&cpu_died, msecs_to_jiffies(CPU_DEATH_TIMEOUT_MS))) {
		pr_crit("CPU%u: cpu didn't die\n", cpu);
		return;
	}
	pr_notice("CPU%u: shutdown\n", cpu);
	if (!cpu_ops[cpu]->cpu_kill)
		return;
	err = cpu_ops[cpu]->cpu_kill(cpu);
	if (err)
		pr_warn("CPU%u may not have shut down cleanly: %d\n", cpu, err);
}

/*
 * cpu_die: the last thing a CPU does, called from its idle loop when it finds itself offline.
 */
void cpu_die(void)
{
	unsigned int cpu = smp_processor_id();

	local_daif_mask();
	complete(&cpu_died);
	cpu_ops[cpu]->cpu_die(cpu);
	panic("CPU%u is still alive", cpu);
}
