/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/presence.h: which system registers there are, where that differs from what the core has.
 */
#ifndef MACHINE_PRESENCE_H
#define MACHINE_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

struct cpu;

/* Is REG one that the ID registers deny, though a core may have it?  Each access is UNDEFINED. */
bool presence_is_absent(uint32_t reg);

/* Is REG one of the debug registers that the core lacks, or leaves unanswered?  *VALUE is what it always reads as; it keeps
 * nothing that is written. */
bool presence_is_still(uint32_t reg, uint64_t *value);

/* Does WORD, an A64 instruction, name a register of either kind? */
bool presence_concerns(uint32_t word);

/* May CPU, as it stands, execute WORD, of which presence_concerns() is true?  If not, *SYNDROME and *TARGET are the
 * exception that it takes instead. */
bool presence_allows(const struct cpu *cpu, uint32_t word, uint32_t *syndrome, unsigned *target);

#endif /* MACHINE_PRESENCE_H */
