/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * device/virtio.c: what an empty slot answers.
 */
#include "device/virtio.h"

enum {
	VIRTIO_MAGIC = 0x000, VIRTIO_VERSION = 0x004,

	MAGIC = 0x74726976,	/* "virt" */
	VERSION_MODERN = 2,
};

/* Device ID 0, which is what everything else reads, is a placeholder that a driver must ignore (4.2.3.1.1). */
static uint64_t empty_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	(void)dev;
	(void)cpu;
	if (size != 4)
		return 0;
	switch (offset % VIRTIO_SLOT_SIZE) {
	case VIRTIO_MAGIC:
		return MAGIC;
	case VIRTIO_VERSION:
		return VERSION_MODERN;
	default:
		return 0;
	}
}

static uint64_t empty_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return empty_peek(dev, cpu, offset, size);
}

static void empty_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	(void)dev;
	(void)cpu;
	(void)offset;
	(void)size;
	(void)value;
}

const struct device_ops virtio_empty_ops = {
	.name = "virtio-mmio",
	.read = empty_read,
	.write = empty_write,
	.peek = empty_peek,
};
