/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mm.c: the arena, and the fixmap's windows.
 *
 * The entry code mapped the Image and nothing else.  The fixmap is a level-2 table whose entries this file fills: each
 * is a window of 2 MiB onto any physical address.
 */
#include "mm.h"
#include "atomic.h"
#include "barrier.h"
#include "memblock.h"
#include "of.h"
#include "printk.h"
#include "string.h"

enum fixmap_window {
	FIX_FDT,		/* two windows: a tree may lie across a boundary */
	FIX_FDT_END,
	FIX_EARLYCON,
	FIX_IOREMAP,
};

#define NEVER_EXECUTE	(1UL << PTE_PXN_SHIFT | 1UL << PTE_UXN_SHIFT)
#define SECTION_RAM	(SECTION_NORMAL | NEVER_EXECUTE)
#define SECTION_FDT	(SECTION_RAM | PTE_RDONLY)
#define SECTION_DEVICE	(PTE_TYPE_BLOCK | PTE_ATTR(MT_DEVICE_nGnRE) | PTE_AF | NEVER_EXECUTE)

#define SECTION_MASK	(SECTION_SIZE - 1UL)

u64 memstart_addr;

extern u64 fixmap_pmd[PTRS_PER_TABLE];
extern char __arena_start[], __arena_end[];

static char *arena_low = __arena_start, *arena_high = __arena_end;
static struct spinlock arena_lock;

/* Small things from the bottom, whole pages and stacks from the top: neither leaves gaps among the other. */
void *memblock_alloc(size_t size, size_t align)
{
	bool pages = align >= PAGE_SIZE;
	char *p;

	spin_lock(&arena_lock);
	if (pages)
		p = arena_high = (char *)(((uintptr_t)arena_high - size) & ~(align - 1));
	else
		p = (char *)ALIGN_UP((uintptr_t)arena_low, align);
	if (!pages)
		arena_low = p + size;
	spin_unlock(&arena_lock);
	if (arena_low > arena_high)
		panic("%s: Failed to allocate %lu bytes", __func__, size);
	return memset(p, 0, size);
}

/* Let window IDX show the block that holds PA; attributes 0 close it.  Returns where PA is to be seen. */
static void *set_fixmap(enum fixmap_window idx, u64 pa, u64 attributes)
{
	u64 va = FIXADDR_START + (u64)idx * SECTION_SIZE;
	u64 old = fixmap_pmd[idx];

	WRITE_ONCE(fixmap_pmd[idx], attributes ? (pa & ~SECTION_MASK) | attributes : 0);
	dsb(ishst);
	/* Only an entry that was valid can be in a TLB, and then in that of any CPU. */
	if (old)
		asm volatile("tlbi vaae1is, %0" : : "r" (va >> PAGE_SHIFT));
	dsb(ish);
	isb();
	return (void *)(va + (pa & SECTION_MASK));
}

const void *fixmap_remap_fdt(u64 pa)
{
	const void *fdt;
	u32 size;

	if (!pa || pa % 8)
		return NULL;
	/* How long it is stands in its header, and the header itself may lie across a boundary. */
	fdt = set_fixmap(FIX_FDT, pa, SECTION_FDT);
	if ((pa & SECTION_MASK) + FDT_HEADER_SIZE > SECTION_SIZE)
		set_fixmap(FIX_FDT_END, pa + SECTION_SIZE, SECTION_FDT);
	size = fdt_check_header(fdt);
	if (!size)
		return NULL;
	if ((pa & SECTION_MASK) + size > SECTION_SIZE)
		set_fixmap(FIX_FDT_END, pa + SECTION_SIZE, SECTION_FDT);
	return fdt;
}

volatile void *early_ioremap(u64 pa)
{
	return set_fixmap(FIX_EARLYCON, pa, SECTION_DEVICE);
}

volatile void *ioremap_cache(u64 pa)
{
	return set_fixmap(FIX_IOREMAP, pa, SECTION_RAM);
}

void iounmap(void)
{
	set_fixmap(FIX_IOREMAP, 0, 0);
}
