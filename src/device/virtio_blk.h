/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtio_blk.h: a disk for a virtio transport (Virtual I/O Device 1.1, 5.2).
 *
 * Its bytes are those of an image that never changes; what the guest writes is kept in the machine's storage as the
 * difference to it, which snapshots and the hash hold.  So going back undoes writes, and two runs begin alike.
 */
#ifndef DEVICE_VIRTIO_BLK_H
#define DEVICE_VIRTIO_BLK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "device/virtio.h"

enum { VIRTIO_BLK_SECTOR = 512 };

/* What a disk holds at first: SIZE bytes, sectors of VIRTIO_BLK_SECTOR, borrowed for the life of the disk. */
struct virtio_blk_image {
	const uint8_t *data;
	uint64_t size;
	bool readonly;
};

struct virtio_blk;

/* Disk number NUMBER, its serial number "driveNUMBER", of MACHINE (borrowed).  NULL with ERR when the host refuses the
 * memory. */
struct virtio_blk *virtio_blk_new(struct machine *machine, const struct virtio_blk_image *image, unsigned number,
				  struct error *err);
/* Free it; NULL is allowed. */
void virtio_blk_free(struct virtio_blk *blk);

/* For virtio_new(); owned by BLK. */
const struct virtio_model *virtio_blk_model(const struct virtio_blk *blk);

/* Copy the LEN bytes at OFFSET of the disk as it is now to TO; it must have them. */
void virtio_blk_peek(const struct virtio_blk *blk, uint64_t offset, void *to, size_t len);

#endif /* DEVICE_VIRTIO_BLK_H */
