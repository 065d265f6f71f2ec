/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci-call.S: the one instruction by which the kernel asks the firmware for something.
 *
 * Both take int fn(u64 function_id, u64 arg0, u64 arg1, u64 arg2): the procedure call standard puts the four arguments
 * into x0 to x3, and those are the registers in which PSCI wants them (SMCCC), so there is nothing left to do.
 */
#include "asm.h"

	.text

/* __invoke_psci_fn_hvc: ask whoever is at EL2, a hypervisor, or QEMU in its place. */
FUNC(__invoke_psci_fn_hvc)
	hvc	#0
	ret
ENDFUNC(__invoke_psci_fn_hvc)

/* __invoke_psci_fn_smc: ask the firmware at EL3. */
FUNC(__invoke_psci_fn_smc)
	smc	#0
	ret
ENDFUNC(__invoke_psci_fn_smc)
