/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traps.h: the registers that an exception vector saves, and what is done about an exception.
 */
#ifndef KERNEL_TRAPS_H
#define KERNEL_TRAPS_H

/* Offsets into struct pt_regs, for entry.S. */
#define PT_REGS_LR	240
#define PT_REGS_PC	256
#define PT_REGS_SIZE	272

#define EL1_SYNC	4	/* number of the vector "synchronous, same level, SP_ELx" */

#ifndef __ASSEMBLER__
#include "types.h"

struct pt_regs {
	u64 regs[31];
	u64 sp;
	u64 pc;
	u64 pstate;
};
_Static_assert(sizeof(struct pt_regs) == PT_REGS_SIZE, "entry.S builds struct pt_regs");
_Static_assert(offsetof(struct pt_regs, pc) == PT_REGS_PC, "entry.S builds struct pt_regs");

/* Report a synchronous exception at EL1 and stop the machine.  REASON is the vector's number. */
_Noreturn void el1_sync(struct pt_regs *regs, unsigned int reason, u64 esr, u64 far);

/* Report an exception that cannot happen here (an interrupt, one from EL0, an SError) and stop the machine. */
_Noreturn void bad_mode(struct pt_regs *regs, unsigned int reason, u64 esr, u64 far);
#endif /* !__ASSEMBLER__ */

#endif /* KERNEL_TRAPS_H */
