/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci_decide.h: what a PSCI 1.1 call shall do (Arm DEN0022D 5), decided on plain data.
 *
 * Judgements where the specification leaves room, so that the firmware can be held to the same table:
 * - CPU_ON looks at the MPIDR, then at the entry point, then at the target's state.
 * - A CPU that was turned on is ON_PENDING until it has run its first instruction.  The caller itself is ALREADY_ON.
 * - AFFINITY_INFO takes levels 0 to 3 and ignores the affinity fields below the level.
 * - CPU_SUSPEND takes the original format of power_state, any level and StateID; reserved bits are INVALID_PARAMETERS.
 * - SYSTEM_RESET2 knows the warm reset alone; every other type is INVALID_PARAMETERS.
 */
#ifndef DEVICE_PSCI_DECIDE_H
#define DEVICE_PSCI_DECIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "device/psci_name.h"
#include "machine/types.h"

/* Where a CPU is between off and on.  A suspended one counts as on. */
enum psci_power { PSCI_POWER_OFF, PSCI_POWER_ON, PSCI_POWER_ON_PENDING };

/* Addresses at which a CPU may start. */
struct psci_range {
	gpa_t base;
	uint64_t size;
};

/* What a decision depends on. */
struct psci_view {
	unsigned cpu_count;
	unsigned caller;
	uint64_t mpidr[CPU_MAX];	/* affinity fields */
	enum psci_power power[CPU_MAX];
	const struct psci_range *memory;
	unsigned memory_count;
};

/* A call: x0 to x3. */
struct psci_call {
	uint32_t id;
	uint64_t arg[3];
};

enum psci_action {
	PSCI_DO_NOTHING,		/* return value */
	PSCI_DO_CPU_ON,			/* start target at entry with context; return value */
	PSCI_DO_CPU_OFF,		/* the caller stops; no return */
	PSCI_DO_STANDBY,		/* the caller sleeps as by WFI; return value when it wakes */
	PSCI_DO_SUSPEND,		/* the caller sleeps and wakes at entry with context; no return */
	PSCI_DO_SYSTEM_OFF,		/* no return */
	PSCI_DO_SYSTEM_RESET,		/* no return */
};

struct psci_verdict {
	enum psci_action action;
	int64_t value;			/* x0 on return: a 32-bit result is sign-extended */
	unsigned target;		/* logical number */
	gpa_t entry;
	uint64_t context;
};

/* Decide CALL; an id that is not implemented is NOT_SUPPORTED. */
struct psci_verdict psci_decide(const struct psci_view *view, const struct psci_call *call);

#endif /* DEVICE_PSCI_DECIDE_H */
