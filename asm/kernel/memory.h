/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.h: the kernel's map of virtual memory, for assembly, C and the linker script alike.
 *
 * Where the Image was loaded is found out at run time (PHYS_OFFSET); where it is linked is fixed here.  The Image's
 * first byte is at PAGE_OFFSET, so virtual = physical - PHYS_OFFSET + PAGE_OFFSET everywhere in the kernel.
 */
#ifndef KERNEL_MEMORY_H
#define KERNEL_MEMORY_H

#define VA_BITS			48
#define PAGE_OFFSET		0xffff800000000000	/* the Image, then the page arena */
#define FIXADDR_START		0xffff800040000000	/* 1 GiB higher: windows onto anything else, see fixmap.h */

#define PAGE_SHIFT		12
#define PAGE_SIZE		(1 << PAGE_SHIFT)
#define SECTION_SHIFT		21			/* one level-2 entry maps a block of 2 MiB */
#define SECTION_SIZE		(1 << SECTION_SHIFT)
#define PUD_SHIFT		30
#define PGDIR_SHIFT		39
#define PTRS_PER_TABLE		512

/* Descriptor bits (Arm ARM D5.3). */
#define PTE_TYPE_BLOCK		(1 << 0)
#define PTE_TYPE_TABLE		(3 << 0)
#define PTE_ATTR(index)		((index) << 2)		/* which byte of MAIR_EL1 */
#define PTE_RDONLY		(1 << 7)
#define PTE_SH_INNER		(3 << 8)
#define PTE_AF			(1 << 10)		/* accessed: without it the first use faults */
#define PTE_PXN_SHIFT		53			/* never to be executed at EL1 */
#define PTE_UXN_SHIFT		54			/* nor at EL0 */

#define MT_NORMAL		0			/* MAIR_EL1 byte 0: write-back cacheable */
#define MT_DEVICE_nGnRE		1			/* byte 1: no gathering, no reordering */
#define MAIR_EL1_SET		((0xff << (8 * MT_NORMAL)) | (0x04 << (8 * MT_DEVICE_nGnRE)))

#define SECTION_NORMAL		(PTE_TYPE_BLOCK | PTE_ATTR(MT_NORMAL) | PTE_SH_INNER | PTE_AF)

/* A kernel stack: struct thread_info at its lowest address, the first frame just below its top. */
#define THREAD_SIZE		16384
#define THREAD_START_SP		(THREAD_SIZE - 16)

#define ARENA_SIZE		(4 << 20)		/* pages for stacks and per-CPU areas, part of image_size */

#endif /* KERNEL_MEMORY_H */
