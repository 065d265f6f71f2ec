/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/state.c: a header and a copy.
 */
#include "device/state.h"

struct header {
	uint64_t tag;
	uint64_t size;
};

void state_save(struct strbuf *out, uint64_t tag, const void *state, size_t size)
{
	struct header header = { tag, size };

	strbuf_add(out, (const char *)&header, sizeof(header));
	strbuf_add(out, state, size);
}

bool state_load(struct device_blob *in, uint64_t tag, void *state, size_t size)
{
	struct header header;

	if (!device_blob_take(in, &header, sizeof(header)))
		return false;
	return header.tag == tag && header.size == size && device_blob_take(in, state, size);
}

void state_dev_save(const void *dev, struct strbuf *out)
{
	const struct state_head *head = dev;

	state_save(out, head->tag, head->state, head->size);
}

bool state_dev_load(void *dev, struct device_blob *in)
{
	const struct state_head *head = dev;

	return state_load(in, head->tag, head->state, head->size);
}
