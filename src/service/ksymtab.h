/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/ksymtab.h: what a Linux kernel exports to its modules, found inside its Image.
 *
 * Without CONFIG_KALLSYMS_ALL the kallsyms table names functions alone.  The variables that matter here, the masks of
 * CPUs, are exported, and so they stand in another table (Linux include/linux/export-internal.h, since 4.19): entries
 * of three 32-bit offsets, each from its own place: to the value, to the name, to the name space.
 */
#ifndef SERVICE_KSYMTAB_H
#define SERVICE_KSYMTAB_H

#include <stddef.h>
#include <stdint.h>

#include "service/file.h"

/* Called for each export: NAME, borrowed from the image, is OFFSET bytes from the image's first byte. */
typedef void ksymtab_fn(void *ctx, const char *name, uint64_t offset);

/* Hand every export of the unpacked kernel IMAGE, which takes MEMORY_SIZE bytes of memory, to FN; how many there
 * were, 0 when no table is found. */
size_t ksymtab_each(const struct bytes *image, uint64_t memory_size, ksymtab_fn *fn, void *ctx);

#endif /* SERVICE_KSYMTAB_H */
