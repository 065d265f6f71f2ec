/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_edit.h: rewriting a device tree for another count of CPUs, another size of memory, another command
 * line.
 *
 * The rules for CPUs: existing ones stay, in their order, and the last ones go first when there are too many.  A new
 * CPU is a copy of the last one and continues its cluster: its Aff0 counts on until the cluster has 8 CPUs (16 with a
 * GICv3), as QEMU's virt board does, for GICv2 has eight targets and a GICv3 SGI list sixteen; then the next cluster
 * opens.  Where all CPUs have Aff0 = 0 and differ in Aff1, as on cores with a thread level, everything is one
 * affinity level higher.  So of two clusters of unlike size the last one grows.
 */
#ifndef SERVICE_BOARD_EDIT_H
#define SERVICE_BOARD_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"
#include "service/dtb.h"

/* Rewrite the CPUs of DTB so that there are COUNT (1 to 64): cpu nodes, /cpus/cpu-map, release addresses (and what
 * reserves them), and the CPU masks of a GICv2's private interrupts.  False, with ERR set, when COUNT is out of range
 * or the tree has no sound cpu node to continue from; DTB may then be half rewritten. */
bool board_edit_set_cpus(struct dtb *dtb, unsigned int count, struct error *err);

/* Make the first memory node one range of SIZE bytes from where it starts; other memory nodes stay.  False when there
 * is none, or SIZE is 0, not a multiple of 4 KiB, or does not fit the cells of the tree. */
bool board_edit_set_memory(struct dtb *dtb, uint64_t size, struct error *err);

/* Set /chosen/bootargs to TEXT; /chosen is made when it is missing. */
bool board_edit_set_bootargs(struct dtb *dtb, const char *text, struct error *err);

/* Name the initial RAM disk from START up to END (exclusive) in /chosen. */
bool board_edit_set_initrd(struct dtb *dtb, gpa_t start, gpa_t end, struct error *err);

#endif /* SERVICE_BOARD_EDIT_H */
