/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/board.h: a machine with the devices that make it a board, owned together.
 *
 * The configuration is plain data; whoever reads device trees fills it in.  All addresses are physical, all interrupts
 * INTIDs of the GIC (BOARD_NO_WIRE: not connected).
 */
#ifndef DEVICE_BOARD_H
#define DEVICE_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "device/gic.h"
#include "device/pl011.h"
#include "device/psci.h"
#include "device/timer.h"
#include "device/virtio_blk.h"
#include "machine/machine.h"

enum {
	BOARD_MEMORY_MAX = 24,
	BOARD_UART_MAX = 4,
	BOARD_REDIST_MAX = 4,
	BOARD_VIRTIO_MAX = 64,
	BOARD_NO_WIRE = -1,
	BOARD_INTID_COUNT = 288,	/* the default, as on QEMU's virt: 256 shared interrupts */
};

enum board_memory_kind {
	BOARD_RAM,
	BOARD_SECURE_RAM,	/* for firmware: a kernel is not told of it, PSCI starts no CPU in it */
	BOARD_ROM,
};

/* SIZE bytes at BASE. */
struct board_area {
	gpa_t base;
	uint64_t size;
};

/* What to build. */
struct board_config {
	unsigned cpu_count;			/* 1 to CPU_MAX */
	uint64_t mpidr[CPU_MAX];		/* affinity fields */
	enum cpu_model model;
	bool lenient;				/* nothing mapped: read zero instead of an external abort */
	bool has_firmware;			/* EL3 software runs: the GIC has its two security states */
	struct board_memory { enum board_memory_kind kind; struct board_area area; } memory[BOARD_MEMORY_MAX];
	unsigned memory_count;
	struct board_uart { gpa_t base; int intid; } uart[BOARD_UART_MAX];	/* PL011s, the console first */
	unsigned uart_count;
	struct {
		unsigned version;		/* 2, 3, or 0: no interrupt controller */
		unsigned intid_count;		/* 0: BOARD_INTID_COUNT */
		struct board_area dist;
		struct board_area cpu;		/* version 2 */
		struct board_area virt[2];	/* version 2: GICH and GICV; size 0 where there is none */
		struct board_area redist[BOARD_REDIST_MAX];	/* version 3 */
		unsigned redist_count;
		uint64_t redist_stride;		/* 0: 128 KiB */
	} gic;
	int timer_intid[TIMER_KIND_COUNT];
	bool has_power_gpio;
	gpa_t power_gpio;			/* PL061 that turns the board off */
	struct board_virtio {			/* virtio-mmio slots */
		struct board_area area;
		int intid;
		const struct virtio_blk_image *drive;	/* NULL: empty; else borrowed for the life of the board */
	} virtio[BOARD_VIRTIO_MAX];
	unsigned virtio_count;
	enum psci_conduit psci;			/* PSCI_CONDUIT_NONE: firmware does it, or nobody */
	struct psci_ids psci_ids;
	int entry_el;				/* without firmware: where kernels start (1 or 2) */
};

struct board;

/* Build what CONFIG says, everything in its reset state, all CPUs off.  NULL with ERR when something does not fit:
 * ranges overlap, redistributors are missing, the host has too little memory. */
struct board *board_new(const struct board_config *config, struct error *err);

/* Free BOARD with its machine; NULL is allowed. */
void board_free(struct board *board);

/* The machine; owned by BOARD. */
struct machine *board_machine(const struct board *board);

/* UART number N, or NULL. */
struct pl011 *board_uart(const struct board *board, unsigned n);

/* The drive in virtio slot N, or NULL. */
const struct virtio_blk *board_drive(const struct board *board, unsigned n);

/* The interrupt controller; its ops are NULL when there is none. */
const struct gic *board_gic(const struct board *board);

/* The generic timers. */
struct timer *board_timer(const struct board *board);

/* The emulator's PSCI, or NULL. */
struct psci *board_psci(const struct board *board);

#endif /* DEVICE_BOARD_H */
