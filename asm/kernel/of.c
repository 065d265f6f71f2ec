/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * of.c: properties and nodes of the device tree, found by name.
 */
#include "of.h"
#include "fdt.h"
#include "string.h"

struct device_node *of_root;

const void *of_get_property(const struct device_node *np, const char *name, u32 *len)
{
	struct fdt_property prop;
	u32 off;

	if (!np)
		return NULL;
	for (off = np->props; fdt_next_property(&off, &prop); ) {
		if (strcmp(prop.name, name))
			continue;
		if (len)
			*len = prop.len;
		return prop.value;
	}
	return NULL;
}

int of_property_read_string(const struct device_node *np, const char *name, const char **out)
{
	u32 len;
	const char *text = of_get_property(np, name, &len);

	if (!text)
		return -EINVAL;
	if (strnlen(text, len) == len)
		return -EILSEQ;
	*out = text;
	return 0;
}

int of_property_read_number(const struct device_node *np, const char *name, u32 size, u64 *out)
{
	u32 len;
	const u8 *cell = of_get_property(np, name, &len);

	if (!cell || len < 4 * size)
		return -EINVAL;
	for (*out = 0; size; size--, cell += 4)
		*out = *out << 32 | fdt_cell(cell);
	return 0;
}

int of_property_read_u32(const struct device_node *np, const char *name, u32 *out)
{
	u64 value;

	if (of_property_read_number(np, name, 1, &value))
		return -EINVAL;
	*out = value;
	return 0;
}

u32 of_n_addr_cells(const struct device_node *np)
{
	u32 cells;

	/* The property is not inherited by the rules, but by custom: old trees leave it out. */
	while ((np = np->parent))
		if (!of_property_read_u32(np, "#address-cells", &cells))
			return cells;
	return 1;
}

struct device_node *of_find_node_by_type(struct device_node *from, const char *type)
{
	struct device_node *np = from ? from->next : of_root;
	const char *device_type;

	for (; np; np = np->next)
		if (!of_property_read_string(np, "device_type", &device_type) && !strcmp(device_type, type))
			return np;
	return NULL;
}

struct device_node *of_find_node_by_path(const char *path)
{
	struct device_node *np;

	for (np = of_root; np; np = np->next)
		if (!strcmp(np->full_name, path))
			return np;
	return NULL;
}

/* The place, from 1, that NAME has in the node's list of compatible strings; 0 when it is not there. */
static int of_device_is_compatible(const struct device_node *np, const char *name)
{
	u32 len;
	const char *list = of_get_property(np, "compatible", &len);
	u32 n;
	int place;

	for (place = 1; list && len; place++, list += n, len -= n) {
		n = strnlen(list, len) + 1;
		if (n > len)
			return 0;
		if (!strcmp(list, name))
			return place;
	}
	return 0;
}

/* The entry of MATCHES that NP names earliest: a node lists the most exact name of itself first. */
static const struct of_device_id *of_match_node(const struct of_device_id *matches, const struct device_node *np)
{
	const struct of_device_id *best = NULL;
	int place, best_place = 0;

	for (; matches->compatible; matches++) {
		place = of_device_is_compatible(np, matches->compatible);
		if (place && (!best || place < best_place)) {
			best = matches;
			best_place = place;
		}
	}
	return best;
}

struct device_node *of_find_matching_node_and_match(const struct of_device_id *matches,
						    const struct of_device_id **match)
{
	struct device_node *np;

	for (np = of_root; np; np = np->next)
		if ((*match = of_match_node(matches, np)))
			return np;
	return NULL;
}

bool of_device_is_available(const struct device_node *np)
{
	const char *status;

	if (of_property_read_string(np, "status", &status))
		return true;
	return !strcmp(status, "okay") || !strcmp(status, "ok");
}
