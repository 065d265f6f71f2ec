/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/types.h: addresses of the guest, and the size of things.
 */
#ifndef MACHINE_TYPES_H
#define MACHINE_TYPES_H

#include <stdint.h>

typedef uint64_t gpa_t;	/* guest physical address: what the bus sees */
typedef uint64_t gva_t;	/* guest virtual address: what an instruction names; equal to the physical one with the MMU off */

enum {
	CPU_MAX = 64,		/* CPUs a machine can have */
	PAGE_SHIFT = 12,	/* the granule of protection and of bookkeeping, whatever granule the guest uses */
	PAGE_SIZE = 1 << PAGE_SHIFT,
};

#endif /* MACHINE_TYPES_H */
