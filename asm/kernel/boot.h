/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot.h: numbers that the entry code shares with C, and an addressing macro.
 */
#ifndef KERNEL_BOOT_H
#define KERNEL_BOOT_H

#define BOOT_CPU_MODE_EL1	0xe11
#define BOOT_CPU_MODE_EL2	0xe12

/* An entry of cpu_table: MIDR value, MIDR mask, name, setup routine. */
#define CPU_INFO_ID_VAL		0
#define CPU_INFO_ID_MASK	4
#define CPU_INFO_NAME		8
#define CPU_INFO_SETUP		16
#define CPU_INFO_SIZE		24

#ifdef __ASSEMBLER__
	/* The run-time address of a symbol anywhere within 4 GiB of the program counter (adr reaches 1 MiB only). */
	.macro	adr_l, reg, symbol
	adrp	\reg, \symbol
	add	\reg, \reg, :lo12:\symbol
	.endm
#endif

#endif /* KERNEL_BOOT_H */
