/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_none.S: the answer to every SMC in the spin-table build.
 */
#include "firmware.h"

#ifdef FIRMWARE_SPIN_TABLE

	.text

/*
 * psci_call64: there is no PSCI here, and a kernel that asks is told so.
 * Out:      x0 = NOT_SUPPORTED
 */
FUNC(psci_call64)
	mov	x0, #PSCI_RET_NOT_SUPPORTED	// SMCCC's answer to any unknown id
	ret
ENDFUNC(psci_call64)

#endif /* FIRMWARE_SPIN_TABLE */
