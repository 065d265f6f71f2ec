# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each CPU polls the release address of the next one.
#image: spin-table
#file: asm/firmware/spin_table.S
s/^	ldr	x1, \[x1, #(BOOT_INFO_CPUS + BOOT_CPU_RELEASE_ADDR)\]$/	ldr	x1, [x1, #(BOOT_INFO_CPUS + BOOT_CPU_SIZE + BOOT_CPU_RELEASE_ADDR)]/
