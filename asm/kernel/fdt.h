/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fdt.h: what of.c needs to know of the flattened form of the tree.
 */
#ifndef KERNEL_FDT_H
#define KERNEL_FDT_H

#include "types.h"

struct device_node;

struct fdt_property {
	const char *name;
	const void *value;
	u32 len;
};

/* First node; the others follow by ->next, in the tree's order. */
extern struct device_node *of_root;

/* The big-endian number at P. */
u32 fdt_cell(const void *p);

/* Read the property at offset *OFF of the structure block and move *OFF behind it; false when there is none left. */
bool fdt_next_property(u32 *off, struct fdt_property *prop);

#endif /* KERNEL_FDT_H */
