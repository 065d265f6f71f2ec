/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * device/state.h: saving and restoring a device's state struct.
 *
 * A device keeps all that the guest can change in one plain struct, so that saving it is copying it.  A header before
 * the bytes names the device and the version of the struct; what does not match is refused whole.
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

#endif /* DEVICE_STATE_H */
