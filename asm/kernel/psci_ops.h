/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_ops.h: calls to the firmware: starting and stopping CPUs and the machine.
 */
#ifndef KERNEL_PSCI_OPS_H
#define KERNEL_PSCI_OPS_H

#include "types.h"

/* What the firmware can do for us; NULL where it cannot.  All return 0 or an error, but for affinity_info. */
struct psci_operations {
	u32 (*get_version)(void);
	int (*cpu_off)(u32 state);
	int (*cpu_on)(unsigned long cpuid, unsigned long entry_point);
	int (*affinity_info)(unsigned long target_affinity, unsigned long lowest_affinity_level);
};

extern struct psci_operations psci_ops;
extern void (*pm_power_off)(void);	/* switches the machine off; NULL when nothing can */

/* psci-call.S: call the firmware, by the two ways there are. */
unsigned long __invoke_psci_fn_hvc(unsigned long function_id, unsigned long arg0, unsigned long arg1,
				   unsigned long arg2);
/* See __invoke_psci_fn_hvc(). */
unsigned long __invoke_psci_fn_smc(unsigned long function_id, unsigned long arg0, unsigned long arg1,
				   unsigned long arg2);

/* Look for a psci node in the tree and get ready to use what it describes.  0, or an error. */
int psci_dt_init(void);

#endif /* KERNEL_PSCI_OPS_H */
