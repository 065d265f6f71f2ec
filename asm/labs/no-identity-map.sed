# SPDX-License-Identifier: GPL-2.0-or-later
#
# The block around __turn_mmu_on is not mapped to itself.
#image: kernel
#file: asm/kernel/pgtable.S
/^	str	x3, \[x2, x4, lsl #3\]$/d
