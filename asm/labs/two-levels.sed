# SPDX-License-Identifier: GPL-2.0-or-later
#
# Secondaries are sent to EL1, the boot CPU to EL2.
#image: psci
#file: asm/firmware/el2.S
s/^	mov	x3, #SPSR_KERNEL$/&\
	cbz	w6, 1f\
	mov	x3, #(SPSR_DAIF | SPSR_M_EL1H)	\/\/ secondaries need no hypervisor\
1:/
s/^	ldr	x4, =el3_stacks$/	mov	x6, x0\
&/
