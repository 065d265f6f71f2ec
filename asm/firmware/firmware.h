/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * firmware.h: what the files of the EL3 firmware share.  One set of sources
 * makes three builds:
 *	(nothing defined)	PSCI 1.1, whole
 *	FIRMWARE_CLASSIC	CPU_ON and CPU_OFF alone, DENIED for every refusal
 *	FIRMWARE_SPIN_TABLE	no PSCI: secondaries poll cpu-release-addr
 */
#ifndef FIRMWARE_FIRMWARE_H
#define FIRMWARE_FIRMWARE_H

#include "asm.h"
#include "boot_info.h"
#include "psci.h"
#include "sysreg.h"

/* branch_table: what a slot holds when it holds no entry point; not being multiples of 4, they cannot be one. */
#define ADDR_INVALID		-1	/* the CPU is off, nobody has asked for it */
#define ADDR_CLAIMED		-2	/* a CPU_ON has won the slot and is about to fill it in */

/* pen_ready: CPU0 has set up the tables ("PENREADY" read as little-endian bytes). */
#define PEN_READY		0x59444145524e4550

/* All that Armv8.0 fixes to 1 and nothing else: MMU, caches and alignment check off, little-endian. */
#define SCTLR_EL2_RESET		(3 << 28 | 3 << 22 | 1 << 18 | 1 << 16 | 1 << 11 | 3 << 4)

/* How the kernel is entered: EL2 with a stack of its own, nothing may interrupt it. */
#define SPSR_KERNEL		(SPSR_DAIF | SPSR_M_EL2H)

/* The SMC vector's frame holds x1 to x17 and x30; each CPU has room for just one. */
#define SMC_FRAME_SIZE		(18 * 8)
#define EL3_STACK_SIZE		SMC_FRAME_SIZE

#ifdef __ASSEMBLER__

/*
 * drop_el: leave this exception level for a lower one, with the PSTATE in
 * register \mode, at the address in register \addr.  An exception return is
 * the only way down, so one is faked: nothing was ever interrupted.
 */
.macro drop_el mode, addr
	msr	elr_el3, \addr
	msr	spsr_el3, \mode
	isb				// what was set up for below must hold before below begins
	eret
.endm

#endif /* __ASSEMBLER__ */
#endif /* FIRMWARE_FIRMWARE_H */
