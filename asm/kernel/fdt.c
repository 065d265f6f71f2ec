/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fdt.c: the flattened device tree, as bytes.
 *
 * A header, a block of strings, and a structure block: a sequence of tokens that open a node, give a property, close a
 * node.  It comes from outside and is believed in nothing: every read is checked against the block it must lie in, and
 * a token cut short reads as the end of the tree.
 */
#include "fdt.h"
#include "memblock.h"
#include "of.h"
#include "string.h"

#define FDT_MAGIC	0xd00dfeed
#define FDT_VERSION	17

#define FDT_BEGIN_NODE	1	/* name, NUL, padding */
#define FDT_END_NODE	2
#define FDT_PROP	3	/* length, offset of the name in the strings block, value, padding */
#define FDT_NOP		4
#define FDT_END		9

/* The fields of the header, in order. */
enum { MAGIC, TOTALSIZE, OFF_STRUCT, OFF_STRINGS, OFF_RSVMAP, VERSION, LAST_COMP, BOOT_CPU, SIZE_STRINGS, SIZE_STRUCT };

static const char *structs, *strings;
static u32 structs_size, strings_size;

u32 fdt_cell(const void *p)
{
	const u8 *b = p;

	return (u32)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

static u32 header_field(const void *fdt, int field)
{
	return fdt_cell((const u8 *)fdt + 4 * field);
}

/* Do SIZE bytes from OFF lie inside the tree, behind its header? */
static bool block_ok(const void *fdt, u32 off, u32 size)
{
	u32 total = header_field(fdt, TOTALSIZE);

	return off >= FDT_HEADER_SIZE && off <= total && size <= total - off;
}

u32 fdt_check_header(const void *fdt)
{
	u32 total = header_field(fdt, TOTALSIZE);

	if (header_field(fdt, MAGIC) != FDT_MAGIC || total > MAX_FDT_SIZE)
		return 0;
	if (header_field(fdt, VERSION) < FDT_VERSION || header_field(fdt, LAST_COMP) > FDT_VERSION)
		return 0;
	if (!block_ok(fdt, header_field(fdt, OFF_STRUCT), header_field(fdt, SIZE_STRUCT)) ||
	    !block_ok(fdt, header_field(fdt, OFF_STRINGS), header_field(fdt, SIZE_STRINGS)))
		return 0;
	return total;
}

/* Are there SIZE bytes at offset OFF of the structure block? */
static bool struct_has(u32 off, u32 size)
{
	return off <= structs_size && size <= structs_size - off;
}

static u32 struct_cell(u32 off)
{
	return struct_has(off, 4) ? fdt_cell(structs + off) : FDT_END;
}

/* The offset behind the token at OFF, or the end of the block when that token is cut short. */
static u32 fdt_token_end(u32 off, u32 token)
{
	u32 len;

	off += 4;
	if (token == FDT_BEGIN_NODE) {
		len = strnlen(structs + off, structs_size - off);
		if (!struct_has(off, len + 1))
			return structs_size;
		return off + ALIGN_UP(len + 1, 4);
	}
	if (token != FDT_PROP)
		return off;
	len = struct_cell(off);
	if (!struct_has(off, 8) || !struct_has(off + 8, len))
		return structs_size;
	return off + 8 + ALIGN_UP(len, 4);
}

bool fdt_next_property(u32 *off, struct fdt_property *prop)
{
	u32 end, name;

	while (struct_cell(*off) == FDT_NOP)
		*off += 4;
	if (struct_cell(*off) != FDT_PROP)
		return false;
	end = fdt_token_end(*off, FDT_PROP);
	name = struct_cell(*off + 8);
	if (end == structs_size || name >= strings_size ||
	    strnlen(strings + name, strings_size - name) == strings_size - name)
		return false;
	prop->name = strings + name;
	prop->value = structs + *off + 12;
	prop->len = struct_cell(*off + 4);
	*off = end;
	return true;
}

/* Make the node whose opening token is at OFF; its full name is its parent's, a slash, and its own. */
static struct device_node *unflatten_node(u32 off, struct device_node *parent)
{
	const char *name = structs + off + 4;
	const char *above = parent && parent->parent ? parent->full_name : "";
	size_t size = strlen(above) + strlen(name) + 2;
	struct device_node *np = memblock_alloc(sizeof(*np), 8);
	char *full_name = memblock_alloc(size, 1);

	strscpy(full_name, above, size);
	full_name[strlen(above)] = '/';
	strscpy(full_name + strlen(above) + 1, name, strlen(name) + 1);
	np->full_name = full_name;
	np->parent = parent;
	np->props = fdt_token_end(off, FDT_BEGIN_NODE);
	return np;
}

void unflatten_device_tree(const void *fdt)
{
	struct device_node *parent = NULL, **last = &of_root;
	u32 off = 0, token;

	structs = (const char *)fdt + header_field(fdt, OFF_STRUCT);
	structs_size = header_field(fdt, SIZE_STRUCT);
	strings = (const char *)fdt + header_field(fdt, OFF_STRINGS);
	strings_size = header_field(fdt, SIZE_STRINGS);

	for (; (token = struct_cell(off)) != FDT_END; off = fdt_token_end(off, token)) {
		if (token == FDT_BEGIN_NODE && fdt_token_end(off, token) < structs_size) {
			parent = *last = unflatten_node(off, parent);
			last = &parent->next;
		} else if (token == FDT_END_NODE && parent) {
			parent = parent->parent;
		}
	}
}
