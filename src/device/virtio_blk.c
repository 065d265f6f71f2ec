/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtio_blk.c: a disk: reading, writing, flushing, and saying which it is.
 *
 * The difference between image and disk is their exclusive or: where nothing was written it is zero, which costs
 * neither memory nor a second note of what was written.
 */
#include "device/virtio_blk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum {
	DEVICE_ID_BLOCK = 2,
	T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8,
	S_OK = 0, S_IOERR = 1, S_UNSUPP = 2,
	F_SEG_MAX = 1 << 2, F_RO = 1 << 5, F_BLK_SIZE = 1 << 6, F_FLUSH = 1 << 9,
	SERIAL_SIZE = 20,
	PIECE = 4096,			/* copied at a time */
};

/* 5.2.6: it may lie in one buffer or in several. */
struct header { uint32_t type, reserved; uint64_t sector; };

/* 5.2.4, as far as the features that are offered need it. */
struct config {
	uint64_t capacity;		/* sectors */
	uint32_t size_max, seg_max;
	uint16_t cylinders;
	uint8_t heads, sectors;
	uint32_t blk_size;
};

struct virtio_blk {
	struct machine *machine;
	struct virtio_blk_image image;
	unsigned storage;
	struct config config;
	char serial[SERIAL_SIZE];
	struct virtio_model model;
};

/* ---- the bytes of the disk ---- */

static void change_by_image(const struct virtio_blk *blk, uint64_t offset, uint8_t *bytes, size_t len)
{
	const uint8_t *image = blk->image.data + offset;

	for (size_t i = 0; i < len; i++)
		bytes[i] ^= image[i];
}

void virtio_blk_peek(const struct virtio_blk *blk, uint64_t offset, void *to, size_t len)
{
	machine_storage_read(blk->machine, blk->storage, offset, to, len);
	change_by_image(blk, offset, to, len);
}

/* The LEN bytes at BYTES are changed. */
static void write_disk(struct virtio_blk *blk, uint64_t offset, uint8_t *bytes, size_t len)
{
	change_by_image(blk, offset, bytes, len);
	machine_storage_write(blk->machine, blk->storage, offset, bytes, len);
}

/* ---- requests ---- */

/* Are LEN bytes from SECTOR on whole sectors of the disk? */
static bool is_on_disk(const struct virtio_blk *blk, uint64_t sector, uint64_t len)
{
	uint64_t capacity = blk->config.capacity;

	return len % VIRTIO_BLK_SECTOR == 0 && sector <= capacity && len / VIRTIO_BLK_SECTOR <= capacity - sector;
}

static unsigned do_in(struct virtio_blk *blk, const struct virtqueue_request *request, uint64_t sector, uint64_t len)
{
	uint8_t piece[PIECE];

	if (!is_on_disk(blk, sector, len))
		return S_IOERR;
	for (uint64_t done = 0, part; done < len; done += part) {
		part = len - done < PIECE ? len - done : PIECE;
		virtio_blk_peek(blk, sector * VIRTIO_BLK_SECTOR + done, piece, part);
		virtqueue_write(request, blk->machine, done, piece, part);
	}
	return S_OK;
}

static unsigned do_out(struct virtio_blk *blk, const struct virtqueue_request *request, uint64_t sector, uint64_t len)
{
	uint8_t piece[PIECE];

	if (blk->image.readonly || !is_on_disk(blk, sector, len))
		return S_IOERR;
	for (uint64_t done = 0, part; done < len; done += part) {
		part = len - done < PIECE ? len - done : PIECE;
		virtqueue_read(request, blk->machine, sizeof(struct header) + done, piece, part);
		write_disk(blk, sector * VIRTIO_BLK_SECTOR + done, piece, part);
	}
	return S_OK;
}

static unsigned do_get_id(struct virtio_blk *blk, const struct virtqueue_request *request, uint64_t len)
{
	virtqueue_write(request, blk->machine, 0, blk->serial, len < SERIAL_SIZE ? len : SERIAL_SIZE);
	return S_OK;
}

static unsigned obey(struct virtio_blk *blk, const struct header *header, const struct virtqueue_request *request)
{
	switch (header->type) {
	case T_IN:
		return do_in(blk, request, header->sector, request->write_len - 1);
	case T_OUT:
		return do_out(blk, request, header->sector, request->read_len - sizeof(*header));
	case T_FLUSH:
		/* What was written is there at once. */
		return S_OK;
	case T_GET_ID:
		return do_get_id(blk, request, request->write_len - 1);
	default:
		return S_UNSUPP;
	}
}

/* The last byte that the device writes is the status. */
static bool serve(void *dev, const struct virtqueue_request *request, uint32_t *written)
{
	struct virtio_blk *blk = dev;
	struct header header;
	uint8_t status;

	if (request->read_len < sizeof(header) || request->write_len < sizeof(status))
		return false;
	virtqueue_read(request, blk->machine, 0, &header, sizeof(header));
	status = (uint8_t)obey(blk, &header, request);
	virtqueue_write(request, blk->machine, request->write_len - sizeof(status), &status, sizeof(status));
	*written = (uint32_t)request->write_len;
	return true;
}

/* ---- the object ---- */

struct virtio_blk *virtio_blk_new(struct machine *machine, const struct virtio_blk_image *image, unsigned number,
				  struct error *err)
{
	struct virtio_blk *blk = xzalloc(sizeof(*blk));

	blk->machine = machine;
	blk->image = *image;
	blk->config.capacity = image->size / VIRTIO_BLK_SECTOR;
	/* A request has a header and a status besides its data. */
	blk->config.seg_max = VIRTQUEUE_SIZE_MAX - 2;
	blk->config.blk_size = VIRTIO_BLK_SECTOR;
	snprintf(blk->serial, sizeof(blk->serial), "drive%u", number);
	blk->model = (struct virtio_model){
		.device_id = DEVICE_ID_BLOCK,
		.features = F_SEG_MAX | F_BLK_SIZE | F_FLUSH | (image->readonly ? F_RO : 0),
		.config = (const uint8_t *)&blk->config, .config_size = sizeof(blk->config), .serve = serve, .dev = blk,
	};
	if (machine_add_storage(machine, image->size, &blk->storage, err))
		return blk;
	free(blk);
	return NULL;
}

void virtio_blk_free(struct virtio_blk *blk)
{
	free(blk);
}

const struct virtio_model *virtio_blk_model(const struct virtio_blk *blk)
{
	return &blk->model;
}
