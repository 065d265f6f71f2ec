/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * device/virtio.h: virtio-mmio transports with nothing plugged in (Virtual I/O Device 1.1, 4.2).
 *
 * A tree like QEMU's has 32 of them, and a kernel that looks into each must find "no device", not an abort.
 */
#ifndef DEVICE_VIRTIO_H
#define DEVICE_VIRTIO_H

#include "machine/device.h"

enum { VIRTIO_SLOT_SIZE = 0x200 };

/* Slots of VIRTIO_SLOT_SIZE, as many as the range that they are added with holds.  The object is not used. */
extern const struct device_ops virtio_empty_ops;

#endif /* DEVICE_VIRTIO_H */
