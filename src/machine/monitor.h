/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/monitor.h: the exclusive monitors (Arm ARM B2.9).
 *
 * Private to the machine library.  One entry a CPU serves as its local and its global monitor.  Reservations are on
 * physical addresses; a granule is MONITOR_GRANULE bytes, as CTR_EL0.ERG says.
 */
#ifndef MACHINE_MONITOR_H
#define MACHINE_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/cpu.h"
#include "machine/types.h"

enum {
	MONITOR_GRANULE = 64,		/* bytes */
	MONITOR_ERG = 4,		/* the same as log2 of 4-byte words, for CTR_EL0.ERG */
	MONITOR_NO_CPU = CPU_MAX,	/* a device stores: no entry is its own */
};

struct monitor {
	struct reservation entry[CPU_MAX];
	uint64_t lost;			/* bit n: CPU n had a reservation that another CPU took away */
	uint64_t holders;		/* bit n: entry[n].valid */
};

/* CPU loads exclusively SIZE bytes at ADDR: its entry becomes exclusive for that granule. */
void monitor_load(struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size);

/* May a store-exclusive of SIZE bytes at ADDR by CPU succeed?  It must match the last load-exclusive exactly. */
bool monitor_allows(const struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size);

/* CPU's entry becomes open by its own doing (CLREX, store-exclusive, exception return). */
void monitor_clear(struct monitor *monitor, unsigned cpu);

/* CPU, or MONITOR_NO_CPU, stored SIZE bytes at ADDR: open the entries of all other CPUs whose granule they touch.
 * Returns those CPUs. */
uint64_t monitor_store(struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size);

#endif /* MACHINE_MONITOR_H */
