/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_desc.c: what a device tree says of the machine: memory, console and the judgement on the whole.
 *
 * CPUs are read in board_cpus.c, devices in board_devices.c.
 */
#include "service/board_desc.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "service/board_cpus.h"
#include "service/board_devices.h"

enum {
	GICV2_CPUS = 8,			/* GICv2 has one byte of targets */
	PHYS_BITS = 48,			/* the most physical address bits without FEAT_LPA */
	MEMORY_MAX = 64,		/* ranges of RAM that are kept */
	RESERVED_MAX = 1024,		/* reserved ranges that are kept */
};

void board_desc_add_problem(struct board_desc *board, bool is_fatal, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	*vec_push(&board->problems) = (struct board_problem){ .is_fatal = is_fatal, .text = strbuf_steal(&text) };
}

bool board_ranges_cover(const struct board_ranges *ranges, gpa_t base, uint64_t size)
{
	for (size_t i = 0; i < ranges->len; i++) {
		const struct board_range *r = &ranges->item[i];

		if (base >= r->base && base - r->base < r->size && size <= r->size - (base - r->base))
			return true;
	}
	return false;
}

static bool overlaps(const struct board_range *a, const struct board_range *b)
{
	return a->base < b->base + b->size && b->base < a->base + a->size;
}

/* Add RANGE to the memory of BOARD, unless it makes no sense. */
static void add_memory(struct board_desc *board, const char *node, const struct board_range *range)
{
	uint64_t end = range->base + range->size;

	if (range->size == 0 || board->memory.len == MEMORY_MAX)
		return;		/* Linux skips empty ones in silence too */
	if (end < range->base || end > UINT64_C(1) << PHYS_BITS) {
		board_desc_add_problem(board, false, "/%s: memory 0x%" PRIx64 "+0x%" PRIx64
				       " reaches beyond %d bits of physical address: left out", node, range->base,
				       range->size, PHYS_BITS);
		return;
	}
	for (size_t i = 0; i < board->memory.len; i++) {
		if (!overlaps(range, &board->memory.item[i]))
			continue;
		board_desc_add_problem(board, false, "/%s: memory 0x%" PRIx64 "+0x%" PRIx64
				       " overlaps another range: left out", node, range->base, range->size);
		return;
	}
	vec_add(&board->memory, *range);
}

/* The memory nodes: children of the root of device_type "memory" (early_init_dt_scan_memory() of Linux). */
static void read_memory(const struct dtb *dtb, struct board_desc *board)
{
	struct dtb_walk walk = { .depth = 1, .node = { DTB_ROOT } };

	for (int node = dtb_first_child(dtb, DTB_ROOT); node != DTB_NONE; node = dtb_next_sibling(dtb, node)) {
		const char *type = dtb_prop_string(dtb, node, "device_type");
		bool is_secure = board_devices_is_secure_only(dtb, node);
		struct board_range range;

		if (!type || strcmp(type, "memory") != 0 || (!is_secure && !board_devices_is_available(dtb, node)))
			continue;
		walk.node[1] = node;
		for (size_t i = 0; board_devices_reg(dtb, &walk, i, &range); i++) {
			if (is_secure)
				vec_add(&board->secure_memory, range);
			else
				add_memory(board, dtb_node_name(dtb, node), &range);
		}
	}
	if (board->memory.len == 0)
		board_desc_add_problem(board, true,
				       "%s: no memory: no available node of device_type \"memory\" with a size "
				       "above 0; Linux stops before it can say anything",
				       board->name);
}

static void add_reserved(struct board_desc *board, const struct board_range *range)
{
	/* A tree for old and new kernels says it twice, in the block and in the node. */
	if (range->size && board->reserved.len < RESERVED_MAX &&
	    !board_ranges_cover(&board->reserved, range->base, range->size))
		vec_add(&board->reserved, *range);
}

static void read_reserved(const struct dtb *dtb, struct board_desc *board)
{
	struct dtb_walk walk = { .depth = 2, .node = { DTB_ROOT, dtb_find_path(dtb, "/reserved-memory") } };
	struct board_range range;
	int node;

	for (size_t i = 0; dtb_reserve_get(dtb, i, &range.base, &range.size); i++)
		add_reserved(board, &range);
	if (walk.node[1] == DTB_NONE)
		return;
	for (node = dtb_first_child(dtb, walk.node[1]); node != DTB_NONE; node = dtb_next_sibling(dtb, node)) {
		walk.node[2] = node;
		if (!board_devices_is_available(dtb, node))
			continue;
		for (size_t i = 0; board_devices_reg(dtb, &walk, i, &range); i++)
			add_reserved(board, &range);
	}
}

/* Append the full path of NODE. */
static void add_path(const struct dtb *dtb, int node, struct strbuf *out)
{
	for (struct dtb_walk w = dtb_walk_start(); dtb_walk_next(dtb, &w); )
		if (w.node[w.depth] == node) {
			dtb_walk_path(dtb, &w, out);
			return;
		}
}

/* /chosen/stdout-path is a path or an alias, with ":options" behind it. */
static void read_stdout(const struct dtb *dtb, struct board_desc *board)
{
	int chosen = dtb_find_path(dtb, "/chosen"), node;
	const char *value = dtb_prop_string(dtb, chosen, "stdout-path");
	struct strbuf path = STRBUF_INIT;
	char *name;

	if (!value)
		value = dtb_prop_string(dtb, chosen, "linux,stdout-path");
	if (!value || !*value)
		return;
	name = xstrndup(value, strcspn(value, ":"));
	node = dtb_find_path(dtb, name);
	if (node == DTB_NONE) {
		board_desc_add_problem(board, false, "/chosen: stdout-path names no node: %s", name);
	} else {
		add_path(dtb, node, &path);
		board->stdout_path = strbuf_steal(&path);
	}
	free(name);
}

static size_t count_cpus(const struct board_desc *board)
{
	size_t count = 0;

	for (size_t i = 0; i < board->cpus.len; i++)
		count += board->cpus.item[i].has_mpidr;
	return count;
}

static void judge_gic(struct board_desc *board)
{
	const struct board_gic *gic = &board->gic;
	size_t cpus = count_cpus(board);
	uint64_t room = 0;

	for (size_t i = 0; i < gic->gicr_count; i++)
		room += gic->gicr[i].size / gic->gicr_stride;
	if (gic->version == 0)
		board_desc_add_problem(board, false,
				       "%s: no interrupt controller (GICv2 or GICv3): Linux needs one and "
				       "stops without a word; the lab kernel does not",
				       board->name);
	else if (gic->version == 2 && cpus > GICV2_CPUS)
		board_desc_add_problem(board, false, "%s: GICv2 serves %d CPUs, the tree has %zu: the others get no "
				       "interrupts", gic->path, GICV2_CPUS, cpus);
	else if (gic->version == 3 && room < cpus)
		board_desc_add_problem(board, false, "%s: redistributors for %" PRIu64 " of %zu CPUs", gic->path, room,
				       cpus);
}

/* A release address in RAM that nothing reserves will be overwritten by the kernel. */
static void judge_release_addresses(struct board_desc *board)
{
	for (size_t i = 0; i < board->cpus.len; i++) {
		const struct board_cpu *cpu = &board->cpus.item[i];

		if (!cpu->has_release_addr)
			continue;
		if (cpu->release_addr % 8)
			board_desc_add_problem(board, false,
					       "%s: cpu-release-addr 0x%" PRIx64 " is not a multiple of 8", cpu->path,
					       cpu->release_addr);
		else if (board_ranges_cover(&board->memory, cpu->release_addr, 8) &&
			 !board_ranges_cover(&board->reserved, cpu->release_addr, 8))
			board_desc_add_problem(board, false,
					       "%s: cpu-release-addr 0x%" PRIx64 " is in RAM that nothing "
					       "reserves: the kernel may use it for something else",
					       cpu->path, cpu->release_addr);
	}
}

/* Firmware keeps its secondaries in one pen, which is opened in one way. */
static void judge_methods(struct board_desc *board)
{
	const struct board_cpu *first = NULL;

	for (size_t i = 0; i < board->cpus.len; i++) {
		const struct board_cpu *cpu = &board->cpus.item[i];

		if (!cpu->has_mpidr || cpu->problem || !cpu->enable_method ||
		    (board->has_boot_cpu && cpu->mpidr == board->boot_mpidr))
			continue;
		if (!first)
			first = cpu;
		else if (strcmp(cpu->enable_method, first->enable_method))
			board_desc_add_problem(board, false, "%s: enable-method \"%s\", and %s has \"%s\": the bundled "
					       "firmware serves the first of them alone", cpu->path, cpu->enable_method,
					       first->path, first->enable_method);
	}
}

static void judge(struct board_desc *board)
{
	judge_gic(board);
	judge_methods(board);
	judge_release_addresses(board);
	if (!board->timer.present)
		board_desc_add_problem(board, false,
				       "%s: no generic timer (arm,armv8-timer): Linux needs one; the lab kernel "
				       "does not",
				       board->name);
	if (board->uarts.len == 0)
		board_desc_add_problem(board, false,
				       "%s: no UART (arm,pl011): nothing that the guest prints can be seen",
				       board->name);
}

struct board_desc *board_desc_new(const struct dtb *dtb, const uint64_t *boot_mpidr)
{
	struct board_desc *board = xzalloc(sizeof(*board));
	const char *model = dtb_prop_string(dtb, DTB_ROOT, "model");

	board->name = xstrdup(dtb_name(dtb));
	board->model = model ? xstrdup(model) : NULL;
	for (int i = 0; i < BOARD_TIMER_COUNT; i++)
		board->timer.intid[i] = BOARD_NO_INTID;
	read_memory(dtb, board);
	read_reserved(dtb, board);
	read_stdout(dtb, board);
	board_devices_read(dtb, board);
	board_cpus_read(dtb, boot_mpidr, board);
	judge(board);
	return board;
}

static void fini_device(struct board_device *device)
{
	free(device->path);
	free(device->compatible);
}

static void free_devices(struct board_device *device, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fini_device(&device[i]);
	vec_release(device);
}

static void free_cpus(struct board_desc *board)
{
	for (size_t i = 0; i < board->cpus.len; i++) {
		free(board->cpus.item[i].path);
		free(board->cpus.item[i].enable_method);
		free(board->cpus.item[i].problem);
	}
	vec_free(&board->cpus);
}

static void free_lists(struct board_desc *board)
{
	for (size_t i = 0; i < board->ignored.len; i++)
		free(board->ignored.item[i]);
	vec_free(&board->ignored);
	for (size_t i = 0; i < board->problems.len; i++)
		free(board->problems.item[i].text);
	vec_free(&board->problems);
}

void board_desc_free(struct board_desc *board)
{
	if (!board)
		return;
	free_cpus(board);
	free_lists(board);
	free_devices(board->uarts.item, board->uarts.len);
	free_devices(board->virtio.item, board->virtio.len);
	free_devices(board->flash.item, board->flash.len);
	fini_device(&board->power_gpio);
	vec_free(&board->memory);
	vec_free(&board->reserved);
	vec_free(&board->secure_memory);
	free(board->gic.path);
	free(board->gic.compatible);
	free(board->stdout_path);
	free(board->model);
	free(board->name);
	free(board);
}

bool board_desc_is_bootable(const struct board_desc *board)
{
	return board->memory.len > 0 && board->has_boot_cpu;
}

const struct board_cpu *board_desc_logical_cpu(const struct board_desc *board, int logical)
{
	for (size_t i = 0; i < board->cpus.len; i++)
		if (board->cpus.item[i].logical == logical && logical != BOARD_NO_LOGICAL)
			return &board->cpus.item[i];
	return NULL;
}
