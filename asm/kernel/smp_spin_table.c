/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smp_spin_table.c: the enable-method "spin-table": no firmware call, only memory and events.
 *
 * The firmware lets a CPU sleep until an address appears at its cpu-release-addr.  Linux uses that once, to move every
 * CPU into a pen of its own, secondary_holding_pen, and lets them out of there one by one.
 */
#include "barrier.h"
#include "cpu_ops.h"
#include "mm.h"
#include "of.h"
#include "printk.h"
#include "smp.h"

static u64 cpu_release_addr[NR_CPUS];

/* Whose turn it is to leave the pen, as an MPIDR.  Read by CPUs whose caches are off. */
volatile u64 secondary_holding_pen_release __section(".mmuoff.data") __aligned(64) = INVALID_HWID;

/*
 * write_pen_release: say whose turn it is, and push it out to memory, where the pen looks.
 */
static void write_pen_release(u64 val)
{
	secondary_holding_pen_release = val;
	__flush_dcache_area(&secondary_holding_pen_release, sizeof(secondary_holding_pen_release));
}

/*
 * smp_spin_table_cpu_init: find out where this CPU looks for an address to go to.
 */
static int smp_spin_table_cpu_init(const struct device_node *dn, unsigned int cpu)
{
	if (of_property_read_number(dn, "cpu-release-addr", 2, &cpu_release_addr[cpu])) {
		pr_err("CPU %u: missing or invalid cpu-release-addr property\n", cpu);
		return -ENXIO;
	}
	return 0;
}

/*
 * smp_spin_table_cpu_prepare: move the CPU from the firmware's pen to the kernel's.  The release address may be
 * anywhere in RAM, so it is mapped for this one store; the address stored is physical, for the reader's MMU is off.
 */
static int smp_spin_table_cpu_prepare(unsigned int cpu)
{
	volatile u64 *release_addr;

	if (!cpu_release_addr[cpu])
		return -ENODEV;
	release_addr = ioremap_cache(cpu_release_addr[cpu]);
	*release_addr = __pa(secondary_holding_pen);
	__flush_dcache_area(release_addr, sizeof(*release_addr));
	sev();
	iounmap();
	return 0;
}

/*
 * smp_spin_table_cpu_boot: all CPUs wait in the one pen; call this one by its MPIDR.
 */
static int smp_spin_table_cpu_boot(unsigned int cpu)
{
	write_pen_release(cpu_logical_map(cpu));
	sev();
	return 0;
}

/* No cpu_die: once out, a CPU cannot be given back. */
const struct cpu_operations smp_spin_table_ops = {
	.name		= "spin-table",
	.cpu_init	= smp_spin_table_cpu_init,
	.cpu_prepare	= smp_spin_table_cpu_prepare,
	.cpu_boot	= smp_spin_table_cpu_boot,
};
