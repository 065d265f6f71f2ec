# SPDX-License-Identifier: GPL-2.0-or-later
#
# The search for a name ends one entry too early.
#image: psci
#file: asm/firmware/cpu_id.S
s/^	ldr	x10, \[x9, #BOOT_INFO_CPU_COUNT\]$/&\
	sub	x10, x10, #1		\/\/ the last index/
