/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_board.c: from the description of a tree to the configuration of a board.
 *
 * What only firmware sees is not in the tree: a boot ROM at 0, secure RAM and the power GPIO are where QEMU's virt
 * machine has them, unless the tree has put something else there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/board.h"
#include "service/board_desc.h"
#include "service/loader_images.h"

#define BOOT_ROM_SIZE		UINT64_C(0x04000000)
#define SECURE_RAM_BASE		UINT64_C(0x0e000000)
#define SECURE_RAM_SIZE		UINT64_C(0x01000000)
#define POWER_GPIO_SIZE		UINT64_C(0x1000)

enum { MANY = 32 };

/* All the places that the tree names, to keep the unnamed ones off them. */
struct places { struct board_range range[MANY * 4]; size_t count; };

static void add_place(struct places *places, struct board_range range)
{
	if (range.size && places->count < sizeof(places->range) / sizeof(places->range[0]))
		places->range[places->count++] = range;
}

static void list_places(const struct board_desc *desc, struct places *places)
{
	for (size_t i = 0; i < desc->memory.len; i++)
		add_place(places, desc->memory.item[i]);
	for (size_t i = 0; i < desc->secure_memory.len; i++)
		add_place(places, desc->secure_memory.item[i]);
	for (size_t i = 0; i < desc->uarts.len; i++)
		add_place(places, desc->uarts.item[i].reg);
	for (size_t i = 0; i < desc->flash.len; i++)
		add_place(places, desc->flash.item[i].reg);
	for (size_t i = 0; i < desc->virtio.len; i++)
		add_place(places, desc->virtio.item[i].reg);
	add_place(places, desc->gic.gicd);
	add_place(places, desc->gic.gicc);
	add_place(places, desc->gic.gich);
	add_place(places, desc->gic.gicv);
	for (size_t i = 0; i < desc->gic.gicr_count; i++)
		add_place(places, desc->gic.gicr[i]);
}

/* How many of the SIZE bytes from BASE nobody else has, from BASE on. */
static uint64_t free_size(const struct places *places, gpa_t base, uint64_t size)
{
	for (size_t i = 0; i < places->count; i++) {
		const struct board_range *range = &places->range[i];

		if (base < range->base + range->size && range->base < base + size)
			size = range->base > base ? range->base - base : 0;
	}
	return size;
}

static void add_memory(struct board_config *config, enum board_memory_kind kind, gpa_t base, uint64_t size)
{
	if (size && config->memory_count < BOARD_MEMORY_MAX)
		config->memory[config->memory_count++] = (struct board_memory){ kind, { base, size } };
}

static void add_ranges(struct board_config *config, enum board_memory_kind kind, const struct board_ranges *ranges)
{
	for (size_t i = 0; i < ranges->len; i++)
		add_memory(config, kind, ranges->item[i].base, ranges->item[i].size);
}

static void fill_memory(struct board_config *config, const struct board_desc *desc)
{
	struct places places = { .count = 0 };

	list_places(desc, &places);
	add_ranges(config, BOARD_RAM, &desc->memory);
	add_ranges(config, BOARD_SECURE_RAM, &desc->secure_memory);
	for (size_t i = 0; i < desc->flash.len; i++)
		add_memory(config, BOARD_ROM, desc->flash.item[i].reg.base, desc->flash.item[i].reg.size);
	if (!config->has_firmware)
		return;
	add_memory(config, BOARD_ROM, 0, free_size(&places, 0, BOOT_ROM_SIZE));
	add_memory(config, BOARD_SECURE_RAM, SECURE_RAM_BASE, free_size(&places, SECURE_RAM_BASE, SECURE_RAM_SIZE));
	config->power_gpio = BOARD_POWER_GPIO_BASE;
	config->has_power_gpio = free_size(&places, BOARD_POWER_GPIO_BASE, POWER_GPIO_SIZE) == POWER_GPIO_SIZE;
}

static struct board_area area(struct board_range range)
{
	return (struct board_area){ range.base, range.size };
}

static void fill_gic(struct board_config *config, const struct board_gic *gic)
{
	config->gic.version = (unsigned)gic->version;
	config->gic.dist = area(gic->gicd);
	config->gic.cpu = area(gic->gicc);
	config->gic.virt[0] = area(gic->gich);
	config->gic.virt[1] = area(gic->gicv);
	config->gic.redist_stride = gic->gicr_stride;
	for (size_t i = 0; i < gic->gicr_count && i < BOARD_REDIST_MAX; i++)
		config->gic.redist[config->gic.redist_count++] = area(gic->gicr[i]);
}

static void fill_timer(struct board_config *config, const struct board_timer *timer)
{
	for (int kind = 0; kind < TIMER_KIND_COUNT; kind++)
		config->timer_intid[kind] = timer->present &&
			kind < BOARD_TIMER_COUNT ? timer->intid[kind] : BOARD_NO_WIRE;
}

/* Drives go into the slots in the order of the tree, so that Linux numbers them as they were given. */
static void fill_virtio(struct board_config *config, const struct board_desc *desc, const struct loaded_drives *drives)
{
	for (size_t i = 0; i < desc->virtio.len && i < BOARD_VIRTIO_MAX; i++)
		config->virtio[config->virtio_count++] = (struct board_virtio){
			area(desc->virtio.item[i].reg), desc->virtio.item[i].intid,
			i < drives->count ? &drives->image[i] : NULL,
		};
}

static void fill_devices(struct board_config *config, const struct board_desc *desc)
{
	for (size_t i = 0; i < desc->uarts.len && i < BOARD_UART_MAX; i++)
		config->uart[config->uart_count++] =
			(struct board_uart){ desc->uarts.item[i].reg.base, desc->uarts.item[i].intid };
	if (desc->power_gpio.path) {
		config->has_power_gpio = true;
		config->power_gpio = desc->power_gpio.reg.base;
	}
}

static void fill_psci(struct board_config *config, const struct board_psci *psci)
{
	if (!psci->present || config->has_firmware)
		return;
	config->psci = psci->conduit == BOARD_CONDUIT_HVC ? PSCI_CONDUIT_HVC :
		       psci->conduit == BOARD_CONDUIT_SMC ? PSCI_CONDUIT_SMC : PSCI_CONDUIT_NONE;
	config->psci_ids = (struct psci_ids){ psci->cpu_suspend, psci->cpu_off, psci->cpu_on, psci->migrate };
}

struct board *loader_make_board(const struct loader_config *from, const struct loader_cpus *cpus,
				const struct loaded *loaded, struct error *err)
{
	const struct board_desc *desc = loaded->desc;
	struct board_config *config = xzalloc(sizeof(*config));
	struct board *board;

	config->cpu_count = cpus->count;
	memcpy(config->mpidr, cpus->mpidr, sizeof(config->mpidr));
	config->model = from->model;
	config->lenient = from->lenient;
	config->has_firmware = cpus->has_firmware;
	config->entry_el = cpus->el;
	fill_memory(config, desc);
	fill_gic(config, &desc->gic);
	fill_timer(config, &desc->timer);
	fill_devices(config, desc);
	fill_virtio(config, desc, &loaded->drives);
	fill_psci(config, &desc->psci);
	board = board_new(config, err);
	free(config);
	if (!board)
		error_prefix(err, desc->name);
	return board;
}
