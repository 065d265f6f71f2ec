# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU_ON calls a function and does not put its own return address back.
#image: psci
#file: asm/firmware/psci_cpu.S
/^	bl	check_entry_point$/,/^	cbnz/ {
	/^	mov	x30, x15$/d
}
