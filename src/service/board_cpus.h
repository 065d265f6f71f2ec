/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_cpus.h: the cpu nodes, as Linux reads and numbers them.
 */
#ifndef SERVICE_BOARD_CPUS_H
#define SERVICE_BOARD_CPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "service/board_desc.h"
#include "service/dtb.h"

/* Fill BOARD's CPUs, boot CPU, logical numbers and problems from DTB; board->psci must have been read.  BOOT_MPIDR as
 * in board_desc_new(). */
void board_cpus_read(const struct dtb *dtb, const uint64_t *boot_mpidr, struct board_desc *board);

/* The first cpu node below /cpus (NODE is DTB_NONE), or the one after NODE: named "cpu" or of device_type "cpu", and
 * not failed (of_get_next_cpu_node() in Linux drivers/of/base.c).  DTB_NONE after the last. */
int board_cpus_next_node(const struct dtb *dtb, int node);

/* The "reg" of the cpu node NODE as a number; false when it is missing or shorter than #address-cells says. */
bool board_cpus_reg(const struct dtb *dtb, int node, uint64_t *out);

#endif /* SERVICE_BOARD_CPUS_H */
