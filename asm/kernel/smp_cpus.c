/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * smp_cpus.c: which CPUs there are: the cpu nodes of the device tree, read with suspicion.
 *
 * In Linux this is part of smp.c.  A CPU that cannot be told from another, or that nobody knows how to start, is left
 * out with a message; the rest of the machine boots without it.
 */
#include "smp.h"
#include "cpu_ops.h"
#include "cpumask.h"
#include "of.h"
#include "printk.h"

u64 __cpu_logical_map[NR_CPUS] = { [0 ... NR_CPUS - 1] = INVALID_HWID };

/* The MPIDR that a cpu node names, or INVALID_HWID. */
static u64 of_get_cpu_mpidr(const struct device_node *dn)
{
	u64 hwid;

	if (!of_get_property(dn, "reg", NULL)) {
		pr_err("%s: missing reg property\n", dn->full_name);
		return INVALID_HWID;
	}
	/* What are not affinity bits must be 0 here, although they are not in MPIDR_EL1 itself. */
	if (of_property_read_number(dn, "reg", of_n_addr_cells(dn), &hwid) || hwid & ~MPIDR_HWID_BITMASK) {
		pr_err("%s: invalid reg property\n", dn->full_name);
		return INVALID_HWID;
	}
	return hwid;
}

/* Has one of the CPUs 1 to CPU - 1 this MPIDR already? */
static bool is_mpidr_duplicate(unsigned int cpu, u64 hwid)
{
	unsigned int i;

	for (i = 1; i < cpu && i < NR_CPUS; i++)
		if (cpu_logical_map(i) == hwid)
			return true;
	return false;
}

/*
 * smp_add_cpu: give the node DN the logical number CPU, if it is fit for it.  A node that is refused keeps the number
 * and leaves it empty.
 */
static void smp_add_cpu(const struct device_node *dn, unsigned int cpu, u64 hwid)
{
	if (is_mpidr_duplicate(cpu, hwid)) {
		pr_err("%s: duplicate cpu reg properties in the DT\n", dn->full_name);
		return;
	}
	if (cpu >= NR_CPUS)
		return;
	if (cpu_read_ops(dn, cpu) != 0)
		return;
	if (cpu_ops[cpu]->cpu_init(dn, cpu))
		return;
	pr_debug("cpu logical map 0x%lx\n", hwid);
	cpu_logical_map(cpu) = hwid;
}

/*
 * of_parse_cpus: number the nodes whose device_type is "cpu" from 1, in the tree's order.  The boot CPU is 0 wherever
 * it stands.  Returns one more than the highest number, and whether the boot CPU was among them.
 */
static unsigned int of_parse_cpus(bool *bootcpu_valid)
{
	struct device_node *dn = NULL;
	unsigned int cpu = 1;
	u64 hwid;

	while ((dn = of_find_node_by_type(dn, "cpu"))) {
		hwid = of_get_cpu_mpidr(dn);
		if (hwid == cpu_logical_map(0) && !*bootcpu_valid) {
			*bootcpu_valid = true;
			continue;
		}
		if (hwid == cpu_logical_map(0))
			pr_err("%s: duplicate boot cpu reg property in DT\n", dn->full_name);
		else if (hwid != INVALID_HWID)
			smp_add_cpu(dn, cpu, hwid);
		cpu++;
	}
	return cpu;
}

/*
 * smp_init_cpus: fill cpu_logical_map[] and cpu_ops[], and make every CPU that got an entry possible.  If not even the
 * CPU that runs this is in the tree, the tree is of another machine, and none of the others is believed.
 */
void smp_init_cpus(void)
{
	bool bootcpu_valid = false;
	unsigned int i, cpus = of_parse_cpus(&bootcpu_valid);

	if (cpus > NR_CPUS)
		pr_warn("Number of cores (%d) exceeds configured maximum of %u - clipping\n", cpus, NR_CPUS);
	if (!bootcpu_valid) {
		pr_err("missing boot CPU MPIDR, not enabling secondaries\n");
		return;
	}
	for (i = 0; i < NR_CPUS; i++)
		if (cpu_logical_map(i) != INVALID_HWID)
			set_cpu_possible(i, true);
}
