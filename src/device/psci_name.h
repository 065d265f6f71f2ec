/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci_name.h: PSCI and SMCCC numbers (Arm DEN0022D, DEN0028) and their names.
 *
 * Used by the emulator's PSCI and by whoever prints a call that firmware answers.
 */
#ifndef DEVICE_PSCI_NAME_H
#define DEVICE_PSCI_NAME_H

#include <stdint.h>

/* Function ids without PSCI_SMC64. */
enum psci_fn {
	PSCI_VERSION = 0x04000000,
	PSCI_CPU_SUSPEND, PSCI_CPU_OFF, PSCI_CPU_ON, PSCI_AFFINITY_INFO, PSCI_MIGRATE, PSCI_MIGRATE_INFO_TYPE,
	PSCI_MIGRATE_INFO_UP_CPU, PSCI_SYSTEM_OFF, PSCI_SYSTEM_RESET, PSCI_FEATURES,
	PSCI_SYSTEM_RESET2 = 0x04000012,
	SMCCC_VERSION = 0x00000000,
};

#define PSCI_FAST	UINT32_C(0x80000000)	/* bit 31 of every id here: a fast call */
#define PSCI_SMC64	UINT32_C(0x40000000)	/* bit 30: arguments and result are 64 bits wide */

enum psci_value {
	PSCI_SUCCESS = 0, PSCI_NOT_SUPPORTED = -1, PSCI_INVALID_PARAMETERS = -2, PSCI_DENIED = -3, PSCI_ALREADY_ON = -4,
	PSCI_ON_PENDING = -5, PSCI_INTERNAL_FAILURE = -6, PSCI_NOT_PRESENT = -7, PSCI_DISABLED = -8,
	PSCI_INVALID_ADDRESS = -9,
};

/* What AFFINITY_INFO returns. */
enum psci_affinity { PSCI_AFFINITY_ON, PSCI_AFFINITY_OFF, PSCI_AFFINITY_ON_PENDING };

enum { PSCI_VERSION_1_1 = 0x10001, SMCCC_VERSION_1_1 = 0x10001, PSCI_NO_TRUSTED_OS = 2 };

/* "CPU_ON" for its ids (32 and 64 bits), NULL for an id that is not PSCI's or SMCCC_VERSION. */
const char *psci_fn_name(uint32_t id);

/* What VALUE, returned by a call of ID, is called: "ALREADY_ON"; for AFFINITY_INFO "ON", "OFF", "ON_PENDING".  NULL for
 * a number that is not a name (a version, flags).  The value is read as 32 bits, as w0. */
const char *psci_value_name(uint32_t id, int64_t value);

#endif /* DEVICE_PSCI_NAME_H */
