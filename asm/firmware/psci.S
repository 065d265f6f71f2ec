/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci.S: PSCI 1.1 (Arm DEN0022D): which function was called, and the calls
 * that only answer a question about the interface itself.
 *
 * A handler gets its arguments in x1 to x3, may use x4 to x17, and returns its
 * answer in x0, sign-extended: negative in w0 and in x0 alike.
 */
#include "firmware.h"

#if !defined(FIRMWARE_CLASSIC) && !defined(FIRMWARE_SPIN_TABLE)

	.section .rodata, "a"
	.balign	8

/* Function id, handler.  A call that is not here does not exist, for PSCI_FEATURES either; a 0 ends the table. */
DATA(psci_table)
	.word	PSCI_CPU_ON_64, psci_cpu_on
	.word	PSCI_CPU_ON_32, psci_cpu_on
	.word	PSCI_CPU_OFF, psci_cpu_off
	.word	PSCI_AFFINITY_INFO_64, psci_affinity_info
	.word	PSCI_AFFINITY_INFO_32, psci_affinity_info
	.word	PSCI_CPU_SUSPEND_64, psci_cpu_suspend
	.word	PSCI_CPU_SUSPEND_32, psci_cpu_suspend
	.word	PSCI_VERSION, psci_version
	.word	PSCI_FEATURES, psci_features
	.word	PSCI_MIGRATE_INFO_TYPE, psci_migrate_info_type
	.word	PSCI_SYSTEM_OFF, psci_system_off
	.word	PSCI_SYSTEM_RESET, psci_system_reset
	.word	PSCI_SYSTEM_RESET2_64, psci_system_reset2
	.word	PSCI_SYSTEM_RESET2_32, psci_system_reset2
	.word	SMCCC_VERSION, smccc_version
	.word	0, 0
ENDDATA(psci_table)

	.text

/*
 * psci_call64: do what the SMC asks for.
 * In:       w0 = function id, x1 to x3 = arguments
 * Out:      x0 = result; some calls do not return
 * Clobbers: x1 to x15
 */
FUNC(psci_call64)
	mov	x15, x30
	bl	find_psci_function	// clobbers x4, x5
	mov	x30, x15
	cbz	x6, 2f

	// The 32-bit form of a call means the low halves, whatever the high ones hold.
	tbnz	w0, #30, 1f
	mov	w1, w1
	mov	w2, w2
	mov	w3, w3
1:	br	x6

2:	mov	x0, #PSCI_RET_NOT_SUPPORTED
	ret
ENDFUNC(psci_call64)

/*
 * find_psci_function: look an id up in psci_table.
 * In:       w0 = function id
 * Out:      x6 = handler, 0 if there is none
 * Clobbers: x4, x5
 */
LOCAL_FUNC(find_psci_function)
	adr	x4, psci_table
1:	ldp	w5, w6, [x4], #8
	cbz	x6, 2f			// the end of the table
	cmp	w5, w0
	b.ne	1b
2:	ret
ENDFUNC(find_psci_function)

/*
 * psci_version: PSCI_VERSION: major in bits 31:16, minor below.
 */
LOCAL_FUNC(psci_version)
	ldr	w0, =PSCI_VERSION_1_1	// 1.1
	ret
ENDFUNC(psci_version)

/*
 * smccc_version: SMCCC_VERSION, which says among others that x4 to x17 survive.
 */
LOCAL_FUNC(smccc_version)
	ldr	w0, =SMCCC_VERSION_1_1	// 1.1
	ret
ENDFUNC(smccc_version)

/*
 * psci_migrate_info_type: is there a trusted OS tied to one CPU?
 */
LOCAL_FUNC(psci_migrate_info_type)
	mov	x0, #PSCI_MIGRATE_NO_TRUSTED_OS	// so MIGRATE and MIGRATE_INFO_UP_CPU have nothing to do
	ret
ENDFUNC(psci_migrate_info_type)

/*
 * psci_features: PSCI_FEATURES: is a function there, and in which flavour?
 * In:       w1 = function id
 * Out:      x0 = 0 or NOT_SUPPORTED
 * Clobbers: x4 to x6, x15
 */
LOCAL_FUNC(psci_features)
	mov	x15, x30
	mov	w0, w1
	bl	find_psci_function
	mov	x30, x15

	// No function here has flags to report: CPU_SUSPEND's 0 means the original power_state format.
	mov	x0, #PSCI_RET_SUCCESS
	cbnz	x6, 1f
	mov	x0, #PSCI_RET_NOT_SUPPORTED
1:	ret
ENDFUNC(psci_features)

#endif /* !FIRMWARE_CLASSIC && !FIRMWARE_SPIN_TABLE */
