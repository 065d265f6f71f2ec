/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/psci.h: the emulator's own PSCI, at the conduit of a machine without firmware.
 *
 * It takes every SMC or HVC at the conduit, decides it (device/psci_decide.h) and does it to the machine.  Registers
 * but x0 are preserved.  Calls by PSCI 0.1 ids, which the tree chooses, mean their 64-bit counterparts.
 */
#ifndef DEVICE_PSCI_H
#define DEVICE_PSCI_H

#include <stdbool.h>
#include <stdint.h>

#include "device/psci_decide.h"
#include "machine/device.h"
#include "machine/machine.h"

enum psci_conduit { PSCI_CONDUIT_NONE, PSCI_CONDUIT_SMC, PSCI_CONDUIT_HVC };

/* Function ids of a PSCI 0.1 tree; 0: not given. */
struct psci_ids {
	uint32_t cpu_suspend, cpu_off, cpu_on, migrate;
};

enum { PSCI_MEMORY_MAX = 24 };

/* What it is made with. */
struct psci_config {
	enum psci_conduit conduit;
	int entry_el;			/* level at which the board enters kernels, and so each CPU turned on */
	struct psci_ids ids;
	struct psci_range memory[PSCI_MEMORY_MAX];	/* where entry points may be */
	unsigned memory_count;
	/* CPU is about to be started: reset what is inside it but not the machine's (timers, GICv3's interface). */
	void (*reset_cpu)(void *ctx, unsigned cpu);
	void *reset_ctx;
};

struct psci;

/* For machine_add_device() with size 0: its state is saved with the machine. */
extern const struct device_ops psci_device_ops;

/* PSCI for MACHINE (borrowed), registered as its call handler.  CONFIG is copied. */
struct psci *psci_new(struct machine *machine, const struct psci_config *config);

/* Free it; NULL is allowed. */
void psci_free(struct psci *psci);

/* Power state of CPU as PSCI sees it. */
enum psci_power psci_power(const struct psci *psci, unsigned cpu);

/* Is CPU asleep in a power-down state of CPU_SUSPEND? */
bool psci_is_suspended(const struct psci *psci, unsigned cpu);

#endif /* DEVICE_PSCI_H */
