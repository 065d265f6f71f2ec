/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/mmu.h: stage 1 translation by walking the guest's tables (Arm ARM D8).
 *
 * Private to the machine library.  The engine translates loads and fetches by itself; this walker serves the stores that
 * the machine owns, and questions.  It has no side effect.  Stage 2 is not modelled: no guest here runs guests.
 */
#ifndef MACHINE_MMU_H
#define MACHINE_MMU_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/bus.h"
#include "machine/types.h"

/* The registers of one translation regime (EL1&0, EL2 or EL3). */
struct mmu_regime {
	uint64_t sctlr, tcr, ttbr0, ttbr1;
	int el;			/* the level that owns it: 1 to 3 */
	unsigned pa_bits;	/* of a physical address: looked at where the MMU is off */
};

enum mmu_access { MMU_READ, MMU_WRITE, MMU_FETCH };

/* How a translation ended. */
enum mmu_result {
	MMU_OK, MMU_FAULT_TRANSLATION, MMU_FAULT_ACCESS_FLAG, MMU_FAULT_PERMISSION, MMU_FAULT_WALK, MMU_FAULT_ADDRESS_SIZE,
};

/* Where an address leads. */
struct mmu_leaf {
	gpa_t pa;
	unsigned shift;		/* log2 of the bytes that its page or block maps */
};

/* Translate VA under REGIME for an ACCESS made at EL0 (IS_EL0) or at the regime's own level.  *LEAF is set when MMU_OK. */
enum mmu_result mmu_walk(const struct bus *bus, const struct mmu_regime *regime, gva_t va, enum mmu_access access,
			 bool is_el0, struct mmu_leaf *leaf);

/* The same where the size of the page does not matter.  *PA is set when MMU_OK. */
enum mmu_result mmu_translate(const struct bus *bus, const struct mmu_regime *regime, gva_t va,
			      enum mmu_access access, bool is_el0, gpa_t *pa);

#endif /* MACHINE_MMU_H */
