/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * of.h: questions to the device tree ("open firmware") that was handed over in x0.
 *
 * Numbers in it are big-endian 32-bit cells.  Pointers into the tree stay valid for ever.
 */
#ifndef KERNEL_OF_H
#define KERNEL_OF_H

#include "types.h"

#define MAX_FDT_SIZE	(2 << 20)	/* booting.rst */
#define FDT_HEADER_SIZE	40

struct device_node {
	const char *full_name;		/* path, "/cpus/cpu@1" */
	struct device_node *parent, *next;
	u32 props;			/* offset of its first property in the structure block */
};

/* What a driver matches, and what it wants to be told when it matched. */
struct of_device_id {
	const char *compatible;
	const void *data;
};

/* Size of the tree at FDT from its header, 0 when that is no header of a flattened tree. */
u32 fdt_check_header(const void *fdt);

/* Read the flattened tree at FDT, which fdt_check_header() liked, into a list of nodes. */
void unflatten_device_tree(const void *fdt);

/* Value of property NAME of NP and its length in *LEN (which may be NULL), or NULL. */
const void *of_get_property(const struct device_node *np, const char *name, u32 *len);

/* Set *OUT to the text of property NAME.  -EINVAL: there is none; -EILSEQ: it does not end. */
int of_property_read_string(const struct device_node *np, const char *name, const char **out);

/* Set *OUT to the first cell of property NAME, or return -EINVAL. */
int of_property_read_u32(const struct device_node *np, const char *name, u32 *out);

/* Set *OUT to the number of SIZE cells at the start of property NAME, or return -EINVAL. */
int of_property_read_number(const struct device_node *np, const char *name, u32 size, u64 *out);

/* How many cells an address of NP has: its parent's #address-cells. */
u32 of_n_addr_cells(const struct device_node *np);

/* The next node behind FROM (NULL: the first) whose device_type is TYPE, or NULL. */
struct device_node *of_find_node_by_type(struct device_node *from, const char *type);

/* The node at PATH, or NULL. */
struct device_node *of_find_node_by_path(const char *path);

/* The first node that is compatible with an entry of MATCHES, whose end is an entry without a name; *MATCH is the entry
 * it names earliest.  NULL when there is none. */
struct device_node *of_find_matching_node_and_match(const struct of_device_id *matches,
						    const struct of_device_id **match);

/* False when the node's status says that it must not be used. */
bool of_device_is_available(const struct device_node *np);

#endif /* KERNEL_OF_H */
