/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/tree.h: small device trees, made in memory, for tests to break.
 */
#ifndef UNIT_TREE_H
#define UNIT_TREE_H

#include <stdint.h>

#include "service/dtb.h"

/* An empty tree, root node alone. */
struct dtb *tree_empty(void);

/* A board like QEMU's virt with COUNT CPUs whose MPIDRs are at MPIDR, and METHOD as their enable-method: 128 MiB of
 * RAM at 0x40000000, PL011, GICv2, timer, and PSCI by smc, or for "spin-table" release addresses from 0x4000f000 on
 * in a reserved page.  Every cpu node has a phandle, 0x10 and up. */
struct dtb *tree_board(const uint64_t *mpidr, unsigned int count, const char *method);

/* The same with 0, 1, 2, ... for MPIDRs and "psci". */
struct dtb *tree_psci(unsigned int count);

/* A node NAME below the node at PARENT, which must exist. */
int tree_add(struct dtb *dtb, const char *parent, const char *name);

/* Set the property NAME of the node at PATH to COUNT cells. */
void tree_cells(struct dtb *dtb, const char *path, const char *name, const uint32_t *cells, unsigned int count);

/* The same with the cells listed. */
#define TREE_CELLS(dtb, path, name, ...) \
	tree_cells(dtb, path, name, (const uint32_t[]){ __VA_ARGS__ }, \
		   sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* Set the property NAME of the node at PATH to the string VALUE. */
void tree_string(struct dtb *dtb, const char *path, const char *name, const char *value);

/* Remove the property NAME of the node at PATH. */
void tree_remove(struct dtb *dtb, const char *path, const char *name);

/* Remove the node at PATH. */
void tree_remove_node(struct dtb *dtb, const char *path);

/* DTB with BASE and SIZE in its memory reservation block; DTB is freed. */
struct dtb *tree_reserve(struct dtb *dtb, uint64_t base, uint64_t size);

/* DTB with CPUID in its header as the boot CPU; DTB is freed. */
struct dtb *tree_boot_cpu(struct dtb *dtb, uint32_t cpuid);

#endif /* UNIT_TREE_H */
