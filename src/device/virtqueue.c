/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtqueue.c: taking requests from a split virtqueue and giving them back.
 */
#include "device/virtqueue.h"

#include <assert.h>

enum {
	DESC_NEXT = 1, DESC_WRITE = 2, DESC_INDIRECT = 4,
	AVAIL_NO_INTERRUPT = 1,
	AVAIL_IDX = 2, AVAIL_RING = 4,
	USED_IDX = 2, USED_RING = 4,
	EVENT_SIZE = 2,			/* what follows each ring */
};

/* The layouts of 2.6.5 and 2.6.8.  Guest and hosts are little-endian. */
struct descriptor { uint64_t addr; uint32_t len; uint16_t flags, next; };
struct used_element { uint32_t id, len; };

/* ---- the queue ---- */

static bool is_area(const struct machine *machine, gpa_t addr, unsigned align, uint64_t size)
{
	return addr % align == 0 && machine_is_ram(machine, addr, size);
}

bool virtqueue_is_sound(const struct virtqueue *queue, const struct machine *machine)
{
	uint32_t n = queue->size;

	if (n == 0 || n > VIRTQUEUE_SIZE_MAX || n & (n - 1))
		return false;
	return is_area(machine, queue->desc, 16, n * sizeof(struct descriptor)) &&
	       is_area(machine, queue->avail, 2, AVAIL_RING + n * sizeof(uint16_t) + EVENT_SIZE) &&
	       is_area(machine, queue->used, 4, USED_RING + n * sizeof(struct used_element) + EVENT_SIZE);
}

static uint16_t read16(const struct machine *machine, gpa_t addr)
{
	uint16_t value = 0;

	machine_dma_read(machine, addr, &value, sizeof(value));
	return value;
}

/* ---- a chain ---- */

static bool add_buffer(struct virtqueue_request *request, const struct descriptor *desc)
{
	bool writes = desc->flags & DESC_WRITE;

	/* 2.6.4.2: what the device reads comes before what it writes. */
	if (!writes && request->count > request->readable)
		return false;
	request->buffer[request->count++] = (struct virtqueue_buffer){ desc->addr, desc->len };
	if (writes) {
		request->write_len += desc->len;
	} else {
		request->readable++;
		request->read_len += desc->len;
	}
	return true;
}

/* A chain has no more descriptors than the table: a longer one goes round in it. */
static bool read_chain(const struct virtqueue *queue, const struct machine *machine, struct virtqueue_request *request)
{
	struct descriptor desc = { .flags = DESC_NEXT, .next = request->head };

	while (desc.flags & DESC_NEXT) {
		if (desc.next >= queue->size || request->count == queue->size)
			return false;
		machine_dma_read(machine, queue->desc + desc.next * sizeof(desc), &desc, sizeof(desc));
		if (desc.flags & DESC_INDIRECT || !machine_is_ram(machine, desc.addr, desc.len) ||
		    !add_buffer(request, &desc))
			return false;
	}
	return true;
}

enum virtqueue_result virtqueue_take(struct virtqueue *queue, const struct machine *machine,
				     struct virtqueue_request *request)
{
	uint16_t waiting = (uint16_t)(read16(machine, queue->avail + AVAIL_IDX) - queue->next_avail);
	uint32_t slot = queue->next_avail % queue->size;

	if (waiting == 0)
		return VIRTQUEUE_EMPTY;
	if (waiting > queue->size)
		return VIRTQUEUE_BROKEN;
	request->head = read16(machine, queue->avail + AVAIL_RING + slot * sizeof(uint16_t));
	request->count = request->readable = 0;
	request->read_len = request->write_len = 0;
	queue->next_avail = (uint16_t)(queue->next_avail + 1);
	return read_chain(queue, machine, request) ? VIRTQUEUE_REQUEST : VIRTQUEUE_BROKEN;
}

void virtqueue_give_back(struct virtqueue *queue, struct machine *machine, const struct virtqueue_request *request,
			 uint32_t written)
{
	struct used_element element = { request->head, written };
	uint32_t slot = queue->next_used % queue->size;
	uint16_t idx = (uint16_t)(queue->next_used + 1);

	machine_dma_write(machine, queue->used + USED_RING + slot * sizeof(element), &element, sizeof(element));
	machine_dma_write(machine, queue->used + USED_IDX, &idx, sizeof(idx));
	queue->next_used = idx;
}

bool virtqueue_wants_interrupt(const struct virtqueue *queue, const struct machine *machine)
{
	return !(read16(machine, queue->avail) & AVAIL_NO_INTERRUPT);
}

/* ---- the bytes of a request ---- */

/* What is at *OFFSET of the buffers [FIRST, END): its address, and how many of LEN bytes are in one buffer. */
static gpa_t locate(const struct virtqueue_request *request, unsigned first, unsigned end, uint64_t offset, size_t *len)
{
	while (first < end && offset >= request->buffer[first].len)
		offset -= request->buffer[first++].len;
	assert(first < end);
	if (*len > request->buffer[first].len - offset)
		*len = request->buffer[first].len - offset;
	return request->buffer[first].addr + offset;
}

void virtqueue_read(const struct virtqueue_request *request, const struct machine *machine, uint64_t offset, void *to,
		    size_t len)
{
	uint8_t *bytes = to;

	for (size_t part; len; offset += part, bytes += part, len -= part) {
		gpa_t addr;

		part = len;
		addr = locate(request, 0, request->readable, offset, &part);
		machine_dma_read(machine, addr, bytes, part);
	}
}

void virtqueue_write(const struct virtqueue_request *request, struct machine *machine, uint64_t offset,
		     const void *from, size_t len)
{
	const uint8_t *bytes = from;

	for (size_t part; len; offset += part, bytes += part, len -= part) {
		gpa_t addr;

		part = len;
		addr = locate(request, request->readable, request->count, offset, &part);
		machine_dma_write(machine, addr, bytes, part);
	}
}
