/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bringup.c: the loop that starts all the other CPUs, one after the other (Linux has it in kernel/smp.c).
 */
#define pr_fmt(fmt) "smp: " fmt
#include "hotplug.h"
#include "init.h"
#include "printk.h"
#include "smp.h"
#include "smpboot.h"
#include "string.h"

unsigned int setup_max_cpus = NR_CPUS;

/* "nosmp": run on the boot CPU alone. */
static int nosmp(const char *value)
{
	setup_max_cpus = 0;
	return 0;
}
early_param("nosmp", nosmp);

/* "maxcpus=N": start no more than N at boot; the others stay present and can be started later. */
static int maxcpus(const char *value)
{
	setup_max_cpus = simple_strtoul(value);
	return 0;
}
early_param("maxcpus", maxcpus);

/*
 * setup_nr_cpu_ids: logical numbers may have holes where a CPU was refused; loops go up to the last one in use.
 */
void setup_nr_cpu_ids(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		nr_cpu_ids = cpu + 1;
}

/*
 * smp_init: runs in kernel_init, on the boot CPU.  Each cpu_up() returns only when that CPU is online or has been given
 * up, so the CPUs start strictly one after the other, and one secondary_data is enough for all.
 */
void smp_init(void)
{
	unsigned int cpu, num_cpus;

	idle_threads_init();
	pr_info("Bringing up secondary CPUs ...\n");
	for_each_present_cpu(cpu) {
		if (num_online_cpus() >= setup_max_cpus)
			break;
		if (!cpu_online(cpu))
			cpu_up(cpu);
	}

	num_cpus = num_online_cpus();
	pr_info("Brought up 1 node, %u CPU%s\n", num_cpus, num_cpus > 1 ? "s" : "");
	smp_cpus_done(setup_max_cpus);
}
