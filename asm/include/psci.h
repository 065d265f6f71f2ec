/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci.h: PSCI 1.1 (Arm DEN0022D) and SMCCC (DEN0028) numbers, shared by the
 * firmware, the lab kernel and the emulator's own PSCI.
 */
#ifndef ASM_PSCI_H
#define ASM_PSCI_H

/* Function ids: bit 31 fast call, bit 30 the 64-bit form, bits 29:24 = 4 the standard secure service range. */
#define SMCCC_VERSION			0x80000000
#define PSCI_VERSION			0x84000000
#define PSCI_CPU_SUSPEND_32		0x84000001
#define PSCI_CPU_SUSPEND_64		0xc4000001
#define PSCI_CPU_OFF			0x84000002
#define PSCI_CPU_ON_32			0x84000003
#define PSCI_CPU_ON_64			0xc4000003
#define PSCI_AFFINITY_INFO_32		0x84000004
#define PSCI_AFFINITY_INFO_64		0xc4000004
#define PSCI_MIGRATE_32			0x84000005
#define PSCI_MIGRATE_64			0xc4000005
#define PSCI_MIGRATE_INFO_TYPE		0x84000006
#define PSCI_MIGRATE_INFO_UP_CPU_32	0x84000007
#define PSCI_MIGRATE_INFO_UP_CPU_64	0xc4000007
#define PSCI_SYSTEM_OFF			0x84000008
#define PSCI_SYSTEM_RESET		0x84000009
#define PSCI_FEATURES			0x8400000a
#define PSCI_SYSTEM_RESET2_32		0x84000012
#define PSCI_SYSTEM_RESET2_64		0xc4000012

#define PSCI_VERSION_1_1		0x10001
#define SMCCC_VERSION_1_1		0x10001

/* Return values (PSCI 1.1, 5.2.2). */
#define PSCI_RET_SUCCESS		0
#define PSCI_RET_NOT_SUPPORTED		-1
#define PSCI_RET_INVALID_PARAMETERS	-2
#define PSCI_RET_DENIED			-3
#define PSCI_RET_ALREADY_ON		-4
#define PSCI_RET_ON_PENDING		-5
#define PSCI_RET_INTERNAL_FAILURE	-6
#define PSCI_RET_NOT_PRESENT		-7
#define PSCI_RET_DISABLED		-8
#define PSCI_RET_INVALID_ADDRESS	-9

/* AFFINITY_INFO answers. */
#define PSCI_AFFINITY_ON		0
#define PSCI_AFFINITY_OFF		1
#define PSCI_AFFINITY_ON_PENDING	2

/* CPU_SUSPEND power_state, original format: bit 16 power-down, bits 25:24 affinity level, 15:0 id. */
#define PSCI_POWER_STATE_POWERDOWN	(1 << 16)
#define PSCI_POWER_STATE_VALID_MASK	0x0301ffff

#define PSCI_MIGRATE_NO_TRUSTED_OS	2

#endif /* ASM_PSCI_H */
