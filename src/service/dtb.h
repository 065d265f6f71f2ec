/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/dtb.h: a flattened device tree (Devicetree Specification 0.4, chapter 5), the one door to libfdt.
 *
 * A tree is checked whole when it is loaded, so what follows can trust its structure; the *values* of properties are
 * still the user's, and the readers here say false to one that has the wrong size or shape.  Nodes are offsets, as in
 * libfdt: an edit before a node moves it, so look nodes up again after an edit.  What the tree means is
 * service/board_desc.h, and rewriting it for another count of CPUs is service/board_edit.h.
 */
#ifndef SERVICE_DTB_H
#define SERVICE_DTB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

enum {
	DTB_NONE = -1,			/* no such node */
	DTB_ROOT = 0,			/* the root node */
	DTB_SIZE_MAX = 2 << 20,		/* Linux Documentation/arch/arm64/booting.rst: "must not exceed 2 megabytes" */
	DTB_DEPTH_MAX = 64,		/* deepest nesting of nodes that is accepted */
};

struct dtb;

/* Read the tree in the file PATH.  NULL, with ERR saying what and where, when it cannot be read or is not one.  Free
 * with dtb_free(). */
struct dtb *dtb_load(const char *path, struct error *err);

/* The same for the SIZE bytes at DATA, which are copied; NAME stands for the file in ERR. */
struct dtb *dtb_from_memory(const void *data, size_t size, const char *name, struct error *err);

/* Free DTB (may be NULL). */
void dtb_free(struct dtb *dtb);

/* The tree as one blob of *SIZE bytes, ready to be put in RAM; borrowed until the next edit. */
const void *dtb_blob(struct dtb *dtb, size_t *size);

/* The file name or other name that the tree was loaded under. */
const char *dtb_name(const struct dtb *dtb);

/* The boot_cpuid_phys field of the header. */
uint32_t dtb_boot_cpuid(const struct dtb *dtb);

/* First child of NODE and next sibling of NODE, or DTB_NONE. */
int dtb_first_child(const struct dtb *dtb, int node);
/* The sibling after NODE, or DTB_NONE. */
int dtb_next_sibling(const struct dtb *dtb, int node);

/* The node at the full PATH, or DTB_NONE.  A component without "@unit" finds the first node of that name, and a path
 * that does not start with '/' starts with an alias. */
int dtb_find_path(const struct dtb *dtb, const char *path);

/* The node whose phandle is PHANDLE, or DTB_NONE. */
int dtb_find_phandle(const struct dtb *dtb, uint32_t phandle);

/* The parent of NODE, or DTB_NONE for the root.  Slow: it starts at the root. */
int dtb_parent(const struct dtb *dtb, int node);

/* The phandle of NODE, 0 when it has none. */
uint32_t dtb_phandle(const struct dtb *dtb, int node);

/* The name of NODE with its unit address, "" for the root; borrowed. */
const char *dtb_node_name(const struct dtb *dtb, int node);

/* Is NAME the name of NODE, without its unit address? */
bool dtb_node_is_named(const struct dtb *dtb, int node, const char *name);

/* A walk over all nodes in the order of the tree, parents before children:
 *	for (struct dtb_walk w = dtb_walk_start(); dtb_walk_next(dtb, &w); )
 *		use(w.node[w.depth]);
 */
struct dtb_walk {
	int depth;			/* 0 at the root */
	int node[DTB_DEPTH_MAX + 1];	/* node[depth] is the present one, the ones before it its ancestors */
};

/* A walk that stands before the root. */
struct dtb_walk dtb_walk_start(void);

/* Go to the next node; false after the last. */
bool dtb_walk_next(const struct dtb *dtb, struct dtb_walk *walk);

/* Go on with the next node that is not below the present one; false after the last. */
bool dtb_walk_skip(const struct dtb *dtb, struct dtb_walk *walk);

/* Append the full path of the present node of WALK to OUT. */
void dtb_walk_path(const struct dtb *dtb, const struct dtb_walk *walk, struct strbuf *out);

/* The value of the property NAME of NODE and its LEN in bytes; NULL when there is none.  Borrowed until the next
 * edit; it is not NULL for an empty property. */
const uint8_t *dtb_prop(const struct dtb *dtb, int node, const char *name, size_t *len);

/* The value of the property number INDEX of NODE, from 0 in the order of the tree, with its NAME and LEN in bytes; NULL past
 * the last.  Borrowed until the next edit. */
const uint8_t *dtb_prop_at(const struct dtb *dtb, int node, size_t index, const char **name, size_t *len);

/* Is there a property NAME? */
bool dtb_has_prop(const struct dtb *dtb, int node, const char *name);

/* The property NAME when it holds exactly one 32-bit cell; false otherwise. */
bool dtb_prop_u32(const struct dtb *dtb, int node, const char *name, uint32_t *out);

/* The property NAME as a number of one or two cells; false when it is missing or has another size. */
bool dtb_prop_number(const struct dtb *dtb, int node, const char *name, uint64_t *out);

/* The first string of the property NAME; NULL when it is missing or not ended with a NUL. */
const char *dtb_prop_string(const struct dtb *dtb, int node, const char *name);

/* The string number INDEX of a list of strings, or NULL. */
const char *dtb_prop_string_at(const struct dtb *dtb, int node, const char *name, size_t index);

/* Does NODE's "compatible" list the string COMPATIBLE? */
bool dtb_is_compatible(const struct dtb *dtb, int node, const char *compatible);

/* The big-endian number in the CELLS 32-bit cells at DATA; of more than two cells the last two count, as in Linux. */
uint64_t dtb_read_cells(const uint8_t *data, unsigned int cells);

/* Write VALUE as CELLS big-endian cells at DATA. */
void dtb_write_cells(uint8_t *data, unsigned int cells, uint64_t value);

/* Entries of the memory reservation block. */
size_t dtb_reserve_count(const struct dtb *dtb);
/* Entry INDEX of it; false when there is none. */
bool dtb_reserve_get(const struct dtb *dtb, size_t index, uint64_t *base, uint64_t *size);
/* Replace entry INDEX (it goes to the end of the block). */
bool dtb_reserve_set(struct dtb *dtb, size_t index, uint64_t base, uint64_t size, struct error *err);

/* Set the property NAME of NODE to the LEN bytes at DATA (which must not point into the tree), made when it is
 * missing. */
bool dtb_set_prop(struct dtb *dtb, int node, const char *name, const void *data, size_t len, struct error *err);
/* The same with one cell. */
bool dtb_set_u32(struct dtb *dtb, int node, const char *name, uint32_t value, struct error *err);
/* The same with two cells. */
bool dtb_set_u64(struct dtb *dtb, int node, const char *name, uint64_t value, struct error *err);
/* The same with a string. */
bool dtb_set_string(struct dtb *dtb, int node, const char *name, const char *value, struct error *err);

/* Append a node NAME after the last child of PARENT.  The new node, or DTB_NONE with ERR set. */
int dtb_add_node(struct dtb *dtb, int parent, const char *name, struct error *err);

/* Give NODE, which has none of them yet, copies of all properties of the node FROM, in their order.  FROM must come
 * before NODE in the tree. */
bool dtb_copy_props(struct dtb *dtb, int from, int node, struct error *err);

/* Remove NODE and all below it. */
bool dtb_delete_node(struct dtb *dtb, int node, struct error *err);

/* Remove the property NAME of NODE if it is there. */
bool dtb_delete_prop(struct dtb *dtb, int node, const char *name, struct error *err);

/* A phandle that no node has, or 0 with ERR set when there is none left. */
uint32_t dtb_new_phandle(const struct dtb *dtb, struct error *err);

#endif /* SERVICE_DTB_H */
