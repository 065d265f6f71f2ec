/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/virtio_rig.c: a disk, and the driver's half.
 */
#include "virtio_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT = 1, INTID = 49, DATA = RIG_DATA + 0x1000, T_OUT = 1, NOT_SET = 0xee };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void set_wire(void *sink, unsigned cpu, unsigned intid, bool level)
{
	struct virtio_rig *rig = sink;

	(void)cpu;
	must(intid == INTID);
	rig->line = level;
}

void virtio_rig_init(struct virtio_rig *rig, bool readonly)
{
	const struct machine_config config = { .cpu_count = 1, .model = CPU_CORTEX_A72 };
	const struct irq_wire wire = { set_wire, rig, INTID };
	struct virtio_blk_image image = { rig->image, sizeof(rig->image), readonly };

	memset(rig, 0, sizeof(*rig));
	for (size_t i = 0; i < sizeof(rig->image); i++)
		rig->image[i] = (uint8_t)(i * 5 + i / VIRTIO_BLK_SECTOR);
	rig->machine = machine_new(&config, NULL);
	must(rig->machine && machine_add_memory(rig->machine, RIG_RAM, RIG_RAM_SIZE, MEMORY_RAM, NULL));
	must(machine_add_device(rig->machine, 0x0a000000, PAGE_SIZE, &virtio_ops, &rig->page, NULL));
	rig->blk = virtio_blk_new(rig->machine, &image, 3, NULL);
	must(rig->blk);
	rig->virtio = virtio_new(rig->machine, &wire, virtio_blk_model(rig->blk));
	rig->page.slot[SLOT] = rig->virtio;
}

void virtio_rig_free(struct virtio_rig *rig)
{
	machine_free(rig->machine);
	virtio_free(rig->virtio);
	virtio_blk_free(rig->blk);
}

uint32_t rig_get(const struct virtio_rig *rig, unsigned reg)
{
	return (uint32_t)virtio_ops.peek(&rig->page, 0, SLOT * VIRTIO_SLOT_SIZE + reg, 4);
}

void rig_put(struct virtio_rig *rig, unsigned reg, uint32_t value)
{
	virtio_ops.write(&rig->page, 0, SLOT * VIRTIO_SLOT_SIZE + reg, 4, value);
}

static void put_address(struct virtio_rig *rig, unsigned reg, uint64_t address)
{
	rig_put(rig, reg, (uint32_t)address);
	rig_put(rig, reg + 4, (uint32_t)(address >> 32));
}

void rig_start(struct virtio_rig *rig, uint64_t features, uint32_t size)
{
	static const uint8_t zero[RIG_DATA - RIG_RAM];

	rig->avail = 0;
	machine_poke(rig->machine, RIG_RAM, zero, sizeof(zero));
	rig_put(rig, MMIO_STATUS, 0);
	rig_put(rig, MMIO_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
	for (unsigned half = 0; half < 2; half++) {
		rig_put(rig, MMIO_DRIVER_FEATURES_SEL, half);
		rig_put(rig, MMIO_DRIVER_FEATURES, (uint32_t)(features >> 32 * half));
	}
	rig_put(rig, MMIO_STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK);
	rig_put(rig, MMIO_QUEUE_SEL, 0);
	rig_put(rig, MMIO_QUEUE_NUM, size);
	put_address(rig, MMIO_QUEUE_DESC, RIG_DESC);
	put_address(rig, MMIO_QUEUE_DRIVER, RIG_AVAIL);
	put_address(rig, MMIO_QUEUE_DEVICE, RIG_USED);
	rig_put(rig, MMIO_QUEUE_READY, 1);
	rig_put(rig, MMIO_STATUS, STATUS_READY);
}

void rig_desc(struct virtio_rig *rig, unsigned n, uint64_t addr, uint32_t len, unsigned flags, unsigned next)
{
	struct { uint64_t addr; uint32_t len; uint16_t flags, next; } desc = {
		addr, len, (uint16_t)flags, (uint16_t)next,
	};

	machine_poke(rig->machine, RIG_DESC + n * sizeof(desc), &desc, sizeof(desc));
}

void rig_offer(struct virtio_rig *rig, unsigned head)
{
	uint16_t entry = (uint16_t)head;

	machine_poke(rig->machine, RIG_AVAIL + 4 + rig->avail % RIG_QUEUE * 2u, &entry, sizeof(entry));
	rig->avail++;
	machine_poke(rig->machine, RIG_AVAIL + 2, &rig->avail, sizeof(rig->avail));
}

void rig_notify(struct virtio_rig *rig)
{
	rig_put(rig, MMIO_QUEUE_NOTIFY, 0);
	virtio_ops.poll(&rig->page, 0);
}

uint8_t rig_request(struct virtio_rig *rig, uint32_t type, uint64_t sector, uint32_t len)
{
	const struct { uint32_t type, reserved; uint64_t sector; } header = { type, 0, sector };
	uint8_t status = NOT_SET;

	machine_poke(rig->machine, RIG_DATA, &header, sizeof(header));
	machine_poke(rig->machine, DATA + len, &status, sizeof(status));
	rig_desc(rig, 0, RIG_DATA, sizeof(header), DESC_NEXT, 1);
	rig_desc(rig, 1, DATA, len, DESC_NEXT | (type == T_OUT ? 0 : DESC_WRITE), 2);
	rig_desc(rig, 2, DATA + len, sizeof(status), DESC_WRITE, 0);
	rig_offer(rig, 0);
	rig_notify(rig);
	machine_peek(rig->machine, DATA + len, &status, sizeof(status));
	return status;
}
