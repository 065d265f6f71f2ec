/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtqueue.h: split virtqueues (Virtual I/O Device 1.1, 2.6): requests that a driver leaves in RAM.
 *
 * Whatever stands in the guest's RAM is checked before it is used: a queue that breaks the rules is BROKEN, and nothing
 * is read or written outside RAM.  Indirect descriptors and event indexes are not offered: they break the rules.
 */
#ifndef DEVICE_VIRTQUEUE_H
#define DEVICE_VIRTQUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/machine.h"

enum { VIRTQUEUE_SIZE_MAX = 256 };

/* A queue as the driver set it up, and how far the device has come.  No padding: it is saved as it is. */
struct virtqueue {
	uint64_t desc, avail, used;	/* addresses of descriptor table, driver area and device area */
	uint32_t size;			/* entries */
	uint32_t is_ready;
	uint32_t next_avail;		/* entries taken, modulo 2^16 */
	uint32_t next_used;		/* entries given back, modulo 2^16 */
};

/* A run of bytes in RAM. */
struct virtqueue_buffer { gpa_t addr; uint32_t len; };

/* A chain of buffers: what the device reads, then what it writes. */
struct virtqueue_request {
	uint16_t head;
	unsigned count;			/* buffers */
	unsigned readable;		/* so many of them come first that the device reads */
	uint64_t read_len, write_len;	/* bytes of both kinds */
	struct virtqueue_buffer buffer[VIRTQUEUE_SIZE_MAX];
};

enum virtqueue_result { VIRTQUEUE_EMPTY, VIRTQUEUE_REQUEST, VIRTQUEUE_BROKEN };

/* Can QUEUE be used as it was set up: a size that is a power of two, three aligned areas in RAM? */
bool virtqueue_is_sound(const struct virtqueue *queue, const struct machine *machine);

/* Take the next request of a sound QUEUE into REQUEST. */
enum virtqueue_result virtqueue_take(struct virtqueue *queue, const struct machine *machine,
				     struct virtqueue_request *request);

/* Give REQUEST back with WRITTEN bytes written. */
void virtqueue_give_back(struct virtqueue *queue, struct machine *machine, const struct virtqueue_request *request,
			 uint32_t written);

/* Does the driver want an interrupt for what was given back? */
bool virtqueue_wants_interrupt(const struct virtqueue *queue, const struct machine *machine);

/* Copy the LEN bytes at OFFSET of what the device reads to TO; the request must have them. */
void virtqueue_read(const struct virtqueue_request *request, const struct machine *machine, uint64_t offset, void *to,
		    size_t len);

/* Copy FROM to the LEN bytes at OFFSET of what the device writes; the request must have them. */
void virtqueue_write(const struct virtqueue_request *request, struct machine *machine, uint64_t offset,
		     const void *from, size_t len);

#endif /* DEVICE_VIRTQUEUE_H */
