/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/wrapper.h: what a boot-wrapper holds: an EL3 firmware ELF (.axf) with a device tree and a kernel inside.
 *
 * Nothing in the file says what is what, so the two are known by their own headers, wherever a segment has them:
 * boot-wrapper-aarch64 puts them into sections of the one ELF file, with their addresses linked into its code.
 */
#ifndef SERVICE_WRAPPER_H
#define SERVICE_WRAPPER_H

#include <stdbool.h>
#include <stddef.h>

#include "machine/types.h"
#include "service/dtb.h"
#include "service/elf.h"

/* Some bytes inside the file; size 0: there are none such. */
struct wrapper_piece { gpa_t base; size_t size; const uint8_t *data; };

/* What is inside.  Everything is borrowed from the ELF file but the tree. */
struct wrapper {
	struct wrapper_piece tree;	/* its size is the room that it has, its totalsize */
	struct wrapper_piece kernel;	/* an arm64 Image, as long as its header says or its segment lasts */
	struct dtb *dtb;		/* the tree; NULL when there is none */
};

/* Look into ELF, called NAME in messages about its tree.  The tree is the first one that describes a board on which a
 * kernel can boot; trees inside the kernel do not count.  Free with wrapper_fini(). */
void wrapper_init(struct wrapper *wrapper, const struct elf *elf, const char *name);
void wrapper_fini(struct wrapper *wrapper);

#endif /* SERVICE_WRAPPER_H */
