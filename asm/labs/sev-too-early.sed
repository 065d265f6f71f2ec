# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU_ON sends its event before the entry point is stored.
#image: psci
#file: asm/firmware/psci_cpu.S
s/^	dmb	ishst			.*$/	sev				\/\/ wake the target/
s/^	str	x14, \[x5\]$/	nop\
	nop\
	str	x14, [x5]/
/^	dsb	ishst$/d
/^	sev$/d
