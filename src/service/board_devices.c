/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_devices.c: the nodes with registers and interrupts, and which of them nothing here implements.
 *
 * One walk over the tree with a table of compatible strings.  A node that matches a row is read by it; a bus is walked
 * into; anything else that has registers or a compatible is listed as ignored, once, with all below it.
 */
#include "service/board_devices.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"

enum {
	CELLS_MAX = 4, /* more cells than any bus has */
	INTERRUPT_SPI = 0,
	INTERRUPT_PPI = 1, /* Linux Documentation/devicetree/bindings/interrupt-controller/arm,gic.yaml */
	SPI_BASE = 32,
	PPI_BASE = 16,
	SPI_MAX = 988,
	PPI_MAX = 16,
	GICR_STRIDE = 0x20000, /* RD_base and SGI_base frame of 64 KiB each */
};

/* What the walk carries along. */
struct reader {
	const struct dtb *dtb;
	struct board_desc *board;
	struct dtb_walk walk;
	struct board_interrupts gic;
	uint32_t power_phandle;		/* the GPIO that gpio-poweroff names, 0 for none */
};

/* A row of the table of what is known. */
struct known {
	const char *compatible;
	void (*read)(struct reader *r);	/* NULL: nothing to read, nothing to implement */
	bool is_bus;			/* look at the children too */
};

static int here(const struct reader *r)
{
	return r->walk.node[r->walk.depth];
}

static char *path_here(const struct reader *r)
{
	struct strbuf path = STRBUF_INIT;

	dtb_walk_path(r->dtb, &r->walk, &path);
	return strbuf_steal(&path);
}

static bool is_okay(const char *status)
{
	return strcmp(status, "okay") == 0 || strcmp(status, "ok") == 0;
}

bool board_devices_is_available(const struct dtb *dtb, int node)
{
	const char *status = dtb_prop_string(dtb, node, "status");

	return !status || is_okay(status);
}

bool board_devices_is_secure_only(const struct dtb *dtb, int node)
{
	const char *secure = dtb_prop_string(dtb, node, "secure-status");

	return !board_devices_is_available(dtb, node) && secure && is_okay(secure);
}

uint32_t board_devices_cells(const struct dtb *dtb, const struct dtb_walk *walk, int depth, const char *name,
			     uint32_t fallback)
{
	uint32_t cells = fallback;

	for (int i = depth; i >= 0; i--)
		if (dtb_prop_u32(dtb, walk->node[i], name, &cells))
			break;
	return cells;
}

/* Take RANGE from the bus that WALK's node at depth BUS is to the bus above it. */
static bool translate(const struct dtb *dtb, const struct dtb_walk *walk, int bus, struct board_range *range)
{
	uint32_t child = board_devices_cells(dtb, walk, bus, "#address-cells", 1);
	uint32_t parent = board_devices_cells(dtb, walk, bus - 1, "#address-cells", 1);
	uint32_t sizes = board_devices_cells(dtb, walk, bus, "#size-cells", 1);
	size_t len, entry = ((size_t)child + parent + sizes) * 4;
	const uint8_t *data = dtb_prop(dtb, walk->node[bus], "ranges", &len);

	if (!data || child > CELLS_MAX || parent > CELLS_MAX || sizes > CELLS_MAX)
		return false;
	if (len == 0)
		return true;
	for (; entry && len >= entry; data += entry, len -= entry) {
		uint64_t from = dtb_read_cells(data, child);
		uint64_t to = dtb_read_cells(data + child * 4, parent);
		uint64_t size = dtb_read_cells(data + (child + parent) * 4, sizes);

		if (range->base >= from && range->base - from < size) {
			range->base = range->base - from + to;
			return true;
		}
	}
	return false;
}

bool board_devices_reg(const struct dtb *dtb, const struct dtb_walk *walk, size_t index, struct board_range *out)
{
	int parent = walk->depth - 1;
	uint32_t addr, size;
	size_t len, entry;
	const uint8_t *reg = dtb_prop(dtb, walk->node[walk->depth], "reg", &len);

	if (!reg || parent < 0)
		return false;
	addr = board_devices_cells(dtb, walk, parent, "#address-cells", 1);
	size = board_devices_cells(dtb, walk, parent, "#size-cells", 1);
	if (addr == 0 || addr > CELLS_MAX || size > CELLS_MAX)
		return false;
	entry = ((size_t)addr + size) * 4;
	if (len / entry <= index)
		return false;
	out->base = dtb_read_cells(reg + index * entry, addr);
	out->size = dtb_read_cells(reg + index * entry + addr * 4, size);
	for (int bus = parent; bus > 0; bus--)
		if (!translate(dtb, walk, bus, out))
			return false;
	return out->base + out->size >= out->base;
}

struct board_interrupts board_devices_interrupts(const struct dtb *dtb, int node)
{
	struct board_interrupts gic = { .phandle = dtb_phandle(dtb, node) };

	dtb_prop_u32(dtb, node, "#interrupt-cells", &gic.cells);
	return gic;
}

bool board_devices_has_gic_parent(const struct dtb *dtb, const struct dtb_walk *walk,
				  const struct board_interrupts *gic)
{
	uint32_t phandle;

	for (int i = walk->depth; i >= 0; i--)
		if (dtb_prop_u32(dtb, walk->node[i], "interrupt-parent", &phandle))
			return phandle == gic->phandle && phandle != 0;
	return false;
}

/* The GIC interrupt number in the specifier SPEC of at least three cells. */
static int read_specifier(const uint8_t *spec)
{
	uint32_t type = dtb_read_cells(spec, 1), number = dtb_read_cells(spec + 4, 1);

	if (type == INTERRUPT_SPI && number < SPI_MAX)
		return SPI_BASE + number;
	if (type == INTERRUPT_PPI && number < PPI_MAX)
		return PPI_BASE + number;
	return BOARD_NO_INTID;
}

/* Interrupt INDEX of the present node. */
static int read_intid(const struct reader *r, size_t index)
{
	size_t len, entry = (size_t)r->gic.cells * 4, phandle = 0;
	const uint8_t *data = dtb_prop(r->dtb, here(r), "interrupts-extended", &len);

	if (r->gic.cells < 3 || r->gic.cells > CELLS_MAX)
		return BOARD_NO_INTID;
	if (data) {
		/* Each specifier follows the phandle of its controller; a mix of controllers is not looked into. */
		phandle = 4;
		entry += phandle;
	} else {
		data = dtb_prop(r->dtb, here(r), "interrupts", &len);
		if (!data || !board_devices_has_gic_parent(r->dtb, &r->walk, &r->gic))
			return BOARD_NO_INTID;
	}
	if (len / entry <= index)
		return BOARD_NO_INTID;
	data += index * entry;
	if (phandle && dtb_read_cells(data, 1) != r->gic.phandle)
		return BOARD_NO_INTID;
	return read_specifier(data + phandle);
}

static void fill_device(struct reader *r, struct board_device *device)
{
	device->path = path_here(r);
	device->compatible = xstrdup(dtb_prop_string(r->dtb, here(r), "compatible"));
	device->intid = read_intid(r, 0);
	if (!board_devices_reg(r->dtb, &r->walk, 0, &device->reg))
		board_desc_add_problem(r->board, false, "%s: no usable \"reg\": the device cannot be reached",
				       device->path);
}

static bool has_reg(const struct reader *r)
{
	struct board_range range;

	return board_devices_reg(r->dtb, &r->walk, 0, &range);
}

static void add_ignored(struct reader *r)
{
	vec_add(&r->board->ignored, path_here(r));
}

static void read_uart(struct reader *r)
{
	struct board_device *uart, swapped;

	if (!has_reg(r)) {
		add_ignored(r);
		return;
	}
	uart = vec_push(&r->board->uarts);
	fill_device(r, uart);
	if (r->board->stdout_path && strcmp(uart->path, r->board->stdout_path) == 0) {
		swapped = r->board->uarts.item[0];
		r->board->uarts.item[0] = *uart;
		*uart = swapped;
	}
}

static void read_virtio(struct reader *r)
{
	if (has_reg(r))
		fill_device(r, vec_push(&r->board->virtio));
	else
		add_ignored(r);
}

static void read_flash(struct reader *r)
{
	if (has_reg(r))
		fill_device(r, vec_push(&r->board->flash));
	else
		add_ignored(r);
}

static void read_gpio(struct reader *r)
{
	bool is_power = r->power_phandle && dtb_phandle(r->dtb, here(r)) == r->power_phandle;

	if (is_power && !r->board->power_gpio.path)
		fill_device(r, &r->board->power_gpio);
	else if (board_devices_is_available(r->dtb, here(r)))
		add_ignored(r);
}

static void read_psci(struct reader *r)
{
	static const struct { const char *compatible, *version; } versions[] = {
		{ "arm,psci-1.0", "1.0" }, { "arm,psci-0.2", "0.2" }, { "arm,psci", "0.1" },
	};
	struct board_psci *psci = &r->board->psci;
	const char *method = dtb_prop_string(r->dtb, here(r), "method");
	size_t best = 0;

	if (psci->present)
		return;
	psci->present = true;
	while (!dtb_is_compatible(r->dtb, here(r), versions[best].compatible))
		best++;
	psci->version = versions[best].version;
	if (method && strcmp(method, "smc") == 0)
		psci->conduit = BOARD_CONDUIT_SMC;
	else if (method && strcmp(method, "hvc") == 0)
		psci->conduit = BOARD_CONDUIT_HVC;
	else if (method)
		board_desc_add_problem(r->board, false, "%s: Linux: \"psci: invalid \"method\" property: %s\"",
				       dtb_node_name(r->dtb, here(r)), method);
	else
		board_desc_add_problem(r->board, false, "%s: Linux: \"psci: missing \"method\" property\"",
				       dtb_node_name(r->dtb, here(r)));
	dtb_prop_u32(r->dtb, here(r), "cpu_suspend", &psci->cpu_suspend);
	dtb_prop_u32(r->dtb, here(r), "cpu_off", &psci->cpu_off);
	dtb_prop_u32(r->dtb, here(r), "cpu_on", &psci->cpu_on);
	dtb_prop_u32(r->dtb, here(r), "migrate", &psci->migrate);
}

/* Index of the timer interrupt WHICH: by "interrupt-names" where they are given, else by the fixed order. */
static size_t timer_index(const struct reader *r, enum board_timer_irq which)
{
	static const char *const names[BOARD_TIMER_COUNT] = {
		[BOARD_TIMER_SECURE] = "sec-phys", [BOARD_TIMER_PHYS] = "phys",
		[BOARD_TIMER_VIRT] = "virt", [BOARD_TIMER_HYP] = "hyp-phys",
	};
	const char *name;

	if (!dtb_has_prop(r->dtb, here(r), "interrupt-names"))
		return which;
	for (size_t i = 0; (name = dtb_prop_string_at(r->dtb, here(r), "interrupt-names", i)); i++)
		if (strcmp(name, names[which]) == 0)
			return i;
	return SIZE_MAX;
}

static void read_timer(struct reader *r)
{
	struct board_timer *timer = &r->board->timer;

	if (timer->present)
		return;
	timer->present = true;
	for (int i = 0; i < BOARD_TIMER_COUNT; i++)
		timer->intid[i] = read_intid(r, timer_index(r, i));
	dtb_prop_u32(r->dtb, here(r), "clock-frequency", &timer->frequency);
}

static void read_redistributors(struct reader *r)
{
	struct board_gic *gic = &r->board->gic;
	uint32_t regions = 1;
	uint64_t stride = 0;

	dtb_prop_u32(r->dtb, here(r), "#redistributor-regions", &regions);
	dtb_prop_number(r->dtb, here(r), "redistributor-stride", &stride);
	gic->gicr_stride = stride ? stride : GICR_STRIDE;
	while (gic->gicr_count < regions && gic->gicr_count < BOARD_GICR_MAX &&
	       board_devices_reg(r->dtb, &r->walk, 1 + gic->gicr_count, &gic->gicr[gic->gicr_count]))
		gic->gicr_count++;
	if (gic->gicr_count == 0)
		board_desc_add_problem(r->board, false, "%s: no redistributor region in \"reg\"", gic->path);
}

static void read_gic(struct reader *r, int version)
{
	struct board_gic *gic = &r->board->gic;

	if (gic->version) {
		add_ignored(r);
		return;
	}
	gic->version = version;
	gic->path = path_here(r);
	gic->compatible = xstrdup(dtb_prop_string(r->dtb, here(r), "compatible"));
	if (!board_devices_reg(r->dtb, &r->walk, 0, &gic->gicd))
		board_desc_add_problem(r->board, false, "%s: no distributor in \"reg\"", gic->path);
	if (version == 3)
		read_redistributors(r);
	else if (!board_devices_reg(r->dtb, &r->walk, 1, &gic->gicc))
		board_desc_add_problem(r->board, false, "%s: no CPU interface in \"reg\"", gic->path);
	else if (board_devices_reg(r->dtb, &r->walk, 2, &gic->gich))
		board_devices_reg(r->dtb, &r->walk, 3, &gic->gicv);
}

static void read_gic2(struct reader *r)
{
	read_gic(r, 2);
}

static void read_gic3(struct reader *r)
{
	read_gic(r, 3);
}

/* What is known; order does not matter, for no node matches two rows. */
static const struct known known[] = {
	{ "arm,pl011", read_uart, false },
	{ "virtio,mmio", read_virtio, false },
	{ "cfi-flash", read_flash, false },
	{ "mtd-rom", read_flash, false },
	{ "arm,pl061", read_gpio, false },
	{ "arm,psci-1.0", read_psci, false },
	{ "arm,psci-0.2", read_psci, false },
	{ "arm,psci", read_psci, false },
	{ "arm,armv8-timer", read_timer, false },
	{ "arm,armv7-timer", read_timer, false },
	{ "arm,gic-400", read_gic2, false },
	{ "arm,cortex-a15-gic", read_gic2, false },
	{ "arm,cortex-a9-gic", read_gic2, false },
	{ "arm,cortex-a7-gic", read_gic2, false },
	{ "arm,gic-v3", read_gic3, false },
	{ "gpio-poweroff", NULL, false },
	{ "gpio-restart", NULL, false },
	{ "fixed-clock", NULL, false },
	{ "simple-bus", NULL, true },
	{ "arm,amba-bus", NULL, true },
};

static const struct known *find_known(const struct dtb *dtb, int node)
{
	if (!dtb_prop_string(dtb, node, "compatible"))
		return NULL;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (dtb_is_compatible(dtb, node, known[i].compatible))
			return &known[i];
	return NULL;
}

bool board_devices_find_gic(const struct dtb *dtb, struct dtb_walk *walk, int *version)
{
	for (*walk = dtb_walk_start(); dtb_walk_next(dtb, walk); ) {
		const struct known *row = find_known(dtb, walk->node[walk->depth]);

		if (row && (row->read == read_gic2 || row->read == read_gic3)) {
			*version = row->read == read_gic2 ? 2 : 3;
			return true;
		}
	}
	return false;
}

/* Which GPIO controller powers the board off?  gpios = <&controller line flags>. */
static void find_power_gpio(struct reader *r)
{
	for (r->walk = dtb_walk_start(); dtb_walk_next(r->dtb, &r->walk); ) {
		size_t len;
		const uint8_t *gpios = dtb_prop(r->dtb, here(r), "gpios", &len);

		if (gpios && len >= 4 && dtb_is_compatible(r->dtb, here(r), "gpio-poweroff")) {
			r->power_phandle = dtb_read_cells(gpios, 1);
			return;
		}
	}
}

/* Nodes that have no registers or are read elsewhere. */
static bool is_structural(const struct dtb *dtb, const struct dtb_walk *walk)
{
	static const char *const names[] = { "cpus", "chosen", "aliases", "reserved-memory", "memory" };
	int node = walk->node[walk->depth];

	if (walk->depth != 1)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (dtb_node_is_named(dtb, node, names[i]))
			return true;
	return dtb_prop_string(dtb, node, "device_type") &&
	       strcmp(dtb_prop_string(dtb, node, "device_type"), "memory") == 0;
}

/* Read the present node; true when its children are to be looked at too. */
static bool read_here(struct reader *r)
{
	const struct known *row;

	if (r->walk.depth == 0)
		return true;
	if (is_structural(r->dtb, &r->walk))
		return false;
	row = find_known(r->dtb, here(r));
	if (!board_devices_is_available(r->dtb, here(r)) && !(row && row->read == read_gpio))
		return false;
	if (row && row->read)
		row->read(r);
	else if (!row && (dtb_has_prop(r->dtb, here(r), "reg") || dtb_has_prop(r->dtb, here(r), "compatible")))
		add_ignored(r);
	/* A node without registers or a compatible is a mere folder. */
	return row ? row->is_bus
		   : !dtb_has_prop(r->dtb, here(r), "reg") && !dtb_has_prop(r->dtb, here(r), "compatible");
}

void board_devices_read(const struct dtb *dtb, struct board_desc *board)
{
	struct reader r = { .dtb = dtb, .board = board };
	struct dtb_walk gic;
	int version;
	bool more;

	if (board_devices_find_gic(dtb, &gic, &version))
		r.gic = board_devices_interrupts(dtb, gic.node[gic.depth]);
	find_power_gpio(&r);
	r.walk = dtb_walk_start();
	for (more = dtb_walk_next(dtb, &r.walk); more; )
		more = read_here(&r) ? dtb_walk_next(dtb, &r.walk) : dtb_walk_skip(dtb, &r.walk);
}
