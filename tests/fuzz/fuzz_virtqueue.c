/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as the queue of a disk: served, or refused with DEVICE_NEEDS_RESET; the disk's image stays as it is.
 *
 * The first byte is the size of the queue, the second what is notified how often; the rest is RAM from its start on,
 * with the queue's areas in the first bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "tests/unit/virtio_rig.h"

enum { OPTIONS = 2, DESC = RIG_RAM, AVAIL = RIG_RAM + 0x80, USED = RIG_RAM + 0xa0, ROUNDS_MASK = 3 };

/* One for all inputs, and how it was at first. */
static struct virtio_rig rig;
static struct snapshot *pristine;
static uint8_t image[sizeof(rig.image)];

static void begin(void)
{
	if (pristine) {
		machine_restore(rig.machine, pristine);
		return;
	}
	virtio_rig_init(&rig, false);
	memcpy(image, rig.image, sizeof(image));
	pristine = machine_save(rig.machine);
}

static void set_up(uint32_t size)
{
	rig_start(&rig, UINT64_C(1) << 32, RIG_QUEUE);
	rig_put(&rig, MMIO_QUEUE_READY, 0);
	rig_put(&rig, MMIO_QUEUE_NUM, size);
	rig_put(&rig, MMIO_QUEUE_DESC, DESC);
	rig_put(&rig, MMIO_QUEUE_DRIVER, AVAIL);
	rig_put(&rig, MMIO_QUEUE_DEVICE, USED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < OPTIONS || size - OPTIONS > RIG_RAM_SIZE)
		return 0;
	begin();
	set_up(data[0]);
	machine_poke(rig.machine, RIG_RAM, data + OPTIONS, size - OPTIONS);
	rig_put(&rig, MMIO_QUEUE_READY, 1);
	for (unsigned round = 0; round <= (data[1] & ROUNDS_MASK); round++)
		rig_notify(&rig);
	/* A queue that is not sound is not in use, and says so. */
	if (!rig_get(&rig, MMIO_QUEUE_READY) && !(rig_get(&rig, MMIO_STATUS) & STATUS_NEEDS_RESET))
		abort();
	if (memcmp(image, rig.image, sizeof(image)))
		abort();
	return 0;
}
