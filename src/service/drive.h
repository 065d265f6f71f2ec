/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/drive.h: a raw disk image as it is at the start, in memory.
 *
 * It is read once and never written: the file may change afterwards and the machine does not see it.  Pages of zeroes
 * take no memory.
 */
#ifndef SERVICE_DRIVE_H
#define SERVICE_DRIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"

#define DRIVE_SIZE_MAX	(UINT64_C(64) << 30)

/* A stretch of an image that is not all zero, [from, to). */
struct drive_extent { uint64_t from, to; };

/* The bytes; all zero owns nothing. */
struct drive_bytes {
	uint8_t *data;		/* owned, mapped */
	uint64_t size;
	VEC(struct drive_extent) extents;	/* ascending; all else is zero */
};

/* Read the raw image PATH, whole sectors of SECTOR bytes.  False with ERR when it is missing, not a regular file,
 * empty, no multiple of SECTOR or larger than DRIVE_SIZE_MAX. */
bool drive_read(const char *path, unsigned sector, struct drive_bytes *out, struct error *err);

/* The hash FNV-1a of all bytes of DRIVE; it takes as long as what is not zero, and holes are zeroes like others. */
uint64_t drive_hash(const struct drive_bytes *drive);

/* Free what DRIVE holds and make it empty. */
void drive_free(struct drive_bytes *drive);

#endif /* SERVICE_DRIVE_H */
