/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/board.c: what a board is made of, and which wire goes where.
 */
#include "device/board.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "device/gicv2.h"
#include "device/gicv3.h"
#include "device/pl061.h"
#include "device/virtio.h"

struct board {
	struct machine *machine;
	struct gic gic;
	struct gicv2 *gicv2;		/* the one or the other, or none */
	struct gicv3 *gicv3;
	struct timer *timer;
	struct pl011 *uart[BOARD_UART_MAX];
	struct pl061 *power_gpio;
	struct virtio_page virtio_page[BOARD_VIRTIO_MAX];	/* as many as are used */
	struct virtio *virtio[BOARD_VIRTIO_MAX];		/* by slot, NULL where it is empty */
	struct virtio_blk *drive[BOARD_VIRTIO_MAX];
	struct psci *psci;
};

/* Add registers in AREA, to whole pages. */
static bool add_device(struct board *board, struct board_area area, const struct device_ops *ops, void *dev,
		       struct error *err)
{
	uint64_t size = (area.size + PAGE_SIZE - 1) & ~(uint64_t)(PAGE_SIZE - 1);

	return machine_add_device(board->machine, area.base, size, ops, dev, err);
}

static bool add_memory(struct board *board, const struct board_config *config, struct error *err)
{
	for (unsigned i = 0; i < config->memory_count; i++) {
		const struct board_memory *memory = &config->memory[i];
		enum memory_kind kind = memory->kind == BOARD_ROM ? MEMORY_ROM : MEMORY_RAM;

		if (!machine_add_memory(board->machine, memory->area.base, memory->area.size, kind, err))
			return false;
	}
	return true;
}

/* The distributor is added first: its table, the first that the machine sees of the object, saves all of it. */
static bool add_gicv2(struct board *board, const struct board_config *config, unsigned intids, struct error *err)
{
	board->gicv2 = gicv2_new(board->machine, intids, config->has_firmware);
	board->gic = (struct gic){ &gicv2_gic_ops, board->gicv2, 2, intids };
	if (!add_device(board, config->gic.dist, &gicv2_dist_ops, board->gicv2, err) ||
	    !add_device(board, config->gic.cpu, &gicv2_cpu_ops, board->gicv2, err))
		return false;
	for (int i = 0; i < 2; i++) {
		struct board_area area = config->gic.virt[i];

		if (area.size && !add_device(board, area, &gicv2_virt_ops, board->gicv2, err))
			return false;
	}
	return true;
}

static bool add_redists(struct board *board, const struct board_config *config, struct error *err)
{
	uint64_t stride = config->gic.redist_stride ? config->gic.redist_stride : GICV3_FRAME_SIZE;
	unsigned cpus = config->cpu_count;

	if (stride < GICV3_FRAME_SIZE)
		return error_set(err, "redistributor stride 0x%llx: at least 0x%x is needed",
				 (unsigned long long)stride, GICV3_FRAME_SIZE);
	for (unsigned i = 0; i < config->gic.redist_count; i++) {
		struct gicv3_region *region = gicv3_add_region(board->gicv3, config->gic.redist[i].size, stride);

		if (!add_device(board, config->gic.redist[i], &gicv3_redist_ops, region, err))
			return false;
	}
	if (gicv3_redist_count(board->gicv3) < cpus)
		return error_set(err, "the GICv3 has room for the redistributors of %u CPUs, and there are %u",
				 gicv3_redist_count(board->gicv3), cpus);
	return true;
}

static bool add_gicv3(struct board *board, const struct board_config *config, unsigned intids, struct error *err)
{
	board->gicv3 = gicv3_new(board->machine, intids, config->has_firmware);
	board->gic = (struct gic){ &gicv3_gic_ops, board->gicv3, 3, intids };
	machine_add_sysregs(board->machine, &gicv3_sysreg_ops, board->gicv3);
	return add_device(board, config->gic.dist, &gicv3_dist_ops, board->gicv3, err) &&
	       add_redists(board, config, err);
}

static bool add_gic(struct board *board, const struct board_config *config, struct error *err)
{
	unsigned intids = config->gic.intid_count ? config->gic.intid_count : BOARD_INTID_COUNT;

	switch (config->gic.version) {
	case 2:
		return add_gicv2(board, config, intids, err);
	case 3:
		return add_gicv3(board, config, intids, err);
	default:
		return true;
	}
}

/* A wire to INTID of the board's controller; one that ends nowhere without. */
static struct irq_wire wire_to(const struct board *board, int intid)
{
	if (intid < GIC_SGI_COUNT || !board->gic.ops)
		return (struct irq_wire){ NULL, NULL, 0 };
	return (struct irq_wire){ board->gic.ops->set_input, board->gic.object, (unsigned)intid };
}

static bool add_timer(struct board *board, const struct board_config *config, struct error *err)
{
	board->timer = timer_new(board->machine);
	if (config->has_firmware)
		timer_forget_frequency(board->timer);
	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++) {
		struct irq_wire wire = wire_to(board, config->timer_intid[kind]);

		timer_connect(board->timer, (enum timer_kind)kind, &wire);
	}
	machine_add_sysregs(board->machine, &timer_sysreg_ops, board->timer);
	return machine_add_device(board->machine, 0, 0, &timer_device_ops, board->timer, err);
}

static bool add_uarts(struct board *board, const struct board_config *config, struct error *err)
{
	for (unsigned i = 0; i < config->uart_count; i++) {
		struct irq_wire wire = wire_to(board, config->uart[i].intid);
		struct board_area area = { config->uart[i].base, PL011_SIZE };

		board->uart[i] = pl011_new(board->machine, &wire);
		if (!add_device(board, area, &pl011_ops, board->uart[i], err))
			return false;
	}
	return true;
}

static bool add_power_gpio(struct board *board, const struct board_config *config, struct error *err)
{
	struct board_area area = { config->power_gpio, PL061_SIZE };

	if (!config->has_power_gpio)
		return true;
	board->power_gpio = pl061_new(board->machine);
	return add_device(board, area, &pl061_ops, board->power_gpio, err);
}

static gpa_t page_of(gpa_t addr)
{
	return addr & ~(gpa_t)(PAGE_SIZE - 1);
}

/* Slots are smaller than a page: the first slot of each page is the one that adds it. */
static unsigned first_in_page(const struct board_config *config, unsigned slot)
{
	unsigned first = 0;

	while (page_of(config->virtio[first].area.base) != page_of(config->virtio[slot].area.base))
		first++;
	return first;
}

/* Plug the drive of slot number I into PAGE. */
static bool add_drive(struct board *board, const struct board_config *config, unsigned i, struct virtio_page *page,
		      struct error *err)
{
	const struct board_virtio *slot = &config->virtio[i];
	struct irq_wire wire = wire_to(board, slot->intid);
	unsigned number = 0;

	if (slot->area.base % VIRTIO_SLOT_SIZE)
		return error_set(err, "the virtio slot at 0x%llx is not at a multiple of 0x%x, so it takes no drive",
				 (unsigned long long)slot->area.base, VIRTIO_SLOT_SIZE);
	for (unsigned before = 0; before < i; before++)
		number += config->virtio[before].drive != NULL;
	board->drive[i] = virtio_blk_new(board->machine, slot->drive, number, err);
	if (!board->drive[i])
		return false;
	board->virtio[i] = virtio_new(board->machine, &wire, virtio_blk_model(board->drive[i]));
	page->slot[slot->area.base % PAGE_SIZE / VIRTIO_SLOT_SIZE] = board->virtio[i];
	return true;
}

static bool add_virtio(struct board *board, const struct board_config *config, struct error *err)
{
	for (unsigned i = 0; i < config->virtio_count; i++) {
		unsigned first = first_in_page(config, i);
		struct virtio_page *page = &board->virtio_page[first];
		struct board_area area = { page_of(config->virtio[i].area.base), PAGE_SIZE };

		if (first == i && !add_device(board, area, &virtio_ops, page, err))
			return false;
		if (config->virtio[i].drive && !add_drive(board, config, i, page, err))
			return false;
	}
	return true;
}

/* A CPU is started anew: what is inside it, but not the machine's, goes back to reset with it. */
static void reset_cpu(void *ctx, unsigned cpu)
{
	struct board *board = ctx;

	timer_reset_cpu(board->timer, cpu);
	if (board->gic.ops && board->gic.ops->reset_cpu)
		board->gic.ops->reset_cpu(board->gic.object, cpu);
}

static bool add_psci(struct board *board, const struct board_config *config, struct error *err)
{
	struct psci_config psci = {
		.conduit = config->psci,
		.entry_el = config->entry_el,
		.ids = config->psci_ids,
		.reset_cpu = reset_cpu,
		.reset_ctx = board,
	};

	if (config->psci == PSCI_CONDUIT_NONE)
		return true;
	for (unsigned i = 0; i < config->memory_count; i++) {
		const struct board_memory *memory = &config->memory[i];

		if (memory->kind == BOARD_RAM)
			psci.memory[psci.memory_count++] = (struct psci_range){ memory->area.base, memory->area.size };
	}
	board->psci = psci_new(board->machine, &psci);
	return machine_add_device(board->machine, 0, 0, &psci_device_ops, board->psci, err);
}

static struct machine *new_machine(const struct board_config *config, struct error *err)
{
	struct machine_config machine = { .cpu_count = config->cpu_count, .model = config->model };
	struct machine *made;

	for (unsigned cpu = 0; cpu < config->cpu_count; cpu++)
		machine.mpidr[cpu] = config->mpidr[cpu];
	made = machine_new(&machine, err);
	if (made)
		machine_set_lenient(made, config->lenient);
	return made;
}

/* Last, when every address has its owner: a core is given the whole map at once. */
static bool power_up_cpus(struct board *board, struct error *err)
{
	for (unsigned cpu = 0; cpu < machine_cpu_count(board->machine); cpu++)
		if (!machine_power_up_cpu(board->machine, cpu, err))
			return false;
	return true;
}

/* The controller comes before what is wired to it. */
static bool build(struct board *board, const struct board_config *config, struct error *err)
{
	board->machine = new_machine(config, err);
	return board->machine &&
	       add_memory(board, config, err) &&
	       add_gic(board, config, err) &&
	       add_timer(board, config, err) &&
	       add_uarts(board, config, err) &&
	       add_power_gpio(board, config, err) &&
	       add_virtio(board, config, err) &&
	       add_psci(board, config, err) &&
	       power_up_cpus(board, err);
}

struct board *board_new(const struct board_config *config, struct error *err)
{
	struct board *board = xzalloc(sizeof(*board));

	if (build(board, config, err))
		return board;
	board_free(board);
	return NULL;
}

void board_free(struct board *board)
{
	if (!board)
		return;
	/* The machine first: until then it may call its devices. */
	machine_free(board->machine);
	psci_free(board->psci);
	pl061_free(board->power_gpio);
	for (unsigned i = 0; i < BOARD_VIRTIO_MAX; i++) {
		virtio_free(board->virtio[i]);
		virtio_blk_free(board->drive[i]);
	}
	for (unsigned i = 0; i < BOARD_UART_MAX; i++)
		pl011_free(board->uart[i]);
	timer_free(board->timer);
	gicv3_free(board->gicv3);
	gicv2_free(board->gicv2);
	free(board);
}

struct machine *board_machine(const struct board *board)
{
	return board->machine;
}

struct pl011 *board_uart(const struct board *board, unsigned n)
{
	return n < BOARD_UART_MAX ? board->uart[n] : NULL;
}

const struct virtio_blk *board_drive(const struct board *board, unsigned n)
{
	return n < BOARD_VIRTIO_MAX ? board->drive[n] : NULL;
}

const struct gic *board_gic(const struct board *board)
{
	return &board->gic;
}

struct timer *board_timer(const struct board *board)
{
	return board->timer;
}

struct psci *board_psci(const struct board *board)
{
	return board->psci;
}
