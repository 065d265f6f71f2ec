/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/state.h: saving and restoring a device's state struct.
 *
 * A device keeps all that the guest can change in one plain struct, so that saving it is copying it.  A header before
 * the bytes names the device and the version of the struct; what does not match is refused whole.
 *
 * A device with one such struct begins with a state_head, and has state_dev_save() and state_dev_load() in its table.
 */
#ifndef DEVICE_STATE_H
#define DEVICE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/device.h"

/* What a state is: four letters of the device, and the version of the struct. */
#define STATE_TAG(a, b, c, d, version) \
	((uint64_t)(a) << 56 | (uint64_t)(b) << 48 | (uint64_t)(c) << 40 | (uint64_t)(d) << 32 | (version))

/* Append the SIZE bytes at STATE to OUT, after a header with TAG. */
void state_save(struct strbuf *out, uint64_t tag, const void *state, size_t size);

/* Take back from IN what state_save() wrote with the same TAG and SIZE; false, with STATE untouched, for anything
 * else. */
bool state_load(struct device_blob *in, uint64_t tag, void *state, size_t size);

/* What there is to save of a device; its first member. */
struct state_head {
	uint64_t tag;
	void *state;		/* inside the device */
	size_t size;
};

/* The head of a device whose member STATE is saved under TAG. */
#define STATE_HEAD(tag, state)	((struct state_head){ (tag), &(state), sizeof(state) })

/* The save and load of struct device_ops, for a DEV that begins with a state_head. */
void state_dev_save(const void *dev, struct strbuf *out);
/* As state_load(). */
bool state_dev_load(void *dev, struct device_blob *in);

#endif /* DEVICE_STATE_H */
