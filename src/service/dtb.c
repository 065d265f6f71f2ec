/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/dtb.c: the one door to libfdt.
 *
 * The blob sits in a buffer with slack at its end, which grows when an edit runs out of it.  libfdt puts a new node
 * before its siblings; here it goes behind them, for the order of cpu nodes is the order in which a kernel numbers
 * them.
 */
#include "service/dtb.h"

#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "service/file.h"

enum {
	SLACK = 4096,			/* room for edits, added whenever there is none left */
	FILE_MAX = 64 << 20,		/* a file longer than this is not worth reading to say that it is no tree */
};

struct dtb {
	void *blob;
	char *name;
};

/* A property as libfdt hands it out. */
struct prop {
	const char *name;
	const void *data;
	int len;
};

/* Is the nesting of nodes within DTB_DEPTH_MAX? */
static bool is_shallow(const void *blob)
{
	int depth = 0;

	for (int node = 0; node >= 0; node = fdt_next_node(blob, node, &depth))
		if (depth > DTB_DEPTH_MAX)
			return false;
	return true;
}

/* Are all properties of NODE at least 0 bytes long?  The check of libfdt 1.6.1 lets -1 to -11 pass, for it counts the
 * property's header too. */
static bool has_sound_props(const void *blob, int node)
{
	int prop, len;

	fdt_for_each_property_offset(prop, blob, node)
		if (!fdt_get_property_by_offset(blob, prop, &len) || len < 0)
			return false;
	return true;
}

/* Is the length of every property sound? */
static bool has_sound_lengths(const void *blob)
{
	for (int node = 0; node >= 0; node = fdt_next_node(blob, node, NULL))
		if (!has_sound_props(blob, node))
			return false;
	return true;
}

static bool check_blob(const void *data, size_t size, const char *name, struct error *err)
{
	uint32_t total;

	if (size < sizeof(struct fdt_header))
		return error_set(err, "%s: %zu bytes, too short for the header of a device tree (%zu)", name, size,
				 sizeof(struct fdt_header));
	if (fdt_magic(data) != FDT_MAGIC)
		return error_set(err, "%s: not a device tree: it starts with 0x%08x, where 0x%08x would be right", name,
				 (unsigned int)fdt_magic(data), FDT_MAGIC);
	/* The check of libfdt 1.6.1 follows a null pointer in a root node named as before version 16. */
	if (fdt_version(data) < 16)
		return error_set(err, "%s: device tree version %u is too old: 16 or 17 would be right", name,
				 (unsigned int)fdt_version(data));
	total = fdt_totalsize(data);
	if (total > size)
		return error_set(err, "%s: cut short: the header says %u bytes, the file has %zu", name, total, size);
	if (total > DTB_SIZE_MAX)
		return error_set(err, "%s: %u bytes, and Linux takes no tree above %d", name, total, DTB_SIZE_MAX);
	return true;
}

/* Check the structure inside the blob; the header has been looked at. */
static bool check_structure(const void *blob, const char *name, struct error *err)
{
	int bad = fdt_check_full(blob, fdt_totalsize(blob));

	if (bad < 0)
		return error_set(err, "%s: not a sound device tree: %s", name, fdt_strerror(bad));
	if (!fdt_get_name(blob, DTB_ROOT, NULL))
		return error_set(err, "%s: not a sound device tree: no root node", name);
	if (!has_sound_lengths(blob))
		return error_set(err, "%s: not a sound device tree: a property of negative length", name);
	if (!is_shallow(blob))
		return error_set(err, "%s: nodes are nested deeper than %d", name, DTB_DEPTH_MAX);
	return true;
}

struct dtb *dtb_from_memory(const void *data, size_t size, const char *name, struct error *err)
{
	struct dtb *dtb;
	size_t total;
	void *copy;
	int bad;

	/* libfdt reads the header in place and wants the blob 8-byte aligned. */
	copy = xmemdup(data, size);
	if (!check_blob(copy, size, name, err) || !check_structure(copy, name, err)) {
		free(copy);
		return NULL;
	}
	total = fdt_totalsize(copy) + SLACK;
	dtb = xzalloc(sizeof(*dtb));
	dtb->name = xstrdup(name);
	dtb->blob = xzalloc(total);
	bad = fdt_open_into(copy, dtb->blob, total);
	free(copy);
	if (bad < 0) {
		dtb_free(dtb);
		return error_null(err, "%s: not a sound device tree: %s", name, fdt_strerror(bad));
	}
	return dtb;
}

struct dtb *dtb_load(const char *path, struct error *err)
{
	struct bytes bytes;
	struct dtb *dtb;

	if (!file_read(path, FILE_MAX, &bytes, err))
		return NULL;
	dtb = dtb_from_memory(bytes.data, bytes.size, path, err);
	bytes_free(&bytes);
	return dtb;
}

void dtb_free(struct dtb *dtb)
{
	if (!dtb)
		return;
	free(dtb->blob);
	free(dtb->name);
	free(dtb);
}

const void *dtb_blob(struct dtb *dtb, size_t *size)
{
	/* Packing only moves blocks together and sets totalsize; the slack stays ours and grow() takes it back. */
	fdt_pack(dtb->blob);
	*size = fdt_totalsize(dtb->blob);
	return dtb->blob;
}

const char *dtb_name(const struct dtb *dtb)
{
	return dtb->name;
}

uint32_t dtb_boot_cpuid(const struct dtb *dtb)
{
	return fdt_boot_cpuid_phys(dtb->blob);
}

static int or_none(int node)
{
	return node < 0 ? DTB_NONE : node;
}

int dtb_first_child(const struct dtb *dtb, int node)
{
	return or_none(fdt_first_subnode(dtb->blob, node));
}

int dtb_next_sibling(const struct dtb *dtb, int node)
{
	return or_none(fdt_next_subnode(dtb->blob, node));
}

int dtb_find_path(const struct dtb *dtb, const char *path)
{
	return or_none(fdt_path_offset(dtb->blob, path));
}

int dtb_find_phandle(const struct dtb *dtb, uint32_t phandle)
{
	return or_none(fdt_node_offset_by_phandle(dtb->blob, phandle));
}

int dtb_parent(const struct dtb *dtb, int node)
{
	return or_none(fdt_parent_offset(dtb->blob, node));
}

uint32_t dtb_phandle(const struct dtb *dtb, int node)
{
	return fdt_get_phandle(dtb->blob, node);
}

const char *dtb_node_name(const struct dtb *dtb, int node)
{
	const char *name = fdt_get_name(dtb->blob, node, NULL);

	return name ? name : "";
}

bool dtb_node_is_named(const struct dtb *dtb, int node, const char *name)
{
	const char *full = dtb_node_name(dtb, node);
	size_t len = strlen(name);

	return strncmp(full, name, len) == 0 && (full[len] == '\0' || full[len] == '@');
}

struct dtb_walk dtb_walk_start(void)
{
	return (struct dtb_walk){ .depth = -1 };
}

bool dtb_walk_next(const struct dtb *dtb, struct dtb_walk *walk)
{
	int node;

	if (walk->depth < 0) {
		walk->depth = 0;
		walk->node[0] = DTB_ROOT;
		return true;
	}
	node = fdt_next_node(dtb->blob, walk->node[walk->depth], &walk->depth);
	if (node < 0 || walk->depth < 0 || walk->depth > DTB_DEPTH_MAX)
		return false;
	walk->node[walk->depth] = node;
	return true;
}

bool dtb_walk_skip(const struct dtb *dtb, struct dtb_walk *walk)
{
	int depth = walk->depth;

	while (dtb_walk_next(dtb, walk))
		if (walk->depth <= depth)
			return true;
	return false;
}

void dtb_walk_path(const struct dtb *dtb, const struct dtb_walk *walk, struct strbuf *out)
{
	if (walk->depth == 0)
		strbuf_putc(out, '/');
	for (int i = 1; i <= walk->depth; i++)
		strbuf_printf(out, "/%s", dtb_node_name(dtb, walk->node[i]));
}

const uint8_t *dtb_prop(const struct dtb *dtb, int node, const char *name, size_t *len)
{
	int n = 0;
	const void *data = fdt_getprop(dtb->blob, node, name, &n);

	*len = data ? n : 0;
	return data;
}

const uint8_t *dtb_prop_at(const struct dtb *dtb, int node, size_t index, const char **name, size_t *len)
{
	int offset = fdt_first_property_offset(dtb->blob, node);
	const void *data;
	int n = 0;

	while (offset >= 0 && index--)
		offset = fdt_next_property_offset(dtb->blob, offset);
	data = offset >= 0 ? fdt_getprop_by_offset(dtb->blob, offset, name, &n) : NULL;
	*len = data ? (size_t)n : 0;
	return data;
}

bool dtb_has_prop(const struct dtb *dtb, int node, const char *name)
{
	return fdt_getprop(dtb->blob, node, name, NULL) != NULL;
}

bool dtb_prop_u32(const struct dtb *dtb, int node, const char *name, uint32_t *out)
{
	size_t len;
	const uint8_t *data = dtb_prop(dtb, node, name, &len);

	if (!data || len != 4)
		return false;
	*out = dtb_read_cells(data, 1);
	return true;
}

bool dtb_prop_number(const struct dtb *dtb, int node, const char *name, uint64_t *out)
{
	size_t len;
	const uint8_t *data = dtb_prop(dtb, node, name, &len);

	if (!data || (len != 4 && len != 8))
		return false;
	*out = dtb_read_cells(data, len / 4);
	return true;
}

const char *dtb_prop_string(const struct dtb *dtb, int node, const char *name)
{
	return dtb_prop_string_at(dtb, node, name, 0);
}

const char *dtb_prop_string_at(const struct dtb *dtb, int node, const char *name, size_t index)
{
	size_t len;
	const char *text = (const char *)dtb_prop(dtb, node, name, &len);

	if (!text || len == 0 || text[len - 1] != '\0')
		return NULL;
	for (const char *end = text + len; text < end; text += strlen(text) + 1)
		if (index-- == 0)
			return text;
	return NULL;
}

bool dtb_is_compatible(const struct dtb *dtb, int node, const char *compatible)
{
	return fdt_node_check_compatible(dtb->blob, node, compatible) == 0;
}

uint64_t dtb_read_cells(const uint8_t *data, unsigned int cells)
{
	uint64_t value = 0;

	for (unsigned int i = 0; i < cells * 4; i++)
		value = value << 8 | data[i];
	return value;
}

void dtb_write_cells(uint8_t *data, unsigned int cells, uint64_t value)
{
	for (unsigned int i = cells * 4; i-- > 0; value >>= 8)
		data[i] = value & 0xff;
}

size_t dtb_reserve_count(const struct dtb *dtb)
{
	int count = fdt_num_mem_rsv(dtb->blob);

	return count < 0 ? 0 : count;
}

bool dtb_reserve_get(const struct dtb *dtb, size_t index, uint64_t *base, uint64_t *size)
{
	return index < dtb_reserve_count(dtb) && fdt_get_mem_rsv(dtb->blob, index, base, size) == 0;
}

/* Make more room in the buffer. */
static void grow(struct dtb *dtb, size_t room)
{
	size_t size = fdt_totalsize(dtb->blob) + room + SLACK;

	dtb->blob = xreallocarray(dtb->blob, size, 1);
	/* The bytes behind the old end have never been read and need no clearing: libfdt writes what it adds. */
	fdt_set_totalsize(dtb->blob, size);
}

static bool edit_ok(const struct dtb *dtb, int result, const char *what, struct error *err)
{
	if (result >= 0)
		return true;
	return error_set(err, "%s: cannot rewrite %s: %s", dtb->name, what, fdt_strerror(result));
}

bool dtb_reserve_set(struct dtb *dtb, size_t index, uint64_t base, uint64_t size, struct error *err)
{
	int result;

	result = fdt_del_mem_rsv(dtb->blob, index);
	if (result == 0) {
		grow(dtb, sizeof(struct fdt_reserve_entry));
		result = fdt_add_mem_rsv(dtb->blob, base, size);
	}
	return edit_ok(dtb, result, "the memory reservations", err);
}

bool dtb_set_prop(struct dtb *dtb, int node, const char *name, const void *data, size_t len, struct error *err)
{
	int result = fdt_setprop(dtb->blob, node, name, data, len);

	if (result == -FDT_ERR_NOSPACE) {
		grow(dtb, len + strlen(name));
		result = fdt_setprop(dtb->blob, node, name, data, len);
	}
	return edit_ok(dtb, result, name, err);
}

bool dtb_set_u32(struct dtb *dtb, int node, const char *name, uint32_t value, struct error *err)
{
	uint8_t cells[4];

	dtb_write_cells(cells, 1, value);
	return dtb_set_prop(dtb, node, name, cells, sizeof(cells), err);
}

bool dtb_set_u64(struct dtb *dtb, int node, const char *name, uint64_t value, struct error *err)
{
	uint8_t cells[8];

	dtb_write_cells(cells, 2, value);
	return dtb_set_prop(dtb, node, name, cells, sizeof(cells), err);
}

bool dtb_set_string(struct dtb *dtb, int node, const char *name, const char *value, struct error *err)
{
	return dtb_set_prop(dtb, node, name, value, strlen(value) + 1, err);
}

/* The offset of the token that ends NODE, or a libfdt error. */
static int end_of_node(const void *blob, int node)
{
	int depth = 0, next = node;

	for (;;) {
		int at = next;
		uint32_t tag = fdt_next_tag(blob, at, &next);

		if (tag == FDT_BEGIN_NODE)
			depth++;
		else if (tag == FDT_END_NODE && --depth == 0)
			return at;
		else if (tag == FDT_END)
			return next < 0 ? next : -FDT_ERR_BADSTRUCTURE;
	}
}

/* Move the LEN bytes of the structure block at FROM behind the bytes up to END; tokens hold no offsets, so this is
 * safe. */
static void move_to_end(void *blob, int from, int len, int end)
{
	char *at = (char *)blob + fdt_off_dt_struct(blob) + from;
	void *kept = xmemdup(at, len);

	memmove(at, at + len, end - from - len);
	memcpy(at + (end - from - len), kept, len);
	free(kept);
}

int dtb_add_node(struct dtb *dtb, int parent, const char *name, struct error *err)
{
	int node = fdt_add_subnode(dtb->blob, parent, name);
	int len, end;

	if (node == -FDT_ERR_NOSPACE) {
		grow(dtb, strlen(name));
		node = fdt_add_subnode(dtb->blob, parent, name);
	}
	if (!edit_ok(dtb, node, name, err))
		return DTB_NONE;
	len = end_of_node(dtb->blob, node) + FDT_TAGSIZE - node;
	end = end_of_node(dtb->blob, parent);
	move_to_end(dtb->blob, node, len, end);
	return end - len;
}

/* Property number INDEX of NODE; false when there are fewer. */
static bool get_prop(const void *blob, int node, int index, struct prop *prop)
{
	int at;

	fdt_for_each_property_offset(at, blob, node)
		if (index-- == 0) {
			prop->data = fdt_getprop_by_offset(blob, at, &prop->name, &prop->len);
			return prop->data != NULL;
		}
	return false;
}

bool dtb_copy_props(struct dtb *dtb, int from, int node, struct error *err)
{
	struct prop prop;
	int count = 0;

	while (get_prop(dtb->blob, from, count, &prop))
		count++;
	/* libfdt puts a new property before the others, so copy the last one first. */
	while (count-- > 0) {
		char *name, *data;
		bool ok;

		if (!get_prop(dtb->blob, from, count, &prop))
			return error_set(err, "%s: cannot copy the properties of %s", dtb->name,
					 dtb_node_name(dtb, from));
		name = xstrdup(prop.name);
		data = xmemdup(prop.data, prop.len);
		ok = dtb_set_prop(dtb, node, name, data, prop.len, err);
		free(name);
		free(data);
		if (!ok)
			return false;
	}
	return true;
}

bool dtb_delete_node(struct dtb *dtb, int node, struct error *err)
{
	return edit_ok(dtb, fdt_del_node(dtb->blob, node), "a node", err);
}

bool dtb_delete_prop(struct dtb *dtb, int node, const char *name, struct error *err)
{
	int result = fdt_delprop(dtb->blob, node, name);

	return result == -FDT_ERR_NOTFOUND || edit_ok(dtb, result, name, err);
}

uint32_t dtb_new_phandle(const struct dtb *dtb, struct error *err)
{
	uint32_t phandle = 0;

	if (!edit_ok(dtb, fdt_generate_phandle(dtb->blob, &phandle), "the phandles", err))
		return 0;
	return phandle;
}
