# SPDX-License-Identifier: GPL-2.0-or-later
#
# CPU_ON stores the entry point and tells nobody.
#image: psci
#file: asm/firmware/psci_cpu.S
/^	dsb	ishst$/,/^	sev$/ {
	/^	sev$/d
}
