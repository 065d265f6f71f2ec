/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mm.h: physical and virtual addresses, and windows onto memory that the kernel's own map does not cover.
 */
#ifndef KERNEL_MM_H
#define KERNEL_MM_H

#include "memory.h"
#include "types.h"

extern u64 memstart_addr;	/* PHYS_OFFSET: where the Image was loaded */

/* The physical address of something in the Image or the arena. */
#define __pa(x)	((u64)(x) - PAGE_OFFSET + memstart_addr)

/* Make the device tree at physical address PA readable.  NULL when there is none that booting.rst allows. */
const void *fixmap_remap_fdt(u64 pa);

/* Map the device registers at PA, for ever. */
volatile void *early_ioremap(u64 pa);

/* Map the ordinary memory at PA, until iounmap(): one such window exists. */
volatile void *ioremap_cache(u64 pa);

/* Close ioremap_cache()'s window. */
void iounmap(void);

/* cache.S: write SIZE bytes at ADDR back to memory and drop them from the caches. */
void __flush_dcache_area(const volatile void *addr, size_t size);

#endif /* KERNEL_MM_H */
