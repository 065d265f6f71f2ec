/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci.c: the Power State Coordination Interface, the calling side (Arm DEN0022).
 *
 * The tree says by which instruction to call (smc to EL3, hvc to EL2) and which version to expect.  From 0.2 on
 * function ids are fixed; before, the tree lists them.
 */
#define pr_fmt(fmt) "psci: " fmt
#include "psci_ops.h"
#include "of.h"
#include "printk.h"
#include "psci.h"
#include "string.h"

#define PSCI_VERSION_MAJOR(ver)	((u32)(ver) >> 16)
#define PSCI_VERSION_MINOR(ver)	((u32)(ver) & 0xffff)

enum psci_function {
	PSCI_FN_CPU_SUSPEND,
	PSCI_FN_CPU_ON,
	PSCI_FN_CPU_OFF,
	PSCI_FN_MIGRATE,
	PSCI_FN_MAX,
};

typedef unsigned long (psci_fn)(unsigned long, unsigned long, unsigned long, unsigned long);
typedef int (*psci_initcall_t)(const struct device_node *);

struct psci_operations psci_ops;
void (*pm_power_off)(void);

static psci_fn *invoke_psci_fn;
static u32 psci_function_id[PSCI_FN_MAX];

/* The firmware's answer as an error of ours.  It is a 32-bit number, whatever the upper half of x0 holds. */
static int psci_to_linux_errno(int err)
{
	switch (err) {
	case PSCI_RET_SUCCESS:
		return 0;
	case PSCI_RET_NOT_SUPPORTED:
		return -EOPNOTSUPP;
	case PSCI_RET_DENIED:
		return -EPERM;
	default:
		return -EINVAL;
	}
}

/*
 * psci_get_version: which PSCI is this?  Major number in the upper half, minor in the lower.
 */
static u32 psci_get_version(void)
{
	return invoke_psci_fn(PSCI_VERSION, 0, 0, 0);
}

/*
 * psci_cpu_on: ask the firmware to start the CPU with this MPIDR at this physical address, at our own exception level
 * and with its MMU off.
 */
static int psci_cpu_on(unsigned long cpuid, unsigned long entry_point)
{
	u32 fn = psci_function_id[PSCI_FN_CPU_ON];

	return psci_to_linux_errno(invoke_psci_fn(fn, cpuid, entry_point, 0));
}

/*
 * psci_cpu_off: ask the firmware to switch off the CPU that asks.  Comes back only if it was refused.
 */
static int psci_cpu_off(u32 state)
{
	u32 fn = psci_function_id[PSCI_FN_CPU_OFF];

	return psci_to_linux_errno(invoke_psci_fn(fn, state, 0, 0));
}

/*
 * psci_affinity_info: is that CPU on, off, or on its way?  The answer is one of PSCI_AFFINITY_*.
 */
static int psci_affinity_info(unsigned long target_affinity, unsigned long lowest_affinity_level)
{
	return invoke_psci_fn(PSCI_AFFINITY_INFO_64, target_affinity, lowest_affinity_level, 0);
}

static void psci_sys_poweroff(void)
{
	invoke_psci_fn(PSCI_SYSTEM_OFF, 0, 0, 0);
}

/*
 * get_set_conduit_method: how is the firmware called?  Boards with firmware at EL3 say "smc", machines that live in a
 * hypervisor say "hvc".
 */
static int get_set_conduit_method(const struct device_node *np)
{
	const char *method;

	pr_info("probing for conduit method from DT.\n");
	if (of_property_read_string(np, "method", &method)) {
		pr_warn("missing \"method\" property\n");
		return -ENXIO;
	}
	if (!strcmp("hvc", method)) {
		invoke_psci_fn = __invoke_psci_fn_hvc;
	} else if (!strcmp("smc", method)) {
		invoke_psci_fn = __invoke_psci_fn_smc;
	} else {
		pr_warn("invalid \"method\" property: %s\n", method);
		return -EINVAL;
	}
	return 0;
}

/* Is there a trusted OS that has to stay on one CPU? */
static void psci_init_migrate(void)
{
	int type = invoke_psci_fn(PSCI_MIGRATE_INFO_TYPE, 0, 0, 0);

	if (type == PSCI_MIGRATE_NO_TRUSTED_OS)
		pr_info("Trusted OS migration not required\n");
	else if (type == PSCI_RET_NOT_SUPPORTED)
		pr_info("MIGRATE_INFO_TYPE not supported.\n");
	else
		pr_info("Trusted OS present, MIGRATE_INFO_TYPE %d\n", type);
}

/* The numbers and functions that every PSCI from 0.2 on has. */
static void psci_0_2_set_functions(void)
{
	pr_info("Using standard PSCI v0.2 function IDs\n");
	psci_function_id[PSCI_FN_CPU_SUSPEND] = PSCI_CPU_SUSPEND_64;
	psci_function_id[PSCI_FN_CPU_OFF] = PSCI_CPU_OFF;
	psci_function_id[PSCI_FN_CPU_ON] = PSCI_CPU_ON_64;
	psci_function_id[PSCI_FN_MIGRATE] = PSCI_MIGRATE_64;
	psci_ops.get_version = psci_get_version;
	psci_ops.cpu_off = psci_cpu_off;
	psci_ops.cpu_on = psci_cpu_on;
	psci_ops.affinity_info = psci_affinity_info;
	pm_power_off = psci_sys_poweroff;
}

/*
 * psci_probe: make the first call, which every PSCI since 0.2 must answer: its version.
 */
static int psci_probe(void)
{
	u32 ver = psci_get_version();

	if ((int)ver == PSCI_RET_NOT_SUPPORTED) {
		pr_err("PSCI firmware does not comply with the v0.2 spec.\n");
		return -EOPNOTSUPP;
	}
	pr_info("PSCIv%d.%d detected in firmware.\n", PSCI_VERSION_MAJOR(ver), PSCI_VERSION_MINOR(ver));
	if (PSCI_VERSION_MAJOR(ver) == 0 && PSCI_VERSION_MINOR(ver) < 2) {
		pr_err("Conflicting PSCI version detected.\n");
		return -EINVAL;
	}
	psci_0_2_set_functions();
	psci_init_migrate();
	return 0;
}

/*
 * psci_0_2_init: for nodes that are compatible with "arm,psci-0.2".
 */
static int psci_0_2_init(const struct device_node *np)
{
	int err = get_set_conduit_method(np);

	return err ? err : psci_probe();
}

/*
 * psci_1_0_init: 0.2 and, new in 1.0, a way to ask what else there is.  Asked here: which SMC calling convention.
 */
static int psci_1_0_init(const struct device_node *np)
{
	int err = psci_0_2_init(np);
	u32 ver = 0x10000;

	if (err)
		return err;
	if ((int)invoke_psci_fn(PSCI_FEATURES, SMCCC_VERSION, 0, 0) != PSCI_RET_NOT_SUPPORTED)
		ver = invoke_psci_fn(SMCCC_VERSION, 0, 0, 0);
	pr_info("SMC Calling Convention v%d.%d\n", PSCI_VERSION_MAJOR(ver), PSCI_VERSION_MINOR(ver));
	return 0;
}

/*
 * psci_0_1_init: the first PSCI had no fixed numbers: the tree lists them, and what it does not list does not exist.
 */
static int psci_0_1_init(const struct device_node *np)
{
	int err = get_set_conduit_method(np);

	if (err)
		return err;
	pr_info("Using PSCI v0.1 Function IDs from DT\n");
	of_property_read_u32(np, "cpu_suspend", &psci_function_id[PSCI_FN_CPU_SUSPEND]);
	of_property_read_u32(np, "migrate", &psci_function_id[PSCI_FN_MIGRATE]);
	if (!of_property_read_u32(np, "cpu_off", &psci_function_id[PSCI_FN_CPU_OFF]))
		psci_ops.cpu_off = psci_cpu_off;
	if (!of_property_read_u32(np, "cpu_on", &psci_function_id[PSCI_FN_CPU_ON]))
		psci_ops.cpu_on = psci_cpu_on;
	return 0;
}

static const struct of_device_id psci_of_match[] = {
	{ .compatible = "arm,psci",	.data = psci_0_1_init },
	{ .compatible = "arm,psci-0.2",	.data = psci_0_2_init },
	{ .compatible = "arm,psci-1.0",	.data = psci_1_0_init },
	{},
};

/*
 * psci_dt_init: find the psci node and begin with it as its version demands.  A node often names several versions, the
 * best first.
 */
int psci_dt_init(void)
{
	const struct of_device_id *matched_np;
	const struct device_node *np = of_find_matching_node_and_match(psci_of_match, &matched_np);
	psci_initcall_t init_fn;

	if (!np || !of_device_is_available(np))
		return -ENODEV;
	init_fn = (psci_initcall_t)matched_np->data;
	return init_fn(np);
}
