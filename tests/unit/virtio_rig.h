/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/virtio_rig.h: a disk on a transport of a machine whose CPUs are off, and the driver's half in C.
 */
#ifndef UNIT_VIRTIO_RIG_H
#define UNIT_VIRTIO_RIG_H

#include "device/virtio.h"
#include "device/virtio_blk.h"

enum {
	RIG_RAM = 0x40000000, RIG_RAM_SIZE = 0x100000,
	RIG_DESC = RIG_RAM, RIG_AVAIL = RIG_RAM + 0x4000, RIG_USED = RIG_RAM + 0x8000, RIG_DATA = RIG_RAM + 0x10000,
	RIG_QUEUE = 8,			/* entries of the queue */
	RIG_SECTORS = 33,		/* not whole pages */

	MMIO_MAGIC = 0x000, MMIO_VERSION = 0x004, MMIO_DEVICE_ID = 0x008, MMIO_VENDOR_ID = 0x00c,
	MMIO_DEVICE_FEATURES = 0x010, MMIO_DEVICE_FEATURES_SEL = 0x014,
	MMIO_DRIVER_FEATURES = 0x020, MMIO_DRIVER_FEATURES_SEL = 0x024,
	MMIO_QUEUE_SEL = 0x030, MMIO_QUEUE_NUM_MAX = 0x034, MMIO_QUEUE_NUM = 0x038, MMIO_QUEUE_READY = 0x044,
	MMIO_QUEUE_NOTIFY = 0x050, MMIO_INTERRUPT_STATUS = 0x060, MMIO_INTERRUPT_ACK = 0x064, MMIO_STATUS = 0x070,
	MMIO_QUEUE_DESC = 0x080, MMIO_QUEUE_DRIVER = 0x090, MMIO_QUEUE_DEVICE = 0x0a0,
	MMIO_SHM_LENGTH = 0x0b0, MMIO_CONFIG_GENERATION = 0x0fc, MMIO_CONFIG = 0x100,

	STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8,
	STATUS_NEEDS_RESET = 64,
	STATUS_READY = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK | STATUS_DRIVER_OK,
	DESC_NEXT = 1, DESC_WRITE = 2, DESC_INDIRECT = 4,
};

struct virtio_rig {
	struct machine *machine;
	struct virtio_blk *blk;
	struct virtio *virtio;
	struct virtio_page page;	/* the disk is in slot 1 */
	uint8_t image[RIG_SECTORS * VIRTIO_BLK_SECTOR];
	bool line;			/* the interrupt */
	uint16_t avail;			/* requests made */
	unsigned desc;			/* descriptors used */
};

/* Make RIG; byte N of its image is a function of N. */
void virtio_rig_init(struct virtio_rig *rig, bool readonly);
/* Free what it holds. */
void virtio_rig_free(struct virtio_rig *rig);

/* A register of the transport, and writing it. */
uint32_t rig_get(const struct virtio_rig *rig, unsigned reg);
void rig_put(struct virtio_rig *rig, unsigned reg, uint32_t value);

/* Reset, agree on FEATURES, set up a queue of SIZE entries and set DRIVER_OK. */
void rig_start(struct virtio_rig *rig, uint64_t features, uint32_t size);

/* Descriptor number N. */
void rig_desc(struct virtio_rig *rig, unsigned n, uint64_t addr, uint32_t len, unsigned flags, unsigned next);

/* Make the chain from descriptor HEAD available. */
void rig_offer(struct virtio_rig *rig, unsigned head);

/* Notify, and let the device do its work. */
void rig_notify(struct virtio_rig *rig);

/* Set up, offer and do one request: its header at RIG_DATA, LEN bytes of data at RIG_DATA + 0x1000, and the status,
 * which is returned, behind those.  The descriptors are 0 to 2. */
uint8_t rig_request(struct virtio_rig *rig, uint32_t type, uint64_t sector, uint32_t len);

#endif /* UNIT_VIRTIO_RIG_H */
