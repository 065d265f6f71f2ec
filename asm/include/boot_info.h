/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_info.h: the one block of facts that the board hands to the firmware.
 *
 * Real firmware is built for one board and has such a table compiled in.  Ours
 * must serve any tree, so it reserves the block `boot_info` in its ROM and the
 * loader fills it in before reset, from the device tree.  All fields are 64
 * bits, little endian; 0 means "this board has none".  The emulator's loader
 * includes this file too: it is the contract between the two.
 */
#ifndef ASM_BOOT_INFO_H
#define ASM_BOOT_INFO_H

#define BOOT_INFO_MAGIC		0x4f464e49544f4f42	/* "BOOTINFO" read as little-endian bytes */
#define BOOT_INFO_MAX_CPUS	64

/* Byte offsets of the fields. */
#define BOOT_INFO_MAGIC_OFF	0x00	/* BOOT_INFO_MAGIC: the loader has filled the block in */
#define BOOT_INFO_CPU_COUNT	0x08	/* entries used in the CPU table, 1 to BOOT_INFO_MAX_CPUS */
#define BOOT_INFO_KERNEL	0x10	/* physical address of the kernel's first instruction; 0: none was loaded */
#define BOOT_INFO_DTB		0x18	/* physical address of the device tree */
#define BOOT_INFO_UART		0x20	/* PL011 base */
#define BOOT_INFO_GICD		0x28	/* GIC distributor base */
#define BOOT_INFO_GICC		0x30	/* GICv2 CPU interface base */
#define BOOT_INFO_GICR		0x38	/* GICv3 redistributor region base */
#define BOOT_INFO_GIC_VERSION	0x40	/* 2 or 3 */
#define BOOT_INFO_CNTFRQ	0x48	/* system counter frequency in Hz, for CNTFRQ_EL0 */

/* Secure PL061: line 0 high powers the board off, line 1 resets it (as QEMU's virt). */
#define BOOT_INFO_POWER_GPIO	0x50

/*
 * Added to an address in the ROM, gives the one at which the non-secure world
 * sees the same byte.  0 on our boards.  QEMU's virt hides its first flash from
 * EL2: there a second copy of the ROM stands in the second flash, at 0x04000000.
 */
#define BOOT_INFO_NS_ROM	0x58

/* Further GICv3 redistributor regions, one after the other; 0 ends them. */
#define BOOT_INFO_GICR_MORE	0x60
#define BOOT_INFO_GICR_MORE_MAX	3

#define BOOT_INFO_CPUS		0x80	/* the CPU table: logical id = index */

/* One entry of the CPU table. */
#define BOOT_CPU_MPIDR		0x00	/* affinity fields of the CPU's MPIDR_EL1 */
#define BOOT_CPU_RELEASE_ADDR	0x08	/* cpu-release-addr for spin-table, 0 for psci */
#define BOOT_CPU_SIZE		0x10
#define BOOT_CPU_SIZE_SHIFT	4

#define BOOT_INFO_SIZE		(BOOT_INFO_CPUS + BOOT_INFO_MAX_CPUS * BOOT_CPU_SIZE)

#endif /* ASM_BOOT_INFO_H */
