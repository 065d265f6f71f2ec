/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_devices.h: the nodes with registers and interrupts, and which of them nothing here implements.
 */
#ifndef SERVICE_BOARD_DEVICES_H
#define SERVICE_BOARD_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "service/board_desc.h"
#include "service/dtb.h"

/* The interrupt controller as other nodes refer to it. */
struct board_interrupts {
	uint32_t phandle;		/* 0: none was found */
	uint32_t cells;			/* #interrupt-cells */
};

/* Fill BOARD's PSCI, GIC, timer, devices and ignored nodes from DTB; board->stdout_path must have been read. */
void board_devices_read(const struct dtb *dtb, struct board_desc *board);

/* Find the GIC of DTB, the first node that is compatible with one; false when there is none. */
bool board_devices_find_gic(const struct dtb *dtb, struct dtb_walk *walk, int *version);

/* How interrupts are written for the GIC at NODE. */
struct board_interrupts board_devices_interrupts(const struct dtb *dtb, int node);

/* Is the interrupt parent of WALK's node the controller GIC? */
bool board_devices_has_gic_parent(const struct dtb *dtb, const struct dtb_walk *walk,
				  const struct board_interrupts *gic);

/* A cell count such as "#address-cells" for the children of WALK's node at depth DEPTH: of the nearest ancestor that
 * says, FALLBACK when none does. */
uint32_t board_devices_cells(const struct dtb *dtb, const struct dtb_walk *walk, int depth, const char *name,
			     uint32_t fallback);

/* Entry INDEX of the "reg" of WALK's node as the CPU sees it, through the "ranges" of all buses above it.  False when
 * it is missing, malformed, or not reachable by a CPU. */
bool board_devices_reg(const struct dtb *dtb, const struct dtb_walk *walk, size_t index, struct board_range *out);

/* Is WALK's node there for a non-secure kernel ("status" missing or okay)? */
bool board_devices_is_available(const struct dtb *dtb, int node);

/* Is NODE there for the secure world alone: disabled, with "secure-status" okay? */
bool board_devices_is_secure_only(const struct dtb *dtb, int node);

#endif /* SERVICE_BOARD_DEVICES_H */
