/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtio.h: virtio-mmio transports of version 2 (Virtual I/O Device 1.1, 4.2), with a device or empty.
 *
 * A device is a struct virtio_model: what it is, and a function that serves one request.  Requests are served at the
 * start of the next slice of the schedule after the driver's notification, all that are there, in order; time does not
 * pass meanwhile.  A driver that breaks the rules gets DEVICE_NEEDS_RESET, and nothing is served until it resets.
 */
#ifndef DEVICE_VIRTIO_H
#define DEVICE_VIRTIO_H

#include "device/irq.h"
#include "device/virtqueue.h"
#include "machine/device.h"
#include "machine/machine.h"

enum { VIRTIO_SLOT_SIZE = 0x200, VIRTIO_SLOTS_PER_PAGE = PAGE_SIZE / VIRTIO_SLOT_SIZE };

/* A device with one queue. */
struct virtio_model {
	uint32_t device_id;		/* 5 */
	uint64_t features;		/* offered besides VIRTIO_F_VERSION_1 */
	const uint8_t *config;		/* its configuration space, */
	size_t config_size;		/* in bytes */
	/* Do what REQUEST says; *WRITTEN bytes were written.  False when it is no request at all. */
	bool (*serve)(void *dev, const struct virtqueue_request *request, uint32_t *written);
	void *dev;
};

/* A transport. */
struct virtio;

/* A transport of MACHINE (borrowed, as is MODEL) that interrupts by WIRE. */
struct virtio *virtio_new(struct machine *machine, const struct irq_wire *wire, const struct virtio_model *model);
/* Free it; NULL is allowed. */
void virtio_free(struct virtio *virtio);

/* A page of transports, each of them NULL for an empty one, borrowed: the object of virtio_ops. */
struct virtio_page { struct virtio *slot[VIRTIO_SLOTS_PER_PAGE]; };
extern const struct device_ops virtio_ops;

#endif /* DEVICE_VIRTIO_H */
