/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_edit.c: rewriting a device tree for another count of CPUs, another size of memory, another command
 * line.
 *
 * Node offsets move with every edit, so the steps here look nodes up again by index or path rather than keep them.
 */
#include "service/board_edit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "service/board_cpus.h"
#include "service/board_desc.h"
#include "service/board_devices.h"

enum {
	CLUSTER_GICV2 = 8,		/* CPUs in a cluster of QEMU's virt: GIC_TARGETLIST_BITS */
	CLUSTER_GICV3 = 16,		/* GICV3_TARGETLIST_BITS */
	NAME_SIZE = 64,
	PPI_MASK_SHIFT = 8,		/* CPU mask in the flags of a GICv2 PPI, bits 15:8 */
	RELEASE_SIZE = 8,		/* bytes of a release address */
	PAGE = 4096,
};

/* The CPUs of the tree as they are now, and how the row goes on. */
struct cluster_plan {
	unsigned int count;		/* CPUs in the tree */
	unsigned int shift;		/* lowest bit of the level that numbers the cores: 0 or 8 */
	unsigned int capacity;		/* cores in a cluster */
	uint64_t mpidr[BOARD_CPU_MAX];
	bool has_release;		/* the last CPU has a release address */
	uint64_t release, stride;	/* the last one's, and the distance to the one before */
};

static int nth_cpu(const struct dtb *dtb, unsigned int index)
{
	int node = board_cpus_next_node(dtb, DTB_NONE);

	while (node != DTB_NONE && index-- > 0)
		node = board_cpus_next_node(dtb, node);
	return node;
}

static unsigned int core_of(const struct cluster_plan *plan, uint64_t mpidr)
{
	return mpidr >> plan->shift & 0xff;
}

/* The fields above the core number. */
static uint64_t cluster_of(const struct cluster_plan *plan, uint64_t mpidr)
{
	return mpidr & ~((UINT64_C(0x100) << plan->shift) - 1);
}

static bool is_taken(const struct cluster_plan *plan, uint64_t mpidr)
{
	for (unsigned int i = 0; i < plan->count; i++)
		if (plan->mpidr[i] == mpidr)
			return true;
	return false;
}

/* The MPIDR of the next CPU; false when the fields are used up. */
static bool next_mpidr(const struct cluster_plan *plan, uint64_t *out)
{
	uint64_t last = plan->mpidr[plan->count - 1], step = UINT64_C(1) << plan->shift;
	unsigned int core = core_of(plan, last);

	for (*out = last; is_taken(plan, *out); ) {
		*out += step;
		if (++core >= plan->capacity) {
			core = 0;
			*out = cluster_of(plan, *out - step) + (step << 8);
		}
	}
	return (*out & ~BOARD_MPIDR_MASK) == 0;
}

/* Read the release address of the last CPU and how far it is from the one before. */
static void plan_release(const struct dtb *dtb, struct cluster_plan *plan)
{
	uint64_t before;

	plan->stride = RELEASE_SIZE;
	plan->has_release = dtb_prop_number(dtb, nth_cpu(dtb, plan->count - 1), "cpu-release-addr", &plan->release);
	if (plan->count > 1 && dtb_prop_number(dtb, nth_cpu(dtb, plan->count - 2), "cpu-release-addr", &before))
		plan->stride = plan->release - before;
}

static bool make_plan(const struct dtb *dtb, struct cluster_plan *plan, struct error *err)
{
	struct dtb_walk gic;
	int version, node = DTB_NONE;
	bool is_threaded = true;

	*plan = (struct cluster_plan){ .capacity = CLUSTER_GICV2 };
	if (board_devices_find_gic(dtb, &gic, &version) && version == 3)
		plan->capacity = CLUSTER_GICV3;
	while (plan->count < BOARD_CPU_MAX && (node = board_cpus_next_node(dtb, node)) != DTB_NONE) {
		uint64_t *mpidr = &plan->mpidr[plan->count++];

		if (!board_cpus_reg(dtb, node, mpidr) || (*mpidr & ~BOARD_MPIDR_MASK))
			return error_set(err, "%s: /cpus/%s has no usable \"reg\" to count on from", dtb_name(dtb),
					 dtb_node_name(dtb, node));
		is_threaded &= (*mpidr & 0xff) == 0;
	}
	if (is_threaded && plan->count > 1 && plan->mpidr[0] >> 16 == plan->mpidr[1] >> 16)
		plan->shift = 8;
	plan_release(dtb, plan);
	return true;
}

/* The node of /cpus/cpu-map whose "cpu" is PHANDLE. */
static int find_in_map(const struct dtb *dtb, uint32_t phandle)
{
	struct dtb_walk walk = dtb_walk_start();
	uint32_t cpu;

	if (!phandle || dtb_find_path(dtb, "/cpus/cpu-map") == DTB_NONE)
		return DTB_NONE;
	while (dtb_walk_next(dtb, &walk))
		if (walk.depth > 2 && dtb_node_is_named(dtb, walk.node[2], "cpu-map") &&
		    dtb_prop_u32(dtb, walk.node[walk.depth], "cpu", &cpu) && cpu == phandle)
			return walk.node[walk.depth];
	return DTB_NONE;
}

/* Remove the entry of the CPU PHANDLE from the map, and the clusters that this leaves empty. */
static bool remove_from_map(struct dtb *dtb, uint32_t phandle, struct error *err)
{
	int node = find_in_map(dtb, phandle);

	while (node != DTB_NONE && !dtb_node_is_named(dtb, node, "cpu-map")) {
		int parent = dtb_parent(dtb, node);

		if (!dtb_delete_node(dtb, node, err))
			return false;
		if (dtb_first_child(dtb, parent) != DTB_NONE)
			break;
		node = parent;
	}
	return true;
}

/* Lists of CPUs elsewhere (a PMU's "interrupt-affinity") must not name a CPU that is gone. */
static bool remove_affinities(struct dtb *dtb, struct error *err)
{
	struct dtb_walk walk = dtb_walk_start();

	while (dtb_walk_next(dtb, &walk))
		if (!dtb_delete_prop(dtb, walk.node[walk.depth], "interrupt-affinity", err))
			return false;
	return true;
}

/* Take the CPUs from number COUNT on out of the map. */
static bool unmap_cpus(struct dtb *dtb, unsigned int count, struct error *err)
{
	/* The map may stand before the cpu nodes and move them, so each is looked up anew. */
	for (unsigned int i = count; dtb_find_path(dtb, "/cpus/cpu-map") != DTB_NONE; i++) {
		int node = nth_cpu(dtb, i);

		if (node == DTB_NONE)
			break;
		if (!remove_from_map(dtb, dtb_phandle(dtb, node), err))
			return false;
	}
	return true;
}

/* Remove the CPUs from number COUNT on, the last one first, so that the others stay where they are. */
static bool remove_cpus(struct dtb *dtb, unsigned int count, struct error *err)
{
	VEC(int) nodes = VEC_INIT;
	bool ok = true;

	if (nth_cpu(dtb, count) == DTB_NONE)
		return true;
	if (!remove_affinities(dtb, err) || !unmap_cpus(dtb, count, err))
		return false;
	for (int node = nth_cpu(dtb, count); node != DTB_NONE; node = board_cpus_next_node(dtb, node))
		vec_add(&nodes, node);
	while (ok && nodes.len)
		ok = dtb_delete_node(dtb, nodes.item[--nodes.len], err);
	vec_free(&nodes);
	return ok;
}

static unsigned int count_children(const struct dtb *dtb, int node)
{
	unsigned int count = 0;

	for (int child = dtb_first_child(dtb, node); child != DTB_NONE; child = dtb_next_sibling(dtb, child))
		count++;
	return count;
}

/* Append to PARENT a child "PREFIXn" with the next number. */
static int add_numbered(struct dtb *dtb, int parent, const char *prefix, struct error *err)
{
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "%s%u", prefix, count_children(dtb, parent));
	return dtb_add_node(dtb, parent, name, err);
}

/* Enter the CPU PHANDLE into the map beside the CPU BESIDE, in a new cluster when IS_NEW_CLUSTER. */
static bool add_to_map(struct dtb *dtb, uint32_t beside, uint32_t phandle, bool is_new_cluster, struct error *err)
{
	int core = find_in_map(dtb, beside), cluster;

	if (core == DTB_NONE)
		return true;
	if (dtb_node_is_named(dtb, core, "thread0"))
		core = dtb_parent(dtb, core);
	cluster = dtb_parent(dtb, core);
	if (is_new_cluster && !dtb_node_is_named(dtb, cluster, "cpu-map"))
		cluster = add_numbered(dtb, dtb_parent(dtb, cluster), "cluster", err);
	if (cluster == DTB_NONE)
		return false;
	core = add_numbered(dtb, cluster, "core", err);
	return core != DTB_NONE && dtb_set_u32(dtb, core, "cpu", phandle, err);
}

/* Set "reg" in as many cells as the node has now. */
static bool set_reg(struct dtb *dtb, int node, uint64_t mpidr, struct error *err)
{
	uint8_t cells[8];
	size_t len;

	dtb_prop(dtb, node, "reg", &len);
	if (len != 4 && len != 8)
		return error_set(err, "%s: /cpus/%s: \"reg\" has %zu bytes, 4 or 8 would be right", dtb_name(dtb),
				 dtb_node_name(dtb, node), len);
	if (len == 4 && mpidr >> 32)
		return error_set(err, "%s: MPIDR 0x%" PRIx64 " does not fit the one cell of \"reg\"", dtb_name(dtb),
				 mpidr);
	dtb_write_cells(cells, len / 4, mpidr);
	return dtb_set_prop(dtb, node, "reg", cells, len, err);
}

/* Append a CPU that is a copy of the last one but for its name, reg, phandle and release address. */
static bool add_cpu(struct dtb *dtb, struct cluster_plan *plan, struct error *err)
{
	int last = nth_cpu(dtb, plan->count - 1);
	uint32_t beside = dtb_phandle(dtb, last), phandle = 0;
	uint64_t mpidr, previous = plan->mpidr[plan->count - 1];
	char name[NAME_SIZE];
	int node;

	if (!next_mpidr(plan, &mpidr))
		return error_set(err, "%s: no MPIDR left after 0x%" PRIx64, dtb_name(dtb), previous);
	snprintf(name, sizeof(name), "cpu@%" PRIx64, mpidr);
	node = dtb_add_node(dtb, dtb_find_path(dtb, "/cpus"), name, err);
	if (node == DTB_NONE || !dtb_copy_props(dtb, last, node, err) || !set_reg(dtb, node, mpidr, err))
		return false;
	if (beside) {
		phandle = dtb_new_phandle(dtb, err);
		if (!phandle || !dtb_delete_prop(dtb, node, "linux,phandle", err) ||
		    !dtb_set_u32(dtb, node, "phandle", phandle, err))
			return false;
	}
	if (plan->has_release) {
		plan->release += plan->stride;
		if (!dtb_set_u64(dtb, node, "cpu-release-addr", plan->release, err))
			return false;
	}
	plan->mpidr[plan->count++] = mpidr;
	return !phandle ||
	       add_to_map(dtb, beside, phandle, cluster_of(plan, mpidr) != cluster_of(plan, previous), err);
}

/* The bytes that a reservation from BASE needs so that it holds the release address at ADDR too. */
static uint64_t grown_size(uint64_t base, uint64_t size, uint64_t addr)
{
	uint64_t need = addr + RELEASE_SIZE - base;

	if (need <= size)
		return size;
	return size % PAGE ? need : (need + PAGE - 1) / PAGE * PAGE;
}

/* Does the reservation hold the release address FROM, and end before the one at TO? */
static bool must_grow(uint64_t base, uint64_t size, uint64_t from, uint64_t to)
{
	return from >= base && from - base < size && to > from && grown_size(base, size, to) != size;
}

/* Grow the entry of the reservation block that holds the release address FROM so that it holds TO. */
static bool grow_memreserve(struct dtb *dtb, uint64_t from, uint64_t to, struct error *err)
{
	uint64_t base, size;

	for (size_t i = 0; dtb_reserve_get(dtb, i, &base, &size); i++)
		if (must_grow(base, size, from, to))
			return dtb_reserve_set(dtb, i, base, grown_size(base, size, to), err);
	return true;
}

/* The same for a child of /reserved-memory with one range. */
static bool grow_reserved_memory(struct dtb *dtb, uint64_t from, uint64_t to, struct error *err)
{
	struct dtb_walk walk = { .depth = 2, .node = { DTB_ROOT, dtb_find_path(dtb, "/reserved-memory") } };
	struct board_range range;
	int node = walk.node[1] == DTB_NONE ? DTB_NONE : dtb_first_child(dtb, walk.node[1]);

	for (; node != DTB_NONE; node = dtb_next_sibling(dtb, node)) {
		uint32_t addr, size;
		uint8_t cells[16];

		walk.node[2] = node;
		if (!board_devices_reg(dtb, &walk, 0, &range) || !must_grow(range.base, range.size, from, to))
			continue;
		addr = board_devices_cells(dtb, &walk, 1, "#address-cells", 1);
		size = board_devices_cells(dtb, &walk, 1, "#size-cells", 1);
		if (addr > 2 || size > 2)
			return error_set(err, "%s: /reserved-memory has more than two cells", dtb_name(dtb));
		dtb_write_cells(cells, addr, range.base);
		dtb_write_cells(cells + addr * 4, size, grown_size(range.base, range.size, to));
		return dtb_set_prop(dtb, node, "reg", cells, (addr + size) * 4, err);
	}
	return true;
}

/* Set the CPU masks in the private interrupts of one node. */
static bool set_ppi_masks(struct dtb *dtb, int node, uint32_t mask, struct error *err)
{
	enum { SPEC = 12, CELLS_MAX_LEN = 16 * SPEC };
	uint8_t cells[CELLS_MAX_LEN];
	size_t len;
	const uint8_t *data = dtb_prop(dtb, node, "interrupts", &len);
	bool changed = false;

	if (!data || len > sizeof(cells) || len % SPEC)
		return true;
	memcpy(cells, data, len);
	for (size_t at = 0; at < len; at += SPEC) {
		uint32_t flags = dtb_read_cells(cells + at + 8, 1);

		/* Type 1 is a PPI; one without a mask is of a tree that does not use them. */
		if (dtb_read_cells(cells + at, 1) != 1 || !(flags >> PPI_MASK_SHIFT & 0xff))
			continue;
		flags = (flags & ~(UINT32_C(0xff) << PPI_MASK_SHIFT)) | mask << PPI_MASK_SHIFT;
		dtb_write_cells(cells + at + 8, 1, flags);
		changed = true;
	}
	return !changed || dtb_set_prop(dtb, node, "interrupts", cells, len, err);
}

/* A GICv2 tree says in each private interrupt which CPUs have it: the first eight at most. */
static bool rewrite_ppi_masks(struct dtb *dtb, unsigned int count, struct error *err)
{
	uint32_t mask = (UINT32_C(1) << (count < 8 ? count : 8)) - 1;
	struct board_interrupts gic;
	struct dtb_walk walk;
	int version;

	if (!board_devices_find_gic(dtb, &walk, &version) || version != 2)
		return true;
	gic = board_devices_interrupts(dtb, walk.node[walk.depth]);
	if (gic.cells != 3)
		return true;
	/* The values keep their length, so the walk's offsets stay good. */
	for (walk = dtb_walk_start(); dtb_walk_next(dtb, &walk); )
		if (board_devices_has_gic_parent(dtb, &walk, &gic) &&
		    !set_ppi_masks(dtb, walk.node[walk.depth], mask, err))
			return false;
	return true;
}

bool board_edit_set_cpus(struct dtb *dtb, unsigned int count, struct error *err)
{
	struct cluster_plan plan;
	uint64_t first_new;

	if (count < 1 || count > BOARD_CPU_MAX)
		return error_set(err, "%u CPUs asked for: 1 to %d would be right", count, BOARD_CPU_MAX);
	if (nth_cpu(dtb, 0) == DTB_NONE)
		return error_set(err, "%s: no cpu node below /cpus to copy", dtb_name(dtb));
	if (!remove_cpus(dtb, count, err) || !make_plan(dtb, &plan, err))
		return false;
	first_new = plan.release;
	while (plan.count < count)
		if (!add_cpu(dtb, &plan, err))
			return false;
	if (plan.has_release && (!grow_memreserve(dtb, first_new, plan.release, err) ||
				 !grow_reserved_memory(dtb, first_new, plan.release, err)))
		return false;
	return rewrite_ppi_masks(dtb, count, err);
}

static int first_memory(const struct dtb *dtb)
{
	for (int node = dtb_first_child(dtb, DTB_ROOT); node != DTB_NONE; node = dtb_next_sibling(dtb, node)) {
		const char *type = dtb_prop_string(dtb, node, "device_type");

		if (type && strcmp(type, "memory") == 0 && board_devices_is_available(dtb, node))
			return node;
	}
	return DTB_NONE;
}

bool board_edit_set_memory(struct dtb *dtb, uint64_t size, struct error *err)
{
	struct dtb_walk walk = { .depth = 1, .node = { DTB_ROOT, first_memory(dtb) } };
	uint32_t addr = board_devices_cells(dtb, &walk, 0, "#address-cells", 1);
	uint32_t sizes = board_devices_cells(dtb, &walk, 0, "#size-cells", 1);
	struct board_range range;
	uint8_t cells[16];

	if (size == 0 || size % PAGE)
		return error_set(err, "memory of %" PRIu64 " bytes asked for: a multiple of %d above 0 would be right",
				 size, PAGE);
	if (walk.node[1] == DTB_NONE || !board_devices_reg(dtb, &walk, 0, &range) || addr > 2 || sizes > 2)
		return error_set(err, "%s: no memory node with a usable \"reg\" to rewrite", dtb_name(dtb));
	if (sizes == 0 || (sizes == 1 && size >> 32) || range.base + size < range.base)
		return error_set(err, "%s: memory of %" PRIu64 " bytes does not fit the cells of the memory node",
				 dtb_name(dtb), size);
	dtb_write_cells(cells, addr, range.base);
	dtb_write_cells(cells + addr * 4, sizes, size);
	return dtb_set_prop(dtb, walk.node[1], "reg", cells, (addr + sizes) * 4, err);
}

/* /chosen, made when it is missing. */
static int chosen(struct dtb *dtb, struct error *err)
{
	int node = dtb_find_path(dtb, "/chosen");

	return node != DTB_NONE ? node : dtb_add_node(dtb, DTB_ROOT, "chosen", err);
}

bool board_edit_set_bootargs(struct dtb *dtb, const char *text, struct error *err)
{
	int node = chosen(dtb, err);

	return node != DTB_NONE && dtb_set_string(dtb, node, "bootargs", text, err);
}

bool board_edit_set_initrd(struct dtb *dtb, gpa_t start, gpa_t end, struct error *err)
{
	int node = chosen(dtb, err);

	return node != DTB_NONE && dtb_set_u64(dtb, node, "linux,initrd-start", start, err) &&
	       dtb_set_u64(dtb, node, "linux,initrd-end", end, err);
}
