/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_info.S: the firmware's block of facts with everything linked in, and
 * the files that the wrapper brings: nobody fills anything in before reset.
 * WRAPPER_DTB, WRAPPER_IMAGE and WRAPPER_FS name the files.
 */
#include "boot_info.h"

	.section .boot_info, "aw"
	.balign	64
	.globl	boot_info
	.type	boot_info, %object
boot_info:
	.quad	BOOT_INFO_MAGIC
	.quad	4			// CPUs
	.quad	wrapper_kernel
	.quad	wrapper_dtb
	.quad	0x09000000		// UART
	.quad	0x08000000		// GICD
	.quad	0x08010000		// GICC
	.quad	0
	.quad	2			// GIC version
	.quad	62500000
	.quad	0x090b0000		// power GPIO
	.quad	0
	.quad	0			// no more redistributors
	.org	boot_info + BOOT_INFO_CPUS
	.quad	0, 0, 1, 0, 2, 0, 3, 0
	.org	boot_info + BOOT_INFO_SIZE
	.size	boot_info, . - boot_info

	.section .dtb, "a"
	.incbin	WRAPPER_DTB

	.section .kernel, "a"
	.incbin	WRAPPER_IMAGE

	.section .filesystem, "a"
	.incbin	WRAPPER_FS
