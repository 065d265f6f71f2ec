# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU_ON opens the slot behind the one that is meant.
#image: psci
#file: asm/firmware/psci_cpu.S
s/^	mov	x13, x0$/	add	x13, x0, #1/
