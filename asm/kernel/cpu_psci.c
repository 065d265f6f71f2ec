/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpu_psci.c: the enable-method "psci": CPUs are started and stopped by calls to the firmware.
 */
#define pr_fmt(fmt) "psci: " fmt
#include "cpu_ops.h"
#include "mm.h"
#include "printk.h"
#include "psci.h"
#include "psci_ops.h"
#include "smp.h"
#include "time.h"

#define CPU_KILL_TIMEOUT_MS	100

/* PSCI needs nothing from the cpu node: the MPIDR is all it takes. */
static int cpu_psci_cpu_init(const struct device_node *dn, unsigned int cpu)
{
	return 0;
}

/* The node said "psci"; is there a PSCI that can start CPUs? */
static int cpu_psci_cpu_prepare(unsigned int cpu)
{
	if (!psci_ops.cpu_on) {
		pr_err("no cpu_on method, not booting CPU%d\n", cpu);
		return -ENODEV;
	}
	return 0;
}

/*
 * cpu_psci_cpu_boot: CPU_ON for this CPU's MPIDR, entering at secondary_entry: its physical address, for a CPU fresh
 * from reset has no page tables.
 */
static int cpu_psci_cpu_boot(unsigned int cpu)
{
	int err = psci_ops.cpu_on(cpu_logical_map(cpu), __pa(secondary_entry));

	if (err)
		pr_err("failed to boot CPU%d (%d)\n", cpu, err);
	return err;
}

static int cpu_psci_cpu_disable(unsigned int cpu)
{
	return psci_ops.cpu_off ? 0 : -EOPNOTSUPP;
}

/*
 * cpu_psci_cpu_die: the firmware switches this CPU off, and the call does not return.
 */
static void cpu_psci_cpu_die(unsigned int cpu)
{
	int ret = psci_ops.cpu_off(PSCI_POWER_STATE_POWERDOWN);

	pr_crit("unable to power off CPU%u (%d)\n", cpu, ret);
}

/*
 * cpu_psci_cpu_kill: the CPU said that it would go; ask the firmware until it is gone.
 */
static int cpu_psci_cpu_kill(unsigned int cpu)
{
	u64 start = get_jiffies();
	int err;

	/* PSCI 0.1 cannot be asked: believe it. */
	if (!psci_ops.affinity_info)
		return 0;
	do {
		err = psci_ops.affinity_info(cpu_logical_map(cpu), 0);
		if (err == PSCI_AFFINITY_OFF) {
			pr_info("CPU%d killed (polled %d ms)\n", cpu, jiffies_to_msecs(get_jiffies() - start));
			return 0;
		}
		usleep(100);
	} while (get_jiffies() < start + msecs_to_jiffies(CPU_KILL_TIMEOUT_MS));
	pr_warn("CPU%d may not have shut down cleanly (AFFINITY_INFO reports %d)\n", cpu, err);
	return -ETIMEDOUT;
}

const struct cpu_operations cpu_psci_ops = {
	.name		= "psci",
	.cpu_init	= cpu_psci_cpu_init,
	.cpu_prepare	= cpu_psci_cpu_prepare,
	.cpu_boot	= cpu_psci_cpu_boot,
	.cpu_disable	= cpu_psci_cpu_disable,
	.cpu_die	= cpu_psci_cpu_die,
	.cpu_kill	= cpu_psci_cpu_kill,
};
