/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/image.h: a kernel file made ready to load: arm64 Image (Linux Documentation/arch/arm64/booting.rst), ELF,
 * or raw.
 *
 * gzip and the EFI zboot wrapping are unpacked on the way.  What is recognised and cannot be used (another
 * architecture, another compression, a file that is no kernel at all) is refused by name.
 */
#ifndef SERVICE_IMAGE_H
#define SERVICE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"
#include "service/elf.h"
#include "service/file.h"

enum image_kind {
	IMAGE_ARM64,		/* with the 64-byte header of booting.rst */
	IMAGE_ELF,
	IMAGE_RAW,		/* code from its first byte, linked to run where it is put */
};

/* Longest kernel that is read or unpacked. */
#define IMAGE_SIZE_MAX	((size_t)512 << 20)

/* A kernel, unpacked.  Owns its bytes; free with image_free(). */
struct image {
	enum image_kind kind;
	const char *packing;		/* "gzip", "EFI zboot (gzip)"; NULL when it was not packed; static */
	struct bytes bytes;		/* the Image, ELF or raw file */
	struct elf *elf;		/* IMAGE_ELF alone */
	uint64_t text_offset;		/* from a 2 MiB boundary to the first byte */
	uint64_t memory_size;		/* bytes of RAM that must be free from the first byte on */
	uint64_t flags;			/* header flags of IMAGE_ARM64 */
	unsigned int page_size;		/* 4096, 16384 or 65536; 0 when the header does not say */
	bool is_anywhere; /* may be placed at any 2 MiB boundary; else as near to the start of RAM as possible */
};

/* Read and unpack the kernel in the file PATH.  NULL, with ERR saying what it is instead and what would be right. */
struct image *image_load(const char *path, struct error *err);

/* The same for the SIZE bytes at DATA, which are copied; NAME stands for the file in ERR. */
struct image *image_from_memory(const uint8_t *data, size_t size, const char *name, struct error *err);

/* Free IMAGE (may be NULL). */
void image_free(struct image *image);

/* The lowest address at or above BASE where IMAGE (not an ELF) may be put by booting.rst: text_offset above a 2 MiB
 * boundary. */
gpa_t image_place(const struct image *image, gpa_t base);

#endif /* SERVICE_IMAGE_H */
