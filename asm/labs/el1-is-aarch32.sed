# SPDX-License-Identifier: GPL-2.0-or-later
#
# The kernel forgets HCR_EL2.RW: EL1 is AArch32.
#image: kernel
#file: asm/kernel/el2.S
s/^	ldr	x0, =HCR_EL2_RW$/	mov	x0, xzr/
