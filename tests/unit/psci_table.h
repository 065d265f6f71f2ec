/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/psci_table.h: each PSCI call, its arguments and what must come of it: one table for the emulator's own PSCI and
 * for the firmware (builtin and classic).
 *
 * The board has PSCI_ROW_CPUS CPUs in two clusters (psci_row_mpidr), memory from PSCI_ROW_RAM on, nothing but firmware
 * below it.  CPU 0 calls.
 */
#ifndef UNIT_PSCI_TABLE_H
#define UNIT_PSCI_TABLE_H

#include <stddef.h>

#include "device/psci_decide.h"

enum { PSCI_ROW_CPUS = 4 };

#define PSCI_ROW_RAM		UINT64_C(0x40000000)
#define PSCI_ROW_RAM_SIZE	UINT64_C(0x08000000)
#define PSCI_ROW_ENTRY		UINT64_C(0x40080000)
#define PSCI_ROW_CONTEXT	UINT64_C(0x1122334455667788)

/* Affinity fields of the CPUs. */
extern const uint64_t psci_row_mpidr[PSCI_ROW_CPUS];

/* What a call does. */
struct psci_outcome {
	enum psci_action action;
	int64_t value;		/* in x0, when the call returns; a 32-bit one is to be compared in w0 */
};

struct psci_row {
	const char *what;	/* what the row proves */
	uint32_t id;
	uint64_t arg[3];
	const char *power;	/* a letter a CPU before the call: 1 on, 0 off, p turned on by a call and not yet run */
	struct psci_outcome full;	/* the emulator, -f builtin */
	struct psci_outcome classic;	/* -f builtin:classic */
	bool emulator_only;	/* needs the memory map, which the firmware does not know */
	bool not_classic;	/* classic would do it, and the CPU then runs into nothing */
};

extern const struct psci_row psci_rows[];
extern const size_t psci_row_count;

#endif /* UNIT_PSCI_TABLE_H */
