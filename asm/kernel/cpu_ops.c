/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpu_ops.c: from the enable-method's name in the tree to the functions that do it.
 */
#include "cpu_ops.h"
#include "of.h"
#include "printk.h"
#include "smp.h"
#include "string.h"

const struct cpu_operations *cpu_ops[NR_CPUS];

static const struct cpu_operations *const supported_cpu_ops[] = {
	&smp_spin_table_ops,
	&cpu_psci_ops,
	NULL,
};

/*
 * cpu_get_ops: the enable-method of this name, or NULL.
 */
static const struct cpu_operations *cpu_get_ops(const char *name)
{
	const struct cpu_operations *const *ops;

	for (ops = supported_cpu_ops; *ops; ops++)
		if (!strcmp(name, (*ops)->name))
			return *ops;
	return NULL;
}

/*
 * cpu_read_ops: read the node's enable-method and remember it for this CPU.  The boot CPU may have none, for instance
 * where the others are started by spin-table: no message for that one.
 */
int cpu_read_ops(const struct device_node *dn, unsigned int cpu)
{
	const char *enable_method;

	if (of_property_read_string(dn, "enable-method", &enable_method)) {
		if (cpu != 0)
			pr_err("%s: missing enable-method property\n", dn->full_name);
		return -ENOENT;
	}
	cpu_ops[cpu] = cpu_get_ops(enable_method);
	if (!cpu_ops[cpu]) {
		pr_warn("%s: unsupported enable-method property: %s\n", dn->full_name, enable_method);
		return -EOPNOTSUPP;
	}
	return 0;
}

/* The cpu node whose reg is the MPIDR of CPU 0. */
static const struct device_node *of_get_boot_cpu_node(void)
{
	struct device_node *dn = NULL;
	u64 hwid;

	while ((dn = of_find_node_by_type(dn, "cpu")))
		if (!of_property_read_number(dn, "reg", of_n_addr_cells(dn), &hwid) && hwid == cpu_logical_map(0))
			return dn;
	return NULL;
}

/*
 * cpu_read_bootcpu_ops: CPU 0 needs no start, but its enable-method also says how it could be stopped.
 */
void cpu_read_bootcpu_ops(void)
{
	const struct device_node *dn = of_get_boot_cpu_node();

	if (!dn) {
		pr_err("Failed to find device node for boot cpu\n");
		return;
	}
	cpu_read_ops(dn, 0);
}

/*
 * init_bootcpu_ops: the name by which setup_arch() asks for this since Linux 5.11.
 */
void init_bootcpu_ops(void)
{
	cpu_read_bootcpu_ops();
}
