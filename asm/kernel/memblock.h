/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memblock.h: memory for what lives as long as the kernel does.
 */
#ifndef KERNEL_MEMBLOCK_H
#define KERNEL_MEMBLOCK_H

#include "types.h"

/* SIZE zeroed bytes at a multiple of ALIGN, for ever: nothing is given back.  Panics when there is no more. */
void *memblock_alloc(size_t size, size_t align);

#endif /* KERNEL_MEMBLOCK_H */
