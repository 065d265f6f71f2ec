/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/psci_table.c: the rows, by call (Arm DEN0022D 5; the judgements are listed in device/psci_decide.h).
 */
#include "psci_table.h"

#define FN32(fn)	(PSCI_FAST | (fn))
#define FN64(fn)	(PSCI_FAST | PSCI_SMC64 | (fn))
#define ENTRY		PSCI_ROW_ENTRY
#define CONTEXT		PSCI_ROW_CONTEXT
#define HIGH		UINT64_C(0xdead000000000000)	/* what a 32-bit call must not look at */

#define RETURNS(value)	{ PSCI_DO_NOTHING, value }
#define TURNS_ON	{ PSCI_DO_CPU_ON, PSCI_SUCCESS }
#define DOES(action)	{ action, PSCI_SUCCESS }
#define NO_SUCH		RETURNS(PSCI_NOT_SUPPORTED)
#define DENIED		RETURNS(PSCI_DENIED)

const uint64_t psci_row_mpidr[PSCI_ROW_CPUS] = { 0x000, 0x001, 0x100, 0x101 };

const struct psci_row psci_rows[] = {
	{ "version", FN32(PSCI_VERSION), { 0, 0, 0 }, "1000", RETURNS(0x10001), NO_SUCH, 0, 0 },
	{ "version has no 64-bit id", FN64(PSCI_VERSION), { 0, 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },
	{ "SMCCC version", FN32(SMCCC_VERSION), { 0, 0, 0 }, "1000", RETURNS(0x10001), NO_SUCH, 0, 0 },
	{ "unknown in PSCI's range", FN32(0x0400001f), { 0, 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },
	{ "unknown in another range", FN32(0x02000000), { 0, 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },
	{ "yielding call", 0x04000003, { 1, ENTRY, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },

	{ "on", FN64(PSCI_CPU_ON), { 0x001, ENTRY, CONTEXT }, "1000", TURNS_ON, TURNS_ON, 0, 0 },
	{ "on, last CPU", FN64(PSCI_CPU_ON), { 0x101, ENTRY, CONTEXT }, "1110", TURNS_ON, TURNS_ON, 0, 0 },
	{ "on, 32-bit", FN32(PSCI_CPU_ON), { HIGH | 0x001, HIGH | ENTRY, CONTEXT }, "1000", TURNS_ON, NO_SUCH, 0, 0 },
	{ "on again", FN64(PSCI_CPU_ON), { 0x001, ENTRY, 0 }, "1100", RETURNS(PSCI_ALREADY_ON), DENIED, 0, 0 },
	{ "on while pending", FN64(PSCI_CPU_ON), { 0x001, ENTRY, 0 }, "1p00", RETURNS(PSCI_ON_PENDING), DENIED, 0, 0 },
	{ "on, the caller", FN64(PSCI_CPU_ON), { 0x000, ENTRY, 0 }, "1000", RETURNS(PSCI_ALREADY_ON), DENIED, 0, 0 },
	{ "on, no such CPU", FN64(PSCI_CPU_ON), { 0x002, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on, no such cluster", FN64(PSCI_CPU_ON), { 0x200, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on, MPIDR bit 31", FN64(PSCI_CPU_ON), { 0x80000001, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on, MPIDR bit 40", FN64(PSCI_CPU_ON), { UINT64_C(1) << 40 | 1, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on, Aff3", FN64(PSCI_CPU_ON), { UINT64_C(1) << 32 | 1, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on, entry 2 aligned", FN64(PSCI_CPU_ON), { 0x001, ENTRY + 2, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 0, 1 },
	{ "on, entry odd", FN64(PSCI_CPU_ON), { 0x001, ENTRY + 1, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 0, 1 },
	{ "on, entry in firmware", FN64(PSCI_CPU_ON), { 0x001, 0, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 0, 1 },
	{ "on, entry past 48 bits", FN64(PSCI_CPU_ON), { 0x001, HIGH | ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 0, 1 },
	{ "on, entry in no memory", FN64(PSCI_CPU_ON), { 0x001, PSCI_ROW_RAM + PSCI_ROW_RAM_SIZE, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 1, 1 },
	{ "on, entry in a device", FN64(PSCI_CPU_ON), { 0x001, 0x09000000, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), TURNS_ON, 1, 1 },
	{ "on, entry at the end of memory", FN64(PSCI_CPU_ON),
	  { 0x001, PSCI_ROW_RAM + PSCI_ROW_RAM_SIZE - 4, 0 }, "1000",
	  TURNS_ON, TURNS_ON, 0, 0 },
	{ "on: MPIDR before entry", FN64(PSCI_CPU_ON), { 0x002, 1, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), DENIED, 0, 0 },
	{ "on: entry before state", FN64(PSCI_CPU_ON), { 0x001, 1, 0 }, "1100",
	  RETURNS(PSCI_INVALID_ADDRESS), DENIED, 0, 0 },

	{ "off", FN32(PSCI_CPU_OFF), { 0, 0, 0 }, "1100", DOES(PSCI_DO_CPU_OFF), DOES(PSCI_DO_CPU_OFF), 0, 0 },
	{ "off has no 64-bit id", FN64(PSCI_CPU_OFF), { 0, 0, 0 }, "1100", NO_SUCH, NO_SUCH, 0, 0 },

	{ "info: on", FN64(PSCI_AFFINITY_INFO), { 0x000, 0, 0 }, "1000", RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: off", FN64(PSCI_AFFINITY_INFO), { 0x001, 0, 0 }, "1000", RETURNS(PSCI_AFFINITY_OFF), NO_SUCH, 0, 0 },
	{ "info: pending", FN64(PSCI_AFFINITY_INFO), { 0x001, 0, 0 }, "1p00",
	  RETURNS(PSCI_AFFINITY_ON_PENDING), NO_SUCH, 0, 0 },
	{ "info, 32-bit", FN32(PSCI_AFFINITY_INFO), { HIGH | 0x100, HIGH, 0 }, "1010",
	  RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: no such CPU", FN64(PSCI_AFFINITY_INFO), { 0x003, 0, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "info: MPIDR bit 31", FN64(PSCI_AFFINITY_INFO), { 0x80000000, 0, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "info: cluster on", FN64(PSCI_AFFINITY_INFO), { 0x100, 1, 0 }, "1001",
	  RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: cluster off", FN64(PSCI_AFFINITY_INFO), { 0x100, 1, 0 }, "1100",
	  RETURNS(PSCI_AFFINITY_OFF), NO_SUCH, 0, 0 },
	{ "info: cluster pending", FN64(PSCI_AFFINITY_INFO), { 0x100, 1, 0 }, "100p",
	  RETURNS(PSCI_AFFINITY_ON_PENDING), NO_SUCH, 0, 0 },
	{ "info: pending outweighs off", FN64(PSCI_AFFINITY_INFO), { 0x100, 1, 0 }, "10p0",
	  RETURNS(PSCI_AFFINITY_ON_PENDING), NO_SUCH, 0, 0 },
	{ "info: on outweighs pending", FN64(PSCI_AFFINITY_INFO), { 0x100, 1, 0 }, "10p1",
	  RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: fields below the level", FN64(PSCI_AFFINITY_INFO), { 0x1ff, 1, 0 }, "1100",
	  RETURNS(PSCI_AFFINITY_OFF), NO_SUCH, 0, 0 },
	{ "info: no such cluster", FN64(PSCI_AFFINITY_INFO), { 0x200, 1, 0 }, "1100",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "info: level 2", FN64(PSCI_AFFINITY_INFO), { 0xffff, 2, 0 }, "1000",
	  RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: level 3", FN64(PSCI_AFFINITY_INFO), { 0xffffff, 3, 0 }, "1000",
	  RETURNS(PSCI_AFFINITY_ON), NO_SUCH, 0, 0 },
	{ "info: level 3 of another", FN64(PSCI_AFFINITY_INFO), { UINT64_C(1) << 32, 3, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "info: level 4", FN64(PSCI_AFFINITY_INFO), { 0x000, 4, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },

	{ "standby", FN64(PSCI_CPU_SUSPEND), { 0, 0, 0 }, "1000", DOES(PSCI_DO_STANDBY), NO_SUCH, 0, 0 },
	{ "standby, 32-bit, with an id", FN32(PSCI_CPU_SUSPEND), { HIGH | 0xffff, 1, 0 }, "1000",
	  DOES(PSCI_DO_STANDBY), NO_SUCH, 0, 0 },
	{ "standby of a cluster", FN64(PSCI_CPU_SUSPEND), { 1 << 24, 0, 0 }, "1000",
	  DOES(PSCI_DO_STANDBY), NO_SUCH, 0, 0 },
	{ "power-down", FN64(PSCI_CPU_SUSPEND), { 1 << 16, ENTRY, CONTEXT }, "1000",
	  DOES(PSCI_DO_SUSPEND), NO_SUCH, 0, 0 },
	{ "power-down, entry odd", FN64(PSCI_CPU_SUSPEND), { 1 << 16, ENTRY + 1, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), NO_SUCH, 0, 0 },
	{ "power-down, entry in firmware", FN64(PSCI_CPU_SUSPEND), { 1 << 16, 0, 0 }, "1000",
	  RETURNS(PSCI_INVALID_ADDRESS), NO_SUCH, 0, 0 },
	{ "suspend, reserved bit 17", FN64(PSCI_CPU_SUSPEND), { 1 << 17, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "suspend, reserved bit 31", FN64(PSCI_CPU_SUSPEND), { UINT64_C(1) << 31 | 1 << 16, ENTRY, 0 }, "1000",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },

	{ "migrate, 32-bit", FN32(PSCI_MIGRATE), { 1, 0, 0 }, "1100", NO_SUCH, NO_SUCH, 0, 0 },
	{ "migrate", FN64(PSCI_MIGRATE), { 1, 0, 0 }, "1100", NO_SUCH, NO_SUCH, 0, 0 },
	{ "no trusted OS", FN32(PSCI_MIGRATE_INFO_TYPE), { 0, 0, 0 }, "1000", RETURNS(2), NO_SUCH, 0, 0 },
	{ "where it is not", FN64(PSCI_MIGRATE_INFO_UP_CPU), { 0, 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },

	{ "board off", FN32(PSCI_SYSTEM_OFF), { 0, 0, 0 }, "1100", DOES(PSCI_DO_SYSTEM_OFF), NO_SUCH, 0, 0 },
	{ "board reset", FN32(PSCI_SYSTEM_RESET), { 0, 0, 0 }, "1100", DOES(PSCI_DO_SYSTEM_RESET), NO_SUCH, 0, 0 },
	{ "warm reset", FN64(PSCI_SYSTEM_RESET2), { 0, 0, 0 }, "1100", DOES(PSCI_DO_SYSTEM_RESET), NO_SUCH, 0, 0 },
	{ "warm reset, 32-bit", FN32(PSCI_SYSTEM_RESET2), { HIGH, 0, 0 }, "1100",
	  DOES(PSCI_DO_SYSTEM_RESET), NO_SUCH, 0, 0 },
	{ "unknown reset", FN64(PSCI_SYSTEM_RESET2), { 1, 0, 0 }, "1100",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },
	{ "vendor's reset", FN64(PSCI_SYSTEM_RESET2), { 0x80000000, 0, 0 }, "1100",
	  RETURNS(PSCI_INVALID_PARAMETERS), NO_SUCH, 0, 0 },

	{ "feature CPU_ON", FN32(PSCI_FEATURES), { FN64(PSCI_CPU_ON), 0, 0 }, "1000", RETURNS(0), NO_SUCH, 0, 0 },
	{ "feature CPU_ON, 32-bit", FN32(PSCI_FEATURES), { FN32(PSCI_CPU_ON), 0, 0 }, "1000",
	  RETURNS(0), NO_SUCH, 0, 0 },
	{ "feature CPU_SUSPEND", FN32(PSCI_FEATURES), { FN64(PSCI_CPU_SUSPEND), 0, 0 }, "1000",
	  RETURNS(0), NO_SUCH, 0, 0 },
	{ "feature SYSTEM_RESET2", FN32(PSCI_FEATURES), { FN64(PSCI_SYSTEM_RESET2), 0, 0 }, "1000",
	  RETURNS(0), NO_SUCH, 0, 0 },
	{ "feature SMCCC_VERSION", FN32(PSCI_FEATURES), { FN32(SMCCC_VERSION), 0, 0 }, "1000",
	  RETURNS(0), NO_SUCH, 0, 0 },
	{ "feature PSCI_FEATURES", FN32(PSCI_FEATURES), { HIGH | FN32(PSCI_FEATURES), 0, 0 }, "1000",
	  RETURNS(0), NO_SUCH, 0, 0 },
	{ "no feature MIGRATE", FN32(PSCI_FEATURES), { FN64(PSCI_MIGRATE), 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },
	{ "no feature 64-bit CPU_OFF", FN32(PSCI_FEATURES), { FN64(PSCI_CPU_OFF), 0, 0 }, "1000",
	  NO_SUCH, NO_SUCH, 0, 0 },
	{ "no feature unknown", FN32(PSCI_FEATURES), { 0, 0, 0 }, "1000", NO_SUCH, NO_SUCH, 0, 0 },
};

const size_t psci_row_count = sizeof(psci_rows) / sizeof(psci_rows[0]);
