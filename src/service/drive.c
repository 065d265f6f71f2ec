/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/drive.c: reading a disk image, holes and zeroes left out.
 */
#include "service/drive.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fnv.h"
#include "base/zero.h"

enum { PIECE = 64 << 10 };

static bool check(int fd, const char *path, unsigned sector, uint64_t *size, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return error_set(err, "%s: a directory, where a disk image is wanted", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, "%s: not a regular file", path);
	*size = (uint64_t)st.st_size;
	if (*size == 0)
		return error_set(err, "%s: the file is empty: a drive has at least one sector of %u bytes", path,
				 sector);
	if (*size % sector)
		return error_set(err, "%s: %" PRIu64 " bytes: a raw disk image is a multiple of %u ('truncate -s "
				 "%%%u' makes it one)", path, *size, sector, sector);
	if (*size > DRIVE_SIZE_MAX)
		return error_set(err, "%s: %" PRIu64 " bytes: a drive has at most %" PRIu64 " GiB", path, *size,
				 (uint64_t)DRIVE_SIZE_MAX >> 30);
	return true;
}

static void add_extent(struct drive_bytes *drive, uint64_t from, uint64_t to)
{
	struct drive_extent *last = drive->extents.len ? &drive->extents.item[drive->extents.len - 1] : NULL;

	if (last && last->to == from)
		last->to = to;
	else
		vec_add(&drive->extents, ((struct drive_extent){ .from = from, .to = to }));
}

/* Read [FROM, TO), which holds data; what is not there any more is left zero and noticed by the caller. */
static bool read_extent(int fd, struct drive_bytes *drive, uint64_t from, uint64_t to)
{
	uint8_t *piece = xcalloc(PIECE, 1);
	ssize_t got = 0;

	for (; from < to; from += (uint64_t)got) {
		got = pread(fd, piece, to - from < PIECE ? to - from : PIECE, (off_t)from);
		if (got <= 0)
			break;
		if (zero_fills(piece, (size_t)got))
			continue;
		memcpy(drive->data + from, piece, (size_t)got);
		add_extent(drive, from, from + (uint64_t)got);
	}
	free(piece);
	return from >= to;
}

/* A file system that knows no holes has one extent. */
static bool read_all(int fd, struct drive_bytes *drive)
{
	off_t end = (off_t)drive->size, from = lseek(fd, 0, SEEK_DATA), to;

	while (from >= 0 && from < end) {
		to = lseek(fd, from, SEEK_HOLE);
		if (to < 0 || !read_extent(fd, drive, (uint64_t)from, (uint64_t)(to < end ? to : end)))
			return false;
		from = lseek(fd, to, SEEK_DATA);
	}
	return from >= 0 || errno == ENXIO;
}

static bool read_open(int fd, const char *path, unsigned sector, struct drive_bytes *out, struct error *err)
{
	if (!check(fd, path, sector, &out->size, err))
		return false;
	out->data = mmap(NULL, out->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (out->data == MAP_FAILED) {
		out->data = NULL;
		return error_set(err, "%s: no memory for %" PRIu64 " bytes", path, out->size);
	}
	errno = 0;
	return read_all(fd, out) || error_set(err, "%s: cannot be read to its end: %s", path,
					      errno ? strerror(errno) : "it has become shorter");
}

bool drive_read(const char *path, unsigned sector, struct drive_bytes *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool ok;

	*out = (struct drive_bytes){ .data = NULL };
	if (fd < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	ok = read_open(fd, path, sector, out, err);
	close(fd);
	if (!ok)
		drive_free(out);
	return ok;
}

uint64_t drive_hash(const struct drive_bytes *drive)
{
	uint64_t hash = FNV_START, at = 0;

	for (size_t i = 0; i < drive->extents.len; i++) {
		const struct drive_extent *extent = &drive->extents.item[i];

		hash = fnv_add_zeroes(hash, extent->from - at);
		hash = fnv_add(hash, drive->data + extent->from, extent->to - extent->from);
		at = extent->to;
	}
	return fnv_add_zeroes(hash, drive->size - at);
}

void drive_free(struct drive_bytes *drive)
{
	if (drive->data)
		munmap(drive->data, drive->size);
	vec_free(&drive->extents);
	*drive = (struct drive_bytes){ .data = NULL };
}
